"""LB-09: age of the acts."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import citations, entries, sheet_year, short_name
from sopextract.validate.registry import Hit, rule

_OLD_YEARS = 10  # two terms of a regional medium-term plan: every field has had new rules by then
_DATES = ("/tanggal_revisi", "/tanggal_efektif", "/tanggal_pengesahan", "/tanggal_pembuatan")


@rule(
    "LB-09",
    Severity.ERROR,
    basis="SOP tidak dapat didasarkan pada peraturan yang belum ada",
    good="SOP 2024 mengutip PP 12/2019",
    bad="SOP 2018 mengutip PP 12/2019",
    help="Periksa tahun peraturan dan tanggal SOP.",
)
def not_younger_than_sheet(record: SopRecord) -> Iterator[Hit]:
    """Peraturan yang dikutip tidak lebih muda dari SOP.

    Bila semua peraturan jauh lebih tua dari SOP, hal itu hanya diberitahukan.
    """
    year = sheet_year(record)
    if year is None:
        return
    revised = record.tanggal_revisi or ""
    latest = max(year, int(revised[:4]) if revised[:4].isdecimal() else 0)
    for path, entry in citations(record):
        if entry.tahun is not None and entry.tahun > latest:
            message = f"{short_name(entry)} lebih muda dari SOP (tahun {latest})."
            yield Hit(path, message, grounds=(path, *_DATES))
    dated = [(e.tahun, path) for path, e in entries(record) if e.tahun is not None]
    if any(e.status == "berlaku" for _, e in entries(record)):
        return  # old, and still in force
    if dated and max(dated)[0] <= year - _OLD_YEARS and len(dated) == len(record.dasar_hukum):
        newest, path = max(dated)
        message = f"Peraturan termuda ({newest}) jauh lebih tua dari SOP ({year})."
        yield Hit(path, message, "Periksa apakah ada peraturan yang lebih baru.", Severity.INFO)
