"""What is live in an output file: what would be computed, run or fetched when it is opened."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

_ADDRESSES = {"src", "href", "action", "formaction", "poster", "srcset", "data", "xlink:href"}
_HARMLESS = re.compile(r"#|data:image/|\.{0,2}/?[^:]*$")
_NEVER = {"iframe", "object", "embed", "link", "base", "form", "applet", "frame", "template"}
_DATA = {"application/json", "text/plain", "application/octet-stream"}  # no code to a browser
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "REF", "STYLEREF"}  # of Word
_PDF_ACTIONS = re.compile(
    rb"/(JavaScript|JS|Launch|URI|SubmitForm|ImportData|GoToR|GoToE|RichMedia|Movie|Rendition)\b"
)
_COMPUTED = re.compile("\\s*[=+\\-@＝＋－＠]")
_BPMN_LIVE = {"scriptTask", "script", "conditionExpression", "import"}


def live_parts(path: Path) -> list[str]:
    """What is live in a file, as words; empty for one that is inert, or of no kind known here."""
    return sorted(set(_CHECKS.get(path.suffix, _nothing)(path)))


def _nothing(path: Path) -> Iterator[str]:
    return iter(())


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NEVER or (tag == "meta" and ("http-equiv", "refresh") in attrs):
            self.found.append(f"<{tag}>")
        if tag == "script" and dict(attrs).get("type") not in _DATA:
            self._in_script = True
            self.scripts.append("")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            elif name in _ADDRESSES and not _HARMLESS.match(value or ""):
                self.found.append(f"{name}={value}")
            elif name == "style" and "url(" in (value or ""):
                self.found.append(f"style={value}")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


def _html(path: Path) -> Iterator[str]:
    """Scripts other than those that the page's policy names by their hash: a sheet names none."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    tags = _Tags()
    tags.feed(text)
    yield from tags.found
    for script in tags.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in text:
            yield f"a script of {len(script)} letters"


def _xlsx(path: Path) -> Iterator[str]:
    yield from _package(path)
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type in "fe" or cell.hyperlink:
                    yield f"{sheet.title}!{cell.coordinate}"


def _docx(path: Path) -> Iterator[str]:
    yield from _package(path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                for element in ElementTree.fromstring(archive.read(name)).iter():  # noqa: S314
                    yield from _word_field(element)


def _word_field(element: ElementTree.Element) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    code = element.text if tag == "instrText" else None
    if tag == "fldSimple":
        code = next((v for k, v in element.attrib.items() if k.endswith("instr")), "")
    if code is not None and (code.split() or [""])[0] not in _FIELDS:
        yield f"field {code}"


def _package(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.search(r"vba|macro|externalLink|activeX|oleObject|embeddings", name, re.I):
                yield name
            if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name):
                yield f"{name}: a link to elsewhere"


def _pdf(path: Path) -> Iterator[str]:
    """Names in the objects, packed ones too; what is drawn is text in streams of pages."""
    data = path.read_bytes()
    parts = [re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.S)]
    for head, body in re.findall(rb"<<(.*?)>>\s*stream\r?\n(.*?)endstream", data, re.S):
        if b"/ObjStm" in head:
            parts.append(zlib.decompressobj().decompress(body))
    for part in parts:
        plain = re.sub(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", b"", part)  # without strings
        yield from (name.decode() for name in _PDF_ACTIONS.findall(plain))


def _bpmn(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield "a document type"
    for element in ElementTree.fromstring(data).iter():  # noqa: S314
        tag = element.tag.rpartition("}")[2]
        if tag in _BPMN_LIVE or not element.tag.startswith("{http://www.omg.org/spec/"):
            yield f"<{tag}>"


def _markdown(path: Path) -> Iterator[str]:
    """HTML that is not ours, pictures and links; signs behind a backslash mean themselves."""
    text = re.sub(r"\\.", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    yield from re.findall(r"<(?!br>)[A-Za-z!/?][^>]*>?", text)
    yield from re.findall(r"!?\[[^\]]*\]\([^)]*\)", text)
    if "click " in (chart := path.read_text(encoding="utf-8")) and re.search(
        r"^\s*click ", chart, re.M
    ):
        yield "a link in the chart"


def _csv(path: Path) -> Iterator[str]:
    """Cells that would be computed, whichever separator the reader believes in."""
    text = path.read_text(encoding="utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        yield from (cell for cell in row[1:] if _COMPUTED.match(cell) and not _is_number(cell))
    for line in re.split(r"[\r\n]+", text):
        yield from (cell for cell in re.split(r"[;\t]", line) if _COMPUTED.match(cell))


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _json(path: Path) -> Iterator[str]:
    json.loads(path.read_bytes())
    return iter(())


def _sqlite(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as base:
        kinds = base.execute("SELECT type, name FROM sqlite_schema").fetchall()
    yield from (name for kind, name in kinds if kind in ("trigger", "view"))


_CHECKS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".pdf": _pdf,
    ".bpmn": _bpmn,
    ".md": _markdown,
    ".csv": _csv,
    ".json": _json,
    ".sqlite": _sqlite,
}
