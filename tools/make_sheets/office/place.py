"""Where the symbols of a flow stand: lanes and rows of a step table to boxes in points."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from tools.make_sheets.flow import FlowEdge, FlowTruth

Point = tuple[float, float]
SIDE_GAP_PT = 11.0  # kept free beside a symbol for lines that run down its lane; chosen
ROW_GAP_PT = 9.0  # kept free above and below a symbol; chosen
STACK_PT = 34.0  # height that every further symbol of one cell needs; chosen


@dataclass(frozen=True)
class Box:
    """An upright box in points, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def port(self, side: int) -> Point:
        """Middle of a side: 0 top, 1 left, 2 bottom, 3 right, as DrawingML counts them."""
        x, y = self.centre
        return ((x, self.top), (self.left, y), (x, self.bottom), (self.right, y))[side]

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


Form = Literal["kapsul", "kotak", "ketupat", "segilima"]


@dataclass(frozen=True)
class Mark:
    """One symbol as drawn; `segilima` are the off-page pentagons, which no truth has.

    `stack` orders the symbols of one cell from the top.
    """

    id: int
    row: int
    lane: int
    form: Form
    text: str
    stack: int = 0


@dataclass(frozen=True)
class Plan:
    """What is drawn: the symbols and edges of a flow, cut at the ends of pages."""

    marks: tuple[Mark, ...]
    edges: tuple[FlowEdge, ...]


@dataclass(frozen=True)
class Frame:
    """The lanes and rows of one drawing: (left, right) and (top, bottom) in points."""

    lanes: tuple[tuple[float, float], ...]
    rows: dict[int, tuple[float, float]]


@dataclass(frozen=True)
class Sizes:
    """How large one author draws; `shift` moves a symbol off the middle of its cell."""

    width: float
    height: float
    shift: float = 0.0


def make_sizes(rng: random.Random) -> Sizes:
    """Symbols of one author: much alike, not always in the middle."""
    return Sizes(rng.uniform(30, 44), rng.uniform(18, 26), rng.choice((0.0, 0.0, 1.5, 3.0)))


def plan_flow(rng: random.Random, flow: FlowTruth, pages: tuple[range, ...]) -> Plan | None:
    """The flow cut at the ends of pages, every cut a pair of pentagons; None when one is too long.

    The pentagons of a cut stand in the last row of a page and in the first of the next. Several
    at one cut are told apart by letters.
    """
    marks = [Mark(s.id, s.row, s.lane, s.outline, s.text, s.id) for s in flow.symbols]
    page_of = {row: p for p, rows in enumerate(pages) for row in rows}
    edges: list[FlowEdge] = []
    cuts: dict[int, list[FlowEdge]] = {}
    for edge in flow.edges:
        tail, head = flow.symbols[edge.tail], flow.symbols[edge.head]
        one, two = page_of[tail.row], page_of[head.row]
        if one == two:
            edges.append(edge)
        elif abs(one - two) > 1 or edge.heads == 2:
            return None
        else:
            cuts.setdefault(min(one, two), []).append(edge)
    names = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for page, cut in sorted(cuts.items()):
        named = len(cut) > 1 or rng.random() < 0.4
        for edge in cut:
            text = next(names) if named else ""
            tail, head = flow.symbols[edge.tail], flow.symbols[edge.head]
            down = page_of[tail.row] == page
            first, last = pages[page + 1][0], pages[page][-1]
            here = Mark(
                len(marks),
                last if down else first,
                tail.lane,
                "segilima",
                text,
                999 + len(marks) if down else -1,
            )
            there = Mark(
                len(marks) + 1,
                first if down else last,
                head.lane,
                "segilima",
                text,
                -1 if down else 999 + len(marks),
            )
            marks += [here, there]
            edges.append(FlowEdge(edge.tail, here.id, edge.label, edge.heads, edge.dashed))
            edges.append(FlowEdge(there.id, edge.head, "", edge.heads, edge.dashed))
    return Plan(tuple(marks), tuple(edges))


def stacks(marks: tuple[Mark, ...]) -> dict[tuple[int, int], list[Mark]]:
    """The symbols of each cell from the top."""
    found: dict[tuple[int, int], list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: m.stack):
        found.setdefault((mark.row, mark.lane), []).append(mark)
    return found


def least_height(marks: tuple[Mark, ...], row: int) -> float:
    """What a row must measure so that its symbols fit, in points."""
    most = max((len(s) for (r, _), s in stacks(marks).items() if r == row), default=0)
    return 2 * ROW_GAP_PT + STACK_PT * max(most, 1) - 6


def place_marks(
    rng: random.Random, frame: Frame, sizes: Sizes, marks: tuple[Mark, ...]
) -> dict[int, Box]:
    """The box of every symbol whose row is in the frame, by its id."""
    boxes: dict[int, Box] = {}
    for (row, lane), stack in stacks(marks).items():
        if row not in frame.rows:
            continue
        left, right = frame.lanes[lane]
        top, bottom = frame.rows[row]
        slot = (bottom - top - ROW_GAP_PT) / len(stack)
        for k, mark in enumerate(stack):
            width = min(sizes.width, right - left - 2 * SIDE_GAP_PT)
            height = min(sizes.height, slot - ROW_GAP_PT)
            if mark.form == "segilima":
                width, height = min(width, 22.0), min(height, 20.0)
            elif mark.form == "ketupat":
                width = width if mark.text else min(width, 36.0)
                height = min(height + 2, slot - ROW_GAP_PT)
            x = (left + right) / 2 + rng.uniform(-1, 1) * sizes.shift
            y = top + ROW_GAP_PT / 2 + slot * (k + 0.5) + rng.uniform(-1, 1) * sizes.shift * 0.5
            boxes[mark.id] = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return boxes
