"""One row of a printed part, laid over the columns of its table."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.model.source import Cell, Place


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of a part, its cells laid over the part's columns (None: no cell there).

    `score` says how surely the cells stand in the right columns. `raw` is the row as printed.
    `exact` rows stand in their true columns.
    """

    cells: tuple[Cell | None, ...]
    place: Place
    raw: str
    moved: bool = False
    score: float = 1.0
    exact: bool = False
