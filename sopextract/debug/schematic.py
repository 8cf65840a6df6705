"""A page without places on paper (Word, Excel, text): grids and symbols in order, on white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from sopextract.core.geometry import BBox, centre
from sopextract.debug.marks import Sheet, bounded_scale
from sopextract.debug.palette import (
    ARROW,
    CELL,
    LABEL,
    PLAIN,
    RESIDUE,
    SYMBOLS,
    WHITE,
    font_of,
)
from sopextract.model.source import SIGNS, Cell, Grid, Page, TextLine

# Points. Own choice: a page as wide as landscape A4 takes the widest step table seen (13 columns).
_WIDTH = 842.0
_MARGIN = 20.0
_SIZE = 6.0
_STEP = 8.0
_SYMBOL = (22.0, 13.0)
_MIN_COLUMN = 22.0
# Bounds of what is drawn: a hostile sheet may have a million cells.
_MAX_COLUMNS = 60
_MAX_HEIGHT = 6000.0
_MAX_LINES = 8
_MAX_CHARS = 400
_NO_SIGNS = str.maketrans(dict.fromkeys("".join(SIGNS.values()), ""))


@dataclass(slots=True)
class _Layout:
    """What stands where: boxes of cells, words, symbols; `y` is how far the page is filled."""

    width: float
    y: float = _MARGIN
    cells: list[BBox] = field(default_factory=list)
    lines: list[tuple[float, float, str]] = field(default_factory=list)
    symbols: dict[int, BBox] = field(default_factory=dict)
    cut: bool = False


def draw_schema(page: Page, scale: float) -> Image.Image:
    """The page's blocks one below another, its connectors straight from symbol to symbol."""
    layout = _lay_out(page)
    size = (layout.width, layout.y + _MARGIN)
    scale = bounded_scale(scale, size)
    sheet = Sheet(Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), WHITE), scale)
    for box in layout.cells:
        sheet.box(box, CELL, 0.8)
    for x, y, words in layout.lines:
        sheet.text((x, y), words, _SIZE)
    for symbol in page.symbols:
        if symbol.id in layout.symbols:
            box, colour = layout.symbols[symbol.id], SYMBOLS[symbol.outline]
            sheet.symbol(symbol.outline, box, colour)
            sheet.text((box[0] + 3, box[1] + 3), str(symbol.id), _SIZE, colour)
    for connector in page.connectors:
        ends = [layout.symbols.get(e) for e in (connector.tail, connector.head) if e is not None]
        points = [centre(box) for box in ends if box is not None]
        if len(points) == 2:
            colour = ARROW if connector.directed else PLAIN
            sheet.arrow(_shortened(points[0], points[1]), colour, connector.directed)
            if connector.label:
                sheet.text(_middle(points), connector.label[:40], _SIZE, LABEL)
    if layout.cut:
        sheet.text((_MARGIN, layout.y), "… (sisanya tidak digambar)", _SIZE, RESIDUE)
    return sheet.picture


def _lay_out(page: Page) -> _Layout:
    widest = max((len(r) for b in page.blocks if isinstance(b, Grid) for r in b.rows), default=1)
    columns = min(max(1, widest), _MAX_COLUMNS)
    layout = _Layout(max(_WIDTH, columns * _MIN_COLUMN + 2 * _MARGIN))
    for block in page.blocks:
        if layout.y > _MAX_HEIGHT:
            layout.cut = True
            break
        if isinstance(block, Grid):
            _put_grid(layout, block)
        else:
            _put_line(layout, block)
    loose = [s for s in page.symbols if s.id not in layout.symbols]
    if loose:  # drawn outside every cell
        for k, symbol in enumerate(loose[:_MAX_COLUMNS]):
            x = _MARGIN + k * (_SYMBOL[0] + 6)
            layout.symbols[symbol.id] = (x, layout.y + 4, x + _SYMBOL[0], layout.y + 4 + _SYMBOL[1])
        layout.y += _SYMBOL[1] + 10
    for one in page.residue[:_MAX_COLUMNS]:
        words = f"[{one.kind.value}] {one.text[:80]} {one.place.where or ''}".strip()
        layout.lines.append((_MARGIN, layout.y, words))
        layout.y += _STEP
    return layout


def _put_line(layout: _Layout, line: TextLine) -> None:
    if line.text.strip():
        layout.lines.append((_MARGIN, layout.y, line.text[:_MAX_CHARS]))
    elif not layout.lines or layout.lines[-1][1] < layout.y - _STEP:
        return  # one blank line is enough
    layout.y += _STEP


def _put_grid(layout: _Layout, grid: Grid) -> None:
    columns = min(max((len(row) for row in grid.rows), default=1) or 1, _MAX_COLUMNS)
    width = (layout.width - 2 * _MARGIN) / columns
    for row in grid.rows:
        if layout.y > _MAX_HEIGHT:
            layout.cut = True
            return
        shown = row[:columns]
        layout.cut = layout.cut or len(row) > columns
        wrapped = [_wrap(cell.text, width - 4) for cell in shown]
        height = max([_STEP + 4, *(_height(c, w) for c, w in zip(shown, wrapped, strict=True))])
        for k, (cell, lines) in enumerate(zip(shown, wrapped, strict=True)):
            x = _MARGIN + k * width
            layout.cells.append((x, layout.y, x + width, layout.y + height))
            _put_cell(layout, cell, lines, x + 2, width - 4)
        layout.y += height
    layout.y += _STEP


def _height(cell: Cell, lines: Sequence[str]) -> float:
    return 4 + len(lines) * _STEP + (_SYMBOL[1] + 3 if cell.symbols else 0)


def _put_cell(layout: _Layout, cell: Cell, lines: Sequence[str], x: float, width: float) -> None:
    top = layout.y + 2
    if cell.symbols:
        step = min(_SYMBOL[0] + 3, width / len(cell.symbols))
        for k, symbol in enumerate(cell.symbols):
            left = x + k * step
            layout.symbols[symbol.id] = (
                left, top, left + min(_SYMBOL[0], step), top + _SYMBOL[1],
            )  # fmt: skip
        top += _SYMBOL[1] + 3
    for k, line in enumerate(lines):
        layout.lines.append((x, top + k * _STEP, line))


def _wrap(text: str, width: float) -> list[str]:
    """Lines of a cell's text that fit a width; signs of symbols are left out, they are drawn."""
    font = font_of(_SIZE * 4)
    lines: list[str] = []
    for given in text[:_MAX_CHARS].translate(_NO_SIGNS).split("\n"):
        line = ""
        for word in given.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) / 4 > width:
                lines.append(line)
                line = word
            else:
                line = longer
        if line:
            lines.append(line)
    return lines if len(lines) <= _MAX_LINES else [*lines[: _MAX_LINES - 1], "…"]


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return (points[0][0] + points[1][0]) / 2 + 2, (points[0][1] + points[1][1]) / 2


def _shortened(
    a: tuple[float, float], b: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The line from one symbol to another, ending beside their middles so that both are seen."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = max(abs(dx) / _SYMBOL[0], abs(dy) / _SYMBOL[1]) * 2 or 1.0
    share = min(0.45, 1 / size)
    return (a[0] + dx * share, a[1] + dy * share), (b[0] - dx * share, b[1] - dy * share)
