"""Measures the flow table: column widths, row heights, symbols; then routes and places labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sopextract.core.marks import INFERRED_SIGN, UNREAD_TEXT
from sopextract.model.record import SopRecord
from sopextract.render.sheet.bands import Bands, bands_for
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.heads import HEAD_PADDING_MM, fit_heads
from sopextract.render.sheet.labels import place_labels
from sopextract.render.sheet.measure import count_lines, text_height_mm, text_width_mm
from sopextract.render.sheet.model import (
    Columns,
    Field,
    FlowEdge,
    Layout,
    Mark,
    Row,
    SheetModel,
    SymbolSize,
)
from sopextract.render.sheet.paper import SIDE_MM, SIDES_MM
from sopextract.render.sheet.router import route
from sopextract.render.sheet.rows import FILL, PADDING_MM

PAGE_MM = {name: long for name, (_, long) in SIDES_MM.items()}  # the sheet lies on its long side
MARGIN_MM = SIDE_MM
LEAST_SYMBOL_MM = 4.0  # a row without symbol is as high as one with a low one; own judgement
# Share of the page for all lanes, by what the widest samples leave readable (domain notes 5.3)
BAND_MIN, BAND_MAX = 0.38, 0.58
LANE_MAX = 24.0  # millimetres; wider lanes only lengthen the arrows; own judgement
# Proportions of Kegiatan, Kelengkapan, Waktu, Output, Keterangan (domain notes 5.3)
SHARES = (0.40, 0.19, 0.10, 0.18, 0.13)
GAP_MM = 1.8  # between a symbol and the channel next to it: an arrow head and a bit
TURN_PT = 5.5  # lane heads that would be smaller are turned upright instead
BORDERS_MM = 1.2  # the table's outer borders, and rounding to pixels
NO_MM = 8.5
WORD_MAX = 32.0  # millimetres; longer ones are addresses or slips and may be broken; own judgement
ROUNDING_MM = 0.05  # so that a word which decides a width is not broken by the last decimal
SIZE_MIN_PT = 6.0  # the smallest type that office printers print well; own judgement


def size_columns(sheet: SheetModel, page_mm: float, borders_mm: float = BORDERS_MM) -> Columns:
    """Column widths for a page this wide: lanes as narrow as their number asks."""
    usable = page_mm - 2 * MARGIN_MM - borders_mm
    lanes = len(sheet.lanes)
    size = 8.0 if lanes <= 7 else 7.0 if lanes <= 11 else 6.5
    longest = max((_longest_word(x.nama, size) for x in sheet.lanes), default=0.0)
    lane = min(LANE_MAX, max(usable * BAND_MIN / lanes, min(longest + 2 * PADDING_MM, 22.0), 17.0))
    lane = min(lane, usable * BAND_MAX / lanes)
    head = size
    while head > TURN_PT and not _heads_fit(sheet, head, lane):
        head -= 0.25
    turned = not _heads_fit(sheet, head, lane)
    rest = usable - NO_MM - lane * lanes
    while size > SIZE_MIN_PT and sum(_least_widths(sheet, size)) > rest:
        size -= 0.5
    kegiatan, kelengkapan, waktu, output, keterangan = _share_out(sheet, rest, size)
    return Columns(
        NO_MM,
        kegiatan,
        lane,
        kelengkapan,
        waktu,
        output,
        keterangan,
        size,
        size if turned else min(head, size),
        turned,
    )


def _heads_fit(sheet: SheetModel, size_pt: float, lane_mm: float) -> bool:
    room = (lane_mm - 2 * HEAD_PADDING_MM) * FILL
    return all(_longest_word(lane.nama, size_pt) <= room for lane in sheet.lanes)


def _share_out(sheet: SheetModel, room: float, size_pt: float) -> list[float]:
    """Widths of the text columns: their share, but at least their heading and whole words."""
    least = _least_widths(sheet, size_pt)
    if sum(least) > room:  # words are broken then
        return [w * room / sum(least) for w in least]
    spare = max(0.0, room - sum(least))
    wish = [max(0.0, room * s - w) for s, w in zip(SHARES, least, strict=True)]
    total = sum(wish) or 1.0
    return [w + spare * x / total for w, x in zip(least, wish, strict=True)]


def _least_widths(sheet: SheetModel, size_pt: float) -> list[float]:
    """What each text column needs so that no word of it is broken, as far as a word may ask."""
    heads = ("Kegiatan", "Kelengkapan", "Waktu", "Keterangan", "Keterangan")
    texts = [
        [f.text for f in (r.kegiatan, r.kelengkapan, r.waktu, r.output, r.keterangan)]
        for r in sheet.rows
    ]
    least = []
    for column, head in enumerate(heads):
        words = max((_longest_word(row[column], size_pt, bold=False) for row in texts), default=0.0)
        least.append(max(_longest_word(head, size_pt), min(words, WORD_MAX)))
    least[0] = max(least[0], 2 * _longest_word(heads[0], size_pt))
    # the usual time stays on one line, marked or not
    least[2] = max(least[2], text_width_mm(f"15 Menit{INFERRED_SIGN}", size_pt))
    return [w / FILL + 2 * PADDING_MM + ROUNDING_MM for w in least]


def _longest_word(text: str, size_pt: float, *, bold: bool = True) -> float:
    return max((text_width_mm(w, size_pt, bold=bold) for w in text.split()), default=0.0)


def size_symbols(columns: Columns, dense: bool, flat: float = 1.0) -> SymbolSize:
    """Symbols that leave the gutter lanes free at both sides; `flat` of their usual height."""
    free = columns.lane * (1 - 2 * _edge_channel(dense) / 16) - 2 * min(GAP_MM, columns.lane * 0.09)
    width = min(16.0, free)
    return SymbolSize(
        width, min(7.0, width * 0.62) * flat, min(18.0, free), min(9.0, width * 0.8) * flat
    )


def _edge_channel(dense: bool) -> int:
    return 3 if dense else 2


def row_share(dense: bool) -> float:
    """The share of a row's height between its outermost channels."""
    return 1 - 2 * _edge_channel(dense) / 16


def symbol_mm(height_mm: float, dense: bool) -> float:
    """How high a row must be for a symbol this high, with the buses beside it."""
    return (max(height_mm, LEAST_SYMBOL_MM) + 2 * GAP_MM) / row_share(dense)


def row_heights(
    sheet: SheetModel, columns: Columns, bands: Bands, *, dense: bool
) -> tuple[float, ...]:
    """Height of each row: its tallest text, or its symbols with the buses beside them."""
    size = size_symbols(columns, dense)
    heights = []
    for index, row in enumerate(sheet.rows):
        tall = max((size.of(s.drawn_as)[1] for s in sheet.symbols if s.row == index), default=0.0)
        text = max(_cell_height(*cell, columns.size_pt) for cell in _cells(row, columns))
        symbols = symbol_mm(tall, dense) * bands.counts[index]
        heights.append(max(text + 2 * PADDING_MM, symbols))
    return tuple(heights)


def _cells(row: Row, columns: Columns) -> tuple[tuple[str, float], ...]:
    note = f"\n{row.told}" if row.note else ""
    return (
        (_shown(row.kegiatan) + note, columns.kegiatan),
        (_shown(row.kelengkapan), columns.kelengkapan),
        (_shown(row.waktu), columns.waktu),
        (_shown(row.output), columns.output),
        (_shown(row.keterangan), columns.keterangan),
    )


def _shown(field: Field) -> str:
    return field.text or (UNREAD_TEXT if field.mark is Mark.UNREAD else "")


def _cell_height(text: str, width: float, size_pt: float) -> float:
    return text_height_mm(count_lines(text, (width - 2 * PADDING_MM) * FILL, size_pt), size_pt)


def lay_out(sheet: SheetModel, page_mm: float = PAGE_MM["A4"]) -> tuple[SheetModel, Layout]:
    """The sheet measured and routed for a page this wide; its heads as far as they fit."""
    sheet, columns = fit_heads(sheet, size_columns(sheet, page_mm))
    bands = bands_for((s.place for s in sheet.symbols), len(sheet.rows))
    routing = route(sheet.symbols, sheet.edges, len(sheet.lanes), bands)
    symbols = size_symbols(columns, routing.dense)
    heights = row_heights(sheet, columns, bands, dense=routing.dense)
    return sheet, place_labels(sheet, Layout(columns, heights, bands, symbols, routing))


def sheet_of(record: SopRecord, page_mm: float = PAGE_MM["A4"]) -> tuple[SheetModel, Layout]:
    """A record's sheet and its layout; edges without a way are told in the note of their row."""
    sheet, layout = lay_out(build_sheet(record), page_mm)
    failed = layout.routing.failed
    if failed:
        sheet = told_in_words(sheet, (sheet.edges[i] for i in failed))
        heights = row_heights(sheet, layout.columns, layout.bands, dense=layout.routing.dense)
        layout = place_labels(sheet, replace(layout, heights=heights))
    return sheet, layout


def told_in_words(sheet: SheetModel, failed: Iterable[FlowEdge]) -> SheetModel:
    """The sheet with edges that found no way in the note of the row that each leaves."""
    rows = list(sheet.rows)
    for edge in failed:
        row, target = sheet.symbols[edge.source].row, sheet.symbols[edge.target].row
        told = f"{edge.label} ke langkah {rows[target].no}".strip()
        rows[row] = replace(rows[row], note="; ".join(n for n in (rows[row].note, told) if n))
    return replace(sheet, rows=tuple(rows))
