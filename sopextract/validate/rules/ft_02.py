"""FT-02: the row of column numbers."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.scans import scanned_pages


@rule(
    "FT-02",
    Severity.INFO,
    basis="praktik formulir SOP: baris nomor kolom",
    good="1 2 3 4 5",
    bad="1 2 3 5",
    help="Lengkapi baris nomor kolom; pastikan tidak ada kolom yang hilang.",
)
def column_numbers_run(record: SopRecord) -> Iterator[Hit]:
    """Nomor kolom tabel berurutan.

    Nomor yang hilang dapat berarti judul kolom pelaksana terhapus. Tabel yang terbelah dua dinilai
    bersama. Pada hasil pindai nomornya mungkin hanya tidak terbaca.
    """
    printed = {n for part in record.bagian_tabel for n in part.nomor_kolom}
    if not printed:
        return
    kind = Kind.READING if scanned_pages(record) else None
    missing = [n for n in range(1, max(printed)) if n not in printed]
    for number in missing:
        home = next(
            (
                i
                for i, part in enumerate(record.bagian_tabel)
                if part.nomor_kolom and min(part.nomor_kolom) < number < max(part.nomor_kolom)
            ),
            0,
        )
        path, message = f"/bagian_tabel/{home}/nomor_kolom", f"Nomor kolom {number} tidak ada."
        yield Hit(path, message, kind=kind)
