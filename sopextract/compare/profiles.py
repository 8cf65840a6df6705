"""Groups of sheets as one: how alike their members are on the mean, and which words part them.

A group keeps the sums of its members' vectors, so that the mean likeness of all its pairs, and of
all pairs with another group, costs one product of two vectors, however large the groups are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sopextract.compare.features import Features, Vector

# The same of two groups, in the order of `match_profiles`.
PROFILE_KINDS = (
    "title_gap",
    "steps_gap",
    "legal",
    "legal_gap",
    "contrast",
    "contrast_both",
    "within_unknown",
    "single",
)
CONTRASTS = 5  # words that part two groups most: one may be a whim of its author, five are not


@dataclass(slots=True)
class _Part:
    """The sum of unit vectors, of those members that have one."""

    total: Vector = field(default_factory=dict)
    count: int = 0
    square: float = 0.0  # of the sum's length

    def add(self, other: _Part, sign: int = 1) -> None:
        """Take another part in, or out."""
        self.square += 2 * sign * self.dot(other) + other.square
        for word, weight in other.total.items():
            self.total[word] = self.total.get(word, 0.0) + sign * weight
        self.count += sign * other.count

    def dot(self, other: _Part) -> float:
        """Product of both sums."""
        a, b = self.total, other.total
        if len(b) < len(a):
            a, b = b, a
        return sum(weight * b[word] for word, weight in a.items() if word in b)

    @property
    def within(self) -> float | None:
        """Mean cosine of the members' pairs; None where there is none."""
        n = self.count
        return (self.square - n) / (n * (n - 1)) if n > 1 else None


PARTS = ("title", "steps", "legal")


class Profile:
    """One group; it changes as members come and go."""

    __slots__ = ("count", "parts", "words")

    def __init__(self, sheets: Iterable[Features] = ()) -> None:
        self.count = 0
        self.parts = tuple(_Part() for _ in PARTS)
        self.words: dict[str, int] = {}  # in how many members' steps a word is
        for sheet in sheets:
            self.add(sheet_profile(sheet))

    def add(self, other: Profile, sign: int = 1) -> None:
        """Take another group in, or out."""
        self.count += sign * other.count
        for own, part in zip(self.parts, other.parts, strict=True):
            own.add(part, sign)
        for word, count in other.words.items():
            self.words[word] = self.words.get(word, 0) + sign * count


def sheet_profile(sheet: Features) -> Profile:
    """A sheet as a group of one."""
    found = Profile()
    found.count = 1
    for part, vector in zip(found.parts, (sheet.title, sheet.steps, sheet.laws), strict=True):
        if vector:
            part.total, part.count, part.square = dict(vector), 1, 1.0
    found.words = dict.fromkeys(sheet.step_words, 1)
    return found


def match_profiles(a: Profile, b: Profile) -> tuple[float, ...]:
    """What the groups as wholes say about being one procedure, in the order of `PROFILE_KINDS`.

    Gaps are how much less alike sheets are across the groups than within them: a procedure told
    loosely by all agencies has little to lose, and two told by one template have much.
    """
    (_, title), (_, steps), (legal, legal_gap) = (
        _cross(x, y) for x, y in zip(a.parts, b.parts, strict=True)
    )
    contrasts = _contrast(a, b), _contrast(b, a)
    return (
        title,
        steps,
        legal,
        legal_gap,
        max(contrasts),
        min(contrasts),
        float(a.parts[1].within is None and b.parts[1].within is None),
        float(a.count == 1 or b.count == 1),
    )


def _cross(a: _Part, b: _Part) -> tuple[float, float]:
    """Mean cosine across, and how much it is below that within; 0 where it is not known."""
    if not a.count or not b.count:
        return 0.0, 0.0
    cross = a.dot(b) / (a.count * b.count)
    known = [(p.within, p.count) for p in (a, b) if p.within is not None]
    if not known:
        return cross, 0.0
    within = sum(w * n for w, n in known if w is not None) / sum(n for _, n in known)
    return cross, within - cross


def _contrast(a: Profile, b: Profile) -> float:
    """How surely words that most sheets of one group have are in none of the other: the mean over
    the few that part them most; few members say little."""
    found = sorted(
        (
            have * (b.count - b.words.get(word, 0))
            for word, have in a.words.items()
            if 2 * have >= a.count
        ),
        reverse=True,
    )[:CONTRASTS]
    return sum(found) / (CONTRASTS * (a.count + 1) * (b.count + 1))
