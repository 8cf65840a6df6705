"""Findings as a SARIF 2.1.0 log, for code-review tools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote as percent

from sopextract.model.finding import Finding, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.places import line_of
from sopextract.validate.registry import Rule, load_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SPELT = re.compile("%25([0-9A-F]{2})")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_log(records: Sequence[SopRecord]) -> dict[str, object]:
    """One run with the rules that fired and a result for each finding.

    A finding of a rule that is not loaded (a record written elsewhere) has no `ruleIndex`.
    """
    fired = {finding.rule for record in records for finding in record.findings}
    rules = {rule.id: rule for rule in reversed(load_rules()) if rule.id in fired}
    index = {rule_id: i for i, rule_id in enumerate(sorted(rules))}
    results = [_result(r, f, index) for r in records for f in r.findings]
    driver = {
        "name": "sopextract",
        "version": _version(),
        "language": "id",
        "rules": [_descriptor(rules[rule_id]) for rule_id in index],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _uri(path: str) -> str:
    """The path as a relative URI; bytes that the path already spells as %XX stay so."""
    return _SPELT.sub(r"%\1", percent(path))


def _version() -> str:
    try:
        return version("sopextract")
    except PackageNotFoundError:
        return "0"


def _descriptor(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.reason} Dasar: {rule.basis}.".strip()},
        "help": {"text": rule.help or rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"kind": rule.kind.value, "basis": rule.basis},
    }


def _result(record: SopRecord, finding: Finding, index: dict[str, int]) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(record.source.path)}}
    line = line_of(record, finding.path)
    if line is not None:
        physical["region"] = {"startLine": line}
    location = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": finding.path or "/", "kind": "member"}],
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "properties": {
            "kind": finding.kind.value,
            "path": finding.path,
            "help": finding.help,
            "record": record.id,
            "index": record.source.index,
        },
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    return result
