"""The outline of a shape drawn freely: its corners, as shares of its box."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sopextract.core.geometry import Point
from sopextract.ingest.xlsx.xml import number

_MAX_POINTS = 500  # own judgement; a symbol has 4 to 20


@dataclass(frozen=True, slots=True)
class CustomOutline:
    """The corners in order, 0 to 1 both ways; `curved` when a side is no straight line."""

    points: tuple[Point, ...]
    curved: bool
    closed: bool


def custom_path(geometry: Element) -> CustomOutline:
    """The first path of a custom geometry; no points when it is computed from formulas."""
    path = geometry.find("pathLst/path")
    if path is None:
        return CustomOutline((), False, True)
    width, height = number(path.get("w")) or 1.0, number(path.get("h")) or 1.0
    points: list[Point] = []
    for point in path.iter("pt"):
        x, y = number(point.get("x")), number(point.get("y"))
        if x is None or y is None or len(points) >= _MAX_POINTS:
            return CustomOutline((), False, True)
        points.append((x / width, y / height))
    curved = any(path.find(tag) is not None for tag in ("arcTo", "cubicBezTo", "quadBezTo"))
    ends_meet = len(points) > 2 and max(
        abs(points[0][0] - points[-1][0]), abs(points[0][1] - points[-1][1])
    ) < 0.02  # fmt: skip
    closed = path.find("close") is not None or ends_meet
    return CustomOutline(tuple(points), curved, closed)
