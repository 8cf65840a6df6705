"""What the sheets of a workbook share: their list, texts, styles and printed ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from sopextract.errors import SourceError
from sopextract.ingest.xlsx.area import Area, parse_area
from sopextract.ingest.xlsx.formats import BUILT_IN
from sopextract.ingest.xlsx.glyphs import as_drawn
from sopextract.ingest.xlsx.package import Package
from sopextract.ingest.xlsx.xml import is_on, whole

_T = TypeVar("_T")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19
_RANGE = re.compile(r"(?:'(?:[^']|'')*'|[^',!]+)!(?P<range>[^,]+)")
_MAX_AREAS = 200  # printed ranges of one sheet; far more than sheets have pages
_PRINT_AREA = "_xlnm.Print_Area"
_REPAIR = "open it in Excel or LibreOffice and save it again"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of a cell decides here: the format of numbers, the font, whether it is ruled."""

    code: str = "General"
    font: str = ""
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One worksheet of the list; `areas` are its printed ranges, none where it names none."""

    name: str
    part: str
    hidden: bool
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs, and what their cells point at."""

    sheets: tuple[SheetEntry, ...]
    texts: tuple[str, ...]
    styles: tuple[Style, ...]
    date_1904: bool

    def style(self, index: int) -> Style:
        """The style of a number; the plain one where there is none."""
        return self.styles[index] if 0 <= index < len(self.styles) else Style()


def read_workbook(package: Package) -> Workbook:
    """The workbook of a package. Raises SourceError when parts are missing or broken."""
    name = _main_part(package)
    root = package.need(name)
    relations = package.relations(name)
    parts = {kind: part for part, kind in relations.values()}
    sheets = _sheets(root, relations)
    if not sheets:
        raise SourceError("is a workbook without worksheets", hint=_REPAIR)
    texts = package.part(parts.get("sharedStrings", "xl/sharedStrings.xml"))
    styles = package.part(parts.get("styles", "xl/styles.xml"))
    properties = root.find("workbookPr")
    return Workbook(
        sheets,
        tuple(plain_text(item) for item in texts.iter("si")) if texts is not None else (),
        _styles(styles) if styles is not None else (),
        is_on(properties.get("date1904")) if properties is not None else False,
    )


def _main_part(package: Package) -> str:
    for part, kind in package.relations("").values():
        if kind == "officeDocument" and package.has(part):
            return part
    return "xl/workbook.xml"


def _sheets(root: Element, relations: Mapping[str, tuple[str, str]]) -> tuple[SheetEntry, ...]:
    areas = _print_areas(root)
    found = []
    for position, sheet in enumerate(root.iterfind("sheets/sheet")):
        part, kind = relations.get(sheet.get("r:id", ""), ("", ""))
        if kind == "worksheet":  # not a chart or a sheet of macros
            hidden = sheet.get("state", "visible") != "visible"
            found.append(SheetEntry(sheet.get("name", ""), part, hidden, areas.get(position, ())))
    return tuple(found)


def _print_areas(root: Element) -> dict[int, tuple[Area, ...]]:
    """The printed ranges by the position of their sheet; what is no plain range is left out."""
    found: dict[int, tuple[Area, ...]] = {}
    for name in root.iterfind("definedNames/definedName"):
        if name.get("name") != _PRINT_AREA or name.get("localSheetId") is None:
            continue
        ranges = [match["range"] for match in _RANGE.finditer(name.text or "")][:_MAX_AREAS]
        areas = [area for text in ranges if (area := parse_area(text)) is not None]
        if areas:
            found[whole(name.get("localSheetId"), -1)] = tuple(areas)
    return found


def plain_text(element: Element) -> str:
    """A text with its runs joined, without the reading aids of Asian scripts."""
    pieces = []
    for child in element:
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag == "r":
            font = child.find("rPr/rFont")
            text = "".join(t.text or "" for t in child.iterfind("t"))
            pieces.append(as_drawn(text, font.get("val", "") if font is not None else ""))
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Characters that XML cannot hold, as Excel writes them.

    >>> unescape("a_x000D_b")
    'a\\rb'
    """
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _styles(root: Element) -> tuple[Style, ...]:
    codes = {
        whole(form.get("numFmtId"), -1): form.get("formatCode", "General")
        for form in root.iterfind("numFmts/numFmt")
    }
    ruled = [
        any(side.get("style", "none") != "none" for side in border)
        for border in root.iterfind("borders/border")
    ]
    fonts = [
        name.get("val", "") if (name := font.find("name")) is not None else ""
        for font in root.iterfind("fonts/font")
    ]
    found = []
    for style in root.iterfind("cellXfs/xf"):
        number = whole(style.get("numFmtId"))
        code = codes.get(number) or BUILT_IN.get(number, "General")
        font = whole(style.get("fontId"), -1)
        border = whole(style.get("borderId"), -1)
        found.append(Style(code, _at(fonts, font, ""), _at(ruled, border, False)))
    return tuple(found)


def _at(values: Sequence[_T], index: int, default: _T) -> _T:
    return values[index] if 0 <= index < len(values) else default
