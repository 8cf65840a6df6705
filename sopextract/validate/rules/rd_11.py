"""RD-11: arrows that lead elsewhere than the text of their step says."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import existing, name_of, quote


@rule(
    "RD-11",
    Severity.WARNING,
    basis="kontrak rekaman: corrections flow.drawing-against-text, flow.exit-not-drawn",
    good='"jika tidak lengkap kembali ke langkah 2", panah Tidak menuju langkah 2',
    bad='"jika tidak lengkap kembali ke langkah 2", panah Tidak menuju langkah 1',
    help="Lihat panah pada dokumen sumber; rekaman mengikuti gambar.",
    kind=Kind.READING,
)
def drawing_against_text(record: SopRecord) -> Iterator[Hit]:
    """Panah pada gambar tidak sesuai dengan teks langkahnya.

    Gambar yang dipakai; mungkin panahnya salah terbaca, mungkin lembarnya sendiri tidak sesuai.
    """
    for change in record.corrections:
        if change.rule == "flow.drawing-against-text":
            path = existing(record, change.path)
            said = f"teks langkah berbunyi {quote(change.before, 60)}"
            yield Hit(path, f"{name_of(path)} {change.after}, tetapi {said}.")
        elif change.rule == "flow.exit-not-drawn":
            path = existing(record, change.path)
            said = quote(change.before, 60)
            yield Hit(path, f"{name_of(path)} menyebut {said}, tetapi panahnya tidak terbaca.")
