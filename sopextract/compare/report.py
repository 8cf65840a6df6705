"""The comparison as files: one self-contained page, a workbook, and JSON."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sopextract.compare.build import UNKNOWN_AGENCY
from sopextract.compare.comparison import Comparison, Family
from sopextract.compare.masking import mask_record
from sopextract.compare.wordlist import hours, percent, whole
from sopextract.compare.workbook import render_workbook
from sopextract.core.resources import templates_dir
from sopextract.core.text import strip_controls
from sopextract.model.record import SopRecord
from sopextract.render import flow_svg as draw_flow
from sopextract.render.sheet.printed import print_tanggal
from sopextract.settings import CompareSettings
from sopextract.validate.registry import find_rule

FlowSvg = Callable[[SopRecord], str]

# A picture has 10–40 kB: 60 of them keep the page under a few megabytes, and six side by side are
# what a wide screen shows. What is left out is said in the page.
PICTURES_MAX, PICTURES_PER_FAMILY = 60, 6


def render_report(
    comparison: Comparison,
    records: Sequence[SopRecord],
    settings: CompareSettings,
    *,
    flow_svg: FlowSvg | None = draw_flow,
    sheets: Sequence[str | None] = (),
) -> Mapping[str, bytes]:
    """The report's files by name: `index.html`, `comparison.xlsx`, `comparison.json`.

    `records` are those that were compared, in the same order. `flow_svg` draws one SOP's flow as an
    SVG picture; None leaves the pictures out. `sheets` are paths of the clean sheets relative to
    the report, one per record, None where there is none.
    """
    if settings.mask:
        records = [mask_record(r) for r in records]
    links = [quote(path, safe="/") if path else None for path in sheets]
    links += [None] * (len(records) - len(links))
    pictures = _draw(comparison, records, flow_svg) if flow_svg else {}
    return {
        "index.html": _render_page(comparison, records, links, pictures).encode(),
        "comparison.xlsx": render_workbook(comparison, records, links),
        "comparison.json": (comparison.model_dump_json(indent=1) + "\n").encode(),
    }


def _render_page(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Sequence[str | None],
    pictures: Mapping[int, str],
) -> str:
    folder = templates_dir() / "report"
    script = (folder / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    env.filters.update(percent=percent, hours=hours, whole=whole, tanggal=print_tanggal)
    return env.get_template("index.html.j2").render(
        c=comparison,
        sheets=comparison.sheets,
        agencies=comparison.agencies,
        records=records,
        links=links,
        pictures=pictures,
        css=(folder / "report.css").read_text(encoding="utf-8"),
        script=script,
        script_digest=digest,
        stats={f.number: _step_states(f) for f in comparison.families},
        lacking={f.number: _find_lacking(f, comparison) for f in comparison.families},
        **_summarise(comparison),
        **_find_rules(comparison),
    )


def _summarise(c: Comparison) -> dict[str, object]:
    """What the page says first."""
    return {
        "alone": [s for s in c.sheets if s.family is None],
        "copies_left": sum(len(pair.leftovers) for group in c.copies for pair in group.pairs),
        "revoked": {sop for row in c.legal.rows if row.status == "dicabut" for sop in row.sheets},
        "incomplete_times": sum(1 for s in c.sheets if s.figures.time_unknown),
        "errors": sum(a.findings.error for a in c.agencies),
        "unread": sum(a.unread for a in c.agencies),
    }


def _find_rules(c: Comparison) -> dict[str, object]:
    """The rules that found something, most findings first, with what each asks for."""
    found: Counter[str] = Counter()
    where: Counter[str] = Counter()
    for agency in c.agencies:
        for name, count in agency.rules:
            found[name] += count
            where[name] += 1
    known = {name: find_rule(name) for name in found}
    return {
        "rule_texts": {name: rule.summary if rule else name for name, rule in known.items()},
        "rule_rows": [(n, found[n], where[n]) for n in sorted(found, key=lambda n: (-found[n], n))],
    }


def _find_lacking(family: Family, comparison: Comparison) -> tuple[int, ...]:
    """Agencies without a procedure that more than half of them have."""
    have = set(family.agencies)
    if len(have) * 2 <= len(comparison.agencies):
        return ()
    known = (a for a in comparison.agencies if a.name != UNKNOWN_AGENCY)
    return tuple(a.number for a in known if a.number not in have)


def _clean(value: object) -> object:
    """Control characters of the content are left out of the page; markup of our own keeps its
    type, or it would be escaped."""
    return strip_controls(value) if type(value) is str else value


def _step_states(family: Family) -> dict[int, dict[str, int]]:
    """Per member, how many of its steps are as in the reference, and how many rows it lacks."""
    found: dict[int, dict[str, int]] = {}
    for column, sop in enumerate(family.members):
        cells = [row.cells[column] for row in family.rows]
        counts = {"sama": 0, "mirip": 0, "berbeda": 0, "tambahan": 0, "acuan": 0, "kosong": 0}
        for cell in cells:
            counts[cell.state if cell else "kosong"] += 1
        found[sop] = counts
    return found


def _draw(
    comparison: Comparison, records: Sequence[SopRecord], flow_svg: FlowSvg
) -> dict[int, str]:
    """Pictures as data URIs, by `sop`: an SVG shown as an image can run nothing."""
    wanted = [s for f in comparison.families for s in f.members[:PICTURES_PER_FAMILY]]
    found: dict[int, str] = {}
    for sop in wanted[:PICTURES_MAX]:
        if records[sop].langkah:
            encoded = base64.b64encode(flow_svg(records[sop]).encode()).decode()
            found[sop] = f"data:image/svg+xml;base64,{encoded}"
    return found
