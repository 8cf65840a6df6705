"""FT-01: the labels of the step table."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import words
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.scans import scanned_pages
from sopextract.validate.sheet import quote

_WANTED = {
    "no": "No",
    "kegiatan": "Kegiatan",
    "pelaksana": "Pelaksana",
    "mutu_baku": "Mutu Baku",
    "kelengkapan": "Kelengkapan",
    "waktu": "Waktu",
    "output": "Output",
    "keterangan": "Keterangan",
}
# Labels that mean something else than the column they stand over.
_WRONG = {("mutu_baku", "buku"), ("output", "autput"), ("kelengkapan", "kelangkapan")}


@rule(
    "FT-01",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: kolom tabel",
    good="No, Kegiatan, Pelaksana, Mutu Baku (Kelengkapan, Waktu, Output), Keterangan",
    bad='"Mutu Buku"; tanpa kolom Keterangan',
    help="Pakai judul kolom menurut format baku.",
    doubtful="drop",
)
def standard_labels(record: SopRecord) -> Iterator[Hit]:
    """Kolom tabel langkah lengkap dan berjudul baku.

    Dilaporkan sekali bagi seluruh tabel, bukan pada setiap halaman. Pada hasil pindai judulnya
    mungkin hanya tidak terbaca.
    """
    kind = Kind.READING if scanned_pages(record) else None
    labels: dict[str, tuple[str, str]] = {}
    for i, part in enumerate(record.bagian_tabel):
        for name, label in part.label.items():
            labels.setdefault(name, (f"/bagian_tabel/{i}/label/{name}", label))
    if not labels:
        return
    for name, wanted in _WANTED.items():
        if name not in labels and not (name == "pelaksana" and record.pelaksana):
            message = f'Judul kolom "{wanted}" tidak ada.'
            yield Hit("/bagian_tabel/0/label", message, kind=kind)
    corrected = {
        change.path.removeprefix("label:"): change.before
        for change in record.corrections
        if change.path.startswith("label:")
    }
    for name, (path, label) in labels.items():
        printed = corrected.get(name, label)
        wrong = any(name == n and word in words(printed) for n, word in _WRONG)
        if wrong:
            message = f'Judul kolom {quote(printed)} seharusnya "{_WANTED[name]}".'
            yield Hit(path, message, kind=kind)
        elif name == "kelengkapan" and words(printed) == ["persyaratan"]:
            yield Hit(path, 'Judul kolom "Persyaratan" dipakai sebagai ganti "Kelengkapan".')
