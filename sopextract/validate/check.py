"""Runs the rules over records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sopextract.errors import ConfigError
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.settings import Level, LintSettings
from sopextract.validate.doubt import any_doubt, may_be_passed_over
from sopextract.validate.profiles import levels_of
from sopextract.validate.registry import AnyHit, Hit, Rule, load_rules

_CHECK_SOURCE = "Nilai ini diragukan pembacaannya: cocokkan dahulu dengan dokumen sumber."
_NUMBER = re.compile(r"\d+")


def validate(record: SopRecord, settings: LintSettings) -> tuple[Finding, ...]:
    """What the rules over one sheet find in this record: worst first, then by rule and place.

    A finding against the agency whose grounds are in doubt becomes a doubt of our reading or is
    left to the RD rules. Raises ConfigError for a profile that cannot be used, and for a level that
    is given to a rule which does not exist.
    """
    levels = _known_levels(settings)
    found: list[Finding] = []
    for rule in load_rules():
        level = _level(rule, levels)
        if rule.check is not None and level is not None:
            found += _findings(record, rule, level, rule.check(record))
    return _ordered(found)


def validate_archive(
    records: Sequence[SopRecord], settings: LintSettings
) -> tuple[tuple[Finding, ...], ...]:
    """What the rules over an archive find, one tuple per record in the order given.

    It holds only what single sheets cannot show; add it to the findings of `validate`.
    """
    levels = _known_levels(settings)
    found: list[list[Finding]] = [[] for _ in records]
    for rule in load_rules():
        level = _level(rule, levels)
        if rule.check_archive is None or level is None:
            continue
        for place, hit in rule.check_archive(records):
            found[place] += _findings(records[place], rule, level, (hit,))
    return tuple(_ordered(one) for one in found)


def _known_levels(settings: LintSettings) -> dict[str, Level]:
    levels = levels_of(settings)
    unknown = sorted(levels.keys() - {rule.id for rule in load_rules()})
    if unknown:
        raise ConfigError(
            f"lint levels: no rule {', '.join(unknown)}; `sopextract lint --explain ID` names them"
        )
    return levels


def _level(rule: Rule, levels: Mapping[str, str]) -> Severity | None:
    level = levels.get(rule.id, rule.severity.value)
    return None if level == "off" else Severity(level)


def _findings(
    record: SopRecord, rule: Rule, level: Severity, hits: Iterable[AnyHit]
) -> Iterable[Finding]:
    for given in hits:
        hit = Hit(*given)
        severity, kind = _lower(level, hit.severity), hit.kind or rule.kind
        advice = hit.help or rule.help
        grounds = (hit.path,) if hit.grounds is None else hit.grounds
        if kind is Kind.DOCUMENT and any_doubt(record, grounds):
            if rule.doubtful == "drop" and not any(may_be_passed_over(record, g) for g in grounds):
                continue  # RD rules point at the same value; at what left no trace none can
            kind, severity = Kind.READING, _lower(severity, Severity.WARNING)
            advice = f"{_CHECK_SOURCE} {advice}".strip()
        yield Finding(
            rule=rule.id,
            severity=severity,
            kind=kind,
            path=hit.path,
            message=hit.message,
            help=advice,
        )


def _lower(first: Severity, second: Severity | None) -> Severity:
    return first if second is None or first.rank <= second.rank else second


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=_sort_key))


def _sort_key(finding: Finding) -> tuple[int, str, str, str]:
    path = _NUMBER.sub(lambda m: m.group().zfill(6), finding.path)
    return (-finding.severity.rank, finding.rule, path, finding.message)
