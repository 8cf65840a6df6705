"""ID-03: the dates and their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.lexicon.bulan import print_tanggal
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import NAMES

_DATES = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "tanggal_pengesahan")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ORDER = (
    ("tanggal_pembuatan", "tanggal_efektif"),
    ("tanggal_pembuatan", "tanggal_pengesahan"),
    ("tanggal_pembuatan", "tanggal_revisi"),
)


@rule(
    "ID-03",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 3-5",
    good="Tanggal Pembuatan 2 Januari 2024, Tanggal Efektif 1 Februari 2024",
    bad="Tanggal Pembuatan Oktober 2017, Tanggal Efektif 1 Januari 2017",
    help="Periksa tanggal pada lembar identitas.",
)
def dates_in_order(record: SopRecord) -> Iterator[Hit]:
    """Tanggal lengkap dan runtut: pembuatan, lalu revisi dan efektif.

    SOP tidak dapat berlaku sebelum dibuat. Revisi boleh sesudah efektif, karena dapat berisi
    rencana peninjauan; bila keduanya sama, hal itu hanya diberitahukan.
    """
    for name in _DATES:
        value: str | None = getattr(record, name)
        if value is None:
            continue
        if not _ISO.fullmatch(value):
            yield Hit(f"/{name}", f'{NAMES[name]} "{value}" bukan tanggal.')
        elif len(value) < len("2024-01-01"):
            lacking = "tanpa hari" if len(value) == len("2024-01") else "hanya tahun"
            message = f'{NAMES[name]} "{print_tanggal(value)}" {lacking}.'
            yield Hit(f"/{name}", message, "Tulis tanggal lengkap.", Severity.INFO)
    for first, second in _ORDER:
        early, late = getattr(record, first), getattr(record, second)
        if early and late and _after(early, late):
            told = f'{NAMES[second]} "{print_tanggal(late)}" mendahului'
            message = f'{told} {NAMES[first]} "{print_tanggal(early)}".'
            yield Hit(f"/{second}", message, grounds=(f"/{first}", f"/{second}"))
    revised, effective = record.tanggal_revisi, record.tanggal_efektif
    if revised and revised == effective:
        message = f'Tanggal Revisi sama dengan Tanggal Efektif ("{print_tanggal(revised)}").'
        advice = "Pastikan Tanggal Revisi bukan salinan; pada SOP pertama cukup diisi tanda hubung."
        grounds = ("/tanggal_revisi", "/tanggal_efektif")
        yield Hit("/tanggal_revisi", message, advice, Severity.INFO, grounds)


def _after(first: str, second: str) -> bool:
    """Whether `first` is later, as far as both are printed: 2017-10 is not after 2017."""
    length = min(len(first), len(second))
    return first[:length] > second[:length]
