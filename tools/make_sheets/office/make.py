"""Layouts W (DOCX) and X (XLSX): sheets with drawn flow, and their truth."""

from __future__ import annotations

import random

from tools.make_sheets.agencies import RANKS
from tools.make_sheets.compose import HELD_OUT_POOL, Pool, Style, compose
from tools.make_sheets.flow import FlowTruth, draw_style, gold_with_flow, make_flow
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.office.docx_sheet import DocxStyle, DocxWriter, make_docx_style
from tools.make_sheets.office.xlsx_sheet import XlsxStyle, XlsxWriter, make_xlsx_style
from tools.make_sheets.sheet import Gold, MadeSheet, Sheet

_TRIES = 40  # a flow that cannot be drawn clearly is thrown away; about one in eight is


def _compose(rng: random.Random, pool: Pool, jump: float = 0.2) -> tuple[Sheet, FlowTruth]:
    sheet = compose(rng, pool, Style(clues="some", max_actors=6, gaps=0.2, jump=jump))
    sheet.signer.status = rng.choice((None, None, None, "Plt.", "Plh.", "Pj."))
    sheet.signer.pangkat = rng.choice((None, *RANKS))
    return sheet, make_flow(rng, sheet, draw_style(rng, pool is HELD_OUT_POOL))


def _gold(sheet: Sheet, flow: FlowTruth, path: str, index: int) -> Gold:
    count = len(sheet.steps)
    shown = Shown([True] * count, [step.simbol for step in sheet.steps])
    return gold_with_flow(sheet, flow, make_gold(sheet, shown, path, index))


def make_docx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """One DOCX with one SOP."""
    path = f"{name}.docx"
    for _ in range(_TRIES):
        style = make_docx_style(rng, pool is HELD_OUT_POOL)
        sheet, flow = _compose(rng, pool, 0.0 if style.numbers == "word" else 0.2)
        writer = DocxWriter(rng, pool.words, style)
        if writer.add(sheet, flow, first=True):
            faults = (*sheet.faults, *_say(style))
            gold = (_gold(sheet, flow, path, 0),)
            return MadeSheet(path, writer.save(), gold, "W", faults)
    raise RuntimeError(f"{path}: no flow could be drawn clearly in {_TRIES} tries")


def make_xlsx(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """One XLSX with one SOP."""
    path = f"{name}.xlsx"
    for _ in range(_TRIES):
        style = make_xlsx_style(rng, pool is HELD_OUT_POOL)
        sheet, flow = _compose(rng, pool)
        writer = XlsxWriter(rng, pool.words, style)
        if writer.add(writer.new_page("SOP"), sheet, flow):
            gold = (_gold(sheet, flow, path, 0),)
            return MadeSheet(path, writer.save(), gold, "X", (*sheet.faults, *_say_xlsx(style)))
    raise RuntimeError(f"{path}: no flow could be drawn clearly in {_TRIES} tries")


def _say_xlsx(style: XlsxStyle) -> tuple[str, ...]:
    glued = "glued" if style.ink.glued else "loose"
    columns = "narrow columns" if style.narrow else "plain columns"
    return (f"{style.anchor} anchors", columns, f"{glued} {style.ink.arrows}")


def _say(style: DocxStyle) -> tuple[str, ...]:
    """How the file was built, for whoever looks for what a reader misses."""
    ink = style.ink
    glued = "glued" if ink.glued else "loose"
    return (f"anchors {style.anchors}", style.wrap, f"{glued} {ink.arrows}", f"box {style.form.box}")
