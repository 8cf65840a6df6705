"""LB-04: amended acts."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.lexicon.peraturan import Regulation, load_register
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import (
    by_register,
    entries,
    known,
    name_by_id,
    sheet_year,
    short_name,
)
from sopextract.validate.registry import Hit, rule


@rule(
    "LB-04",
    Severity.WARNING,
    basis="UU 12/2011, lampiran II: penyebutan perubahan peraturan; tabel peraturan internal",
    good="PP 18/2016 sebagaimana telah diubah dengan PP 72/2019",
    bad="PP 18/2016 tanpa menyebut PP 72/2019",
    help='Tambahkan "sebagaimana telah diubah dengan …" setelah memeriksa perubahan terakhir.',
)
def amendment_named(record: SopRecord) -> Iterator[Hit]:
    """Peraturan yang sudah diubah dikutip bersama perubahan terakhirnya.

    Perubahan yang lebih muda dari lembar hanya diberitahukan.
    """
    listed = {e.id for _, e in entries(record)}
    year = sheet_year(record)
    for path, entry in entries(record):
        act = known(entry)
        if act is None or act.status != "diubah" or not act.oleh:
            continue
        cited = {part.id for part in (*entry.diubah_dengan, *entry.juncto)} | listed
        newest = _newest(act)
        if newest is None or newest.id in {_canonical(one) for one in cited if one}:
            continue
        older = " yang terakhir" if entry.diubah_dengan else ""
        message = (
            f"{short_name(entry)} sudah diubah dengan {name_by_id(newest.id)}, tetapi lembar tidak "
            f"menyebut perubahan{older} itu, {by_register(act.status_mark)}."
        )
        later = year is not None and newest.tahun > year
        yield Hit(path, message, severity=Severity.INFO if later else None)


def _newest(act: Regulation) -> Regulation | None:
    """The youngest amending act that the register holds as an act of its own."""
    found = [a for a in map(load_register().get, act.oleh) if a is not None]
    return max(found, key=lambda a: a.tahun, default=None)


def _canonical(reference: str) -> str:
    act = load_register().get(reference)
    return act.id if act else reference
