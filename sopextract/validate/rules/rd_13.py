"""RD-13: pages whose text layer is not trusted."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule


@rule(
    "RD-13",
    Severity.WARNING,
    basis="kontrak rekaman: page_notes untrusted",
    good="Lapisan teks sama dengan yang tercetak",
    bad="Lapisan teks tersembunyi di bawah gambar",
    help="Cocokkan semua nilai dari halaman itu dengan yang tercetak.",
    kind=Kind.READING,
)
def text_layer_untrusted(record: SopRecord) -> Iterator[Hit]:
    """Lapisan teks suatu halaman mungkin tidak sama dengan yang tercetak.

    Kepercayaan semua nilai dari halaman itu diturunkan.
    """
    for i, note in enumerate(record.page_notes):
        if note.untrusted:
            why = note.untrusted.rstrip(".")
            where = f"halaman {note.page}" if note.page is not None else "dokumen ini"
            yield Hit(
                f"/page_notes/{i}",
                f"Teks {where} mungkin tidak sama dengan yang tercetak: {why}.",
            )
