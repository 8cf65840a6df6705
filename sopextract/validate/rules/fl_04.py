"""FL-04: everybody who does a step, and the hand-over to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold, squeeze
from sopextract.model.draft import Method
from sopextract.model.finding import Severity
from sopextract.model.record import Langkah, Pelaksana, SopRecord
from sopextract.validate.doubt import any_doubt, method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import actor_words, quote
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
        if not step.pelaksana and method_of(record, path) == Method.ABSENT:
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
    if step.pelaksana == (receiver.nama,) and not any_doubt(record, (own,)):
        return  # the text hands over to the step's own actor: reported by the second pattern below
    message = (
        f"Langkah {i + 1} menyerahkan kepada {quote(receiver.nama)}, tetapi langkah {i + 2} "
        f"berada pada kolom {quote(', '.join(after.pelaksana))}."
    )
    yield Hit(other, message, grounds=(other, f"/langkah/{i}/kegiatan"))


def _entries(record: SopRecord, pointer: str) -> list[str]:
    return [p for p in record.provenance if p == pointer or p.startswith(pointer + "/")]


def _receiver(text: str, columns: tuple[Pelaksana, ...]) -> Pelaksana | None:
    """The one column that the text hands over to; None when it names nobody or several."""
    found = [m["who"] for p in (_ORDERS, _HANDS) for m in p.finditer(squeeze(text))]
    if len(found) != 1:
        return None
    fits = [c for c in columns if _is(found[0], c)]
    return fits[0] if len(fits) == 1 else None


def _is(who: str, column: Pelaksana) -> bool:
    """Whether the words of one name are all among those of the other."""
    said = actor_words(who)
    if not said or " dan " in fold(who):
        return False
    return any(
        said <= label or label <= said
        for label in (actor_words(column.nama), actor_words(column.lengkap))
        if label
    )
