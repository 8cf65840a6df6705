"""The XML of office files: parsed without entities or network, with types for what we use."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Protocol, cast

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
# The strict variant of ISO/IEC 29500 names the same elements in other namespaces.
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _NAMESPACES["w"],
    "http://purl.oclc.org/ooxml/drawingml/main": _NAMESPACES["a"],
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": _NAMESPACES["wp"],
    "http://purl.oclc.org/ooxml/drawingml/picture": _NAMESPACES["pic"],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _NAMESPACES["r"],
    "http://purl.oclc.org/ooxml/officeDocument/math": _NAMESPACES["m"],
}
_LARGEST = 1e10  # lengths are in up to 914,400 for an inch; no paper is 270 metres long
_STRICT_BYTES = b"http://purl.oclc.org/ooxml/"


class Element(Protocol):
    """What of an lxml element is used here."""

    tag: str
    text: str | None

    def get(self, key: str) -> str | None:
        """The value of an attribute."""
        ...

    def find(self, path: str) -> Element | None:
        """The first child on a path."""
        ...

    def iter(self, *tags: str) -> Iterator[Element]:
        """The element and all below it that have one of the tags."""
        ...

    def __iter__(self) -> Iterator[Element]:
        """The children."""
        ...


class BrokenXmlError(ValueError):
    """A part is not well-formed, or declares entities, or nests too deep."""


def parse_xml(data: bytes) -> Element:
    """The root of a part. Raises BrokenXmlError.

    Office files have no document type; one that declares it does so to have entities expanded.
    """
    if _STRICT_BYTES in data:
        for strict, usual in _STRICT.items():
            data = data.replace(strict.encode(), usual.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise BrokenXmlError(str(exc)) from exc
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenXmlError("document type declared")
    return cast(Element, root)


def name(prefixed: str) -> str:
    """The tag or attribute in lxml's spelling.

    >>> name("mc:Choice")
    '{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice'
    """
    prefix, _, local = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def path(prefixed: str) -> str:
    """A path of tags in lxml's spelling: `w:pPr/w:numPr`."""
    return "/".join(name(part) for part in prefixed.split("/"))


def find(element: Element | None, prefixed: str) -> Element | None:
    """The first element on a path below another; None below nothing."""
    return None if element is None else element.find(path(prefixed))


def value(element: Element | None, prefixed: str, attribute: str = "w:val") -> str | None:
    """An attribute of the first element on a path."""
    found = find(element, prefixed)
    return None if found is None else found.get(name(attribute))


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as parts write it ("12", "-3", "12.0"); the default for anything else."""
    found = number(text)
    return default if found is None else int(found)


def number(text: str | None) -> float | None:
    """A number of any kind; None for anything else, infinite ones and those no page could hold."""
    try:
        found = float(text) if text is not None and len(text) < 30 else math.nan
    except ValueError:
        return None
    return found if abs(found) < _LARGEST else None


def switched(element: Element | None, prefixed: str) -> bool | None:
    """A property that is on or off (`w:b`); None when it is not given."""
    found = find(element, prefixed)
    if found is None:
        return None
    return (found.get(name("w:val")) or "true").lower() not in ("0", "false", "off", "none")


def local(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]
