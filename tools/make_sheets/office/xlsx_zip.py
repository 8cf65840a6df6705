"""What openpyxl does not write: drawings with shapes, and the cached results of formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tools.make_sheets.office.zipparts import pack, unpack

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# What may follow `drawing` in a worksheet (ECMA-376, 18.3.1.99).
_AFTER = ("<legacyDrawing", "<legacyDrawingHF", "<picture", "<oleObjects", "<tableParts", "<extLst")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")
_FORMULA = re.compile(
    r"""<c\ r="(?P<ref>[A-Z]+\d+)"(?P<attributes>[^>]*)>
        <f>(?P<formula>[^<]*)</f><v\ ?/?>(?:</v>)?</c>""",
    re.VERBOSE,
)
Cached = dict[str, int | float | str]


@dataclass(frozen=True)
class SheetParts:
    """What one worksheet gets: its drawing, the picture that the drawing shows, cached results."""

    drawing: bytes | None
    picture: bytes | None
    cached: Cached


def finish(data: bytes, sheets: dict[int, SheetParts]) -> bytes:
    """The workbook with the parts of its worksheets, by their number from 1."""
    parts = unpack(data)
    types = parts["[Content_Types].xml"].decode("utf-8")
    if any(one.picture for one in sheets.values()):
        png = '<Default Extension="png" ContentType="image/png"/>'
        types = types.replace("<Override", f"{png}<Override", 1)
    for number, one in sheets.items():
        name = f"xl/worksheets/sheet{number}.xml"
        xml = _cache(parts[name].decode("utf-8"), one.cached)
        if one.drawing is not None:
            xml = _refer(xml)
            types = types.replace("</Types>", _override(number) + "</Types>")
            _add_drawing(parts, number, one.drawing, one.picture)
        parts[name] = xml.encode("utf-8")
    parts["[Content_Types].xml"] = types.encode("utf-8")
    core = parts["docProps/core.xml"].decode("utf-8")
    parts["docProps/core.xml"] = _STAMP.sub("2021-01-04T02:00:00Z", core).encode("utf-8")
    return pack(parts)


def _override(number: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    return f'<Override PartName="/xl/drawings/drawing9{number}.xml" ContentType="{kind}"/>'


def _add_drawing(
    parts: dict[str, bytes], number: int, drawing: bytes, picture: bytes | None
) -> None:
    """Put the parts of a drawing in; 9 keeps them apart from what openpyxl numbers from 1."""
    parts[f"xl/drawings/drawing9{number}.xml"] = drawing
    rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
    old = parts.get(rels, b"").decode("utf-8")
    target = f"/xl/drawings/drawing9{number}.xml"
    parts[rels] = _relate(old, "rIdShapes", "drawing", target).encode("utf-8")
    if picture is not None:
        parts[f"xl/media/image9{number}.png"] = picture
        relation = _relate("", "rIdLogo", "image", f"../media/image9{number}.png")
        parts[f"xl/drawings/_rels/drawing9{number}.xml.rels"] = relation.encode("utf-8")


def _refer(xml: str) -> str:
    """The worksheet with a reference to its drawing."""
    tag = f'<drawing xmlns:r="{_RELS}" r:id="rIdShapes"/>'
    at = min((xml.find(name) for name in _AFTER if name in xml), default=xml.rindex("</worksheet>"))
    return xml[:at] + tag + xml[at:]


def _relate(xml: str, id: str, kind: str, target: str) -> str:
    relation = f'<Relationship Id="{id}" Type="{_RELS}/{kind}" Target="{target}"/>'
    if not xml:
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
        )
    return xml.replace("</Relationships>", relation + "</Relationships>")


def _cache(xml: str, results: Cached) -> str:
    def put(match: re.Match[str]) -> str:
        value = results.get(match["ref"])
        if value is None:
            return match[0]
        kind = ' t="str"' if isinstance(value, str) else ""
        attributes = re.sub(r' t="\w+"', "", match["attributes"])
        return (
            f'<c r="{match["ref"]}"{attributes}{kind}><f>{match["formula"]}</f>'
            f"<v>{escape(str(value))}</v></c>"
        )

    return _FORMULA.sub(put, xml)
