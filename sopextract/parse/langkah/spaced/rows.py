"""The rows of a spaced table: which lines belong to which number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.model.source import Cell
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.spaced.parts import (
    AMOUNT,
    NUMBER,
    NUMBER_AND_TEXT,
    Column,
    MadeRow,
    Placed,
)
from sopextract.parse.places import least_clear


def step_numbers(placed: Sequence[Placed]) -> list[int]:
    """Positions of the lines that hold the number of a step, rising."""
    found: list[int] = []
    last = 0
    for k, line in enumerate(placed):
        number = NUMBER.match(line.texts[0])
        # a page that repeats the header goes on counting
        if number and (not found or last < int(number[1]) <= last + 3):
            found.append(k)
            last = int(number[1])
    return found


def gather(
    placed: Sequence[Placed], numbers: Sequence[int], columns: Sequence[Column]
) -> list[MadeRow]:
    """Lines to rows, one for each number: the borders that cost least over the whole table."""
    width = len(columns)
    waktu = next((j for j, c in enumerate(columns) if c.role == "waktu"), None)
    cuts, margins = _best_borders(placed, numbers, width)
    rows: list[MadeRow] = []
    for k, start in enumerate(cuts):
        end = cuts[k + 1] if k + 1 < len(cuts) else len(placed)
        lines = [line for line in placed[start:end] if any(line.texts)]
        if not lines:
            continue
        doubt = any(line.doubt for line in lines)
        edge = min(margins[k], margins[k + 1] if k + 1 < len(margins) else 9.0)
        row = _merge(lines, width, 0.6 if doubt else 0.8 if edge < _CLEAR else 1.0)
        # a number at the head of the text is that of a step whose number was not seen
        astray = _time_astray(row, waktu) or any(
            NUMBER_AND_TEXT.match(c.text) and c.text[0].isdigit() and "." in c.text[:3]
            for c, column in zip(row.cells, columns, strict=True)
            if column.role == "kegiatan"
        )
        rows.append(MadeRow(row.cells, 0.6) if astray else row)
    return rows


def _time_astray(row: MadeRow, waktu: int | None) -> bool:
    """Whether the time stands among the words of another column, or words among the time."""
    if waktu is None:
        return False
    own = row.cells[waktu].text.replace("\n", " ")
    if own:
        return (
            len(AMOUNT.sub(" ", own).strip()) > _MORE_THAN_TIME and AMOUNT.search(own) is not None
        )
    beside = [row.cells[j].text for j in (waktu - 1, waktu + 1) if j < len(row.cells)]
    return any(AMOUNT.search(text.replace("\n", " ")) for text in beside)


_MORE_THAN_TIME = 12  # characters beside an amount: more than "maksimal" or "± per hari"
# Costs of a border between two rows, set by hand on sheets of the kind; only their order of size
# matters: a text off the middle of its row costs more per line than a small letter at its head.
_OFF_MIDDLE, _SMALL_LETTER, _OPEN_END, _NO_GAP, _CLEAR = 1.0, 1.2, 1.0, 0.5, 0.5
_EMPTY_ROW = 4.0  # dearer than any border: a row without words is none
_FREE, _SWITCH = 0.2, 0.5  # a column whose texts begin with the row says little of where it begins
_TOP, _MIDDLE, _OWN_TOP = "top", "middle", "own top"  # from the number, around it, from the border
_OPEN = re.compile(r"(?:[,/&(\-]|\b(?:dan|atau|dengan|untuk|ke|di|dari|oleh|yang|pada))$", re.I)


def _best_borders(
    placed: Sequence[Placed], numbers: Sequence[int], width: int
) -> tuple[list[int], list[float]]:
    """The borders under the best guess of how each column is set: top, middle, or own top."""
    tries = [(_TOP,) * width, (_MIDDLE,) * width]
    found = [(_borders(placed, numbers, modes), modes) for modes in tries]
    best, modes = min(found, key=lambda at: at[0][2])
    for j in range(1, width):
        for mode in (_TOP, _MIDDLE, _OWN_TOP):
            if mode == modes[j] or best[2] < 1.0:
                continue
            other = (*modes[:j], mode, *modes[j + 1 :])
            now = _borders(placed, numbers, other)
            if now[2] < best[2] - _SWITCH:
                best, modes = now, other
    return best[0], best[1]


def _borders(
    placed: Sequence[Placed], numbers: Sequence[int], modes: Sequence[str]
) -> tuple[list[int], list[float], float]:
    """First line of each row, how clearly each beat the next best, and the cost of all."""
    n = len(numbers)
    options = [[0]] + [
        [k for k in range(numbers[i - 1] + 1, numbers[i] + 1) if any(placed[k].texts)]
        for i in range(1, n)
    ]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for i in range(1, n):
        here: dict[int, tuple[float, int]] = {}
        for k in options[i]:
            edge = _edge_cost(placed, k)
            costs = [
                (cost + edge + _row_cost(placed, at, k, numbers[i - 1], modes), at)
                for at, (cost, _) in best[-1].items()
            ]
            here[k] = min(costs)
        best.append(here)
    final = {
        k: cost + _row_cost(placed, k, len(placed), numbers[-1], modes)
        for k, (cost, _) in best[-1].items()
    }
    total = min(final.values())
    cut = min(final, key=lambda k: (final[k], -k))
    cuts = [cut]
    for i in range(n - 1, 0, -1):
        cut = best[i][cut][1]
        cuts.append(cut)
    cuts.reverse()
    margins = [9.0] * n
    for i in range(1, n):
        before = cuts[i - 1]
        after = cuts[i + 1] if i + 1 < n else len(placed)

        def local(k: int, i: int = i, before: int = before, after: int = after) -> float:
            return (
                _edge_cost(placed, k)
                + _row_cost(placed, before, k, numbers[i - 1], modes)
                + _row_cost(placed, k, after, numbers[i], modes)
            )

        mine = local(cuts[i])
        others = [local(k) for k in options[i] if k != cuts[i]]
        margins[i] = min(others, default=mine + 9.0) - mine
    return cuts, margins, total


def _row_cost(
    placed: Sequence[Placed], start: int, end: int, number: int, modes: Sequence[str]
) -> float:
    """How far the texts of a row are from where its number says they should be, in lines."""
    cost = 0.0 if any(any(placed[k].texts[1:]) for k in range(start, end)) else _EMPTY_ROW
    for j in range(1, len(placed[start].texts)):
        filled = [k for k in range(start, end) if placed[k].texts[j]]
        if not filled:
            continue
        if modes[j] == _MIDDLE:
            cost += _OFF_MIDDLE * max(0.0, abs((filled[0] + filled[-1]) / 2 - number) - 0.5)
        elif modes[j] == _TOP:
            cost += _OFF_MIDDLE * abs(filled[0] - number)
        else:
            cost += _OFF_MIDDLE * abs(filled[0] - start) + _FREE
    return cost


def _edge_cost(placed: Sequence[Placed], k: int) -> float:
    """What speaks against a row that begins at this line."""
    cost = 0.0
    for j, text in enumerate(placed[k].texts):
        if not j or not text or look_at(text).mark:
            continue
        if text[:1].islower():
            cost += _SMALL_LETTER
        above = next((p.texts[j] for p in reversed(placed[max(0, k - 6) : k]) if p.texts[j]), "")
        if _OPEN.search(above) and not look_at(above).empty:
            cost += _OPEN_END
    turned = placed[k].page != placed[k - 1].page
    blank = not any(placed[k - 1].texts)
    return cost + (0.0 if blank or turned else _NO_GAP)


def _merge(lines: Sequence[Placed], width: int, score: float) -> MadeRow:
    cells = []
    for j in range(width):
        filled = [line for line in lines if line.texts[j]]
        place = filled[0].place if filled else lines[0].place
        text = "\n".join(line.texts[j] for line in filled)
        cells.append(Cell(text, least_clear(place, (line.place for line in filled))))
    return MadeRow(tuple(cells), score)
