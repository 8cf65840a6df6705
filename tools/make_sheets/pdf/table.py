"""The step table: columns, header, rows on pages, rules and texts. The flow comes on top."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tools.make_sheets.flow import FlowTruth
from tools.make_sheets.form import label
from tools.make_sheets.pdf.furniture import heading_width, write_heading
from tools.make_sheets.pdf.looks import Look
from tools.make_sheets.pdf.pen import BLACK, WHITE, Box, Font, Pen, wrap
from tools.make_sheets.pdf.rules import Ruler
from tools.make_sheets.sheet import Sheet, Step
from tools.make_sheets.wording import Words

PAD = 2.5
PENTAGON = 15.0  # height of an off-page connector
# Space of a symbol in its row: its own height and what lines need above and below it.
SYMBOL, ROOM = 15.0, 17.0
TOTAL = -1  # the row of a piece that holds the sum of times and is no step
# A vowel before one consonant and a vowel, or a closed syllable before another consonant.
_SYLLABLE = re.compile(r"[aiueo](?=[^aiueo\W][aiueo])|[aiueo](?:ng|[^aiueo\W])(?=[^aiueo\W])")
_LINK = (0.05, 0.3, 0.75)


@dataclass(frozen=True)
class Piece:
    """A row, or the part of it that stands on one page; `part` counts from 0."""

    row: int
    part: int
    lines: tuple[tuple[str, ...], ...]
    height: float
    symbols: bool


@dataclass(frozen=True)
class Band:
    """A piece in its place on a page."""

    piece: Piece
    top: float
    bottom: float


@dataclass(frozen=True)
class Columns:
    """Edges of all columns from left to right, and where the lanes stand among them."""

    edges: tuple[float, ...]
    lanes: int
    remarks: bool

    def lane(self, i: int) -> tuple[float, float]:
        return self.edges[2 + i], self.edges[3 + i]

    @property
    def lane_area(self) -> tuple[float, float]:
        return self.edges[2], self.edges[2 + self.lanes]


@dataclass(frozen=True)
class Names:
    """The printed labels of the columns."""

    no: str
    kegiatan: str
    pelaksana: str
    mutu_baku: str
    kelengkapan: str
    waktu: str
    output: str
    keterangan: str


def make_names(rng: random.Random, words: Words) -> Names:
    """One printed form of every label."""
    return Names(**{key: label(rng, words, key) for key in Names.__annotations__})


def _least(texts: Sequence[str], font: Font) -> float:
    """The width that breaks no word."""
    return max((font.width(w) for text in texts for w in text.split()), default=0) + 2 * PAD + 1


def make_columns(look: Look, sheet: Sheet, names: Names, left: float, width: float) -> Columns:
    """Columns for a table of that width; words stay whole, those of actors need not."""
    font = look.font
    head = font.bold()
    steps = sheet.steps
    number = max(_least([names.no], head), 18.0)
    texts = [
        ([names.kelengkapan], [s.kelengkapan.shown for s in steps]),
        ([names.waktu], [s.waktu.shown for s in steps]),
        ([names.output], [s.output.shown for s in steps]),
        ([names.keterangan], [s.keterangan for s in steps]),
    ]
    if not look.head.remarks:
        texts = texts[:3]
    tail = [max(_least(h, head), _least(t, font)) for h, t in texts]
    tail += [look.extras.spare_column] * bool(look.extras.spare_column)
    slim = look.head.narrow or look.head.upright or look.extras.hyphens
    lanes = [max(34.0 if slim else _least([a], head), 34.0) for a in sheet.actors]
    kegiatan = max(_least([s.kegiatan.shown for s in steps], font), 80.0)
    rest = width - number - sum(tail) - sum(lanes) - kegiatan
    if rest < 0:  # narrower words than the page has room for: lanes first, they may break
        lanes = [max(30.0, w + rest / len(lanes)) for w in lanes]
        rest = width - number - sum(tail) - sum(lanes) - kegiatan
    shares = [0.34 * rest, *[0.36 * rest / len(lanes)] * len(lanes)]
    shares += [0.12 * rest, 0.04 * rest, 0.14 * rest, 0.0, 0.0][: len(tail)]
    widths = [number, kegiatan, *lanes, *tail]
    for i, share in enumerate(shares, 1):
        widths[i] += share if rest > 0 else 0.0
    scale = width / sum(widths)
    edges = [left]
    for w in widths:
        edges.append(edges[-1] + w * scale)
    return Columns(tuple(edges), len(sheet.actors), look.head.remarks)


def hyphenated(word: str, font: Font, width: float) -> str:
    """A word too wide for its column with hyphens, and breaks behind them, between syllables."""
    parts: list[str] = []
    while font.width(word) > width:
        cuts = [m.end() for m in _SYLLABLE.finditer(word)]
        cuts = [n for n in cuts if 1 < n < len(word) - 1 and font.width(word[:n] + "-") <= width]
        if not cuts:
            break
        parts.append(word[: cuts[-1]] + "-")
        word = word[cuts[-1] :]
    return " ".join([*parts, word])


class StepTable:
    """One sheet's table with its look: measures rows and draws what is not flow."""

    def __init__(
        self, rng: random.Random, words: Words, look: Look, sheet: Sheet, flow: FlowTruth
    ) -> None:
        self.rng, self.look, self.sheet, self.flow = rng, look, sheet, flow
        self.names = make_names(rng, words)
        self.columns = Columns((), 0, True)
        self.group_name = self.names.pelaksana
        self.missing_number = rng.randint(3, 6)
        cells = [(i, c) for i in range(len(sheet.steps)) for c in range(20)]
        self.underlined = {cell for cell in cells if rng.random() < look.underline}
        self.linked = {cell for cell in cells if rng.random() < look.links}
        self.total = f"{rng.randint(3, 60) * 10} menit" if look.total else ""

    def fit(self, left: float, width: float) -> None:
        """Give the table its place; the type shrinks until every cell can hold its words."""
        self.columns = make_columns(self.look, self.sheet, self.names, left, width)
        if any(self._breaks(i) for i in range(len(self.columns.edges) - 1) if not self._lane(i)):
            smaller = self.look.font.sized(self.look.font.size - 0.5)
            if smaller.size >= 4:
                self.look = replace(self.look, font=smaller)
                self.fit(left, width)

    def _lane(self, column: int) -> bool:
        return 2 <= column < 2 + self.columns.lanes

    def _breaks(self, column: int) -> bool:
        width = self._inner(column)
        texts = [self._cells(s)[column] for s in self.sheet.steps]
        return any(self.look.font.width(w) > width for text in texts for w in text.split())

    def _inner(self, column: int) -> float:
        edges = self.columns.edges
        return edges[column + 1] - edges[column] - 2 * PAD

    def _cells(self, step: Step) -> list[str]:
        form = self.look.extras.number_form or ("{}." if self.look.dotted_no else "{}")
        no = "" if step.no is None else form.format(step.no)
        cells = [no, " ".join(step.kegiatan.shown.split()), *[""] * self.columns.lanes]
        cells += [step.kelengkapan.shown, step.waktu.shown, step.output.shown]
        cells += [step.keterangan] * self.columns.remarks
        return [*cells, *self._spare()]

    def _spare(self) -> list[str]:
        """What stands in an empty column at the right end, where there is one."""
        return [""] if self.look.extras.spare_column else []

    def pieces(self) -> list[Piece]:
        """All rows, whole, with the height their texts and symbols need."""
        found: list[Piece] = []
        for i, step in enumerate(self.sheet.steps):
            cells = enumerate(self._cells(step))
            lines = tuple(
                tuple(wrap(text, self.look.font, self._inner(c))) if text.strip() else ()
                for c, text in cells
            )
            found.append(Piece(i, 0, lines, max(self.text_height(lines), self.need(i)), True))
        if self.total:
            lines = self._total_lines()
            found.append(Piece(TOTAL, 0, lines, self.text_height(lines), False))
        return found

    def _total_lines(self) -> tuple[tuple[str, ...], ...]:
        cells: list[tuple[str, ...]] = [() for _ in self.columns.edges[1:]]
        cells[1] = ("Jumlah waktu",)
        cells[3 + self.columns.lanes] = tuple(
            wrap(self.total, self.look.font, self._inner(3 + self.columns.lanes))
        )
        return tuple(cells)

    def text_height(self, lines: Sequence[Sequence[str]]) -> float:
        return max(len(cell) for cell in lines) * self.look.font.leading + 2 * PAD + 2

    def need(self, row: int) -> float:
        """The height that the symbols of a row need."""
        per_lane = [0] * self.columns.lanes
        for symbol in self.flow.in_row(row):
            per_lane[symbol.lane] += 1
        most = max(per_lane)
        if most == 0:
            return 0.0
        room = ROOM + 10 * (1 - self.look.tightness)
        return most * (SYMBOL * self.look.symbol.size + 4) + room + (most - 1) * 11

    def cut(self, piece: Piece, room: float) -> tuple[Piece, Piece] | None:
        """The piece in two where a page ends; None where that leaves nothing on one side."""
        n = int((room - 2 * PAD - 2) / self.look.font.leading)
        if n < 1 or n >= max(len(cell) for cell in piece.lines):
            return None
        first = tuple(cell[:n] for cell in piece.lines)
        second = tuple(cell[n:] for cell in piece.lines)
        need = self.need(piece.row)
        here = room >= need
        top = Piece(piece.row, piece.part, first, room, here and piece.symbols)
        below = max(self.text_height(second), 0.0 if here else need)
        return top, Piece(piece.row, piece.part + 1, second, below, not here and piece.symbols)

    # ---- header

    def _levels(self) -> tuple[float, float, float]:
        """Heights of the group row, the label row and the row of column numbers."""
        font = self._head_font()
        group = font.leading + 2 * PAD + 1
        if self.look.head.upright:
            labels = max(font.width(a) for a in self.sheet.actors) + 2 * PAD
            labels = min(labels, 90.0)
        else:
            cells = [self._label_lines(c, text) for c, text in enumerate(self._labels()) if text]
            labels = max(len(c) for c in cells) * font.leading + 2 * PAD + 1
        numbers = self.look.font.leading + 2 * PAD if self.look.head.numbers else 0.0
        return group, labels, numbers

    def _label_lines(self, column: int, text: str) -> list[str]:
        """A label in its column; names of actors with hyphens where the look breaks words so."""
        font, width = self._head_font(), self._inner(column)
        if self.look.extras.hyphens and self._lane(column):
            text = " ".join(hyphenated(word, font, width) for word in text.split())
        return wrap(text, font, width)

    def _head_font(self) -> Font:
        return self.look.font.bold() if self.look.head.bold else self.look.font

    def _labels(self) -> list[str]:
        names = self.names
        found = [names.no, names.kegiatan, *self.sheet.actors, names.kelengkapan, names.waktu]
        found.append(names.output)
        found += [names.keterangan] * self.columns.remarks
        return [*found, *self._spare()]

    @property
    def header_height(self) -> float:
        return sum(self._levels())

    def _outside(self) -> int:
        """How many of the last actors stand beside the group instead of under it."""
        wanted = {"outside": 1, "over two": 2, "none": self.columns.lanes}
        count = wanted.get(self.look.head.group, 0)
        return count if count == self.columns.lanes or count < self.columns.lanes - 1 else 0

    def draw_header(self, pen: Pen, ruler: Ruler, top: float) -> float:
        """The header from `top`; gives its lower edge."""
        group, labels, numbers = self._levels()
        middle, bottom = top + group, top + group + labels
        edges, lanes = self.columns.edges, self.columns.lanes
        first, last = 2, 2 + lanes - self._outside()
        mutu = 2 + lanes, 2 + lanes + 3
        if self.look.head.shade:
            pen.rect(
                Box(edges[0], top, edges[-1], bottom + numbers),
                stroke=None,
                fill=self.look.head.shade,
            )
        for c, text in enumerate(self._labels()):
            grouped = first <= c < last or mutu[0] <= c < mutu[1]
            box = Box(edges[c], middle if grouped else top, edges[c + 1], bottom)
            ruler.cell(box)
            upright = self.look.head.upright and self._lane(c)
            self._write_label(pen, box, text, upright, self._label_lines(c, text))
        if first < last:
            box = Box(edges[first], top, edges[last], middle)
            ruler.cell(box)
            self._write_group(pen, box, self.group_name)
        box = Box(edges[mutu[0]], top, edges[mutu[1]], middle)
        ruler.cell(box)
        self._write_group(pen, box, self.names.mutu_baku)
        if numbers:
            self._draw_numbers(pen, ruler, bottom, bottom + numbers)
        ruler.outer(Box(edges[0], top, edges[-1], bottom + numbers))
        return bottom + numbers

    def _write_group(self, pen: Pen, box: Box, text: str) -> None:
        """A label over several columns, as a heading where it fits on one line."""
        font, kind = self._head_font(), self.look.extras.heading
        width = heading_width(text, font, kind)
        if not kind or width > box.width - 2 * PAD:
            self._write_label(pen, box, text, False, wrap(text, font, box.width - 2 * PAD))
            return
        y = box.cy - font.leading / 2 + font.size * 0.88
        write_heading(pen, box.cx - width / 2, y, text, font, kind, self.look.head.ink)

    def _write_label(
        self, pen: Pen, box: Box, text: str, upright: bool, lines: Sequence[str]
    ) -> None:
        font, ink = self._head_font(), self.look.head.ink
        if upright:
            shown = wrap(text, font, box.height - 2 * PAD)
            x = box.cx - (len(shown) - 1) * font.leading / 2 + font.size * 0.35
            for line in shown:
                pen.upright(x, box.cy + font.width(line) / 2, line, font, ink)
                x += font.leading
            return
        y = box.cy - len(lines) * font.leading / 2 + font.size * 0.88
        for line in lines:
            pen.text(box.cx - font.width(line) / 2, y, line, font, ink)
            y += font.leading

    def _draw_numbers(self, pen: Pen, ruler: Ruler, top: float, bottom: float) -> None:
        font = self.look.font.italic()
        edges = self.columns.edges
        n = 0
        for c in range(len(edges) - 1):
            n += 2 if self.look.head.numbers == "missing" and c == self.missing_number else 1
            text = {"(1)": f"({n})", "1.": f"{n}."}.get(self.look.head.numbers, f"{n}")
            box = Box(edges[c], top, edges[c + 1], bottom)
            ruler.cell(box)
            x, y = box.cx - font.width(text) / 2, box.cy + font.size * 0.35
            pen.text(x, y, text, font, self.look.head.ink)

    # ---- body

    def draw_body(self, pen: Pen, ruler: Ruler, bands: Sequence[Band]) -> None:
        """Rules and texts of the rows on one page."""
        self._draw_grounds(pen, bands)
        ruler.body(self.columns, [b.top for b in bands] + [bands[-1].bottom])
        for band in bands:
            for c, lines in enumerate(band.piece.lines):
                self._write_cell(pen, band, c, lines)

    def _draw_grounds(self, pen: Pen, bands: Sequence[Band]) -> None:
        """Every second row in a colour, or every cell in white, where the look has it so."""
        edges, extras = self.columns.edges, self.look.extras
        for band in bands:
            if extras.band and band.piece.row % 2:
                row = Box(edges[0], band.top, edges[-1], band.bottom)
                pen.rect(row, stroke=None, fill=extras.band)
            elif extras.white_cells:
                for x0, x1 in pairwise(edges):
                    pen.rect(Box(x0, band.top, x1, band.bottom), stroke=None, fill=WHITE)

    def _write_cell(self, pen: Pen, band: Band, column: int, lines: Sequence[str]) -> None:
        font, edges = self.look.font, self.columns.edges
        x0, x1 = edges[column] + PAD, edges[column + 1] - PAD
        height = len(lines) * font.leading
        split = band.piece.part > 0 or not lines
        y = band.top + PAD + font.size * 0.9
        if self.look.middle and not split:
            y = (band.top + band.bottom) / 2 - height / 2 + font.size * 0.88
        place = (band.piece.row, column)
        linked = place in self.linked and 2 + self.columns.lanes <= column
        centred = column == 0 or (self.look.centred and column > 1)
        for i, line in enumerate(lines):
            x = (x0 + x1 - font.width(line)) / 2 if centred else x0
            space = 0.0
            blanks = line.count(" ")
            if self.look.justified and column == 1 and i + 1 < len(lines) and blanks:
                space = min((x1 - x0 - font.width(line)) / blanks, 12.0)
            pen.text(x, y, line, font, _LINK if linked else BLACK, space)
            end = x + font.width(line) + space * blanks
            if linked or (place in self.underlined and not self._lane(column)):
                pen.line((x, y + 1.2), (end, y + 1.2), 0.45, _LINK if linked else BLACK)
            if linked:
                box = Box(x, y - font.size, end, y + 2)
                pen.link(box, "https://example.go.id/berkas")
            y += font.leading
