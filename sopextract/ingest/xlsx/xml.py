"""The XML of a workbook's parts: read as a stream, without entities, types or network."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

# Groups in groups in groups: Excel's own files were never deeper than 40.
_MAX_DEPTH = 200


class BrokenXmlError(ValueError):
    """A part is not well-formed, declares a document type, or nests too deep."""


def parse_xml(data: bytes, drop: Callable[[Element], bool] | None = None) -> Element:
    """The root of a part. Raises BrokenXmlError.

    Tags and attributes lose their namespaces, as the transitional and the strict variant of
    ISO/IEC 29500 differ in nothing else; references of relationships keep `r:` ("r:id" stands
    beside "id"), VML's own attributes `o:`. Elements for which `drop` is true when they end are
    left out, so that a sheet of a million empty cells takes no room.
    """
    builder = _Builder(drop)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise BrokenXmlError(str(exc)) from exc
    return builder.close()


def _refuse_doctype(*_: object) -> None:
    """No office file has a document type; one that declares it wants entities expanded."""
    raise BrokenXmlError("a document type is declared")


class _Builder:
    def __init__(self, drop: Callable[[Element], bool] | None) -> None:
        self._tree = TreeBuilder()
        self._open: list[Element] = []
        self._drop = drop

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _MAX_DEPTH:
            raise BrokenXmlError("nested too deep")
        plain = {_attribute(key): value for key, value in attributes.items()}
        self._open.append(self._tree.start(tag.rpartition("}")[2], plain))

    def end(self, tag: str) -> None:
        element = self._tree.end(tag.rpartition("}")[2])
        self._open.pop()
        if self._drop is not None and self._open and self._drop(element):
            del self._open[-1][-1]

    def data(self, text: str) -> None:
        self._tree.data(text)

    def close(self) -> Element:
        return self._tree.close()


def _attribute(key: str) -> str:
    space, _, name = key.rpartition("}")
    if space.endswith("/relationships"):
        return f"r:{name}"
    return f"o:{name}" if space.endswith("office:office") else name


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as parts write it ("12", "-3", "12.0"); the default for anything else.

    >>> whole("12.0"), whole("x", 7), whole("1e400", 7)
    (12, 7, 7)
    """
    try:
        return int(float(text)) if text is not None and len(text) < 20 else default
    except (ValueError, OverflowError):
        return default


def number(text: str | None) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text) if text is not None and len(text) < 40 else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e300 else None


def is_on(text: str | None, default: bool = False) -> bool:
    """An attribute that is true or false."""
    return default if text is None else text.strip().lower() in ("1", "true", "on", "t")
