"""Draws on PDF pages with the origin at the top left and y downwards, in points.

All of reportlab that the sheets need goes through here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

Point = tuple[float, float]
Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (1, 1, 1)
# ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x3, y3) or ("Z",)
Command = tuple[str, *tuple[float, ...]]

# Regular, bold and italic of the families; Vera comes with reportlab and is embedded.
FAMILIES = {
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "vera": ("Vera", "VeraBd", "VeraIt"),
    # Bold by printing twice, as programs do for a face that they have no bold of.
    "helvetica twice": ("Helvetica", "Helvetica", "Helvetica-Oblique"),
    "times twice": ("Times-Roman", "Times-Roman", "Times-Italic"),
}
_TWICE_PT = 0.25


@dataclass(frozen=True)
class Box:
    """Left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        return (self.y0 + self.y1) / 2

    def grown(self, by: float) -> Box:
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def meets(self, other: Box) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


def around(cx: float, cy: float, width: float, height: float) -> Box:
    """The box of that size about a centre."""
    return Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)


@dataclass(frozen=True)
class Writing:
    """How a program writes its page.

    `by`: lines, or a text object for each `word` or `letter`; `clipped`: each inside a clipping
    rectangle; `unit`: points in a unit of the page's content, with y downwards when `flipped`.
    """

    by: str = ""
    clipped: bool = False
    unit: float = 1.0
    flipped: bool = False


@dataclass(frozen=True)
class Font:
    """A family of `FAMILIES`, a weight (0 regular, 1 bold, 2 italic) and a size in points."""

    family: str
    weight: int
    size: float

    @property
    def name(self) -> str:
        return FAMILIES[self.family][self.weight]

    @property
    def leading(self) -> float:
        return self.size * 1.18

    def width(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, self.name, self.size))

    @property
    def twice(self) -> bool:
        """Whether this is a bold that is printed twice."""
        return self.weight == 1 and self.name == FAMILIES[self.family][0]

    def bold(self) -> Font:
        return Font(self.family, 1, self.size)

    def italic(self) -> Font:
        return Font(self.family, 2, self.size)

    def sized(self, size: float) -> Font:
        return Font(self.family, self.weight, size)


def _break_word(word: str, font: Font, width: float) -> list[str]:
    """A word too wide for its cell, cut where the cell ends."""
    parts: list[str] = []
    while word and font.width(word) > width and len(word) > 1:
        n = len(word) - 1
        while n > 1 and font.width(word[:n]) > width:
            n -= 1
        parts.append(word[:n])
        word = word[n:]
    return [*parts, word]


def wrap(text: str, font: Font, width: float) -> list[str]:
    """The lines of a text in a cell; line breaks of the text are kept, long words cut."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            wider = f"{line} {word}" if line else word
            if font.width(wider) <= width:
                line = wider
                continue
            if line:
                lines.append(line)
            *full, line = _break_word(word, font, width)
            lines += full
        lines.append(line)
    return lines


def _register() -> None:
    for name in FAMILIES["vera"]:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


_register()


class Book:
    """One PDF file while it is made; the same calls give the same bytes."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, invariant=1, pageCompression=1, pdfVersion=(1, 5))
        self.pages = 0

    def page(
        self,
        width: float,
        height: float,
        rotate: int = 0,
        form: bool = False,
        writing: Writing | None = None,
    ) -> Pen:
        """A new page that shows `width` by `height`; call `Pen.done` before the next."""
        canvas = self._canvas
        canvas.setPageSize((width, height))  # as shown: reportlab turns the paper itself
        canvas.setPageRotation(rotate)
        self.pages += 1
        name = f"halaman{self.pages}" if form else ""
        if form:
            canvas.beginForm(name, 0, 0, max(width, height), max(width, height))
        if rotate == 90:
            canvas.transform(0, 1, -1, 0, height, 0)
        elif rotate == 270:
            canvas.transform(0, -1, 1, 0, 0, width)
        elif rotate == 180:
            canvas.transform(-1, 0, 0, -1, width, height)
        writing = writing or Writing()
        if writing.flipped:
            canvas.transform(writing.unit, 0, 0, -writing.unit, 0, height)
        return Pen(canvas, width, height, name, writing)

    def data(self) -> bytes:
        """The finished file."""
        self._canvas.save()
        return self._out.getvalue()


class Pen:
    """One page."""

    def __init__(
        self, canvas: Canvas, width: float, height: float, form: str, writing: Writing
    ) -> None:
        self._canvas, self.width, self.height, self._form = canvas, width, height, form
        self._writing = writing

    def _x(self, x: float) -> float:
        return x / self._writing.unit if self._writing.flipped else x

    def _y(self, y: float) -> float:
        return y / self._writing.unit if self._writing.flipped else self.height - y

    def _size(self, size: float) -> float:
        return size / self._writing.unit if self._writing.flipped else size

    def done(self) -> None:
        """Finish the page."""
        if self._form:
            self._canvas.endForm()
            self._canvas.doForm(self._form)
        self._canvas.showPage()

    def _stroke_with(self, width: float, colour: Colour, dash: Sequence[float]) -> None:
        self._canvas.setLineWidth(self._size(width))
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setDash([self._size(d) for d in dash] if dash else [])

    def line(
        self, a: Point, b: Point, width: float, colour: Colour = BLACK, dash: Sequence[float] = ()
    ) -> None:
        self._stroke_with(width, colour, dash)
        self._canvas.line(self._x(a[0]), self._y(a[1]), self._x(b[0]), self._y(b[1]))

    def rect(
        self,
        box: Box,
        width: float = 0.5,
        stroke: Colour | None = BLACK,
        fill: Colour | None = None,
    ) -> None:
        if stroke:
            self._stroke_with(width, stroke, ())
        if fill:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.rect(
            self._x(box.x0),
            self._y(box.y0 if self._writing.flipped else box.y1),
            self._size(box.width),
            self._size(box.height),
            stroke=int(stroke is not None),
            fill=int(fill is not None),
        )

    def _path(self, commands: Sequence[Command]) -> PDFPathObject:
        path = self._canvas.beginPath()
        for name, *numbers in commands:
            xy = [self._x(v) if i % 2 == 0 else self._y(v) for i, v in enumerate(numbers)]
            match name:
                case "M":
                    path.moveTo(*xy)
                case "L":
                    path.lineTo(*xy)
                case "C":
                    path.curveTo(*xy)
                case _:
                    path.close()
        return path

    def path(
        self,
        commands: Sequence[Command],
        width: float = 0.5,
        stroke: Colour | None = BLACK,
        fill: Colour | None = None,
        dash: Sequence[float] = (),
    ) -> None:
        """One path; two rings in one filled path leave a hole (even-odd)."""
        if stroke:
            self._stroke_with(width, stroke, dash)
        if fill:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.drawPath(
            self._path(commands),
            stroke=int(stroke is not None),
            fill=int(fill is not None),
            fillMode=0,
        )

    def shade(self, commands: Sequence[Command], box: Box, low: Colour, high: Colour) -> None:
        """The area of a path in colours that run from its upper end to its lower one."""
        self._canvas.saveState()
        self._canvas.clipPath(self._path(commands), stroke=0, fill=0)
        x = self._x(box.x0)
        self._canvas.linearGradient(
            x, self._y(box.y0), x, self._y(box.y1), (Color(*low), Color(*high)), extend=True
        )
        self._canvas.restoreState()

    def polygon(
        self,
        points: Sequence[Point],
        width: float = 0.5,
        stroke: Colour | None = None,
        fill: Colour | None = BLACK,
    ) -> None:
        self.path(closed(points), width, stroke, fill)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        font: Font,
        colour: Colour = BLACK,
        space: float = 0,
        apart: float = 0,
    ) -> None:
        """`space` is added to every blank (justified lines), `apart` to every letter."""
        if not text:
            return
        parts = {"letter": list(text), "word": re.findall(r"\S+\s*", text)}
        for part in parts.get(self._writing.by, [text]):
            self._show(x, baseline, part, font, colour, space, apart)
            if font.twice:
                self._show(x + _TWICE_PT, baseline, part, font, colour, space, apart)
            x += font.width(part) + space * part.count(" ") + apart * len(part)

    def _show(
        self,
        x: float,
        baseline: float,
        text: str,
        font: Font,
        colour: Colour,
        space: float,
        apart: float,
    ) -> None:
        if self._writing.clipped:
            self._canvas.saveState()
            width = font.width(text) + (space + apart) * len(text)
            box = Box(x - 2, baseline - font.size, x + width + 2, baseline + font.size * 0.3)
            corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
            self._canvas.clipPath(self._path(closed(corners)), stroke=0, fill=0)
        run = self._canvas.beginText(self._x(x), self._y(baseline))
        if self._writing.flipped:
            run.setTextTransform(1, 0, 0, -1, self._x(x), self._y(baseline))
        run.setFont(font.name, self._size(font.size))
        run.setFillColorRGB(*colour)
        if apart:
            run.setCharSpace(self._size(apart))
        run.setWordSpace(self._size(space))
        run.textOut(text)
        run.setWordSpace(0)
        if apart:
            run.setCharSpace(0)
        self._canvas.drawText(run)
        if self._writing.clipped:
            self._canvas.restoreState()

    def upright(
        self,
        x: float,
        baseline: float,
        text: str,
        font: Font,
        colour: Colour = BLACK,
        turn: float = 90,
    ) -> None:
        """Text that runs from the bottom to the top."""
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(baseline))
        if self._writing.flipped:
            self._canvas.scale(1, -1)
        self._canvas.rotate(turn)
        self._canvas.setFont(font.name, self._size(font.size))
        self._canvas.setFillColorRGB(*colour)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def picture(self, box: Box, png: bytes) -> None:
        image = ImageReader(io.BytesIO(png))
        if not self._writing.flipped:
            self._canvas.drawImage(image, box.x0, self.height - box.y1, box.width, box.height)
            return
        self._canvas.saveState()
        self._canvas.translate(self._x(box.x0), self._y(box.y1))
        self._canvas.scale(1, -1)
        self._canvas.drawImage(image, 0, 0, self._size(box.width), self._size(box.height))
        self._canvas.restoreState()

    def link(self, box: Box, url: str) -> None:
        if self._form:
            return  # a form cannot hold annotations
        self._canvas.linkURL(
            url, (self._x(box.x0), self._y(box.y1), self._x(box.x1), self._y(box.y0)), relative=1
        )


def closed(points: Sequence[Point]) -> list[Command]:
    """A polygon as commands."""
    first, *rest = points
    return [("M", *first), *(("L", *p) for p in rest), ("Z",)]
