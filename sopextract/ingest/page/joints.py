"""The ways through lines that hang together: which symbol leads to which, and how surely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sopextract.core.geometry import BBox, Point, bbox_of, length, union
from sopextract.ingest.page.ink import Head, Line

_MOST_ENDS = 40  # of one net; with more of them anything would be joined to everything
_MANY_SCORE = 0.8  # several tails and several heads: which goes where is not drawn
_STANDS_AT = 0.9  # an end that stands at its symbol; what is carried on to one has less
_NO_SYMBOL = 0.6  # an end with a head, or that meets nothing, at no symbol
# Among pixels a piece that meets nothing says that another was lost: where it led is not known, and
# what was found may be the half of two lines. Below 0.9; points: shorter ones are dirt.
_TORN_SCORE, _TORN_PIECE = 0.85, 6.0


@dataclass(frozen=True, slots=True)
class Joint:
    """A drawn way from one symbol to another (numbers of forms; None: it ends at nothing)."""

    tail: int | None
    head: int | None
    points: tuple[Point, ...]
    directed: bool
    score: float

    @property
    def bbox(self) -> BBox:
        """The box around its line."""
        return bbox_of(self.points)

    @property
    def reversed(self) -> Joint:
        """The same way the other way round."""
        return replace(self, tail=self.head, head=self.tail, points=self.points[::-1])


@dataclass(slots=True)
class Arc:
    """A piece of line with what is at its two ends: a head, a symbol, a node."""

    points: tuple[Point, ...]
    path: int
    line: Line
    heads: list[Head | None] = field(default_factory=lambda: [None, None])
    forms: list[tuple[int, float] | None] = field(default_factory=lambda: [None, None])
    nodes: list[int] = field(default_factory=lambda: [-1, -1])

    def end(self, side: int) -> Point:
        return self.points[0] if side == 0 else self.points[-1]

    def outward(self, side: int) -> Point:
        """The direction in which the line leaves at this end, of length one."""
        a, b = (self.points[1], self.points[0]) if side == 0 else self.points[-2:]
        size = math.dist(a, b) or 1.0
        return (b[0] - a[0]) / size, (b[1] - a[1]) / size


def components(arcs: Sequence[Arc]) -> list[list[Arc]]:
    """Arcs in groups that hang together by their nodes."""
    by_node: dict[int, list[int]] = {}
    for k, arc in enumerate(arcs):
        for node in arc.nodes:
            by_node.setdefault(node, []).append(k)
    seen: set[int] = set()
    groups: list[list[Arc]] = []
    for k in range(len(arcs)):
        if k in seen:
            continue
        stack, group = [k], []
        seen.add(k)
        while stack:
            i = stack.pop()
            group.append(arcs[i])
            for node in arcs[i].nodes:
                for j in by_node[node]:
                    if j not in seen:
                        seen.add(j)
                        stack.append(j)
        groups.append(group)
    return groups


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a group of lines that stands at a symbol or carries a head."""

    node: int
    form: int | None
    score: float
    head: bool


def joints_of(group: Sequence[Arc]) -> list[Joint]:
    """The ways through one group of lines: from every tail to every head."""
    joints = _joints(group)
    if torn_pieces(group):
        return [replace(joint, score=min(joint.score, _TORN_SCORE)) for joint in joints]
    return joints


def torn_pieces(group: Sequence[Arc]) -> list[Arc]:
    """The lines of a group that were followed among pixels and have an end that meets nothing."""
    if len(group) == 1:
        return []  # its own end at nothing says so
    count: dict[int, int] = {}
    for arc in group:
        for node in arc.nodes:
            count[node] = count.get(node, 0) + 1
    return [
        arc
        for arc in group
        if arc.line.traced
        and length(arc.points) > _TORN_PIECE
        and any(
            count[arc.nodes[side]] == 1 and arc.forms[side] is None and arc.heads[side] is None
            for side in (0, 1)
        )
    ]


def _joints(group: Sequence[Arc]) -> list[Joint]:
    ends = _ends(group)
    if len(ends) > _MOST_ENDS:
        return []
    heads = [e for e in ends if e.head]
    tails = [e for e in ends if not e.head]
    if not any(e.form is not None for e in ends):
        return []
    if len(heads) == 2 and not tails and heads[0].form != heads[1].form:
        a, b = heads  # a line with a head at both ends
        way, surely = _way(group, a.node, b.node)
        score = min(a.score, b.score, surely)
        return [
            Joint(a.form, b.form, way, True, score),
            Joint(b.form, a.form, tuple(reversed(way)), True, score),
        ]
    if heads and not tails:
        return _between_heads(group, heads)
    if not heads:
        return _undirected(group, tails)
    return _directed(group, heads, [t for t in tails if t.form is not None] or tails)


def _ends(group: Sequence[Arc]) -> list[_End]:
    """The ends of a group that stand at a symbol, carry a head, or meet nothing."""
    count: dict[int, int] = {}
    for arc in group:
        for node in arc.nodes:
            count[node] = count.get(node, 0) + 1
    ends: list[_End] = []
    for arc in group:
        for side in (0, 1):
            form = arc.forms[side]
            if form is not None or arc.heads[side] is not None or count[arc.nodes[side]] == 1:
                number, score = form if form is not None else (None, _NO_SYMBOL)
                if (drawn := arc.heads[side]) is not None:
                    score = min(score, drawn.score)
                ends.append(_End(arc.nodes[side], number, score, drawn is not None))
    return ends


def _directed(group: Sequence[Arc], heads: Sequence[_End], tails: Sequence[_End]) -> list[Joint]:
    """From every tail to every head, each pair once."""
    many = len({h.form for h in heads}) > 1 and len({t.form for t in tails}) > 1
    joints: list[Joint] = []
    seen: set[tuple[int | None, int | None]] = set()
    for head in heads:
        for tail in tails:
            pair = (tail.form, head.form)
            if pair in seen or (tail.form is not None and tail.form == head.form):
                continue
            seen.add(pair)
            way, surely = _way(group, tail.node, head.node)
            score = min(tail.score, head.score, surely, _MANY_SCORE if many else 1.0)
            joints.append(Joint(tail.form, head.form, way, True, score))
    return joints


def _between_heads(group: Sequence[Arc], heads: Sequence[_End]) -> list[Joint]:
    """Three heads or more without a tail: each is reached from each, which is not drawn."""
    return [
        Joint(a.form, b.form, _way(group, a.node, b.node)[0], True, _MANY_SCORE)
        for a in heads
        for b in heads
        if a.form != b.form
    ]


def _undirected(group: Sequence[Arc], tails: Sequence[_End]) -> list[Joint]:
    """A line without any head: joined in reading order.

    Among pixels it may be a letter's stem or a piece of a frame: such a line must stand at both, or
    it is followed to neither.
    """
    real = sorted((t for t in tails if t.form is not None), key=lambda t: t.form if t.form else 0)
    joints = []
    for k in range(len(real) - 1):
        a, b = real[k], real[k + 1]
        guess = any(arc.line.traced for arc in group) and min(a.score, b.score) < _STANDS_AT
        if a.form != b.form and not guess:
            way, surely = _way(group, a.node, b.node)
            joints.append(Joint(a.form, b.form, way, False, min(a.score, b.score, surely)))
    if not joints and real and (len(real) == 1 or len({end.form for end in real}) > 1):
        box = union(bbox_of(arc.points) for arc in group)
        if max(box[2] - box[0], box[3] - box[1]) > 8:
            nearest = max(real, key=lambda end: end.score)
            joints.append(Joint(nearest.form, None, group[0].points, False, 0.5))
    return joints


def _way(group: Sequence[Arc], start: int, goal: int) -> tuple[tuple[Point, ...], float]:
    """The points of the shortest way through a group of lines between two nodes, and the score of
    its least sure piece.
    """
    by_node: dict[int, list[tuple[int, Arc, bool]]] = {}
    for arc in group:
        by_node.setdefault(arc.nodes[0], []).append((arc.nodes[1], arc, False))
        by_node.setdefault(arc.nodes[1], []).append((arc.nodes[0], arc, True))
    came: dict[int, tuple[int, Arc, bool] | None] = {start: None}
    queue = [start]
    for node in queue:
        if node == goal:
            break
        for other, arc, back in by_node.get(node, ()):
            if other not in came:
                came[other] = (node, arc, back)
                queue.append(other)
    if goal not in came:
        return group[0].points, group[0].line.score
    points: list[Point] = []
    surely = 1.0
    at = goal
    while (step := came[at]) is not None:
        at, arc, back = step
        points.extend(arc.points if back else reversed(arc.points))
        surely = min(surely, arc.line.score)
    return tuple(reversed(points)), surely
