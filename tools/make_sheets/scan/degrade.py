"""From a clean picture of a page to one that a scanner, a copier or a telephone made."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from tools.make_sheets.scan.kinds import Wear
from tools.make_sheets.scan.warp import Warp

Grey = npt.NDArray[np.float32]
_MASK = (1 << 64) - 1


def degrade(page: Image.Image, wear: Wear, warp: Warp, seed: int) -> Image.Image:
    """The picture of a clean page, not yet turned: mode RGB, L where grey, 1 where bilevel."""
    rng = random.Random(seed)
    if wear.thick:
        page = Image.blend(page, page.filter(ImageFilter.MinFilter(3)), wear.thick)
    picture = warp.apply(page, wear.ground)
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.grey:
        picture = picture.convert("L")
    picture = _lit(picture, wear, rng)
    draw = ImageDraw.Draw(picture)
    if wear.specks:
        _add_specks(draw, picture.size, wear, rng)
    if wear.edge:
        _add_edges(draw, picture.size, wear, rng)
    if wear.threshold is not None:
        limit = wear.threshold
        return picture.point([255 if v >= limit else 0 for v in range(256)]).convert(
            "1", dither=Image.Dither.NONE
        )
    return picture


def _lit(picture: Image.Image, wear: Wear, rng: random.Random) -> Image.Image:
    """Less contrast, uneven light and the noise of a sensor."""
    values = np.asarray(picture, dtype=np.float32)
    values = wear.ink + values * ((wear.paper - wear.ink) / 255)
    if wear.shade:
        light = _light((picture.height, picture.width), wear.shade, rng)
        values = values * (light[..., None] if values.ndim == 3 else light)
    if wear.noise:
        dice = np.random.default_rng(rng.getrandbits(64) & _MASK)
        noise = dice.standard_normal(values.shape[:2], dtype=np.float32) * wear.noise
        values = values + (noise[..., None] if values.ndim == 3 else noise)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _light(shape: tuple[int, int], shade: float, rng: random.Random) -> Grey:
    """How much light falls on each pixel: a slope and a soft shadow, 1 to 1 - shade."""
    y, x = np.mgrid[0:1:32j, 0:1:32j]
    slope = x * rng.uniform(-1, 1) + y * rng.uniform(-1, 1)
    cx, cy = rng.random(), rng.random()
    spot = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / rng.uniform(0.05, 0.3))
    dark = slope - rng.uniform(0.3, 1.0) * spot
    dark = (dark - dark.min()) / max(float(np.ptp(dark)), 1e-6)
    small = Image.fromarray((255 * (1 - shade * dark)).astype(np.float32))
    full = small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(full, dtype=np.float32) / np.float32(255)


def _add_specks(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], wear: Wear, rng: random.Random
) -> None:
    inches = size[0] * size[1] / wear.dpi**2
    for _ in range(round(wear.specks * inches)):
        x, y = rng.random() * size[0], rng.random() * size[1]
        reach = rng.choice((0.5, 0.5, 0.5, 1.0, 1.0, 1.5)) * wear.dpi / 200
        level = rng.randint(20, 120)
        box = (x - reach, y - reach * rng.uniform(0.6, 1.4), x + reach, y + reach)
        draw.ellipse(box, fill=level if wear.grey else (level, level, level))


def _add_edges(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], wear: Wear, rng: random.Random
) -> None:
    """Dark bands along two or three sides, where the lid did not close."""
    dark = 15 if wear.grey else (15, 15, 15)
    for side in rng.sample(range(4), rng.randint(2, 3)):
        along, across = (size[1], size[0]) if side < 2 else (size[0], size[1])
        widths = [wear.edge * wear.dpi * rng.uniform(0.2, 1.0) for _ in range(12)]
        inner = [(w, along * i / 11) for i, w in enumerate(widths)]
        ring = [(0.0, 0.0), *inner, (0.0, float(along))]
        if side % 2:
            ring = [(across - w, t) for w, t in ring]
        draw.polygon(ring if side < 2 else [(t, w) for w, t in ring], fill=dark)
