"""How a PDF sheet looks: paper, type, rules, header, symbols, connectors and furniture.

Every choice is made once per sheet. Tuning seeds choose from the first list of a field; held-out
seeds take one of the kept looks every second time, so that a good part of what they show was never
seen in tuning. Fresh seeds take one of a third list every second time, else they choose as
held-out ones do.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tools.make_sheets.pdf.extras import Extras, draw_extras
from tools.make_sheets.pdf.pen import BLACK, WHITE, Colour, Font

T = TypeVar("T")

PAPERS = {
    "a4": (841.9, 595.3),
    "letter": (792.0, 612.0),
    "f4": (935.4, 609.5),
    "legal": (1008.0, 612.0),
    "a4 upright": (595.3, 841.9),
    "folio": (936.0, 612.0),
    "a3": (1190.6, 841.9),
}


@dataclass(frozen=True)
class RuleLook:
    """`kind` is how a rule is drawn; `lanes` what stands between the actors."""

    kind: str
    width: float
    colour: Colour
    lanes: str
    gap: float
    shift: float
    double: bool
    outer: float = 0.0


@dataclass(frozen=True)
class HeadLook:
    """The header of the step table."""

    group: str
    upright: bool
    narrow: bool
    remarks: bool
    numbers: str
    shade: Colour | None
    bold: bool
    ink: Colour = BLACK


@dataclass(frozen=True)
class SymbolLook:
    kind: str
    width: float
    colour: Colour
    fill: Colour | None
    shadow: bool
    size: float
    jitter: float
    capsule: str = ""


@dataclass(frozen=True)
class LineLook:
    """`gap` before the outline at the head; negative where the line runs into the symbol."""

    kind: str
    width: float
    colour: Colour
    head: str
    head_size: float
    gap: float
    tail_gap: float
    prefer: str
    on_rules: bool
    joint: str
    dash: tuple[float, ...]
    label: str
    label_size: float


@dataclass(frozen=True)
class PageLook:
    """`pentagon` is where off-page connectors stand, `letters` what is written in them."""

    paper: tuple[float, float]
    first_paper: tuple[float, float]
    rotate: int
    form: bool
    repeat_header: bool
    split_rows: bool
    pentagon: str
    letters: str
    footer: str
    numbering: str
    stamp: bool


@dataclass(frozen=True)
class Look:
    font: Font
    page: PageLook
    rules: RuleLook
    head: HeadLook
    symbol: SymbolLook
    line: LineLook
    middle: bool
    justified: bool
    centred: bool
    dotted_no: bool
    items: str
    tightness: float
    logo: str
    signature: str
    title: str
    underline: float
    links: float
    total: bool
    extras: Extras = field(default_factory=Extras)


class Chooser:
    """Draws from the looks of all seeds, and from those of each level of being apart up to its."""

    def __init__(self, rng: random.Random, apart: int) -> None:
        self.rng, self.held_out, self.fresh = rng, apart > 0, apart > 1

    def one(self, common: Sequence[T], kept: Sequence[T] = (), fresh: Sequence[T] = ()) -> T:
        if fresh and self.fresh and self.rng.random() < 0.5:
            return self.rng.choice(fresh)
        if kept and self.held_out and self.rng.random() < 0.5:
            return self.rng.choice(kept)
        return self.rng.choice(common)

    def maybe(self, chance: float, held_out: float | None = None) -> bool:
        return self.rng.random() < (held_out if self.held_out and held_out is not None else chance)

    def between(self, low: float, high: float) -> float:
        return round(self.rng.uniform(low, high), 2)


_GREY: Colour = (0.35, 0.35, 0.35)
_BLUE: Colour = (0.27, 0.45, 0.77)
_DARK_BLUE: Colour = (0.1, 0.2, 0.45)
_SHADES: tuple[Colour | None, ...] = (None, None, (0.85, 0.85, 0.85), (0.74, 0.84, 0.93))


_DEEP: tuple[Colour, ...] = ((0.12, 0.22, 0.4), (0.0, 0.35, 0.2), (0.25, 0.25, 0.25))  # white on it


def _rules(c: Chooser) -> RuleLook:
    return RuleLook(
        kind=c.one(
            ("strokes", "strokes", "fills", "fills", "cells", "cell fills"),
            ("path", "ladder"),
            ("joints", "hair", "polygons"),
        ),
        width=c.one((0.4, 0.5, 0.72, 1.0), (0.2, 1.5), (0.12, 0.25, 0.85)),
        colour=c.one(
            (BLACK, BLACK, BLACK, _GREY),
            ((0.6, 0.6, 0.6), _DARK_BLUE),
            ((0.72, 0.72, 0.72), (0.0, 0.4, 0.4)),
        ),
        lanes=c.one(("solid", "solid", "solid", "dotted", "missing"), ("dashed", "grey")),
        gap=c.one((0.0, 0.0, 0.0, 0.4), (0.8,), (1.5,)),
        shift=c.one((0.0, 0.0, 0.0, 0.3), (0.7,)),
        double=c.maybe(0.12, 0.2),
    )


def _head(c: Chooser) -> HeadLook:
    return HeadLook(
        group=c.one(("over", "over", "over", "none", "outside"), ("over two",)),
        upright=c.maybe(0.08, 0.15),
        narrow=c.maybe(0.12),
        remarks=c.maybe(0.8),
        numbers=c.one(("", "", "1", "(1)"), ("1.", "missing")),
        shade=c.one(_SHADES, ((0.5, 0.5, 0.5), (0.98, 0.9, 0.7)), _DEEP),
        bold=c.maybe(0.75),
    )


_SYMBOLS = ("emf", "quads", "curves", "gradient", "open ends")
_LINES = ("crumbs", "curves", "quads", "rounded")
_HEADS = ("needle", "hollow", "strokes", "hatched", "halves", "barbs")


def _symbol(c: Chooser) -> SymbolLook:
    kinds = ("rect", "rect", "path", "path", "ring", "segments", "flattened", "thin fills")
    return SymbolLook(
        kind=c.one(kinds, ("twice", "fill then stroke", "dots"), _SYMBOLS),
        width=c.one((0.5, 0.75, 1.0), (0.3, 1.5)),
        colour=c.one((BLACK, BLACK, BLACK, _DARK_BLUE), (_GREY, (0.55, 0.1, 0.1))),
        fill=c.one(
            (None, None, None, (1, 1, 1), (1, 1, 1), (0.36, 0.61, 0.84)),
            ((0.99, 0.9, 0.6), (0.85, 0.93, 0.83)),
        ),
        shadow=c.maybe(0.05, 0.12),
        size=c.between(0.8, 1.15),
        jitter=c.one((0.0, 0.0, 1.0, 3.0), (5.0,)),
    )


def _line(c: Chooser) -> LineLook:
    kinds = ("polyline", "polyline", "segments", "segments", "fills", "arrow")
    return LineLook(
        kind=c.one(kinds, ("ring", "pieces"), _LINES),
        width=c.one((0.5, 0.75, 1.0), (0.3, 1.4)),
        colour=c.one((BLACK, BLACK, BLACK, _BLUE), ((0.6, 0.1, 0.1), _GREY)),
        head=c.one(("triangle", "triangle", "open", "chevron"), ("long", "stealth"), _HEADS),
        head_size=c.between(3.6, 6.0),
        gap=c.one((0.0, 0.0, 0.0, 1.0, 2.5, -1.0), (4.0, 6.0, -2.0)),
        tail_gap=c.one((0.0, 0.0, 0.0, 1.0, -1.0), (3.0,), (0.0, -2.5, 1.8)),
        prefer=c.one(("down", "down", "elbow", "side"), ("late elbow",)),
        on_rules=c.maybe(0.12, 0.25),
        joint=c.one(("over", "over", "touch")),
        dash=c.one(((), (), (), (), (), (3.0, 2.0)), ((1.0, 1.5), (4.0, 1.0, 1.0, 1.0))),
        label=c.one(("beside", "beside", "beside", "box", "bend")),
        label_size=c.between(0.8, 1.1),
    )


def _page(c: Chooser, layout: str) -> PageLook:
    papers = ("a4", "a4", "letter", "f4", "legal")
    paper = PAPERS[c.one(papers, ("folio", "a3", "a4 upright"))]
    upright_first = layout == "Q" and c.maybe(0.2) and paper[0] > paper[1]
    repeat = layout in "PQS" if c.maybe(0.85) else layout not in "PQS"
    return PageLook(
        paper=paper,
        first_paper=(paper[1], paper[0]) if upright_first else paper,
        rotate=c.one((0, 0, 0, 0, 90), (270,)),
        form=c.maybe(0.1, 0.2),
        repeat_header=repeat and layout != "R",
        split_rows=c.maybe(0.25),
        pentagon=c.one(("row", "row", "edge", "outside", "near")),
        letters=c.one(("", "", "A"), ("1", "a")),
        footer=c.one(("", "bsre", "bsre", "bsre image"), ("plain",), ("path", "")),
        numbering=c.one(("", "", "- 2 -", "Halaman 2 dari 3"), ("2",), ("Hal. 2/3", "2 | Halaman")),
        stamp=c.maybe(0.12),
    )


def draw_look(rng: random.Random, apart: int, layout: str) -> Look:
    """The look of one sheet; `apart` as in a pool of words."""
    c = Chooser(rng, apart)
    family = c.one(("helvetica", "helvetica", "helvetica", "times", "vera"))
    size = c.between(7.0, 9.5) if family != "vera" else c.between(6.5, 8.0)
    look = Look(
        font=Font(family, 0, size),
        page=_page(c, layout),
        rules=_rules(c),
        head=_head(c),
        symbol=_symbol(c),
        line=_line(c),
        middle=c.maybe(0.6),
        justified=c.maybe(0.15),
        centred=c.maybe(0.4),
        dotted_no=c.maybe(0.35),
        items=c.one(("1.", "1.", "1.", "a."), ("1)", "•")),
        tightness=c.between(0.0, 1.0),
        logo=c.one(("vector", "vector", "none", "picture")),
        signature=c.one(("qr", "qr", "blank", "picture"), ("electronic",), ("qr and text",)),
        underline=0.1 if c.maybe(0.15) else 0.0,
        links=0.15 if c.maybe(0.1) else 0.0,
        total=c.maybe(0.0, 0.12),
        title=c.one(("", "", "SOP : {}", "SOP {}"), ("STANDAR OPERASIONAL PROSEDUR\n{}",)),
    )
    return _with_extras(look, draw_extras(rng), rng) if c.fresh else look


def _with_extras(look: Look, extras: Extras, rng: random.Random) -> Look:
    """The look with turns of the fresh sheets, and what follows from them."""
    family = look.font.family
    if extras.overprint and family != "vera":
        family = f"{family} twice"
    label = "box" if extras.label == "italic" else look.line.label
    return replace(
        look,
        font=replace(look.font, family=family),
        rules=replace(look.rules, outer=extras.outer),
        head=replace(look.head, ink=WHITE if look.head.shade in _DEEP else BLACK),
        symbol=replace(look.symbol, capsule=rng.choice(("", "", "rounded"))),
        line=replace(look.line, label=label),
        extras=extras,
    )
