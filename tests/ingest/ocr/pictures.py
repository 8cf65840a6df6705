"""Pictures of lines with words on them, drawn with the type face that Pillow brings."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sopextract.ingest.scan.raster import Grey


def written(text: str, size: int = 26, margin: int = 6) -> Grey:
    """A picture of one line, black on white, with a margin."""
    font = ImageFont.load_default(size)
    x0, y0, x1, y1 = font.getbbox(text)
    shape = (round(x1 - x0) + 2 * margin, round(y1 - y0) + 2 * margin)
    picture = Image.new("L", shape, 255)
    ImageDraw.Draw(picture).text((margin - x0, margin - y0), text, fill=0, font=font)
    return np.asarray(picture, np.uint8)


def page(*lines: str, size: int = 26) -> Grey:
    """A page of lines under one another."""
    paper = np.full((80 + 60 * len(lines), 900), 255, np.uint8)
    for k, text in enumerate(lines):
        line = written(text, size)
        top = 60 + 60 * k
        paper[top : top + line.shape[0], 60 : 60 + line.shape[1]] = line
    return paper
