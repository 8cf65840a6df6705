"""Finds lines between symbols that a reader can follow.

Lines run along a grid of lane middles, lane edges and row edges; they never run through a symbol
or along another line, cross other lines squarely, and may join a line to the same head.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tools.make_sheets.pdf.pen import Box, Point

# Distances in points that keep a drawing legible at the size of a printed sheet.
_CLEAR = 3.0  # of a line from a symbol
_APART = 3.6  # of lines that run side by side
_BEND, _CROSS, _JOIN = 14.0, 18.0, 6.0  # costs, as points of detour
# Cost, port, the first place on the grid and the direction there (as `_SIDES` stand).
_Start = tuple[float, Point, int, int, int]
_SIDES = {"top": (0, -1), "bottom": (0, 1), "left": (-1, 0), "right": (1, 0)}


@dataclass(frozen=True)
class Node:
    """A symbol on the page, `kind` as in `symbols.outline`."""

    box: Box
    kind: str


@dataclass(frozen=True)
class Link:
    """A line wanted between two nodes (by place); `key` is the caller's."""

    tail: int
    head: int
    key: int
    label: str = ""
    heads: int = 1
    dashed: bool = False
    forked: bool = False


@dataclass(frozen=True)
class Route:
    """A found line.

    `own` is the number of its points before it runs on another line to the same head (or all);
    points before `begin` lie on another line from the same tail.
    """

    link: Link
    points: tuple[Point, ...]
    own: int
    begin: int = 0

    @property
    def joined(self) -> bool:
        return self.own < len(self.points)


@dataclass(frozen=True)
class Taste:
    """What a drawer likes: `down` leaves below and enters above, `elbow` leaves at the side."""

    prefer: str
    join: bool


@dataclass
class Router:
    """The lines of one page; `route` adds them one by one."""

    area: Box
    nodes: Sequence[Node]
    lanes: Sequence[float]
    rows: Sequence[float]
    taste: Taste
    on_rules: bool = False
    routes: list[Route] = field(default_factory=list)
    ports: dict[tuple[int, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.xs = self._grid([n.box.cx for n in self.nodes], self.lanes, self.area.x0, self.area.x1)
        self.ys = self._grid([n.box.cy for n in self.nodes], self.rows, self.area.y0, self.area.y1)
        nx, ny = len(self.xs), len(self.ys)
        self.down = [[0.0] * ny for _ in range(nx)]  # cost of (i, j) to (i, j + 1)
        self.over = [[0.0] * ny for _ in range(nx)]  # cost of (i, j) to (i + 1, j)
        self.no_bend = [[False] * ny for _ in range(nx)]
        for node in self.nodes:
            self._block(node.box.grown(_CLEAR - 0.1))

    def _grid(
        self, centres: Sequence[float], edges: Sequence[float], low: float, high: float
    ) -> list[float]:
        """Middles of symbols first, then places near the edges that are free of them."""
        found = sorted(set(centres))
        offsets = (0.0, 5.0, -5.0, 10.0, -10.0) if self.on_rules else (5.0, -5.0, 10.0, -10.0)
        for offset in offsets:
            for edge in edges:
                at = edge + offset
                if low < at < high and all(abs(at - f) >= _APART + 0.4 for f in found):
                    found.append(at)
        return sorted(found)

    def _block(self, box: Box) -> None:
        for i in range(bisect_left(self.xs, box.x0), bisect_right(self.xs, box.x1)):
            for j in range(len(self.ys) - 1):
                if self.ys[j] < box.y1 and self.ys[j + 1] > box.y0:
                    self.down[i][j] = math.inf
        for j in range(bisect_left(self.ys, box.y0), bisect_right(self.ys, box.y1)):
            for i in range(len(self.xs) - 1):
                if self.xs[i] < box.x1 and self.xs[i + 1] > box.x0:
                    self.over[i][j] = math.inf

    def route(self, link: Link) -> Route | None:
        """The line for a link, None where there is no clear way."""
        route = self._straight(link) or self._branch(link) or self._search(link)
        if route is None:
            return None
        self._take(route)
        return route

    def _take(self, route: Route) -> None:
        end = route.own + (1 if route.joined else 0)
        for a, b in pairwise(route.points[route.begin : end]):
            self._occupy(a, b)
        for p in route.points[max(1, route.begin) : end if route.joined else end - 1]:
            self._corner(p)
        ends = [] if route.begin else [(route.link.tail, route.points[0])]
        if not route.joined:
            ends.append((route.link.head, route.points[-1]))
        for node, point in ends:
            side = self._side(node, point)
            self.ports[node, side].append(point[0 if side in ("top", "bottom") else 1])
        self.routes.append(route)

    def _side(self, node: int, p: Point) -> str:
        box = self.nodes[node].box
        away = {
            "top": abs(p[1] - box.y0),
            "bottom": abs(p[1] - box.y1),
            "left": abs(p[0] - box.x0),
            "right": abs(p[0] - box.x1),
        }
        return min(away, key=lambda k: away[k])

    def _occupy(self, a: Point, b: Point) -> None:
        """No line may run along this piece; one may cross it at a price, not near its ends."""
        (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        near = Box(x0, y0, x1, y1).grown(_APART)
        upright = x1 - x0 < y1 - y0
        for i in range(bisect_left(self.xs, near.x0), bisect_right(self.xs, near.x1)):
            for j in range(len(self.ys) - 1):
                if self.ys[j] < near.y1 and self.ys[j + 1] > near.y0:
                    ends = not upright and (self.xs[i] < x0 + _APART or self.xs[i] > x1 - _APART)
                    self.down[i][j] += math.inf if upright or ends else _CROSS
        for j in range(bisect_left(self.ys, near.y0), bisect_right(self.ys, near.y1)):
            for i in range(len(self.xs) - 1):
                if self.xs[i] < near.x1 and self.xs[i + 1] > near.x0:
                    ends = upright and (self.ys[j] < y0 + _APART or self.ys[j] > y1 - _APART)
                    self.over[i][j] += math.inf if not upright or ends else _CROSS
        for i in range(bisect_left(self.xs, near.x0), bisect_right(self.xs, near.x1)):
            for j in range(bisect_left(self.ys, near.y0), bisect_right(self.ys, near.y1)):
                self.no_bend[i][j] = True

    def _corner(self, p: Point) -> None:
        box = Box(p[0], p[1], p[0], p[1]).grown(_APART)
        self._block(box)

    def clear(self, a: Point, b: Point, *but: int) -> bool:
        """Whether a straight piece meets no symbol (other than `but`) and runs into no line."""
        (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        piece = Box(x0, y0, x1, y1)
        if any(
            n.box.grown(_CLEAR).meets(piece.grown(0.01))
            for i, n in enumerate(self.nodes)
            if i not in but
        ):
            return False
        upright = x1 - x0 < y1 - y0
        return not any(self._runs_into(piece, upright, c, d) for c, d in self._pieces())

    def _pieces(self) -> Iterator[tuple[Point, Point]]:
        for route in self.routes:
            yield from pairwise(route.points)

    def _runs_into(self, piece: Box, upright: bool, c: Point, d: Point) -> bool:
        (x0, x1), (y0, y1) = sorted((c[0], d[0])), sorted((c[1], d[1]))
        other = Box(x0, y0, x1, y1)
        if not piece.grown(_APART).meets(other.grown(0.01)):
            return False
        if upright == (x1 - x0 < y1 - y0):
            return True
        if upright:
            inside = x0 + _APART < piece.x0 < x1 - _APART and piece.y0 + 1 < y0 < piece.y1 - 1
        else:
            inside = y0 + _APART < piece.y0 < y1 - _APART and piece.x0 + 1 < x0 < piece.x1 - 1
        return not inside

    def _free(self, node: int, side: str, at: float) -> bool:
        return all(abs(other - at) >= _APART + 2 for other in self.ports[node, side])

    def _spots(self, node: int, side: str) -> list[float]:
        """Places on a side where a line may end: the middle first."""
        box, kind = self.nodes[node].box, self.nodes[node].kind
        flat = side in ("top", "bottom")
        middle = box.cx if flat else box.cy
        if (
            kind == "ketupat"
            or (kind == "kapsul" and not flat)
            or (kind, side) == ("segilima", "bottom")
        ):
            return [middle]
        half = (box.width if flat else box.height) * (0.3 if flat else 0.25)
        grid = self.xs if flat else self.ys
        near = [v for v in grid if abs(v - middle) <= half]
        return sorted(near, key=lambda v: abs(v - middle)) or [middle]

    def _port(self, node: int, side: str, at: float) -> Point:
        box = self.nodes[node].box
        if side in ("top", "bottom"):
            return at, box.y0 if side == "top" else box.y1
        return box.x0 if side == "left" else box.x1, at

    def _straight(self, link: Link) -> Route | None:
        """A direct line between facing sides."""
        tail, head = self.nodes[link.tail].box, self.nodes[link.head].box
        pairs = (("bottom", "top"), ("top", "bottom"), ("right", "left"), ("left", "right"))
        for out, enter in pairs:
            dx, dy = _SIDES[out]
            ahead = (head.cx - tail.cx) * dx + (head.cy - tail.cy) * dy
            if ahead <= 0:
                continue
            spots = set(self._spots(link.head, enter))
            for at in self._spots(link.tail, out):
                if at not in spots:
                    continue
                a, b = self._port(link.tail, out, at), self._port(link.head, enter, at)
                room = (b[0] - a[0]) * dx + (b[1] - a[1]) * dy
                if (
                    room >= 7
                    and self._free(link.tail, out, at)
                    and self._free(link.head, enter, at)
                    and self.clear(a, b, link.tail, link.head)
                ):
                    return Route(link, (a, b), 2)
        return None

    def _price(self, link: Link, side: str, leaving: bool) -> float:
        """What leaving or entering at a side costs, by where the other symbol lies."""
        me, other = (link.tail, link.head) if leaving else (link.head, link.tail)
        a, b = self.nodes[me].box, self.nodes[other].box
        down = b.cy - a.cy
        if abs(down) < 8:
            faces = side == ("right" if b.cx > a.cx else "left")
            return 0.0 if faces else 30.0
        towards = side == ("bottom" if down > 0 else "top")
        away = side in ("top", "bottom") and not towards
        if away:
            return 70.0
        sideways = side in ("left", "right")
        wanted = {
            "down": not sideways,
            "elbow": sideways == leaving,
            "side": sideways,
            "late elbow": sideways != leaving,
        }[self.taste.prefer]
        back = (down < 0) == leaving
        if back and not sideways:
            return 14.0
        return 0.0 if wanted or (back and sideways) else 9.0

    def _stubs(self, link: Link, leaving: bool) -> Iterator[_Start]:
        """Ways out of (or into) a symbol: cost, port, the first grid place and its direction."""
        me = link.tail if leaving else link.head
        least = 5.0 if leaving and link.heads < 2 else 10.0
        for d, side in enumerate(_SIDES):
            for rank, at in enumerate(self._spots(me, side)[:3]):
                if not self._free(me, side, at):
                    continue
                port = self._port(me, side, at)
                place = self._outside(port, side, least)
                if place is None:
                    continue
                end = self.xs[place[0]], self.ys[place[1]]
                if not self.clear(port, end, me):
                    continue
                cost = self._price(link, side, leaving) + 4 * rank + math.dist(port, end)
                yield cost, port, place[0], place[1], d

    def _outside(self, port: Point, side: str, least: float) -> tuple[int, int] | None:
        """The first grid place at least so far outside of a port."""
        dx, dy = _SIDES[side]
        if dx == 0:
            i = bisect_left(self.xs, port[0] - 0.01)
            js = range(len(self.ys)) if dy > 0 else range(len(self.ys) - 1, -1, -1)
            found = next((j for j in js if (self.ys[j] - port[1]) * dy >= least), None)
            ok = i < len(self.xs) and abs(self.xs[i] - port[0]) < 0.05
            return (i, found) if found is not None and ok else None
        j = bisect_left(self.ys, port[1] - 0.01)
        order = range(len(self.xs)) if dx > 0 else range(len(self.xs) - 1, -1, -1)
        at = next((i for i in order if (self.xs[i] - port[0]) * dx >= least), None)
        ok = j < len(self.ys) and abs(self.ys[j] - port[1]) < 0.05
        return (at, j) if at is not None and ok else None

    def _joints(self, link: Link) -> dict[tuple[int, int], tuple[Route, int, bool]]:
        """Grid places on lines to the same head: the line, its next point, is it upright."""
        found: dict[tuple[int, int], tuple[Route, int, bool]] = {}
        if not self.taste.join or link.heads != 1:
            return found
        for route in self.routes:
            same = route.link.head == link.head and route.link.heads == 1
            if not same or route.link.forked or route.link.dashed != link.dashed or route.joined:
                continue
            for k, (a, b) in enumerate(pairwise(route.points)):
                upright = abs(a[0] - b[0]) < abs(a[1] - b[1])
                first, last = k == 0, k == len(route.points) - 2
                for i, j in self._on(a, b, 9.0 if first else 6.0, 14.0 if last else 6.0):
                    found[i, j] = (route, k + 1, upright)
        return found

    def _on(self, a: Point, b: Point, after: float, before: float) -> Iterator[tuple[int, int]]:
        for i, x in enumerate(self.xs):
            for j, y in enumerate(self.ys):
                on = (
                    abs(x - a[0]) < 0.05
                    and abs(x - b[0]) < 0.05
                    and min(a[1], b[1]) < y < max(a[1], b[1])
                ) or (
                    abs(y - a[1]) < 0.05
                    and abs(y - b[1]) < 0.05
                    and min(a[0], b[0]) < x < max(a[0], b[0])
                )
                if on and math.dist((x, y), a) >= after and math.dist((x, y), b) >= before:
                    yield i, j

    def _branch(self, link: Link) -> Route | None:
        """A line that leaves another line of the same tail half way (a fork)."""
        if not (link.forked and self.taste.join):
            return None
        trunk = next((r for r in self.routes if r.link.tail == link.tail and r.link.forked), None)
        if trunk is None or trunk.joined:
            return None
        starts: list[_Start] = []
        prefix: dict[Point, tuple[Point, ...]] = {}
        for k, (a, b) in enumerate(pairwise(trunk.points)):
            last = k == len(trunk.points) - 2
            upright = abs(a[0] - b[0]) < abs(a[1] - b[1])
            for i, j in self._on(a, b, 6.0, 14.0 if last else 6.0):
                at = self.xs[i], self.ys[j]
                prefix[at] = trunk.points[: k + 1]
                starts += [(_JOIN, at, i, j, d) for d in ((2, 3) if upright else (0, 1))]
        found = self._search(link, starts)
        if found is None:
            return None
        before = prefix[found.points[0]]
        return Route(link, (*before, *found.points), found.own + len(before), len(before))

    def _search(self, link: Link, starts: Sequence[_Start] | None = None) -> Route | None:
        """The cheapest way along the grid to the head or to a line that leads there."""
        goals: dict[tuple[int, int, int], tuple[float, Point]] = {}
        for cost, port, i, j, d in self._stubs(link, leaving=False):
            inward = d ^ 1  # top and bottom, left and right change places
            if (i, j, inward) not in goals or cost < goals[i, j, inward][0]:
                goals[i, j, inward] = (cost, port)
        joints = self._joints(link)
        queue: list[tuple[float, int, tuple[int, int, int]]] = []
        came: dict[tuple[int, int, int], tuple[int, int, int] | Point] = {}
        best: dict[tuple[int, int, int], float] = {}
        count = 0
        for cost, port, i, j, d in self._stubs(link, True) if starts is None else starts:
            state = (i, j, d)
            if cost < best.get(state, math.inf):
                best[state], came[state] = cost, port
                heapq.heappush(queue, (cost, count := count + 1, state))
        done: set[tuple[int, int, int]] = set()
        while queue:
            cost, _, state = heapq.heappop(queue)
            if state in done:
                continue
            done.add(state)
            i, j, d = state
            if d == 4:  # arrived
                return Route(link, *self._unwind(came, state, goals, joints))
            for step, price in self._ways(state, goals, joints):
                total = cost + price
                if total < best.get(step, math.inf):
                    best[step], came[step] = total, state
                    heapq.heappush(queue, (total, count := count + 1, step))
        return None

    def _ways(
        self,
        state: tuple[int, int, int],
        goals: dict[tuple[int, int, int], tuple[float, Point]],
        joints: dict[tuple[int, int], tuple[Route, int, bool]],
    ) -> Iterator[tuple[tuple[int, int, int], float]]:
        i, j, d = state
        for turn in range(4):
            if turn == d ^ 1:
                continue
            goal = goals.get((i, j, turn))
            if goal is not None and (turn == d or not self.no_bend[i][j]):
                yield (i, j, 4), goal[0] + (0 if turn == d else _BEND)
        joint = joints.get((i, j))
        if joint is not None and joint[2] == (d in (2, 3)):
            yield (i, j, 4), _JOIN
        for turn, (dx, dy) in enumerate(_SIDES.values()):
            if turn == d ^ 1 or (turn != d and self.no_bend[i][j]):
                continue
            x, y = i + dx, j + dy
            if not (0 <= x < len(self.xs) and 0 <= y < len(self.ys)):
                continue
            hurdle = self.down[i][min(j, y)] if dx == 0 else self.over[min(i, x)][j]
            if hurdle == math.inf:
                continue
            length = abs(self.xs[x] - self.xs[i]) + abs(self.ys[y] - self.ys[j])
            yield (x, y, turn), length + hurdle + (0 if turn == d else _BEND)

    def _unwind(
        self,
        came: dict[tuple[int, int, int], tuple[int, int, int] | Point],
        end: tuple[int, int, int],
        goals: dict[tuple[int, int, int], tuple[float, Point]],
        joints: dict[tuple[int, int], tuple[Route, int, bool]],
    ) -> tuple[tuple[Point, ...], int]:
        places: list[Point] = []
        state: tuple[int, int, int] | Point = end
        before = came[end]
        last = before[2] if len(before) == 3 else 0
        while len(state) == 3:
            places.append((self.xs[state[0]], self.ys[state[1]]))
            state = came[state]
        places.append(state)
        places.reverse()
        i, j, _ = end
        ways = [goals[i, j, t] for t in range(4) if t != last ^ 1 and (i, j, t) in goals]
        joint = joints.get((i, j))
        if joint is not None and joint[2] == (last in (2, 3)):
            route, k, _ = joint
            own = _tidy(places)
            return (*own, *route.points[k:]), len(own) - 1
        places.append(min(ways)[1])
        points = _tidy(places)
        return tuple(points), len(points)


def _tidy(points: Sequence[Point]) -> list[Point]:
    """Without repeated points and points in the middle of straight pieces."""
    found: list[Point] = []
    for p in points:
        if found and math.dist(found[-1], p) < 0.05:
            continue
        if len(found) >= 2 and _in_line(found[-2], found[-1], p):
            found[-1] = p
        else:
            found.append(p)
    return found


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.05 and abs(b[0] - c[0]) < 0.05) or (
        abs(a[1] - b[1]) < 0.05 and abs(b[1] - c[1]) < 0.05
    )
