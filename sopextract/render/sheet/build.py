"""Makes the sheet of a record: lanes, rows, symbols and the edges between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sopextract.core.marks import UNREAD_TEXT
from sopextract.model.record import Alur, Langkah, SopRecord
from sopextract.render.sheet.joins import join_symbols
from sopextract.render.sheet.model import (
    Field,
    FlowEdge,
    Lane,
    Mark,
    Row,
    SheetModel,
    Symbol,
)
from sopextract.render.sheet.printed import build_identity, clean_text, field_of, method_of
from sopextract.render.sheet.stacks import KIND_NAMES, Stacks, stack_symbols

# The widest form met (domain notes 5.3, e-SOP); a longer gap of columns is drawn as one.
MAX_LANES = 15


def build_sheet(record: SopRecord) -> SheetModel:
    """The sheet of a record, unplaced: nothing is added that the record does not say."""
    lanes, lane_of = _lanes(record)
    stacks = stack_symbols(record, lane_of)
    edges, untold = join_symbols(record, stacks.steps, stacks.symbols)
    return SheetModel(
        title=clean_text(record.nama_sop or ""),
        nomor=clean_text(record.nomor_sop or ""),
        identity=build_identity(record),
        lanes=lanes,
        rows=tuple(
            _row(record, i, _notes(record, langkah, i, stacks, untold), stacks)
            for i, langkah in enumerate(record.langkah)
        ),
        symbols=_with_texts(record, lanes, stacks.symbols, edges),
        edges=edges,
    )


def _lanes(record: SopRecord) -> tuple[tuple[Lane, ...], dict[str, int]]:
    lanes: list[Lane] = []
    position: dict[str, int] = {}
    order = sorted(range(len(record.pelaksana)), key=lambda i: record.pelaksana[i].kolom)
    last = record.pelaksana[order[-1]].kolom if order else 0
    before = 0
    for i in order:
        actor = record.pelaksana[i]
        gap = max(0, actor.kolom - before - 1)
        lanes += [Lane(UNREAD_TEXT, False)] * (gap if last <= MAX_LANES else min(gap, 1))
        before = actor.kolom
        position.setdefault(actor.nama, len(lanes))
        method = method_of(record, f"/pelaksana/{i}/nama", f"/pelaksana/{i}")
        if method == "unread":  # the record names a lost column by its place
            lanes.append(Lane(UNREAD_TEXT, False))
        else:
            lanes.append(Lane(clean_text(actor.nama), True, method == "inferred"))
    return tuple(lanes) or (Lane(UNREAD_TEXT, False),), position


def _notes(
    record: SopRecord, langkah: Langkah, row: int, stacks: Stacks, untold: Sequence[Alur]
) -> Iterator[str]:
    """What the drawing cannot show of a row."""
    for nama in stacks.strangers.get(row, ()):
        yield f"pelaksana {nama} tidak punya kolom"
    yield from stacks.untold.get(row, ())
    printed = {step.urutan: _number(step) for step in record.langkah}
    for alur in untold:
        # that the next row comes next needs no words
        if alur.dari == langkah.urutan and (alur.label or alur.ke != langkah.urutan + 1):
            yield f"{alur.label or ''} ke langkah {printed.get(alur.ke, str(alur.ke))}".strip()


def _row(record: SopRecord, index: int, notes: Iterable[str], stacks: Stacks) -> Row:
    langkah, base = record.langkah[index], f"/langkah/{index}"
    waktu = langkah.waktu.teks if langkah.waktu else None
    empty = not stacks.steps[langkah.urutan].symbols
    return Row(
        no=_number(langkah),
        kegiatan=field_of(record, langkah.kegiatan, f"{base}/kegiatan"),
        kelengkapan=field_of(record, langkah.kelengkapan, f"{base}/kelengkapan"),
        waktu=field_of(record, waktu, f"{base}/waktu/teks", f"{base}/waktu"),
        output=field_of(record, langkah.output, f"{base}/output"),
        keterangan=_remark(record, langkah, f"{base}/keterangan"),
        note="; ".join(clean_text(n) for n in notes),
        unread_actor=empty and index not in stacks.strangers,
    )


def _number(langkah: Langkah) -> str:
    """A step's number as printed, or its place where none is printed."""
    return str(langkah.urutan if langkah.no is None else langkah.no)


def _remark(record: SopRecord, langkah: Langkah, pointer: str) -> Field:
    """Keterangan may well be empty: only one that could not be read is marked."""
    found = field_of(record, langkah.keterangan, pointer)
    return replace(found, mark=Mark.NONE) if found.mark is Mark.ABSENT else found


def _with_texts(
    record: SopRecord,
    lanes: tuple[Lane, ...],
    symbols: Sequence[Symbol],
    edges: Sequence[FlowEdge],
) -> tuple[Symbol, ...]:
    """Symbols with the word in a capsule, a kind implied by Ya/Tidak exits, and alt texts."""
    done: list[Symbol] = []
    for i, symbol in enumerate(symbols):
        exits = [e for e in edges if e.source == i]
        if symbol.simbol is None and any(e.label for e in exits):
            symbol = replace(symbol, simbol="keputusan", inferred=True)
        done.append(replace(symbol, text=_capsule(i, symbol, symbols, edges)))
    return tuple(replace(s, alt=_alt(record, lanes, done, edges, i)) for i, s in enumerate(done))


def _capsule(
    index: int, symbol: Symbol, symbols: Sequence[Symbol], edges: Sequence[FlowEdge]
) -> str:
    if symbol.simbol != "terminator":
        return ""
    enters = any(e.target == index and symbols[e.source].row <= symbol.row for e in edges)
    leaves = any(e.source == index and symbols[e.target].row >= symbol.row for e in edges)
    if not enters and (leaves or symbol.row == 0):
        return "Mulai"
    return "" if leaves else "Selesai"


def _alt(
    record: SopRecord,
    lanes: tuple[Lane, ...],
    symbols: Sequence[Symbol],
    edges: Sequence[FlowEdge],
    index: int,
) -> str:
    """What the symbol says, in words, for readers who hear the sheet."""
    symbol = symbols[index]
    langkah = record.langkah[symbol.row]
    kind, actor = KIND_NAMES[symbol.simbol], lanes[symbol.lane].nama
    parts = [f"{kind}: langkah {_number(langkah)} oleh {actor}"]
    for edge in edges:
        if edge.source != index:
            continue
        other = symbols[edge.target]
        how = "kembali" if other.row < symbol.row else "lanjut"
        to = f"{how} ke langkah {_number(record.langkah[other.row])}"
        if other.row == symbol.row:
            same = other.lane == symbol.lane
            to = f"lanjut ke {KIND_NAMES[other.simbol].lower() if same else lanes[other.lane].nama}"
        parts.append(f"{edge.label} {to}".strip())
    if symbol.dashed:
        parts.append("disimpulkan, tidak terbaca dari sumber")
    return "; ".join(parts)
