"""RD-03: values reasoned from others."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import SURE
from sopextract.validate.doubtful_values import grouped, percentage, said
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import name_of, quote


@rule(
    "RD-03",
    Severity.WARNING,
    basis="kontrak rekaman: method inferred",
    good="Nilai tercetak pada lembar",
    bad="Pelaksana disimpulkan dari teks langkah",
    help="Cocokkan dengan dokumen sumber; nilai ini tidak tercetak begitu.",
    kind=Kind.READING,
)
def inferred(record: SopRecord) -> Iterator[Hit]:
    """Nilai disimpulkan, tidak terbaca langsung pada lembar."""
    for path, worst in grouped(record, lambda _, p: p.method == Method.INFERRED):
        message = (
            f"{name_of(path)}{said(record, path)} disimpulkan (kepercayaan {percentage(worst)})."
        )
        if path == "/nama_sop":
            message = (
                "Nama SOP tidak terisi atau tidak terbaca pada lembar identitas; "
                f"{quote(record.nama_sop or '')} diambil dari judul lain."
            )
        if path == "/alur":
            message = (
                "Panah antarlangkah disimpulkan dari urutan dan teks langkah, tidak dari gambar "
                f"(kepercayaan {percentage(worst)})."
            )
        yield Hit(path, message, severity=Severity.INFO if worst >= SURE else None)
