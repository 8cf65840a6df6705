"""Rules of a table, drawn in the ways that programs write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from tools.make_sheets.pdf.looks import RuleLook
from tools.make_sheets.pdf.pen import Box, Colour, Command, Pen, Point

_LIGHT: Colour = (0.8, 0.8, 0.8)


class HasEdges(Protocol):
    """Column edges; rules between lanes may look different."""

    @property
    def edges(self) -> tuple[float, ...]: ...
    @property
    def lanes(self) -> int: ...


class Ruler:
    """Draws rules on one page in one look."""

    def __init__(self, pen: Pen, look: RuleLook) -> None:
        self.pen, self.look = pen, look

    def cell(self, box: Box) -> None:
        """The four rules of one cell."""
        match self.look.kind:
            case "cells":
                self.pen.rect(box, self.look.width, self.look.colour)
            case "path" | "ladder":
                commands: list[Command] = [
                    ("M", box.x0, box.y0),
                    ("L", box.x1, box.y0),
                    ("L", box.x1, box.y1),
                    ("L", box.x0, box.y1),
                    ("L", box.x0, box.y0),
                ]
                self.pen.path(commands, self.look.width, self.look.colour)
            case _:
                for a, b in _sides(box):
                    self.rule(a, b)

    def rule(self, a: Point, b: Point) -> None:
        """One straight rule, with the look's gap at its ends."""
        gap, w = self.look.gap, self.look.width
        level = abs(a[1] - b[1]) < 0.01
        if level:
            a, b = (a[0] + gap, a[1]), (b[0] - gap, b[1])
        else:
            a, b = (a[0], a[1] + gap), (b[0], b[1] - gap)
        if self.look.kind in ("joints", "polygons"):
            self._filled(a, b)
        elif self.look.kind == "hair":
            self.pen.line(a, b, max(w, 0.25), self.look.colour, (0.5, 0.75))
        elif self.look.kind in ("fills", "cell fills"):
            self.pen.rect(
                Box(a[0] - w / 2, a[1] - w / 2, b[0] + w / 2, b[1] + w / 2),
                stroke=None,
                fill=self.look.colour,
            )
        else:
            self.pen.line(a, b, w, self.look.colour)

    def _filled(self, a: Point, b: Point) -> None:
        """A rule as areas: a bar between two squares at its ends, or a polygon."""
        half = self.look.width / 2
        if self.look.kind == "polygons":
            x0, y0, x1, y1 = a[0] - half, a[1] - half, b[0] + half, b[1] + half
            self.pen.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill=self.look.colour)
            return
        level = abs(a[1] - b[1]) < 0.01
        dx, dy = (half, 0.0) if level else (0.0, half)
        bar = Box(a[0] + dx, a[1] + dy, b[0] - dx, b[1] - dy)
        wide = Box(bar.x0 - dy, bar.y0 - dx, bar.x1 + dy, bar.y1 + dx)
        self.pen.rect(wide, stroke=None, fill=self.look.colour)
        for x, y in (a, b):
            joint = Box(x - half, y - half, x + half, y + half)
            self.pen.rect(joint, stroke=None, fill=self.look.colour)

    def outer(self, box: Box) -> None:
        """A thick frame around a part, where the look has it so."""
        if self.look.outer:
            self.pen.rect(box, self.look.outer, self.look.colour)

    def box(self, box: Box) -> None:
        """An outer frame, double where the look has it so."""
        for a, b in _sides(box):
            self.rule(a, b)
        self.outer(box)
        if self.look.double:
            for a, b in _sides(box.grown(1.6)):
                self.rule(a, b)

    def body(self, columns: HasEdges, ys: Sequence[float]) -> None:
        """All rules of the rows between the heights `ys`."""
        edges = columns.edges
        self.outer(Box(edges[0], ys[0], edges[-1], ys[-1]))
        inner = set(range(3, 2 + columns.lanes))
        whole = self.look.lanes == "solid"
        if self.look.kind in ("cells", "cell fills", "ladder"):
            self._cells(edges, ys, inner, whole)
        elif self.look.kind == "path":
            self._one_path(edges, ys, inner, whole)
        else:
            self._long(edges, ys, inner, whole)
        if not whole:
            self._between_lanes([edges[c] for c in sorted(inner)], ys)
        if self.look.double:
            for a, b in _sides(Box(edges[0], ys[0], edges[-1], ys[-1]).grown(1.6)):
                self.rule(a, b)

    def _shift(self, row: int) -> float:
        return self.look.shift * (row % 3 - 1)

    def _cells(
        self, edges: Sequence[float], ys: Sequence[float], inner: set[int], whole: bool
    ) -> None:
        for r, (y0, y1) in enumerate(pairwise(ys)):
            dx = self._shift(r)
            stops = [x for c, x in enumerate(edges) if whole or c not in inner]
            for x0, x1 in pairwise(stops):
                self.cell(Box(x0 + dx, y0, x1 + dx, y1))

    def _long(
        self, edges: Sequence[float], ys: Sequence[float], inner: set[int], whole: bool
    ) -> None:
        by_cell = self.look.gap > 0 or self.look.shift > 0 or self.look.kind == "joints"
        for y in ys:
            spans = pairwise(edges) if by_cell else [(edges[0], edges[-1])]
            for x0, x1 in spans:
                self.rule((x0, y), (x1, y))
        for c, x in enumerate(edges):
            if c in inner and not whole:
                continue
            rows = list(pairwise(ys)) if by_cell else [(ys[0], ys[-1])]
            for r, (y0, y1) in enumerate(rows):
                self.rule((x + self._shift(r), y0), (x + self._shift(r), y1))

    def _one_path(
        self, edges: Sequence[float], ys: Sequence[float], inner: set[int], whole: bool
    ) -> None:
        """The whole grid in one stroked path."""
        commands: list[Command] = []
        for y in ys:
            commands += [("M", edges[0], y), ("L", edges[-1], y)]
        for c, x in enumerate(edges):
            if whole or c not in inner:
                commands += [("M", x, ys[0]), ("L", x, ys[-1])]
        self.pen.path(commands, self.look.width, self.look.colour)

    def _between_lanes(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        dash = {"dotted": (0.8, 1.6), "dashed": (3.0, 2.0), "grey": ()}.get(self.look.lanes)
        if dash is None:
            return
        colour = _LIGHT if self.look.lanes == "grey" else self.look.colour
        for x in xs:
            self.pen.line((x, ys[0]), (x, ys[-1]), self.look.width, colour, dash)


def _sides(box: Box) -> list[tuple[Point, Point]]:
    return [
        ((box.x0, box.y0), (box.x1, box.y0)),
        ((box.x0, box.y1), (box.x1, box.y1)),
        ((box.x0, box.y0), (box.x0, box.y1)),
        ((box.x1, box.y0), (box.x1, box.y1)),
    ]
