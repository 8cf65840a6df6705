"""Steps of a family side by side: one sheet after another is laid on the rows so far.

A row is a piece of work; each sheet that is laid on is aligned with all rows at once, in order, by
how surely its steps are the work of the rows (`evidence.py`). A step may also do two rows that
follow one another (`gabung`), or two steps one row (`pecah`). What remains over on both sides and
is surely the same stands at another place (`tukar`). When all are laid on, each is taken off and
laid on once more, now beside all the others (`ROUNDS`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sopextract.compare.cells import build_rows
from sopextract.compare.comparison import Row
from sopextract.compare.evidence import Matrix, StepBank, Steps
from sopextract.compare.parts import join_parts
from sopextract.compare.placed import Placed
from sopextract.model.record import Langkah, SopRecord

ROUNDS = 2
# What standing in order between neighbours that agree adds to the log-odds of a pair seen alone,
# and what it adds for two whole rows that no sheet fills both of. Chosen on the tuning families.
IN_ORDER, ROWS_ALIKE = 1.0, 2.5
# A pair out of order must be surer than one in order, which its neighbours vouch for.
SWAP_MIN = 1.5


def align(records: Sequence[SopRecord], members: Sequence[int]) -> tuple[Row, ...]:
    """The rows of a family; `members[0]` is the reference, the others join one after another."""
    sheets = [records[sop].langkah for sop in members]
    bank = StepBank(sheets)
    rows = lay_out(bank, len(sheets))
    return build_rows(bank, rows, [records[sop] for sop in members], members)


def lay_out(bank: StepBank, count: int) -> list[Placed]:
    """The rows of the bank's `count` sheets, the first being the reference."""
    rows: list[Placed] = []
    for sheet in range(count):
        rows = _lay(bank, rows, sheet)
    for _ in range(ROUNDS if count > 2 else 0):
        for sheet in range(count):
            for row in rows:
                if sheet in row.sheets:
                    row.drop(sheet)
            rows = _lay(bank, [row for row in rows if row.steps], sheet)
        rows = _join_rows(bank, rows)
    return join_parts(bank, rows)


def _join_rows(bank: StepBank, rows: list[Placed]) -> list[Placed]:
    """Rows that no sheet fills both of and whose steps are the same work are one row, the surest
    first: they grew apart because early sheets lacked what would have joined them."""
    if not rows:
        return rows
    flat = np.array([step for row in rows for step in row.sample], dtype=np.intp)
    starts = np.cumsum([0] + [len(row.sample) for row in rows[:-1]])
    across = np.add.reduceat(_shares(bank.odds(flat, flat)), starts, axis=1)
    sums = np.add.reduceat(across, starts, axis=0)
    counts = np.diff(np.append(starts, len(flat)))
    values = _from_shares(sums / np.outer(counts, counts)) + ROWS_ALIKE
    filled = [set(row.sheets) for row in rows]
    pairs = [
        (-float(values[i, j]), i, j)
        for i in range(len(rows))
        for j in range(i + 1, len(rows))
        if values[i, j] > 0 and filled[i].isdisjoint(filled[j])
    ]
    home = list(range(len(rows)))
    for _, i, j in sorted(pairs):
        a, b = home[i], home[j]
        if a == b or set(rows[a].sheets) & set(rows[b].sheets):
            continue
        if len(rows[a].steps) < len(rows[b].steps):
            a, b = b, a
        for step, sheet, relation in zip(
            rows[b].steps, rows[b].sheets, rows[b].relations, strict=True
        ):
            rows[a].add(step, sheet, relation)
        rows[b].steps.clear()
        home = [a if h == b else h for h in home]
    return [row for row in rows if row.steps]


def pair_steps(
    left: Sequence[Langkah], right: Sequence[Langkah]
) -> list[tuple[Langkah | None, Langkah | None]]:
    """Two sheets' steps in order; None where the other has no such step.

    A step that the other does in two is paired with the surer of them.
    """
    bank = StepBank([left, right])
    found: list[tuple[Langkah | None, Langkah | None]] = []
    told: set[int] = set()
    for row in lay_out(bank, 2):
        one = [s for s, sheet in zip(row.steps, row.sheets, strict=True) if sheet == 0]
        other = [s for s, sheet in zip(row.steps, row.sheets, strict=True) if sheet == 1]
        one, other = ([s for s in side if s not in told] for side in (one, other))
        told.update(one, other)
        for k in range(max(len(one), len(other))):
            a = left[one[k]] if k < len(one) else None
            b = right[other[k] - len(left)] if k < len(other) else None
            found.append((a, b))
    return found


def _lay(bank: StepBank, rows: list[Placed], sheet: int) -> list[Placed]:
    """The rows with one more sheet."""
    steps = bank.steps_of(sheet)
    if not rows or not len(steps):
        return rows + [_new_row(int(step), sheet) for step in steps]
    table = _Table(bank, rows, steps)
    laid: list[Placed] = []
    free: list[tuple[int, Placed]] = []
    i = j = 0
    while i < len(rows) or j < len(steps):
        height, width = table.move(i, j)
        if height == 0:
            row = _new_row(int(steps[j]), sheet)
            free.append((j, row))
            laid.append(row)
        else:
            if width:
                rows[i].add(int(steps[j]), sheet)
            laid.append(rows[i])
        i, j = i + height, j + width
    return _swap(table, laid, free, sheet)


def _swap(
    table: _Table, laid: list[Placed], free: list[tuple[int, Placed]], sheet: int
) -> list[Placed]:
    """Steps left over join rows left over, where they are surely the same; the surest first."""
    number = {id(row): i for i, row in enumerate(table.rows)}
    open_rows = {i for row in laid if (i := number.get(id(row))) is not None}
    open_rows -= {number[id(row)] for row in laid if id(row) in number and sheet in row.sheets}
    wanted = sorted(
        (
            (-float(table.gain[i, j]), i, j)
            for i in open_rows
            for j, _ in free
            if table.gain[i, j] >= SWAP_MIN
        )
    )
    own = dict(free)
    gone: set[int] = set()
    for _, i, j in wanted:
        if i in open_rows and j in own:
            table.rows[i].add(int(table.steps[j]), sheet, "tukar")
            open_rows.discard(i)
            gone.add(id(own.pop(j)))
    return [row for row in laid if id(row) not in gone]


def _new_row(step: int, sheet: int) -> Placed:
    row = Placed()
    row.add(step, sheet)
    return row


class _Table:
    """What a pair of row and step earns, and the best sum from each place on.

    A gap costs nothing, and only what earns more than nothing is paired.
    """

    def __init__(self, bank: StepBank, rows: Sequence[Placed], steps: Steps) -> None:
        self.rows, self.steps = rows, steps
        sample = [row.sample for row in rows]
        flat = np.array([s for row in sample for s in row], dtype=np.intp)
        starts = np.cumsum([0] + [len(row) for row in sample[:-1]])
        self.gain = _mean_odds(bank.odds(flat, steps), starts) + IN_ORDER
        self.best = self._sums()

    def move(self, i: int, j: int) -> tuple[int, int]:
        """How many rows and steps the best way takes next."""
        height, width = self.gain.shape
        if i == height:
            return 0, 1
        if j == width:
            return 1, 0
        best, gain = self.best, float(self.gain[i, j])
        if gain > 0 and best[i][j] == gain + best[i + 1][j + 1]:
            return 1, 1
        return (1, 0) if best[i][j] == best[i + 1][j] else (0, 1)

    def _sums(self) -> list[list[float]]:
        height, width = self.gain.shape
        gain = self.gain.tolist()
        best = [[0.0] * (width + 1) for _ in range(height + 1)]
        for i in range(height - 1, -1, -1):
            here, below, row = best[i], best[i + 1], gain[i]
            for j in range(width - 1, -1, -1):
                most = max(below[j], here[j + 1])
                if row[j] > 0:
                    most = max(most, row[j] + below[j + 1])
                here[j] = most
        return best


def _mean_odds(odds: Matrix, starts: NDArray[np.intp]) -> Matrix:
    """Log-odds of a row from those of its sample: of the mean probability, so that one step that
    is surely the same counts, and one that is surely not does not undo it."""
    sums: Matrix = np.add.reduceat(_shares(odds), starts, axis=0)
    counts = np.diff(np.append(starts, len(odds)))[:, None]
    return _from_shares(sums / counts.astype(np.float64))


def _shares(odds: Matrix) -> Matrix:
    found: Matrix = 1.0 / (1.0 + np.exp(-np.clip(odds, -12.0, 12.0)))
    return found


def _from_shares(shares: Matrix) -> Matrix:
    """Log-odds, rounded, so that equal evidence is equal on every machine."""
    return np.round(np.log(shares / (1.0 - shares)), 6).astype(np.float64)
