"""RD-17: figures that were read from a scan with doubt."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubtful_values import grouped, percentage
from sopextract.validate.registry import Hit, rule
from sopextract.validate.scans import dim_texts, doubted
from sopextract.validate.sheet import name_of


@rule(
    "RD-17",
    Severity.WARNING,
    basis="kontrak rekaman: kepercayaan di bawah 0,9, halaman hasil pindai",
    good="Angka terbaca jelas",
    bad='Nomor "800/2l/2024" dari hasil pindai yang buram',
    help="Cocokkan setiap angkanya dengan dokumen sumber.",
    kind=Kind.READING,
)
def figures_doubtful(record: SopRecord) -> Iterator[Hit]:
    """Angka pada hasil pindai dibaca dengan ragu.

    Nomor, tanggal, NIP, waktu dan nomor peraturan tidak pernah diperbaiki program; setiap nilainya
    dilaporkan sendiri.
    """
    for path, worst in grouped(record, dim_texts(record, figures=True), None):
        what = doubted(record, path)
        yield Hit(
            path, f"{name_of(path)}: angka pada{what} diragukan (kepercayaan {percentage(worst)})."
        )
