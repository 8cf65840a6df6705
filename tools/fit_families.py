"""Fits the weights of `compare/data/weights.json` to made families: `python -m tools.fit_families`.

Logistic regression with a little ridge, from the tuning vocabulary alone (seeds 101 and on; those
measured as "tuning" are others of the same vocabulary). Steps: all pairs of steps of pairs of
sheets; whole steps against halves are left to the second fit. Splits: a step of one sheet against
each two that follow one another in the other.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sopextract.compare.candidates import find_candidates
from sopextract.compare.clusters import (
    GROUP_KINDS,
    Clusters,
    Group,
    group_evidence,
    make_group,
    sample_links,
)
from sopextract.compare.corrections import Constraints
from sopextract.compare.evidence import KINDS, SPLIT_KINDS, StepBank, load_weights
from sopextract.compare.families import grow_families
from sopextract.compare.features import Features, build_features
from sopextract.compare.pairs import FAMILY_KINDS, Scorer, pair_evidence
from sopextract.compare.wording import are_opposites
from tools.made_families.families import Atoms, MadeSop, make_families
from tools.made_families.many import make_many

Matrix = NDArray[np.float64]
TARGET = Path(__file__).resolve().parents[1] / "sopextract/compare/data/weights.json"
SEEDS = (101, 102, 103, 104, 105, 106)
SMALL_SETS = 60
MANY = 300  # sheets of procedures that differ in one object or one act alone
MANY_GROUPS = 1000  # the same, so many that groups of one template meet as in an archive
FEW_SETS = 12  # of each of both, as many small archives of some of their families
GROUPS_PER_FAMILY = 30
MIXED = 0.2  # share of pairs of two groups that may be otherwise than the rest
GROUP_ROUNDS = 3  # fits of groups, each from those that met by the weights before
P_UNREAD = 0.04
PAIRS_PER_FAMILY = 25  # of sheets
RIDGE = 1.0  # of thousands of examples: only keeps weights of rare kinds small


def fit(examples: Matrix, truth: Matrix, rounds: int = 30) -> Matrix:
    """Weights, intercept first, by Newton's steps."""
    x = np.hstack([np.ones((len(examples), 1)), examples])
    weights = np.zeros(x.shape[1])
    keep = np.full(x.shape[1], RIDGE)
    keep[0] = 0.0
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (truth - p) - keep * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(keep + 1e-9)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def sheet_pairs(seed: int) -> Iterator[tuple[MadeSop, MadeSop]]:
    """Pairs of sheets of one procedure."""
    rng = random.Random(f"fit/{seed}")
    for _, group in groupby(make_families(seed), key=lambda one: one.family):
        sheets = list(group)
        for _ in range(min(PAIRS_PER_FAMILY, len(sheets) * 2)):
            a, b = rng.sample(sheets, 2)
            yield a, b


def step_examples(seeds: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Evidence of step pairs, and whether they are the same work."""
    rows: list[Matrix] = []
    truth: list[float] = []
    for seed in seeds:
        for a, b in sheet_pairs(seed):
            bank = StepBank([a.record.langkah, b.record.langkah])
            found = bank.evidence(bank.steps_of(0), bank.steps_of(1))
            for i, one in enumerate(a.atoms):
                for j, other in enumerate(b.atoms):
                    if one == other or not one & other:
                        rows.append(found[i, j])
                        truth.append(float(one == other))
    return np.array(rows), np.array(truth)


def split_examples(seeds: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Evidence of a step against two in a row, and whether both do a part of it."""
    rows: list[Matrix] = []
    truth: list[float] = []
    for seed in seeds:
        for a, b in sheet_pairs(seed):
            bank = StepBank([a.record.langkah, b.record.langkah])
            start = len(a.atoms)
            asked = [
                (i, start + j, start + j + 1)
                for i, one in enumerate(a.atoms)
                for j in range(len(b.atoms) - 1)
                if one & (b.atoms[j] | b.atoms[j + 1])
            ]
            if not asked:
                continue
            table = np.array(asked, dtype=np.intp)
            rows.extend(bank.split_evidence(table[:, 0], table[:, 1], table[:, 2]))
            truth.extend(
                float(_is_split(a.atoms[i], b.atoms[j - start], b.atoms[k - start]))
                for i, j, k in asked
            )
    return np.array(rows), np.array(truth)


def _is_split(one: Atoms, first: Atoms, second: Atoms) -> bool:
    return bool(one & first) and bool(one & second) and first != second


def family_examples(seeds: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Evidence of candidate pairs of sheets, and whether they are one procedure.

    Of whole sets and of small ones: what few sheets say of how telling a word is, is little.
    """
    rows: list[Sequence[float]] = []
    truth: list[float] = []
    for seed in seeds:
        rng = random.Random(f"fit/families/{seed}")
        made = list(make_families(seed))
        sets = [
            made,
            list(make_many(MANY, seed)),
            *(rng.sample(made, rng.randint(4, 40)) for _ in range(SMALL_SETS)),
        ]
        for sheets in sets:
            features = build_features([one.record for one in sheets])
            for a, b in find_candidates(features, range(len(sheets))):
                if not are_opposites(features[a].title_words, features[b].title_words):
                    one, other = _unread(rng, features[a]), _unread(rng, features[b])
                    rows.append(pair_evidence(one, other))
                    truth.append(float(sheets[a].family == sheets[b].family))
    return np.array(rows), np.array(truth)


def group_examples(seeds: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Evidence of groups of one family, of groups of families that look alike, and of those that
    meet while families grow by the weights of now."""
    rows: list[Sequence[float]] = []
    truth: list[float] = []
    for seed in seeds:
        rng = random.Random(f"fit/groups/{seed}")
        made_sets = [list(make_families(seed)), list(make_many(MANY_GROUPS, seed))]
        made_sets += [_some_families(rng, whole) for whole in made_sets for _ in range(FEW_SETS)]
        for made in made_sets:
            scorer = Scorer(build_features([one.record for one in made]))
            for evidence, same in (*_drawn(rng, scorer, made), *_met(scorer, made)):
                rows.append(evidence)
                truth.append(float(same))
    return np.array(rows), np.array(truth)


def _some_families(rng: random.Random, made: Sequence[MadeSop]) -> list[MadeSop]:
    """A small archive, whose words tell little of how telling they are."""
    names = sorted({one.family for one in made})
    chosen = set(rng.sample(names, rng.randint(4, 8)))
    return [one for one in made if one.family in chosen]


Example = tuple[Sequence[float], bool]


def _drawn(rng: random.Random, scorer: Scorer, made: Sequence[MadeSop]) -> Iterator[Example]:
    """Parts of families, by chance or by titles, and parts of those near them."""
    members: dict[str, list[int]] = {}
    for sop, one in enumerate(made):
        members.setdefault(one.family, []).append(sop)
    whole = {family: make_group(scorer, own) for family, own in members.items()}
    for family, own in members.items():
        near = sorted(
            (other for other in members if other != family),
            key=lambda other: -_evidence(scorer, whole[family], whole[other])[0],
        )
        for _ in range(GROUPS_PER_FAMILY):
            others = members[near[rng.choice((0, 0, 0, 1, 2))]]
            left, right = (make_group(scorer, part) for part in _cut(rng, scorer, own))
            yield _evidence(scorer, left, right), True
            for part in _cut(rng, scorer, others):  # most groups that meet are two families
                yield _evidence(scorer, left, make_group(scorer, part)), False


def _met(scorer: Scorer, made: Sequence[MadeSop]) -> Iterator[Example]:
    """Groups that meet; those that are mixed beyond telling teach nothing."""
    watched = _Watched(scorer, 0.5, Constraints())
    grow_families(watched)
    for left, right, evidence in watched.met:
        counts = Counter(made[sop].family for sop in right)
        same = sum(counts[made[sop].family] for sop in left) / (len(left) * len(right))
        if same <= MIXED or same >= 1 - MIXED:
            yield evidence, same > 0.5


class _Watched(Clusters):
    """Groups whose meetings are kept: both sides' sheets, and the evidence."""

    def __init__(self, scorer: Scorer, min_score: float, constraints: Constraints) -> None:
        super().__init__(scorer, min_score, constraints)
        self.met: list[tuple[tuple[int, ...], tuple[int, ...], Sequence[float]]] = []

    def weigh(self, left: Group, right: Group, evidence: Sequence[float]) -> float:
        self.met.append((tuple(left.members), tuple(right.members), evidence))
        return super().weigh(left, right, evidence)


def _evidence(scorer: Scorer, left: Group, right: Group) -> Sequence[float]:
    return group_evidence(sample_links(scorer, left, right), left, right)


def _cut(rng: random.Random, scorer: Scorer, own: Sequence[int]) -> tuple[list[int], list[int]]:
    """A family in two groups: by chance, or by titles, as groups grow in truth."""
    drawn = rng.sample(own, len(own))
    if rng.random() < 0.7:
        drawn.sort(key=lambda sop: scorer.features[sop].title_words)
        if rng.random() < 0.5:
            drawn.reverse()
    cut = rng.randint(1, len(drawn) - 1)
    return drawn[:cut], drawn[cut:]


def _unread(rng: random.Random, sheet: Features) -> Features:
    """Some sheets without a part: a title lost, a flow that is a picture."""
    roll = rng.random()
    if roll < P_UNREAD:
        return replace(sheet, title={}, title_words=(), salient_title=())
    if roll < 2 * P_UNREAD:
        return replace(sheet, steps={}, outputs={}, step_keys=(), salient=(), salient_title=())
    return replace(sheet, outputs={}) if roll < 3 * P_UNREAD else sheet


Examples = Callable[[Sequence[int]], tuple[Matrix, Matrix]]
# In this order: the later ones rest on the earlier.
PARTS: tuple[tuple[str, tuple[str, ...], Examples], ...] = (
    ("steps", KINDS, step_examples),
    ("splits", SPLIT_KINDS, split_examples),
    ("families", FAMILY_KINDS, family_examples),
    *(("groups", GROUP_KINDS, group_examples) for _ in range(GROUP_ROUNDS)),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the weights and tell how well they part their own examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=sorted({name for name, _, _ in PARTS}), action="append")
    options = parser.parse_args(argv)
    data = json.loads(TARGET.read_text()) if TARGET.is_file() else {}
    for part, kinds, _ in PARTS:  # a kind that is new weighs nothing until it is fitted
        data[part] = {n: data.get(part, {}).get(n, 0.0) for n in ("intercept", *kinds)}
    _save(data)
    for part, kinds, examples in PARTS:
        if options.part and part not in options.part:
            continue
        x, y = examples(SEEDS)
        weights = fit(x, y)
        right = float(np.mean((weights[0] + x @ weights[1:] > 0) == (y > 0)))
        sys.stdout.write(f"{part}: {len(y)} examples, {int(y.sum())} true, {right:.4f} right\n")
        data[part] = {
            name: round(float(w), 4) for name, w in zip(("intercept", *kinds), weights, strict=True)
        }
        _save(data)
    return 0


def _save(data: dict[str, dict[str, float]]) -> None:
    TARGET.write_text(json.dumps(data, indent=1) + "\n")
    load_weights.cache_clear()  # the next fit rests on this one


if __name__ == "__main__":
    sys.exit(main())
