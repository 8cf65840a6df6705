"""Families: sheets of the same procedure. Few candidates by shared words, exact scores on those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sopextract.compare.comparison import Link
from sopextract.compare.features import Features, cosine, jaccard, match_titles
from sopextract.compare.wording import are_opposites

# The title says what the procedure is; steps differ between agencies even for one procedure, and
# the legal basis tells apart procedures whose titles share their common words. Own judgement,
# checked on the five seeds and on made families (tests/compare/test_families.py).
TITLE_WEIGHT, STEPS_WEIGHT, OUTPUTS_WEIGHT, LEGAL_WEIGHT = 0.50, 0.25, 0.10, 0.15

# Titles that share less are other procedures, unless the steps are nearly the same text.
TITLE_MIN, STEPS_SAME = 0.30, 0.80

# A word in more sheets than this is looked up among its neighbours only (sorted by title), so the
# candidates grow with n, not n². Forty agencies' sheets of one procedure stay whole.
TITLE_POSTING_MAX, STEP_POSTING_MAX = 60, 12
TITLE_WORDS, STEP_WORDS = 6, 8  # the rarest words of a sheet that look for candidates
CLUSTER_SAMPLE = 6  # members of a family that a newcomer is compared with
CLUSTER_SLACK = 0.9  # share of the threshold that the mean over these must reach


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


def score_pair(features: Sequence[Features], a: int, b: int) -> Link:
    """How surely two sheets are the same procedure; a part that one lacks is left out."""
    left, right = features[a], features[b]
    title = match_titles(left.title, right.title)
    steps = cosine(left.steps, right.steps)
    unlike = title is not None and title < TITLE_MIN and (steps or 0.0) < STEPS_SAME
    if unlike or are_opposites(left.title_words, right.title_words):
        return Link(a=a, b=b, score=0.0, title=title, steps=steps, outputs=None, legal=None)
    outputs = cosine(left.outputs, right.outputs)
    legal = jaccard(left.legal, right.legal)
    parts = (
        (title, TITLE_WEIGHT),
        (steps, STEPS_WEIGHT),
        (outputs, OUTPUTS_WEIGHT),
        (legal, LEGAL_WEIGHT),
    )
    weight = sum(w for value, w in parts if value is not None)
    score = sum(value * w for value, w in parts if value is not None) / weight if weight else 0.0
    return Link(
        a=a,
        b=b,
        score=round(score, 4),
        title=_rounded(title),
        steps=_rounded(steps),
        outputs=_rounded(outputs),
        legal=_rounded(legal),
    )


def find_families(features: Sequence[Features], min_score: float) -> list[list[int]]:
    """Groups of two or more sheets, each in the order of the sheets."""
    scorer = Scorer(features)
    links = [scorer.link(a, b) for a, b in find_candidates(features)]
    links = [link for link in links if link.score >= min_score]
    links.sort(key=lambda link: (-link.score, link.a, link.b))
    group_of = list(range(len(features)))
    groups = {i: [i] for i in group_of}
    for link in links:
        one, other = group_of[link.a], group_of[link.b]
        if one != other and _belong(scorer, groups[one], groups[other], min_score):
            if len(groups[one]) < len(groups[other]):
                one, other = other, one
            for sop in groups[other]:
                group_of[sop] = one
            groups[one].extend(groups.pop(other))
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)


def find_candidates(features: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs that share a telling word of the title or of the steps; some come twice."""
    order = sorted(range(len(features)), key=lambda i: (sorted(features[i].title_words), i))
    by_title: dict[str, list[int]] = defaultdict(list)
    by_step: dict[str, list[int]] = defaultdict(list)
    for sop in order:
        for word in _heaviest(features[sop].title, TITLE_WORDS):
            by_title[word].append(sop)
        for word in _heaviest(features[sop].steps, STEP_WORDS):
            by_step[word].append(sop)
    yield from neighbours(by_title.values(), TITLE_POSTING_MAX)
    yield from neighbours(by_step.values(), STEP_POSTING_MAX)


def neighbours(postings: Iterable[list[int]], limit: int) -> Iterator[tuple[int, int]]:
    """Pairs within each list, at most `limit` places apart; each pair once, smaller first."""
    seen: set[tuple[int, int]] = set()
    for posting in postings:
        for at, a in enumerate(posting):
            for b in posting[at + 1 : at + 1 + limit]:
                pair = (a, b) if a < b else (b, a)
                if a != b and pair not in seen:
                    seen.add(pair)
                    yield pair


def choose_reference(scorer: Scorer, group: Sequence[int]) -> int:
    """The sheet most like the others; among equals the one with more steps, then the first.

    Of a large family, likeness is measured on a sample of its members.
    """
    sample = _sample(group)

    def likeness(sop: int) -> tuple[float, int, int]:
        others = [scorer.link(sop, other).score for other in sample if other != sop]
        mean = sum(others) / len(others) if others else 0.0
        return (round(mean, 3), len(scorer.features[sop].step_keys), -sop)

    return max(group, key=likeness)


def _belong(scorer: Scorer, one: Sequence[int], other: Sequence[int], min_score: float) -> bool:
    scores = [scorer.link(a, b).score for a in _sample(one) for b in _sample(other)]
    return sum(scores) / len(scores) >= min_score * CLUSTER_SLACK


def _sample(group: Sequence[int]) -> Sequence[int]:
    if len(group) <= CLUSTER_SAMPLE:
        return group
    stride = len(group) / CLUSTER_SAMPLE
    return [group[int(i * stride)] for i in range(CLUSTER_SAMPLE)]


def _heaviest(vector: dict[str, float], count: int) -> list[str]:
    return sorted(vector, key=lambda word: (-vector[word], word))[:count]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
