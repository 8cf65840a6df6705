"""Pictures: PNG, JPEG, TIFF of any number of pages, and what else scanners and telephones give."""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import getLogger

import numpy as np
from PIL import Image

from sopextract.errors import SourceError
from sopextract.ingest.extra import can_read_pixels, why_not
from sopextract.ingest.pixels import (
    RESCAN,
    Course,
    nothing_read,
    read_pixels,
    says_something,
)
from sopextract.ingest.scan.raster import READING_DPI, Pixels, Raster
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

Numbered = tuple[int, Raster | None]

log = getLogger(__name__)

DAMAGED = "halaman rusak, tidak terbaca"

_PT = 72.0
# Paper that SOP sheets are printed on, in points, and the ratio of sides that parts the two: the
# middle between 1.41 and 1.53.
_A4, _F4, _BETWEEN = (595.3, 841.9), (609.4, 935.4), 1.47
# Points of a page's long side as given by a file's dots an inch: A6 to A2. Cameras write 72, which
# would make a page of more than a metre.
_LONG_SIDE = (400.0, 1700.0)
# Fewer, and tables and small type go first: of 48 cells of a made sheet at 72, 100 and 120 dots an
# inch 45, 46 and 45 were right as they were, and all when it was enlarged to 200, twice at most.
_LEAST_DPI = 150
_MOST_ENLARGED = 2.0
_NEARLY = 1.1  # more dots than wanted by this are left as they are: resampling blurs
# What a decoded picture may take in memory: A3 in colour at 600 dots an inch, four bytes each.
_MOST_BYTES = 300_000_000
_LEAST_SIDE = 200  # pixels; of A4 that is 24 dots an inch, at which no letter can be told
_MOST_OBLONG = 12.0  # a side to the other; rolls of paper have no SOP
_WIDE = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")  # more than eight bits a channel
_BYTES = {"1": 1, "L": 1, "P": 1, **dict.fromkeys(_WIDE, 8)}  # a pixel; the others take 4
_JPEG = ("JPEG", "MPO")  # the second is what telephones write: several pictures, the first counts
_MOST_PAGES = 100_000  # own choice; a page costs seconds
_STDERR = 2
_SUBFILE, _THUMBNAIL = 254, 1  # TIFF: the tag, and the bit that says "a smaller copy"
# What Pillow raises for damaged files, beside OSError: its decoders trust what headers say.
_SPOILT = (
    OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError,
    RuntimeError, MemoryError, EOFError, struct.error, zlib.error,
)  # fmt: skip


def read_picture(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a picture. Raises SourceError when it is damaged, too large, or holds no text."""
    return SourceDocument(source, tuple(read_pages(source, settings)))


def read_pages(source: SourceFile, settings: IngestSettings) -> Iterator[Page]:
    """The pages of a picture one by one. Raises as `read_picture` does, some of it at the end."""
    if not can_read_pixels(settings):
        raise SourceError("is a picture", hint=why_not(settings))
    course = Course()
    seen: list[bool] = []
    for number, raster in read_rasters(source):
        if raster is None:
            log.warning("page %d is damaged and was left out", number)
            yield Page(number, (), untrusted=DAMAGED)
            continue
        for page in read_pixels(raster, number, course, settings):
            seen.append(says_something(page))
            yield page
    if not seen:
        raise _damaged()
    if not any(seen):
        raise nothing_read(course)


def read_rasters(source: SourceFile) -> Generator[Numbered, None, None]:
    """Every page as it is seen, from page 1; None for one of several that is damaged.

    Raises SourceError when the file is none of the pictures that can be read.
    """
    with _opened(source) as picture:
        if picture.format != "TIFF":
            yield 1, _raster(picture)
            return
        number = 0
        for index in range(_MOST_PAGES):
            found = _go_to(picture, index)
            if found and _is_thumbnail(picture):
                continue
            number += 1
            if found is None:
                break
            yield number, _tried(picture) if found else None
            if not found:
                log.warning("the pages from %d on cannot be found", number)
                break


@contextmanager
def _opened(source: SourceFile) -> Iterator[Image.Image]:
    with _in_silence():
        try:
            picture = Image.open(source.location)
        except Image.DecompressionBombError as exc:
            raise _too_large() from exc
        except _SPOILT as exc:
            raise _damaged() from exc
    with picture:
        yield picture


@contextmanager
def _in_silence() -> Iterator[None]:
    """Without Pillow's warnings: on sizes, which are checked here, and on odd tags.

    Also without what libtiff, which knows nothing of Python, writes to the error stream itself.
    """
    with warnings.catch_warnings(), open(os.devnull, "wb") as nothing:
        warnings.simplefilter("ignore")
        try:
            kept = os.dup(_STDERR)
        except OSError:  # closed
            yield
            return
        os.dup2(nothing.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)


def _go_to(picture: Image.Image, index: int) -> bool | None:
    """Go to a page; None when there are no more, False when it cannot be found."""
    with _in_silence():
        try:
            picture.seek(index)
        except EOFError:
            return None
        except _SPOILT:
            return False
    return True


def _tried(picture: Image.Image) -> Raster | None:
    try:
        return _raster(picture)
    except SourceError as exc:
        log.info("a page was left out: it %s", exc)
        return None


def _is_thumbnail(picture: Image.Image) -> bool:
    tags = getattr(picture, "tag_v2", {})
    kind = tags.get(_SUBFILE, 0)
    return isinstance(kind, int) and bool(kind & _THUMBNAIL)


def _raster(picture: Image.Image) -> Raster:
    """The page at which a picture stands. Raises SourceError when its pixels cannot be had."""
    width, height = picture.size
    if min(width, height) < _LEAST_SIDE or max(width, height) > _MOST_OBLONG * min(width, height):
        raise SourceError(f"is no page: it has {width} × {height} pixels", hint=RESCAN)
    with _in_silence():
        try:
            size = _Size.of(picture)
            if picture.format in _JPEG and size.wanted[0] * 2 <= width:
                picture.draft(picture.mode, size.wanted)  # decoded at half its size or less
            if picture.size[0] * picture.size[1] * _BYTES.get(picture.mode, 4) > _MOST_BYTES:
                raise _too_large()
            picture.load()
            if picture.format not in _JPEG:
                size = _Size.of(picture)  # a TIFF is turned by its orientation tag
            pixels = _decoded(picture, size)
        except _SPOILT as exc:
            raise _damaged(str(exc)) from exc
    if round(size.dpi) < _LEAST_DPI:
        log.info("a page has %d dots an inch only and was enlarged", round(size.dpi))
    return Raster(pixels, size.per_pt, size.dpi)


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a page is: `dpi` as given or guessed; `wanted` pixels for `per_pt` a point."""

    dpi: float
    per_pt: float
    wanted: tuple[int, int]

    @classmethod
    def of(cls, picture: Image.Image) -> _Size:
        width, height = picture.size
        dots = _said_dpi(picture) or _guessed_dpi(width, height)
        dpi = round(min(dots), 1)
        reading = float(READING_DPI)
        if reading <= dpi <= _NEARLY * reading and dots[0] == dots[1]:
            reading = dpi
        elif dpi < reading:
            reading = min(reading, _MOST_ENLARGED * dpi) if round(dpi) < _LEAST_DPI else dpi
        wanted = tuple(
            max(1, round(side * reading / dot))
            for side, dot in zip((width, height), dots, strict=True)
        )
        return cls(dpi, reading / _PT, (wanted[0], wanted[1]))


def _said_dpi(picture: Image.Image) -> tuple[float, float] | None:
    """The dots an inch that the file names, across and down, when they make a page of paper."""
    said = picture.info.get("dpi")
    if not isinstance(said, tuple) or len(said) != 2:
        return None
    try:
        x, y = float(said[0]), float(said[1])
        long_side = max(picture.size[0] / x, picture.size[1] / y) * _PT
    except (TypeError, ValueError, ArithmeticError):
        return None
    # facsimiles have twice as many dots across as down
    if not (_LONG_SIDE[0] <= long_side <= _LONG_SIDE[1] and 0.4 <= x / y <= 2.5):
        return None
    return (x, x) if abs(x - y) < 0.02 * x else (x, y)


def _guessed_dpi(width: int, height: int) -> tuple[float, float]:
    """The dots an inch if the picture is a sheet of A4 or F4, whichever its shape is nearer to."""
    short, long = min(width, height), max(width, height)
    paper = _F4 if long / short > _BETWEEN else _A4
    dpi = max(short / paper[0], long / paper[1]) * _PT
    return dpi, dpi


def _decoded(picture: Image.Image, size: _Size) -> Pixels:
    """The pixels of a page, upright, without transparency, in the size wanted."""
    orientation = picture.getexif().get(0x0112, 1)  # of a TIFF, whose reader turns it, gone by now
    plain = _eight_bits(picture)
    if plain.mode in ("1", "P", "PA") and plain.size != size.wanted:
        plain = plain.convert("L" if plain.mode == "1" else "RGBA")
    if plain.size != size.wanted:
        plain = plain.resize(size.wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if plain.has_transparency_data:
        paper = Image.new("RGBA", plain.size, "white")
        plain = Image.alpha_composite(paper, plain.convert("RGBA"))
    turned = _TURNS.get(orientation)
    plain = plain.transpose(turned) if turned is not None else plain
    return np.array(plain.convert("RGB"), dtype=np.uint8)


# What undoes each value of the orientation tag (Exif 2.3, 4.6.4).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _eight_bits(picture: Image.Image) -> Image.Image:
    """The picture with eight bits a channel."""
    if picture.mode not in _WIDE:
        return picture
    values = np.asarray(picture, dtype=np.float32)
    most = float(values.max(initial=0.0))
    scale = 255.0 if most <= 1.0 else 1.0 if most <= 255.0 else 255.0 / 65535.0
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))


def _damaged(why: str = "") -> SourceError:
    if "truncated" in why or "Truncated" in why:
        return SourceError("is cut off: its end is missing", hint="copy or download it again")
    return SourceError("is damaged", hint="open it in a viewer and save it again, or scan it again")


def _too_large() -> SourceError:
    return SourceError(
        "has too many pixels for a page", hint="save it with 300 dots an inch, and try again"
    )
