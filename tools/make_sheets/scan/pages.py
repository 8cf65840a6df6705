"""The pages of a made PDF as clean pictures, and with ink of stamps and pens on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

from tools.make_sheets.scan.kinds import Wear
from tools.make_sheets.scan.marks import make_copy_stamp, make_signature, make_stamp, press
from tools.make_sheets.scan.warp import Point

_POINTS = 72.0  # in an inch
_SIGNED = "NIP"  # what stands below a signature
_LEAST_WORDS = "DINAS DAERAH"


@dataclass
class CleanPage:
    """A page as it was printed; `signed_at`, as shares: where its signature goes, if it has one."""

    picture: Image.Image
    signed_at: Point | None


def count_pages(data: bytes) -> int:
    """How many pages a PDF has."""
    document = pdfium.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def render_pages(data: bytes, dpi: int) -> Iterator[CleanPage]:
    """Every page of a PDF as it is seen, at so many dots an inch."""
    document = pdfium.PdfDocument(data)
    try:
        for index in range(len(document)):
            page = document[index]
            try:
                bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True)
                picture = bitmap.to_pil().convert("RGB")
                yield CleanPage(picture, _signature_place(page))
            finally:
                page.close()
    finally:
        document.close()


def _signature_place(page: pdfium.PdfPage) -> Point | None:
    """The middle of a signature: above the number of who signs; only on upright pages."""
    if page.get_rotation():
        return None
    text = page.get_textpage()
    try:
        found = text.search(_SIGNED, match_case=True).get_next()
        if found is None:
            return None
        left, bottom, _, _ = text.get_charbox(found[0])
    finally:
        text.close()
    width, height = page.get_size()
    return (left + 55) / width, 1 - (bottom + 38) / height


def put_ink(page: CleanPage, wear: Wear, words: str, seed: int, *, apart: bool) -> None:
    """Stamp and sign a page: at its signature where it has one, else over the table."""
    rng = random.Random(seed)
    picture, at = page.picture, page.signed_at

    def pixels(point: Point) -> Point:
        return point[0] * picture.width, point[1] * picture.height

    somewhere = (rng.uniform(0.2, 0.85), rng.uniform(0.25, 0.8))
    aside = (rng.uniform(0.1, 0.9), rng.uniform(0.3, 0.9))
    if wear.stamped and (at is not None or rng.random() < 0.5):
        stamp, colour = make_stamp(rng, wear.dpi, words or _LEAST_WORDS, apart=apart)
        beside = None if at is None else (at[0] - 50 * wear.dpi / _POINTS / picture.width, at[1])
        press(picture, stamp, colour, pixels(beside or somewhere))
    if wear.signed and (at is not None or rng.random() < 0.3):
        pen, colour = make_signature(rng, wear.dpi, apart=apart)
        press(picture, pen, colour, pixels(at or aside))
    if wear.copied:
        red, colour = make_copy_stamp(rng, wear.dpi)
        press(picture, red, colour, pixels((rng.uniform(0.15, 0.85), rng.uniform(0.05, 0.2))))
