"""Which symbols a drawn line joins: by what it is glued to, else by where its ends lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sopextract.core.geometry import Point, distance_to_polyline
from sopextract.ingest.xlsx.geometry import Box, bounds, box_to_path
from sopextract.ingest.xlsx.shapes import Line

# Points; all own judgement. Lines drawn by hand end up to a quarter of an inch before a symbol.
_SNAP = 18.0
_TOUCH = 4.0  # an end that lies on a line or an outline, the width of both allowed for
_EXACT = 1.0  # two ends in one place
_CLEARLY = 6.0  # by how much another line must be nearer than a symbol
_LABEL_REACH = 30.0  # a word stands within two lines of text from its line
_NOT_AN_EXIT = 15.0  # a word belongs rather to a line that leaves a decision
_AT_THE_START = 0.2  # what the way from its line's beginning counts, to that from the line
_JOINED = 0.9  # of the score that is left when two lines are taken as one


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol that lines may join: its id, its box, the keys by which lines may call it."""

    id: int
    box: Box
    key: str
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one symbol to another along the lines named, from tail to head.

    One of the ends is None where a line ends at nothing.
    """

    tail: int | None
    head: int | None
    lines: tuple[int, ...]
    directed: bool
    score: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """What one end of a line meets: a symbol, or another line."""

    node: int | None = None
    line: int | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class _Way:
    """A way reached from a tail: its head, the lines, whether an arrow was met."""

    head: int
    lines: tuple[int, ...]
    arrow: bool
    score: float


def connect(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[Edge, ...]:
    """The edges that the lines draw, in the order of the lines.

    What a line is glued to decides. An end without glue goes to the nearest outline within reach,
    or goes on with the line that it lies on: a line that runs into another goes on to its head, a
    line that splits goes to each. A line with heads at both ends is two edges, one without any runs
    downwards. A line of which one end meets a symbol is an edge with one end.
    """
    net = _Net(nodes, lines)
    found: dict[tuple[int | None, int | None, frozenset[int]], Edge] = {}
    for edge in net.edges():
        found.setdefault((edge.tail, edge.head, frozenset(edge.lines)), edge)
    used = {line for edge in found.values() for line in edge.lines}
    for edge in net.two_headed(used):
        found.setdefault((edge.tail, edge.head, frozenset(edge.lines)), edge)
    used = {line for edge in found.values() for line in edge.lines}
    loose = [edge for i in range(len(lines)) if i not in used for edge in net.half_edge(i)]
    return tuple(sorted((*found.values(), *loose), key=lambda edge: edge.lines))


class _Net:
    def __init__(self, nodes: Sequence[Node], lines: Sequence[Line]) -> None:
        self._lines = lines
        self._nodes = {node.id: node for node in nodes}
        self._by_key: dict[str, list[Node]] = {}
        for node in nodes:
            self._by_key.setdefault(node.key, []).append(node)
        self._boxes = [bounds(line.path) for line in lines]
        self._ends = [(self._end(i, 0), self._end(i, 1)) for i in range(len(lines))]
        self._branches: dict[int, list[tuple[int, int]]] = {}
        for i, ends in enumerate(self._ends):
            for side, end in enumerate(ends):
                if end.line is not None:
                    self._branches.setdefault(end.line, []).append((i, side))

    # -- what the ends meet ------------------------------------------------------------------

    def _end(self, index: int, side: int) -> _End:
        line = self._lines[index]
        point = line.path[-side]
        key = (line.start_key, line.end_key)[side]
        glued = self._by_key.get(key, []) if key is not None else []
        if glued:  # copies may share their key; then the nearest of them is meant
            nearest = min(glued, key=lambda node: node.box.distance(point))
            return _End(nearest.id, score=1.0 if len(glued) == 1 else 0.9)
        node, away = self._nearest(point, index, side)
        other, gap, its_end = self._nearest_line(point, index)
        if other is not None:
            clear = node is None or gap + _CLEARLY < away
            if node is not None and its_end is not None:
                far = self._lines[other].path[its_end - 1]
                corner = gap <= _EXACT and away > _TOUCH
                from_it = node.box.distance(far) + _EXACT < away
                clear = (corner or from_it) and not _heads(line)[side]
            if clear:
                return _End(line=other, score=_JOINED)
        if node is None:
            return _End()
        return _End(node.id, score=1.0 if away <= _TOUCH else 1.0 - away / (2.5 * _SNAP))

    def _nearest(self, point: Point, index: int, side: int) -> tuple[Node | None, float]:
        """The symbol next to an end; not the one that the other end of the line is nearer to."""
        best: tuple[Node | None, float] = (None, _SNAP)
        other = self._lines[index].path[side - 1]
        for node in self._nodes.values():
            away = node.box.distance(point)
            if away < best[1] or (away == best[1] == 0.0):
                if away > 0.0 and node.box.distance(other) < away:
                    continue
                best = (node, away)
        return best

    def _nearest_line(self, point: Point, index: int) -> tuple[int | None, float, int | None]:
        """The line that an end lies on, how far off, and at which of that line's ends, if any.

        Of two lines in one place that which ends there is meant, as pieces are put end to end; but
        not where both run from a symbol to there without a head: they run into the third.
        """
        ending: list[tuple[float, int, int]] = []
        passing: list[tuple[float, int]] = []
        for other, box in enumerate(self._boxes):
            if other == index or box.distance(point) > _TOUCH:
                continue
            gap = distance_to_polyline(point, self._lines[other].path)
            if gap > _TOUCH:
                continue
            side = self._side_at(other, point)
            if side is not None:
                ending.append((gap, other, side))
            else:
                passing.append((gap, other))
        if ending and (not passing or min(ending)[0] < min(passing)[0] + _EXACT):
            gap, other, side = min(ending)
            if not (passing and self._ends_without_head(index) and self._ends_without_head(other)):
                return other, gap, side
        if passing:
            return min(passing)[1], min(passing)[0], None
        return None, _TOUCH, None

    def _ends_without_head(self, index: int) -> bool:
        """Whether a line without heads has a symbol at one of its ends."""
        line = self._lines[index]
        near = any(
            node.box.distance(line.path[-side]) <= _TOUCH
            for node in self._nodes.values()
            for side in (0, 1)
        )
        return near and not any(_heads(line))

    # -- ways from tails to heads -------------------------------------------------------------

    def edges(self) -> Iterable[Edge]:
        """All edges whose two ends are symbols."""
        for index, line in enumerate(self._lines):
            heads = _heads(line)
            for side, end in enumerate(self._ends[index]):
                if end.node is None or (heads[side] and not heads[1 - side]):
                    continue
                ways = [w for w in self._ways(index, side) if w.head != end.node]
                arrows = [way for way in ways if way.arrow]
                best: dict[int, _Way] = {}  # lines drawn over one another give a way twice
                for way in sorted(arrows or ways, key=lambda w: (w.score, -len(w.lines))):
                    best[way.head] = way
                for way in best.values():
                    yield self._edge(end, way)

    def two_headed(self, used: Set[int]) -> Iterable[Edge]:
        """Edges along lines put end to end with a head at each end of the whole, none used yet."""
        for index, line in enumerate(self._lines):
            heads = _heads(line)
            for side, end in enumerate(self._ends[index]):
                if index in used or end.node is None or not heads[side] or heads[1 - side]:
                    continue
                for way in self._ways(index, side, against=True):
                    if way.arrow and way.head != end.node and not used & set(way.lines):
                        yield self._edge(end, way)

    def _edge(self, tail: _End, way: _Way) -> Edge:
        ends = (tail.node, way.head)
        if not way.arrow and tail.node is not None:
            first, second = sorted(
                (tail.node, way.head), key=lambda n: self._nodes[n].box.centre[::-1]
            )
            ends = (first, second)
        return Edge(*ends, way.lines, way.arrow, round(min(tail.score, way.score), 3))

    def _ways(self, index: int, side: int, against: bool = False) -> list[_Way]:
        """Where one gets from one end of a line, each line gone along once.

        `against` lets the first line be gone along against its head.
        """
        ways: list[_Way] = []
        seen = {index}
        stack: list[tuple[int, int | None, tuple[int, ...], bool, float]] = [
            (index, side, (index,), False, 1.0)
        ]
        while stack:
            at, came, trail, arrow, score = stack.pop()
            heads = _heads(self._lines[at]) if at != index or not against else (False, False)
            for out in (1, 0):
                if out == came or (any(heads) and not heads[out]):
                    continue
                end, met = self._ends[at][out], arrow or heads[out]
                if end.node is not None:
                    ways.append(_Way(end.node, trail, met, min(score, end.score)))
                elif end.line is not None and end.line not in seen:
                    seen.add(end.line)
                    entry = self._side_at(end.line, self._lines[at].path[-out])
                    stack.append((end.line, entry, (*trail, end.line), met, score * _JOINED))
            for branch, entry in self._branches.get(at, ()):
                if branch not in seen and not _heads(self._lines[branch])[entry]:
                    seen.add(branch)
                    stack.append((branch, entry, (*trail, branch), arrow, score * _JOINED))
        return ways

    def _side_at(self, index: int, point: Point) -> int | None:
        """The end of a line at which a point lies; None where it lies along it."""
        path = self._lines[index].path
        side = min((0, 1), key=lambda s: _apart(point, path[-s]))
        return side if _apart(point, path[-side]) <= _TOUCH else None

    def half_edge(self, index: int) -> Iterable[Edge]:
        """The edge of a line of which one end alone meets a symbol; none for any other."""
        heads = _heads(self._lines[index])
        start, end = self._ends[index]
        if (start.node is None) == (end.node is None):
            return
        side = 0 if start.node is not None else 1
        node = (start, end)[side].node
        comes_in = heads[side] and not heads[1 - side]
        tail, head = (None, node) if comes_in else (node, None)
        yield Edge(tail, head, (index,), any(heads), 0.3)


def _heads(line: Line) -> tuple[bool, bool]:
    return line.start_head, line.end_head


def _apart(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def give_labels(
    edges: Sequence[Edge],
    lines: Sequence[Line],
    nodes: Sequence[Node],
    labels: Sequence[tuple[str, Box]],
) -> Mapping[int, int]:
    """Which edge each label belongs to, by their positions; labels out of reach are left out.

    The nearest pair first, words being written at the beginning of a line; each line takes one
    label, those that leave a decision before others.
    """
    tails = {node.id: node for node in nodes}
    costs = []
    for position, edge in enumerate(edges):
        tail = tails.get(edge.tail) if edge.tail is not None else None
        extra = 0.0 if tail is not None and tail.decides else _NOT_AN_EXIT
        first = lines[edge.lines[0]].path
        start = min((first[0], first[-1]), key=tail.box.distance) if tail is not None else first[0]
        for number, (_, box) in enumerate(labels):
            away = min(box_to_path(box, lines[line].path) for line in edge.lines)
            if away <= _LABEL_REACH:
                cost = away + extra + _AT_THE_START * box.distance(start)
                costs.append((cost, number, position))
    given: dict[int, int] = {}
    for _, number, position in sorted(costs):
        if number not in given and position not in given.values():
            given[number] = position
    return given
