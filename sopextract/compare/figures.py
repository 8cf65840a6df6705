"""Time, hand-overs, decisions and loops of one SOP; what is not known stays not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from statistics import median

from sopextract.compare.comparison import Figures, Sheet, Spread, TimeSpan
from sopextract.compare.completeness import check_steps, is_doubtful
from sopextract.compare.flowtime import UNKNOWN, measure_flow, read_ranges
from sopextract.compare.wording import canonical_post
from sopextract.lexicon.satuan import duration_parts
from sopextract.model.record import Alur, Langkah, SopRecord
from sopextract.settings import NormaliseSettings


def measure(record: SopRecord, settings: NormaliseSettings | None = None) -> Figures:
    """The figures of one sheet, along the rows as printed and, for `flow`, along its edges.

    `settings` are those of the reading: they say how long days, weeks and months are.
    """
    settings = settings or NormaliseSettings()
    times = read_ranges(record, settings)
    days = [s.waktu.hari for s in record.langkah if s.waktu and _in_days(s)]
    known = [low for low, high in times if (low, high) != UNKNOWN]
    branching = {edge.dari for edge in record.alur if edge.label is not None}
    symbols = [
        None if is_doubtful(record, f"/langkah/{i}/simbol") else step.simbol
        for i, step in enumerate(record.langkah)
    ]
    decisions = branching.union(
        s.urutan for s, kind in zip(record.langkah, symbols, strict=True) if kind == "keputusan"
    )
    actors_of = _read_actors(record)
    actors = {name for step in record.langkah for name in step.pelaksana}
    return Figures(
        steps=len(record.langkah),
        actors=len(record.pelaksana) or len(actors),
        menit_kerja=sum(known) if known else None,
        time_unknown=len(times) - len(known),
        time_ranges=sum(1 for low, high in times if low < high < inf),
        handovers=_handovers(actors_of),
        handovers_unknown=actors_of.count(()),
        decisions=len(decisions),
        decisions_unknown=sum(
            kind is None and s.urutan not in decisions
            for s, kind in zip(record.langkah, symbols, strict=True)
        ),
        loops=sum(_leads_back(edge) for edge in record.alur),
        calendar_days=days.count("kalender"),
        open_days=days.count(None),
        flow=measure_flow(record, times),
    )


def spread_figures(sheets: Sequence[Sheet]) -> tuple[Spread, ...]:
    """The figures of a family's members side by side."""
    return tuple(_spread(name, [list(ends) for ends in rows]) for name, rows in _columns(sheets))


def _columns(sheets: Sequence[Sheet]) -> Iterator[tuple[str, list[tuple[float, ...]]]]:
    """Each figure's name and, per sheet, its value, both ends of its range, or nothing."""
    found = [s.figures for s in sheets]
    # a sheet of whose table nothing was read has not "0 steps"
    yield "langkah", [(f.steps,) if f.steps else () for f in found]
    yield "pelaksana", [(f.actors,) if f.actors else () for f in found]
    yield "serah_terima", [_sure(f, f.handovers, f.handovers_unknown) for f in found]
    yield "keputusan", [_sure(f, f.decisions, f.decisions_unknown) for f in found]
    yield "putaran", [(f.loops,) if f.flow and f.flow.best else () for f in found]
    flows = [f.flow for f in found]
    yield "waktu_utama", [_ends(flow.main if flow else None) for flow in flows]
    yield "waktu_tercepat", [_ends(flow.best if flow else None) for flow in flows]
    yield "waktu_terlama", [_ends(flow.worst if flow else None) for flow in flows]


def _sure(figures: Figures, count: int, unknown: int) -> tuple[float, ...]:
    return (count,) if figures.steps and not unknown else ()


def _ends(span: TimeSpan | None) -> tuple[float, ...]:
    if span is None or span.min is None or span.max is None:
        return ()
    return (span.min,) if span.min == span.max else (span.min, span.max)


def _spread(name: str, rows: Sequence[Sequence[float]]) -> Spread:
    known = [row for row in rows if row]
    if not known:
        return Spread(name=name, known=0, unknown=len(rows))
    return Spread(
        name=name,
        known=len(known),
        unknown=len(rows) - len(known),
        min=min(row[0] for row in known),
        median=round(median(sum(row) / len(row) for row in known), 2),
        max=max(row[-1] for row in known),
    )


def _in_days(step: Langkah) -> bool:
    waktu = step.waktu
    iso = (waktu.durasi or waktu.durasi_maks) if waktu else None
    try:
        return any(unit == "hari" for _, unit in duration_parts(iso or ""))
    except ValueError:  # none, or of a record written by other hands
        return False


def _leads_back(edge: Alur) -> bool:
    """Whether an edge closes a loop; a labelled arrow across its row does not."""
    across = edge.ke == edge.dari and edge.dari_pelaksana != edge.ke_pelaksana
    return edge.ke <= edge.dari and not across


def _read_actors(record: SopRecord) -> list[tuple[str, ...]]:
    """The actors of every row; none where they are more likely wrong than right."""
    return [
        () if states[0] == "tak_terbaca" else step.pelaksana
        for step, states in zip(record.langkah, check_steps(record), strict=True)
    ]


def _handovers(rows: Sequence[Sequence[str]]) -> int:
    """Changes of actor from one symbol to the next; a row without actor breaks the chain."""
    changes = 0
    last: frozenset[str] | None = None
    for actors in rows:
        if not actors:
            last = None
        for name in actors:
            role = canonical_post(name)
            if last is not None and role != last:
                changes += 1
            last = role
    return changes
