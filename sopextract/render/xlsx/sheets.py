"""The worksheets of one SOP: identity, flow, and the steps as a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sopextract.core.marks import INFERRED_SIGN, NO_STEPS
from sopextract.model.record import SopRecord
from sopextract.render.changes import Changes
from sopextract.render.office import XML_HEAD, xml_text
from sopextract.render.prepare import PlacedSheet
from sopextract.render.sheet.identity import (
    AGENCY_PT,
    GAP_MM,
    LABEL_MM,
    LOGO_GAP_MM,
    LOGO_MM,
    TITLE_MM,
    TITLE_PT,
    Fact,
    ListBlock,
    Text,
)
from sopextract.render.sheet.legend import LEGEND_PT, foot_rows_mm, join_legend, running_title
from sopextract.render.sheet.measure import text_height_mm
from sopextract.render.sheet.model import Lane, Mark
from sopextract.render.sheet.pages import widths_of
from sopextract.render.sheet.placed import Box, PlacedPage
from sopextract.render.sheet.printed import clean_text
from sopextract.render.sheet.rows import CellText, PrintedRow
from sopextract.render.xlsx.drawing import Axis, Shapes
from sopextract.render.xlsx.grid import PAPERS, PX_PER_MM, ROW_MAX_PT, Sheet, column_name
from sopextract.render.xlsx.styles import MAIN, Style, Styles

HEAD_FILL, UNSETTLED_FILL = "EBEBEB", "EFEFEF"
_INKS = {Mark.UNREAD: "9B1C1C", Mark.ABSENT: "767676"}
_ROW_MM = ROW_MAX_PT / 72 * 25.4
_NOTHING = NO_STEPS


def new_sheet(
    name: str, widths_mm: tuple[float, ...], placed: PlacedSheet, styles: Styles
) -> Sheet:
    """An empty worksheet on the form's paper."""
    paper = placed.form.paper
    sides = min(paper.width_mm, paper.height_mm), max(paper.width_mm, paper.height_mm)
    return Sheet(
        name, widths_mm, styles, paper.width_mm > paper.height_mm, PAPERS[sides],
        foot=running_title(placed.sheet),
    )  # fmt: skip


def _marked(style: Style, mark: Mark, marks: bool) -> Style:
    if marks and mark in _INKS:
        return replace(style, ink=_INKS[mark], italic=True, bold=False, underline=False)
    return style


def identity_sheet(placed: PlacedSheet, styles: Styles) -> Sheet:
    """The identity part."""
    layout, marks = placed.identity, placed.marks
    half, label = layout.width_mm / 2, layout.agency_mm + LABEL_MM
    rules = (0.0, layout.agency_mm, half, label, layout.width_mm)
    sheet = new_sheet("Identitas", tuple(b - a for a, b in pairwise(rules)), placed, styles)
    plain = Style(layout.size_pt)

    title = sheet.row(TITLE_MM)
    big = Style(TITLE_PT, bold=True, align="center", valign="center", rules=False)
    sheet.put(title, 0, placed.form.title.upper(), big)
    sheet.merge((title, 0), (title, 3), big)

    first = len(sheet.heights_mm)
    for fact in layout.facts:
        _fact(sheet, fact, plain, marks)
    _signature(sheet, placed, plain)
    _fact(sheet, layout.nama, plain, marks)
    last = len(sheet.heights_mm) - 1
    _agency(sheet, placed, first, last)

    sheet.row(GAP_MM)
    for left, right, tall in layout.pairs:
        _pair(sheet, placed, left, right, tall)
    return sheet


def _fact(sheet: Sheet, fact: Fact, plain: Style, marks: bool) -> None:
    row = sheet.row(fact.height_mm)
    sheet.put(row, 1, fact.label, plain)
    sheet.merge((row, 1), (row, 2), plain)
    style = replace(plain, bold=fact.strong)
    mark = fact.value.mark if marks else Mark.NONE
    sheet.put(row, 3, fact.value.whole, _marked(style, mark, marks), mark)


def _signature(sheet: Sheet, placed: PlacedSheet, plain: Style) -> None:
    """Post, room for the signature, name, rank and NIP in one cell each, as one block."""
    layout, marks = placed.identity, placed.marks
    s = layout.signature
    middle = replace(plain, align="center", rules=False, wrap=True)
    name = replace(middle, bold=True, underline=True)
    note = "Ditandatangani secara elektronik" if s.electronic else ""
    nip = f"NIP. {s.nip.whole}" if s.nip.whole or not marks else ""
    lines: list[tuple[str, Style, Mark, int]] = [
        (s.post.whole, replace(middle, bold=True), s.post.mark, len(s.post.lines)),
        (note, replace(middle, italic=True, ink="555555", valign="center"), Mark.NONE, 0),
        (s.name.whole, name, s.name.mark, len(s.name.lines)),
        (s.rank.whole, middle, Mark.NONE, len(s.rank.lines)),
        (nip, middle, s.nip.mark, 1),
    ]
    lines = [line for i, line in enumerate(lines) if line[0] or i == 1]
    line_mm = text_height_mm(1, layout.size_pt)
    used = sum(count * line_mm + 0.5 for *_, count in lines if count)
    first = len(sheet.heights_mm)
    for text, style, mark, count in lines:
        row = sheet.row(count * line_mm + 0.5 if count else max(8.0, s.height_mm - used))
        shown = mark if marks else Mark.NONE
        sheet.put(row, 3, text, _marked(style, shown, marks), shown)
    sheet.put(first, 1, placed.form.labels.disahkan_oleh, plain)
    sheet.merge((first, 1), (len(sheet.heights_mm) - 1, 2), plain)


def _agency(sheet: Sheet, placed: PlacedSheet, first: int, last: int) -> None:
    layout = placed.identity
    style = Style(layout.size_pt * AGENCY_PT, bold=True, align="center", valign="center")
    text = "\n".join(t.whole for t in layout.agency)
    marks = {t.mark for t in layout.agency}
    mark = marks.pop() if len(marks) == 1 else Mark.NONE
    # the emblem floats over the upper half: the lines are set below the middle by empty lines
    logo = placed.form.logo
    width, height = logo.fit(*LOGO_MM) if logo else LOGO_MM
    blank = round((height + LOGO_GAP_MM) / text_height_mm(1, style.size_pt))
    sheet.put(first, 0, "\n" * blank + text, _marked(style, mark, placed.marks), mark)
    sheet.merge((first, 0), (last, 0), style)
    rows, columns = sheet.row_edges(), sheet.column_edges()
    down = Axis([px / PX_PER_MM for px in rows], rows)
    across = Axis([px / PX_PER_MM for px in columns], columns)
    top = rows[first] / PX_PER_MM + max(1.0, layout.agency_air_mm)
    box = Box((layout.agency_mm - width) / 2, top, width, height)
    shapes = Shapes()
    if logo:
        shapes.add_picture(box, across, down)
    else:
        shapes.add_frame(box, placed.form.logo_text, across, down)
    sheet.drawing = shapes.part()


def _pair(
    sheet: Sheet, placed: PlacedSheet, left: ListBlock, right: ListBlock, tall: float
) -> None:
    layout, marks = placed.identity, placed.marks
    head = Style(layout.size_pt, bold=True, fill=HEAD_FILL, valign="center")
    row = sheet.row(layout.head_mm)
    for column, block in ((0, left), (2, right)):
        sheet.put(row, column, block.title, head)
        sheet.merge((row, column), (row, column + 1), head)
    parts = max(1, -int(-tall // (_ROW_MM - 1)))
    first = len(sheet.heights_mm)
    for _ in range(parts):
        sheet.row(tall / parts)
    for column, block in ((0, left), (2, right)):
        style = Style(layout.size_pt)
        mark = block.items[0].mark if len(block.items) == 1 else Mark.NONE
        text = _items(block)
        sheet.put(first, column, text, _marked(style, mark, marks), mark if marks else Mark.NONE)
        sheet.merge((first, column), (first + parts - 1, column + 1), style)


def _items(block: ListBlock) -> str:
    def item(index: int, text: Text) -> str:
        return f"{index}. {text.whole}" if block.numbered else text.whole

    return "\n".join(item(i, t) for i, t in enumerate(block.items, 1))


def flow_sheet(placed: PlacedSheet, styles: Styles) -> Sheet:
    """The flow part: one table with a break where a page ends, its head repeated in print."""
    flow = placed.flow
    widths = widths_of(flow.columns, len(flow.sheet.lanes))
    sheet = new_sheet("Bagan Alir", widths, placed, styles)
    sheet.frozen = 2
    _flow_head(sheet, placed, len(widths))
    shapes = Shapes()
    first_rows = []
    for index, page in enumerate(placed.pages):
        if index:
            sheet.breaks.append(len(sheet.heights_mm))
        first_rows.append(len(sheet.heights_mm))
        for number, printed in enumerate(page.page.rows):
            _flow_row(sheet, placed, printed, page.page.layout.heights[number], len(widths))
    if not any(page.page.rows for page in placed.pages):
        style = Style(flow.columns.size_pt, italic=True, ink="9B1C1C")
        row = sheet.row(10.0)
        sheet.put(row, 0, _NOTHING, style)
        sheet.merge((row, 0), (row, len(widths) - 1), style)
    columns, rows = sheet.column_edges(), sheet.row_edges()
    for first, page in zip(first_rows, placed.pages, strict=True):
        _draw(shapes, page, columns, rows, first)
    sheet.drawing = shapes.part()
    _legend(sheet, placed, len(widths))
    return sheet


def _draw(
    shapes: Shapes, page: PlacedPage, columns: list[int], rows: list[int], first: int
) -> None:
    count = len(page.page.rows)
    if count:
        down = Axis(page.rows_y, rows[first : first + count + 1], first)
        shapes.add_page(page, Axis(page.xs, columns), down)


def _flow_head(sheet: Sheet, placed: PlacedSheet, count: int) -> None:
    flow, labels = placed.flow, placed.form.labels
    style = Style(flow.columns.size_pt, bold=True, fill=HEAD_FILL, align="center", valign="center")
    upper, lower = sheet.row(flow.head.upper_mm), sheet.row(flow.head.lower_mm)
    end = count - 4
    for column, text in ((0, labels.no), (1, labels.kegiatan), (count - 1, labels.keterangan)):
        sheet.put(upper, column, text, style)
        sheet.merge((upper, column), (lower, column), style)
    for first, last, text in (
        (2, end - 1, labels.pelaksana),
        (end, end + 2, labels.mutu_baku),
    ):
        sheet.put(upper, first, text, style)
        sheet.merge((upper, first), (upper, last), style)
    turned = replace(style, size_pt=flow.columns.head_pt, turned=flow.columns.turned)
    for index, lane in enumerate(flow.sheet.lanes):
        text, mark = _lane(lane, placed.marks)
        sheet.put(lower, 2 + index, text, _marked(turned, mark, placed.marks), mark)
    for index, text in enumerate((labels.kelengkapan, labels.waktu, labels.output)):
        sheet.put(lower, end + index, text, style)


def _lane(lane: Lane, marks: bool) -> tuple[str, Mark]:
    if not lane.known:
        return (lane.nama, Mark.UNREAD) if marks else ("", Mark.NONE)
    if lane.inferred and marks:
        return lane.nama + INFERRED_SIGN, Mark.INFERRED
    return lane.nama, Mark.NONE


def _flow_row(
    sheet: Sheet, placed: PlacedSheet, printed: PrintedRow, height: float, count: int
) -> None:
    style = Style(placed.flow.columns.size_pt)
    row = sheet.row(height)
    end = count - 4
    if printed.step is None:
        sheet.merge((row, 0), (row, 1), style)
        sheet.merge((row, end), (row, count - 1), style)
    else:
        middle = replace(style, align="center")
        if printed.no.isdecimal() and len(printed.no) < 16:
            sheet.put_number(row, 0, int(printed.no), middle)
        else:
            sheet.put(row, 0, printed.no, middle)
        cells = zip((1, end, end + 1, end + 2, end + 3), printed.cells, strict=True)
        for column, text in cells:
            _put_cell(sheet, row, column, text, style, placed.marks)
    lane = replace(style, fill=UNSETTLED_FILL if printed.unread_actor else "")
    for column in range(2, end):
        sheet.put(row, column, "", lane)


def _put_cell(
    sheet: Sheet, row: int, column: int, text: CellText, style: Style, marks: bool
) -> None:
    whole = "\n".join(t for t in (text.whole, text.note) if t)
    mark = text.mark if marks and not text.notes else Mark.NONE
    sheet.put(row, column, whole, _marked(style, mark, marks), mark)


def _legend(sheet: Sheet, placed: PlacedSheet, count: int) -> None:
    if not placed.marks:
        return
    style = Style(LEGEND_PT, rules=False, ink="333333")
    texts = join_legend(placed.legend), placed.origin
    heights = foot_rows_mm(placed.legend, placed.origin, placed.form.paper.body_mm[0])
    for text, height in zip(texts, heights, strict=True):
        row = sheet.row(height)
        sheet.put(row, 0, text, style)
        sheet.merge((row, 0), (row, count - 1), style)


STEP_COLUMNS = ("No", "Kegiatan", "Pelaksana", "Simbol", "Kelengkapan", "Waktu",
                "Waktu (ISO 8601)", "Menit kerja", "Output", "Keterangan", "Lanjut ke", "Ya ke",
                "Tidak ke")  # fmt: skip
_STEP_WIDTHS = (10.0, 70.0, 45.0, 25.0, 40.0, 22.0, 26.0, 22.0, 40.0, 40.0, 20.0, 16.0, 18.0)
_STEP_ROW_MM = 5.0


def steps_sheet(record: SopRecord, placed: PlacedSheet, styles: Styles) -> Sheet:
    """The steps as an Excel table, for sorting and counting."""
    sheet = new_sheet("Data Langkah", _STEP_WIDTHS, placed, styles)
    sheet.frozen = 1
    # an empty cell: these are data, no part of the form, and neither printed nor read as one
    sheet.print_area = f"${column_name(len(STEP_COLUMNS) + 1)}$1"
    plain = Style(9.0, rules=False)
    head = replace(plain, bold=True)
    top = sheet.row(_STEP_ROW_MM)
    for column, name in enumerate(STEP_COLUMNS):
        sheet.put(top, column, name, head)
    numbers = {s.urutan: str(s.urutan if s.no is None else s.no) for s in record.langkah}
    for step in record.langkah:
        row = sheet.row(_STEP_ROW_MM * 2)
        ways: dict[str, list[str]] = {"": [], "Ya": [], "Tidak": []}
        for edge in record.alur:
            if edge.dari == step.urutan:
                ways[edge.label or ""].append(numbers.get(edge.ke, str(edge.ke)))
        waktu = step.waktu
        texts = (
            numbers[step.urutan], step.kegiatan, ", ".join(step.pelaksana),
            ", ".join(b.simbol or "" for b in step.bentuk) or step.simbol, step.kelengkapan,
            waktu.teks if waktu else None, waktu.durasi if waktu else None, None, step.output,
            step.keterangan, *(", ".join(dict.fromkeys(w)) for w in ways.values()),
        )  # fmt: skip
        for column, text in enumerate(texts):
            sheet.put(row, column, clean_text(text or ""), plain)
        if numbers[step.urutan].isdecimal():
            sheet.put_number(row, 0, int(numbers[step.urutan]), plain)
        if waktu and waktu.menit_kerja is not None:
            sheet.put_number(row, 7, waktu.menit_kerja, plain)
    if record.langkah:
        sheet.table = _table(len(record.langkah) + 1)
    return sheet


def _table(rows: int) -> str:
    ref = f"A1:{column_name(len(STEP_COLUMNS) - 1)}{rows}"
    columns = "".join(
        f'<tableColumn id="{i}" name="{xml_text(name)}"/>' for i, name in enumerate(STEP_COLUMNS, 1)
    )
    return (
        f'{XML_HEAD}<table xmlns="{MAIN}" id="1" name="DataLangkah" displayName="DataLangkah" '
        f'ref="{ref}" totalsRowShown="0"><autoFilter ref="{ref}"/>'
        f'<tableColumns count="{len(STEP_COLUMNS)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" '
        'showRowStripes="1" showColumnStripes="0"/></table>'
    )


def changes_sheet(changes: Changes, placed: PlacedSheet, styles: Styles) -> Sheet:
    """Corrections made and findings open."""
    sheet = new_sheet("Perubahan", (45.0, 75.0, 75.0, 45.0), placed, styles)
    plain = Style(9.0)
    head = replace(plain, bold=True, fill=HEAD_FILL)
    for title, names, rows in (
        ("Perbaikan yang dibuat", ("Bagian", "Tertulis", "Menjadi", "Aturan"), changes.corrections),
        ("Temuan yang masih terbuka", ("Tingkat", "Bagian", "Temuan", ""), changes.findings),
    ):
        row = sheet.row(7.0)
        sheet.put(row, 0, title, replace(plain, bold=True, rules=False, wrap=False))
        row = sheet.row(5.0)
        for column, name in enumerate(names):
            sheet.put(row, column, name, head)
        for texts in rows or (("Tidak ada.", "", ""),):
            longest = max(len(t) for t in texts)
            row = sheet.row(min(5.0 * (1 + longest // 45), _ROW_MM - 1))
            for column, text in enumerate(texts):
                sheet.put(row, column, text, plain)
            if len(texts) == 3:
                sheet.merge((row, 2), (row, 3), plain)
    return sheet
