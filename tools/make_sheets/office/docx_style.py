"""How one author builds a DOCX."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from tools.make_sheets.office.docx_form import FormStyle, make_form_style
from tools.make_sheets.office.docx_shapes import Wrap
from tools.make_sheets.office.docx_text import Look
from tools.make_sheets.office.pieces import DARK_FILLS, Ink, make_ink

PAGES_PT = {"A4": (841.9, 595.3), "F4": (935.4, 609.5), "Letter": (792.0, 612.0)}
Anchors = Literal["cells", "paragraph", "page", "first", "mixed", "group", "canvas"]


@dataclass(frozen=True)
class DocxStyle:
    """How one file is built; `anchors` says where shapes hang and from where they count."""

    form: FormStyle
    look: Look
    ink: Ink
    paper: str
    anchors: Anchors
    wrap: Wrap
    numbers: str  # "typed" or "word"
    new_page: bool
    count_row: str | None
    margin_pt: float = 36.0
    exact: bool = False
    scale: float = 1.0
    tracked: bool = False
    decree: bool = False
    page_border: str = ""
    footer: str = ""


def make_docx_style(rng: random.Random, apart: int) -> DocxStyle:
    """One author's file; `apart` as in a pool of words."""
    style = _make_style(rng, apart)
    if apart < 2 or rng.random() < 0.5:
        return style
    fill = rng.choice((style.look.head_fill, *DARK_FILLS))
    return replace(
        style,
        look=replace(style.look, head_fill=fill, split=rng.random() < 0.5),
        page_border=rng.choice(("", "single", "double", "thinThickSmallGap")),
        footer=rng.choice(("", "", "D:\\ORGANISASI\\SOP 2023\\sop_final.docx", "SOP | hal.")),
    )


def _make_style(rng: random.Random, apart: int) -> DocxStyle:
    held_out = apart > 0
    common: tuple[Anchors, ...] = ("cells", "cells", "cells", "paragraph", "paragraph", "mixed")
    rare: tuple[Anchors, ...] = ("page", "group", "canvas", "first")
    anchors = rng.choice((*common, *rare, *rare) if held_out else (*common, *rare))
    wrap: Wrap = rng.choice(("both", "both", "both", "drawing", "vml"))
    ink = make_ink(rng, apart)
    return DocxStyle(
        form=make_form_style(rng, held_out),
        look=Look(
            rng.choice(("Arial", "Arial", "Calibri", "Bookman Old Style", "Tahoma")),
            rng.choice((7.5, 8.0, 8.0, 9.0)),
            rng.choice((None, None, "D9D9D9", "BDD6EE")),
        ),
        ink=ink,
        paper=rng.choice(("A4", "A4", "F4", "Letter")),
        anchors=anchors,
        wrap="both" if anchors in ("group", "canvas") else wrap,
        numbers=rng.choice(("typed", "typed", "word")),
        new_page=anchors == "page" or rng.random() < 0.7,
        count_row=rng.choice((None, None, "{}", "({})")),
        exact=rng.random() < 0.3,
        scale=rng.choice((1.0, 1.0, 0.635, 20.0)) if anchors == "group" else 1.0,
        tracked=rng.random() < 0.12,
        decree=rng.random() < 0.4,
    )


def printable_docx(style: DocxStyle) -> DocxStyle:
    """The style without what LibreOffice prints otherwise than Word: its fonts, its own changes."""
    look = replace(style.look, font="Arial")
    anchors: Anchors = "paragraph" if style.anchors == "canvas" else style.anchors
    wrap: Wrap = "both" if style.wrap == "vml" else style.wrap
    return replace(style, look=look, anchors=anchors, wrap=wrap, tracked=False)
