"""Turns of a PDF's look that only the fresh sheets have. Not to be looked at while tuning."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tools.make_sheets.pdf.pen import Colour, Writing


@dataclass(frozen=True)
class Extras:
    """Every field at its default leaves the sheet as it would be without."""

    frame: str = ""
    watermark: str = ""
    number_form: str = ""
    spare_column: float = 0.0
    hyphens: bool = False
    heading: str = ""
    band: Colour | None = None
    white_cells: bool = False
    outer: float = 0.0
    two_logos: bool = False
    notes: bool = False
    label: str = ""
    lines_first: bool = False
    nudge: float = 0.0
    hops: bool = False
    overprint: bool = False
    writing: Writing = field(default_factory=Writing)


_PAGE: tuple[Extras, ...] = (
    Extras(frame="single"),
    Extras(frame="double"),
    Extras(watermark="SALINAN"),
    Extras(watermark="DRAFT"),
)
_TABLE: tuple[Extras, ...] = (
    Extras(number_form="{})"),
    Extras(number_form="{:02}."),
    Extras(spare_column=11.0),
    Extras(hyphens=True),
    Extras(band=(0.93, 0.93, 0.93)),
    Extras(band=(0.89, 0.94, 0.85)),
    Extras(white_cells=True),
    Extras(outer=1.8),
)
_HEADING = (Extras(heading="apart"), Extras(heading="small caps"), Extras(heading="typed apart"))
_DRAWING: tuple[Extras, ...] = (
    Extras(notes=True),
    Extras(label="italic"),
    Extras(label="framed"),
    Extras(lines_first=True),
    Extras(nudge=2.0),
    Extras(nudge=-2.5),
    Extras(hops=True),
)
_TEXT: tuple[Extras, ...] = (
    Extras(overprint=True),
    Extras(writing=Writing(clipped=True)),
    Extras(writing=Writing(by="word")),
    Extras(writing=Writing(by="letter")),
    Extras(writing=Writing(unit=0.12, flipped=True)),
    Extras(writing=Writing(unit=0.24, flipped=True, by="word")),
)


def draw_extras(rng: random.Random) -> Extras:
    """Of each group one turn for every second sheet, two for some."""
    found = Extras(two_logos=rng.random() < 0.25)
    plain = Extras()
    for group in (_PAGE, _TABLE, _TABLE, _HEADING, _DRAWING, _DRAWING, _TEXT):
        if rng.random() < 0.5:
            chosen = rng.choice(group)
            changed = {k: v for k, v in vars(chosen).items() if v != getattr(plain, k)}
            found = replace(found, **changed)
    return found
