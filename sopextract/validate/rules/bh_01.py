"""BH-01: spellings that are not standard, and unofficial abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.lexicon.typos import load_style
from sopextract.model.finding import Severity
from sopextract.model.record import DAFTAR, SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_WORD = re.compile(r"[^\W\d_]+")


@rule(
    "BH-01",
    Severity.INFO,
    basis="Ejaan Bahasa Indonesia yang Disempurnakan; Permendagri 1/2023 (Tata Naskah Dinas)",
    good="Menyampaikan hasil analisis kepada Sekretaris",
    bad="Menyampaikan hasil analisa kpd Sekretaris",
    help="Pakai ejaan baku dan tulis singkatan selengkapnya bila SOP ditetapkan kembali.",
)
def standard_spelling(record: SopRecord) -> Iterator[Hit]:
    """Kata ditulis dengan ejaan baku, tanpa singkatan tidak resmi.

    Program tidak mengubah kata-kata ini. Satu kata dilaporkan sekali, pada tempat pertamanya.
    """
    style = load_style()
    first: dict[str, tuple[str, str]] = {}
    count: dict[str, int] = {}
    for path, text in _texts(record):
        for match in _WORD.finditer(text):
            word = match[0].casefold()
            if word in style:
                first.setdefault(word, (path, match[0]))
                count[word] = count.get(word, 0) + 1
    for word, (path, printed) in first.items():
        times = f" ({count[word]} kali)" if count[word] > 1 else ""
        yield Hit(path, f"Kata {quote(printed)}{times} sebaiknya ditulis {quote(style[word])}.")


def _texts(record: SopRecord) -> Iterator[tuple[str, str]]:
    for name in DAFTAR:  # titles of laws stay as they are
        for i, item in enumerate(getattr(record, name)):
            yield f"/{name}/{i}", item
    for i, step in enumerate(record.langkah):
        yield f"/langkah/{i}/kegiatan", step.kegiatan
        yield f"/langkah/{i}/kelengkapan", step.kelengkapan or ""
        yield f"/langkah/{i}/output", step.output or ""
