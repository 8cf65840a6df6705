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
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sopextract.compare.evidence import KINDS, SPLIT_KINDS, StepBank
from tools.made_families.families import Atoms, MadeSop, make_families

Matrix = NDArray[np.float64]
TARGET = Path(__file__).resolve().parents[1] / "sopextract/compare/data/weights.json"
SEEDS = (101, 102, 103, 104, 105, 106)
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
            two = bank.steps_of(1)
            found = bank.split_evidence(bank.steps_of(0), two[:-1], two[1:])
            for i, one in enumerate(a.atoms):
                for j in range(len(two) - 1):
                    halves = (b.atoms[j], b.atoms[j + 1])
                    if one & halves[0] or one & halves[1]:
                        rows.append(found[i, j])
                        truth.append(float(_is_split(one, *halves)))
    return np.array(rows), np.array(truth)


def _is_split(one: Atoms, first: Atoms, second: Atoms) -> bool:
    return bool(one & first) and bool(one & second) and first != second


def main(argv: Sequence[str] | None = None) -> int:
    """Write the weights and tell how well they part their own examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("steps", "splits", "families"), action="append")
    options = parser.parse_args(argv)
    data = json.loads(TARGET.read_text()) if TARGET.is_file() else {}
    for part, kinds in (("steps", KINDS), ("splits", SPLIT_KINDS)):
        data[part] = {n: data.get(part, {}).get(n, 0.0) for n in ("intercept", *kinds)}
    TARGET.write_text(json.dumps(data, indent=1) + "\n")
    for part, kinds, examples in (
        ("steps", KINDS, step_examples),
        ("splits", SPLIT_KINDS, split_examples),
    ):
        if options.part and part not in options.part:
            continue
        x, y = examples(SEEDS)
        weights = fit(x, y)
        odds = weights[0] + x @ weights[1:]
        right = float(np.mean((odds > 0) == (y > 0)))
        sys.stdout.write(f"{part}: {len(y)} examples, {int(y.sum())} true, {right:.4f} right\n")
        data[part] = {
            name: round(float(w), 4) for name, w in zip(("intercept", *kinds), weights, strict=True)
        }
        TARGET.write_text(json.dumps(data, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
