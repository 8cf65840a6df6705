"""Joins the parts of a step table: halves side by side first, then continuations below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import label_key
from sopextract.model.draft import Change, TablePart
from sopextract.model.source import Cell, Place
from sopextract.parse.langkah.columns import QUALITY, Columns
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.laid import PartRow
from sopextract.parse.langkah.parts import Part

# Two labels of one actor column on two pages are the same name above this; "Kasubag Program" and
# "Kasubag PKP" stand at 0.69, OCR slips in a long name seldom fall below 0.85.
_SAME_NAME = 0.82


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the joined table. `actors` holds a cell per actor column, in order.

    `exact` rows stand in their true columns; `opens` says that the row is the first of its part.
    """

    no: Cell | None
    kegiatan: Cell | None
    actors: tuple[Cell | None, ...]
    quality: dict[str, Cell | None]
    place: Place
    raw: str
    moved: bool
    score: float
    part: int
    exact: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A whole step table. `actors`: a label per column (None: lost); `also`: its other labels.

    `places` are where the labels stand, an empty place for what is not known.
    """

    actors: tuple[str | None, ...]
    also: tuple[tuple[str, ...], ...]
    quality: frozenset[str]
    rows: tuple[TableRow, ...]
    parts: tuple[TablePart, ...]
    changes: tuple[Change, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def join_parts(parts: Sequence[Part]) -> Table | None:
    """One table out of the parts of one SOP, in reading order; None when there is no part.

    Half tables (No and Kegiatan on one page, Mutu Baku on the next) are joined row by row. Actor
    columns of continued parts are matched by position, and by name where their number differs.
    """
    changes: list[Change] = []
    whole = _join_halves(parts, changes)
    if not whole:
        return None
    names: list[str | None] = [label for _, label in whole[0].columns.actors]
    also: list[list[str]] = [[] for _ in names]
    rows: list[TableRow] = []
    printed: list[TablePart] = []
    places: dict[int, Place] = {}
    quality: set[str] = set()
    for number, part in enumerate(whole):
        columns = part.columns
        where = _match_actors(names, also, [label for _, label in columns.actors])
        quality.update(columns.quality)
        found = dict(columns.places)
        for (position, label), k in zip(columns.actors, where, strict=True):
            if position in found and label is not None:
                places.setdefault(k, found[position])
        changes.extend(
            Change(f"label:{role}", f"kolom {a + 1}", f"kolom {b + 1}", "layout.header-shift", 0.9)
            for role, a, b in columns.moved
        )
        first = len(rows)
        made = [_table_row(row, columns, where, len(names), number) for row in part.rows]
        rows.extend(replace(row, opens=k == 0) for k, row in enumerate(made))
        labels = tuple(columns.labels.items())
        printed.append(
            TablePart(
                tuple(label for _, label in columns.actors),
                labels,
                part.numbers,
                (first + 1, len(rows)),
            )
        )
    width = len(names)
    rows = [replace(row, actors=row.actors + (None,) * (width - len(row.actors))) for row in rows]
    return Table(
        tuple(names),
        tuple(tuple(a) for a in also),
        frozenset(quality),
        tuple(rows),
        tuple(printed),
        tuple(changes),
        whole[0].columns.labels,
        tuple(places.get(k, Place()) for k in range(width)),
    )


def _join_halves(parts: Sequence[Part], changes: list[Change]) -> list[Part]:
    waiting = [p for p in parts if p.columns.kegiatan is None]
    joined: list[Part] = []
    for part in parts:
        if part.columns.kegiatan is None:
            continue
        if part.columns.quality:
            joined.append(part)
            continue
        right = _right_half(part, waiting)
        if right is None:
            joined.append(part)
            continue
        waiting.remove(right)
        joined.append(_side_by_side(part, right, changes))
    return joined


def _right_half(left: Part, waiting: Iterable[Part]) -> Part | None:
    after = [p for p in waiting if p.start >= left.end]
    same = [p for p in after if len(_body(p)) == len(_body(left))]
    return next(iter(same or after), None)


def _body(part: Part) -> list[PartRow]:
    return [row for row in part.rows if any(cell and cell.text for cell in row.cells)]


def _side_by_side(left: Part, right: Part, changes: list[Change]) -> Part:
    shift = left.columns.width
    a, b = left.columns, right.columns
    places = (*a.places, *((j + shift, place) for j, place in b.places))
    columns = Columns(
        a.no,
        a.kegiatan,
        (*a.actors, *((j + shift, label) for j, label in b.actors)),
        {name: j + shift for name, j in b.quality.items()},
        {**b.labels, **a.labels},
        shift + b.width,
        places=places,
    )
    lefts, rights = _body(left), _body(right)
    equal = len(lefts) == len(rights)
    if not equal:
        changes.append(
            Change(
                "label:mutu_baku",
                f"{len(lefts)} | {len(rights)}",
                f"{len(lefts)}",
                "layout.halves-unequal",
                0.5,
            )
        )
    empty = PartRow((None,) * b.width, Place(), "")
    rows = []
    for i, row in enumerate(lefts):
        other = rights[i] if i < len(rights) else empty
        cells = (*row.cells, *(None,) * (shift - len(row.cells)), *other.cells)
        score = min(row.score, other.score, 1.0 if equal else 0.6)
        moved = row.moved or other.moved
        raw = f"{row.raw} | {other.raw}"
        rows.append(PartRow(cells, row.place, raw, moved, score, row.exact and other.exact))
    return Part(left.start, right.end, columns, tuple(rows), left.numbers + right.numbers)


def _match_actors(
    names: list[str | None], also: list[list[str]], labels: Sequence[str | None]
) -> list[int]:
    """For each actor column of a part its place in the table; new names are appended."""
    if len(labels) == len(names):
        where = list(range(len(names)))
    else:
        where, free = [], list(range(len(names)))
        for label in labels:
            best = max(free, key=lambda k: _same(names[k], label), default=None)
            if best is None or _same(names[best], label) < _SAME_NAME:
                names.append(label)
                also.append([])
                best = len(names) - 1
            else:
                free.remove(best)
            where.append(best)
    for k, label in zip(where, labels, strict=True):
        if label is None:
            continue
        if names[k] is None:
            names[k] = label
        elif _same(names[k], label) < _SAME_NAME and label not in also[k]:
            also[k].append(label)
    return where


def _same(a: str | None, b: str | None) -> float:
    if a is None or b is None:
        return 0.0
    return fuzz.ratio(label_key(a), label_key(b)) / 100


def _table_row(
    row: PartRow, columns: Columns, where: Sequence[int], width: int, part: int
) -> TableRow:
    def at(position: int | None) -> Cell | None:
        return row.cells[position] if position is not None and position < len(row.cells) else None

    actors: list[Cell | None] = [None] * width
    for (position, _), k in zip(columns.actors, where, strict=True):
        cell = at(position)
        actors[k] = cell if cell is not None and cell.text else None
    quality = {name: at(columns.quality[name]) for name in QUALITY if name in columns.quality}
    return TableRow(
        at(columns.no),
        at(columns.kegiatan),
        tuple(actors),
        quality,
        row.place,
        row.raw,
        row.moved,
        row.score,
        part,
        row.exact,
    )


def cell_text(cell: Cell | None) -> str:
    """The squeezed text of a cell; empty for no cell."""
    return squeeze(cell.text) if cell is not None else ""


def is_marks_only(row: TableRow) -> bool:
    """Whether a row holds nothing but symbols and arrows in actor columns."""
    others = [row.no, row.kegiatan, *row.quality.values()]
    return any(cell_text(c) for c in row.actors) and not any(
        cell_text(c) and not look_at(cell_text(c)).mark for c in others
    )
