"""Time, hand-overs, decisions and loops of one SOP; what is not known stays not known."""

from __future__ import annotations

from sopextract.compare.comparison import Figures
from sopextract.compare.wording import canonical_post
from sopextract.model.record import Alur, SopRecord


def measure(record: SopRecord) -> Figures:
    """The figures of one sheet, along the rows as printed."""
    times = [step.waktu.menit_kerja if step.waktu else None for step in record.langkah]
    known = [t for t in times if t is not None]
    branching = {edge.dari for edge in record.alur if edge.label is not None}
    decisions = {s.urutan for s in record.langkah if s.simbol == "keputusan"} | branching
    actors = {name for step in record.langkah for name in step.pelaksana}
    return Figures(
        steps=len(record.langkah),
        actors=len(record.pelaksana) or len(actors),
        menit_kerja=sum(known) if known else None,
        time_unknown=len(times) - len(known),
        time_ranges=sum(1 for s in record.langkah if s.waktu and s.waktu.durasi_maks),
        handovers=_handovers(record),
        handovers_unknown=sum(1 for s in record.langkah if not s.pelaksana),
        decisions=len(decisions),
        decisions_unknown=sum(
            1 for s in record.langkah if s.simbol is None and s.urutan not in decisions
        ),
        loops=sum(_leads_back(edge) for edge in record.alur),
    )


def _leads_back(edge: Alur) -> bool:
    """Whether an edge closes a loop; a labelled arrow across its row does not."""
    across = edge.ke == edge.dari and edge.dari_pelaksana != edge.ke_pelaksana
    return edge.ke <= edge.dari and not across


def _handovers(record: SopRecord) -> int:
    """Changes of actor from one symbol to the next; a row without actor breaks the chain."""
    changes = 0
    last: frozenset[str] | None = None
    for step in record.langkah:
        if not step.pelaksana:
            last = None
        for name in step.pelaksana:
            role = canonical_post(name)
            if last is not None and role != last:
                changes += 1
            last = role
    return changes
