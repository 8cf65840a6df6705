"""LB-03: revoked acts."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import (
    by_register,
    entries,
    is_verified,
    known,
    name_by_id,
    short_name,
)
from sopextract.validate.registry import Hit, rule


@rule(
    "LB-03",
    Severity.ERROR,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 8; tabel peraturan internal",
    good="PP 12/2019 tentang Pengelolaan Keuangan Daerah",
    bad="PP 58/2005 tentang Pengelolaan Keuangan Daerah",
    help="Ganti dengan peraturan yang berlaku, sesudah memeriksa statusnya.",
)
def not_revoked(record: SopRecord) -> Iterator[Hit]:
    """Dasar hukum tidak memuat peraturan yang sudah dicabut.

    Status berasal dari tabel internal; yang belum diverifikasi hanya diperingatkan.
    """
    for path, entry in entries(record):
        if entry.status != "dicabut":
            continue
        act = known(entry)
        mark = act.status_mark if act else ""
        by = "; ".join(name_by_id(ref) for ref in act.oleh) if act else ""
        successor = f" dengan {by}" if by else ""
        message = f"{short_name(entry)} sudah dicabut{successor}, {by_register(mark)}."
        severity = None if is_verified(mark) else Severity.WARNING
        yield Hit(path, message, severity=severity)
