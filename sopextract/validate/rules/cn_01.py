"""CN-01: counts in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote, texts_of

_COUNT = re.compile(
    r"\b(?:terdiri\s+(?:dari|atas)|memuat|sebanyak|meliputi)\s+(?P<n>\d+)\s*(?:\(\w+\)\s*)?"
    r"(?P<what>langkah|tahap(?:an)?|aktivitas|pelaksana)\b(?!\s+(?:lelang|seleksi|pengadaan))",
    re.IGNORECASE,
)


@rule(
    "CN-01",
    Severity.WARNING,
    basis="telaah SOP: jumlah yang disebut sama dengan jumlah baris",
    good='"terdiri dari 3 langkah", tabel memuat 3 langkah',
    bad='"terdiri dari 5 langkah", tabel memuat 3 langkah',
    help="Samakan jumlah dalam teks dengan tabel.",
)
def counts_agree(record: SopRecord) -> Iterator[Hit]:
    """Jumlah yang disebut dalam teks sama dengan jumlah dalam tabel."""
    if not record.langkah:
        return
    texts = texts_of(record)
    texts += [(f"/lainnya/{i}/teks", one.teks) for i, one in enumerate(record.lainnya)]
    for path, text in texts:
        match = _COUNT.search(text)
        if not match:
            continue
        actors = match["what"].casefold() == "pelaksana"
        actual = len(record.pelaksana) if actors else len(record.langkah)
        if int(match["n"]) != actual:
            message = f"{quote(match[0])} disebut, tetapi tabel memuat {actual}."
            yield Hit(path, message)
