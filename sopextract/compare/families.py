"""Families: sheets of the same procedure. Few candidates, exact scores, groups that cohere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sopextract.compare.candidates import find_candidates
from sopextract.compare.clusters import SAMPLE, Clusters, spread
from sopextract.compare.corrections import Constraints
from sopextract.compare.pairs import Scorer

REPRESENTATIVES = 3  # members that look for other families once the nearest have met
ROUNDS = 3  # how often families look for one another; the third hardly ever finds any


def find_families(
    scorer: Scorer, min_score: float, constraints: Constraints | None = None
) -> list[list[int]]:
    """Groups of two or more sheets, each in the order of the sheets.

    What the user said belongs together is one group from the start; what the user parted never
    meets.
    """
    return grow_families(Clusters(scorer, min_score, constraints or Constraints()))


def grow_families(clusters: Clusters) -> list[list[int]]:
    """The nearest sheets meet first, then families look for one another through a few members,
    until nothing more comes together."""
    features = clusters.scorer.features
    looking: Sequence[int] = range(len(features))
    near: list[tuple[int, int]] = []
    for _ in range(ROUNDS):
        pairs = list(find_candidates(features, looking))
        near.extend(pairs)
        joined = clusters.join(pairs)
        moved = clusters.settle(near)
        parted = clusters.part()
        looking = [sop for group in clusters.groups() for sop in spread(group, REPRESENTATIVES)]
        if not joined and not moved and not parted:
            break
    return sorted(sorted(group) for group in clusters.groups() if len(group) > 1)


def choose_reference(scorer: Scorer, group: Sequence[int]) -> int:
    """The sheet most like the others; among equals the one with more steps, then the first.

    Of a large family, likeness is measured on a sample of its members.
    """
    sample = spread(group, SAMPLE)

    def likeness(sop: int) -> tuple[float, int, int]:
        others = [scorer.link(sop, other).score for other in sample if other != sop]
        mean = sum(others) / len(others) if others else 0.0
        return (round(mean, 3), len(scorer.features[sop].step_keys), -sop)

    return max(group, key=likeness)


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
