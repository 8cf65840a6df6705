"""The drawn flow of a sheet: which symbols stand where and what joins them.

Writers of PDF and office sheets draw this truth; `gold_with_flow` says what a careful reader must
make of the drawing. Rows and lanes count from 0.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Literal

from tools.make_sheets.sheet import Gold, Sheet, Step

Outline = Literal["kapsul", "kotak", "ketupat"]
OUTLINES: dict[str, Outline] = {"terminator": "kapsul", "proses": "kotak", "keputusan": "ketupat"}
SIMBOL = {outline: simbol for simbol, outline in OUTLINES.items()}


@dataclass(frozen=True)
class FlowSymbol:
    """One symbol; of two in one lane of a row the lower one has the higher `id`."""

    row: int
    lane: int
    outline: Outline
    text: str
    id: int


@dataclass(frozen=True)
class FlowEdge:
    """One line between two symbols, by their ids.

    `label` as printed ("" where none is). `heads` 1: at the head; 2: at both ends; 0: a plain line.
    """

    tail: int
    head: int
    label: str = ""
    heads: int = 1
    dashed: bool = False


@dataclass(frozen=True)
class FlowTruth:
    """All that is drawn; the id of a symbol is its place in `symbols`."""

    symbols: tuple[FlowSymbol, ...]
    edges: tuple[FlowEdge, ...]

    def in_row(self, row: int) -> tuple[FlowSymbol, ...]:
        """The symbols of a row, in no order."""
        return tuple(s for s in self.symbols if s.row == row)


@dataclass(frozen=True)
class FlowStyle:
    """How a sheet's flow is drawn. Numbers are chances: `meeting`, `skip_row`, … per row."""

    separate_ends: float = 0.25
    meeting: float = 0.08
    skip_row: float = 0.0
    fork: float = 0.0
    lost_edge: float = 0.0
    two_heads: float = 0.0
    text_in_symbols: bool = False
    headless: bool = False
    dashed_returns: bool = False
    across: float = 0.0
    exits: tuple[tuple[str, str], ...] = (("Ya", "Tidak"),)
    one_label: float = 0.0
    ends: tuple[str, str] = ("Mulai", "Selesai")
    questions: tuple[str, ...] = ("?", "Setuju?", "Lengkap?")
    box_words: tuple[str, ...] = ()


EXITS = (
    ("Ya", "Tidak"),
    ("Ya", "Tidak"),
    ("Ya", "Tidak"),
    ("YA", "TIDAK"),
    ("ya", "tidak"),
    ("Y", "T"),
    ("Y", "T"),
    ("Setuju", "Tidak setuju"),
    ("Setuju", "Tidak"),
    ("Lengkap", "Tidak lengkap"),
    ("Lengkap", "Belum"),
    ("Sesuai", "Tidak sesuai"),
    ("Ya", "Revisi"),
    ("Setuju", "Ditolak"),
    ("Rutin", "Penting"),
    ("A", "B"),
)
EXITS_HELD_OUT = (
    ("Ya", "Tidak"),
    ("Ya", "Tidak"),
    ("Disetujui", "Ditolak"),
    ("Disetujui", "Tidak disetujui"),
    ("Lengkap", "Belum lengkap"),
    ("Sesuai", "Belum sesuai"),
    ("SETUJU", "TIDAK SETUJU"),
    ("Y", "T"),
    ("Setuju", "Revisi"),
    ("Baru", "Perpanjangan"),
)
EXITS_FRESH = (
    ("Ya", "Tidak"),
    ("Diterima", "Ditolak"),
    ("Valid", "Tidak valid"),
    ("Memenuhi", "Tidak memenuhi"),
    ("Terima", "Tolak"),
    ("Ringan", "Berat"),
)
_YA = {
    *("ya", "y", "setuju", "disetujui", "lengkap", "sesuai"),
    *("diterima", "terima", "valid", "memenuhi"),
}
_TIDAK = {
    *("tidak", "t", "tidak setuju", "tidak disetujui", "tidak lengkap", "tidak sesuai", "belum"),
    *("belum lengkap", "belum sesuai", "revisi", "ditolak"),
    *("tolak", "tidak valid", "tidak memenuhi"),
}


def exit_label(printed: str) -> str | None:
    """What a printed exit means: `Ya`, `Tidak` or, for other names, None."""
    word = printed.casefold()
    if word in _YA:
        return "Ya"
    return "Tidak" if word in _TIDAK else None


def draw_style(rng: random.Random, apart: int) -> FlowStyle:
    """A style for one sheet; some turns are kept for sheets apart from tuning (1 or 2)."""
    held_out = apart > 0
    pool: tuple[tuple[str, str], ...] = EXITS_HELD_OUT if held_out else EXITS
    if apart > 1 and rng.random() < 0.5:
        pool = EXITS_FRESH
    main = rng.choice(pool)
    exits = (main, main, main, rng.choice(pool)) if rng.random() < 0.3 else (main,)

    def some(chance: float, value: float) -> float:
        return value if rng.random() < chance else 0.0

    style = FlowStyle(
        separate_ends=some(0.4, 0.8),
        meeting=some(0.4, 0.25),
        skip_row=some(0.12, 0.12),
        fork=some(0.15 if held_out else 0.08, 0.15),
        lost_edge=some(0.08, 0.1),
        two_heads=some(0.2 if held_out else 0.08, 0.15),
        text_in_symbols=rng.random() < 0.2,
        headless=rng.random() < 0.04,
        dashed_returns=rng.random() < (0.2 if held_out else 0.08),
        across=some(0.2 if held_out else 0.1, 0.4),
        exits=exits,
        one_label=some(0.15, 0.4),
    )
    return _fresh_words(rng, style) if apart > 1 and rng.random() < 0.5 else style


def _fresh_words(rng: random.Random, style: FlowStyle) -> FlowStyle:
    """The style with words in its symbols that only fresh sheets have."""
    return replace(
        style,
        text_in_symbols=rng.random() < 0.7,
        ends=rng.choice((("MULAI", "SELESAI"), ("Start", "Finish"), ("Awal", "Akhir"))),
        questions=rng.choice((("Cek",), ("Ya/Tidak?", "Valid?"), ("Periksa", "OK?"))),
        box_words=rng.choice(((), ("Input",), ("Paraf", "Telaah", "Kirim"))),
    )


@dataclass
class _Builder:
    """The flow while it is made; `entry` and `leave` are a row's symbols for lines in and out."""

    rng: random.Random
    sheet: Sheet
    style: FlowStyle
    symbols: list[FlowSymbol] = field(default_factory=list)
    edges: list[FlowEdge] = field(default_factory=list)
    entry: dict[int, list[int]] = field(default_factory=dict)
    leave: dict[int, list[int]] = field(default_factory=dict)

    def add(self, row: int, lane: int, outline: Outline, text: str = "") -> int:
        self.symbols.append(FlowSymbol(row, lane, outline, text, len(self.symbols)))
        return len(self.symbols) - 1

    def join(self, tail: int, head: int, label: str = "", heads: int = 1) -> None:
        decides = self.symbols[tail].outline == "ketupat"  # its exits keep their heads
        if heads == 1 and self.style.headless and not decides:
            heads = 0
        self.edges.append(FlowEdge(tail, head, label, heads))

    def chance(self, value: float) -> bool:
        return value > 0 and self.rng.random() < value

    def lanes_beside(self, lane: int) -> list[int]:
        return [c for c in range(len(self.sheet.actors)) if c != lane]


def _single(b: _Builder, row: int, step: Step) -> int:
    outline = OUTLINES[step.simbol]
    text = ""
    if outline == "kapsul" and b.style.text_in_symbols:
        text = b.style.ends[0 if row == 0 else 1]
    if outline == "ketupat" and b.style.text_in_symbols and b.rng.random() < 0.5:
        text = b.rng.choice(b.style.questions)
    if outline == "kotak" and b.style.text_in_symbols and b.style.box_words:
        text = b.rng.choice(b.style.box_words)
    return b.add(row, step.actor, outline, text)


def _ends(b: _Builder, row: int, step: Step) -> None:
    """A capsule of its own before the first box or after the last one."""
    first = row == 0
    word = b.style.ends[0 if first else 1] if b.style.text_in_symbols else ""
    others = b.lanes_beside(step.actor)
    near = [c for c in others if abs(c - step.actor) == 1]
    lane = step.actor if b.rng.random() < 0.6 or not near else b.rng.choice(near)
    if first:
        capsule = b.add(row, lane, "kapsul", word)
        box = b.add(row, step.actor, "kotak")
        b.join(capsule, box)
    else:
        box = b.add(row, step.actor, "kotak")
        capsule = b.add(row, lane, "kapsul", word)
        b.join(box, capsule)
    b.entry[row] = [capsule if first else box]
    b.leave[row] = [box if first else capsule]


def _meeting(b: _Builder, row: int, step: Step) -> None:
    """Several actors at once: joined by lines, one after the other, or one to its neighbours."""
    kind = b.rng.choice(("lines", "lines", "chain", "chain", "fan", "both"))
    side = [c for c in b.lanes_beside(step.actor) if c > step.actor]
    if not side or (step.actor and b.rng.random() < 0.4):
        side = list(range(step.actor - 1, -1, -1))
    lanes = side[: b.rng.randint(1, min(3, len(side)))]
    if kind == "fan" and 0 < step.actor < len(b.sheet.actors) - 1:
        lanes = [step.actor - 1, step.actor + 1]
    elif kind == "chain" and len(side) > 1 and b.rng.random() < 0.3:
        lanes = [side[1]]
    me = b.add(row, step.actor, "kotak")
    others = [b.add(row, lane, "kotak") for lane in lanes]
    heads = {"lines": 0, "both": 2}.get(kind, 1)
    fan = kind == "fan" and len(lanes) == 2 and lanes[0] < step.actor < lanes[1]
    chain = [me, *others]
    for tail, head in zip(chain, others, strict=False):
        b.join(me if fan else tail, head, heads=heads)
    last = chain[-1] if kind == "chain" and b.rng.random() < 0.7 else me
    b.entry[row], b.leave[row] = [me], [last]


def _across(b: _Builder, row: int, step: Step, ya: str) -> None:
    """A decision whose Ya stays in the row: a box in the lane beside it goes on."""
    me = b.add(row, step.actor, "ketupat")
    near = [c for c in b.lanes_beside(step.actor) if abs(c - step.actor) == 1]
    box = b.add(row, b.rng.choice(near), "kotak")
    b.join(me, box, ya)
    b.entry[row], b.leave[row] = [me], [box]


def _place(b: _Builder, row: int, step: Step, exits: tuple[str, str] | None) -> int:
    """Put the symbols of a row down; gives the decision's or the last symbol's id."""
    last = len(b.sheet.steps) - 1
    if row in (0, last) and step.simbol == "terminator" and b.chance(b.style.separate_ends):
        _ends(b, row, step)
    elif exits and b.chance(b.style.across):
        _across(b, row, step, exits[0])
    elif step.simbol == "proses" and len(b.sheet.actors) > 1 and b.chance(b.style.meeting):
        _meeting(b, row, step)
    else:
        me = _single(b, row, step)
        b.entry[row], b.leave[row] = [me], [me]
    return b.leave[row][-1]


def _skipped(b: _Builder) -> set[int]:
    """Rows that stay without a symbol; never an end, a decision or what an exit leads to."""
    steps = b.sheet.steps
    kept = {0, len(steps) - 1} | {s.back_to for s in steps}
    free = [i for i, s in enumerate(steps) if i not in kept and s.simbol == "proses"]
    return {i for i in free if b.chance(b.style.skip_row)}


def _exit_row(b: _Builder, row: int, step: Step, rows: list[int]) -> int:
    """Where the Tidak of a decision leads."""
    if step.back_to is not None:
        return step.back_to
    at = rows.index(row)
    later = rows[at + 2 : at + 4]
    if later and (at == 0 or b.rng.random() < 0.35):
        return b.rng.choice(later)
    return rows[at - 1] if b.rng.random() < 0.6 else b.rng.choice(rows[max(0, at - 4) : at])


def _exits(b: _Builder, words: tuple[str, str]) -> tuple[str, str]:
    """The two words as printed; sometimes only one of them is."""
    if b.chance(b.style.one_label) and exit_label(words[0]):
        return b.rng.choice((("", words[1]), (words[0], ""))) if words[1] else words
    return words


def _join_rows(b: _Builder, rows: list[int], exits: dict[int, tuple[str, str]]) -> None:
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        step = b.sheet.steps[row]
        leave = b.leave[row][-1]
        ya, tidak = exits.get(row, ("", ""))
        decision = next((s for s in b.symbols if s.row == row and s.outline == "ketupat"), None)
        if following is not None and not (decision is None and b.chance(b.style.lost_edge)):
            label = ya if decision is not None and decision.id == leave else ""
            heads = 2 if decision is None and b.chance(b.style.two_heads) else 1
            b.join(leave, b.entry[following][0], label, heads)
            far = rows[at + 2] if at + 2 < len(rows) else None
            if far is not None and decision is None and heads == 1 and b.chance(b.style.fork):
                b.join(leave, b.entry[far][0])
        if decision is not None and following is not None:
            b.join(decision.id, b.entry[_exit_row(b, row, step, rows)][0], tidak)


def make_flow(rng: random.Random, sheet: Sheet, style: FlowStyle) -> FlowTruth:
    """The flow of a sheet: a symbol per row in its actor's lane, and the turns of the style."""
    b = _Builder(rng, sheet, style)
    skipped = _skipped(b)
    rows = [i for i in range(len(sheet.steps)) if i not in skipped]
    exits: dict[int, tuple[str, str]] = {}
    for row in rows:
        step = sheet.steps[row]
        if step.simbol == "keputusan" and row != rows[-1]:
            exits[row] = _exits(b, rng.choice(style.exits))
        _place(b, row, step, exits.get(row))
    _join_rows(b, rows, exits)
    edges = tuple(_dashed(b, edge) for edge in b.edges)
    return FlowTruth(tuple(b.symbols), tuple(dict.fromkeys(edges)))


def _dashed(b: _Builder, edge: FlowEdge) -> FlowEdge:
    back = b.symbols[edge.head].row < b.symbols[edge.tail].row
    if not (b.style.dashed_returns and back):
        return edge
    return FlowEdge(edge.tail, edge.head, edge.label, edge.heads, dashed=True)


def row_order(flow: FlowTruth, row: int) -> list[FlowSymbol]:
    """A row's symbols in the order in which its own arrows meet them, else left to right."""
    waiting = sorted(flow.in_row(row), key=lambda s: (s.lane, s.id))
    ids = {s.id for s in waiting}
    arrows = [e for e in flow.edges if e.heads == 1 and {e.tail, e.head} <= ids]
    done: list[FlowSymbol] = []
    while waiting:
        left = {s.id for s in waiting}
        free = [s for s in waiting if not any(a.head == s.id and a.tail in left for a in arrows)]
        chosen = (free or waiting)[0]
        done.append(chosen)
        waiting.remove(chosen)
    return done


def _row_gold(sheet: Sheet, flow: FlowTruth, row: int) -> Gold:
    order = row_order(flow, row)
    kinds = [SIMBOL[s.outline] for s in order]
    actors = [sheet.actors[s.lane] for s in order]
    simbol = next((k for k in ("keputusan", "terminator", "proses") if k in kinds), None)
    return {
        "pelaksana": list(dict.fromkeys(actors)),
        "bentuk": [{"pelaksana": a, "simbol": k} for a, k in zip(actors, kinds, strict=True)],
        "simbol": simbol,
    }


def _edge_gold(
    sheet: Sheet, flow: FlowTruth, tail: FlowSymbol, head: FlowSymbol, text: str
) -> Gold:
    def actor(symbol: FlowSymbol) -> str | None:
        return sheet.actors[symbol.lane] if len(flow.in_row(symbol.row)) > 1 else None

    return {
        "dari": tail.row + 1,
        "ke": head.row + 1,
        "dari_pelaksana": actor(tail),
        "ke_pelaksana": actor(head),
        "label": exit_label(text),
        "label_teks": text or None,
        "basis": "drawn",
    }


def flow_edges(sheet: Sheet, flow: FlowTruth) -> list[Gold]:
    """`alur`: edges between rows, and labelled ones inside a row.

    A plain line counts downwards, a line with two heads as two edges.
    """
    found: list[Gold] = []
    for edge in flow.edges:
        tail, head = flow.symbols[edge.tail], flow.symbols[edge.head]
        if tail.row == head.row and not edge.label:
            continue
        if edge.heads == 0 and head.row < tail.row:
            tail, head = head, tail
        found.append(_edge_gold(sheet, flow, tail, head, edge.label))
        if edge.heads == 2:
            found.append(_edge_gold(sheet, flow, head, tail, edge.label))
    return found


def gold_with_flow(sheet: Sheet, flow: FlowTruth, gold: Gold) -> Gold:
    """The gold with what the drawing says of actors, symbols and edges.

    A row without a symbol says nothing of its actor: `pelaksana` is not judged there.
    """
    rows = gold["langkah"]
    assert isinstance(rows, list)  # noqa: S101 - made by make_gold
    langkah: list[Gold] = []
    for i, row in enumerate(rows):
        seen = _row_gold(sheet, flow, i)
        if not seen["bentuk"]:
            del seen["pelaksana"]
            row = {key: value for key, value in row.items() if key != "pelaksana"}
        langkah.append(row | seen)
    return gold | {"langkah": langkah, "alur": flow_edges(sheet, flow)}
