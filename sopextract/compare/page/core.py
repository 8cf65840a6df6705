"""What the page reads when it opens: every table as columns, nothing of a single step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sopextract.compare.comparison import Agency, Comparison, Item, Sheet, TimeSpan
from sopextract.compare.completeness import IDENTITY_ITEMS, OPTIONAL_ITEMS
from sopextract.compare.coverage import Gap
from sopextract.compare.page.columns import Json, Strings
from sopextract.compare.words import Lang, Words, floor_share, rule_title
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import find_rule

EMPTY, UNREAD = -1, -2  # in place of a text's number: missing from the sheet, or not read
_SIGNS: dict[Item, str] = {"terisi": "t", "kosong": "k", "tak_terbaca": "u"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where the page leads, by sheet: clean sheets and evaluation notes; None for nowhere."""

    sheets: Sequence[str | None]
    notes: Sequence[str | None]


def build_core(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Links,
    gaps: Sequence[Gap],
    words: Words,
) -> dict[str, Json]:
    """The tables of the page; `records` and `links` are in the order of the sheets."""
    strings = Strings()
    core: dict[str, Json] = {
        "lang": words.lang,
        "masked": comparison.masked,
        "items": [words.item(i.item) for i in comparison.agencies[0].items]
        if comparison.agencies
        else [],
        "optional": sorted(IDENTITY_ITEMS.index(name) for name in OPTIONAL_ITEMS),
        "agencies": _agencies(comparison.agencies, strings),
        "sheets": _sheets(comparison, links, strings),
        "families": _families(comparison, strings),
        "copies": _copies(comparison),
        "laws": _laws(comparison, strings),
        "unreadLaws": list(comparison.legal.unread),
        "rules": _rules(records, words.lang, strings),
        "gaps": [
            [g.family, strings.may(g.group), list(g.have), list(g.lacking), list(g.unsure)]
            for g in gaps
        ],
    }
    return core | {"strings": strings.all()}


def _agencies(agencies: Sequence[Agency], strings: Strings) -> dict[str, Json]:
    return {
        "name": [strings.put(a.name) for a in agencies],
        "short": [strings.put(a.short) for a in agencies],
        "share": [None if a.share is None else floor_share(a.share, 1000) for a in agencies],
        "unread": [a.unread for a in agencies],
        "items": [[n for i in a.items for n in (i.terisi, i.kosong, i.tak_terbaca)]
                  for a in agencies],
        "found": [[a.findings.error, a.findings.warning, a.findings.info, a.findings.reading]
                  for a in agencies],
    }  # fmt: skip


def _sheets(comparison: Comparison, links: Links, strings: Strings) -> dict[str, Json]:
    sheets = comparison.sheets
    groups = {sop: number for number, g in enumerate(comparison.copies, 1) for sop in g.members}

    def texts(name: str, of: Callable[[Sheet], str | None]) -> list[int]:
        return [_text(strings, of(s), s.states.get(name)) for s in sheets]

    return {
        "agency": [s.agency for s in sheets],
        "number": texts("Nomor SOP", lambda s: s.nomor_sop),
        "title": texts("Nama SOP", lambda s: s.title),
        "date": texts("Tanggal Efektif", lambda s: s.valid_from),
        "signer": texts("Disahkan oleh", lambda s: s.disahkan_oleh),
        "nip": [strings.may(s.nip) for s in sheets],
        "path": [strings.put(s.path) for s in sheets],
        "index": [s.index for s in sheets],
        "link": [strings.may(links.sheets[s.sop]) for s in sheets],
        "note": [strings.may(links.notes[s.sop]) for s in sheets],
        "states": [strings.put(_states(s)) for s in sheets],
        "family": [s.family or 0 for s in sheets],
        "copy": [groups.get(s.sop, 0) for s in sheets],
        "found": [[s.findings.error, s.findings.warning, s.findings.info, s.findings.reading]
                  for s in sheets],
        "law": [_law(s) for s in sheets],
        "figures": [_figures(s) for s in sheets],
    }  # fmt: skip


def _text(strings: Strings, text: str | None, state: Item | None) -> int:
    if text:
        return strings.put(text)
    return UNREAD if state == "tak_terbaca" else EMPTY


def _states(sheet: Sheet) -> str:
    """One letter per identity item: t(erisi), k(osong), u(nread)."""
    return "".join(_SIGNS[sheet.states[name]] for name in IDENTITY_ITEMS)


def _law(sheet: Sheet) -> Json:
    """Rows of the matrix that are revoked, amended or missing; None when none was read."""
    legal = sheet.legal
    if legal is None:
        return [[], [], []]
    return [list(legal.revoked), list(legal.amended), list(legal.missing)] if legal.read else None


def _figures(sheet: Sheet) -> Json:
    """In this order: `templates/report/js/data.js` names them."""
    f = sheet.figures
    flow = f.flow
    return [
        f.steps, f.actors, f.menit_kerja, f.time_unknown, f.time_ranges, f.handovers,
        f.handovers_unknown, f.decisions, f.decisions_unknown, f.loops,
        *([_span(flow.main), _span(flow.best), _span(flow.worst)] if flow else [None] * 3),
        f.open_days, f.calendar_days, flow.assumed if flow else 0,
    ]  # fmt: skip


def _span(span: TimeSpan | None) -> Json:
    return None if span is None else [span.min, span.max, span.unknown]


def _families(comparison: Comparison, strings: Strings) -> dict[str, Json]:
    families = comparison.families
    return {
        "title": [strings.put(f.title) for f in families],
        "members": [list(f.members) for f in families],
        "score": [floor_share(f.score, 100) for f in families],
        "corrected": [int(f.corrected) for f in families],
    }


def _copies(comparison: Comparison) -> Json:
    """Per group: members, words left over, differences, whether files are the same."""
    return [
        [
            list(group.members),
            sum(len(pair.leftovers) for pair in group.pairs),
            sum(len(pair.differences) for pair in group.pairs),
            int(any(pair.kind == "berkas_sama" for pair in group.pairs)),
        ]
        for group in comparison.copies
    ]


def _laws(comparison: Comparison, strings: Strings) -> dict[str, Json]:
    rows = comparison.legal.rows
    return {
        "label": [strings.put(r.label) for r in rows],
        "about": [strings.may(r.tentang) for r in rows],
        "status": [strings.may(r.status) for r in rows],
        "sheets": [list(r.sheets) for r in rows],
    }


def _rules(records: Sequence[SopRecord], lang: Lang, strings: Strings) -> list[Json]:
    """Per rule and kind of finding, most sheets first: what it asks, in its own words too, and
    sheet, count, sheet, …"""
    found: dict[tuple[str, Kind], Counter[int]] = defaultdict(Counter)
    worst: dict[tuple[str, Kind], Severity] = {}
    for sop, record in enumerate(records):
        for f in record.findings:
            key = (f.rule, f.kind)
            found[key][sop] += 1
            worst[key] = max(worst.get(key, f.severity), f.severity, key=lambda s: s.rank)
    rows: list[Json] = []
    for key in sorted(found, key=lambda key: (-len(found[key]), key)):
        rule = find_rule(key[0])
        rows.append([
            strings.put(key[0]), strings.put(rule.summary if rule else key[0]),
            strings.put(rule.help or rule.reason if rule else ""), worst[key].rank,
            int(key[1] is Kind.READING),
            [n for pair in sorted(found[key].items()) for n in pair],
            strings.may(rule_title(lang, key[0]) if lang == "en" else None),
        ])  # fmt: skip
    return rows
