"""One record as the rows of every table, in the order of their columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import BaseModel

from sopextract.errors import SourceError
from sopextract.export.schema import TABLES, Table
from sopextract.model.record import DAFTAR, DasarHukum, Langkah, PageNote, SopRecord, Waktu

Value = str | int | float | bool | None
Row = tuple[Value, ...]

_INT64 = range(-(2**63), 2**63)  # what a column of whole numbers holds in SQLite and DuckDB
_HINT = "parse the source again"


def record_rows(kunci: str, record: SopRecord) -> dict[str, list[Row]]:
    """The rows of one record by table; `kunci` is the key that all of them begin with.

    Raises SourceError for a record in which two rows would have one key, a reference leads
    nowhere, or a number fits no column: such a file was not written by us.
    """
    rows: dict[str, list[Row]] = {
        "sop": [_sop(record)],
        "butir": list(_butir(record)),
        "lainnya": [(i, item.label, item.teks) for i, item in enumerate(record.lainnya, 1)],
        "dasar_hukum": _dasar_hukum(record.dasar_hukum),
        "pelaksana": [(p.kolom, p.nama, p.lengkap) for p in record.pelaksana],
        "langkah": [_langkah(step) for step in record.langkah],
        "langkah_pelaksana": [
            (step.urutan, i, nama)
            for step in record.langkah
            for i, nama in enumerate(step.pelaksana, 1)
        ],
        "bentuk": [
            (step.urutan, i, shape.pelaksana, shape.simbol)
            for step in record.langkah
            for i, shape in enumerate(step.bentuk, 1)
        ],
        "alur": [
            (i, e.dari, e.ke, e.dari_pelaksana, e.ke_pelaksana, e.label, e.label_teks, e.basis)
            for i, e in enumerate(record.alur, 1)
        ],
        "temuan": list(_temuan(record)),
        "koreksi": [
            (i, c.path, c.before, c.after, c.rule, c.score)
            for i, c in enumerate(record.corrections, 1)
        ],
        "halaman": [_halaman(i, note) for i, note in enumerate(record.page_notes, 1)],
        "asal": list(_asal(record)),
    }
    rows = {name: [(kunci, *map(_sound, row)) for row in found] for name, found in rows.items()}
    for table in TABLES:
        _check(table, rows)
    return rows


def _sop(record: SopRecord) -> Row:
    source, agency, signed = record.source, record.instansi, record.disahkan_oleh
    dates = (
        record.tanggal_pembuatan,
        record.tanggal_revisi,
        record.tanggal_efektif,
        record.tanggal_pengesahan,
    )
    return (
        source.path,
        source.index,
        record.id,
        source.sha256,
        source.media_type,
        source.pages[0] if source.pages else None,
        source.pages[1] if source.pages else None,
        source.ocr.engine if source.ocr else None,
        source.ocr.mean_confidence if source.ocr else None,
        agency.pemerintah,
        agency.perangkat_daerah,
        _join(agency.unit_kerja),
        record.nomor_sop,
        record.nama_sop,
        *dates,
        *map(_whole_date, dates),
        signed.jabatan,
        signed.nama,
        signed.nip,
        signed.pangkat,
        signed.status,
        signed.tanda_tangan_elektronik,
        *(_join(getattr(record, name)) for name in DAFTAR),
    )


def _whole_date(text: str | None) -> str | None:
    """The date if it has day, month and year and is on the calendar, else None.

    "2024-W05-1" is ISO 8601 too, and no database reads it.
    """
    try:
        return text if text and date.fromisoformat(text).isoformat() == text else None
    except ValueError:
        return None


def _butir(record: SopRecord) -> Iterator[Row]:
    lists = {name: getattr(record, name) for name in DAFTAR}
    lists |= {"unit_kerja": record.instansi.unit_kerja, "judul_lain": record.judul_lain}
    for name, items in lists.items():
        yield from ((name, i, item) for i, item in enumerate(items, 1))


def _dasar_hukum(items: Sequence[DasarHukum]) -> list[Row]:
    found: list[Row] = []

    def add(dasar: DasarHukum, butir: int, hubungan: str, induk: int | None) -> None:
        number = len(found) + 1
        found.append((
            number, butir, hubungan, induk, dasar.teks, dasar.jenis, dasar.nomor, dasar.tahun,
            dasar.tentang, dasar.daerah, dasar.penerbit, dasar.id, dasar.status,
        ))  # fmt: skip
        for other in dasar.diubah_dengan:
            add(other, butir, "diubah dengan", number)
        for other in dasar.juncto:
            add(other, butir, "juncto", number)

    for butir, dasar in enumerate(items, 1):
        add(dasar, butir, "utama", None)
    return found


def _langkah(step: Langkah) -> Row:
    waktu = step.waktu
    times = (waktu.teks, waktu.durasi, waktu.durasi_maks, waktu.hari) if waktu else (None,) * 4
    return (
        step.urutan,
        step.no,
        step.kegiatan,
        _join(step.pelaksana),
        step.simbol,
        step.kelengkapan,
        *times,
        waktu.menit_kerja if waktu else None,
        step.output,
        step.keterangan,
    )


def _temuan(record: SopRecord) -> Iterator[Row]:
    for i, f in enumerate(record.findings, 1):
        step = _step_of(f.path, record.langkah)
        yield (i, f.rule, f.severity.value, f.kind.value, f.path, step, f.message, f.help)


def _step_of(path: str, steps: Sequence[Langkah]) -> int | None:
    """The `urutan` of the step that a JSON pointer leads into."""
    parts = path.split("/")
    if len(parts) > 2 and parts[1] == "langkah" and parts[2].isdecimal():
        position = int(parts[2])
        return steps[position].urutan if position < len(steps) else None
    return None


def _halaman(urutan: int, note: PageNote) -> Row:
    scan = note.scan
    seen: Row = (None,) * 7
    if scan is not None:
        seen = (
            scan.poor, scan.words, scan.unread, scan.mean_confidence, scan.known_share,
            scan.turn, scan.skew_deg,
        )  # fmt: skip
    left = sum(note.residue.values())
    return (urutan, note.page, note.picture_flow, note.untrusted, *seen, left)


def _asal(record: SopRecord) -> Iterator[Row]:
    for path, p in record.provenance.items():
        box = p.bbox or (None,) * 4
        nilai = _text_at(record, path)
        yield (path, nilai, p.method.value, p.confidence, p.page, *box, p.line, p.where)


def _text_at(record: SopRecord, pointer: str) -> str | None:
    """The value that a JSON pointer leads to, as text; None where it leads to none."""
    value: object = record
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, BaseModel) and name in type(value).model_fields:
            value = getattr(value, name)
        elif isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, tuple) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return _as_text(value)


def _as_text(value: object) -> str | None:
    if isinstance(value, tuple):
        return _join([_as_text(item) or "" for item in value])
    if isinstance(value, Waktu | DasarHukum):
        return value.teks
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _join(items: Sequence[str]) -> str | None:
    return "\n".join(items) or None


def _sound(value: Value) -> Value:
    """The value; a text that UTF-8 cannot hold with question marks in place of what it cannot."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        raise SourceError(f"holds {value}, which is no number", hint=_HINT)
    if isinstance(value, int) and value not in _INT64:
        raise SourceError(f"holds a number of {len(str(value))} digits", hint=_HINT)
    return value


def _check(table: Table, rows: Mapping[str, list[Row]]) -> None:
    own = rows[table.name]
    places = [table.index[name] for name in table.key]
    keys = {tuple(row[i] for i in places) for row in own}
    if len(keys) < len(own):
        raise SourceError(f"two rows of {table.name} have one {'/'.join(table.key)}", hint=_HINT)
    for column, other, there in table.references:
        at = next(t for t in TABLES if t.name == other).index[there]
        known = {row[at] for row in rows[other]} | {None}
        wrong = next((row for row in own if row[table.index[column]] not in known), None)
        if wrong is not None:
            value = wrong[table.index[column]]
            raise SourceError(f"{table.name}: {column} {value} is not among {other}", hint=_HINT)
