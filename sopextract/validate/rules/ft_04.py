"""FT-04: empty items in lists."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, name_of


@rule(
    "FT-04",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas: daftar bernomor",
    good="1. Komputer",
    bad="1. Komputer 2.",
    help="Isi atau hapus butir kosong.",
)
def no_empty_items(record: SopRecord) -> Iterator[Hit]:
    """Daftar identitas tidak memuat butir bernomor yang kosong.

    Butir kosong pada Dasar Hukum adalah LB-01.
    """
    for change in record.corrections:
        if change.rule == "list.empty-item" and not change.path.startswith("/dasar_hukum"):
            path = existing(record, change.path)
            name = name_of("/" + change.path.strip("/").split("/")[0])
            yield Hit(path, f"{name} memuat butir bernomor yang kosong.", grounds=())
