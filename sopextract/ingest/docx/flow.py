"""From placed shapes to the drawn flow: symbols in their cells, connectors with their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.ingest.docx.labels import MAX_LABEL, DrawnLine, is_label, label_lines
from sopextract.ingest.docx.layout import Key, LaidTable, Layout, Placed
from sopextract.ingest.docx.outlines import find_outline
from sopextract.ingest.docx.placing import place_rows
from sopextract.ingest.own_marks import outline_score
from sopextract.ingest.snapping import join_strokes
from sopextract.ingest.strokes import Join, Reach, Stroke, Target
from sopextract.model.source import Connector, Outline, Place, Residue, ResidueKind, Symbol

_MIN_SIZE_PT = 4.0  # smaller forms are dots and handles
_MIN_LINE_PT = 2.0
_FRAME_SHARE = 0.6  # of the table's width; wider forms frame or cover something
_NEAR_TABLE_PT = 80.0  # so far above or below a table its pentagons may hang
_MAX_STROKES = 1500  # of one file; a compendium of ten sheets has about 400
_LOOSE_PT = 15.0  # an end that joins nothing counts as so far off
_LARGE_PT = (300.0, 150.0)  # a picture of at least this size may hold a flow


@dataclass(frozen=True, slots=True)
class DrawnFlow:
    """What the shapes of a story mean.

    `in_cells` are symbols by table, row and column (from 0, of the table's edges); `words` texts
    by the same; `used` names every shape that stands in no running text. `misfit` is how far, in
    points, the ends of all lines are from what they join.
    """

    symbols: tuple[Symbol, ...] = ()
    connectors: tuple[Connector, ...] = ()
    in_cells: Mapping[tuple[int, int, int], tuple[Symbol, ...]] | None = None
    words: Mapping[tuple[int, int, int], tuple[str, ...]] | None = None
    used: frozenset[Key] = frozenset()
    residue: tuple[Residue, ...] = ()
    large_picture: bool = False
    misfit: float = 0.0


@dataclass(frozen=True, slots=True)
class _Item:
    """One shape in its row and column; `table` None for one that lies in none."""

    shape: Placed
    table: int | None
    row: int | None = None
    column: int | None = None
    score: float = 1.0


class _Sorted:
    """The shapes of a layout by what they are."""

    def __init__(self, layout: Layout) -> None:
        self.strokes: list[Placed] = []
        self.symbols: list[tuple[_Item, Outline, float]] = []
        self.labels: list[Placed] = []
        self.words: list[_Item] = []
        self.pictures: list[Placed] = []
        forms: dict[int | None, list[Placed]] = {}
        for placed in layout.shapes:
            if placed.shape.geometry == "picture":
                self.pictures.append(placed)
            elif not placed.shape.closed:
                left, top, right, bottom = placed.bbox
                if max(right - left, bottom - top) >= _MIN_LINE_PT:
                    self.strokes.append(placed)
            elif is_label(placed):
                self.labels.append(placed)
            else:
                forms.setdefault(_table_of(placed, layout), []).append(placed)
        for table, shapes in forms.items():
            self._sort(shapes, None if table is None else layout.tables[table])

    def _sort(self, shapes: Sequence[Placed], laid: LaidTable | None) -> None:
        drawn = [s for s in shapes if _is_symbol(s, laid)]
        for item in _in_rows(drawn, laid):
            outline = find_outline(item.shape.shape)
            if outline is not None:
                kind, score = outline
                score = outline_score(kind, score, dashed=item.shape.shape.dashed)
                self.symbols.append((item, kind, score))
        chosen = {s.key for s in drawn}
        texts = [s for s in shapes if s.key not in chosen and s.shape.text.strip()]
        self.words += _in_rows(texts, laid)


def read_flow(layout: Layout) -> DrawnFlow:
    """Sort the shapes of a story, place the symbols and find what the lines join."""
    sort = _Sorted(layout)
    order = sorted(sort.symbols, key=lambda s: _reading_order(s[0], layout))
    symbols = tuple(
        Symbol(i, outline, _place(item, layout), squeeze(item.shape.shape.text), score * item.score)
        for i, (item, outline, score) in enumerate(order, 1)
    )
    items = [item for item, _, _ in order]
    connectors, loose = _connect(sort.strokes[:_MAX_STROKES], items, symbols, layout)
    connectors, unused = label_lines(connectors, sort.labels, sort.strokes, symbols, layout)
    words = [*sort.words, *(_beside(label, layout) for label in unused)]
    in_cells: dict[tuple[int, int, int], list[Symbol]] = {}
    for item, symbol in zip(items, symbols, strict=True):
        if item.table is not None and item.row is not None and item.column is not None:
            in_cells.setdefault((item.table, item.row, item.column), []).append(symbol)
    in_words: dict[tuple[int, int, int], list[str]] = {}
    for item in words:
        if item.table is not None and item.row is not None and item.column is not None:
            text = item.shape.shape.text
            in_words.setdefault((item.table, item.row, item.column), []).append(text)
    outside = {i.shape.key for i in words if i.table is None or i.row is None or i.column is None}
    return DrawnFlow(
        symbols,
        _each_once(connectors),
        {k: tuple(v) for k, v in in_cells.items()},
        {k: tuple(v) for k, v in in_words.items()},
        frozenset(s.key for s in layout.shapes) - outside,
        (*loose, *_pictures(sort.pictures)),
        any(_is_large(p) for p in sort.pictures),
        sum(c.misfit for c in connectors) + _LOOSE_PT * len(loose),
    )


def _is_symbol(placed: Placed, laid: LaidTable | None) -> bool:
    """Whether a form is one of the flow's symbols. Outside tables forms with text hold text."""
    shape = placed.shape
    if find_outline(shape) is None:
        return False
    left, top, right, bottom = placed.bbox
    if min(right - left, bottom - top) < _MIN_SIZE_PT:
        return False
    if laid is None:
        return not shape.text.strip() and shape.geometry != "rect"
    if right - left > _FRAME_SHARE * (laid.columns[-1] - laid.columns[0]):
        return False
    if shape.geometry in ("rect", "unknown"):
        return shape.lined or (shape.filled and not shape.textbox)
    return True


def _table_of(placed: Placed, layout: Layout) -> int | None:
    """The table that a shape lies in or hangs on, by its anchor or its height."""
    spot = placed.spot
    x, y = placed.centre
    if spot.table is not None and spot.table in layout.tables:
        return spot.table
    symbol = find_outline(placed.shape) is not None and not placed.shape.textbox
    if len(placed.shape.text) > MAX_LABEL:
        return None  # text that floats over the page
    best: tuple[float, int] | None = None
    for number, laid in layout.tables.items():
        off = max(laid.rows[0] - y, 0.0, y - laid.rows[-1])
        beside = x < laid.columns[0] or x > laid.columns[-1]
        if off <= _NEAR_TABLE_PT and not beside and (best is None or off < best[0]):
            best = (off, number)
    if best is None:
        return None
    return best[1] if best[0] == 0 or symbol else None


def _in_rows(shapes: Sequence[Placed], laid: LaidTable | None) -> list[_Item]:
    if laid is None:
        return [_Item(shape, None) for shape in shapes]
    items: list[_Item] = []
    for shape, row in zip(shapes, place_rows(shapes, laid), strict=True):
        number = laid.table.number
        spot = shape.spot
        column = None if row.row is None else _column(shape, row.row, laid)
        if spot.inline and spot.table == number:
            column = laid.table.rows[spot.row].cells[spot.cell].start
        items.append(_Item(shape, number, row.row, column, row.score))
    return items


def _column(shape: Placed, row: int, laid: LaidTable) -> int | None:
    """The column where the cell begins that a shape lies in."""
    column = laid.column_at(shape.centre[0])
    if column is None:
        return None
    for cell in laid.table.rows[row].cells:
        if cell.start <= column < cell.end:
            return cell.start
    return column


def _beside(label: Placed, layout: Layout) -> _Item:
    """Where a word stands that labels no line: in a cell, as if it were typed there."""
    table = _table_of(label, layout)
    return _in_rows([label], None if table is None else layout.tables[table])[0]


def _reading_order(item: _Item, layout: Layout) -> tuple[float, ...]:
    """Down the story; in a row from left to right."""
    left, top, _, _ = item.shape.bbox
    if item.table is None or item.row is None or item.column is None:
        return (top, left)
    return (layout.tables[item.table].rows[item.row], item.column, top, left)


def _place(item: _Item, layout: Layout) -> Place:
    """A cell as Word counts it, or the paragraph of the anchor."""
    if item.table is None or item.row is None or item.column is None:
        spot = item.shape.spot
        if spot.table is not None:
            return Place(where=f"table {spot.table}, row {spot.row + 1}")
        return Place(where=f"paragraph {spot.ordinal}")
    cells = layout.tables[item.table].table.rows[item.row].cells
    ordinal = next((c.ordinal for c in cells if c.start <= item.column < c.end), item.column + 1)
    return Place(where=f"table {item.table}, row {item.row + 1}, cell {ordinal}")


def _connect(
    strokes: Sequence[Placed], items: Sequence[_Item], symbols: Sequence[Symbol], layout: Layout
) -> tuple[list[DrawnLine], list[Residue]]:
    names = _names(items, symbols)
    drawn = [
        Stroke(
            s.points,
            s.shape.arrow_start,
            s.shape.arrow_end,
            _glued(s, s.shape.start, names),
            _glued(s, s.shape.end, names),
        )
        for s in strokes
    ]
    targets = [
        Target(symbol.id, symbol.outline, item.shape.bbox)
        for item, symbol in zip(items, symbols, strict=True)
    ]

    def slack(stroke: int, target: int) -> float:
        return layout.doubt(strokes[stroke], items[target].shape)

    found: list[DrawnLine] = []
    taken: set[int] = set()
    for join in join_strokes(drawn, targets, Reach(slack=slack)):
        place = _line_place(strokes[join.strokes[0]])
        taken.update(join.strokes)
        misfit = join.gap + _LOOSE_PT * ((join.tail is None) + (join.head is None))
        found.append(DrawnLine(_connector(join, drawn, place), join.strokes, misfit, join.begin))
    loose = [
        Residue(ResidueKind.CONNECTOR, _line_place(s))
        for i, s in enumerate(strokes)
        if i not in taken and (s.shape.arrow_start or s.shape.arrow_end)
    ]
    return found, loose


def _each_once(lines: Sequence[DrawnLine]) -> tuple[Connector, ...]:
    """One connector for each pair of symbols: with a label and a head rather than without.

    Two with different labels are two exits that lead to the same symbol.
    """
    between: dict[tuple[int | None, int | None], list[Connector]] = {}
    for line in lines:
        between.setdefault((line.connector.tail, line.connector.head), []).append(line.connector)
    return tuple(c for connectors in between.values() for c in _exits_of(connectors))


def _exits_of(connectors: Sequence[Connector]) -> tuple[Connector, ...]:
    """Of connectors between the same two symbols those that say most, one for each label."""
    headed = [c for c in connectors if c.directed] or connectors
    said = [c for c in headed if c.label] or headed
    best: dict[str, Connector] = {}
    for connector in said:
        old = best.get(connector.label)
        if old is None or connector.score > old.score:
            best[connector.label] = connector
    return tuple(best.values())


def _connector(join: Join, strokes: Sequence[Stroke], place: Place) -> Connector:
    tail, head = join.tail, join.head
    if not join.directed and tail is not None and head is not None and tail > head:
        tail, head = head, tail  # ids are in reading order
    glued = all(
        s.start is not None and s.end is not None for s in (strokes[i] for i in join.strokes)
    )
    score = 1.0 if glued else max(0.97 - 0.03 * join.gap, 0.6)
    if None in (tail, head):
        score = 0.5
    return Connector(tail, head, place, directed=join.directed, score=round(score, 2))


def _names(items: Sequence[_Item], symbols: Sequence[Symbol]) -> dict[tuple[str, int, str], int]:
    """Symbols by what connectors call them: in the same drawing first, then in the whole file."""
    found: dict[tuple[str, int, str], int] = {}
    for item, symbol in zip(items, symbols, strict=True):
        paragraph, drawing, _ = item.shape.key
        for name in item.shape.shape.names:
            found.setdefault((name, 0, ""), symbol.id)
            found.setdefault((name, paragraph, str(drawing)), symbol.id)
    return found


def _glued(
    stroke: Placed, name: str | None, names: Mapping[tuple[str, int, str], int]
) -> int | None:
    if name is None:
        return None
    paragraph, drawing, _ = stroke.key
    return names.get((name, paragraph, str(drawing)), names.get((name, 0, "")))


def _line_place(stroke: Placed) -> Place:
    spot = stroke.spot
    if spot.table is None:
        return Place(where=f"paragraph {spot.ordinal}")
    return Place(where=f"table {spot.table}, row {spot.row + 1}")


def _pictures(pictures: Sequence[Placed]) -> list[Residue]:
    return [Residue(ResidueKind.PICTURE, _line_place(p)) for p in pictures]


def _is_large(picture: Placed) -> bool:
    left, top, right, bottom = picture.bbox
    return right - left >= _LARGE_PT[0] and bottom - top >= _LARGE_PT[1]
