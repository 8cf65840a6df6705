"""Styles: what a paragraph or run inherits, and which styles are headings."""

from __future__ import annotations

import re

from sopextract.ingest.docx.story import Metrics
from sopextract.ingest.docx.xml import Element, find, name, switched, value, whole

_HEADING = re.compile(r"(?:heading|judul|title|subtitle|kop)\b", re.IGNORECASE)
_MAX_CHAIN = 20  # styles based on styles; Word allows eleven, and a hostile file may make a ring
_TWIPS = 20.0
_HALF_POINTS = 2.0
_LINE = 240.0  # w:line in units of one line


class Styles:
    """The styles of one file."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._defaults = find(root, "w:docDefaults")
        for style in root.iter(name("w:style")) if root is not None else ():
            key = style.get(name("w:styleId")) or ""
            self._styles[key] = style
            is_default = style.get(name("w:default")) in ("1", "true", "on")
            if is_default and style.get(name("w:type")) == "paragraph":
                self._default = key

    def of(self, paragraph: Element) -> str:
        """The style of a paragraph."""
        return value(paragraph, "w:pPr/w:pStyle") or self._default

    def chain(self, style: str) -> list[Element]:
        """A style and those that it is based on, nearest first."""
        found: list[Element] = []
        while style in self._styles and len(found) < _MAX_CHAIN:
            found.append(self._styles[style])
            style = value(found[-1], "w:basedOn") or ""
        return found

    def inherited(self, style: str, property_path: str) -> Element | None:
        """A property by a style, those above it, or the file's defaults."""
        for element in self.chain(style):
            found = find(element, property_path)
            if found is not None:
                return found
        kind = property_path.partition("/")[0]  # w:rPr or w:pPr
        return find(self._defaults, f"{kind}Default/{property_path}")

    def is_on(self, run: Element | None, style: str, switch: str) -> bool:
        """Whether a property of characters (`w:b`) holds for a run of a paragraph style."""
        direct = switched(run, f"w:rPr/{switch}")
        if direct is not None:
            return direct
        own = value(run, "w:rPr/w:rStyle")
        for key in (own, style) if own else (style,):
            for element in self.chain(key):
                given = switched(element, f"w:rPr/{switch}")
                if given is not None:
                    return given
        return bool(switched(self._defaults, f"w:rPrDefault/w:rPr/{switch}"))

    def is_heading(self, paragraph: Element) -> bool:
        """Whether the paragraph's style is one of headings, or it has an outline level."""
        style = self.of(paragraph)
        level = find(paragraph, "w:pPr/w:outlineLvl")
        if level is None:
            level = self.inherited(style, "w:pPr/w:outlineLvl")
        if level is not None and whole(level.get(name("w:val")), 9) < 9:
            return True
        return any(_HEADING.match(value(s, "w:name") or "") for s in self.chain(style)[:1])

    def metrics(self, paragraph: Element) -> Metrics:
        """What the paragraph's height is made of."""
        style = self.of(paragraph)
        spacing = [find(paragraph, "w:pPr/w:spacing"), self.inherited(style, "w:pPr/w:spacing")]

        def given(attribute: str) -> str | None:
            found = (s.get(name(attribute)) for s in spacing if s is not None)
            return next((f for f in found if f is not None), None)

        line = whole(given("w:line"), 240)
        fixed = given("w:lineRule") in ("exact", "atLeast")
        return Metrics(
            self._size_pt(paragraph, style),
            whole(given("w:before")) / _TWIPS,
            whole(given("w:after")) / _TWIPS,
            1.0 if fixed else max(line, 1) / _LINE,
            line / _TWIPS if fixed else None,
            self._font(paragraph, style),
        )

    def _font(self, paragraph: Element, style: str) -> str:
        """The name of the font of its first run; empty for the theme's."""
        fonts = find(paragraph, "w:r/w:rPr/w:rFonts")
        if fonts is None:
            fonts = self.inherited(style, "w:rPr/w:rFonts")
        if fonts is None:
            return ""
        themed = fonts.get(name("w:asciiTheme")) is not None
        return fonts.get(name("w:ascii")) or ("calibri" if themed else "")

    def _size_pt(self, paragraph: Element, style: str) -> float:
        size = find(paragraph, "w:r/w:rPr/w:sz")
        if size is None:
            size = find(paragraph, "w:pPr/w:rPr/w:sz")
        if size is None:
            size = self.inherited(style, "w:rPr/w:sz")
        half_points = whole(size.get(name("w:val")), 20) if size is not None else 20
        return min(max(half_points, 2), 400) / _HALF_POINTS
