"""Reads rendered sheets with our own readers and tells what came back otherwise."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from sopextract.ingest.detect import detect_media_type
from sopextract.model.record import DAFTAR, Alur, Bentuk, SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.render import render
from sopextract.settings import IngestSettings, RenderSettings, Settings
from tools.make_sheets import make_sheets

FACTS = ("nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif",
         "tanggal_pengesahan", "instansi", "disahkan_oleh")  # fmt: skip
CELLS = ("no", "kegiatan", "kelengkapan", "output", "keterangan")


def read_sheet(data: bytes, fmt: str) -> tuple[SopRecord, ...]:
    """The records in a rendered sheet."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"sheet.{fmt}")
        path.write_bytes(data)
        kind = detect_media_type(path.name, data[:4096], path)
        source = SourceFile(path.name, hashlib.sha256(data).hexdigest(), kind, path, len(data))
        return read_sops(source, Settings(ingest=IngestSettings(ocr="off")))


def differences(before: SopRecord, after: SopRecord) -> list[str]:
    """What is not the same in two records, as `kind: where: before -> after`."""
    found = [
        f"identity: {name}: {getattr(before, name)!r} -> {getattr(after, name)!r}"
        for name in FACTS
        if getattr(before, name) != getattr(after, name)
    ]
    laws = [tuple(d.teks for d in r.dasar_hukum) for r in (before, after)]
    if laws[0] != laws[1]:
        found.append(f"identity: dasar_hukum: {laws[0]} -> {laws[1]}")
    found += [
        f"identity: {name}: {getattr(before, name)!r} -> {getattr(after, name)!r}"
        for name in DAFTAR
        if getattr(before, name) != getattr(after, name)
    ]
    actors = [tuple(p.nama for p in r.pelaksana) for r in (before, after)]
    if actors[0] != actors[1]:
        found.append(f"actors: {actors[0]} -> {actors[1]}")
    if len(before.langkah) != len(after.langkah):
        found.append(f"cell: {len(before.langkah)} steps -> {len(after.langkah)}")
    for a, b in zip(before.langkah, after.langkah, strict=False):
        found += [
            f"cell: {a.urutan} {name}: {getattr(a, name)!r} -> {getattr(b, name)!r}"
            for name in CELLS
            if getattr(a, name) != getattr(b, name)
        ]
        times = [x.waktu.teks if x.waktu else None for x in (a, b)]
        if times[0] != times[1]:
            found.append(f"cell: {a.urutan} waktu: {times[0]!r} -> {times[1]!r}")
        symbols = [[(s.pelaksana, s.simbol or "") for s in x.bentuk] for x in (a, b)]
        if symbols[0] != symbols[1]:
            found.append(f"symbols: {a.urutan}: {symbols[0]} -> {symbols[1]}")
    # where no symbol is, nothing is drawn, and what a reader makes of the order of rows is its own
    drawn = {s.urutan for s in before.langkah if s.bentuk}
    edges = [{_edge(e) for e in r.alur if {e.dari, e.ke} <= drawn} for r in (before, after)]
    found += [f"edge lost: {e}" for e in sorted(edges[0] - edges[1], key=str)]
    found += [f"edge new: {e}" for e in sorted(edges[1] - edges[0], key=str)]
    return found


def _edge(edge: Alur) -> tuple[int, int, str | None]:
    """Rows and label; where it is neither Ya nor Tidak, the name that the exit has."""
    return (edge.dari, edge.ke, edge.label or edge.label_teks)


def drawable(sop: SopRecord) -> SopRecord:
    """The record with no more than a sheet can show.

    A symbol whose kind is not known is drawn as a box, which is then what is read; edges join
    symbols.
    """
    steps = []
    for step in sop.langkah:
        bentuk = tuple(b for b in step.bentuk if b.simbol)
        bentuk = bentuk or tuple(Bentuk(pelaksana=p, simbol="proses") for p in step.pelaksana)
        steps.append(step.model_copy(update={"bentuk": bentuk}))
    shown = {s.urutan for s in steps if s.bentuk}
    alur = tuple(e for e in sop.alur if e.dari in shown and e.ke in shown)
    return sop.model_copy(update={"langkah": tuple(steps), "alur": alur})


def made_records(count: int, seed: int) -> tuple[SopRecord, ...]:
    """Records of made Word sheets, as our own reader reads them: real wording and real flows."""
    records = (r for sheet in make_sheets(count, seed, "W") for r in read_sheet(sheet.data, "docx"))
    return tuple(drawable(record) for record in records)


def read_back(sop: SopRecord, fmt: str, **settings: object) -> list[str]:
    """What is not the same after a sheet was rendered and read."""
    data = render(sop, fmt, RenderSettings.model_validate({"clean": True, **settings}))
    records = read_sheet(data, fmt)
    if len(records) != 1:
        return [f"identity: {len(records)} records"]
    return differences(sop, records[0])
