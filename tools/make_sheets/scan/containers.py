"""Pictures of pages as files: PDF, PDF with a hidden layer of text, TIFF, PNG, JPEG."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tools.make_sheets.scan.warp import Warp

CONTAINERS = ("pdf", "layer", "tif", "png", "jpg")
SINGLE = ("png", "jpg")  # hold one page
_POINTS = 72.0
_STILL = time.gmtime(1_609_459_200)  # the same bytes on every run
_ORIENTATION = 0x0112  # Exif tag
# How the pixels of a picture lie that is to be seen upright: Exif value and the turn undone by it.
_LAID: dict[int, Image.Transpose] = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class LayerWord:
    """A word of the vector page and its box, as shares of the page."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Shot:
    """One page as a picture, turned as it will be; `words` stand on the flat page of `warp`."""

    picture: Image.Image
    warp: Warp
    words: tuple[LayerWord, ...] = ()


def pack(shots: Sequence[Shot], container: str, dpi: int, quality: int, seed: int) -> bytes:
    """The bytes of a file of `CONTAINERS`; ValueError for several pages where one fits."""
    if container in SINGLE and len(shots) != 1:
        raise ValueError(f"{container} holds one page, not {len(shots)}")
    if container == "layer":
        return _layered(shots, dpi, quality, seed)
    out = io.BytesIO()
    first, *others = [shot.picture for shot in shots]
    # bilevel as fax machines pack it; grey and colour as office scanners do
    bilevel = first.mode == "1"
    if container == "pdf":
        lossy = {} if bilevel else {"quality": quality}
        first.save(
            out, "PDF", resolution=dpi, save_all=True, append_images=others,
            creationDate=_STILL, modDate=_STILL, producer="scanner", **lossy,
        )  # fmt: skip
    elif container == "tif":
        packing: dict[str, str | int] = {"compression": "group4"}
        if not bilevel:
            packing = {"compression": "jpeg", "quality": quality}
        first.save(out, "TIFF", dpi=(dpi, dpi), save_all=True, append_images=others, **packing)
    elif container == "png":
        first.save(out, "PNG", dpi=(dpi, dpi))
    else:
        _save_jpeg(out, first, dpi, quality, random.Random(seed))
    return out.getvalue()


def _save_jpeg(
    out: io.BytesIO, picture: Image.Image, dpi: int, quality: int, rng: random.Random
) -> None:
    """As telephones save it: every second one lies on its side and says so in its Exif data."""
    picture = picture.convert("L") if picture.mode == "1" else picture
    exif = Image.Exif()
    if rng.random() < 0.5:
        value = rng.choice(sorted(_LAID))
        picture, exif[_ORIENTATION] = picture.transpose(_LAID[value]), value
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi), exif=exif)


def _layered(shots: Sequence[Shot], dpi: int, quality: int, seed: int) -> bytes:
    """A PDF with an invisible text behind each picture that is not what is printed."""
    rng = random.Random(seed)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for shot in shots:
        width, height = (side * _POINTS / dpi for side in shot.picture.size)
        canvas.setPageSize((width, height))
        data = io.BytesIO()
        if shot.picture.mode == "1":
            shot.picture.save(data, "PNG")
        else:
            shot.picture.save(data, "JPEG", quality=quality)
        data.seek(0)
        canvas.drawImage(ImageReader(data), 0, 0, width, height)
        text = canvas.beginText()
        text.setTextRenderMode(3)
        for word in shot.words:
            left, _, _, bottom = shot.warp.box(word.box)
            size = max(4.0, 0.8 * (word.box[3] - word.box[1]) * height)
            text.setFont("Helvetica", size)
            text.setTextOrigin(left * width, (1 - bottom) * height)
            text.textOut(_misread(rng, word.text))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


_LOOKALIKES = {"e": "c", "l": "1", "i": "l", "o": "0", "m": "rn", "a": "u", "n": "ri", "t": "f",
               "S": "5", "B": "8", "K": "X", "P": "F", "0": "O", "1": "l", "2": "Z"}  # fmt: skip


def _misread(rng: random.Random, word: str) -> str:
    """What a poor program made of a word many years ago."""
    return "".join(
        _LOOKALIKES.get(c, rng.choice("~^;'")) if rng.random() < 0.3 else c for c in word
    )
