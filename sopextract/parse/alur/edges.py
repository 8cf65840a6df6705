"""The edges between rows: the order of the sheet, and the two ways out of a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.draft import EdgeDraft, LangkahDraft
from sopextract.parse.alur.decode import Decoded
from sopextract.parse.alur.mentions import Role, TextExit
from sopextract.parse.alur.rows import DRAWN, FlowRow
from sopextract.parse.alur.table import FlowTable
from sopextract.parse.alur.witnesses import DrawnEdges, ends_flow, judge_drawing

# Raw scores, own judgement: their order is what matters, normalise/confidence.py makes them
# promises. Below 0.9 a finding points at the edge.
_ORDER_EDGE = 0.97
_ORDER_EDGE_DOUBTED = 0.85  # the wording hands over to somebody else
_ORDER_EDGE_GAP = 0.9  # printed numbers jump: a row may be lost in between
_TEXT_EDGE = 0.95
_ORDER_EDGE_UNDRAWN = 0.6  # other rows of the sheet are joined by lines, these two are not
_TEXT_EDGE_UNDRAWN = 0.85  # the same, where the text says it
_YES = 0.85  # where a Ya beside the symbol leads is not drawn
# Below it in every earlier row, the actor has no earlier step: what is left when another actor
# reaches the threshold of 0.75 (settings.actor_min_confidence).
_RULED_OUT = 0.25


def chances_of(row: FlowRow, decoded: Decoded) -> tuple[float, ...]:
    """A read symbol settles the row; else the posterior."""
    if not row.drawn:
        return decoded.posterior
    return tuple(DRAWN if c in row.drawn else 0.0 for c in range(len(decoded.posterior)))


def find_edges(table: FlowTable) -> DrawnEdges:
    """The edges of a table, 1-based by row; an exit that cannot be settled has none.

    Where lines were read, they are the flow; rows that no line touches are joined in their order,
    at a low score. Without any line each row leads to the next unless it ends the flow. A decision
    with both exits named leads where they say; a "Tidak" alone adds a way back.
    """
    if not table.drawing.connected:
        return DrawnEdges(_undrawn_edges(table), ())
    drawn = judge_drawing(table)
    edges = [*drawn.edges, *_between_untouched(table, drawn.edges)]
    return replace(drawn, edges=tuple(sorted(edges, key=lambda e: (e.dari, e.ke))))


def _between_untouched(table: FlowTable, drawn: Sequence[EdgeDraft]) -> tuple[EdgeDraft, ...]:
    """What order and text say of rows that no line leaves or enters, marked as doubtful."""
    ahead = [e for e in drawn if e.dari < e.ke]
    left, entered = {e.dari - 1 for e in ahead}, {e.ke - 1 for e in ahead}
    touched = table.drawing.touched
    edges: list[EdgeDraft] = []
    for i, row in enumerate(table.rows):
        no = next((e for e in row.exits if e.label == "Tidak"), None)
        if i not in touched and no is not None and (back := _back_edge(i, no, table)):
            edges.append(replace(back, score=min(back.score, _TEXT_EDGE_UNDRAWN)))
        if i + 1 == len(table.rows) or i in left or i + 1 in entered:
            continue
        if _ends_here(row) or ends_flow(table.drawing.in_row(i)):
            continue
        if _page_break(i, table):
            edges.append(EdgeDraft(i + 1, i + 2, "order", _ORDER_EDGE_UNDRAWN))
    return tuple(_with_columns(e, table.langkah) for e in edges)


def _page_break(i: int, table: FlowTable) -> bool:
    """Whether the page ends below a row: what joins it to the next may be drawn on neither."""
    above, below = table.drawing.in_row(i), table.drawing.in_row(i + 1)
    return bool(above and below) and above[-1].page < below[0].page


def _undrawn_edges(table: FlowTable) -> tuple[EdgeDraft, ...]:
    edges: list[EdgeDraft] = []
    for i, row in enumerate(table.rows):
        no, yes = (next((e for e in row.exits if e.label == k), None) for k in ("Tidak", "Ya"))
        if no is not None and (back := _back_edge(i, no, table)):
            edges.append(back)
        if i + 1 == len(table.rows):
            continue
        if yes is not None and no is not None:
            edges.append(_ahead_edge(i, yes, table))
        elif not _ends_here(row):
            edges.append(_order_edge(i, table))
    return tuple(_with_columns(e, table.langkah) for e in edges)


def _ends_here(row: FlowRow) -> bool:
    return any(s.ends and not s.begins for _, _, s in row.signs)


def _order_edge(i: int, table: FlowTable) -> EdgeDraft:
    score = _ORDER_EDGE_GAP if table.rows[i + 1].gap else _ORDER_EDGE
    receivers = [m for m in table.rows[i].text.mentions if m.role in (Role.ORDER, Role.TO)]
    if receivers and receivers[-1].columns and table.langkah[i + 1].actors:
        meant = {table.columns[c] for c in receivers[-1].columns}
        if not meant & {a.value for a in table.langkah[i + 1].actors}:
            score = min(score, _ORDER_EDGE_DOUBTED)
    if yes := _drawn_yes(table.rows[i]):
        return EdgeDraft(i + 1, i + 2, "order", min(score, _YES), label="Ya", label_teks=yes)
    return EdgeDraft(i + 1, i + 2, "order", score)


def _drawn_yes(row: FlowRow) -> str | None:
    """The word for Ya beside a drawn decision: that exit goes on, as nearly every one does."""
    if not any(shape.simbol == "keputusan" for _, _, s in row.signs for shape in s.shapes):
        return None
    return next((w for _, _, s in row.signs for e, w in s.exits if e == "Ya"), None)


def _back_edge(i: int, leaving: TextExit, table: FlowTable) -> EdgeDraft | None:
    """The Tidak edge: to the step named by number, or to the last step of the named actor.

    An actor who has no earlier step may get the very next row. None when nobody is named, or the
    step cannot be settled.
    """
    if leaving.step is not None:
        number = table.numbered(leaving.step)
        return None if number is None else _text_edge(i, number, leaving, table, _TEXT_EDGE)
    if leaving.target is None or not leaving.target.columns:
        return None
    wanted = leaving.target.columns
    found = table.next_to(range(i - 1, -1, -1), wanted)  # the last of his steps, going back
    if found is None and all(table.does(j, wanted) < _RULED_OUT for j in range(i)):
        found = table.next_to(range(i + 1, min(i + 2, len(table.rows))), wanted)
    return _text_edge(i, found[0], leaving, table, _TEXT_EDGE * found[1]) if found else None


def _ahead_edge(i: int, leaving: TextExit, table: FlowTable) -> EdgeDraft:
    """The Ya edge: to the step named by number, the next row, or the named actor's next step."""
    if leaving.step is not None and (number := table.numbered(leaving.step)) is not None:
        return _text_edge(i, number, leaving, table, _TEXT_EDGE)
    if leaving.target is None or not leaving.target.columns:
        return _text_edge(i, i + 1, leaving, table, _TEXT_EDGE)
    following = range(i + 1, len(table.rows))
    found = table.next_to(following, leaving.target.columns)
    if found is None or not table.langkah[i + 1].actors:
        return _text_edge(i, i + 1, leaving, table, _ORDER_EDGE_DOUBTED)
    target, chance = found
    limit = _TEXT_EDGE if target == i + 1 else _ORDER_EDGE_DOUBTED
    return _text_edge(i, target, leaving, table, min(_TEXT_EDGE * chance, limit))


def _text_edge(i: int, target: int, leaving: TextExit, table: FlowTable, score: float) -> EdgeDraft:
    return EdgeDraft(
        i + 1,
        target + 1,
        "text",
        round(score, 3),
        label=leaving.label,
        label_teks=leaving.words,
        place=table.rows[i].row.kegiatan.place,
    )


def _with_columns(edge: EdgeDraft, langkah: Sequence[LangkahDraft]) -> EdgeDraft:
    """Name the symbol where a row holds several: the flow leaves the last, enters the first."""
    leaving, entering = langkah[edge.dari - 1].actors, langkah[edge.ke - 1].actors
    return replace(
        edge,
        dari_kolom=leaving[-1].value if len(leaving) > 1 else None,
        ke_kolom=entering[0].value if len(entering) > 1 else None,
    )
