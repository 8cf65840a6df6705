"""The step table of one sheet in points: columns, header, rows and pages."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tools.make_sheets.form import label
from tools.make_sheets.office.measure import text_height, text_width
from tools.make_sheets.office.place import STACK_PT, Mark, least_height
from tools.make_sheets.sheet import Printed, Sheet, Step, Time
from tools.make_sheets.wording import Words

CELL_PAD_PT = 5.4  # left and right margin of a cell; Word's default
_LEAST_KEGIATAN_PT = 110.0  # a narrower column of steps is not seen
_TAIL = ("kelengkapan", "waktu", "output", "keterangan")


@dataclass(frozen=True)
class Columns:
    """Widths in points, left to right, and the printed names of the columns."""

    widths: tuple[float, ...]
    names: dict[str, str]
    actors: tuple[str, ...]

    @property
    def first_lane(self) -> int:
        return 2

    def lane(self, lane: int) -> tuple[float, float]:
        """Left and right of an actor's column, from the table's left."""
        at = self.first_lane + lane
        left = sum(self.widths[:at])
        return left, left + self.widths[at]

    @property
    def total(self) -> float:
        return sum(self.widths)


def make_columns(
    rng: random.Random, words: Words, sheet: Sheet, total: float, size_pt: float, grow: bool
) -> Columns:
    """Columns that fill `total` points; no lane is narrower than its longest word.

    Where they need more, the table grows (a worksheet is fitted to the page later) or all of its
    columns are narrowed and break words, as in Word.
    """
    names = {key: label(rng, words, key) for key in words.columns}
    usual = rng.uniform(54, 66)
    lanes = [max(usual, _least(name, size_pt)) for name in sheet.actors]
    number = 28.0
    rest = total - number - sum(lanes)
    shares = [rng.uniform(2.0, 2.6), 1.1, 0.75, 1.1, rng.uniform(0.6, 0.9)]
    widths = [rest * share / sum(shares) for share in shares]
    texts = [[getattr(step, key) for step in sheet.steps] for key in _TAIL]
    for k, key in enumerate(_TAIL, 1):
        held = (_least(_shown(text), size_pt) for text in texts[k - 1])
        widths[k] = max(widths[k], _least(names[key], size_pt), min(max(held), 70))
    widths[0] = max(rest - sum(widths[1:]), _LEAST_KEGIATAN_PT)
    every = (number, widths[0], *lanes, *widths[1:])
    if not grow:
        every = tuple(width * total / max(sum(every), total) for width in every)
    return Columns(every, names, tuple(sheet.actors))


def _least(text: str, size_pt: float) -> float:
    """The width of a cell that breaks no word; printed bold it is a tenth wider."""
    return (
        2 * CELL_PAD_PT + 2 + 1.1 * max((text_width(w, size_pt) for w in text.split()), default=0)
    )


def _shown(value: Printed | Time | str) -> str:
    return value if isinstance(value, str) else value.shown


def texts_of(step: Step, count: int) -> list[str]:
    """The texts of a row, left to right, without the number."""
    tail = [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
    return [" ".join(step.kegiatan.shown.split()), *[""] * count, *tail]


def row_heights(
    sheet: Sheet, columns: Columns, marks: tuple[Mark, ...], size_pt: float, spare: float
) -> list[float]:
    """The height of each row: its texts and its symbols fit."""
    heights: list[float] = []
    for row, step in enumerate(sheet.steps):
        texts = texts_of(step, len(sheet.actors))
        need = max(
            text_height(text, width - 2 * CELL_PAD_PT, size_pt)
            for text, width in zip(texts, columns.widths[1:], strict=True)
        )
        heights.append(max(need + 6, least_height(marks, row) + spare))
    return heights


def header_height(columns: Columns, size_pt: float) -> float:
    """The height of the header's lower row."""
    names = [*columns.actors, *(columns.names[key] for key in _TAIL)]
    return 6 + max(
        text_height(name, width - 2 * CELL_PAD_PT, size_pt)
        for name, width in zip(names, columns.widths[2:], strict=True)
    )


def split_pages(heights: list[float], room: float) -> tuple[range, ...]:
    """Rows per page, with room left for pentagons where a page ends or begins."""
    pages: list[range] = []
    first, used = 0, 0.0
    for row, height in enumerate(heights):
        if row > first and used + height + 2 * STACK_PT > room:
            pages.append(range(first, row))
            first, used = row, 0.0
        used += height
    return (*pages, range(first, len(heights)))


def fits(heights: list[float], pages: tuple[range, ...], room: float) -> bool:
    """Whether every page holds its rows, once pentagons have made some of them higher."""
    return all(sum(heights[row] for row in rows) <= room for rows in pages)


def place_rows(heights: list[float], rows: range, top: float) -> dict[int, tuple[float, float]]:
    """Top and bottom of the rows of one page."""
    found: dict[int, tuple[float, float]] = {}
    for row in rows:
        found[row] = (top, top + heights[row])
        top += heights[row]
    return found
