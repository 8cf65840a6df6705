"""What a rule is, how it is declared, and where rules are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from types import ModuleType
from typing import Literal, NamedTuple, TypedDict, Unpack

from sopextract.errors import ConfigError
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord

ENTRY_POINTS = "sopextract.rules"


class Hit(NamedTuple):
    """What a rule yields; a plain `(path, message)` or `(path, message, help)` will do as well.

    `help` empty means the rule's own. `severity` None means the rule's own, and never raises it.
    `grounds` are the pointers of the values that the finding leans on, None for `path` alone: when
    one of them is in doubt the agency cannot be blamed, see `Rule.doubtful`.
    """

    path: str
    message: str
    help: str = ""
    severity: Severity | None = None
    grounds: tuple[str, ...] | None = None
    kind: Kind | None = None


AnyHit = Hit | tuple[str, str] | tuple[str, str, str]
RecordCheck = Callable[[SopRecord], Iterable[AnyHit]]
ArchiveCheck = Callable[[Sequence[SopRecord]], Iterable[tuple[int, Hit]]]
Doubtful = Literal["reading", "drop"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its text for people, and one check over a record or over an archive.

    `doubtful` says what becomes of a `document` finding whose grounds are in doubt: `reading` turns
    it into a doubt of our own, `drop` leaves it to the RD rules, which point at the same value.
    """

    id: str
    severity: Severity
    basis: str
    summary: str
    reason: str
    good: str = ""
    bad: str = ""
    help: str = ""
    kind: Kind = Kind.DOCUMENT
    doubtful: Doubtful = "reading"
    check: RecordCheck | None = None
    check_archive: ArchiveCheck | None = None


class Options(TypedDict, total=False):
    """What a rule may say beyond its id, level and basis; see `Rule`."""

    good: str
    bad: str
    help: str
    kind: Kind
    doubtful: Doubtful


def rule(
    rule_id: str, severity: Severity, *, basis: str, **options: Unpack[Options]
) -> Callable[[RecordCheck], Rule]:
    """Make a rule of a function over one record.

    The first line of the docstring is what `--explain` says in Bahasa Indonesia; the rest says why.
    Raises ConfigError for a function without one.
    """

    def declare(check: RecordCheck) -> Rule:
        summary, reason = _docstring(check)
        return Rule(rule_id, severity, basis, summary, reason, check=check, **options)

    return declare


def archive_rule(
    rule_id: str, severity: Severity, *, basis: str, **options: Unpack[Options]
) -> Callable[[ArchiveCheck], Rule]:
    """Make a rule of a function over many records; it yields the record's place and a `Hit`.

    A rule over one record may have the same id: `explain` then shows that one's texts.
    """

    def declare(check: ArchiveCheck) -> Rule:
        summary, reason = _docstring(check)
        return Rule(rule_id, severity, basis, summary, reason, check_archive=check, **options)

    return declare


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Every rule, built-in and plugged in, ordered by id.

    Built-ins are found by walking `rules/`. An entry point of the group `sopextract.rules` names a
    rule, or a module that holds some. Raises ConfigError when two rules over the same thing share
    an id.
    """
    found: dict[tuple[str, bool], Rule] = {}
    package = importlib.import_module("sopextract.validate.rules")
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    loaded: list[object] = [importlib.import_module(f"{package.__name__}.{n}") for n in names]
    loaded += [point.load() for point in entry_points(group=ENTRY_POINTS)]
    for item in loaded:
        for one in _rules_of(item):
            key = (one.id, one.check_archive is not None)
            if found.get(key, one) is not one:
                raise ConfigError(f"two rules have the id {one.id}")
            found[key] = one
    return tuple(found[key] for key in sorted(found))


def find_rule(rule_id: str) -> Rule | None:
    """The rule with this id, the one over a single record first; letter case does not matter."""
    same = [r for r in load_rules() if r.id.casefold() == rule_id.strip().casefold()]
    return same[0] if same else None


def _rules_of(item: object) -> list[Rule]:
    if isinstance(item, Rule):
        return [item]
    if isinstance(item, ModuleType):
        return [value for value in vars(item).values() if isinstance(value, Rule)]
    raise ConfigError(f"entry point group {ENTRY_POINTS}: {item!r} is neither a rule nor a module")


def _docstring(check: Callable[..., object]) -> tuple[str, str]:
    lines = (check.__doc__ or "").strip().splitlines()
    if not lines:
        raise ConfigError(f"rule {check!r} has no docstring")
    return lines[0], " ".join(line.strip() for line in lines[1:] if line.strip())
