"""Findings as text, JSON or SARIF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from sopextract.core.text import squeeze, strip_controls
from sopextract.model.finding import Finding, Kind
from sopextract.model.record import SopRecord
from sopextract.validate.explain import LEVELS
from sopextract.validate.places import line_of
from sopextract.validate.sarif import sarif_log

Format = Literal["text", "json", "sarif"]

DOUBTS_MAX = 4  # doubts of one rule told one by one; the rest are counted, JSON has them all


def format_findings(records: Sequence[SopRecord], fmt: Format) -> str:
    """The findings that the records carry.

    `text` groups them by file and rule, in Bahasa Indonesia, faults of the sheet before doubts of
    the reading, and many doubts of one rule cut short; `json` is a list of objects with the
    record's source beside each finding; `sarif` is a SARIF 2.1.0 log. Ends with a line break.
    """
    if fmt == "text":
        return _text(records)
    value = sarif_log(records) if fmt == "sarif" else _objects(records)
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _text(records: Sequence[SopRecord]) -> str:
    lines: list[str] = []
    for record in records:
        if not record.findings:
            continue
        source = record.source
        part = f" (SOP ke-{source.index + 1})" if source.index else ""
        name = f": {record.nama_sop}" if record.nama_sop else ""
        lines.append(_clean(f"{source.path}{part}{name}"))
        by_kind = sorted(record.findings, key=lambda f: f.kind is Kind.READING)
        for _, alike in groupby(by_kind, key=lambda f: (f.kind, f.severity, f.rule, f.help)):
            lines += [f"  {line}" for line in _group(record, list(alike))]
        lines.append("")
    lines.append(_total(records))
    return "\n".join(lines) + "\n"


def _group(record: SopRecord, alike: list[Finding]) -> list[str]:
    """Findings of one rule with one advice: the advice stands once, each finding below it."""
    first = alike[0]
    doubt = " [pembacaan]" if first.kind is Kind.READING else ""
    head = f"{LEVELS[first.severity]} {first.rule}{doubt}"
    advice = f" → {first.help}" if first.help else ""
    if len(alike) == 1:
        return [_clean(f"{head}: {_said(record, first)}{advice}")]
    shown = alike
    if first.kind is Kind.READING and len(alike) > DOUBTS_MAX + 1:
        shown = alike[:DOUBTS_MAX]
    lines = [_clean(f"{head}, {len(alike)} kali{advice}")]
    lines += [f"  - {_clean(_said(record, finding))}" for finding in shown]
    if rest := alike[len(shown) :]:
        numbers = dict.fromkeys(line_of(record, finding.path) for finding in rest)
        where = ", ".join(str(n) for n in numbers if n)
        lines.append(f"  - dan {len(rest)} lagi" + (f" (baris {where})" if where else ""))
    return lines


def _said(record: SopRecord, finding: Finding) -> str:
    number = line_of(record, finding.path)
    return f"{finding.message} (baris {number})" if number else finding.message


def _total(records: Sequence[SopRecord]) -> str:
    found = [f for record in records for f in record.findings]
    if not found:
        return f"{len(records)} SOP diperiksa, tanpa temuan."
    counts = ", ".join(
        f"{sum(f.severity is level for f in found)} {said}" for level, said in LEVELS.items()
    )
    doubts = sum(f.kind is Kind.READING for f in found)
    return f"{len(records)} SOP diperiksa: {counts}; {doubts} di antaranya keraguan pembacaan."


def _clean(text: str) -> str:
    return squeeze(strip_controls(text))


def _objects(records: Sequence[SopRecord]) -> list[dict[str, object]]:
    return [
        {
            "source": record.source.path,
            "index": record.source.index,
            "id": record.id,
            "line": line_of(record, finding.path),
            **finding.model_dump(mode="json"),
        }
        for record in records
        for finding in record.findings
    ]
