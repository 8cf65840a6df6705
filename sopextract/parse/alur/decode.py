"""Who does each row: one decoding over all rows, with the actor columns as states.

A log-linear chain: every piece of evidence adds a weight to a column in a row, or to a pair of
columns in two neighbouring rows. Forward-backward gives the posterior of each column in each row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sopextract.parse.alur.mentions import Mention, Role, StepText
from sopextract.parse.alur.simbol import MarkSigns


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-weights. Set by reasoning on log-odds, then checked by tests/parse/alur/test_flow.py.

    There, over generated flows with the symbols hidden, of the actors given a posterior of 0.75
    or more at least 97 in 100 are right. docs/adr/0002-flow-decoding.md tells how.
    """

    drawn: float = 6.0  # a form in the column: wrong in about 1 of 400 cells
    tick: float = 5.0  # a tick or a word in the column
    text_in_cell: float = 1.0  # other words in the column
    arrow: float = 0.8  # a line passes or enters
    exit_letter: float = 0.3  # Y and T stand beside the symbol as often as under it
    subject: float = 4.5
    agent: float = 1.0
    not_self: float = -3.0  # nobody orders himself or hands over to himself
    not_source: float = -3.0  # nor takes his input from himself
    not_with: float = -1.5
    not_named: float = -0.6
    superior: float = 1.0  # who orders stands higher
    nearest: float = 0.3  # and mostly one level higher
    not_superior: float = -1.5
    top_begins: float = 1.6  # a flow that begins with an order begins at the top
    leftmost_begins: float = 1.0  # columns stand in the order of the flow (rule, part 1.5)
    archivist: float = 3.0
    unused: float = 0.3  # a column has at least one step
    hand_over: float = 3.3  # "kepada X": the next row is X's
    earlier_hand_over: float = 1.0  # the same when another receiver follows in the text
    back_to_previous: float = 1.5  # returned to X: mostly whoever did the row before
    source_before: float = 1.2
    stay: float = 0.4  # who hands over without a word mostly goes on himself …
    stay_if_worded: float = 3.5  # … and nearly always in a sheet that words its hand-overs
    all_worded: float = 0.4  # chance that a sheet whose rows all name the next words every one
    stay_on_receipt: float = -1.5  # "Menerima …" follows someone else's step
    distance: float = -0.12  # per column crossed
    across_gap: float = 0.4  # factor on the pair evidence where printed numbers jump


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """All evidence of one row; columns by position. `sources` come from its input cell."""

    signs: tuple[tuple[int, MarkSigns], ...]
    text: StepText
    sources: tuple[Mention, ...]
    gap: bool  # printed numbers jump between the row before and this one


@dataclass(frozen=True, slots=True)
class Columns:
    """The states: ranks of the posts (None: none), and which column keeps the archive."""

    ranks: tuple[float | None, ...]
    archivists: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Decoded:
    """One row: the posterior of each column, and what the wording alone makes of the row."""

    posterior: tuple[float, ...]
    without_symbols: tuple[float, ...]


def decode(
    rows: Sequence[RowEvidence], columns: Columns, weights: Weights | None = None
) -> tuple[Decoded, ...]:
    """Give the posteriors of each row; empty without rows or columns."""
    size = len(columns.ranks)
    if not rows or not size:
        return ()
    w = weights or Weights()
    signs = [_from_signs(row, size, w) for row in rows]
    used = {c for row in rows for c, mark in row.signs if mark.shapes}
    texts = [_from_text(row, i == 0, columns, used, w) for i, row in enumerate(rows)]
    # What usually begins a flow is no wording that could contradict a symbol.
    wordings = [_from_text(rows[0], False, columns, used, w), *texts[1:]]
    total = [[a + b for a, b in zip(s, t, strict=True)] for s, t in zip(signs, texts, strict=True)]
    # Two kinds of sheet: one that words every hand-over, so that silence means the same actor, and
    # one that words only some. Which of them this is, the sheet itself says: both are decoded.
    worded = max(w.all_worded * _worded(rows), _LEAST_WORDED)
    chains = [
        _run(rows, wordings, total, stay, math.log(chance), w)
        for stay, chance in ((w.stay_if_worded, worded), (w.stay, 1 - worded))
    ]
    norm = _logsum([chain.likelihood for chain in chains])
    shares = [math.exp(chain.likelihood - norm) for chain in chains]
    return tuple(
        Decoded(
            _mixed([chain.rows[i].posterior for chain in chains], shares),
            _mixed([chain.rows[i].without_symbols for chain in chains], shares),
        )
        for i in range(len(rows))
    )


_LEAST_WORDED = 0.05  # no share of worded rows rules the first kind out; own judgement


@dataclass(frozen=True, slots=True)
class _Chain:
    """One decoding: its rows, and the log-likelihood of the sheet under it."""

    rows: tuple[Decoded, ...]
    likelihood: float


def _run(
    rows: Sequence[RowEvidence],
    wordings: list[list[float]],
    total: list[list[float]],
    stay: float,
    prior: float,
    w: Weights,
) -> _Chain:
    size = len(total[0])
    pairs = [_pairs(a, b, size, stay, w) for a, b in pairwise(rows)]
    ahead = _forward(total, pairs)
    behind = _backward(total, pairs)
    result = []
    for i in range(len(rows)):
        around = [a + b for a, b in zip(ahead[i], behind[i], strict=True)]
        outside = [a + t for a, t in zip(around, wordings[i], strict=True)]
        inside = [a + t for a, t in zip(around, total[i], strict=True)]
        result.append(Decoded(_softmax(inside), _softmax(outside)))
    last = [a + t for a, t in zip(ahead[-1], total[-1], strict=True)]
    return _Chain(tuple(result), prior + _logsum(last))


def _mixed(posteriors: Sequence[tuple[float, ...]], shares: Sequence[float]) -> tuple[float, ...]:
    return tuple(
        sum(p * share for p, share in zip(column, shares, strict=True))
        for column in zip(*posteriors, strict=True)
    )


def _from_signs(row: RowEvidence, size: int, w: Weights) -> list[float]:
    scores = [0.0] * size
    for column, signs in row.signs:
        if any(not s.typed for s in signs.shapes):
            scores[column] += w.drawn
        elif signs.shapes:
            scores[column] += w.tick
        elif signs.exits:
            scores[column] += w.exit_letter
        elif signs.rest:
            scores[column] += w.text_in_cell
        elif signs.arrows:
            scores[column] += w.arrow
    return scores


def _from_text(
    row: RowEvidence, first: bool, columns: Columns, used: set[int], w: Weights
) -> list[float]:
    size = len(columns.ranks)
    scores = [0.0] * size
    by_role = {
        Role.SUBJECT: w.subject,
        Role.AGENT: w.agent,
        Role.ORDER: w.not_self,
        Role.TO: w.not_self,
        Role.BACK: w.not_self,
        Role.SOURCE: w.not_source,
        Role.WITH: w.not_with,
        Role.NAMED: w.not_named,
    }
    for mention in (*row.text.mentions, *row.sources):
        for column, match in mention.columns.items():
            scores[column] += by_role[mention.role] * match
        if mention.role is Role.ORDER:
            _add_superiors(scores, mention, columns, w)
            if first:
                _add_top(scores, columns, w)
    if first:
        scores[0] += w.leftmost_begins
    if row.text.archives:
        for column in range(size):
            scores[column] += w.archivist * columns.archivists[column]
    if used:
        for column in set(range(size)) - used:
            scores[column] += w.unused
    return scores


def _add_superiors(scores: list[float], mention: Mention, columns: Columns, w: Weights) -> None:
    known = [r for c in mention.columns if (r := columns.ranks[c]) is not None]
    if not known:
        return
    ordered = min(known)
    above = [r for r in columns.ranks if r is not None and r < ordered]
    for column, rank in enumerate(columns.ranks):
        if rank is None or column in mention.columns:
            continue
        if rank < ordered:
            scores[column] += w.superior + (w.nearest if rank == max(above) else 0.0)
        elif rank > ordered:
            scores[column] += w.not_superior


def _add_top(scores: list[float], columns: Columns, w: Weights) -> None:
    known = [r for r in columns.ranks if r is not None]
    for column, rank in enumerate(columns.ranks):
        if known and rank == min(known):
            scores[column] += w.top_begins


def _hands_over(row: RowEvidence) -> bool:
    return any(m.role in (Role.ORDER, Role.TO) for m in row.text.mentions)


def _worded(rows: Sequence[RowEvidence]) -> float:
    """The share of rows, the last left out, that name who comes next."""
    return sum(map(_hands_over, rows[:-1])) / max(len(rows) - 1, 1)


def _pairs(
    row: RowEvidence, after: RowEvidence, size: int, silent: float, w: Weights
) -> list[list[float]]:
    """Scores of (column of `row`, column of `after`); `silent` for staying without a word."""
    strength = w.across_gap if after.gap else 1.0
    to = [0.0] * size
    receivers = [m for m in row.text.mentions if m.role in (Role.ORDER, Role.TO)]
    for i, mention in enumerate(receivers):
        weight = w.hand_over if i == len(receivers) - 1 else w.earlier_hand_over
        for column, match in mention.columns.items():
            to[column] += strength * weight * match
    origin = [0.0] * size
    before = {Role.BACK: w.back_to_previous, Role.SOURCE: w.source_before}
    for mention in (*after.text.mentions, *after.sources):
        for column, match in mention.columns.items():
            origin[column] += strength * before.get(mention.role, 0.0) * match
    stay = w.stay if _hands_over(row) else silent
    if after.text.receives:
        stay = w.stay_on_receipt
    stay *= strength
    # Divided by its sum, so that the two kinds of sheet can be compared.
    norm = math.log(math.exp(stay) + size - 1)
    return [
        [
            origin[a] + to[b] + w.distance * abs(a - b) + (stay if a == b else 0.0) - norm
            for b in range(size)
        ]
        for a in range(size)
    ]


def _forward(total: list[list[float]], pairs: list[list[list[float]]]) -> list[list[float]]:
    size = len(total[0])
    ahead = [[0.0] * size]
    for i, pair in enumerate(pairs):
        here = [ahead[i][a] + total[i][a] for a in range(size)]
        ahead.append([_logsum([here[a] + pair[a][b] for a in range(size)]) for b in range(size)])
    return ahead


def _backward(total: list[list[float]], pairs: list[list[list[float]]]) -> list[list[float]]:
    size = len(total[0])
    behind = [[0.0] * size]
    for i in range(len(pairs) - 1, -1, -1):
        there = [behind[-1][b] + total[i + 1][b] for b in range(size)]
        behind.append(
            [_logsum([there[b] + pairs[i][a][b] for b in range(size)]) for a in range(size)]
        )
    return behind[::-1]


def _logsum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def _softmax(values: list[float]) -> tuple[float, ...]:
    norm = _logsum(values)
    return tuple(math.exp(v - norm) for v in values)
