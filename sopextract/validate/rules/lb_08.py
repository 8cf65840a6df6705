"""LB-08: duplicates and order of the legal basis."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import words
from sopextract.lexicon.jenis_peraturan import urutan_jenis
from sopextract.model.finding import Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.validate.legal import entries, short_name
from sopextract.validate.registry import Hit, rule

# The ranks come from the table of kinds: UU 12/2011 articles 7 and 8, below the Perpres the order
# of practice. From the rank of ministers' rules on all count alike: rules of ministries and regions
# are not ordered among each other, and sheets of both orders are right.
_LOWER = 8
_BASE = frozenset({"permen-panrb/2012/35", "permen-dagri/2011/52"})


@rule(
    "LB-08",
    Severity.WARNING,
    basis="UU 12/2011 pasal 7-8 (hierarki); PermenPANRB 35/2012, Bagian Identitas butir 8",
    good="UU, lalu PP, lalu Perpres, lalu peraturan menteri dan daerah",
    bad="PP 12/2019 tercantum dua kali",
    help="Hapus butir ganda dan urutkan menurut hierarki.",
)
def ordered_without_repeats(record: SopRecord) -> Iterator[Hit]:
    """Dasar hukum tidak memuat butir ganda dan berurutan menurut hierarki.

    Urutan dan tidak adanya pedoman SOP hanya diberitahukan.
    """
    seen: dict[str, int] = {}
    highest, told = -1, False
    for i, (path, entry) in enumerate(entries(record)):
        key = entry.id or " ".join(words(entry.teks))
        if key in seen:
            message = f"{short_name(entry)} sudah tercantum pada butir {seen[key] + 1}."
            yield Hit(path, message, "Hapus butir ganda.")
        seen.setdefault(key, i)
        rank = _rank(entry)
        if rank is None:
            continue
        if rank < highest and not told:
            told = True
            message = f"{short_name(entry)} tercantum sesudah peraturan yang lebih rendah."
            yield Hit(path, message, "Urutkan menurut hierarki.", Severity.INFO)
        highest = max(highest, rank)
    if record.dasar_hukum and not _BASE.intersection(seen):
        yield Hit(
            "/dasar_hukum",
            "Dasar Hukum tidak menyebut pedoman SOP (PermenPANRB 35/2012, Permendagri 52/2011).",
            "Tidak wajib; tambahkan bila pedoman daerah memintanya.",
            Severity.INFO,
        )


def _rank(entry: DasarHukum) -> int | None:
    if entry.jenis is None:
        return None
    return min(urutan_jenis(entry.jenis) or _LOWER, _LOWER)
