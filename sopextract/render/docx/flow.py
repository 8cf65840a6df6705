"""The flow table as Word tables, one a page, with its shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sopextract.core.marks import INFERRED_SIGN, NO_STEPS
from sopextract.render.docx.document import Document
from sopextract.render.docx.shapes import Anchors, anchor_shapes
from sopextract.render.docx.words import (
    HEAD_FILL,
    UNREAD_INK,
    Cell,
    Look,
    marked,
    paragraph,
    row,
    run,
    table,
    tiny,
)
from sopextract.render.prepare import PlacedSheet
from sopextract.render.sheet.legend import LEGEND_PT, join_legend
from sopextract.render.sheet.model import Lane, Mark
from sopextract.render.sheet.pages import widths_of
from sopextract.render.sheet.placed import PlacedPage
from sopextract.render.sheet.rows import PADDING_MM, CellText, PrintedRow

UNSETTLED_FILL = "EFEFEF"
_NOTHING = NO_STEPS


def flow_body(placed: PlacedSheet, document: Document) -> str:
    """All pages of the flow, then the legend."""
    parts = []
    for index, page in enumerate(placed.pages):
        joined = index == 0 and placed.together
        parts.append(tiny(new_page=not joined) + _page(placed, page, document))
    return "".join(parts) + tiny() + _legend(placed)


def _page(placed: PlacedSheet, page: PlacedPage, document: Document) -> str:
    flow = placed.flow
    widths = widths_of(flow.columns, len(page.page.sheet.lanes))
    anchors = anchor_shapes(page, document.ids)
    rows = [*_head(placed, widths)]
    for index, printed in enumerate(page.page.rows):
        height = page.page.layout.heights[index]
        rows.append(row(_cells(placed, printed, index, widths, anchors), height))
    if not page.page.rows:
        look = Look(flow.columns.size_pt, before_mm=PADDING_MM, after_mm=PADDING_MM)
        text = paragraph(run(_NOTHING, look.size_pt, extra="italic", ink=UNREAD_INK), look)
        rows.append(row((Cell(text, sum(widths), span=len(widths)),), 10.0))
    caption = f"Langkah dan alur {placed.sheet.title}".strip()
    return table("".join(rows), widths, caption, PADDING_MM, first_row=True)


def _head(placed: PlacedSheet, widths: tuple[float, ...]) -> Iterator[str]:
    """The two rows of the head, repeated on every page that the table runs over."""
    flow, labels = placed.flow, placed.form.labels
    look = Look(flow.columns.size_pt, bold=True, align="center")

    def head(text: str, first: int, last: int, merge: str = "") -> Cell:
        body = paragraph(run(text, look.size_pt, bold=True), look) if text else tiny()
        return Cell(
            body, sum(widths[first:last]), last - first, merge, HEAD_FILL, "center", tight=True
        )

    lanes = len(widths) - 6
    end = 2 + lanes
    upper = (
        head(labels.no, 0, 1, "restart"),
        head(labels.kegiatan, 1, 2, "restart"),
        head(labels.pelaksana, 2, end),
        head(labels.mutu_baku, end, end + 3),
        head(labels.keterangan, end + 3, end + 4, "restart"),
    )
    yield row(upper, flow.head.upper_mm, head=True)
    lower = (
        head("", 0, 1, "continue"),
        head("", 1, 2, "continue"),
        *(_lane(placed, lane, widths[2]) for lane in flow.sheet.lanes),
        *(
            head(text, end + i, end + i + 1)
            for i, text in enumerate((labels.kelengkapan, labels.waktu, labels.output))
        ),
        head("", end + 3, end + 4, "continue"),
    )
    yield row(lower, flow.head.lower_mm, head=True)


def _lane(placed: PlacedSheet, lane: Lane, width: float) -> Cell:
    columns = placed.flow.columns
    look = Look(columns.head_pt, bold=True, align="center")
    if not lane.known:
        mark, text = Mark.UNREAD, lane.nama if placed.marks else ""
    else:
        inferred = lane.inferred and placed.marks
        mark = Mark.INFERRED if inferred else Mark.NONE
        text = lane.nama + (INFERRED_SIGN if inferred else "")
    body = paragraph(marked(text, mark, look), look)
    return Cell(body, width, 1, "", HEAD_FILL, "center", columns.turned, tight=True)


def _cells(
    placed: PlacedSheet,
    printed: PrintedRow,
    index: int,
    widths: tuple[float, ...],
    anchors: Anchors,
) -> Iterable[Cell]:
    columns = placed.flow.columns
    look = Look(columns.size_pt, before_mm=PADDING_MM, after_mm=PADDING_MM)
    middle = replace(look, align="center")
    lanes = len(widths) - 6
    if printed.step is None:
        yield Cell(tiny(), sum(widths[:2]), 2)
    else:
        yield Cell(paragraph(run(printed.no, look.size_pt), middle), widths[0], tight=True)
        yield Cell(_text(printed.cells[0], look), widths[1])
    fill = UNSETTLED_FILL if printed.unread_actor else ""
    for lane in range(lanes):
        yield Cell(tiny(anchors.of(index, lane)), widths[2 + lane], fill=fill, tight=True)
    if printed.step is None:
        yield Cell(tiny(), sum(widths[2 + lanes :]), 4)
        return
    for text, width in zip(printed.cells[1:], widths[2 + lanes :], strict=True):
        yield Cell(_text(text, look), width)


def _text(text: CellText, look: Look) -> str:
    below = replace(look, before_mm=0.0)
    above = replace(look, after_mm=0.0) if text.notes else look
    body = paragraph(marked(text.whole, text.mark, look) if text.whole else "", above)
    if text.notes:
        body += paragraph(run(text.note, look.size_pt, extra="italic", ink=UNREAD_INK), below)
    return body


def _legend(placed: PlacedSheet) -> str:
    """What the marks mean, and where the sheet comes from; nothing on a clean one."""
    if not placed.marks:
        return ""
    look = Look(LEGEND_PT, before_mm=1.0)
    legend = run(join_legend(placed.legend), LEGEND_PT, ink="333333")
    origin = run(placed.origin, LEGEND_PT, ink="444444")
    return paragraph(legend, look) + paragraph(origin, replace(look, before_mm=0.3))
