"""Where the flow table goes on to another page, and the pentagons that join the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.render.sheet.model import FlowEdge, SheetModel, Symbol

Span = tuple[int, int]  # first printed row of a page, and the one after its last
ROUNDS = 6  # strips make pages fuller, which moves breaks: it settles after two or three


@dataclass(frozen=True, slots=True)
class Room:
    """Millimetres for rows: on the first page, on the others, and for one strip of pentagons.

    `tail` is what the last page must leave for what follows the table.
    """

    first: float
    other: float
    strip: float
    tail: float = 0.0


@dataclass(frozen=True, slots=True)
class Strips:
    """The strips of one page's pentagons, each by its rows: lane to pentagon's index."""

    head: tuple[dict[int, int], ...] = ()
    foot: tuple[dict[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pentagon:
    """One pentagon: its page, whether it stands at the foot, and what it is called.

    `enters`: lines lead into it from the symbols `ends`; else one leads out of it to the one end.
    """

    page: int
    foot: bool
    letter: str
    enters: bool
    ends: tuple[int, ...]
    alt: str


def letter_of(number: int) -> str:
    """The letters of pentagons in turn.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701), letter_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def pack(heights: Sequence[float], room: Room, strips: Sequence[Span]) -> tuple[Span, ...]:
    """The rows of each page; `strips` are the numbers of head and foot strips that pages have.

    A page holds one row at least. The last page is not left with one row alone where the page
    before has three or more.
    """
    pages: list[Span] = []
    start = 0
    while start < len(heights):
        page = len(pages)
        head, foot = strips[page] if page < len(strips) else strips[-1] if strips else (0, 0)
        space = (room.first if page == 0 else room.other) - head * room.strip
        stop = _fill(heights, start, space)
        if stop < len(heights) or sum(heights[start:stop]) > space - room.tail:
            stop = _fill(heights, start, space - max(1, foot) * room.strip)
            if stop == len(heights) > start + 1:  # they would fit, but what follows would not
                stop -= 1
        pages.append((start, stop))
        start = stop
    if len(pages) > 1:
        (a, b), (_, end) = pages[-2:]
        if end - b == 1 and b - a > 2:
            pages[-2:] = [(a, b - 1), (b - 1, end)]
    return tuple(pages)


def _fill(heights: Sequence[float], start: int, space: float) -> int:
    used, stop = heights[start], start + 1
    while stop < len(heights) and used + heights[stop] <= space:
        used += heights[stop]
        stop += 1
    return stop


def find_pentagons(
    sheet: SheetModel, edges: Sequence[FlowEdge], page_of: Sequence[int], numbers: Sequence[str]
) -> tuple[Pentagon, ...]:
    """The pentagons of all edges that cross a break; those to one target share a letter.

    `page_of` gives each symbol's page, `numbers` the printed number of each of its steps.
    """
    crossing: dict[tuple[int, bool], list[int]] = {}
    ordered = sorted(
        (e for e in edges if page_of[e.source] != page_of[e.target]),
        key=lambda e: (min(page_of[e.source], page_of[e.target]), sheet.symbols[e.source].row),
    )
    for edge in ordered:
        key = edge.target, page_of[edge.target] > page_of[edge.source]
        if edge.source not in crossing.setdefault(key, []):
            crossing[key].append(edge.source)
    found: list[Pentagon] = []
    for count, ((target, onward), sources) in enumerate(crossing.items()):
        letter, there = letter_of(count), page_of[target]
        for page in sorted({page_of[s] for s in sources}):
            ends = tuple(s for s in sources if page_of[s] == page)
            alt = f"Penghubung {letter}: ke langkah {numbers[target]}"
            found.append(Pentagon(page, onward, letter, True, ends, alt))
        origins = ", ".join(dict.fromkeys(numbers[s] for s in sources))
        alt = f"Penghubung {letter}: dari langkah {origins}"
        found.append(Pentagon(there, not onward, letter, False, (target,), alt))
    return tuple(found)


def place_strips(
    sheet: SheetModel, pentagons: Sequence[Pentagon], pages: int
) -> tuple[Strips, ...]:
    """Each pentagon in a strip of its page, in the lane nearest to what it is joined to."""
    lanes = len(sheet.lanes)
    strips: list[Strips] = []
    for page in range(pages):
        sides: list[tuple[dict[int, int], ...]] = []
        for foot in (False, True):
            mine = [i for i, p in enumerate(pentagons) if p.page == page and p.foot is foot]
            rows: list[dict[int, int]] = []
            for index in mine:
                # the nearest to the break stands for all that lead to it
                end = sheet.symbols[pentagons[index].ends[-1 if foot else 0]].lane
                row = next((r for r in rows if len(r) < lanes), None)
                if row is None:
                    row = {}
                    rows.append(row)
                lane = min((x for x in range(lanes) if x not in row), key=lambda x: abs(x - end))
                row[lane] = index
            sides.append(tuple(rows if foot else reversed(rows)))
        strips.append(Strips(*sides))
    return tuple(strips)


def page_flow(
    sheet: SheetModel,
    edges: Sequence[FlowEdge],
    pentagons: Sequence[Pentagon],
    strips: Strips,
    here: Sequence[int],
    rows: dict[int, int],
    foot_row: int,
) -> tuple[tuple[Symbol, ...], tuple[FlowEdge, ...]]:
    """Symbols and edges of one page; `here` are its symbols, `rows` their rows on the page.

    `foot_row` is the row of the first strip at the page's foot.
    """
    local = {symbol: i for i, symbol in enumerate(here)}
    symbols = [replace(sheet.symbols[s], row=rows[s]) for s in here]
    flow = [
        FlowEdge(local[e.source], local[e.target], e.label, e.inferred)
        for e in edges
        if e.source in local and e.target in local
    ]
    placed = [(k, strip) for k, strip in enumerate(strips.head)]
    placed += [(foot_row + k, strip) for k, strip in enumerate(strips.foot)]
    for row, strip in placed:
        for lane, index in sorted(strip.items()):
            pentagon = pentagons[index]
            me = len(symbols)
            symbols.append(
                Symbol(row, lane, None, False, pentagon.letter, pentagon.alt, off_page=True)
            )
            if not pentagon.enters:
                flow.append(FlowEdge(me, local[pentagon.ends[0]]))
                continue
            for e in edges:
                away = e.target not in local and e.source in pentagon.ends
                if away and _same(pentagon, pentagons, e):
                    flow.append(FlowEdge(local[e.source], me, e.label, e.inferred))
    return tuple(symbols), tuple(flow)


def _same(out: Pentagon, pentagons: Sequence[Pentagon], edge: FlowEdge) -> bool:
    """Whether this exit is the one that leads to the edge's target."""
    return any(
        p.letter == out.letter and not p.enters and p.ends == (edge.target,) for p in pentagons
    )
