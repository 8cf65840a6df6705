"""One worksheet: its texts as displayed, merged cells, sizes of rows and columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sopextract.core.text import strip_controls
from sopextract.errors import SourceError
from sopextract.ingest.xlsx.area import MAX_COLUMNS, MAX_ROWS, Area, Axis, parse_area
from sopextract.ingest.xlsx.formats import show_number, show_text
from sopextract.ingest.xlsx.glyphs import as_drawn
from sopextract.ingest.xlsx.package import Package
from sopextract.ingest.xlsx.workbook import Style, Workbook, plain_text, unescape
from sopextract.ingest.xlsx.xml import is_on, number, whole

# A digit of Calibri 11, the font of nearly all workbooks, is 7 pixels wide at 96 dpi; a column has
# 5 pixels beside its digits (ECMA-376 part 1, 18.3.1.13).
_DIGIT_PX, _PADDING_PX, _PT_PER_PX = 7, 5, 0.75
_DEFAULT_WIDTH_PX = 64
_DEFAULT_HEIGHT_PT = 15.0
_MAX_HEIGHT_PT = 409.5  # Excel's own limits of sizes
_MAX_WIDTH_CHARS = 255.0
# Merged ranges; sheets of 100 pages have some thousands.
_MAX_MERGES = 20_000
_MAX_WORK = 20_000_000  # cells looked at for them: some seconds


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell that holds text; `area` is more than one cell where cells are merged."""

    area: Area
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a worksheet shows. `ruled` are the rows with a rule at some cell.

    `errors` are cells whose value cannot be shown: row, column, what stands there.
    """

    name: str
    cells: tuple[TextCell, ...]
    merged: Mapping[tuple[int, int], Area]
    rows: Axis
    columns: Axis
    ruled: frozenset[int]
    errors: tuple[tuple[int, int, str], ...] = ()
    drawing: str | None = None
    old_drawing: str | None = None

    def area_at(self, row: int, column: int) -> Area:
        """The merged range that holds a cell, or the cell itself."""
        for area in self.merged.values():
            if area.holds(row, column):
                return area
        return Area(row, column, row, column)

    def shows(self, area: Area) -> bool:
        """Whether a row and a column of the range are not hidden."""
        return self.rows.start(area.bottom + 1) > self.rows.start(area.top) and (
            self.columns.start(area.right + 1) > self.columns.start(area.left)
        )


def read_sheet(package: Package, workbook: Workbook, name: str, part: str) -> Sheet:
    """Read a worksheet. Raises SourceError when its part is missing or broken."""
    reader = _Cells(workbook)
    root = package.need(part, reader.is_empty)
    relations = package.relations(part)
    merged = _merged(root)
    texts, errors = reader.read(root)
    covered = _covered(merged, texts)
    cells = tuple(
        TextCell(merged.get(at, Area(*at, *at)), text)
        for at, text in sorted(texts.items())
        if at not in covered
    )
    return Sheet(
        name, cells, merged, _rows(root), _columns(root), frozenset(reader.ruled), tuple(errors),
        _related(root, "drawing", relations), _related(root, "legacyDrawing", relations),
    )  # fmt: skip


def _covered(
    merged: Mapping[tuple[int, int], Area], texts: Mapping[tuple[int, int], str]
) -> frozenset[tuple[int, int]]:
    """Cells with a value that a merged range hides: all of it but the first.

    Raises SourceError when the ranges overlap so much that no program can have written them.
    """
    order = sorted(texts)
    found: set[tuple[int, int]] = set()
    work = 0
    for first, area in merged.items():
        start, end = bisect_left(order, first), bisect_left(order, (area.bottom + 1, 0))
        work += end - start
        if work > _MAX_WORK:
            raise SourceError(
                "is a damaged workbook (merged cells overlap)",
                hint="open it in Excel or LibreOffice, let it repair the file, and save it again",
            )
        found.update(at for at in order[start:end] if area.holds(*at) and at != first)
    return frozenset(found)


def _related(root: Element, tag: str, relations: Mapping[str, tuple[str, str]]) -> str | None:
    element = root.find(tag)
    target = relations.get(element.get("r:id", "")) if element is not None else None
    return target[0] if target is not None else None


class _Cells:
    """Reads the values of a sheet; empty cells leave nothing but the rows that are ruled."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.ruled: set[int] = set()

    def is_empty(self, element: Element) -> bool:
        """Whether an element says nothing once it has ended; notes where a cell is ruled."""
        if element.tag == "c":
            if self._workbook.style(whole(element.get("s"))).ruled:
                area = parse_area(element.get("r", ""))
                if area is not None:
                    self.ruled.add(area.top)
            return len(element) == 0
        if element.tag == "row":
            plain = element.get("ht") is None and element.get("hidden") is None
            return plain and len(element) == 0 and element.get("r") is not None
        return element.tag in ("conditionalFormatting", "dataValidations", "extLst", "f")

    def read(self, root: Element) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, str]]]:
        """The texts of all cells that hold one, by row and column; and the errors."""
        texts: dict[tuple[int, int], str] = {}
        errors: list[tuple[int, int, str]] = []
        row = -1
        for line in root.iterfind("sheetData/row"):
            row = whole(line.get("r"), row + 2) - 1
            column = -1
            for cell in line.iterfind("c"):
                area = parse_area(cell.get("r", ""))
                at = (area.top, area.left) if area is not None else (row, column + 1)
                column = at[1]
                if not (0 <= at[0] < MAX_ROWS and 0 <= at[1] < MAX_COLUMNS):
                    continue
                text, fault = self._value(cell)
                if fault:
                    errors.append((*at, fault))
                if text.strip():
                    texts[at] = text
        return texts, errors

    def _value(self, cell: Element) -> tuple[str, str]:
        """The text that a cell shows, and what of it cannot be shown."""
        style = self._workbook.style(whole(cell.get("s")))
        value = cell.find("v")
        raw = (value.text or "") if value is not None else ""
        match cell.get("t", "n"):
            case "s":
                index = whole(raw, -1)
                known = 0 <= index < len(self._workbook.texts)
                return _shown(self._workbook.texts[index], style) if known else "", ""
            case "inlineStr":
                inline = cell.find("is")
                return (_shown(plain_text(inline), style) if inline is not None else ""), ""
            case "str":
                return _shown(unescape(raw), style), ""
            case "e":
                return "", raw or "#"
            case "b":
                return ("TRUE" if is_on(raw) else "FALSE") if raw else "", ""
            case "d":
                return raw, ""
        amount = number(raw)
        if amount is None:
            return "", raw
        text = show_number(amount, style.code, self._workbook.date_1904)
        return (text, "") if text is not None else ("", raw)


def _shown(text: str, style: Style) -> str:
    text = as_drawn(text.replace("\r\n", "\n").replace("\r", "\n"), style.font)
    return strip_controls(show_text(text, style.code))


def _merged(root: Element) -> dict[tuple[int, int], Area]:
    found: dict[tuple[int, int], Area] = {}
    for merge in root.iterfind("mergeCells/mergeCell"):
        area = parse_area(merge.get("ref", ""))
        if area is not None and len(found) < _MAX_MERGES:
            found[area.top, area.left] = area
    return found


def _rows(root: Element) -> Axis:
    form = root.find("sheetFormatPr")
    default = _DEFAULT_HEIGHT_PT
    if form is not None:
        default = number(form.get("defaultRowHeight")) or default
        default = 0.0 if is_on(form.get("zeroHeight")) else min(max(default, 0), _MAX_HEIGHT_PT)
    sizes: dict[int, float] = {}
    row = -1
    for line in root.iterfind("sheetData/row"):
        row = whole(line.get("r"), row + 2) - 1
        height = number(line.get("ht"))
        if is_on(line.get("hidden")):
            sizes[row] = 0.0
        elif height is not None:
            sizes[row] = min(max(height, 0.0), _MAX_HEIGHT_PT)
        elif default == 0.0:
            sizes[row] = _DEFAULT_HEIGHT_PT
    return Axis(default, {k: v for k, v in sizes.items() if 0 <= k < MAX_ROWS}, MAX_ROWS)


def _columns(root: Element) -> Axis:
    form = root.find("sheetFormatPr")
    default = _DEFAULT_WIDTH_PX * _PT_PER_PX
    if form is not None and (width := number(form.get("defaultColWidth"))) is not None:
        default = _width_pt(width)
    sizes: dict[int, float] = {}
    for columns in root.iterfind("cols/col"):
        first, last = whole(columns.get("min"), 1), whole(columns.get("max"), 1)
        width = number(columns.get("width"))
        size = _width_pt(width) if width is not None else default
        for column in range(max(first, 1) - 1, min(last, MAX_COLUMNS)):
            sizes[column] = 0.0 if is_on(columns.get("hidden")) else size
    return Axis(default, sizes, MAX_COLUMNS)


def _width_pt(characters: float) -> float:
    """A column's width; the file counts digits of the workbook's font, padding included."""
    characters = min(max(characters, 0.0), _MAX_WIDTH_CHARS)
    pixels = int((256 * characters + 128 // _DIGIT_PX) / 256 * _DIGIT_PX)
    return pixels * _PT_PER_PX
