"""Letters that are pictures in the symbol fonts of Windows, as the signs they look like."""

from __future__ import annotations

# Origin: the fonts' own character maps; ticks, crosses, boxes and arrows alone, as other pictures
# say nothing in a sheet.
_WINGDINGS = str.maketrans(
    "üûþýo¨qnulàßáâèçéê", "√×☑☒□□□■◆●→←↑↓→←↑↓"
)  # fmt: skip
_WINGDINGS_2 = str.maketrans("POR£*", "√×☑□□")
_TABLES = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def as_drawn(text: str, font: str) -> str:
    """A text in its font: "ü" in Wingdings is a tick.

    >>> as_drawn("ü", "Wingdings"), as_drawn("ü", "Arial")
    ('√', 'ü')
    """
    table = _TABLES.get(font.strip().lower())
    return text.translate(table) if table is not None and len(text.strip()) == 1 else text
