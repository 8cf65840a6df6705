"""Which of the 13 identity items and of the steps' columns a sheet fills; unread is not missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sopextract.compare.comparison import Item, ItemCount
from sopextract.model.finding import Kind
from sopextract.model.record import SopRecord

# Below this a value is more likely wrong than right, so it counts as not read.
READ_MIN_CONFIDENCE = 0.5

# The 13 items of the identity part (PermenPANRB 35/2012, appendix), in the form's order.
IDENTITY_ITEMS = (
    "Nama satuan kerja",
    "Nomor SOP",
    "Tanggal Pembuatan",
    "Tanggal Revisi",
    "Tanggal Efektif",
    "Disahkan oleh",
    "Nama SOP",
    "Dasar Hukum",
    "Keterkaitan",
    "Peringatan",
    "Kualifikasi Pelaksana",
    "Peralatan/Perlengkapan",
    "Pencatatan dan Pendataan",
)
STEP_ITEMS = ("Pelaksana langkah", "Kelengkapan", "Waktu", "Output")
# A first version has no date of revision, rightly: the item is shown and never held against anyone.
OPTIONAL_ITEMS = frozenset({"Tanggal Revisi"})


def check_identity(record: SopRecord) -> tuple[Item, ...]:
    """The state of each of `IDENTITY_ITEMS`.

    "Tanggal Pengesahan" serves for Tanggal Efektif, as on local forms. Disahkan oleh needs post and
    name; a NIP is not asked, elected heads have none.
    """
    signer = record.disahkan_oleh
    agency = record.instansi.perangkat_daerah or (record.instansi.unit_kerja or (None,))[0]
    return (
        _one(record, agency, "/instansi/perangkat_daerah"),
        _one(record, record.nomor_sop, "/nomor_sop"),
        _one(record, record.tanggal_pembuatan, "/tanggal_pembuatan"),
        _one(record, record.tanggal_revisi, "/tanggal_revisi"),
        _either(
            _one(record, record.tanggal_efektif, "/tanggal_efektif"),
            _one(record, record.tanggal_pengesahan, "/tanggal_pengesahan"),
        ),
        _both(
            _one(record, signer.jabatan, "/disahkan_oleh/jabatan", "/disahkan_oleh"),
            _one(record, signer.nama, "/disahkan_oleh/nama", "/disahkan_oleh"),
        ),
        _one(record, record.nama_sop, "/nama_sop"),
        _many(record, len(record.dasar_hukum), "/dasar_hukum"),
        _many(record, len(record.keterkaitan), "/keterkaitan"),
        _many(record, len(record.peringatan), "/peringatan"),
        _many(record, len(record.kualifikasi_pelaksana), "/kualifikasi_pelaksana"),
        _many(record, len(record.peralatan_perlengkapan), "/peralatan_perlengkapan"),
        _many(record, len(record.pencatatan_pendataan), "/pencatatan_pendataan"),
    )


def check_steps(record: SopRecord) -> tuple[tuple[Item, ...], ...]:
    """For each step, the state of each of `STEP_ITEMS`."""
    return tuple(
        (
            _many(record, len(step.pelaksana), f"/langkah/{i}/pelaksana"),
            _one(record, step.kelengkapan, f"/langkah/{i}/kelengkapan"),
            _one(
                record,
                step.waktu.teks if step.waktu else None,
                f"/langkah/{i}/waktu",
                f"/langkah/{i}/waktu/teks",
            ),
            _one(record, step.output, f"/langkah/{i}/output"),
        )
        for i, step in enumerate(record.langkah)
    )


def is_doubtful(record: SopRecord, pointer: str, *, empty: bool = False) -> bool:
    """Whether what stands at `pointer` could not be read, or more likely wrong than right. Of an
    `empty` value a finding may say so too; one that was read is only asked about by it."""
    pointers = (pointer, f"{pointer}/teks")
    return _is_unread(record, pointers) or (empty and _is_told_unread(record, pointers))


def count_items(records: Sequence[SopRecord]) -> tuple[ItemCount, ...]:
    """The counts of one agency: sheets for the identity items, steps for the columns."""
    identity = [check_identity(r) for r in records]
    steps = [row for r in records for row in check_steps(r)]
    counted = [_count(name, (s[i] for s in identity)) for i, name in enumerate(IDENTITY_ITEMS)]
    counted += [_count(name, (s[i] for s in steps)) for i, name in enumerate(STEP_ITEMS)]
    return tuple(counted)


def filled_share(items: Sequence[ItemCount]) -> float | None:
    """Filled over filled and empty, optional items and unread ones left out; None for nothing."""
    asked = [i for i in items if i.item not in OPTIONAL_ITEMS]
    filled = sum(i.terisi for i in asked)
    total = filled + sum(i.kosong for i in asked)
    return filled / total if total else None


def _count(name: str, states: Iterable[Item]) -> ItemCount:
    counted = Counter(states)
    return ItemCount(
        item=name,
        terisi=counted["terisi"],
        kosong=counted["kosong"],
        tak_terbaca=counted["tak_terbaca"],
    )


def _one(record: SopRecord, value: str | None, *pointers: str) -> Item:
    if _is_unread(record, pointers):
        return "tak_terbaca"
    if value:
        return "terisi"
    return "tak_terbaca" if _is_told_unread(record, pointers) else "kosong"


def _is_unread(record: SopRecord, pointers: Sequence[str]) -> bool:
    """Whether a value stands on the sheet and was not read, or more likely wrong than right."""
    entries = (record.provenance.get(pointer) for pointer in pointers)
    return any(
        e is not None and (e.method == "unread" or e.confidence < READ_MIN_CONFIDENCE)
        for e in entries
    )


def _is_told_unread(record: SopRecord, pointers: Sequence[str]) -> bool:
    """Whether a finding says of an empty value that reading it is in doubt."""
    return any(f.kind is Kind.READING and f.path in pointers for f in record.findings)


def _many(record: SopRecord, count: int, pointer: str) -> Item:
    if _is_unread(record, (pointer,)):
        return "tak_terbaca"
    if not count:
        return _one(record, None, pointer)
    for i in range(count):  # one entry that was read well fills the item
        if _one(record, "x", f"{pointer}/{i}", f"{pointer}/{i}/teks") == "terisi":
            return "terisi"
    return "tak_terbaca"


def _either(a: Item, b: Item) -> Item:
    if "terisi" in (a, b):
        return "terisi"
    return "tak_terbaca" if "tak_terbaca" in (a, b) else "kosong"


def _both(a: Item, b: Item) -> Item:
    if a == b:
        return a
    return "tak_terbaca" if "tak_terbaca" in (a, b) else "kosong"
