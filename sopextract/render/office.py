"""What the writers of office files share: XML text, units, and zips that hold no clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from sopextract.core.text import strip_controls

EMU_PER_MM = 36_000
TWIPS_PER_MM = 1440 / 25.4
_ZIP_FIRST = datetime(1980, 1, 1, tzinfo=UTC)  # zip dates begin here
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xml_text(text: str) -> str:
    """Text escaped for an element or a quoted attribute, without what XML cannot hold and what
    would turn the direction of all that follows."""
    return escape(_NOT_XML.sub("", strip_controls(text)), {'"': "&quot;"})


def emu(mm: float) -> int:
    """Millimetres in DrawingML's units."""
    return round(mm * EMU_PER_MM)


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def moment(epoch_s: int) -> datetime:
    """Seconds since 1970 as a time."""
    return datetime.fromtimestamp(epoch_s, tz=UTC)


def pack_zip(parts: Mapping[str, str | bytes], epoch_s: int) -> bytes:
    """A zip of the parts in their order, every one dated alike."""
    when = max(moment(epoch_s), _ZIP_FIRST)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(
                name, (when.year, when.month, when.day, when.hour, when.minute, when.second)
            )
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, data)
    return found.getvalue()


def core_properties(title: str, subject: str, epoch_s: int) -> str:
    """`docProps/core.xml`."""
    when = moment(epoch_s).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(title)}</dc:title><dc:subject>{xml_text(subject)}</dc:subject>"
        "<dc:creator>sopextract</dc:creator><dc:language>id-ID</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "</cp:coreProperties>"
    )
