"""Markdown and HTML residues in OCR output: what of a line is text, and how it is set off."""

from __future__ import annotations

import html
import re

from sopextract.core.text import strip_controls
from sopextract.model.source import Emphasis

_BREAK_TAG = re.compile(r"<\s*/?\s*(?:br|li|p|div|tr|ol|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|span|font|sup|sub|center|h[1-6]|a|td|th|tbody|thead|table|img|code|pre"
    r"|s|small|big|mark|label|html|body|head|title|section|article|o:p)\b[^<>]*>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What recognisers put round furniture, and Markdown's pictures.
_FURNITURE_TAG = re.compile(
    r"</?(?:page_number|watermark|signature|logo|stamp|header|footer|figure|figcaption|caption)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_BOLD_TAG = re.compile(r"^\s*<(?:b|strong)\b", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{2,3}|__)(?=\S)(.+?)(?<=\S)\1")
_LOOSE_STARS = re.compile(r"^\s*\*{2,3}|\*{2,3}\s*$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_RULE_LINE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$")
# Markdown's escapes: pandoc writes "1\\." for a "1." that is no list, and so on.
_ESCAPE = re.compile(r"\\([.)(\-*_#+!\[\]{}<>`~|'\"&$^])")
# What pandas prints for a cell of a sheet that holds nothing, as converters to Markdown pass it on.
_NOTHING = re.compile(r"\s*(?:nan|unnamed: \d+(?:_level_\d+)?)\s*", re.IGNORECASE)
# Symbols that recognisers trained on papers write as TeX.
_TEX = {
    **dict.fromkeys(("square", "box", "rectangle", "blacksquare"), "□"),
    **dict.fromkeys(("diamond", "lozenge", "diamondsuit", "blacklozenge"), "◇"),
    **dict.fromkeys(("bigcirc", "circ", "oval"), "○"),
    **dict.fromkeys(("rightarrow", "longrightarrow", "to", "implies"), "→"),
    **dict.fromkeys(("leftarrow", "longleftarrow", "gets"), "←"),
    "downarrow": "↓",
    "uparrow": "↑",
    "leftrightarrow": "↔",
    **dict.fromkeys(("checkmark", "surd"), "√"),
    **dict.fromkeys(("times", "texttimes"), "×"),
    "pm": "±",
    **dict.fromkeys(("le", "leq"), "≤"),
    **dict.fromkeys(("ge", "geq"), "≥"),
}
_TEX_SIGN = re.compile(
    r"\$?\\(" + "|".join(sorted(_TEX, key=len, reverse=True)) + r")(?![a-z])(?:\s*\$)?",
    re.IGNORECASE,
)
_MANY_NEWLINES = re.compile(r"\s*\n\s*")


def is_rule_line(line: str) -> bool:
    """Whether a line is a drawn rule (`---`), not text."""
    return _RULE_LINE.match(line) is not None


def clean_line(line: str) -> tuple[str, Emphasis]:
    """A line without its markup, and how the markup set it off. Leading spaces stay."""
    emphasis = Emphasis.PLAIN
    if "#" in line and _HEADING.match(line):
        line = _HEADING.sub("", line)
        emphasis = Emphasis.HEADING
    if "**" in line or "__" in line:
        stripped = line.strip()
        if stripped.startswith(("**", "__")) and emphasis is Emphasis.PLAIN:
            emphasis = Emphasis.BOLD
        line = _LOOSE_STARS.sub("", _EMPHASIS.sub(r"\2", line))
    if "<" in line and _BOLD_TAG.match(line) and emphasis is Emphasis.PLAIN:
        emphasis = Emphasis.BOLD
    return clean_cell(line).replace("\n", " "), emphasis


def clean_cell(text: str) -> str:
    """The text of a cell: list items and line-break tags become newlines, other tags go.

    Only tags of text formatting are taken for tags; `<1 jam` and `A<B` stay as they are.
    """
    if "![" in text:
        text = _PICTURE.sub("", text)
    if "<" in text:
        text = _FURNITURE_TAG.sub("", _COMMENT.sub("", text))
        text = _BREAK_TAG.sub("\n", text)
        text = _TAG.sub("", text)
    if "**" in text:
        text = _LOOSE_STARS.sub("", _EMPHASIS.sub(r"\2", text))
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", _plain_signs(text))
    text = strip_controls(text)
    if "\n" in text:
        text = _MANY_NEWLINES.sub("\n", text).strip("\n")
    return "" if _NOTHING.fullmatch(text) else text


def clean_html_cell(text: str) -> str:
    """The text of a cell of an HTML table: signs written as TeX made plain, no "NaN"."""
    return "" if _NOTHING.fullmatch(text) else _plain_signs(text)


def _plain_signs(text: str) -> str:
    return _TEX_SIGN.sub(lambda m: _TEX[m[1].lower()], text) if "\\" in text else text
