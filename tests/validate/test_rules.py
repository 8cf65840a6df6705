"""Walks tests/rules: every rule has a sheet that passes and one that fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sopextract.model.finding import Finding
from sopextract.model.record import Langkah, Provenance, SopRecord
from sopextract.settings import LintSettings
from sopextract.validate import validate, validate_archive
from sopextract.validate.registry import load_rules
from sopextract.validate.sheet import existing
from tests import factories

FOLDER = Path(__file__).parents[1] / "rules"
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yaml")}
Expected = str | tuple[int, str]


def build(case: dict[str, Any]) -> SopRecord:
    """A record from the factory with the case's overrides.

    `steps` are dicts over the factory's step, `prov` maps pointers to [method, confidence] or to
    [method, confidence, page].
    """
    fields = dict(case.get("set") or {})
    if "steps" in case:
        fields["langkah"] = tuple(_step(i, step) for i, step in enumerate(case["steps"], 1))
        fields.setdefault("alur", ())
    fields["provenance"] = {
        pointer: Provenance(
            line=1, method=given[0], confidence=given[1], page=given[2] if given[2:] else None
        )
        for pointer, given in case.get("prov", {}).items()
    }
    return factories.record(**fields)


def _step(urutan: int, step: dict[str, Any]) -> Langkah:
    rest = {k: v for k, v in step.items() if k not in {"kegiatan", "pelaksana"}}
    actors = step.get("pelaksana", ["Petugas Loket"])
    return factories.langkah(urutan, step["kegiatan"], *actors, **rest)


def findings_of(rule_id: str, case: dict[str, Any]) -> list[tuple[Expected, Finding]]:
    """What one rule finds in the case's sheet or archive."""
    settings = LintSettings()
    if "records" not in case:
        found = validate(build(case), settings)
        return [(f.path, f) for f in found if f.rule == rule_id]
    records = [factories.record(**fields) for fields in case["records"]]
    archive = validate_archive(records, settings)
    return [((i, f.path), f) for i, one in enumerate(archive) for f in one if f.rule == rule_id]


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule_id, case, id=f"{rule_id}-{case.get('name', i)}")
        for rule_id, content in sorted(FILES.items())
        for i, case in enumerate(content[kind])
    ]


@pytest.mark.parametrize("rule_id", sorted({rule.id for rule in load_rules()}))
def test_every_rule_has_a_good_and_a_bad_sheet(rule_id: str) -> None:
    assert FILES[rule_id]["rule"] == rule_id
    assert FILES[rule_id]["good"]
    assert FILES[rule_id]["bad"]


def test_every_file_names_a_rule() -> None:
    assert set(FILES) == {rule.id for rule in load_rules()}


@pytest.mark.parametrize(("rule_id", "case"), cases("good"))
def test_good_sheet_passes(rule_id: str, case: dict[str, Any]) -> None:
    assert findings_of(rule_id, case) == []


@pytest.mark.parametrize(("rule_id", "case"), cases("bad"))
def test_bad_sheet_is_found(rule_id: str, case: dict[str, Any]) -> None:
    found = findings_of(rule_id, case)
    expected = [tuple(e) if isinstance(e, list) else e for e in case["expect"]]
    assert sorted(map(str, (path for path, _ in found))) == sorted(map(str, expected))
    for _, finding in found:
        assert finding.help
        assert finding.message.endswith(".")
        assert case.get("says", "") in finding.message
        assert finding.severity.value == case.get("severity", finding.severity.value)
        assert finding.kind.value == case.get("kind", finding.kind.value)
        if "records" not in case:
            assert existing(build(case), finding.path) == finding.path
