"""Layouts W (DOCX) and X (XLSX): sheets with drawn flow, and their truth."""

from __future__ import annotations

import random

from tools.make_sheets.agencies import RANKS, Agency
from tools.make_sheets.compose import Pool, Style, compose
from tools.make_sheets.flow import FlowTruth, draw_style, gold_with_flow, make_flow
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.office.docx_sheet import DocxWriter
from tools.make_sheets.office.docx_style import DocxStyle, make_docx_style, printable_docx
from tools.make_sheets.office.xlsx_sheet import XlsxWriter
from tools.make_sheets.office.xlsx_style import XlsxStyle, make_xlsx_style, printable_xlsx
from tools.make_sheets.sheet import Gold, MadeSheet, Sheet

_SEVERAL = 0.18  # share of files that hold more than one SOP; chosen
_TRIES = 40  # a flow that cannot be drawn clearly is thrown away; about one in eight is


Told = tuple[Sheet, FlowTruth]


def _compose(rng: random.Random, pool: Pool, agency: Agency, jump: float = 0.2) -> Told:
    sheet = compose(rng, pool, Style(clues="some", max_actors=6, gaps=0.2, jump=jump), agency)
    sheet.signer.status = rng.choice((None, None, None, "Plt.", "Plh.", "Pj."))
    sheet.signer.pangkat = rng.choice((None, *RANKS))
    return sheet, make_flow(rng, sheet, draw_style(rng, pool.apart))


def _gold(sheet: Sheet, flow: FlowTruth, path: str, index: int) -> Gold:
    count = len(sheet.steps)
    shown = Shown([True] * count, [step.simbol for step in sheet.steps])
    return gold_with_flow(sheet, flow, make_gold(sheet, shown, path, index))


def make_docx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """One DOCX, mostly with one SOP."""
    return _docx(rng, pool, name, printed=False)


def make_printed_docx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """A DOCX whose truth is that of the PDF printed of it."""
    return _docx(rng, pool, name, printed=True)


def make_xlsx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """One XLSX, mostly with one SOP."""
    return _xlsx(rng, pool, name, printed=False)


def make_printed_xlsx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """An XLSX whose truth is that of the PDF printed of it."""
    return _xlsx(rng, pool, name, printed=True)


def _docx(rng: random.Random, pool: Pool, name: str, printed: bool) -> MadeSheet:
    for _ in range(_TRIES):
        style = make_docx_style(rng, pool.apart)
        style = printable_docx(style) if printed else style
        count = rng.randint(2, 3) if rng.random() < _SEVERAL else 1
        agency = rng.choice(pool.agencies)
        writer = DocxWriter(rng, pool.words, style)
        jump = 0.0 if style.numbers == "word" else 0.2
        told = [_compose(rng, pool, agency, jump) for _ in range(count)]
        if count > 1:
            writer.cover(agency, [sheet.nama for sheet, _ in told])
        if all(writer.add(sheet, flow, k == 0) for k, (sheet, flow) in enumerate(told)):
            letter = "Y" if printed else "W"
            faults = (*_faults(told), *_say_docx(style))
            return _finished(name, "docx", letter, writer.save(), told, faults)
    raise RuntimeError(f"{name}: no flow could be drawn clearly in {_TRIES} tries")


def _xlsx(rng: random.Random, pool: Pool, name: str, printed: bool) -> MadeSheet:
    for _ in range(_TRIES):
        style = make_xlsx_style(rng, pool.apart)
        style = printable_xlsx(style) if printed else style
        count = rng.randint(2, 3) if rng.random() < _SEVERAL else 1
        together = count > 1 and not printed and not style.apart and rng.random() < 0.4
        agency = rng.choice(pool.agencies)
        writer = XlsxWriter(rng, pool.words, style)
        told = [_compose(rng, pool, agency) for _ in range(count)]
        if together:  # one below the other needs as many columns in both
            told = [t for t in told if len(t[0].actors) == len(told[0][0].actors)]
        if count > 1 and not together and rng.random() < 0.5:
            writer.cover(agency, [sheet.nama for sheet, _ in told])
        if _fill(writer, told, together):
            letter = "Z" if printed else "X"
            faults = (*_faults(told), *_say_xlsx(style))
            return _finished(name, "xlsx", letter, writer.save(), told, faults)
    raise RuntimeError(f"{name}: no flow could be drawn clearly in {_TRIES} tries")


def _fill(writer: XlsxWriter, told: list[Told], together: bool) -> bool:
    """Each SOP on a worksheet, or all on one."""
    page = None
    for k, (sheet, flow) in enumerate(told, 1):
        if page is None or not together:
            page = writer.new_page(f"SOP {k}" if len(told) > 1 else "SOP")
        if not writer.add(page, sheet, flow):
            return False
    return True


def _finished(
    name: str, ending: str, letter: str, data: bytes, told: list[Told], faults: tuple[str, ...]
) -> MadeSheet:
    path = f"{name}.{'pdf' if letter in 'YZ' else ending}"
    gold = tuple(_gold(sheet, flow, path, k) for k, (sheet, flow) in enumerate(told))
    return MadeSheet(f"{name}.{ending}", data, gold, letter, faults)


def _faults(told: list[Told]) -> tuple[str, ...]:
    several = ("several SOPs",) if len(told) > 1 else ()
    return (*several, *(fault for sheet, _ in told for fault in sheet.faults))


def _say_docx(style: DocxStyle) -> tuple[str, ...]:
    """How the file was built, for whoever looks for what a reader misses."""
    glued = "glued" if style.ink.glued else "loose"
    arrows = f"{glued} {style.ink.arrows}"
    tracked = ("tracked changes",) if style.tracked else ()
    return (f"anchors {style.anchors}", style.wrap, arrows, f"box {style.form.box}", *tracked)


def _say_xlsx(style: XlsxStyle) -> tuple[str, ...]:
    glued = "glued" if style.ink.glued else "loose"
    columns = "narrow columns" if style.narrow else "plain columns"
    anchors = style.anchor if style.grouped == "no" else f"group of {style.grouped}"
    hidden = ("hidden row",) if style.hidden_row else ()
    return (f"anchors {anchors}", columns, f"{glued} {style.ink.arrows}", *hidden)
