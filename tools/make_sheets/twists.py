"""Turns of layout that only kept-apart sheets have, so that they test more than new words.

All are seen on real sheets (domain.md 2.1 to 2.3). They change how a sheet is printed, never what
it says, so the truth stays.
"""

from __future__ import annotations

import random
import re

_ITEM = re.compile(r"(?<![\w./])(\d{1,2})\. (?=[A-Z])")
_FACT = re.compile(r"^(N[Oo]|Nomor|NOMOR|T[Gg][Ll]|T[Aa][Nn])([^\t:]*)\t(?=[^\t:])", re.MULTILINE)
_STEP_TABS = 6  # a row of the step table has at least so many


def twist(rng: random.Random, text: str, layout: str) -> tuple[str, list[str]]:
    """The text with some of the turns that suit its layout, and their names."""
    names: list[str] = []
    if layout in "AB" and rng.random() < 0.35:
        text = _FACT.sub(r"\1\2\t: ", text)
        names.append("colon before values")
    if layout in "ABD" and rng.random() < 0.35:
        text = _ITEM.sub(r"\1) ", text)
        names.append("items numbered 1)")
    if layout in "AB" and rng.random() < 0.35:
        text = _column_numbers(text)
        names.append("column numbers in brackets")
    if layout in "ABD" and rng.random() < 0.25:
        text = _total_row(rng, text)
        names.append("row with the sum of times")
    if layout in "ABCD" and rng.random() < 0.35:
        text = _page_line(rng, text)
        names.append("page line in the table")
    return text, names


def _step_lines(lines: list[str]) -> list[int]:
    return [i for i, line in enumerate(lines) if line.count("\t") >= _STEP_TABS]


def _column_numbers(text: str) -> str:
    """A row `(1) (2) …` below the two header rows."""
    lines = text.split("\n")
    rows = _step_lines(lines)
    count = lines[rows[1]].count("\t") + 1
    lines.insert(rows[1] + 1, "\t".join(f"({n})" for n in range(1, count + 1)))
    return "\n".join(lines)


def _total_row(rng: random.Random, text: str) -> str:
    """`Jumlah` with a time below the last step, in the columns of that step."""
    lines = text.split("\n")
    last = _step_lines(lines)[-1]
    cells = ["" for _ in lines[last].split("\t")]
    cells[1] = rng.choice(("Jumlah", "Total Waktu"))
    cells[-3] = f"{rng.randint(20, 90) * 10} menit"
    lines.insert(last + 1, "\t".join(cells))
    return "\n".join(lines)


def _page_line(rng: random.Random, text: str) -> str:
    """`Halaman 1 dari 2` between two rows of the step table."""
    lines = text.split("\n")
    rows = [i for i in _step_lines(lines)[3:-1] if i + 1 < len(lines)]
    if rows:
        lines.insert(rng.choice(rows) + 1, rng.choice(("Halaman 1 dari 2", "- 2 -")))
    return "\n".join(lines)
