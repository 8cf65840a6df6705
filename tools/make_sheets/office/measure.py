"""How much room text takes, without fonts: widths of Arial in rough classes."""

from __future__ import annotations

_NARROW = set("iljftr.,;:'|!()[]/- ")
_WIDE = set("mwMW@%")
_CAUTION = 1.06  # rows may be a little too high, never too low


def text_width(text: str, size_pt: float) -> float:
    """Width of one line in points, rather too large than too small."""
    ems = 0.0
    for sign in text:
        if sign in _NARROW:
            ems += 0.31
        elif sign in _WIDE:
            ems += 0.86
        else:
            ems += 0.68 if sign.isupper() else 0.55
    return ems * size_pt * _CAUTION


def count_lines(text: str, width_pt: float, size_pt: float) -> int:
    """Lines that a text takes when it is wrapped at words."""
    lines = 0
    for part in text.split("\n"):
        lines += 1
        at = 0.0
        for word in part.split():
            long = text_width(word + " ", size_pt)
            if at and at + long > width_pt:
                lines, at = lines + 1, 0.0
            lines += int(long // max(width_pt, 1))
            at += long % max(width_pt, 1)
    return lines


def text_height(text: str, width_pt: float, size_pt: float) -> float:
    """Height of a cell's text in points."""
    return count_lines(text, width_pt, size_pt) * size_pt * 1.22
