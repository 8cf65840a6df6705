"""Symbols, connectors and labels of the flow as shapes that move and grow with their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sopextract.render.drawing import NAMES, PRESETS, line_ink, plain_geometry, symbol_ink
from sopextract.render.office import XML_HEAD, emu, xml_text
from sopextract.render.sheet.placed import Box, PlacedLine, PlacedPage, complete
from sopextract.render.xlsx.grid import EMU_PER_PX
from sopextract.render.xlsx.styles import FONT

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Axis:
    """Rules in millimetres as measured, and in pixels as the worksheet has them; `first` cell."""

    rules_mm: Sequence[float]
    rules_px: Sequence[int]
    first: int = 0

    def spot(self, mm: float) -> tuple[int, int]:
        """The cell that holds a position, and how far it lies in it in DrawingML's units."""
        cell = min(max(bisect_right(self.rules_mm, mm) - 1, 0), len(self.rules_mm) - 2)
        low, high = self.rules_mm[cell], self.rules_mm[cell + 1]
        tall = self.rules_px[cell + 1] - self.rules_px[cell]
        share = (mm - low) / (high - low) if high > low else 0.0
        return self.first + cell, round(min(max(share, 0.0), 1.0) * tall * EMU_PER_PX)


@dataclass(slots=True)
class Shapes:
    """The drawing of one worksheet."""

    parts: list[str] = field(default_factory=list)
    last: int = 1

    def add_page(self, page: PlacedPage, across: Axis, down: Axis) -> None:
        """All shapes of a page: lines below symbols below labels.

        A line that runs into another is drawn on to its symbol: as plain shapes know no glue, it
        would else be free in the hands of who moves the other.
        """
        for line in (complete(line, page.lines) for line in page.lines):
            self._anchor(plain_geometry(line).box, across, down, _line(line, self._take()))
        for symbol in page.symbols:
            number = self._take()
            name = f"{NAMES[symbol.drawn]} {number}"
            body = _shape(
                number, name, symbol.alt, symbol.box, PRESETS[symbol.drawn],
                symbol_ink(dashed=symbol.dashed), symbol.text, symbol.text_pt,
            )  # fmt: skip
            self._anchor(symbol.box, across, down, body)
        for label in page.labels:
            number = self._take()
            ink = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            body = _shape(number, f"Label {number}", "", label.box, "rect", ink, label.text,
                          label.text_pt, text_box=True)  # fmt: skip
            self._anchor(label.box, across, down, body)

    def add_frame(self, box: Box, text: str, across: Axis, down: Axis) -> None:
        """The empty frame for the emblem."""
        number = self._take()
        ink = (
            '<a:noFill/><a:ln w="6350"><a:solidFill><a:srgbClr val="777777"/></a:solidFill>'
            '<a:prstDash val="dash"/></a:ln>'
        )
        body = _shape(number, f"Lambang {number}", text, box, "rect", ink, text, 7.0, text_box=True)
        self._anchor(box, across, down, body)

    def add_picture(self, box: Box, across: Axis, down: Axis) -> None:
        """The emblem."""
        number = self._take()
        body = (
            f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="Lambang" descr="Lambang"/>'
            '<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdLogo"/><a:stretch>'
            f"<a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr>{_xfrm(box, '')}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
        )
        self._anchor(box, across, down, body)

    def part(self) -> str:
        """The drawing's XML; empty without shapes."""
        if not self.parts:
            return ""
        return (
            f'{XML_HEAD}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{_R}">'
            f"{''.join(self.parts)}</xdr:wsDr>"
        )

    def _take(self) -> int:
        self.last += 1
        return self.last

    def _anchor(self, box: Box, across: Axis, down: Axis, body: str) -> None:
        ends = []
        for x, y in (
            (box.left, box.top),
            (box.left + box.width, box.top + box.height),
        ):
            (column, dx), (row, dy) = across.spot(x), down.spot(y)
            ends.append(
                f"<xdr:col>{column}</xdr:col><xdr:colOff>{dx}</xdr:colOff>"
                f"<xdr:row>{row}</xdr:row><xdr:rowOff>{dy}</xdr:rowOff>"
            )
        self.parts.append(
            f'<xdr:twoCellAnchor editAs="twoCell"><xdr:from>{ends[0]}</xdr:from>'
            f"<xdr:to>{ends[1]}</xdr:to>{body}<xdr:clientData/></xdr:twoCellAnchor>"
        )


def _xfrm(box: Box, flips: str) -> str:
    return (
        f'<a:xfrm{flips}><a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def _shape(
    number: int, name: str, alt: str, box: Box, preset: str, ink: str, text: str, size_pt: float,
    *, text_box: bool = False,
) -> str:  # fmt: skip
    described = f' descr="{xml_text(alt)}"' if alt else ""
    kind = '<xdr:cNvSpPr txBox="1"/>' if text_box else "<xdr:cNvSpPr/>"
    body = ""
    if text:
        run = (
            f'<a:r><a:rPr lang="id-ID" sz="{round(size_pt * 100)}"><a:solidFill><a:srgbClr '
            f'val="000000"/></a:solidFill><a:latin typeface="{FONT}"/></a:rPr>'
            f"<a:t>{xml_text(text)}</a:t></a:r>"
        )
        body = (
            '<xdr:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
            f'<a:lstStyle/><a:p><a:pPr algn="ctr"/>{run}</a:p></xdr:txBody>'
        )
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="{name}"'
        f"{described}/>{kind}</xdr:nvSpPr><xdr:spPr>{_xfrm(box, '')}"
        f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{ink}</xdr:spPr>{body}</xdr:sp>'
    )


def _line(line: PlacedLine, number: int) -> str:
    """A connector as a plain shape.

    LibreOffice 7.4 lays true connectors anew and turns bent presets that are flipped both ways.
    """
    geometry = plain_geometry(line)
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="Panah {number}"'
        f' descr="{xml_text(line.alt)}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f"<xdr:spPr>{_xfrm(geometry.box, geometry.xfrm)}{geometry.form}<a:noFill/>"
        f"{line_ink(line, reverse=geometry.reverse)}</xdr:spPr></xdr:sp>"
    )
