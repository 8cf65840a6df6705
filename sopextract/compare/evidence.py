"""How surely two steps are the same work: evidence of many kinds, weighted by a fit to made data.

All steps of the sheets to be aligned stand in one `StepBank`; evidence is asked for whole blocks
of them at once. A kind of evidence that one of two steps lacks (an actor not read, no time) has its
own weight, so it speaks neither for nor against.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from sopextract.compare.wording import canonical, match_posts
from sopextract.core.text import words
from sopextract.model.record import Langkah

Matrix = NDArray[np.float64]
Steps = NDArray[np.intp]

# In the order of the weights; see `StepBank.evidence`.
KINDS = (
    "words",
    "telling_words",
    "contained",
    "letters",
    "verb",
    "role",
    "role_unknown",
    "output",
    "output_unknown",
    "input",
    "input_unknown",
    "time",
    "time_unknown",
    "symbol",
    "symbol_unknown",
    "place",
)
SPLIT_KINDS = (
    "surer",
    "less_sure",
    "together",
    "gained",
    "first_contained",
    "second_contained",
    "less_contained",
    "input_first",
    "input_unknown",
    "output_second",
    "output_unknown",
    "output_both",
    "role_first",
    "role_second",
    "first_contains",
    "second_contains",
)

# All pairs of so many steps are weighed once and looked up (8 MB); of larger families, where most
# pairs are never asked for, only what is asked. Blocks keep the evidence itself below 30 MB.
ALL_MAX, BLOCK = 1000, 200
SPLIT_BLOCK = 1000  # of splits, whose words stand in full: some 5 MB for each of their tables
NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic fit: intercept first, then one weight for each kind of evidence."""

    pair: tuple[float, ...]
    split: tuple[float, ...]
    family: tuple[float, ...]
    group: tuple[float, ...]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights as shipped; `tools/fit_families.py` writes them and says what it learnt from."""
    text = files("sopextract.compare").joinpath("data/weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Weights(
        pair=tuple(data["steps"][name] for name in ("intercept", *KINDS)),
        split=tuple(data["splits"][name] for name in ("intercept", *SPLIT_KINDS)),
        family=tuple(data["families"].values()),
        group=tuple(data["groups"].values()),
    )


class StepBank:
    """Steps made comparable, by position: those of the first sheet, then of the second, …"""

    def __init__(self, sheets: Iterable[Sequence[Langkah]]) -> None:
        steps: list[Langkah] = []
        places: list[float] = []
        starts = [0]
        for sheet in sheets:
            last = max(len(sheet) - 1, 1)
            places.extend(i / last for i in range(len(sheet)))
            steps.extend(sheet)
            starts.append(len(steps))
        self.starts = starts
        self.place = np.array(places)
        stems = [_stems(s.kegiatan) for s in steps]
        self._texts = [" ".join(found) for found in stems]
        self._words = _WordTable(stems)
        self._verb = _numbers([found[0] if found else "" for found in stems])
        self._output = _WordTable([canonical(s.output or "") for s in steps])
        self._input = _WordTable([canonical(s.kelengkapan or "") for s in steps])
        self._time = np.array([_minutes(s) for s in steps])
        self._symbol = _numbers([s.simbol or "" for s in steps])
        self._posts, self._post = _roles(steps)
        self._all: Matrix | None = None

    def steps_of(self, sheet: int) -> Steps:
        """Positions of a sheet's steps."""
        return np.arange(self.starts[sheet], self.starts[sheet + 1])

    def evidence(self, a: Steps, b: Steps) -> Matrix:
        """For each of `a` and each of `b`, the evidence in the order of `KINDS`: shape a × b × 16.

        Likenesses are from 0 to 1; of time it is the shorter over the longer, of places how far
        apart two steps stand in their sheets.
        """
        letters = process.cdist(
            [self._texts[i] for i in a], [self._texts[j] for j in b], scorer=fuzz.ratio
        )
        output, kelengkapan = (table.compare(a, b)[1] for table in (self._output, self._input))
        likeness = (*self._words.compare(a, b), letters / 100.0, output, kelengkapan)
        return self._together(a[:, None], b[None, :], likeness)

    def odds(self, a: Steps, b: Steps) -> Matrix:
        """Log-odds that steps are the same work, a × b: above 0 rather yes than no."""
        if self._all is None and len(self.place) <= ALL_MAX:
            whole = np.arange(len(self.place))
            self._all = self._weigh(whole, whole)
        if self._all is not None:
            found: Matrix = self._all[np.ix_(a, b)]
            return found
        return self._weigh(a, b)

    def _weigh(self, a: Steps, b: Steps) -> Matrix:
        """Log-odds of each of `a` with each of `b`, block by block."""
        parts = [
            apply(load_weights().pair, self.evidence(a[i : i + BLOCK], b))
            for i in range(0, len(a), BLOCK)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(b)))

    def _odds_of(self, a: Steps, b: Steps) -> Matrix:
        """Log-odds of each of `a` with its partner in `b`."""
        if self._all is None and len(self.place) <= ALL_MAX:
            self.odds(a[:0], b[:0])
        if self._all is not None:
            found: Matrix = self._all[a, b]
            return found
        return apply(load_weights().pair, self._evidence_of(a, b))

    def _evidence_of(self, a: Steps, b: Steps) -> Matrix:
        """As `evidence`, of each of `a` with its partner in `b`: k × 16."""
        letters = [fuzz.ratio(self._texts[i], self._texts[j]) for i, j in zip(a, b, strict=True)]
        output, kelengkapan = (table.match(a, b) for table in (self._output, self._input))
        likeness = (*self._words.aligned(a, b), np.array(letters) / 100.0, output, kelengkapan)
        return self._together(a, b, likeness)

    def _together(self, a: Steps, b: Steps, likeness: tuple[Matrix, ...]) -> Matrix:
        """All evidence of pairs, in the order of `KINDS`; `a` and `b` broadcast to their shape.

        `likeness` is of words, telling words, words contained, letters, output and kelengkapan.
        """
        words, telling, contained, letters, output, kelengkapan = likeness
        times = self._time[a], self._time[b]
        with np.errstate(invalid="ignore", divide="ignore"):
            time = np.minimum(*times) / np.maximum(*times)
        symbols = self._symbol[a], self._symbol[b]
        unknown_symbol = (symbols[0] < 0) | (symbols[1] < 0)
        return np.stack(
            [
                words,
                telling,
                contained,
                letters,
                (self._verb[a] == self._verb[b]).astype(float),
                *_known(self._posts[self._post[a], self._post[b]]),
                *_known(output),
                *_known(kelengkapan),
                *_known(time),
                ((symbols[0] == symbols[1]) & ~unknown_symbol).astype(float),
                unknown_symbol.astype(float),
                np.abs(self.place[a] - self.place[b]),
            ],
            axis=-1,
        )

    def split_evidence(self, one: Steps, first: Steps, second: Steps) -> Matrix:
        """Whether the step `one[k]` is done in two, `first[k]` and `second[k]`: k × 16.

        In the order of `SPLIT_KINDS`: log-odds of the surer and of the other half alone; likeness
        of words with both together, and how much that is above the better alone; the share of
        each half's words that the one step has, and the lesser of these; whether its input is the
        first's and its output the second's; likeness of outputs of the halves and of posts; the
        share of the one step's words that each half has.
        """
        alone = self._odds_of(one, first), self._odds_of(one, second)
        covered, halves, shares = self._words.cover(one, first, second)
        posts = [self._posts[self._post[one], self._post[half]] for half in (first, second)]
        return np.stack(
            [
                np.maximum(*alone),
                np.minimum(*alone),
                covered[2],
                covered[2] - np.maximum(covered[0], covered[1]),
                halves[0],
                halves[1],
                np.minimum(halves[0], halves[1]),
                *_known(self._input.match(one, first)),
                *_known(self._output.match(one, second)),
                _or(self._output.match(first, second), 0.0),
                _or(posts[0], 0.5),
                _or(posts[1], 0.5),
                shares[0],
                shares[1],
            ],
            axis=-1,
        )

    def split_odds(self, one: Steps, first: Steps, second: Steps) -> Matrix:
        """Log-odds that a step is done in these two, for each `k`."""
        parts = [
            apply(load_weights().split, self.split_evidence(one[k], first[k], second[k]))
            for k in (slice(i, i + SPLIT_BLOCK) for i in range(0, len(one), SPLIT_BLOCK))
        ]
        return np.concatenate(parts) if parts else np.zeros(0)


def apply(weights: Sequence[float], evidence: Matrix) -> Matrix:
    """Intercept and weighted sum; rounded, so that equal evidence is equal on every machine."""
    found: Matrix = np.round(weights[0] + evidence @ np.array(weights[1:]), 6)
    return found


def probability(odds: float) -> float:
    """Log-odds as a share of 1."""
    return float(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))


class _WordTable:
    """Which step has which word, and how telling a word is among these steps."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        known: dict[str, int] = {}
        for row in rows:
            for word in row:
                known.setdefault(word, len(known))
        self._has = np.zeros((len(rows), max(len(known), 1)))
        for i, row in enumerate(rows):
            self._has[i, [known[w] for w in row]] = 1.0
        seen = self._has.sum(axis=0)
        self._weight = np.log1p(len(rows) / np.maximum(seen, 1.0))
        self._count = self._has.sum(axis=1)
        self._total = self._has @ self._weight

    def compare(self, a: Steps, b: Steps) -> tuple[Matrix, Matrix, Matrix]:
        """Shared over all words; the same by weight; shared over the shorter, by weight. NaN where
        a side has no word."""
        left, right = self._has[a], self._has[b]
        shared = left @ right.T
        weighed = (left * self._weight) @ right.T
        counts = self._count[a][:, None], self._count[b][None, :]
        totals = self._total[a][:, None], self._total[b][None, :]
        with np.errstate(invalid="ignore", divide="ignore"):
            plain = shared / (counts[0] + counts[1] - shared)
            telling = weighed / (totals[0] + totals[1] - weighed)
            contained = weighed / np.minimum(*totals)
        missing = (counts[0] == 0) | (counts[1] == 0)
        plain[missing] = telling[missing] = contained[missing] = np.nan
        return plain, telling, contained

    def aligned(self, a: Steps, b: Steps) -> tuple[Matrix, Matrix, Matrix]:
        """As `compare`, of each of `a` with its partner."""
        both = self._has[a] * self._has[b]
        shared, weighed = both.sum(axis=1), both @ self._weight
        counts, totals = (self._count[a], self._count[b]), (self._total[a], self._total[b])
        with np.errstate(invalid="ignore", divide="ignore"):
            plain = shared / (counts[0] + counts[1] - shared)
            telling = weighed / (totals[0] + totals[1] - weighed)
            contained = weighed / np.minimum(*totals)
        missing = (counts[0] == 0) | (counts[1] == 0)
        plain[missing] = telling[missing] = contained[missing] = np.nan
        return plain, telling, contained

    def match(self, a: Steps, b: Steps) -> Matrix:
        """Shared words over all by weight, of each of `a` with its partner; NaN without words."""
        shared = (self._has[a] * self._has[b]) @ self._weight
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Matrix = shared / (self._total[a] + self._total[b] - shared)
        return found

    def cover(
        self, one: Steps, first: Steps, second: Steps
    ) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...], tuple[Matrix, ...]]:
        """For each `k` and the first, the second and both: likeness of words by weight; the share
        of their words that the one step has; the share of its words that they have."""
        left, own = self._has[one], np.maximum(self._total[one], NOTHING)
        found: list[tuple[Matrix, Matrix, Matrix]] = []
        for right in (
            self._has[first],
            self._has[second],
            np.maximum(self._has[first], self._has[second]),
        ):
            shared, total = (left * right) @ self._weight, right @ self._weight
            either = np.maximum(self._total[one] + total - shared, NOTHING)
            found.append((shared / either, shared / np.maximum(total, NOTHING), shared / own))
        likeness, halves, had = zip(*found, strict=True)
        return likeness, halves, had


def _or(values: Matrix, other: float) -> Matrix:
    """Values, and `other` where they are not known."""
    return np.where(np.isnan(values), other, values)


def _known(values: Matrix) -> tuple[Matrix, Matrix]:
    """Values with 0 for unknown ones, and 1 where they are unknown."""
    unknown = np.isnan(values)
    return np.where(unknown, 0.0, values), unknown.astype(float)


def _stems(text: str) -> tuple[str, ...]:
    """The stems of a step; of one that has only filling words or signs ("Proses", "…") these."""
    return canonical(text) or tuple(words(text)) or ((text,) if text.strip() else ())


def _minutes(step: Langkah) -> float:
    waktu = step.waktu
    return waktu.menit_kerja if waktu and waktu.menit_kerja else np.nan


def _numbers(names: Sequence[str]) -> NDArray[np.int64]:
    """Each name as a number of its own, -1 for none."""
    known: dict[str, int] = {"": -1}
    return np.array([known.setdefault(n, len(known) - 1) for n in names], dtype=np.int64)


def _roles(steps: Sequence[Langkah]) -> tuple[Matrix, NDArray[np.intp]]:
    """Likeness of every set of actors with every other (NaN for none), and each step's set."""
    known: dict[tuple[str, ...], int] = {}
    post = np.array([known.setdefault(s.pelaksana, len(known)) for s in steps], dtype=np.intp)
    table = np.full((len(known), len(known)), np.nan)
    names = list(known)
    for i, a in enumerate(names):
        for j, b in enumerate(names[: i + 1]):
            likeness = match_posts(a, b)
            if likeness is not None:
                table[i, j] = table[j, i] = likeness
    return table, post
