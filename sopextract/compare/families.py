"""Families: sheets of the same procedure. Few candidates, exact scores, groups that cohere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log

from sopextract.compare.candidates import find_candidates
from sopextract.compare.comparison import Link
from sopextract.compare.corrections import Constraints
from sopextract.compare.evidence import load_weights
from sopextract.compare.features import (
    Features,
    cosine,
    foreign_share,
    jaccard,
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
# The same of two groups: the mean over pairs, how many speak against, the most alike titles.
GROUP_KINDS = ("odds", "unlike", "title", "single")
SAMPLE = 6  # members of a family that another one is compared with
ODDS_MAX = 4.0  # a pair counts as one in fifty at most, for and against
UNLIKE = -1.5  # log-odds below which a pair speaks against
MOVE_MIN = 0.3  # by how much another group must be nearer before a sheet goes there
REPRESENTATIVES = 3  # members that look for other families once the nearest have met
ROUNDS = 3  # how often families look for one another; the third hardly ever finds any


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
        jaccard(left.legal, right.legal),
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


def find_families(
    scorer: Scorer, min_score: float, constraints: Constraints | None = None
) -> list[list[int]]:
    """Groups of two or more sheets, each in the order of the sheets.

    The nearest sheets meet first, then families look for one another through a few members, until
    nothing more comes together. What the user said belongs together is one group from the start;
    what the user parted never meets.
    """
    clusters = _Clusters(scorer, min_score, constraints or Constraints())
    looking: Sequence[int] = range(len(scorer.features))
    near: list[tuple[int, int]] = []
    for _ in range(ROUNDS):
        pairs = list(find_candidates(scorer.features, looking))
        near.extend(pairs)
        joined = clusters.join(pairs)
        moved = clusters.settle(near)
        looking = [sop for group in clusters.groups() for sop in _spread(group, REPRESENTATIVES)]
        if not joined and not moved:
            break
    return sorted(sorted(group) for group in clusters.groups() if len(group) > 1)


class _Clusters:
    """Groups that grow together while the members on both sides are alike on the mean."""

    def __init__(self, scorer: Scorer, min_score: float, constraints: Constraints) -> None:
        self._scorer, self._min_score = scorer, min_score
        self._home = list(range(len(scorer.features)))
        self._members = {i: [i] for i in self._home}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in constraints.apart:
            self._apart[a].add(b)
            self._apart[b].add(a)
        self._fixed = {sop for group in constraints.together for sop in group}
        for group in constraints.together:
            for sop in group[1:]:
                self._unite(self._home[group[0]], self._home[sop])

    def groups(self) -> Iterable[list[int]]:
        """All groups, those of one sheet too."""
        return self._members.values()

    def settle(self, pairs: Iterable[tuple[int, int]]) -> int:
        """Let every sheet go to the group of its neighbours that is most like it; how many went.

        Groups that grew from few sheets hold some that came before their own group was there.
        """
        around: dict[int, set[int]] = defaultdict(set)
        for a, b in pairs:
            around[a].add(b)
            around[b].add(a)
        moved = 0
        for sop in sorted(around):
            home = self._home[sop]
            if sop in self._fixed:
                continue
            best, most = home, self._likeness(sop, home) + MOVE_MIN
            for other in sorted({self._home[n] for n in around[sop]} - {home}):
                if self._apart[sop].isdisjoint(self._members[other]):
                    likeness = self._likeness(sop, other)
                    if likeness > most:
                        best, most = other, likeness
            if best != home and most >= log_odds(self._min_score):
                self._move(sop, home, best)
                moved += 1
        return moved

    def _likeness(self, sop: int, group: int) -> float:
        """The mean log-odds with some members of a group; even odds, if barely, when alone."""
        others = [m for m in self._members[group] if m != sop]
        if not others:
            return log_odds(self._min_score)
        sample = _spread(others, SAMPLE)
        return sum(log_odds(self._scorer.link(sop, o).score) for o in sample) / len(sample)

    def _move(self, sop: int, home: int, to: int) -> None:
        self._members[home].remove(sop)
        if not self._members[home]:
            del self._members[home]
        self._members[to].append(sop)
        self._home[sop] = to

    def join(self, pairs: Iterable[tuple[int, int]]) -> int:
        """Bring together what belongs together, the surest first; how many came together."""
        links = [self._scorer.link(a, b) for a, b in pairs if self._home[a] != self._home[b]]
        links = [link for link in links if link.score >= self._min_score]
        links.sort(key=lambda link: (-link.score, link.a, link.b))
        joined = 0
        for link in links:
            one, other = self._home[link.a], self._home[link.b]
            if one != other and self._belong(one, other):
                self._unite(one, other)
                joined += 1
        return joined

    def _belong(self, one: int, other: int) -> bool:
        left, right = self._members[one], self._members[other]
        if any(self._apart[sop].intersection(right) for sop in left if sop in self._apart):
            return False
        weights = load_weights().group
        found = group_evidence(self._scorer, left, right)
        odds = weights[0] + sum(w * x for w, x in zip(weights[1:], found, strict=True))
        return odds >= log_odds(self._min_score)

    def _unite(self, one: int, other: int) -> None:
        if one == other:
            return
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for sop in self._members[other]:
            self._home[sop] = one
        self._members[one].extend(self._members.pop(other))


def group_evidence(scorer: Scorer, left: Sequence[int], right: Sequence[int]) -> tuple[float, ...]:
    """What speaks for two groups being one family, in the order of `GROUP_KINDS`; of large groups
    a few members are asked."""
    left, right = _spread(left, SAMPLE), _spread(right, SAMPLE)
    odds = [log_odds(scorer.link(a, b).score) for a in left for b in right]
    ours, theirs = ([scorer.features[sop] for sop in side] for side in (left, right))
    titles = [t for a in ours for b in theirs if (t := match_titles(a.title, b.title)) is not None]
    return (
        sum(odds) / len(odds),
        sum(1 for o in odds if o < UNLIKE) / len(odds),
        max(titles, default=0.0),
        float(len(left) == 1 or len(right) == 1),
    )


def choose_reference(scorer: Scorer, group: Sequence[int]) -> int:
    """The sheet most like the others; among equals the one with more steps, then the first.

    Of a large family, likeness is measured on a sample of its members.
    """
    sample = _spread(group, SAMPLE)

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


def _spread(group: Sequence[int], count: int) -> Sequence[int]:
    """At most `count` members, from all over the group."""
    if len(group) <= count:
        return group
    stride = len(group) / count
    return [group[int(i * stride)] for i in range(count)]


def log_odds(share: float) -> float:
    """Log-odds, kept within bounds so that one sure pair does not outvote several that are not."""
    return max(-ODDS_MAX, min(ODDS_MAX, log(max(share, 1e-6) / max(1.0 - share, 1e-6))))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
