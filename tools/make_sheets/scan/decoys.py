"""Pictures that are no sheet: blank, black, noise, a cat, handwriting, a newspaper, a letter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.make_sheets import decoys as texts
from tools.make_sheets.compose import pool_for
from tools.make_sheets.pdf.pen import Font as PenFont
from tools.make_sheets.pdf.pen import wrap
from tools.make_sheets.scan.containers import Shot, pack
from tools.make_sheets.scan.marks import curve_through, text_font
from tools.make_sheets.scan.warp import Bend, Warp
from tools.make_sheets.sheet import MadeSheet

_DPI = 200
_SIZE = (1654, 2339)  # A4
_INK = (40, 45, 120)
Draw = Callable[[random.Random, int], Image.Image]


def _paper(rng: random.Random, level: int = 250) -> Image.Image:
    dice = np.random.default_rng(rng.getrandbits(64))
    noise = level + dice.standard_normal((_SIZE[1], _SIZE[0]), dtype=np.float32) * 3
    return Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8)).convert("RGB")


def blank(rng: random.Random, _seed: int) -> Image.Image:
    """An empty sheet as a scanner sees it."""
    return _paper(rng)


def black(rng: random.Random, _seed: int) -> Image.Image:
    """A scanner with nothing under an open lid."""
    return _paper(rng, 8)


def noise(rng: random.Random, _seed: int) -> Image.Image:
    """Nothing but noise."""
    dice = np.random.default_rng(rng.getrandbits(64))
    return Image.fromarray(dice.integers(0, 256, (_SIZE[1], _SIZE[0], 3), dtype=np.uint8))


def cat(rng: random.Random, _seed: int) -> Image.Image:
    """A cat on a sofa: soft shapes, fur and shade, as a telephone would take it."""
    wide, high = 1600, 1200
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    room = np.stack([150 + 50 * y / high, 130 + 20 * x / wide, 110 + 0 * x], axis=-1)
    picture = Image.fromarray(room.astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((60, 620, wide - 60, high + 80), 90, fill=(96, 58, 52))
    fur = rng.choice(((176, 128, 72), (120, 120, 124), (60, 56, 54)))
    dark = tuple(round(v * 0.7) for v in fur)
    draw.ellipse((480, 480, 1180, 1120), fill=fur)
    draw.ellipse((620, 240, 1040, 620), fill=fur)
    for side in (-1, 1):
        at = 830 + side * 150
        draw.polygon(((at - 70, 330), (at + side * 40, 150), (at + 70, 330)), fill=dark)
        draw.ellipse((830 + side * 90 - 34, 390, 830 + side * 90 + 34, 440), fill=(190, 200, 90))
        draw.ellipse((830 + side * 90 - 9, 388, 830 + side * 90 + 9, 442), fill=(10, 10, 10))
        for i in range(3):
            end = (830 + side * 330, 480 + 40 * i)
            draw.line(((830 + side * 40, 500 + 8 * i), end), fill=(235, 230, 225), width=3)
    draw.polygon(((800, 478), (860, 478), (830, 510)), fill=(190, 110, 110))
    for i in range(6):
        draw.arc((520 + 90 * i, 560, 700 + 90 * i, 1080), 200, 330, fill=dark, width=22)
    picture = picture.filter(ImageFilter.GaussianBlur(5))
    dice = np.random.default_rng(rng.getrandbits(64))
    hair = dice.standard_normal((high, wide), dtype=np.float32)
    soft = Image.fromarray((128 + 40 * hair).clip(0, 255).astype(np.uint8))
    grain = np.asarray(soft.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32) - 128
    values = np.asarray(picture, dtype=np.float32) + 1.6 * grain[..., None]
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def handwriting(rng: random.Random, _seed: int) -> Image.Image:
    """Lines of cursive that say nothing."""
    picture = _paper(rng, 244)
    draw = ImageDraw.Draw(picture)
    for line in range(26):
        x, base = 180.0 + rng.uniform(-12, 12), 220 + line * 78
        slope = rng.uniform(-0.01, 0.01)
        while x < _SIZE[0] - 220:
            x = _scrawl(draw, rng, x, base + slope * x)
            x += rng.uniform(24, 44)
    return picture


def _scrawl(draw: ImageDraw.ImageDraw, rng: random.Random, x: float, base: float) -> float:
    """One word; gives where it ends."""
    points = [(x, base)]
    for _ in range(rng.randint(3, 10)):
        rise = rng.choice((18, 20, 22, 22, 46, 50, -24))
        lean = rng.uniform(3, 9)
        points += [(x + lean + 6, base - rise), (x + 10, base - rise * 0.3), (x + 14, base)]
        x += rng.uniform(16, 24)
    draw.line(curve_through(points), fill=_INK, width=4, joint="curve")
    return x


def newspaper(rng: random.Random, _seed: int) -> Image.Image:
    """Columns of small print under headlines, rules between them."""
    picture = _paper(rng, 232)
    draw = ImageDraw.Draw(picture)
    draw.text((_SIZE[0] / 2, 120), "KABAR PAGI NUSANTARA", 20, text_font(84), anchor="mm")
    draw.line(((90, 190), (_SIZE[0] - 90, 190)), fill=20, width=5)
    words = _WORDS.split()
    for column in range(4):
        left, right = 100 + column * 372, 100 + column * 372 + 340
        y = 230.0
        while y < _SIZE[1] - 120:
            draw.text((left, y), " ".join(rng.sample(words, 2)).title(), 20, text_font(32))
            y += 50
            for _ in range(rng.randint(8, 20)):
                line = " ".join(rng.choices(words, k=6))
                while text_font(19).getlength(line) > right - left:
                    line = line.rpartition(" ")[0]
                draw.text((left, y), line, 30, text_font(19))
                y += 27
            y += 24
        if column:
            draw.line(((left - 16, 230), (left - 16, _SIZE[1] - 120)), fill=60, width=2)
    return picture


_WORDS = (
    "pasar warga sungai jalan pagi petani padi hujan harga beras kapal nelayan sekolah guru murid "
    "kampung kota jembatan listrik air bersih panen kebun kelapa musim angin gunung laut tim bola "
    "menang kalah pelatih penonton lapangan konser penyanyi film bioskop kereta stasiun penumpang"
)


def letter(rng: random.Random, seed: int) -> Image.Image:
    """An invitation of an agency, typed."""
    picture = _paper(rng, 248)
    draw = ImageDraw.Draw(picture)
    pen = PenFont("vera", 0, 10.0)
    y = 200.0
    for line in texts.letter(rng, rng.choice(pool_for(seed).agencies)).splitlines():
        for part in wrap(line.replace("\t", "    "), pen, 440):
            draw.text((190, y), part, 25, text_font(27, bold=False))
            y += 42
    return picture


KINDS: dict[str, Draw] = {
    "kosong": blank,
    "hitam": black,
    "derau": noise,
    "kucing": cat,
    "tulisan-tangan": handwriting,
    "koran": newspaper,
    "surat": letter,
}


def make_decoys(seed: int) -> Iterator[MadeSheet]:
    """One file of each kind of `KINDS`, as PDF and as JPEG in turn; none is a sheet."""
    for number, (kind, draw) in enumerate(KINDS.items()):
        rng = random.Random(f"{seed}/{kind}")
        picture = draw(rng, seed)
        container = ("pdf", "jpg", "tif")[number % 3]
        shot = Shot(picture, Warp(Bend(), picture.size))
        data = pack([shot], container, _DPI, 80, seed)
        name = f"bukan{seed}-{kind}.{container}"
        yield MadeSheet(name, data, (), "N", ("not a SOP",))
