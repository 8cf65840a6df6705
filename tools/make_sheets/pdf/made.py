"""PDF sheets: P identity and flow on one page, Q on pages of their own, R continued, S several."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tools.make_sheets.agencies import RANKS
from tools.make_sheets.compose import Pool, Style, compose
from tools.make_sheets.flow import draw_style, gold_with_flow, make_flow
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.pdf.book_parts import draw_contents, draw_cover, draw_decree
from tools.make_sheets.pdf.drawing import (
    Word,
    draw_flow,
    drawn_truth,
    place_labels,
    place_notes,
    write_notes,
)
from tools.make_sheets.pdf.furniture import (
    FOOTER,
    draw_furniture,
    draw_ground,
    heading_width,
    is_signed,
    write_heading,
    write_lines,
)
from tools.make_sheets.pdf.identity import IdentityPart
from tools.make_sheets.pdf.looks import Look, draw_look
from tools.make_sheets.pdf.pen import Book, Box, Pen
from tools.make_sheets.pdf.plan import Drawing, Sheetful, break_pages
from tools.make_sheets.pdf.rules import Ruler
from tools.make_sheets.pdf.table import StepTable
from tools.make_sheets.sheet import Gold, MadeSheet, Sheet, Step

LETTERS = "PQRS"
_MARGIN = 36.0
_TOP = 46.0  # where tables start on a page: below the page number and a connector above them


@dataclass
class _Job:
    """One sheet to be printed, with all that decides how."""

    rng: random.Random
    pool: Pool
    look: Look
    layout: str
    seed: int


Draw = Callable[[Pen], None]


@dataclass
class _Page:
    """A page's size and what is drawn on it, kept until all pages are counted."""

    size: tuple[float, float]
    draws: list[Draw]


def _prepare(job: _Job, sheet: Sheet) -> None:
    """Bring the sheet's truth in line with what the look shows."""
    if not job.look.head.remarks:
        for step in sheet.steps:
            step.keterangan = ""
    sheet.signer.elektronik = is_signed(job.look)


def _change_steps(rng: random.Random, sheet: Sheet) -> None:
    """Turns of real tables: very many rows, equal rows after each other, a number twice."""
    steps = sheet.steps
    middle = [i for i in range(1, len(steps) - 1) if steps[i].simbol == "proses"]
    if middle and rng.random() < 0.06:
        at = rng.choice(middle)
        _insert(sheet, at + 1, steps[at])
        sheet.faults.append("a row twice")
    if middle and rng.random() < 0.03:
        for _ in range(rng.randint(30, 140)):
            _insert(sheet, len(sheet.steps) - 1, steps[rng.choice(middle)])
        for no, step in enumerate(sheet.steps, 1):
            step.no = no
        sheet.faults.append("very long")
    if len(steps) > 4 and rng.random() < 0.05:
        at = rng.randrange(1, len(steps) - 1)
        steps[at].no = steps[at - 1].no
        sheet.faults.append("a number twice")


def _insert(sheet: Sheet, at: int, step: Step) -> None:
    """A copy of a row at a place; rows behind it move down, exits with them."""
    for other in sheet.steps:
        if other.back_to is not None and other.back_to >= at:
            other.back_to += 1
    sheet.steps.insert(at, replace(step, no=step.no))


def _change_signer(rng: random.Random, sheet: Sheet) -> None:
    sheet.signer.status = rng.choice((*[None] * 8, "Plt.", "Plh.", "Pj."))
    sheet.signer.pangkat = rng.choice((None, None, None, *RANKS))


def print_sheet(job: _Job, sheet: Sheet) -> tuple[list[_Page], Gold]:
    """The pages of one SOP and its truth, `source` still to be filled in."""
    _prepare(job, sheet)
    rng, look = job.rng, job.look
    flow = make_flow(rng, sheet, draw_style(rng, job.pool.apart))
    identity = IdentityPart(rng, job.pool.words, look, sheet)
    table = StepTable(rng, job.pool.words, look, sheet, flow)
    width, height = look.page.paper
    table.fit(_MARGIN, width - 2 * _MARGIN)
    limit = height - FOOTER - 4
    pages: list[_Page] = []
    top = _TOP
    first = _Page(look.page.first_paper if job.layout != "P" else look.page.paper, [])
    identity_width = first.size[0] - 2 * _MARGIN
    room = first.size[1] - FOOTER - 4 - _TOP
    if job.layout == "P":
        room = min(room, max(0.5 * room, room - table.header_height - 130))
    font = identity.best_font(identity_width, room)
    end = _TOP + identity.height(identity_width, font)

    def draw_identity(pen: Pen) -> None:
        identity.draw(pen, Ruler(pen, look.rules), _MARGIN, _TOP, identity_width, font)

    first.draws.append(draw_identity)
    pages.append(first)
    title = look.title.format(sheet.nama_title) if look.title else ""
    lead = 12.0 + (title.count("\n") + 1) * 14 if title else 0.0
    together = job.layout == "P"
    start = (end + 8.0 if together else top) + lead
    sheetfuls = break_pages(table, start, top, limit, look.page.repeat_header)
    if not sheetfuls[0].pieces:
        sheetfuls = break_pages(table, top + lead, top, limit, look.page.repeat_header)
        start, together = top + lead, False
    drawing = Drawing(rng, table, flow, sheetfuls)
    x0, x1 = table.columns.lane_area
    labels = [place_labels(table.look, page, Box(x0 + 1, 0, x1 - 1, height)) for page in sheetfuls]
    notes = [_notes(rng, table, *told) for told in zip(sheetfuls, labels, strict=True)]
    for n, page in enumerate(sheetfuls):

        def draw_table(pen: Pen, n: int = n) -> None:
            ruler, page = Ruler(pen, look.rules), sheetfuls[n]
            if n == 0 and title:
                _write_title(pen, look, start - lead, width, title)
            if page.header:
                table.draw_header(pen, ruler, page.top)
            table.draw_body(pen, ruler, page.bands)
            draw_flow(pen, table.look, page, labels[n])
            write_notes(pen, table.look, notes[n])

        if n == 0 and together:
            first.draws.append(draw_table)
        else:
            pages.append(_Page(look.page.paper, [draw_table]))
    truth = drawn_truth(flow, drawing, labels)
    for edge in sorted(drawing.dropped):
        sheet.faults.append(f"edge left out: {flow.edges[edge].tail}>{flow.edges[edge].head}")
    marks = [True] * len(sheet.steps)
    shown = Shown(marks, [s.simbol for s in sheet.steps])
    gold = gold_with_flow(sheet, truth, make_gold(sheet, shown, ""))
    return pages, gold


def _notes(
    rng: random.Random, table: StepTable, page: Sheetful, labels: dict[int, Word]
) -> list[Word]:
    if not table.look.extras.notes:
        return []
    lanes = table.columns.edges[2 : 3 + table.columns.lanes]
    return place_notes(rng, table.look, page, lanes, labels)


def _write_title(pen: Pen, look: Look, top: float, width: float, title: str) -> None:
    """The name above the step table, as a heading where it fits on one line."""
    font, kind = look.font.bold(), look.extras.heading.replace("typed apart", "")
    wide = heading_width(title, font, kind)
    if not kind or "\n" in title or wide > width - 2 * _MARGIN:
        write_lines(pen, _MARGIN, top, width - 2 * _MARGIN, title, font, True)
    else:
        write_heading(pen, (width - wide) / 2, top + font.size * 0.9, title, font, kind)


def _publish(job: _Job, pages: Sequence[_Page]) -> bytes:
    book = Book()
    look = job.look
    for number, page in enumerate(pages, 1):
        writing = look.extras.writing
        pen = book.page(*page.size, look.page.rotate, look.page.form, writing)
        draw_ground(pen, look)
        for draw in page.draws:
            draw(pen)
        draw_furniture(pen, look, number, len(pages), job.seed)
        pen.done()
    return book.data()


def _style(rng: random.Random) -> Style:
    return Style(clues=rng.choice(("none", "some")), max_actors=7, typos=1, gaps=0.15)


def _make_one(rng: random.Random, pool: Pool, name: str, layout: str) -> MadeSheet:
    look = draw_look(rng, pool.apart, layout)
    sheet = compose(rng, pool, _style(rng))
    _change_steps(rng, sheet)
    _change_signer(rng, sheet)
    job = _Job(rng, pool, look, layout, rng.randrange(10**6))
    pages, gold = print_sheet(job, sheet)
    path = f"{name}.pdf"
    gold = gold | {"source": {"path": path, "index": 0}}
    return MadeSheet(path, _publish(job, pages), (gold,), layout, tuple(sheet.faults))


def _make_book(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """Several SOPs of one agency behind a cover, a decree and a list of contents."""
    look = draw_look(rng, pool.apart, "S")
    agency = rng.choice(pool.agencies)
    topics = rng.sample(pool.topics, rng.randint(2, 3))
    sheets = [compose(rng, pool, _style(rng), agency, topic) for topic in topics]
    _change_signer(rng, sheets[0])
    job = _Job(rng, pool, look, rng.choice("PQ"), rng.randrange(10**6))
    path, faults = f"{name}.pdf", ["several SOPs"]
    pages = _front_pages(job, sheets)
    golds: list[Gold] = []
    for index, sheet in enumerate(sheets):
        sheet.signer, sheet.nip_shown = sheets[0].signer, sheets[0].nip_shown
        found, gold = print_sheet(job, sheet)
        golds.append(gold | {"source": {"path": path, "index": index}})
        pages += found
        faults += sheet.faults
    return MadeSheet(path, _publish(job, pages), tuple(golds), "S", tuple(faults))


def _front_pages(job: _Job, sheets: Sequence[Sheet]) -> list[_Page]:
    rng, look = job.rng, job.look
    year = f"{rng.randint(2018, 2025)}"
    order = random.Random(job.seed)
    names = [sheet.nama for sheet in sheets]
    draws: list[Draw] = [lambda pen: draw_cover(pen, look, sheets[0], year, job.seed)]
    if rng.random() < 0.6:
        draws.append(lambda pen: draw_decree(pen, look, sheets[0], year))
    if rng.random() < 0.8:
        draws.append(lambda pen: draw_contents(pen, look, names, order))
    upright = rng.random() < 0.4 and look.page.paper[0] > look.page.paper[1]
    size = (look.page.paper[1], look.page.paper[0]) if upright else look.page.paper
    return [_Page(size, [draw]) for draw in draws]


def make_pdf(rng: random.Random, pool: Pool, name: str, layout: str) -> MadeSheet:
    """One PDF file of a layout of `LETTERS`."""
    return _make_book(rng, pool, name) if layout == "S" else _make_one(rng, pool, name, layout)
