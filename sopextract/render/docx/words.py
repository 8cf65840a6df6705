"""WordprocessingML as text: runs, paragraphs, cells, rows and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sopextract.core.marks import INFERRED_SIGN
from sopextract.render.office import twips, xml_text
from sopextract.render.sheet.measure import LINE_HEIGHT
from sopextract.render.sheet.model import Mark

FONT = "Arial"  # Liberation Sans, which is measured, has its widths
INFERRED_INK, UNREAD_INK, ABSENT_INK, HEAD_FILL = "8A4B00", "9B1C1C", "767676", "EBEBEB"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: size in points, weight, alignment, air before and after in mm."""

    size_pt: float
    bold: bool = False
    align: str = "left"
    before_mm: float = 0.0
    after_mm: float = 0.0
    keep: bool = False  # on one page with what follows


def run(text: str, size_pt: float, *, bold: bool = False, extra: str = "", ink: str = "") -> str:
    """One run; `extra` are further properties that stand before the colour in the schema."""
    weight = "<w:b/>" if bold else ""
    colour = f'<w:color w:val="{ink}"/>' if ink else ""
    size = round(size_pt * 2)
    raised = '<w:vertAlign w:val="superscript"/>' if extra == "raised" else ""
    style = "<w:i/>" if extra == "italic" else ""
    line = '<w:u w:val="single"/>' if extra == "underlined" else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>{weight}{style}'
        f'{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{line}{raised}'
        f'<w:lang w:val="id-ID"/></w:rPr><w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'
    )


def marked(text: str, mark: Mark, look: Look, *, extra: str = "") -> str:
    """A value's runs; `text` ends with the sign of what was inferred where `mark` says so."""
    if mark is Mark.INFERRED and text.endswith(INFERRED_SIGN):
        sign = run(INFERRED_SIGN, look.size_pt, bold=True, extra="raised", ink=INFERRED_INK)
        return run(text[:-1], look.size_pt, bold=look.bold, extra=extra) + sign
    if mark is Mark.UNREAD:
        return run(text, look.size_pt, extra="italic", ink=UNREAD_INK)
    if mark is Mark.ABSENT:
        return run(text, look.size_pt, extra="italic", ink=ABSENT_INK)
    return run(text, look.size_pt, bold=look.bold, extra=extra)


def paragraph(runs: str, look: Look, *, numbering: int = 0, indent_mm: float = 0.0) -> str:
    """One paragraph; lines are 1.2 of the type size, as measured."""
    keep = "<w:keepNext/>" if look.keep else ""
    number = (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>' if numbering else ""
    )
    indent = (
        f'<w:ind w:left="{twips(indent_mm)}" w:hanging="{twips(indent_mm)}"/>' if numbering else ""
    )
    points = round(look.size_pt * 2)
    size = f'<w:rPr><w:sz w:val="{points}"/><w:szCs w:val="{points}"/></w:rPr>'
    return (
        f"<w:p><w:pPr>{keep}{number}"
        f'<w:spacing w:before="{twips(look.before_mm)}" w:after="{twips(look.after_mm)}" '
        f'w:line="{round(look.size_pt * LINE_HEIGHT * 20)}" w:lineRule="atLeast"/>{indent}'
        f'<w:jc w:val="{look.align}"/>{size}</w:pPr>{runs}</w:p>'
    )


def tiny(runs: str = "", *, new_page: bool = False) -> str:
    """A paragraph without height that holds drawings or keeps two tables apart."""
    fresh = "<w:pageBreakBefore/>" if new_page else ""
    return (
        f'<w:p><w:pPr>{fresh}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr>{runs}</w:p>'
    )


def gap(height_mm: float) -> str:
    """A paragraph of just this height, between two tables."""
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{twips(height_mm)}" '
        'w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: paragraphs, width, and how it is joined to others."""

    body: str
    width_mm: float
    span: int = 1
    merge: str = ""  # "restart" or "continue": joined with the cell below
    fill: str = ""
    valign: str = "top"
    upright: bool = False  # text runs upwards
    tight: bool = False  # no margin at the sides


def cell(c: Cell) -> str:
    """The cell's XML."""
    span = f'<w:gridSpan w:val="{c.span}"/>' if c.span > 1 else ""
    merge = ""
    if c.merge:
        merge = '<w:vMerge w:val="restart"/>' if c.merge == "restart" else "<w:vMerge/>"
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{c.fill}"/>' if c.fill else ""
    margin = (
        '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
        if c.tight
        else ""
    )
    turn = '<w:textDirection w:val="btLr"/>' if c.upright else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(c.width_mm)}" w:type="dxa"/>{span}{merge}{fill}{margin}'
        f'{turn}<w:vAlign w:val="{c.valign}"/></w:tcPr>{c.body or tiny()}</w:tc>'
    )


def row(cells: Iterable[Cell], height_mm: float, *, head: bool = False, split: bool = False) -> str:
    """A row at least this high; only with `split` may a page end in it."""
    whole = "" if split else "<w:cantSplit/>"
    repeat = "<w:tblHeader/>" if head else ""
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="atLeast"/>'
    body = "".join(map(cell, cells))
    return f"<w:tr><w:trPr>{whole}{height}{repeat}</w:trPr>{body}</w:tr>"


def table(
    rows: str, widths_mm: Sequence[float], caption: str, padding_mm: float, *, first_row: bool
) -> str:
    """A ruled table of fixed widths; `caption` is read out, not seen."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    side = twips(padding_mm)
    margins = (
        f'<w:top w:w="0" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths_mm)
    look = int(first_row)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(w) for w in widths_mm)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="{"0020" if first_row else "0000"}" w:firstRow="{look}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{xml_text(caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )
