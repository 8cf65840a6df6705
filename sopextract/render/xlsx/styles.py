"""Cell styles of a workbook, each numbered when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopextract.render.office import XML_HEAD

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT = "Arial"
# The workbook's plain font is what column widths are counted in. At this size the widest digit has
# 7.04 pixels, so that Excel, which rounds it, and LibreOffice, which does not, agree.
PLAIN_PT = 9.5


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `rules`: a thin border on all sides."""

    size_pt: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    ink: str = "000000"
    fill: str = ""
    align: str = "left"
    valign: str = "top"
    turned: bool = False
    rules: bool = True
    wrap: bool = True


@dataclass(slots=True)
class Styles:
    """The styles of one workbook."""

    found: dict[Style, int] = field(default_factory=dict)

    def number(self, style: Style) -> int:
        """The style's number in the file; 0 is the plain one."""
        return self.found.setdefault(style, len(self.found) + 1)

    def part(self) -> str:
        """`xl/styles.xml`."""
        styles = list(self.found)
        fills = list(dict.fromkeys(s.fill for s in styles if s.fill))
        fonts = list(dict.fromkeys(_font(s) for s in styles))
        plain = _font(Style(PLAIN_PT))
        xfs = "".join(_xf(s, fonts.index(_font(s)) + 1, fills) for s in styles)
        filled = "".join(
            f'<fill><patternFill patternType="solid"><fgColor rgb="FF{f}"/><bgColor indexed="64"/>'
            "</patternFill></fill>"
            for f in fills
        )
        thin = "".join(
            f'<{side} style="thin"><color rgb="FF000000"/></{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return (
            f'{XML_HEAD}<styleSheet xmlns="{MAIN}">'
            f'<fonts count="{len(fonts) + 1}">{plain}{"".join(fonts)}</fonts>'
            f'<fills count="{len(fills) + 2}"><fill><patternFill patternType="none"/></fill><fill>'
            f'<patternFill patternType="gray125"/></fill>{filled}</fills>'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            f"<border>{thin}<diagonal/></border></borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(styles) + 1}"><xf numFmtId="0" fontId="0" '
            f'fillId="0" borderId="0" xfId="0"/>{xfs}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="0"/><tableStyles count="0"/></styleSheet>'
        )


def _font(style: Style) -> str:
    marks = ("<b/>" if style.bold else "") + ("<i/>" if style.italic else "")
    marks += "<u/>" if style.underline else ""
    return (
        f'<font>{marks}<sz val="{style.size_pt:g}"/><color rgb="FF{style.ink}"/>'
        f'<name val="{FONT}"/><family val="2"/></font>'
    )


def _xf(style: Style, font: int, fills: list[str]) -> str:
    fill = fills.index(style.fill) + 2 if style.fill else 0
    turn = ' textRotation="90"' if style.turned else ""
    wrap = ' wrapText="1"' if style.wrap else ""
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{int(style.rules)}" xfId="0" '
        'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment '
        f'horizontal="{style.align}" vertical="{style.valign}"{turn}{wrap}/></xf>'
    )
