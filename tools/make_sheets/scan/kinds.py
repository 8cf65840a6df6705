"""The kinds of made scan, and what a throw of the dice makes of each.

The ranges follow the degradations of the measurements that chose the engine (300 and 200 dots an
inch, skew to 2 degrees, JPEG at 45 to 60, stamps over the text); kept-apart scans draw from wider
and partly other ranges.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tools.make_sheets.scan.warp import Bend, Colour, Point

KINDS = ("clean300", "deg300", "deg200", "bin200", "photo", "copy", "hard200", "pasted")

Range = tuple[float, float]


@dataclass(frozen=True)
class Wear:
    """What became of one page. Lengths are pixels at `dpi`; shares run from 0 to 1.

    `paper` and `ink` are the grey of both; `shade` how much darker the darkest part is; `noise` in
    levels of grey; `specks` on a square inch; `thick` how much strokes gained; `edge` the width of
    a copier's black border in inches; `threshold` makes the page bilevel. `stamped`, `signed` and
    `copied` say which coloured ink lies on it.
    """

    dpi: int
    blur: float = 0.0
    paper: float = 255.0
    ink: float = 0.0
    shade: float = 0.0
    noise: float = 0.0
    specks: float = 0.0
    thick: float = 0.0
    edge: float = 0.0
    grey: bool = False
    threshold: float | None = None
    quality: int = 85
    ground: Colour = (255, 255, 255)
    stamped: bool = False
    signed: bool = False
    copied: bool = False


@dataclass(frozen=True)
class _Ranges:
    """From what range each number of `Wear` is drawn."""

    dpi: int
    skew: Range = (0.0, 0.0)
    stretch: float = 0.0
    corners: float = 0.0
    curl: float = 0.0
    blur: Range = (0.0, 0.0)
    paper: Range = (255, 255)
    ink: Range = (0, 0)
    shade: Range = (0.0, 0.0)
    noise: Range = (0.0, 0.0)
    specks: Range = (0.0, 0.0)
    thick: Range = (0.0, 0.0)
    edge: Range = (0.0, 0.0)
    quality: tuple[int, int] = (80, 90)
    inked: float = 0.0  # share of the sheets with a stamp, a signature


_TUNING: dict[str, _Ranges] = {
    "clean300": _Ranges(300, (0.0, 0.2), blur=(0.4, 0.6), noise=(0.5, 1.5), quality=(85, 92)),
    "deg300": _Ranges(
        300, (0.5, 2.0), 0.004, blur=(0.8, 1.3), paper=(225, 245), ink=(20, 60),
        shade=(0.05, 0.18), noise=(6, 12), specks=(0.3, 1.5), quality=(45, 60), inked=0.7,
    ),
    "deg200": _Ranges(
        200, (0.5, 2.0), 0.004, blur=(0.5, 0.85), paper=(225, 245), ink=(20, 60),
        shade=(0.05, 0.18), noise=(6, 12), specks=(0.3, 1.5), quality=(45, 60), inked=0.7,
    ),
    "bin200": _Ranges(
        200, (0.3, 1.5), 0.003, blur=(0.5, 0.7), paper=(235, 250), ink=(10, 50),
        shade=(0.0, 0.08), noise=(4, 9), specks=(0.3, 2.0), inked=0.4,
    ),
    "photo": _Ranges(
        200, (0.2, 1.2), 0.004, 0.02, 0.004, blur=(0.6, 0.9), paper=(200, 235), ink=(25, 60),
        shade=(0.2, 0.4), noise=(4, 8), quality=(70, 88), inked=0.5,
    ),
    "copy": _Ranges(
        200, (0.3, 1.8), 0.006, blur=(0.6, 0.8), paper=(245, 255), ink=(0, 25),
        shade=(0.0, 0.05), noise=(4, 8), specks=(3, 8), thick=(0.25, 0.5), edge=(0.05, 0.25),
        quality=(60, 80), inked=0.5,
    ),
    "hard200": _Ranges(
        200, (1.0, 2.4), 0.006, 0.006, blur=(0.75, 1.0), paper=(205, 230), ink=(70, 105),
        shade=(0.1, 0.25), noise=(9, 14), specks=(1, 4), quality=(40, 50), inked=0.8,
    ),
    "pasted": _Ranges(150, quality=(75, 95)),
}  # fmt: skip

_APART: dict[str, _Ranges] = {
    "clean300": _Ranges(300, (0.0, 0.4), 0.002, blur=(0.3, 0.7), noise=(0.0, 2.5)),
    "deg300": _Ranges(
        300, (0.3, 2.3), 0.006, blur=(0.7, 1.5), paper=(215, 250), ink=(10, 70),
        shade=(0.03, 0.22), noise=(5, 14), specks=(0.2, 2.5), quality=(40, 65), inked=0.8,
    ),
    "deg200": _Ranges(
        200, (0.3, 2.3), 0.006, blur=(0.45, 0.9), paper=(215, 250), ink=(10, 70),
        shade=(0.03, 0.22), noise=(5, 14), specks=(0.2, 2.5), quality=(40, 65), inked=0.8,
    ),
    "bin200": _Ranges(
        200, (0.2, 1.9), 0.005, blur=(0.45, 0.8), paper=(230, 252), ink=(5, 60),
        shade=(0.0, 0.1), noise=(4, 11), specks=(0.5, 3.0), inked=0.5,
    ),
    "photo": _Ranges(
        200, (0.2, 1.6), 0.006, 0.025, 0.005, blur=(0.55, 1.0), paper=(190, 240), ink=(20, 70),
        shade=(0.15, 0.45), noise=(3, 10), quality=(65, 90), inked=0.6,
    ),
    "copy": _Ranges(
        200, (0.2, 2.1), 0.008, blur=(0.5, 0.9), paper=(240, 255), ink=(0, 35),
        shade=(0.0, 0.08), noise=(3, 10), specks=(2, 10), thick=(0.15, 0.6), edge=(0.0, 0.35),
        quality=(55, 85), inked=0.6,
    ),
    "hard200": _Ranges(
        200, (0.8, 2.7), 0.008, 0.008, blur=(0.7, 1.1), paper=(200, 235), ink=(60, 115),
        shade=(0.08, 0.28), noise=(8, 16), specks=(1, 5), quality=(38, 55), inked=0.8,
    ),
    "pasted": _Ranges(144, quality=(70, 95)),
}  # fmt: skip

_DESKS: tuple[Colour, ...] = ((96, 74, 58), (60, 62, 66), (150, 140, 128))


def draw_wear(rng: random.Random, kind: str, *, apart: bool) -> Wear:
    """The wear of a sheet's pages; KeyError for a kind that is not in `KINDS`."""
    ranges = (_APART if apart else _TUNING)[kind]
    inked = rng.random() < ranges.inked
    wear = Wear(
        ranges.dpi,
        blur=rng.uniform(*ranges.blur),
        paper=rng.uniform(*ranges.paper),
        ink=rng.uniform(*ranges.ink),
        shade=rng.uniform(*ranges.shade),
        noise=rng.uniform(*ranges.noise),
        specks=rng.uniform(*ranges.specks),
        thick=rng.uniform(*ranges.thick),
        edge=rng.uniform(*ranges.edge),
        quality=rng.randint(*ranges.quality),
        stamped=inked,
        signed=inked,
        copied=ranges.inked > 0 and rng.random() < 0.2,
    )
    if kind == "copy":
        return replace(wear, grey=True, ground=(30, 30, 30))
    if kind == "bin200":
        return replace(wear, grey=True, threshold=rng.uniform(150, 190))
    if kind == "photo":
        return replace(wear, ground=rng.choice(_DESKS))
    return replace(wear, grey=kind in ("deg300", "deg200", "hard200") and not inked)


def draw_bend(rng: random.Random, kind: str, *, apart: bool) -> Bend:
    """How one page of the sheet lay: every page was put down anew."""
    ranges = (_APART if apart else _TUNING)[kind]
    skew = rng.uniform(*ranges.skew) * rng.choice((-1, 1))
    stretch = (1 + rng.uniform(-1, 1) * ranges.stretch, 1 + rng.uniform(-1, 1) * ranges.stretch)
    move = ranges.corners

    def corner() -> Point:
        return rng.uniform(-move, move), rng.uniform(-move, move)

    corners = (corner(), corner(), corner(), corner())
    curl = rng.uniform(0.3, 1.0) * ranges.curl
    margin = rng.uniform(0.02, 0.05) if kind == "photo" and rng.random() < 0.5 else 0.0
    return Bend(skew, stretch, corners, curl, rng.uniform(-0.6, 0.6), margin)
