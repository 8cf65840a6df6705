"""What the rules on the legal basis share: walking the citations, citing the register honestly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from sopextract.core.text import fold, words
from sopextract.lexicon.jenis_peraturan import REGIONAL, kind_of, kinds
from sopextract.lexicon.peraturan import Regulation, load_register
from sopextract.model.record import DasarHukum, SopRecord

# Spellings of one word; official titles carry either (domain notes on official titles).
_SPELLINGS = (
    (re.compile(r"\bwali ?kota\b"), "walikota"),
    (re.compile(r"\bpropinsi\b"), "provinsi"),
    (re.compile(r"\btata ?cara\b"), "tatacara"),
    (re.compile(r"\btata ?laksana\b"), "tatalaksana"),
    (re.compile(r"\bpegawai negri\b"), "pegawai negeri"),
    (re.compile(r"\bsop\b"), "standar operasional prosedur"),
    (re.compile(r"\bsop ap\b"), "standar operasional prosedur administrasi pemerintahan"),
)
_VILLAGE = "Perdes"  # its issuer is a village, which the table of kinds has no region for
_ASIDE = re.compile(r"\([^)]*\)")  # "(Business Process)" stands in some copies only
SAME_TITLE = 0.90  # titles of different acts seen so far stay below; typing errors stay above
_KNOWN = {
    "T": "dibaca dari naskah resmi",
    "R": "dibaca dari naskah peraturan perubahan",
    "P": "dibaca dari naskah peraturan pencabut",
    "C": "dikuatkan satu sumber lain, belum diverifikasi",
    "D": "dari satu himpunan data, belum diverifikasi",
    "K": "belum diverifikasi",
}
_VERIFIED = frozenset("TRP")


def citations(record: SopRecord) -> Iterator[tuple[str, DasarHukum]]:
    """Every citation with its pointer: the entries, then what amends or joins them."""
    for i, entry in enumerate(record.dasar_hukum):
        yield f"/dasar_hukum/{i}", entry
        for name in ("diubah_dengan", "juncto"):
            for j, part in enumerate(getattr(entry, name)):
                yield f"/dasar_hukum/{i}/{name}/{j}", part


def entries(record: SopRecord) -> Iterator[tuple[str, DasarHukum]]:
    """The entries of the list with their pointers."""
    return ((f"/dasar_hukum/{i}", entry) for i, entry in enumerate(record.dasar_hukum))


def known(entry: DasarHukum) -> Regulation | None:
    """The register's row for this citation; None when it is not there."""
    return load_register().get(entry.id) if entry.id else None


def is_regional(entry: DasarHukum) -> bool:
    """Whether this is regional law, whose titles are alike in every region."""
    kind = kind_of(entry.jenis)
    return entry.jenis == _VILLAGE or (kind is not None and kind.sifat in REGIONAL)


def short_name(entry: DasarHukum) -> str:
    """ "PP 12/2019"; the printed text when kind or number is lacking."""
    if entry.jenis and entry.nomor and entry.tahun:
        return _short(entry.jenis, entry.nomor, entry.tahun)
    return entry.teks if len(entry.teks) <= 60 else entry.teks[:59] + "…"


def _short(kind: str, number: str, year: int) -> str:
    """ "PP 12/2019"; a number that ends in its year ("113/PMK.05/2012") keeps one year."""
    return f"{kind} {number}" if number.endswith(f"/{year}") else f"{kind} {number}/{year}"


def name_by_id(reference: str, *, with_title: bool = True) -> str:
    """The name of an act, with its title when the register has it.

    An id that is not in the register is spelled out where its kind has one issuer
    ("pp/2019/72" is "PP 72/2019"); anything else stays as it is.
    """
    act = load_register().get(reference)
    if act is not None:
        title = f" tentang {act.tentang}" if act.tentang and with_title else ""
        return f"{_short(act.jenis, act.nomor, act.tahun)}{title}"
    head, _, rest = reference.partition("/")
    year, _, number = rest.partition("/")
    name = next((k.jenis for k in kinds().values() if k.kode == head and k.sifat == "pusat"), None)
    return f"{name} {number}/{year}" if name and number else reference


def year_of(reference: str) -> int:
    """The year in an id; 0 when there is none."""
    parts = reference.split("/")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else 0


def by_register(mark: str) -> str:
    """How far the register may be trusted, to end a message with.

    >>> by_register("K")
    'menurut tabel internal (tanda K: belum diverifikasi)'
    """
    letter = mark[:1]
    said = _KNOWN.get(letter, "belum diverifikasi")
    return f"menurut tabel internal (tanda {letter or '-'}: {said})"


def is_verified(mark: str) -> bool:
    """Whether the register's row was read in an official text."""
    return bool(mark) and mark[0] in _VERIFIED


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title for comparing: folded, punctuation dropped, spellings of one word made one."""
    text = " ".join(words(_ASIDE.sub(" ", fold(title))))
    for pattern, one in _SPELLINGS:
        text = pattern.sub(one, text)
    return text


def title_likeness(first: str, second: str) -> float:
    """Likeness of two titles from 0 to 1; 1.0 only when they say the same words."""
    one, other = title_key(first), title_key(second)
    return 1.0 if one.replace(" ", "") == other.replace(" ", "") else ratio(one, other) / 100


def sheet_year(record: SopRecord) -> int | None:
    """The latest year that the sheet carries; None when it has no date.

    The revision date is left out: it may be a planned one.
    """
    dates = (record.tanggal_efektif, record.tanggal_pengesahan, record.tanggal_pembuatan)
    years = [int(d[:4]) for d in dates if d and d[:4].isdecimal()]
    return max(years, default=None)
