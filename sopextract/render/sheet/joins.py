"""The connectors of a record's flow, each between two symbols.

An edge names rows and actors; where an actor has several symbols in a row, their kind decides:

- it enters at his first, but not at the capsule that begins the row's flow;
- with a label it leaves from his last decision, else from his last symbol, but not from the capsule
  that ends the flow;
- inside a row "Tidak" goes to a symbol before where there is one, all else to one after.

Symbols of one row are joined in their order, which the record says by the order of `bentuk`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from sopextract.model.record import Alur, SopRecord
from sopextract.render.sheet.model import FlowEdge, Symbol
from sopextract.render.sheet.printed import clean_text
from sopextract.render.sheet.stacks import Step

MAX_NAME = 16  # letters of an exit's name; more has no room beside a symbol. Own judgement


def join_symbols(
    record: SopRecord, steps: Mapping[int, Step], symbols: Sequence[Symbol]
) -> tuple[tuple[FlowEdge, ...], tuple[Alur, ...]]:
    """The connectors, and those edges that no connector can show.

    An edge into a row without symbols is led on to where that row's only, unlabelled edge goes:
    the line passes the row. Edges of such a row that has a choice are told in words instead.
    """
    outgoing: dict[int, list[Alur]] = {}
    for alur in record.alur:
        outgoing.setdefault(alur.dari, []).append(alur)
    drawn = {urutan: step for urutan, step in steps.items() if step.symbols}
    edges: dict[tuple[int, int, str], FlowEdge] = {}
    untold: list[Alur] = []
    passed: set[int] = set()
    for alur in record.alur:
        if alur.dari not in drawn:
            continue
        trail = _trail(alur, steps, outgoing)
        if trail[-1].ke not in drawn:
            untold.append(alur)
            continue
        passed.update(id(step) for step in trail)
        ends = _ends(alur, drawn[alur.dari], drawn[trail[-1].ke], symbols)
        if ends is not None:
            edge = FlowEdge(*ends, _label(alur), alur.basis != "drawn")
            edges.setdefault((edge.source, edge.target, edge.label), edge)
    untold += [a for a in record.alur if a.dari not in drawn and id(a) not in passed]
    joined = {(source, target) for source, target, _ in edges}
    for step in drawn.values():
        for (_, a), (_, b) in pairwise(step.symbols):
            if (a, b) not in joined and (b, a, "") not in edges:
                edges[a, b, ""] = FlowEdge(a, b, "", True)
    return tuple(edges.values()), tuple(untold)


def _label(alur: Alur) -> str:
    """What stands at the line: Ya or Tidak, or an exit's own short name ("A", "Rutin")."""
    name = clean_text(alur.label_teks or "")
    return alur.label or (name if len(name) <= MAX_NAME else "")


def _trail(
    alur: Alur, steps: Mapping[int, Step], outgoing: Mapping[int, Sequence[Alur]]
) -> list[Alur]:
    """The edge, and those that lead it on through rows without symbols."""
    trail = [alur]
    while (end := trail[-1]).ke in steps and not steps[end.ke].symbols:
        further = outgoing.get(end.ke, ())
        if len(further) != 1 or further[0].label or further[0] in trail:
            break
        trail.append(further[0])
    return trail


def _ends(
    alur: Alur, source: Step, target: Step, symbols: Sequence[Symbol]
) -> tuple[int, int] | None:
    """The symbols that an edge joins; None where it says no more than the order of its row."""
    tail = _left(source, alur, symbols)
    if source is not target:
        return tail, _entered(target, alur.ke_pelaksana, symbols)
    label = _label(alur)
    if not label and alur.dari_pelaksana is None and alur.ke_pelaksana is None:
        return None
    others = [i for i in _of(target, alur.ke_pelaksana) if i != tail]
    before, after = [i for i in others if i < tail], [i for i in others if i > tail]
    wished = (*before, *after) if alur.label == "Tidak" else (*after, *before)
    if wished:
        return tail, wished[0]
    return (tail, tail) if label else None


def _of(step: Step, nama: str | None) -> tuple[int, ...]:
    """An actor's symbols in a row, in its order; all of the row where he has none."""
    mine = tuple(i for name, i in step.symbols if name == nama)
    return mine or tuple(i for _, i in step.symbols)


def _entered(step: Step, nama: str | None, symbols: Sequence[Symbol]) -> int:
    mine, first = _of(step, nama), step.symbols[0][1]
    begins = first if symbols[first].simbol == "terminator" else None
    return next((i for i in mine if i != begins), mine[0])


def _left(step: Step, alur: Alur, symbols: Sequence[Symbol]) -> int:
    mine, last = _of(step, alur.dari_pelaksana), step.symbols[-1][1]
    if _label(alur):
        deciding = [i for i in mine if symbols[i].simbol == "keputusan"]
        if deciding:
            return deciding[-1]
    ends = last if symbols[last].simbol == "terminator" and step.row > 0 else None
    return next((i for i in reversed(mine) if i != ends), mine[-1])
