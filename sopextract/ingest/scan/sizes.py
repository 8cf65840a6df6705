"""The size of a font from the height of a line's ink and the letters it has."""

from __future__ import annotations

# Shares of the size of a font, the means of Arial, Times and Calibri (their metrics differ by up
# to 0.05): how high letters stand over the base line, how deep those with a tail reach.
_HIGH, _LOW_LETTER, _TAIL = 0.69, 0.48, 0.21
_TAILED = frozenset("gjpqy,;()[]{}/|Q_")
_SMALL = frozenset("acemnorsuvwxzgpqy.,:;-–—~=+*•·")
_FLOATING = frozenset("-–—~=+*•·'\"“”‘’.,:_")  # what says nothing of the size by itself


def base_and_size(text: str, top: float, bottom: float) -> tuple[float, float]:
    """Base line and size of a line from the rows of its ink and the letters it has."""
    letters = set(text)
    if letters <= _FLOATING:
        return (top + bottom) / 2, 0.0
    tail = _TAIL if letters & _TAILED else 0.0
    high = _LOW_LETTER if letters <= _SMALL else _HIGH
    size = (bottom - top) / (high + tail)
    return bottom - tail * size, size
