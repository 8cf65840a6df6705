"""Points, boxes and lines of drawings: pure geometry, in points, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin

from sopextract.core.geometry import Affine, Point, distance_to_polyline


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges; a line lying flat has no height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def moved(self, dx: float, dy: float) -> Box:
        """The box somewhere else."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def distance(self, point: Point) -> float:
        """How far a point lies from the box; 0 inside."""
        dx = max(self.left - point[0], 0.0, point[0] - self.right)
        dy = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return hypot(dx, dy)


def bounds(points: Iterable[Point]) -> Box:
    """The box round points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Placing:
    """How a shape lies in its box: turned by degrees clockwise, mirrored before that."""

    turn: float = 0.0
    flip_h: bool = False
    flip_v: bool = False


def place_unit(box: Box, placing: Placing) -> Affine:
    """The map from a shape's own square, 0 to 1 both ways, to where it stands.

    `box` is that of the shape before it is turned about its middle.
    """
    width = -box.width if placing.flip_h else box.width
    height = -box.height if placing.flip_v else box.height
    angle = radians(placing.turn)
    x, y = box.centre
    turned = Affine(cos(angle), sin(angle), -sin(angle), cos(angle), x, y)
    return turned.after(Affine(width, 0, 0, height, -width / 2, -height / 2))


def connector_path(kind: str, bends: Sequence[float]) -> tuple[Point, ...]:
    """The corners of a straight, bent or curved connector in its own square, start to end.

    `bends` are its adjustments as shares of width and height (ECMA-376 part 1, annex D). A curve is
    taken as the bent line that it rounds off.
    """

    def bend(index: int) -> float:
        return bends[index] if index < len(bends) else 0.5

    corners: dict[str, tuple[Point, ...]] = {
        "2": ((1.0, 0.0),),
        "3": ((bend(0), 0.0), (bend(0), 1.0)),
        "4": ((bend(0), 0.0), (bend(0), bend(1)), (1.0, bend(1))),
        "5": ((bend(0), 0.0), (bend(0), bend(1)), (bend(2), bend(1)), (bend(2), 1.0)),
    }
    between = corners.get(kind[-1:], ()) if kind.startswith(("bent", "curved")) else ()
    return ((0.0, 0.0), *between, (1.0, 1.0))


def box_to_path(box: Box, path: Sequence[Point]) -> float:
    """How far a line passes from a box; 0 when it goes through it."""
    corners = (
        (box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom),
    )  # fmt: skip
    if any(_crosses(box, a, b) for a, b in pairwise(path)):
        return 0.0
    return min(
        min(distance_to_polyline(corner, path) for corner in corners),
        min(box.distance(point) for point in path),
    )


def _crosses(box: Box, start: Point, end: Point) -> bool:
    """Whether a straight line has a point in the box (Liang and Barsky's clipping)."""
    low, high = 0.0, 1.0
    for origin, delta, least, most in (
        (start[0], end[0] - start[0], box.left, box.right),
        (start[1], end[1] - start[1], box.top, box.bottom),
    ):
        if abs(delta) < 1e-9:
            if not least <= origin <= most:
                return False
            continue
        a, b = sorted(((least - origin) / delta, (most - origin) / delta))
        low, high = max(low, a), min(high, b)
        if low > high:
            return False
    return True


def shared(low: float, high: float, other_low: float, other_high: float) -> float:
    """The length that two intervals have in common."""
    return max(0.0, min(high, other_high) - max(low, other_low))
