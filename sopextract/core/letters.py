"""About how wide letters are printed, where no more of the font is known than its size."""

from __future__ import annotations

# Widths in shares of the size, the means of Arial and Calibri, by groups.
_GROUPS = (("iljI.,'", 0.24), ("frt-", 0.32), ("mwMW", 0.8))
_WIDTHS = {c: width for letters, width in _GROUPS for c in letters}
_WIDTH, _CAPITAL = 0.52, 0.66


def advance(text: str) -> float:
    """About how wide a text is printed, in sizes of the font; never 0.

    >>> round(advance("Tim"), 2)
    1.7
    """
    return sum(_WIDTHS.get(c, _CAPITAL if c.isupper() else _WIDTH) for c in text) or _WIDTH
