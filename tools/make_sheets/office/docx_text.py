"""Paragraphs, cells and tables of a DOCX as Word users make them; thin words over python-docx."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from xml.sax.saxutils import escape

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tools.make_sheets.office.docx_shapes import NS
from tools.make_sheets.office.pieces import DARK_FILLS

TWIPS_PER_PT = 20
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


_RUN = re.compile(r".{1,9}")  # what stands in a run where the speller has cut words


@dataclass(frozen=True)
class Look:
    """Fonts and spaces of one file."""

    font: str = "Arial"
    size_pt: float = 8.0
    head_fill: str | None = None
    split: bool = False


def element(xml: str) -> BaseOxmlElement:
    """XML with the prefixes of a DOCX as an element."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
    return cast(BaseOxmlElement, parse_xml(f"<root {declared}>{xml}</root>")[0])


def write(
    paragraph: Paragraph, text: str, look: Look, bold: bool = False, align: str = "left"
) -> Paragraph:
    """Put a text into a paragraph without space around it; newlines become line breaks."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.0
    paragraph.alignment = _ALIGN[align]
    for k, part in enumerate(text.split("\n")):
        run = None
        for piece in _RUN.findall(part) if look.split and part else (part,):
            if run is not None:
                run._r.addnext(element('<w:proofErr w:type="spellStart"/>'))
            run = paragraph.add_run(piece)
            run.font.size, run.font.bold = Pt(look.size_pt), bold
            run.font.name = look.font
        if run is not None and k < text.count("\n"):
            run.add_break()
    return paragraph


def fill_cell(
    cell: _Cell, lines: list[str], look: Look, bold: bool = False, align: str = "left"
) -> None:
    """Paragraphs in a cell, the first in the paragraph that every cell has."""
    for k, line in enumerate(lines):
        write(cell.paragraphs[0] if k == 0 else cell.add_paragraph(), line, look, bold, align)
    if not lines:
        write(cell.paragraphs[0], "", look)


def shade(cell: _Cell, color: str | None) -> None:
    """Fill a cell's ground."""
    if color:
        cell._tc.get_or_add_tcPr().append(
            element(f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>')
        )
    if color in DARK_FILLS:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.font.color.rgb = RGBColor(255, 255, 255)


def middle(cell: _Cell) -> None:
    """Text in the middle of the cell's height."""
    cell._tc.get_or_add_tcPr().append(element('<w:vAlign w:val="center"/>'))


def set_widths(table: Table, widths: list[float]) -> None:
    """Fixed column widths in points, in the grid and in every cell."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLayout")):
        properties.remove(old)
    properties.append(element('<w:tblLayout w:type="fixed"/>'))
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width * TWIPS_PER_PT)))
    for row in table._tbl.tr_lst:
        at = 0
        for tc in row.tc_lst:
            span = tc.grid_span
            tc.width = Pt(sum(widths[at : at + span]))
            at += span


def row_height(table: Table, row: int, height_pt: float, exact: bool, repeat: bool = False) -> None:
    """A row's height, at least or exactly, never broken over pages."""
    properties = table.rows[row]._tr.get_or_add_trPr()
    properties.append(element("<w:cantSplit/>"))
    rule = "exact" if exact else "atLeast"
    properties.append(
        element(f'<w:trHeight w:val="{round(height_pt * TWIPS_PER_PT)}" w:hRule="{rule}"/>')
    )
    if repeat:
        properties.append(element("<w:tblHeader/>"))


class Numbering:
    """Numbered lists of a document: each call of `start` begins a list at 1."""

    def __init__(self, document: DocxDocument) -> None:
        self._root = document.part.numbering_part.element
        ids = [int(n.get(qn("w:abstractNumId"))) for n in self._root.findall(qn("w:abstractNum"))]
        self._abstract = max(ids, default=0) + 1
        used = [int(n.get(qn("w:numId"))) for n in self._root.findall(qn("w:num"))]
        self._next = max(used, default=0) + 1

    def start(self, form: str = "%1.", indent_pt: float = 14.0, size_pt: float = 8.0) -> int:
        """A new list whose numbers look like `form`; gives its `numId`."""
        left = round(indent_pt * TWIPS_PER_PT)
        abstract = element(
            f'<w:abstractNum w:abstractNumId="{self._abstract}">'
            '<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="decimal"/><w:lvlText w:val="{escape(form)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>'
            f'<w:rPr><w:sz w:val="{round(size_pt * 2)}"/></w:rPr></w:lvl></w:abstractNum>'
        )
        nums = self._root.findall(qn("w:num"))
        if nums:
            nums[0].addprevious(abstract)
        else:
            self._root.append(abstract)
        self._root.append(
            element(
                f'<w:num w:numId="{self._next}"><w:abstractNumId w:val="{self._abstract}"/></w:num>'
            )
        )
        self._abstract, self._next = self._abstract + 1, self._next + 1
        return self._next - 1


def numbered(paragraph: Paragraph, num_id: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(
        0, element(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def pr_order(document: DocxDocument) -> None:
    """Sort the children of `tblPr`, `tcPr`, `pPr` as the schema wants them; Word is strict."""
    for tag, order in _ORDER.items():
        for node in document.element.iter(qn(tag)):
            node[:] = sorted(node, key=lambda child: _rank(child, order))


def _rank(child: BaseOxmlElement, order: tuple[str, ...]) -> int:
    name = str(child.tag).rpartition("}")[2]
    return order.index(name) if name in order else len(order)


_ORDER: dict[str, tuple[str, ...]] = {
    "w:tblPr": (
        *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
        *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
        *("tblLayout", "tblCellMar", "tblLook"),
    ),
    "w:tcPr": (
        *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
        *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
    ),
    "w:pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
        *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind"),
        *("contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr"),
    ),
}

__all__ = [
    "Look",
    "Numbering",
    "element",
    "fill_cell",
    "middle",
    "numbered",
    "pr_order",
    "row_height",
    "set_widths",
    "shade",
    "write",
]
