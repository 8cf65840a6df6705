"""Steps that do one piece of work in two, or two in one, told once all sheets are laid in rows.

Two rows that some sheet fills with two steps in a row may be two pieces of work, or one that this
sheet parts. The other sheets decide: those whose one step is surely both (`StepBank.split_odds`)
either do two pieces at once (`gabung`: few of them), or the one piece that the first sheet does in
two (`pecah`: most of them), and then the two rows are one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sopextract.compare.evidence import StepBank
from sopextract.compare.placed import Placed

PASSES = 2
SAMPLE = 4  # sheets with both steps that a single step is compared with
NEAR = 2  # positions apart at most: an added step may stand between the halves
# Below even odds, because two rows that stand in order are more than a step seen alone; chosen on
# the tuning families.
PART_MIN = -1.0


def join_parts(bank: StepBank, rows: list[Placed]) -> list[Placed]:
    """The rows with split and merged steps in their places."""
    for _ in range(PASSES):
        for i in range(len(rows)):
            for j in range(i + 1, len(rows)):
                if rows[i].steps and rows[j].steps:
                    _join(bank, rows[i], rows[j])
        rows = [row for row in rows if row.steps]
    return rows


def _join(bank: StepBank, one: Placed, other: Placed) -> None:
    """Look at two rows; `other` is emptied where both are one piece of work."""
    left, right = _single_steps(one), _single_steps(other)
    both = [(left[s], right[s]) for s in left if s in right and abs(left[s] - right[s]) <= NEAR]
    both = [pair for pair in both if pair[0] != pair[1]]
    alone = [(s, left[s]) for s in left if s not in other.sheets]
    alone += [(s, right[s]) for s in right if s not in one.sheets]
    if not both or not alone:
        return
    sample = [(min(pair), max(pair)) for pair in both[:SAMPLE]]
    odds = bank.split_odds(
        np.array([step for _, step in alone], dtype=np.intp),
        np.array([first for first, _ in sample], dtype=np.intp),
        np.array([second for _, second in sample], dtype=np.intp),
    ).mean(axis=1)
    covering = [alone[k] for k in np.flatnonzero(odds > PART_MIN)]
    if not covering:
        return
    outside = len(alone) - len(covering)
    if len(covering) > len(both) and outside <= len(covering):
        _unite(one, other)
    else:
        for sheet, step in covering:
            for row in (one, other):
                row.mark(step, sheet, "gabung")


def _single_steps(row: Placed) -> dict[int, int]:
    """The step of each sheet that has just one in the row."""
    found: dict[int, int] = {}
    for step, sheet in zip(row.steps, row.sheets, strict=True):
        if sheet in found:
            found[sheet] = -1
        else:
            found[sheet] = step
    return {sheet: step for sheet, step in found.items() if step >= 0}


def _unite(one: Placed, other: Placed) -> None:
    """Both rows in the first; sheets with steps in both do it in several."""
    for step, sheet, relation in zip(
        tuple(other.steps), tuple(other.sheets), tuple(other.relations), strict=True
    ):
        if step in one.steps:  # it did both rows in one, which are one now
            one.mark(step, sheet, None)
            continue
        if sheet in one.sheets:
            for own in _steps_of(one, sheet):
                one.mark(own, sheet, "pecah")
            one.add(step, sheet, "pecah")
        else:
            one.add(step, sheet, relation)
    other.steps.clear()


def _steps_of(row: Placed, sheet: int) -> Sequence[int]:
    return [step for step, s in zip(row.steps, row.sheets, strict=True) if s == sheet]
