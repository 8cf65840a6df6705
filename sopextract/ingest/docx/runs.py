"""The text of a paragraph as it is printed, and the drawings anchored in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sopextract.core.text import strip_controls
from sopextract.ingest.docx.styles import Styles
from sopextract.ingest.docx.xml import Element, find, local, name, switched, value

# Elements that only wrap runs. Deleted and moved-away text (w:del, w:moveFrom) is not among them.
_WRAPPERS = frozenset(
    name(f"w:{tag}")
    for tag in (
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "fldSimple",
        "sdtContent", "ruby", "rubyBase",
    )
)  # fmt: skip
_TAB = "    "  # wide enough to part two columns of running text, as in pdftotext -layout
_DRAWN = frozenset((name("w:drawing"), name("w:pict"), name("w:object")))
# Signs of Microsoft's symbol fonts that sheets use, by font and code (the fonts' own tables).
_WINGDINGS = {
    0xFC: "✓", 0xFE: "☑", 0xFB: "✗", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x75: "◆", 0xA1: "○",
    0x6C: "●", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑",
    0xEA: "↓", 0xEF: "←", 0xF0: "→", 0xF1: "↑", 0xF2: "↓", 0xA7: "▪", 0xD8: "➢",
}  # fmt: skip
_SYMBOL = {0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB7: "•", 0xD6: "√", 0xE0: "◊", 0xB3: "≥",
           0xA3: "≤", 0xB1: "±"}  # fmt: skip
_SYMBOL_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}


@dataclass
class RunText:
    """What was found so far while walking through a paragraph."""

    parts: list[str] = field(default_factory=list)
    drawn: list[Element] = field(default_factory=list)
    bold: bool | None = None  # of the first run that shows anything
    page_break: bool = False
    fields: list[bool] = field(default_factory=list)  # open fields: is their result reached?

    @property
    def text(self) -> str:
        """The text, without control characters."""
        return strip_controls("".join(self.parts))


def read_runs(paragraph: Element, styles: Styles) -> RunText:
    """The text and the drawings of a paragraph.

    Insertions count and deletions do not; of a field only its result; hidden text, footnotes and
    the hints of empty form fields are left out. Of alternative contents one is taken.
    """
    found = RunText()
    _walk(paragraph, styles, styles.of(paragraph), found)
    return found


def _walk(element: Element, styles: Styles, style: str, found: RunText) -> None:
    for child in element:
        tag = child.tag
        if tag == name("w:r"):
            _read_run(child, styles, style, found)
        elif tag in _WRAPPERS:
            _walk(child, styles, style, found)
        elif tag == name("w:sdt"):
            if not switched(child, "w:sdtPr/w:showingPlcHdr"):
                _walk(child, styles, style, found)
        elif tag == name("mc:AlternateContent"):
            _walk(chosen(child), styles, style, found)
        elif tag in (name("m:oMath"), name("m:oMathPara")):
            found.parts.extend(t.text or "" for t in child.iter(name("m:t")))


def chosen(alternatives: Element) -> Element:
    """The one of alternative contents that is read: the choice, or the fallback without one."""
    for choice in alternatives:
        if choice.tag == name("mc:Choice") and next(iter(choice), None) is not None:
            return choice
    fallback = find(alternatives, "mc:Fallback")
    return alternatives if fallback is None else fallback


def _read_run(run: Element, styles: Styles, style: str, found: RunText) -> None:
    hidden = styles.is_on(run, style, "w:vanish")
    before = len(found.parts)
    _read_pieces(run, run, found)
    text = "".join(found.parts[before:])
    if hidden:
        del found.parts[before:]
    elif text.strip():
        if found.bold is None:
            found.bold = styles.is_on(run, style, "w:b")
        if styles.is_on(run, style, "w:caps"):
            found.parts[before:] = [text.upper()]


def _read_pieces(pieces: Element, run: Element, found: RunText) -> None:
    for piece in pieces:
        if piece.tag == name("mc:AlternateContent"):
            _read_pieces(chosen(piece), run, found)
        elif piece.tag in _DRAWN:
            found.drawn.append(piece)
        elif piece.tag == name("w:ruby"):
            base = find(piece, "w:rubyBase")
            for inner in base.iter(name("w:t")) if base is not None else ():
                found.parts.append(inner.text or "")
        elif piece.tag == name("w:fldChar"):
            _turn_field(piece, found)
        elif all(found.fields):
            sign = _SIGNS.get(local(piece))
            if sign is not None:
                found.parts.append(sign(piece, run))
            elif piece.tag == name("w:lastRenderedPageBreak"):
                found.page_break = True


def _turn_field(mark: Element, found: RunText) -> None:
    kind = mark.get(name("w:fldCharType"))
    if kind == "begin":
        found.fields.append(False)
    elif kind == "separate" and found.fields:
        found.fields[-1] = True
    elif kind == "end" and found.fields:
        found.fields.pop()


def _text(piece: Element, run: Element) -> str:
    fonts = find(run, "w:rPr/w:rFonts")
    signs = (
        _SYMBOL_FONTS.get((fonts.get(name("w:ascii")) or "").lower()) if fonts is not None else None
    )
    text = piece.text or ""
    return text if signs is None else "".join(signs.get(ord(c) & 0xFF, c) for c in text)


def _symbol(piece: Element, _: Element) -> str:
    signs = _SYMBOL_FONTS.get((piece.get(name("w:font")) or "").lower(), {})
    try:
        code = int(piece.get(name("w:char")) or "", 16)
    except ValueError:
        return ""
    return signs.get(code & 0xFF, "") if code >= 0xF000 or signs else chr(code & 0xFFFF)


def _break(piece: Element, _: Element) -> str:
    return "" if piece.get(name("w:type")) in ("page", "column") else "\n"


_SIGNS: dict[str, Callable[[Element, Element], str]] = {
    "t": _text,
    "sym": _symbol,
    "tab": lambda *_: _TAB,
    "ptab": lambda *_: _TAB,
    "br": _break,
    "cr": lambda *_: "\n",
    "noBreakHyphen": lambda *_: "-",
}


def starts_page(paragraph: Element, styles: Styles) -> bool:
    """Whether a page begins with or in the paragraph, by what it says itself."""
    if switched(paragraph, "w:pPr/w:pageBreakBefore"):
        return True
    if switched(styles.inherited(styles.of(paragraph), "w:pPr"), "w:pageBreakBefore"):
        return True
    breaks: Iterable[Element] = paragraph.iter(name("w:br"))
    return any(b.get(name("w:type")) == "page" for b in breaks)


def is_deleted(paragraph: Element) -> bool:
    """Whether the mark of the paragraph was deleted (and the deletion tracked)."""
    return find(paragraph, "w:pPr/w:rPr/w:del") is not None


def alignment(paragraph: Element, styles: Styles) -> str:
    """How the lines of a paragraph are set: `left`, `center`, `right`, `both`."""
    own = value(paragraph, "w:pPr/w:jc")
    if own is None:
        inherited = styles.inherited(styles.of(paragraph), "w:pPr/w:jc")
        own = inherited.get(name("w:val")) if inherited is not None else None
    return {"start": "left", "end": "right"}.get(own or "left", own or "left")
