"""Groups of sheets that grow together while they are alike as a whole; no pair decides alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sopextract.compare.comparison import Link
from sopextract.compare.corrections import Constraints
from sopextract.compare.evidence import load_weights
from sopextract.compare.pairs import Scorer, log_odds
from sopextract.compare.profiles import PROFILE_KINDS, Profile, match_profiles

# What two groups say about being one: the mean over pairs, how many speak against, the most alike
# titles; then what the groups say as wholes.
GROUP_KINDS = ("odds", "unlike", "title", *PROFILE_KINDS)
SAMPLE = 6  # members of a group that are compared pair by pair
UNLIKE = -1.5  # log-odds below which a pair speaks against
MOVE_MIN = 0.3  # by how much the other must be surer before a sheet goes, or a group is parted
PART_WORDS = 5  # words of titles by which a group is tried to be parted
NEVER = -30.0
MEET_MIN = 0.1  # score of a pair whose groups are asked; below, hardly any is one family


@dataclass(slots=True)
class Group:
    """Some sheets, and what they are like as one."""

    members: list[int]
    profile: Profile


def make_group(scorer: Scorer, members: Iterable[int]) -> Group:
    """A group of these sheets."""
    chosen = list(members)
    return Group(chosen, Profile(scorer.features[sop] for sop in chosen))


class Clusters:
    """Groups that grow together while they are alike as a whole."""

    def __init__(self, scorer: Scorer, min_score: float, constraints: Constraints) -> None:
        self.scorer, self._min_score = scorer, min_score
        self._home = {sop: sop for sop in range(len(scorer.features))}
        self._next = len(scorer.features)  # what the next group is called
        self._groups = {i: make_group(scorer, [i]) for i in self._home}
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
        return (group.members for group in self._groups.values())

    def settle(self, pairs: Iterable[tuple[int, int]]) -> int:
        """Let every sheet go to the group of its neighbours that is most like it; how many went.

        Groups that grew from few sheets hold some that came before their own group was there.
        """
        around: dict[int, set[int]] = defaultdict(set)
        for a, b in pairs:
            around[a].add(b)
            around[b].add(a)
        return sum(self._settle(sop, around[sop]) for sop in sorted(around))

    def _settle(self, sop: int, near: set[int]) -> bool:
        home = self._home[sop]
        others = {self._home[n] for n in near} - {home}
        if sop in self._fixed or not others:
            return False
        alone = make_group(self.scorer, [sop])
        self._take_out(alone, home)
        least = log_odds(self._min_score)
        rest = self._groups[home]
        best, most = home, (self.odds(alone, rest) if rest.members else least) + MOVE_MIN
        for other in sorted(others):
            if self._apart[sop].isdisjoint(self._groups[other].members):
                odds = self.odds(alone, self._groups[other])
                if odds > most:
                    best, most = other, odds
        if most < least:  # nearer there, and not near
            best = home
        self._put_in(alone, best)
        if not rest.members:
            del self._groups[home]
        return best != home

    def _take_out(self, alone: Group, home: int) -> None:
        self._groups[home].members.remove(alone.members[0])
        self._groups[home].profile.add(alone.profile, -1)

    def _put_in(self, alone: Group, home: int) -> None:
        self._groups[home].members.append(alone.members[0])
        self._groups[home].profile.add(alone.profile)
        self._home[alone.members[0]] = home

    def part(self) -> int:
        """Part groups that would not come together now that they have grown: those with a word in
        the title from those without it; how many were parted."""
        parted = 0
        for home in sorted(self._groups):
            members = self._groups[home].members
            if not self._fixed.isdisjoint(members):
                continue
            for word in self._telling_words(members):
                has = {sop for sop in members if word in self.scorer.features[sop].title_words}
                left = make_group(self.scorer, (sop for sop in members if sop in has))
                right = make_group(self.scorer, (sop for sop in members if sop not in has))
                if self.odds(left, right) < log_odds(self._min_score) - MOVE_MIN:
                    self._groups[home], self._groups[self._next] = left, right
                    self._home.update(dict.fromkeys(right.members, self._next))
                    self._next += 1
                    parted += 1
                    break
        return parted

    def _telling_words(self, members: Sequence[int]) -> list[str]:
        """The words that part the titles of a group most evenly; at least two on each side."""
        counts = Counter(
            word for sop in members for word in set(self.scorer.features[sop].title_words)
        )
        sides = {word: min(count, len(members) - count) for word, count in counts.items()}
        found = [word for word, count in sides.items() if count >= 2]
        return sorted(found, key=lambda word: (-sides[word], word))[:PART_WORDS]

    def join(self, pairs: Iterable[tuple[int, int]]) -> int:
        """Bring together what belongs together, the surest first; how many came together."""
        links = [self.scorer.link(a, b) for a, b in pairs if self._home[a] != self._home[b]]
        links = [link for link in links if link.score >= MEET_MIN]
        links.sort(key=lambda link: (-link.score, link.a, link.b))
        joined = 0
        for link in links:
            one, other = self._home[link.a], self._home[link.b]
            if one != other and self._belong(one, other):
                self._unite(one, other)
                joined += 1
        return joined

    def _belong(self, one: int, other: int) -> bool:
        left, right = self._groups[one], self._groups[other]
        if any(
            self._apart[sop].intersection(right.members)
            for sop in left.members
            if sop in self._apart
        ):
            return False
        return self.odds(left, right) >= log_odds(self._min_score)

    def odds(self, left: Group, right: Group) -> float:
        """Log-odds that two groups are one family, by the fit of `tools/fit_families.py`; where
        most pairs are opposites, or have nothing to go by, there is none."""
        links = sample_links(self.scorer, left, right)
        if 2 * sum(link.score == 0.0 for link in links) >= len(links):
            return NEVER
        return self.weigh(left, right, group_evidence(links, left, right))

    def weigh(self, left: Group, right: Group, evidence: Sequence[float]) -> float:
        """The evidence as log-odds."""
        del left, right  # for those who watch groups meet
        weights = load_weights().group
        return weights[0] + sum(w * x for w, x in zip(weights[1:], evidence, strict=True))

    def _unite(self, one: int, other: int) -> None:
        if one == other:
            return
        if len(self._groups[one].members) < len(self._groups[other].members):
            one, other = other, one
        gone = self._groups.pop(other)
        for sop in gone.members:
            self._home[sop] = one
        self._groups[one].members.extend(gone.members)
        self._groups[one].profile.add(gone.profile)


def sample_links(scorer: Scorer, left: Group, right: Group) -> list[Link]:
    """The pairs of two groups; of large ones those of a few members."""
    ours, theirs = spread(left.members, SAMPLE), spread(right.members, SAMPLE)
    return [scorer.link(a, b) for a in ours for b in theirs]


def group_evidence(links: Sequence[Link], left: Group, right: Group) -> tuple[float, ...]:
    """What speaks for two groups being one family, in the order of `GROUP_KINDS`."""
    odds = [log_odds(link.score) for link in links]
    return (
        sum(odds) / len(odds),
        sum(1 for o in odds if o < UNLIKE) / len(odds),
        max((link.title for link in links if link.title is not None), default=0.0),
        *match_profiles(left.profile, right.profile),
    )


def spread(group: Sequence[int], count: int) -> Sequence[int]:
    """At most `count` members, from all over the group."""
    if len(group) <= count:
        return group
    stride = len(group) / count
    return [group[int(i * stride)] for i in range(count)]
