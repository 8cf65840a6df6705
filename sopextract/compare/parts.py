"""Steps that do one piece of work in two, or two in one, told once all sheets are laid in rows.

Two rows that some sheet fills with two steps in a row may be two pieces of work, or one that this
sheet parts. The other sheets decide: those whose one step is surely both (`StepBank.split_odds`)
either do two pieces at once (`gabung`: few of them), or the one piece that the first sheet does in
two (`pecah`: most of them), and then the two rows are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        asked = _questions(rows)
        for question, covering in zip(asked, _answers(bank, asked), strict=True):
            if covering and rows[question.row].steps and rows[question.other].steps:
                _join(rows[question.row], rows[question.other], question, covering)
        rows = [row for row in rows if row.steps]
    return rows


@dataclass(frozen=True, slots=True)
class _Question:
    """Two rows (by number), the sheets that fill both with two steps in a row (some of them as
    `sample`), and the sheets with a step in one of the rows, with that step."""

    row: int
    other: int
    both: int
    sample: tuple[tuple[int, int], ...]
    alone: tuple[tuple[int, int], ...]


def _questions(rows: Sequence[Placed]) -> list[_Question]:
    single = [_single_steps(row) for row in rows]
    filled = [set(row.sheets) for row in rows]
    found: list[_Question] = []
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            left, right = single[i], single[j]
            both = [
                (left[s], right[s])
                for s in left
                if s in right and 0 < abs(left[s] - right[s]) <= NEAR
            ]
            if not both:
                continue
            alone = [(s, step) for s, step in left.items() if s not in filled[j]]
            alone += [(s, step) for s, step in right.items() if s not in filled[i]]
            if alone:
                sample = tuple((min(pair), max(pair)) for pair in both[:SAMPLE])
                found.append(_Question(i, j, len(both), sample, tuple(alone)))
    return found


def _answers(bank: StepBank, asked: Sequence[_Question]) -> list[list[tuple[int, int]]]:
    """For each question those of `alone` whose one step does both rows; asked all in one go."""
    triples = [
        (step, *pair)
        for question in asked
        for _, step in question.alone
        for pair in question.sample
    ]
    if not triples:
        return [[] for _ in asked]
    table = np.array(triples, dtype=np.intp)
    odds = bank.split_odds(table[:, 0], table[:, 1], table[:, 2])
    found: list[list[tuple[int, int]]] = []
    at = 0
    for question in asked:
        size = len(question.alone) * len(question.sample)
        means = odds[at : at + size].reshape(len(question.alone), -1).mean(axis=1)
        found.append([question.alone[k] for k in np.flatnonzero(means > PART_MIN)])
        at += size
    return found


def _join(
    one: Placed, other: Placed, question: _Question, covering: Sequence[tuple[int, int]]
) -> None:
    """Tell the split or the merge; `other` is emptied where both are one piece of work."""
    outside = len(question.alone) - len(covering)
    if len(covering) > question.both and outside <= len(covering):
        _unite(one, other)
        return
    for sheet, step in covering:
        if step in one.steps or step in other.steps:  # an earlier answer may have moved it
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
