"""What a PDF must hold to be PDF/A and PDF/UA at all, as far as its objects show it.

No validator: veraPDF judges far more. It looks at what a writer forgets first: the claims in the
metadata, language and title, marked content with its tree, a text for each figure, the scope of
each head of a table, fonts that are in the file and can be copied from, an intent for colours,
nothing that runs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

_CLAIMS = {
    "PDF/A part": re.compile(rb"pdfaid:part>\s*[23]<"),
    "PDF/A conformance": re.compile(rb"pdfaid:conformance>\s*A<"),
    "PDF/UA part": re.compile(rb"pdfuaid:part>\s*1<"),
}
_RUNS = ("JavaScript", "JS", "Launch", "OpenAction", "AA")


def find_faults(data: bytes) -> Iterator[str]:
    """What of it this PDF has not, in words."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    if document.encryption is not None:
        yield "it is encrypted"
    yield from _catalog_faults(document.catalog)
    for number in sorted({i for xref in document.xrefs for i in xref.get_objids() if i}):
        found = document.getobj(number)
        values = found.attrs if isinstance(found, PDFStream) else found
        if isinstance(values, Mapping):
            yield from _object_faults(number, values)


def _catalog_faults(catalog: Mapping[str, object]) -> Iterator[str]:
    metadata = resolve1(catalog.get("Metadata"))
    text = metadata.get_data() if isinstance(metadata, PDFStream) else b""
    for name, pattern in _CLAIMS.items():
        if not pattern.search(text):
            yield f"the metadata claims no {name}"
    if not str(_text(catalog.get("Lang"))).startswith("id"):
        yield "its language is not Indonesian"
    for name, inner in (("MarkInfo", "Marked"), ("ViewerPreferences", "DisplayDocTitle")):
        values = resolve1(catalog.get(name))
        if not isinstance(values, Mapping) or resolve1(values.get(inner)) is not True:
            yield f"{name} does not say {inner}"
    for name in ("StructTreeRoot", "OutputIntents"):
        if not resolve1(catalog.get(name)):
            yield f"it has no {name}"


def _object_faults(number: int, values: Mapping[str, object]) -> Iterator[str]:
    kind, tag = _name(values.get("Type")), _name(values.get("S"))
    if any(name in values for name in _RUNS) or tag in _RUNS:
        yield f"object {number} runs something"
    if kind == "FontDescriptor" and not any(k.startswith("FontFile") for k in values):
        yield f"font {number} is not in the file"
    if kind == "Font" and _name(values.get("Subtype")) == "Type0" and "ToUnicode" not in values:
        yield f"font {number} cannot be copied from"
    if kind == "StructElem" and tag == "Figure" and not _text(values.get("Alt")):
        yield f"figure {number} has no text"
    if kind == "StructElem" and tag == "TH" and not _has_scope(values.get("A")):
        yield f"head {number} of a table has no scope"


def _has_scope(attributes: object) -> bool:
    found = resolve1(attributes)
    each = found if isinstance(found, list) else [found]
    return any(isinstance(a, Mapping) and "Scope" in a for a in map(resolve1, each))


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def _text(value: object) -> str:
    found = resolve1(value)
    return found.decode("latin-1") if isinstance(found, bytes) else ""
