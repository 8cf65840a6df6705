"""How one author builds a workbook."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from tools.make_sheets.office.pieces import DARK_FILLS, Ink, make_ink
from tools.make_sheets.office.xlsx_drawing import AnchorKind

RuleKind = Literal["thin", "hair", "dotted", "medium"]
Grouped = Literal["no", "all", "symbols"]


@dataclass(frozen=True)
class XlsxStyle:
    """How one workbook is built.

    `narrow`: every column is made of narrow ones, joined by merges. `item_rows`: every item of a
    list has a row of its own. `sub_rows`: worksheet rows per step. `pages`: the step table is cut
    by page breaks, with pentagons. `apart`: the step table has its own worksheet. `own_dates`:
    months are named in Indonesian whatever the program's language. `offset`: empty
    columns and rows before the sheet.
    """

    ink: Ink
    narrow: bool
    item_rows: bool
    sub_rows: int
    pages: bool
    offset: tuple[int, int]
    anchor: AnchorKind
    edit_as: str
    grouped: Grouped
    scale: float
    real_dates: bool
    real_amounts: bool
    formulas: bool
    count_row: str | None
    logo: bool
    size_pt: float
    font: str
    head_fill: str | None
    hidden_row: bool
    hidden_sheet: bool
    print_area: bool
    total_row: bool
    apart: bool
    own_dates: bool = False
    rule: RuleKind = "thin"
    number_format: str = "General"
    footer: bool = False
    nested: bool = False
    frozen: bool = False


def make_xlsx_style(rng: random.Random, apart: int) -> XlsxStyle:
    """One author's workbook; `apart` as in a pool of words."""
    style = _make_style(rng, apart)
    if apart < 2 or rng.random() < 0.5:
        return style
    rules: tuple[RuleKind, ...] = ("thin", "hair", "dotted", "medium")
    return replace(
        style,
        rule=rng.choice(rules),
        number_format=rng.choice(("General", '0")"', '0"."')),
        footer=rng.random() < 0.4,
        nested=rng.random() < 0.5,
        frozen=rng.random() < 0.3,
        head_fill=rng.choice((style.head_fill, *DARK_FILLS)),
    )


def _make_style(rng: random.Random, apart: int) -> XlsxStyle:
    held_out = apart > 0
    grouped: tuple[Grouped, ...] = ("no", "no", "no", "no", "no", "no", "all")
    kinds: tuple[AnchorKind, ...] = ("two", "two", "two", "one")
    return XlsxStyle(
        ink=make_ink(rng, apart),
        narrow=rng.random() < 0.4,
        item_rows=rng.random() < 0.5,
        sub_rows=rng.choice((1, 1, 1, 2, 3)),
        pages=rng.random() < 0.3,
        offset=rng.choice(((0, 0), (0, 1), (1, 1), (1, 2))),
        anchor=rng.choice((*kinds, "absolute") if held_out else kinds),
        edit_as=rng.choice(("", "", "oneCell", "absolute")),
        grouped=rng.choice(("no", "no", "no", "all", "symbols") if held_out else grouped),
        scale=rng.choice((1.0, 1.0, 0.5, 1.37)),
        real_dates=rng.random() < 0.6,
        real_amounts=rng.random() < 0.3,
        formulas=rng.random() < 0.4,
        count_row=rng.choice((None, None, "{}", "({})")),
        logo=rng.random() < 0.6,
        size_pt=rng.choice((8.0, 9.0, 9.0, 10.0)),
        font=rng.choice(("Arial", "Arial", "Calibri", "Tahoma", "Bookman Old Style")),
        head_fill=rng.choice((None, None, "D9D9D9", "BDD7EE", "FFE699")),
        hidden_row=rng.random() < 0.1,
        hidden_sheet=rng.random() < 0.15,
        print_area=rng.random() < 0.4,
        total_row=held_out and rng.random() < 0.25,
        apart=rng.random() < 0.1,
    )


def printable_xlsx(style: XlsxStyle) -> XlsxStyle:
    """The style as LibreOffice prints it like Excel: its own fonts, shapes that move with cells.

    LibreOffice draws connectors its own way; as free shapes they keep the way that Excel shows.
    """
    ink = replace(style.ink, glued=False, lines_as_shapes=True)
    return replace(
        style, ink=ink, pages=True, anchor="two", font="Arial", edit_as="", own_dates=True
    )
