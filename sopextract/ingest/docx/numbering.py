"""The numbers that Word computes: lists and self-numbering columns, as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sopextract.ingest.docx.styles import Styles
from sopextract.ingest.docx.xml import Element, find, name, switched, value, whole

_LEVELS = 9
_PART = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 3999
_MAX_COUNT = 100_000  # a hostile start value would make labels of a million letters


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` with %1 … %9 for the counts, `restart` as Word has it."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False


class Numbering:
    """The lists of one file and how far each has counted. Paragraphs must be asked for in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._restarts: dict[str, set[int]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        abstract = {
            a.get(name("w:abstractNumId")) or "": a for a in root.iter(name("w:abstractNum"))
        }
        by_link = {value(a, "w:styleLink"): key for key, a in abstract.items()}
        for num in root.iter(name("w:num")):
            key = value(num, "w:abstractNumId") or ""
            if key not in abstract:
                continue
            key = by_link.get(value(abstract[key], "w:numStyleLink") or " ", key)
            num_id = num.get(name("w:numId")) or ""
            levels: dict[int, Level] = {}
            for element in abstract[key].iter(name("w:lvl")):
                index = whole(element.get(name("w:ilvl")))
                levels[index] = _level(element)
                style = value(element, "w:pStyle")
                if style:
                    self._style_levels[num_id, style] = index
            self._restarts[num_id] = set()
            for override in num.iter(name("w:lvlOverride")):
                index = whole(override.get(name("w:ilvl")))
                own = find(override, "w:lvl")
                if own is not None:
                    levels[index] = _level(own)
                start = value(override, "w:startOverride")
                if start is not None and 0 <= index < _LEVELS:
                    self._restarts[num_id].add(index)
                    levels[index] = replace(levels.get(index, Level()), start=whole(start, 1))
            self._lists[num_id] = (key, levels)

    def label(self, paragraph: Element) -> str:
        """What Word prints in front of a paragraph, the space after it included; or nothing."""
        style = self._styles.of(paragraph)
        numbered = find(paragraph, "w:pPr/w:numPr")
        inherited = self._styles.inherited(style, "w:pPr/w:numPr")
        num_id = value(numbered, "w:numId") or value(inherited, "w:numId")
        if num_id not in self._lists or num_id is None:
            return ""
        level = value(numbered, "w:ilvl")
        if level is None:
            found = (self._style_levels.get((num_id, s)) for s in self._style_ids(style))
            by_style = next((f for f in found if f is not None), None)
            index = whole(value(inherited, "w:ilvl")) if by_style is None else by_style
        else:
            index = whole(level)
        return self._count(num_id, min(max(index, 0), _LEVELS - 1))

    def _style_ids(self, style: str) -> list[str]:
        return [s.get(name("w:styleId")) or "" for s in self._styles.chain(style)]

    def _count(self, num_id: str, index: int) -> str:
        key, levels = self._lists[num_id]
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        for restarted in self._restarts.pop(num_id, ()):  # when the list is first used
            counts[restarted] = None
        level = levels.get(index, Level())
        last = counts[index]
        counts[index] = min(level.start if last is None else last + 1, _MAX_COUNT)
        for deeper in range(index + 1, _LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or index < restart:
                counts[deeper] = None
        return _printed(level, levels, counts)


def _level(element: Element) -> Level:
    restart = value(element, "w:lvlRestart")
    text = value(element, "w:lvlText") or ""
    return Level(
        whole(value(element, "w:start"), 1),
        value(element, "w:numFmt") or "decimal",
        text[:100],
        None if restart is None else whole(restart),
        value(element, "w:suff") or "tab",
        bool(switched(element, "w:isLgl")),
    )


def _printed(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    if level.format == "bullet":
        return "- " if level.text.strip() else ""
    if level.format == "none" and not _PART.sub("", level.text).strip():
        return ""

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = levels.get(index, Level())
        count = counts[index]
        shown = "decimal" if level.legal else other.format
        return format_number(other.start if count is None else count, shown)

    label = _PART.sub(number, level.text)
    return label + ("" if level.suffix == "nothing" or not label else " ")


def format_number(count: int, kind: str) -> str:
    """A count in one of Word's number formats; formats that we do not know are decimal.

    >>> [format_number(28, k) for k in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['28', 'bb', 'XXVIII', '28']
    """
    if kind == "none":
        return ""
    if kind == "decimalZero":
        return f"{count:02d}"
    if kind in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < count <= _MAX_ROMAN:
        roman = ""
        for amount, sign in _ROMAN:
            roman += sign * (count // amount)
            count %= amount
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)
