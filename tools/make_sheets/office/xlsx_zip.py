"""What openpyxl does not write: drawings with shapes, and the cached results of formulas."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from tools.make_sheets.office.zipparts import pack, unpack

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# What may follow `drawing` in a worksheet (ECMA-376, 18.3.1.99).
_AFTER = ("<legacyDrawing", "<legacyDrawingHF", "<picture", "<oleObjects", "<tableParts", "<extLst")
Cached = dict[str, int | float | str]


def finish(data: bytes, drawings: dict[int, bytes], cached: dict[int, Cached]) -> bytes:
    """The workbook with drawings and results by sheet number (from 1)."""
    parts = unpack(data)
    for number, results in cached.items():
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _cache(parts[name].decode("utf-8"), results).encode("utf-8")
    types = parts["[Content_Types].xml"].decode("utf-8")
    for number, drawing in drawings.items():
        part = f"xl/drawings/drawing9{number}.xml"  # openpyxl numbers its own from 1
        sheet = f"xl/worksheets/sheet{number}.xml"
        parts[part] = drawing
        types = types.replace(
            "</Types>",
            f'<Override PartName="/{part}" ContentType='
            '"application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
        parts[sheet] = _refer(parts[sheet].decode("utf-8")).encode("utf-8")
        rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        old = parts.get(rels, b"").decode("utf-8")
        parts[rels] = _relate(old, f"/{part}").encode("utf-8")
    parts["[Content_Types].xml"] = types.encode("utf-8")
    core = parts["docProps/core.xml"].decode("utf-8")
    parts["docProps/core.xml"] = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "2021-01-04T02:00:00Z", core).encode()  # fmt: skip
    return pack(parts)


def _refer(xml: str) -> str:
    """The worksheet with a reference to its drawing."""
    tag = f'<drawing xmlns:r="{_RELS}" r:id="rIdShapes"/>'
    at = min((xml.find(name) for name in _AFTER if name in xml), default=xml.rindex("</worksheet>"))
    return xml[:at] + tag + xml[at:]


def _relate(xml: str, target: str) -> str:
    relation = f'<Relationship Id="rIdShapes" Type="{_RELS}/drawing" Target="{target}"/>'
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

    return re.sub(
        r'<c r="(?P<ref>[A-Z]+\d+)"(?P<attributes>[^>]*)><f>(?P<formula>[^<]*)</f><v ?/?>(?:</v>)?</c>',
        put,
        xml,
    )
