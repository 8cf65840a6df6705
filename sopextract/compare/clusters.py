"""Groups of sheets that grow together while they are alike as a whole; no pair decides alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

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
# Words of titles by which a group is tried to be parted, and sheets that each side must have: one
# sheet alone settles elsewhere.
PART_WORDS, PART_MIN = 5, 2
NEVER = -30.0
MEET_MIN = 0.1  # score of a pair whose groups are asked; below, hardly any is one family


@dataclass(slots=True)
class Group:
    """Some sheets, and what they are like as one."""

    members: list[int]
    profile: Profile
    stamp: int = 0  # another one whenever it changes


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
        self._stamp = 0
        for alone in self._groups.values():
            alone.stamp = self._tick()
        # by their stamps: groups that were asked and do not belong together, and around each sheet
        self._strangers: set[tuple[int, int]] = set()
        self._stays: dict[int, frozenset[int]] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for a, b in constraints.apart:
            self._apart[a].add(b)
            self._apart[b].add(a)
        self._fixed = {sop for group in constraints.together for sop in group}
        for group in constraints.together:
            for sop in group[1:]:
                self.unite(group[0], sop)

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
        asked = frozenset(self._groups[group].stamp for group in (home, *others))
        if sop in self._fixed or not others or self._stays.get(sop) == asked:
            return False
        alone = make_group(self.scorer, [sop])
        own = self._groups[home]
        own.profile.add(alone.profile, -1)
        best = self._nearest(
            alone, Group([m for m in own.members if m != sop], own.profile), others
        )
        if best is None:
            own.profile.add(alone.profile)
            self._stays[sop] = asked
            return False
        own.members.remove(sop)
        own.stamp = self._tick()
        if not own.members:
            del self._groups[home]
        self._add(best, alone)
        return True

    def _nearest(self, alone: Group, rest: Group, others: Iterable[int]) -> int | None:
        """The group that a sheet goes to, None where it stays with the rest of its own."""
        least = log_odds(self._min_score)
        best, most = None, (self.odds(alone, rest) if rest.members else least) + MOVE_MIN
        for other in sorted(others):
            if self._apart[alone.members[0]].isdisjoint(self._groups[other].members):
                odds = self.odds(alone, self._groups[other])
                if odds > most and odds >= least:
                    best, most = other, odds
        return best

    def _add(self, home: int, other: Group) -> None:
        """Take the sheets of another group in."""
        group = self._groups[home]
        self._home.update(dict.fromkeys(other.members, home))
        group.members.extend(other.members)
        group.profile.add(other.profile)
        group.stamp = self._tick()

    def _tick(self) -> int:
        self._stamp += 1
        return self._stamp

    def part(self) -> int:
        """Part groups that would not come together now that they have grown; how many were."""
        parted = 0
        asked = sorted(self._groups)
        while asked:
            home = asked.pop()
            members = self._groups[home].members
            left = self._find_cut(members) if self._fixed.isdisjoint(members) else None
            if left is None:
                continue
            gone = set(left.members)
            right = make_group(self.scorer, (sop for sop in members if sop not in gone))
            left.stamp, right.stamp = self._tick(), self._tick()
            self._groups[home], self._groups[self._next] = right, left
            self._home.update(dict.fromkeys(left.members, self._next))
            self._next += 1
            parted += 1
            asked.append(home)  # what is left may be several procedures yet
        return parted

    def _find_cut(self, members: Sequence[int]) -> Group | None:
        """Sheets with a word in the title that do not belong to those without it, or to those that
        have another one in its place: those without it may be of many procedures."""
        words = self._telling_words(members)
        has = {
            word: {sop for sop in members if word in self.scorer.features[sop].title_words}
            for word in words
        }
        everyone = set(members)
        pairs = [(has[word], everyone - has[word]) for word in words]
        pairs += [(has[u] - has[v], has[v] - has[u]) for u, v in combinations(words, 2)]
        for one, other in pairs:
            if min(len(one), len(other)) < PART_MIN:
                continue
            left, right = (
                make_group(self.scorer, (sop for sop in members if sop in side))
                for side in (one, other)
            )
            if self.odds(left, right) < log_odds(self._min_score) - MOVE_MIN:
                return left
        return None

    def _telling_words(self, members: Sequence[int]) -> list[str]:
        """The words that part the titles of a group most evenly; at least two on each side."""
        counts = Counter(
            word for sop in members for word in set(self.scorer.features[sop].title_words)
        )
        sides = {word: min(count, len(members) - count) for word, count in counts.items()}
        found = [word for word, count in sides.items() if count >= PART_MIN]
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
                self.unite(link.a, link.b)
                joined += 1
        return joined

    def _belong(self, one: int, other: int) -> bool:
        left, right = self._groups[one], self._groups[other]
        stamps = (min(left.stamp, right.stamp), max(left.stamp, right.stamp))
        if stamps in self._strangers:
            return False
        told_apart = any(
            self._apart[sop].intersection(right.members)
            for sop in left.members
            if sop in self._apart
        )
        if not told_apart and self.odds(left, right) >= log_odds(self._min_score):
            return True
        self._strangers.add(stamps)
        return False

    def odds(self, left: Group, right: Group) -> float:
        """Log-odds that two groups are one family, by the fit of `tools/fit_families.py`; where
        most pairs are opposites, or have nothing to go by, there is none."""
        links = sample_links(self.scorer, left, right)
        if 2 * sum(link.score == 0.0 for link in links) >= len(links):
            return NEVER
        if len(left.members) == len(right.members) == 1:  # nothing is known beyond the pair
            return log_odds(links[0].score)
        return self.weigh(left, right, group_evidence(links, left, right))

    def weigh(self, left: Group, right: Group, evidence: Sequence[float]) -> float:
        """The evidence as log-odds."""
        del left, right  # for those who watch groups meet
        weights = load_weights().group
        return weights[0] + sum(w * x for w, x in zip(weights[1:], evidence, strict=True))

    def unite(self, a: int, b: int) -> None:
        """Make the groups of two sheets one, unasked."""
        one, other = self._home[a], self._home[b]
        if one == other:
            return
        if len(self._groups[one].members) < len(self._groups[other].members):
            one, other = other, one
        self._add(one, self._groups.pop(other))


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
