"""FL-04: everybody who does a step, and the hand-over to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.jabatan import match_jabatan
from sopextract.model.draft import Method
from sopextract.model.finding import Severity
from sopextract.model.record import Langkah, Pelaksana, SopRecord
from sopextract.validate.below import pointers_below
from sopextract.validate.doubt import doubts, method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import names_decision

_ORDERS = re.compile(
    r"\b(?:memerintahkan|menugaskan|menginstruksikan|mendisposisikan\s+kepada)\s+"
    r"(?:kepada\s+)?(?P<who>.+?)(?=\s+(?:untuk|agar|supaya|guna|dalam)\b|[,.;]|$)",
    re.IGNORECASE,
)
_HANDS = re.compile(
    r"\b(?:menyampaikan|disampaikan|menyerahkan|diserahkan|meneruskan|diteruskan|mengirimkan|"
    r"dikirim(?:kan)?|mengajukan|diajukan|melaporkan|dilaporkan)\b(?:\s+(?!kepada|untuk\b)\w+){0,8}?"
    r"\s+(?:kembali\s+)?kepada\s+(?P<who>.+?)"
    r"(?=\s+(?:untuk|agar|supaya|guna|sebagai|dan|melalui)\b|[,.;]|$)",
    re.IGNORECASE,
)

_SAME_POST = 0.6  # "Kabag" for "Kabag Tatalaksana" scores above it, another unit's head below
_CLEAR = 0.05  # two columns that fit equally well settle nothing


@rule(
    "FL-04",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: simbol berdiri pada kolom pelaksananya",
    good='"… menyerahkan kepada Kepala Seksi", langkah berikutnya pada kolom Kepala Seksi',
    bad='"Memerintahkan staf …", langkah berikutnya pada kolom Kepala Seksi',
    help="Pindahkan simbol ke kolom pelaksana yang benar atau perbaiki teks langkah.",
)
def hand_over_fits(record: SopRecord) -> Iterator[Hit]:
    """Setiap langkah mempunyai pelaksana, dan penerima dalam teks adalah pelaksana berikutnya.

    Bila teks menyerahkan pekerjaan kepada seseorang, langkah berikutnya seharusnya dikerjakan
    orang itu; bila tidak, simbolnya salah kolom atau ada langkah yang hilang.
    """
    for i, step in enumerate(record.langkah):
        path = f"/langkah/{i}/pelaksana"
        absent = method_of(record, path) == Method.ABSENT and not doubts(record, path)
        if not step.pelaksana and absent:
            yield Hit(path, f"Langkah {i + 1} tidak mempunyai simbol pada kolom pelaksana.")
    for i, (step, after) in enumerate(zip(record.langkah, record.langkah[1:], strict=False)):
        yield from _hand_over(record, i, step, after)


def _hand_over(record: SopRecord, i: int, step: Langkah, after: Langkah) -> Iterator[Hit]:
    receiver = _receiver(step.kegiatan, record.pelaksana)
    if receiver is None or names_decision(step.kegiatan):
        return
    own, other = f"/langkah/{i}/pelaksana", f"/langkah/{i + 1}/pelaksana"
    if any(method_of(record, p) == Method.INFERRED for p in _entries(record, other)):
        return  # reasoned from this very text
    if not after.pelaksana or receiver.nama in after.pelaksana:
        return
    if step.pelaksana == (receiver.nama,):
        if any(method_of(record, p) == Method.INFERRED for p in _entries(record, own)):
            return
        who = quote(receiver.nama)
        message = f"Langkah {i + 1} menyerahkan kepada {who}, tetapi simbolnya di kolom {who} itu."
        yield Hit(own, message, grounds=(own, f"/langkah/{i}/kegiatan"))
        return
    message = (
        f"Langkah {i + 1} menyerahkan kepada {quote(receiver.nama)}, tetapi langkah {i + 2} "
        f"berada pada kolom {quote(', '.join(after.pelaksana))}."
    )
    yield Hit(other, message, grounds=(other, f"/langkah/{i}/kegiatan"))


def _entries(record: SopRecord, pointer: str) -> list[str]:
    own = [pointer] if pointer in record.provenance else []
    return [*own, *pointers_below(record, pointer)]


def _receiver(text: str, columns: tuple[Pelaksana, ...]) -> Pelaksana | None:
    """The one column that the text hands over to; None when it names nobody or several."""
    found = [m["who"] for p in (_ORDERS, _HANDS) for m in p.finditer(squeeze(text))]
    if len(found) != 1:
        return None
    if " dan " in fold(found[0]):
        return None
    scored = sorted(((_likeness(found[0], c), c.kolom, c) for c in columns), reverse=True)
    if not scored or scored[0][0] < _SAME_POST:
        return None
    rivals = [c for score, _, c in scored[1:] if score >= scored[0][0] - _CLEAR]
    return None if rivals else scored[0][2]


def _likeness(who: str, column: Pelaksana) -> float:
    return max(match_jabatan(who, column.nama), match_jabatan(who, column.lengkap))
