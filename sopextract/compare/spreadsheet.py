"""Tables of plain values as an .xlsx file, row by row: frozen heads, filters, text that stays text.

openpyxl needs some 30 µs for a cell, even in its write-only mode: a minute or more for the two
million of 10,000 SOPs, as long as the whole comparison. Values without pictures, merges and
formulas need little XML; tests read it back with openpyxl, `make judge` asks Microsoft's schema.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from typing import IO

from sopextract.core.spreadsheet import MAX_ROWS, cell_text, is_computed
from sopextract.core.text import strip_controls
from sopextract.render.office import XML_HEAD, core_properties, xml_text

Value = str | int | float | None
Row = Sequence[Value]

NAME_MAX = 31  # what Excel allows for a sheet's name
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can hold
LINE_PT, HEIGHT_MAX_PT = 12.75, 409.0  # a line of 10 points; the highest row that Excel has
RULED_MAX = 30  # columns of tables whose empty cells are ruled too; wider ones are mostly empty
_BATCH = 2000  # rows that are put into the file at once
# Cell styles of `_STYLES`, in its order.
PLAIN, TEXT, QUOTED, HEAD, HEAD_QUOTED, PERCENT, TITLE, NUMBER = range(8)

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Heading(str):
    """A text set in bold."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and whether its numbers are shares."""

    head: str
    width: int
    share: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `plain`: no filter, the head is a title. `frozen`: columns that stay in view."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    plain: bool = False
    frozen: int = 0


@dataclass(slots=True)
class _Texts:
    """Texts of the whole file, each held once."""

    numbers: dict[str, int] = field(default_factory=dict)
    used: int = 0

    def put(self, text: str) -> int:
        self.used += 1
        return self.numbers.setdefault(text, len(self.numbers))


def render_tables(tables: Iterable[Table], title: str) -> bytes:
    """The file's bytes; the same tables give the same bytes.

    Rows that a sheet cannot hold go on in a second one, "Langkah sejajar 2".
    """
    buffer = io.BytesIO()
    texts = _Texts()
    filters: list[tuple[str, str]] = []  # name of each sheet, and its range with a filter
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(_that_fit(tables), start=1):
            with _part(archive, f"xl/worksheets/sheet{number}.xml") as part:
                for text, so_far in _sheet(table, texts):
                    part.write(text.encode())
                    last = so_far
            area = f"$A$1:${letters(len(table.columns))}${last}"
            filters.append((table.name, "" if table.plain else area))
        for name, text in _parts(filters, texts, title).items():
            with _part(archive, name) as part:
                part.write(text.encode())
    return buffer.getvalue()


def _that_fit(tables: Iterable[Table]) -> Iterator[Table]:
    for table in tables:
        rows = iter(table.rows)
        for number in count(1):
            ending = f" {number}" if number > 1 else ""
            name = table.name[: NAME_MAX - len(ending)] + ending
            yield replace(table, name=name, rows=islice(rows, MAX_ROWS - 1))
            more = next(rows, None)
            if more is None:
                break
            rows = chain((more,), rows)


def letters(column: int) -> str:
    """A column's name, counted from 1.

    >>> letters(1), letters(26), letters(27)
    ('A', 'Z', 'AA')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _part(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    return archive.open(info, "w", force_zip64=True)


def _sheet(table: Table, texts: _Texts) -> Iterator[tuple[str, int]]:
    """The XML of a sheet in pieces, each with the number of the last row so far."""
    names = [letters(i) for i in range(1, len(table.columns) + 1)]
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{c.width}" customWidth="1"/>'
        for i, c in enumerate(table.columns, 1)
    )
    left = f' xSplit="{table.frozen}"' if table.frozen else ""
    corner = letters(table.frozen + 1) + "2"
    pane = "bottomRight" if table.frozen else "bottomLeft"
    yield (
        (
            f'{XML_HEAD}<worksheet {_MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0"><pane{left} ySplit="1" '
            f'topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
            f'<selection pane="{pane}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="13"/><cols>{widths}</cols><sheetData>'
            f"{_head(table.columns, names, texts)}"
        ),
        1,
    )
    last = 1
    rows = iter(table.rows)
    while batch := list(islice(rows, _BATCH)):
        first = last + 1
        parts = [_row(n, row, names, table.columns, texts) for n, row in enumerate(batch, first)]
        last += len(batch)
        yield "".join(parts), last
    area = f'<autoFilter ref="A1:{names[-1]}{last}"/>' if not table.plain else ""
    yield (
        (
            f'</sheetData>{area}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" '
            'header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" '
            'fitToHeight="0"/></worksheet>'
        ),
        last,
    )


def _head(columns: Sequence[Column], names: Sequence[str], texts: _Texts) -> str:
    found = []
    lines = 1
    for column, name in zip(columns, names, strict=True):
        text = _clean(column.head)
        lines = max(lines, _lines(text, column.width - 1))
        style = HEAD_QUOTED if is_computed(text) else HEAD
        found.append(f'<c r="{name}1" s="{style}" t="s"><v>{texts.put(text)}</v></c>')
    return f'<row r="1" ht="{_height(lines)}">{"".join(found)}</row>'


def _row(
    number: int, row: Row, names: Sequence[str], columns: Sequence[Column], texts: _Texts
) -> str:
    cells = []
    lines = 1
    for name, value, column in zip(names, row, columns, strict=True):
        if value is None:
            if len(columns) <= RULED_MAX:
                cells.append(f'<c r="{name}{number}" s="{TEXT}"/>')
            continue
        if isinstance(value, str):
            text = _clean(value)
            if len(text) > column.width - 3 or "\n" in text:
                lines = max(lines, _lines(text, column.width))
            style = TITLE if type(value) is Heading else TEXT
            if is_computed(text):  # no formula after an edit either
                style = QUOTED
            cells.append(f'<c r="{name}{number}" s="{style}" t="s"><v>{texts.put(text)}</v></c>')
        else:
            style = PERCENT if column.share else NUMBER
            cells.append(f'<c r="{name}{number}" s="{style}"><v>{value}</v></c>')
    return f'<row r="{number}" ht="{_height(lines)}">{"".join(cells)}</row>'


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, rather one too many than one too few."""
    room = max(width - 3, 3)
    return sum(-(-len(line) // room) or 1 for line in text.split("\n"))


def _height(lines: int) -> float:
    """The height of a row in points; some programs give all rows one, where none is told."""
    return min(lines * LINE_PT + 1.5, HEIGHT_MAX_PT)


def _clean(text: str) -> str:
    return cell_text(strip_controls(text))[0]


def _parts(sheets: Sequence[tuple[str, str]], texts: _Texts, title: str) -> dict[str, str]:
    """Everything beside the sheets."""
    return {
        "xl/sharedStrings.xml": _shared(texts),
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
        "docProps/core.xml": core_properties(title, "", 315_532_800),
        "_rels/.rels": _PACKAGE_RELATIONS,
        "[Content_Types].xml": _content_types(len(sheets)),
    }


def _shared(texts: _Texts) -> str:
    items = "".join(
        f'<si><t xml:space="preserve">{xml_text(text)}</t></si>' for text in texts.numbers
    )
    counts = f'count="{texts.used}" uniqueCount="{len(texts.numbers)}"'
    return f"{XML_HEAD}<sst {_MAIN} {counts}>{items}</sst>"


def _workbook(sheets: Sequence[tuple[str, str]]) -> str:
    named = "".join(
        f'<sheet name="{xml_text(name)}" sheetId="{i}" r:id="rId{i}"/>'
        for i, (name, _) in enumerate(sheets, 1)
    )
    defined = []
    for i, (name, area) in enumerate(sheets):
        quoted = xml_text("'" + name.replace("'", "''") + "'")
        if area:
            defined.append(
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{i}" hidden="1">'
                f"{quoted}!{area}</definedName>"
            )
        defined.append(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{i}">{quoted}!$1:$1'
            "</definedName>"
        )
    return (
        f'{XML_HEAD}<workbook {_MAIN} xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{named}</sheets><definedNames>{''.join(defined)}</definedNames></workbook>"
    )


def _relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, count + 1)
    )
    return (
        f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}'
        f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdTexts" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    )


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_CONTENT}.worksheet+xml"/>'
        for i in range(1, count + 1)
    )
    return (
        f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_CONTENT}.sharedStrings+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
        'package.core-properties+xml"/></Types>'
    )


_PACKAGE_RELATIONS = (
    f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" '
    f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_WRAP = '<alignment vertical="top" wrapText="1"/>'
_INDENTED = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
_STYLES = (
    f'{XML_HEAD}<styleSheet {_MAIN}><fonts count="3">'
    '<font><sz val="10"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="10"/><color rgb="FF1F3A5F"/><name val="Arial"/><family val="2"/></font>'
    '</fonts><fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FF1F3A5F"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="hair"><color rgb="FFB8C1CC"/></bottom><diagonal/>'
    '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    '/></cellStyleXfs><cellXfs count="8">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">'
    f"{_INDENTED}</xf>"
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" quotePrefix="1" '
    f'applyAlignment="1">{_INDENTED}</xf>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" '
    f'applyAlignment="1">{_INDENTED}</xf>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" quotePrefix="1" applyFont="1" '
    f'applyFill="1" applyAlignment="1">{_INDENTED}</xf>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" '
    f'applyAlignment="1">{_WRAP}</xf>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    f"{_INDENTED}</xf>"
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">'
    f"{_WRAP}</xf>"
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
