"""Pairs of sheets: how surely two are the same procedure, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log

from sopextract.compare.comparison import Link
from sopextract.compare.evidence import load_weights
from sopextract.compare.features import (
    Features,
    cosine,
    foreign_share,
    match_titles,
    missed_share,
)
from sopextract.compare.wording import are_opposites

FAMILY_KINDS = (
    "title",
    "title_unknown",
    "foreign",
    "missed",
    "missed_of_title",
    "steps",
    "same_steps",
    "steps_unknown",
    "outputs",
    "outputs_unknown",
    "legal",
    "legal_unknown",
)
ODDS_MAX = 4.0  # a pair counts as one in fifty at most, for and against


@dataclass(slots=True)
class Scorer:
    """Exact scores on demand, each pair once."""

    features: Sequence[Features]
    known: dict[tuple[int, int], Link] = field(default_factory=dict)

    def link(self, a: int, b: int) -> Link:
        """The score of a pair and its parts."""
        key = (a, b) if a < b else (b, a)
        if key not in self.known:
            self.known[key] = score_pair(self.features, *key)
        return self.known[key]


def weigh(left: Features, right: Features) -> tuple[float | None, ...]:
    """Title, steps, outputs, legal basis of a pair as likenesses; None where one has nothing."""
    return (
        match_titles(left.title, right.title),
        cosine(left.steps, right.steps),
        cosine(left.outputs, right.outputs),
        cosine(left.laws, right.laws),
    )


def pair_evidence(left: Features, right: Features) -> tuple[float, ...]:
    """What speaks for one procedure, in the order of `FAMILY_KINDS`."""
    title, steps, outputs, legal = weigh(left, right)
    same = len(set(left.step_keys) & set(right.step_keys))
    fewest = min(len(left.step_keys), len(right.step_keys))
    return (
        title or 0.0,
        float(title is None),
        foreign_share(left, right) or 0.0,
        min(missed_share(left.salient, right.words), missed_share(right.salient, left.words)),
        min(
            missed_share(left.salient_title, right.words),
            missed_share(right.salient_title, left.words),
        ),
        steps or 0.0,
        same / fewest if fewest else 0.0,
        float(steps is None),
        outputs or 0.0,
        float(outputs is None),
        legal or 0.0,
        float(legal is None),
    )


def score_pair(features: Sequence[Features], a: int, b: int) -> Link:
    """How surely two sheets are the same procedure; opposite titles never are."""
    left, right = features[a], features[b]
    title, steps, outputs, legal = weigh(left, right)
    score = 0.0
    nothing = title is None and steps is None
    if not nothing and not are_opposites(left.title_words, right.title_words):
        weights = load_weights().family
        odds = weights[0] + sum(
            w * x for w, x in zip(weights[1:], pair_evidence(left, right), strict=True)
        )
        score = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
    return Link(
        a=a,
        b=b,
        score=round(score, 4),
        title=_rounded(title),
        steps=_rounded(steps),
        outputs=_rounded(outputs),
        legal=_rounded(legal),
    )


def log_odds(share: float) -> float:
    """Log-odds, kept within bounds so that one sure pair does not outvote several that are not."""
    return max(-ODDS_MAX, min(ODDS_MAX, log(max(share, 1e-6) / max(1.0 - share, 1e-6))))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
