"""Coverage: which agencies lack a procedure that most of their like have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.compare.comparison import Comparison, Family
from sopextract.core.text import fold

# Fewer agencies are no company in which "most" says anything. Own judgement.
PEERS_MIN = 3
MOST = 0.5  # more than this share of a group has the procedure


@dataclass(frozen=True, slots=True)
class Gap:
    """One procedure that most of a group have.

    `group` is the perangkat daerah that its agencies have in common ("Dinas Sosial", in several
    governments), None for all agencies. `lacking` have no sheet of it among those read; `unsure`
    have none either, and it may be theirs all the same: sheets of theirs whose title or steps could
    not be read, or sheets of the procedure whose agency could not.
    """

    family: int
    group: str | None
    have: tuple[int, ...]
    lacking: tuple[int, ...]
    unsure: tuple[int, ...]


def find_gaps(comparison: Comparison) -> tuple[Gap, ...]:
    """Every procedure that most of a group have and some of it do not; by family, then group."""
    unread = _agencies_with_unread(comparison)
    everyone = frozenset(a.number for a in comparison.agencies)
    nameless = everyone - _known(comparison)
    groups = _groups(comparison)
    gaps = [
        gap
        for family in comparison.families
        for name, group in groups
        if (
            gap := _gap(
                family, name, group, unread if nameless.isdisjoint(family.agencies) else everyone
            )
        )
        is not None
    ]
    return tuple(gaps)


def _gap(
    family: Family, name: str | None, group: Sequence[int], unread: frozenset[int]
) -> Gap | None:
    own = set(family.agencies)
    have = tuple(n for n in group if n in own)
    without = [n for n in group if n not in own]
    if not without or len(have) <= len(group) * MOST:
        return None
    return Gap(
        family=family.number,
        group=name,
        have=have,
        lacking=tuple(n for n in without if n not in unread),
        unsure=tuple(n for n in without if n in unread),
    )


def _groups(comparison: Comparison) -> list[tuple[str | None, tuple[int, ...]]]:
    """All known agencies, and those of one name in several governments."""
    numbers_known = _known(comparison)
    known = [a for a in comparison.agencies if a.number in numbers_known]
    alike: dict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for agency in known:
        if agency.office:  # "Dinas Pemuda, Olahraga" of no government has no like elsewhere
            names.setdefault(fold(agency.office), agency.office)
            alike[fold(agency.office)].append(agency.number)
    groups: list[tuple[str | None, tuple[int, ...]]] = []
    if len(known) >= PEERS_MIN:
        groups.append((None, tuple(a.number for a in known)))
    groups += [
        (names[key], tuple(numbers))
        for key, numbers in sorted(alike.items())
        if PEERS_MIN <= len(numbers) < len(known)
    ]
    return groups


def _known(comparison: Comparison) -> frozenset[int]:
    """Agencies whose name was read on some sheet; that of the government alone names none."""
    return frozenset(
        s.agency for s in comparison.sheets if s.states["Nama satuan kerja"] == "terisi"
    )


def _agencies_with_unread(comparison: Comparison) -> frozenset[int]:
    """Agencies with a sheet that no family may have found: its title or steps were not read."""
    return frozenset(
        s.agency
        for s in comparison.sheets
        if s.family is None
        and (s.states.get("Nama SOP") == "tak_terbaca" or not s.title or not s.figures.steps)
    )
