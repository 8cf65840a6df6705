"""PDF files written by hand, for what no library writes: fonts, boxes and layers that lie."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopextract.model.source import SourceFile

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
LINES = (
    "Petugas menerima berkas permohonan dari pemohon",
    "Petugas memeriksa kelengkapan dokumen persyaratan",
    "Kepala bidang menyetujui hasil pemeriksaan berkas",
    "Petugas menyampaikan surat keputusan kepada pemohon",
)


@dataclass(frozen=True)
class Sheet:
    """One page: its content, and resources by name as (kind, name, object)."""

    content: bytes
    resources: tuple[tuple[str, str, bytes], ...] = (("Font", "F1", HELVETICA),)
    boxes: bytes = b"/MediaBox [0 0 595 842]"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def picture(width: int = 4, height: int = 4, grey: int = 200) -> bytes:
    """A grey picture."""
    data = zlib.compress(bytes([grey]) * (width * height))
    facts = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (width, height)
    return stream(
        data, facts + b" /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"
    )


def to_unicode(letters: Mapping[str, str]) -> bytes:
    """A ToUnicode map of single bytes."""
    rows = b"".join(b"<%02X> <%s>\n" % (ord(a), _utf16(b)) for a, b in letters.items())
    return stream(
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap" % (len(letters), rows)
    )


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()


def show(
    lines: Sequence[str], font: str = "F1", y: int = 700, before: str = "", x: int = 50
) -> bytes:
    """Lines of text from `y` down, after the operators `before`."""
    body = " ".join(f"({line}) Tj T*" for line in lines)
    return f"q BT {before} /{font} 10 Tf 14 TL {x} {y} Td {body} ET Q\n".encode()


def make_pdf(sheets: Sequence[Sheet], indirect: Sequence[bytes] = ()) -> bytes:
    """The file. `indirect` are further objects, numbered from 3; resources may refer to them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *indirect]
    pages = []
    for sheet in sheets:
        parts: dict[str, list[bytes]] = {}
        for kind, name, thing in sheet.resources:
            objects.append(thing)
            parts.setdefault(kind, []).append(b"/%s %d 0 R" % (name.encode(), len(objects)))
        resources = b" ".join(
            b"/%s << %s >>" % (kind.encode(), b" ".join(names)) for kind, names in parts.items()
        )
        objects.append(stream(sheet.content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R /Resources << %s >> >>"
            % (sheet.boxes, len(objects), resources)
        )
        pages.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(pages), len(pages))
    return make_file(objects)


def make_file(objects: Sequence[bytes]) -> bytes:
    """The file of these objects; the first one is its catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def on_disk(folder: Path, data: bytes) -> SourceFile:
    """A source file of these bytes."""
    location = folder / "sop.pdf"
    location.write_bytes(data)
    return SourceFile("sop.pdf", "0" * 64, "application/pdf", location, len(data))


def shifted(text: str, by: int = 3) -> str:
    """The text with every letter moved on in the alphabet."""

    def move(c: str) -> str:
        base = ord("A") if c.isupper() else ord("a")
        return chr((ord(c) - base + by) % 26 + base) if c.isascii() and c.isalpha() else c

    return "".join(map(move, text))


def map_that_reads(change: Callable[[str], str]) -> tuple[bytes, ...]:
    """Object 3, the map of a font by which every letter is read as another."""
    letters = [chr(c) for c in (*range(65, 91), *range(97, 123))]
    return (to_unicode({letter: change(letter) for letter in letters}),)
