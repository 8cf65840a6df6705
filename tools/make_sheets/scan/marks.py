"""Coloured ink on paper: round stamps, signatures, the red stamp of a copy. All names invented."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from tools.make_sheets.scan.warp import Colour, Point

_FONTS = Path(reportlab.__file__).parent / "fonts"
_FINER = 2  # marks are drawn so many times larger, for soft edges
_BLUES: tuple[Colour, ...] = ((40, 60, 170), (70, 50, 160), (95, 45, 150), (30, 80, 190))
_BLUES_APART: tuple[Colour, ...] = ((20, 50, 120), (110, 30, 130), (0, 100, 160), (60, 70, 200))
_PENS: tuple[Colour, ...] = ((25, 45, 160), (20, 30, 130), (40, 70, 190))
_PENS_APART: tuple[Colour, ...] = ((15, 30, 90), (70, 40, 150), (0, 60, 140))
_RED: Colour = (200, 30, 40)


@cache
def text_font(size: int, *, bold: bool = True) -> ImageFont.FreeTypeFont:
    """Vera, which comes with reportlab, `size` pixels high."""
    return ImageFont.truetype(str(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf")), size)


def press(page: Image.Image, ink: Image.Image, colour: Colour, centre: Point) -> None:
    """Print ink (mode L, 255 full) on a page, its middle at `centre` pixels; the page changes."""
    left, top = round(centre[0] - ink.width / 2), round(centre[1] - ink.height / 2)
    box = (max(left, 0), max(top, 0), min(left + ink.width, page.width),
           min(top + ink.height, page.height))  # fmt: skip
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    part = np.asarray(page.crop(box), dtype=np.float32)
    inner = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
    share = np.asarray(ink.crop(inner), dtype=np.float32)[..., None] / 255
    keeps = 1 - share * (1 - np.array(colour, dtype=np.float32) / 255)
    page.paste(Image.fromarray((part * keeps).astype(np.uint8)), box[:2])


def _patchy(rng: random.Random, ink: Image.Image, low: float) -> Image.Image:
    """Ink that did not take everywhere alike."""
    noise = np.random.default_rng(rng.getrandbits(64)).uniform(low, 1, (12, 12))
    soft = Image.fromarray((noise * 255).astype(np.uint8)).resize(
        ink.size, Image.Resampling.BICUBIC
    )
    mixed = np.asarray(ink, dtype=np.float32) * np.asarray(soft, dtype=np.float32) / 255
    return Image.fromarray(mixed.astype(np.uint8))


def make_stamp(
    rng: random.Random, dpi: int, words: str, *, apart: bool
) -> tuple[Image.Image, Colour]:
    """A stamp of an agency, 1.1 to 1.4 inches wide: round; kept apart also oval or with a star."""
    side = round(rng.uniform(1.1, 1.4) * dpi) * _FINER
    ink = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ink)
    line = max(2, side // 60)
    for share in (0.49, 0.46, 0.30) if not apart else (0.49, 0.33, 0.31):
        reach = side * share
        middle = side / 2
        box = (middle - reach, middle - reach, middle + reach, middle + reach)
        draw.ellipse(box, outline=255, width=line)
    _write_round(ink, words, 0.38 if not apart else 0.41)
    if apart and rng.random() < 0.5:
        _draw_star(draw, side / 2, side * 0.17)
    else:
        font = text_font(max(8, side // 14))
        for i, part in enumerate(words.split()[:3]):
            y = side / 2 + (i - 1) * side * 0.11
            draw.text((side / 2, y), part[:9], 255, font, anchor="mm")
    ink = _patchy(rng, ink, 0.35).rotate(rng.uniform(-25, 25), Image.Resampling.BICUBIC)
    height = side if not apart or rng.random() < 0.5 else round(side * 0.7)
    size = (side // _FINER, height // _FINER)
    ink = ink.resize(size, Image.Resampling.LANCZOS)
    return ink, rng.choice(_BLUES_APART if apart else _BLUES)


def _write_round(ink: Image.Image, words: str, share: float) -> None:
    """Letters along the upper part of a circle."""
    side = ink.width
    letters = words.upper()[:26]
    font = text_font(max(8, side // 13))
    step = math.radians(min(13.0, 280 / max(len(letters), 1)))
    for i, letter in enumerate(letters):
        angle = (i - (len(letters) - 1) / 2) * step
        tile = Image.new("L", (side // 8, side // 8), 0)
        middle = tile.width / 2
        ImageDraw.Draw(tile).text((middle, middle), letter, 255, font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x = side / 2 + math.sin(angle) * side * share - tile.width / 2
        y = side / 2 - math.cos(angle) * side * share - tile.height / 2
        ink.paste(255, (round(x), round(y)), tile)


def _draw_star(draw: ImageDraw.ImageDraw, middle: float, reach: float) -> None:
    points = [
        (
            middle + math.sin(math.pi * i / 5) * reach * (1 if i % 2 == 0 else 0.42),
            middle - math.cos(math.pi * i / 5) * reach * (1 if i % 2 == 0 else 0.42),
        )
        for i in range(10)
    ]
    draw.polygon(points, fill=255)


def curve_through(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A smooth line through points (Catmull–Rom)."""
    ends = [points[0], *points, points[-1]]
    found: list[Point] = []
    for i in range(len(ends) - 3):
        a, b, c, d = (np.array(p) for p in ends[i : i + 4])
        for k in range(steps):
            t = k / steps
            p = 0.5 * (
                2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )  # fmt: skip
            found.append((float(p[0]), float(p[1])))
    return [*found, points[-1]]


def make_signature(rng: random.Random, dpi: int, *, apart: bool) -> tuple[Image.Image, Colour]:
    """A signature, 1.2 to 2 inches wide, in blue."""
    scale = dpi * _FINER
    width, height = rng.uniform(1.2, 2.0) * scale, rng.uniform(0.5, 0.8) * scale
    ink = Image.new("L", (round(width), round(height)), 0)
    draw = ImageDraw.Draw(ink)
    n = rng.randint(9, 15)
    points = [
        (
            width * (0.06 + 0.8 * i / n + rng.uniform(-0.06, 0.06)),
            height * (0.5 + (0.38 if i % 2 else -0.38) * rng.uniform(0.3, 1.0)),
        )
        for i in range(n + 1)
    ]
    line = max(2, round(rng.uniform(0.010, 0.018) * scale))
    draw.line(curve_through(points), fill=235, width=line, joint="curve")
    sweep = [
        (width * 0.05, height * 0.8),
        (width * 0.5, height * 0.62),
        (width * 0.95, height * 0.75),
    ]
    draw.line(curve_through(sweep), fill=235, width=line, joint="curve")
    ink = ink.rotate(rng.uniform(-4, 14), Image.Resampling.BICUBIC)
    ink = ink.resize((ink.width // _FINER, ink.height // _FINER), Image.Resampling.LANCZOS)
    return ink, rng.choice(_PENS_APART if apart else _PENS)


def make_copy_stamp(rng: random.Random, dpi: int) -> tuple[Image.Image, Colour]:
    """The red stamp SALINAN in its frame."""
    width, height = round(1.7 * dpi * _FINER), round(0.45 * dpi * _FINER)
    ink = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(ink)
    line = max(2, height // 16)
    draw.rectangle((line, line, width - line, height - line), outline=255, width=line)
    draw.text((width / 2, height / 2), "SALINAN", 255, text_font(round(height * 0.55)), anchor="mm")
    ink = _patchy(rng, ink, 0.4)
    ink = ink.rotate(rng.uniform(-12, 18), Image.Resampling.BICUBIC, expand=True)
    return ink.resize((ink.width // _FINER, ink.height // _FINER), Image.Resampling.LANCZOS), _RED
