"""One worksheet: its cells, merged ranges, sizes in whole pixels, and its XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from sopextract.core.marks import INFERRED_SIGN
from sopextract.core.spreadsheet import cell_text
from sopextract.render.office import XML_HEAD, xml_text
from sopextract.render.sheet.model import Mark
from sopextract.render.sheet.paper import BOTTOM_MM, TOP_MM
from sopextract.render.xlsx.styles import FONT, MAIN, Style, Styles

PX_PER_MM = 96 / 25.4
EMU_PER_PX = 9525
DIGIT_PX = 7  # the widest digit of the plain font, the unit of column widths
ROW_MAX_PT = 409.0
SIDE_MM = 9.0  # narrower than on paper: columns are whole pixels, which may add up to more
PAPERS = {(210.0, 297.0): 9, (215.0, 330.0): 14}  # Excel's numbers: A4, folio (216 × 330 mm)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def column_name(index: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(25), column_name(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(slots=True)
class Sheet:
    """A worksheet in the making; rows and columns count from 0."""

    name: str
    widths_mm: Sequence[float]
    styles: Styles
    landscape: bool = True
    paper: int = 9
    heights_mm: list[float] = field(default_factory=list)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    frozen: int = 0
    foot: str = ""
    print_area: str = ""
    drawing: str = ""  # the drawing's XML
    table: str = ""  # the table's XML

    def row(self, height_mm: float) -> int:
        """A new row below; its number."""
        self.heights_mm.append(height_mm)
        return len(self.heights_mm) - 1

    def put(self, row: int, column: int, text: str, style: Style, mark: Mark = Mark.NONE) -> None:
        """A text; where `mark` says that it was inferred, its last character is that sign."""
        where = f'r="{column_name(column)}{row + 1}" s="{self.styles.number(style)}"'
        if not text:
            self.cells[row, column] = f"<c {where}/>"
        elif mark is Mark.INFERRED and text.endswith(INFERRED_SIGN):
            self.cells[row, column] = (
                f'<c {where} t="inlineStr"><is>{_run(text[:-1], style)}'
                f"{_run(INFERRED_SIGN, style, raised=True)}</is></c>"
            )
        else:
            body = f'<is><t xml:space="preserve">{xml_text(cell_text(text)[0])}</t></is>'
            self.cells[row, column] = f'<c {where} t="inlineStr">{body}</c>'

    def put_number(self, row: int, column: int, value: float, style: Style) -> None:
        """A number."""
        where = f'r="{column_name(column)}{row + 1}" s="{self.styles.number(style)}"'
        self.cells[row, column] = f"<c {where}><v>{value:g}</v></c>"

    def merge(self, first: tuple[int, int], last: tuple[int, int], style: Style) -> None:
        """Join a range; its other cells get the style for their borders."""
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                if (row, column) not in self.cells:
                    self.put(row, column, "", style)
        if first != last:
            ends = (f"{column_name(c)}{r + 1}" for r, c in (first, last))
            self.merged.append(":".join(ends))

    def column_edges(self) -> list[int]:
        """Pixels of the columns' edges from the left."""
        return [0, *accumulate(round(w * PX_PER_MM) for w in self.widths_mm)]

    def row_edges(self) -> list[int]:
        """Pixels of the rows' edges from the top."""
        return [0, *accumulate(round(h * PX_PER_MM) for h in self.heights_mm)]

    def part(self) -> str:
        """The worksheet's XML."""
        pixels = [round(w * PX_PER_MM) for w in self.widths_mm]
        columns = "".join(
            f'<col min="{i}" max="{i}" width="{px / DIGIT_PX:.4f}" customWidth="1"/>'
            for i, px in enumerate(pixels, 1)
        )
        frozen = ""
        if self.frozen:
            frozen = (
                f'<pane ySplit="{self.frozen}" topLeftCell="A{self.frozen + 1}" '
                'activePane="bottomLeft" state="frozen"/>'
            )
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merged)
        breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in self.breaks)
        side, top, bottom = (f"{mm / 25.4:.4f}" for mm in (SIDE_MM, TOP_MM, BOTTOM_MM))
        orientation = "landscape" if self.landscape else "portrait"
        return "".join(
            (
                f'{XML_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">',
                f'<dimension ref="A1:{column_name(len(self.widths_mm) - 1)}'
                f'{max(1, len(self.heights_mm))}"/>',
                '<sheetViews><sheetView showGridLines="0" workbookViewId="0">',
                f'{frozen}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="13"/>',
                f"<cols>{columns}</cols><sheetData>{''.join(self._rows())}</sheetData>",
                f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>' if merged else "",
                f'<pageMargins left="{side}" right="{side}" top="{top}" bottom="{bottom}" '
                'header="0.2" footer="0.25"/>',
                f'<pageSetup paperSize="{self.paper}" orientation="{orientation}"/>',
                f"<headerFooter><oddFooter>{xml_text(self._footer())}</oddFooter></headerFooter>",
                f'<rowBreaks count="{len(self.breaks)}" manualBreakCount="{len(self.breaks)}">'
                f"{breaks}</rowBreaks>"
                if breaks
                else "",
                '<drawing r:id="rIdDrawing"/>' if self.drawing else "",
                '<tableParts count="1"><tablePart r:id="rIdTable"/></tableParts>'
                if self.table
                else "",
                "</worksheet>",
            )
        )

    def _rows(self) -> list[str]:
        by_row: dict[int, list[tuple[int, str]]] = {}
        for (row, column), xml in self.cells.items():
            by_row.setdefault(row, []).append((column, xml))
        found = []
        for row, height in enumerate(self.heights_mm):
            points = min(round(height * PX_PER_MM) * 0.75, ROW_MAX_PT)
            body = "".join(xml for _, xml in sorted(by_row.get(row, ())))
            found.append(f'<row r="{row + 1}" ht="{points:g}" customHeight="1">{body}</row>')
        return found

    def _footer(self) -> str:
        """The page's foot: `&` begins Excel's own codes, so that a text's is doubled."""
        text = self.foot.replace("&", "&&")[:150]  # 255 characters are the most, codes counted
        return f"&L&7{' ' if text[:1].isdigit() else ''}{text}&R&7Halaman &P dari &N"


def _run(text: str, style: Style, *, raised: bool = False) -> str:
    weight = "<b/>" if style.bold or raised else ""
    high = '<vertAlign val="superscript"/>' if raised else ""
    ink = "8A4B00" if raised else style.ink
    return (
        f'<r><rPr>{weight}{high}<sz val="{style.size_pt:g}"/><color rgb="FF{ink}"/>'
        f'<rFont val="{FONT}"/><family val="2"/></rPr>'
        f'<t xml:space="preserve">{xml_text(cell_text(text)[0])}</t></r>'
    )
