"""Makes the sheet of a record: lanes, rows, symbols and the edges between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.marks import UNREAD_TEXT
from sopextract.model.draft import Simbol
from sopextract.model.record import Alur, Langkah, SopRecord
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

# The widest form met (domain notes 5.3, e-SOP); a longer gap of columns is drawn as one.
MAX_LANES = 15
# A cell has room for one symbol: of two the one is drawn that says more of the flow, the other is
# told in the row's note
_TELLING: tuple[Simbol | None, ...] = ("keputusan", "terminator", "proses", None)
KIND_NAMES: dict[Simbol | None, str] = {
    "terminator": "Terminator",
    "proses": "Proses",
    "keputusan": "Keputusan",
    None: "Simbol belum terbaca",
}


@dataclass(frozen=True, slots=True)
class _Step:
    """A row's symbols, as indices into the sheet's symbols, by the actor's name."""

    row: int
    symbols: tuple[tuple[str, int], ...]


def build_sheet(record: SopRecord) -> SheetModel:
    """The sheet of a record, unplaced: nothing is added that the record does not say."""
    lanes, position = _lanes(record)
    symbols: list[Symbol] = []
    steps: dict[int, _Step] = {}
    strangers: dict[int, list[str]] = {}
    others: dict[int, list[str]] = {}
    for row, langkah in enumerate(record.langkah):
        found: list[tuple[str, int]] = []
        for nama, simbol, inferred in _marks(record, row, langkah):
            if nama not in position:
                strangers.setdefault(row, []).append(nama)
                continue
            twin = next((i for _, i in found if symbols[i].lane == position[nama]), None)
            if twin is None:
                found.append((nama, len(symbols)))
                symbols.append(Symbol(row, position[nama], simbol, inferred))
                continue
            drawn = symbols[twin]
            if _TELLING.index(simbol) < _TELLING.index(drawn.simbol):
                symbols[twin] = Symbol(row, position[nama], simbol, inferred)
            other = max(simbol, drawn.simbol, key=_TELLING.index)
            others.setdefault(row, []).append(f"juga {KIND_NAMES[other].lower()} oleh {nama}")
        steps[langkah.urutan] = _Step(row, tuple(found))
    edges, untold = _edges(record, steps, symbols)
    symbols = _with_texts(record, lanes, symbols, edges)
    return SheetModel(
        title=clean_text(record.nama_sop or ""),
        nomor=clean_text(record.nomor_sop or ""),
        identity=build_identity(record),
        lanes=lanes,
        rows=tuple(
            _row(
                record,
                i,
                langkah,
                not steps[langkah.urutan].symbols,
                strangers,
                untold,
                others.get(i, ()),
            )
            for i, langkah in enumerate(record.langkah)
        ),
        symbols=tuple(symbols),
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


def _marks(record: SopRecord, row: int, langkah: Langkah) -> list[tuple[str, Simbol | None, bool]]:
    """Actor, kind and whether either was inferred, for each symbol of a row."""
    base = f"/langkah/{row}"
    kind_at, actor_at = f"{base}/simbol", f"{base}/pelaksana"
    if langkah.bentuk:
        return [
            (
                b.pelaksana,
                b.simbol,
                _inferred(record, f"{base}/bentuk/{k}/simbol", f"{base}/bentuk/{k}", kind_at)
                or _inferred(record, f"{base}/bentuk/{k}/pelaksana", f"{actor_at}/{k}", actor_at),
            )
            for k, b in enumerate(langkah.bentuk)
        ]
    kinds: list[Simbol | None] = [langkah.simbol] * len(langkah.pelaksana)
    if len(kinds) > 1 and langkah.simbol != "proses":
        # which of them it is was not said: the symbol that sends Ya and Tidak, or none
        kinds = [
            langkah.simbol
            if langkah.simbol == "keputusan" and _decides(record, langkah, n)
            else None
            for n in langkah.pelaksana
        ]
    return [
        (
            nama,
            kind,
            _inferred(record, f"{actor_at}/{k}", actor_at) or _inferred(record, kind_at),
        )
        for k, (nama, kind) in enumerate(zip(langkah.pelaksana, kinds, strict=True))
    ]


def _inferred(record: SopRecord, *pointers: str) -> bool:
    return method_of(record, *pointers) == "inferred"


def _decides(record: SopRecord, langkah: Langkah, nama: str) -> bool:
    names = [a.dari_pelaksana for a in record.alur if a.dari == langkah.urutan and a.label]
    return nama in names or (None in names and nama == langkah.pelaksana[-1])


def _edges(
    record: SopRecord, steps: dict[int, _Step], symbols: list[Symbol]
) -> tuple[tuple[FlowEdge, ...], list[Alur]]:
    """The connectors, and those edges that no connector can show.

    An edge into a row without symbols is led on to where that row's only, unlabelled edge goes:
    the line passes the row. Edges of such a row that has a choice are told in words instead.
    """
    outgoing: dict[int, list[Alur]] = {}
    for alur in record.alur:
        outgoing.setdefault(alur.dari, []).append(alur)
    edges: dict[tuple[int, int, str], FlowEdge] = {}
    untold: list[Alur] = []

    def add(edge: FlowEdge) -> None:
        edges.setdefault((edge.source, edge.target, edge.label), edge)

    passed: set[int] = set()
    for alur in record.alur:
        if alur.dari not in steps or not steps[alur.dari].symbols:
            continue
        end, trail = alur, [alur]
        while end.ke in steps and not steps[end.ke].symbols:
            further = outgoing.get(end.ke, [])
            if len(further) != 1 or further[0].label or further[0] in trail:
                break
            end = further[0]
            trail.append(end)
        if end.ke not in steps or not steps[end.ke].symbols:
            untold.append(alur)
            continue
        passed.update(id(step) for step in trail)
        source = _pick_source(steps[alur.dari], alur, symbols)
        target = _pick(steps[end.ke], end.ke_pelaksana, 0)
        if (source, alur.label) != (target, None):
            add(FlowEdge(source, target, alur.label or "", alur.basis != "drawn"))
    untold += [
        a
        for a in record.alur
        if id(a) not in passed
        and a not in untold
        and not (a.dari in steps and steps[a.dari].symbols)
    ]
    told = {(e.source, e.target) for e in edges.values()}
    for step in steps.values():
        for (_, a), (_, b) in zip(step.symbols, step.symbols[1:], strict=False):
            if (a, b) not in told and (b, a) not in told:
                add(FlowEdge(a, b, "", True))
    return tuple(edges.values()), untold


def _pick_source(step: _Step, alur: Alur, symbols: list[Symbol]) -> int:
    if alur.dari_pelaksana is None and alur.label:
        deciding = [i for _, i in step.symbols if symbols[i].simbol == "keputusan"]
        if deciding:
            return deciding[-1]
    return _pick(step, alur.dari_pelaksana, -1)


def _pick(step: _Step, nama: str | None, default: int) -> int:
    return dict(step.symbols).get(nama or "", step.symbols[default][1])


def _row(
    record: SopRecord,
    index: int,
    langkah: Langkah,
    empty: bool,
    strangers: dict[int, list[str]],
    untold: list[Alur],
    others: Sequence[str],
) -> Row:
    base = f"/langkah/{index}"
    notes = [f"pelaksana {nama} tidak punya kolom" for nama in strangers.get(index, ())]
    notes += others
    printed = {step.urutan: _number(step) for step in record.langkah}
    notes += [
        f"{a.label or ''} ke langkah {printed.get(a.ke, str(a.ke))}".strip()
        for a in untold
        # that the next row comes next needs no words
        if a.dari == langkah.urutan and (a.label or a.ke != langkah.urutan + 1)
    ]
    waktu = langkah.waktu.teks if langkah.waktu else None
    return Row(
        no=_number(langkah),
        kegiatan=field_of(record, langkah.kegiatan, f"{base}/kegiatan"),
        kelengkapan=field_of(record, langkah.kelengkapan, f"{base}/kelengkapan"),
        waktu=field_of(record, waktu, f"{base}/waktu/teks", f"{base}/waktu"),
        output=field_of(record, langkah.output, f"{base}/output"),
        keterangan=_remark(record, langkah, f"{base}/keterangan"),
        note="; ".join(clean_text(n) for n in notes),
        unread_actor=empty and index not in strangers,
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
    symbols: list[Symbol],
    edges: tuple[FlowEdge, ...],
) -> list[Symbol]:
    """Symbols with the word in a capsule, a kind implied by Ya/Tidak exits, and alt texts."""
    done: list[Symbol] = []
    for i, symbol in enumerate(symbols):
        exits = [e for e in edges if e.source == i]
        if symbol.simbol is None and any(e.label for e in exits):
            symbol = replace(symbol, simbol="keputusan", inferred=True)
        done.append(replace(symbol, text=_capsule(i, symbol, symbols, edges)))
    return [replace(s, alt=_alt(record, lanes, done, edges, i)) for i, s in enumerate(done)]


def _capsule(index: int, symbol: Symbol, symbols: list[Symbol], edges: tuple[FlowEdge, ...]) -> str:
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
    symbols: list[Symbol],
    edges: tuple[FlowEdge, ...],
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
            to = f"lanjut ke {lanes[other.lane].nama}"
        parts.append(f"{edge.label} {to}".strip())
    if symbol.dashed:
        parts.append("disimpulkan, tidak terbaca dari sumber")
    return "; ".join(parts)
