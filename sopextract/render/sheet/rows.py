"""Steps as printed rows: every cell's lines, and rows too tall for a page in parts."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.core.marks import ABSENT_TEXT, INFERRED_SIGN, UNREAD_TEXT
from sopextract.render.sheet.measure import LINE_HEIGHT, MM_PER_PT, text_height_mm, wrap_lines
from sopextract.render.sheet.model import (
    Columns,
    Field,
    Mark,
    Row,
    SheetModel,
)

PADDING_MM = 1.4  # own judgement
FILL = 0.97  # engines wrap up to 3 % earlier than the widths say (findings §3, "Measuring")
SLACK_MM = 0.4  # a row's borders, which some engines add to its height (findings §4)


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell says, line by line; `notes` stand below, in the hand of the sheet itself."""

    lines: tuple[str, ...] = ()
    mark: Mark = Mark.NONE
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The lines as one text, to be broken again where it is edited."""
        return "".join(self.lines).strip()

    @property
    def note(self) -> str:
        """The notes as one text."""
        return "".join(self.notes).strip()

    def part(self, start: int, stop: int) -> CellText:
        """The lines from `start` to before `stop`, notes counted on."""
        count = len(self.lines)
        notes = self.notes[max(0, start - count) : max(0, stop - count)]
        sign = self.mark if self.mark is not Mark.INFERRED or stop >= count else Mark.NONE
        return CellText(self.lines[start:stop], sign, notes)

    def __len__(self) -> int:
        return len(self.lines) + len(self.notes)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of the flow table: a step or a part of it; a strip of pentagons has no step.

    `cells` are Kegiatan, Kelengkapan, Waktu, Output, Keterangan. `part` counts from 0; later parts
    go on with texts too long for one page.
    """

    step: int | None
    no: str
    cells: tuple[CellText, ...]
    part: int = 0
    unread_actor: bool = False


EMPTY_CELLS = (CellText(),) * 5


def printed_text(field: Field, marks: bool) -> str:
    """A value as it is printed; with `marks` also that it was inferred, unread or is not there."""
    if field.text:
        return field.text + (INFERRED_SIGN if marks and field.mark is Mark.INFERRED else "")
    words = {Mark.UNREAD: UNREAD_TEXT, Mark.ABSENT: ABSENT_TEXT}
    return words.get(field.mark, "") if marks else ""


def cell_text(field: Field, width_mm: float, size_pt: float, *, marks: bool) -> CellText:
    """A value wrapped to a cell this wide."""
    lines = wrap_lines(printed_text(field, marks), (width_mm - 2 * PADDING_MM) * FILL, size_pt)
    return CellText(lines, field.mark if marks else Mark.NONE)


def print_rows(
    sheet: SheetModel, columns: Columns, most_mm: float, *, marks: bool
) -> tuple[PrintedRow, ...]:
    """The rows of a sheet; none has more lines than fit into `most_mm`."""
    line_mm = columns.size_pt * LINE_HEIGHT * MM_PER_PT
    most = max(1, int((most_mm - 2 * PADDING_MM - SLACK_MM) / line_mm))
    rows: list[PrintedRow] = []
    for index, row in enumerate(sheet.rows):
        cells = _cells(row, columns, marks)
        tall = max(map(len, cells))
        for part in range(max(1, -(-tall // most))):
            shown = tuple(c.part(part * most, (part + 1) * most) for c in cells)
            rows.append(
                PrintedRow(index, "" if part else row.no, shown, part, row.unread_actor and marks)
            )
    return tuple(rows)


def _cells(row: Row, columns: Columns, marks: bool) -> tuple[CellText, ...]:
    widths = (columns.kegiatan, columns.kelengkapan, columns.waktu, columns.output,
              columns.keterangan)  # fmt: skip
    fields = (row.kegiatan, row.kelengkapan, row.waktu, row.output, row.keterangan)
    cells = [
        cell_text(f, w, columns.size_pt, marks=marks) for f, w in zip(fields, widths, strict=True)
    ]
    if row.note:  # on a clean sheet too: it is part of the flow
        room = (columns.kegiatan - 2 * PADDING_MM) * FILL
        notes = wrap_lines(row.told, room, columns.size_pt)
        cells[0] = CellText(cells[0].lines, cells[0].mark, notes)
    return tuple(cells)


def text_mm(row: PrintedRow, columns: Columns) -> float:
    """The height that a row's text asks for."""
    lines = max(map(len, row.cells))
    return text_height_mm(lines, columns.size_pt) + 2 * PADDING_MM + SLACK_MM
