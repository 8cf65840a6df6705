"""KU-01: qualifications are skills."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import POSTS, SKILL, TOOLS

_STATUS = frozenset({"asn", "pns", "negeri", "sipil", "pppk"})  # a condition, not a post
_LONGEST_POST = 6  # words; "Kepala Sub Bagian Umum dan Kepegawaian"


@rule(
    "KU-01",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 11",
    good="Memahami tata naskah dinas",
    bad="Komputer",
    help="Isi Kualifikasi Pelaksana dengan keahlian, pengetahuan, atau pendidikan.",
)
def qualification_is_skill(record: SopRecord) -> Iterator[Hit]:
    """Kualifikasi Pelaksana memuat keahlian, bukan jabatan atau alat.

    Kualifikasi berlaku bagi semua pelaksana dan menyebut kemampuan yang diperlukan.
    """
    for i, item in enumerate(record.kualifikasi_pelaksana):
        said = words(item)
        if not said or SKILL.search(item) or _STATUS.intersection(said):
            continue
        path = f"/kualifikasi_pelaksana/{i}"
        if said[0] in TOOLS:
            message = f"Kualifikasi {quote(item)} adalah alat."
            yield Hit(path, message, "Pindahkan ke Peralatan/Perlengkapan.")
        elif said[0] in POSTS and len(said) <= _LONGEST_POST:
            yield Hit(path, f"Kualifikasi {quote(item)} adalah jabatan.")
