"""LB-04: amended acts."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.lexicon.peraturan import load_register
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import (
    by_register,
    entries,
    is_verified,
    known,
    name_by_id,
    sheet_year,
    short_name,
    year_of,
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
        named = {part.id for part in (*entry.diubah_dengan, *entry.juncto)} | listed
        cited = {_canonical(one) for one in named if one}
        amending = sorted(map(_canonical, act.oleh), key=year_of)
        if amending[-1] in cited:
            continue
        due = [one for one in amending if year is None or year_of(one) <= year]
        partly = bool(entry.diubah_dengan) or (bool(due) and due[-1] in cited)
        acts = "; ".join(name_by_id(one, with_title=False) for one in amending)
        lacking = "perubahan terakhirnya" if partly else "perubahannya"
        sources = by_register(act.status_mark)
        if len(amending) > 1 and is_verified(
            act.status_mark
        ):  # the row's mark is the first act's; later ones may be weaker
            sources = f"{sources[:-1]}; tidak semuanya diverifikasi)"
        message = (
            f"{short_name(entry)} sudah diubah dengan {acts}, tetapi lembar tidak menyebut "
            f"{lacking}, {sources}."
        )
        yield Hit(path, message, severity=_severity(act.status_mark, due, partly))


def _severity(mark: str, due: list[str], partly: bool) -> Severity | None:
    """Info for what is younger than the sheet, half said, or known by hearsay only."""
    hearsay = not mark or mark[0] in "KD"
    return Severity.INFO if partly or not due or hearsay else None


def _canonical(reference: str) -> str:
    act = load_register().get(reference)
    return act.id if act else reference
