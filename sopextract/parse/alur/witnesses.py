"""Drawn edges and how surely each is read: the drawing, the order of rows, the wording.

The drawing decides; the other two raise its score where they agree and lower it where they do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sopextract.model.draft import EdgeDraft
from sopextract.model.source import Outline
from sopextract.parse.alur.drawn import ONLY_ONE, Link, Spot
from sopextract.parse.alur.mentions import Role, TextExit
from sopextract.parse.alur.simbol import Exit, exit_label, parse_mark
from sopextract.parse.alur.table import FlowTable

# Raw scores, own judgement: their order is what matters, normalise/confidence.py makes them
# promises. Below 0.9 a finding points at the edge.
_DRAWN_EDGE = 0.96
_UNEXPECTED = 0.93  # neither label, decision nor wording says why it leaves the order of rows
_CONTRADICTED = 0.85  # the wording says otherwise
_LABELLED_BOX = 0.85  # only decisions have exits: line, label or outline may be misread
_LABEL_INFERRED = 0.85  # the word stands beside the decision, at no line
_LABEL_UNREAD = 0.8  # no word was read: a decision's Tidak leads back, its Ya ahead
_STILL_INFERRED = 0.89  # the most that agreement gives to an end that was reasoned
# By how much a second witness takes away of the doubt.
_ORDER_AGREES, _WORDING_AGREES = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class _Exit:
    """One line out of a symbol while it is judged."""

    link: Link
    tail: Spot
    head: Spot
    label: Exit | None
    words: str
    score: float
    against: str | None = None

    @property
    def inside(self) -> bool:
        """Whether it stays in its row."""
        return self.tail.row == self.head.row


@dataclass(frozen=True, slots=True)
class DrawnEdges:
    """The edges, and the exits that a text names and no arrow shows (row from 0, words)."""

    edges: tuple[EdgeDraft, ...]
    unmet: tuple[tuple[int, str], ...]


def judge_drawing(table: FlowTable) -> DrawnEdges:
    """The edges that the drawing gives, in the order of rows.

    A line inside a row is an edge only with a word at it; without one it settles the row's order.
    """
    edges: list[EdgeDraft] = []
    unmet: list[tuple[int, str]] = []
    for i in range(len(table.rows)):
        exits = [_begin(link, table) for link in table.drawing.links_from(i)]
        exits, missing = _heard(i, _two_words_apart(exits), table)
        unmet += [(i, words) for words in missing]
        exits = _with_inferred_labels(i, _opposite(_doubted_twins(exits)), table)
        exits = _doubted_bare(i, exits, table)
        exits = _by_direction(_doubted_no(exits), table)
        drawn = [e for e in exits if not e.inside or e.words]
        edges += [_edge(e, table) for e in sorted(drawn, key=lambda e: (e.head.row, e.words))]
    return DrawnEdges(tuple(edges), tuple(unmet))


def _begin(link: Link, table: FlowTable) -> _Exit:
    tail, head = table.drawing.spots[link.tail], table.drawing.spots[link.head]
    label = exit_label(link.label) if link.label else None
    score = min(_DRAWN_EDGE, link.score)
    if head.row == tail.row + 1:
        score = _agreed(score, _ORDER_AGREES, link)
    elif not link.label and tail.symbol.outline is not Outline.DIAMOND:
        score = min(score, _UNEXPECTED)
    if link.label and tail.symbol.outline is not Outline.DIAMOND:
        score = min(score, _LABELLED_BOX)
        if table.scan and head.row > tail.row and head.symbol.outline is Outline.DIAMOND:
            return _Exit(link, tail, head, None, "", score)  # a word of the decision's way back
    return _Exit(link, tail, head, label, link.label, score)


def _agreed(score: float, share: float, link: Link) -> float:
    """The score when another witness says the same: its doubt shrinks to a share of what it was."""
    better = 1 - (1 - score) * share
    return min(better, _STILL_INFERRED) if link.score <= ONLY_ONE else better


# -- the wording -----------------------------------------------------------------------------


def _heard(i: int, exits: list[_Exit], table: FlowTable) -> tuple[list[_Exit], list[str]]:
    """The exits after the wording of their row was heard, and what it names that is not drawn."""
    missing: list[str] = []
    named = [e for e in table.rows[i].exits if _target_of(e, table) is not None]
    for said in named:
        exits, words = _compare(said, exits, table)
        missing += [words] if words else []
    if not table.rows[i].exits:
        exits = _hand_over(i, exits, table)
    return exits, missing


def _target_of(said: TextExit, table: FlowTable) -> tuple[int | None, frozenset[int]] | None:
    """Where a text leads: a row, or the columns of an actor; None where it says neither."""
    if said.step is not None:
        row = table.numbered(said.step)
        return None if row is None else (row, frozenset())
    if said.target is None or not said.target.columns:
        return None
    return None, frozenset(table.columns[c] for c in said.target.columns)


def _leads_there(exit_: _Exit, target: tuple[int | None, frozenset[int]]) -> bool:
    row, columns = target
    return exit_.head.row == row if row is not None else exit_.head.kolom in columns


def _compare(
    said: TextExit, exits: list[_Exit], table: FlowTable
) -> tuple[list[_Exit], str | None]:
    """The exits with what one exit of the text says of them; its words when none is like it."""
    target = _target_of(said, table)
    if target is None or not exits:
        return exits, None
    alike = [e for e in exits if e.label == said.label] or [e for e in exits if e.label is None]
    agreeing = [e for e in alike if _leads_there(e, target)]
    if agreeing:
        return [_raised(e) if e in agreeing else e for e in exits], None
    words = _in_words(said, table)
    against = [e for e in alike if e.label is not None or e.head.row < e.tail.row]
    if not against:
        return exits, words
    return [_lowered(e, words) if e in against else e for e in exits], None


def _in_words(said: TextExit, table: FlowTable) -> str:
    if said.step is not None:
        return f"{said.words}: ke langkah {said.step}"
    names = [table.names[c] for c in (said.target.columns if said.target else ())]
    return f"{said.words}: ke {' atau '.join(names)}"


def _hand_over(i: int, exits: list[_Exit], table: FlowTable) -> list[_Exit]:
    """The exits after "menyampaikan kepada X": the only one is doubted if it does not lead to X."""
    receivers = [m for m in table.rows[i].text.mentions if m.role in (Role.ORDER, Role.TO)]
    leaving = [e for e in exits if not e.inside and e.label != "Tidak"]
    if not receivers or not receivers[-1].columns or not leaving:
        return exits
    meant = {table.columns[c] for c in receivers[-1].columns}
    agreeing = [e for e in leaving if meant & _actors_of(e.head.row, table)]
    if agreeing:
        return [_raised(e) if e in agreeing else e for e in exits]
    if len(leaving) > 1:
        return exits
    return [_lowered(e, None) if e in leaving else e for e in exits]


def _actors_of(row: int, table: FlowTable) -> set[int]:
    return {actor.value for actor in table.langkah[row].actors}


def _raised(exit_: _Exit) -> _Exit:
    return replace(exit_, score=_agreed(exit_.score, _WORDING_AGREES, exit_.link))


def _lowered(exit_: _Exit, words: str | None) -> _Exit:
    return replace(exit_, score=min(exit_.score, _CONTRADICTED), against=words)


# -- labels ------------------------------------------------------------------------------------


def _two_words_apart(exits: list[_Exit]) -> list[_Exit]:
    """A line at which the words of both exits stand ("Tidak lengkap Lengkap"), beside a bare one.

    Tidak goes to the line that leads back, where just one does; which word is whose stays a doubt.
    """
    for both in exits:
        words = dict(parse_mark(both.words).exits)
        if len(words) != 2:
            continue
        bare = [e for e in exits if e.tail.id == both.tail.id and not e.words and not e.inside]
        back = [e for e in (both, *bare) if e.head.row < e.tail.row]
        pair = (both, *bare) if len(bare) == 1 and len(back) == 1 else (both,)
        made: dict[int, _Exit] = {}
        for one in pair:
            label: Exit | None = both.label
            if len(pair) == 2:
                label = "Tidak" if one is back[0] else "Ya"
            text = words[label] if label and len(pair) == 2 else one.words
            score = min(one.score, _CONTRADICTED)
            made[id(one)] = replace(one, label=label, words=text, score=score)
        exits = [made.get(id(e), e) for e in exits]
    return exits


def _doubted_twins(exits: list[_Exit]) -> list[_Exit]:
    """Two ways out of one symbol with the same label: one of the two was read wrongly."""
    labels = [(e.tail.id, e.label) for e in exits if e.label is not None]
    return [
        replace(e, score=min(e.score, _CONTRADICTED))
        if e.label is not None and labels.count((e.tail.id, e.label)) > 1
        else e
        for e in exits
    ]


def _opposite(exits: list[_Exit]) -> list[_Exit]:
    """The other of two exits with words of its own ("Rutin"), when the first is Tidak: it is Ya."""
    for tail in dict.fromkeys(e.tail.id for e in exits):
        own = [e for e in exits if e.tail.id == tail]
        named = [e for e in own if e.label is None and e.words]
        if len(own) == 2 and len(named) == 1 and any(e.label == "Tidak" for e in own):
            other = replace(named[0], label="Ya", score=min(named[0].score, _STILL_INFERRED))
            exits = [other if e is named[0] else e for e in exits]
    return exits


def _with_inferred_labels(i: int, exits: list[_Exit], table: FlowTable) -> list[_Exit]:
    """A decision's other exit named by a word that stands near it, at no line.

    Only of two exits, when one has a label and the word is its opposite.
    """
    for tail in dict.fromkeys(e.tail.id for e in exits):
        own = [e for e in exits if e.tail.id == tail]
        bare = [e for e in own if not e.words and not e.inside]
        if len(own) != 2 or len(bare) != 1 or own[0].tail.symbol.outline is not Outline.DIAMOND:
            continue
        other = next(e for e in own if e is not bare[0])
        word = next((w for e, w in _loose_words(i, table) if other.label not in (None, e)), None)
        if word is not None and other.label is not None:
            opposite: Exit = "Ya" if other.label == "Tidak" else "Tidak"
            named = replace(
                bare[0],
                label=opposite,
                words=word,
                score=min(bare[0].score, _LABEL_INFERRED),
            )
            exits = [named if e is bare[0] else e for e in exits]
    return exits


def _doubted_bare(i: int, exits: list[_Exit], table: FlowTable) -> list[_Exit]:
    """Ways out of a decision without a label, where one was lost: its word stands at no line.

    Or where only one way out was read, though a decision has two; and in a scan, whose reader loses
    lone letters.
    """
    lost = table.scan or any(_loose_words(i, table))
    ways = Counter(e.tail.id for e in exits)
    return [
        replace(e, score=min(e.score, _CONTRADICTED))
        if not e.words
        and e.tail.symbol.outline is Outline.DIAMOND
        and (lost or ways[e.tail.id] == 1)
        else e
        for e in exits
    ]


def _doubted_no(exits: list[_Exit]) -> list[_Exit]:
    """A decision's only way read, which leads to the next row and yet is its Tidak: the word may be
    of the way that was not.
    """
    ways = Counter(e.tail.id for e in exits)
    return [
        replace(e, score=min(e.score, _CONTRADICTED))
        if e.label == "Tidak" and ways[e.tail.id] == 1 and e.head.row == e.tail.row + 1
        else e
        for e in exits
    ]


def _by_direction(exits: list[_Exit], table: FlowTable) -> list[_Exit]:
    """A scan's ways out of decisions at which no word was read, named by where they lead.

    Of two without a word one is the other's opposite. Beside a word that was read there may be no
    other: forms leave it out as often as scans lose it.
    """
    if not table.scan:
        return exits
    for tail in dict.fromkeys(e.tail.id for e in exits):
        own = [e for e in exits if e.tail.id == tail]
        if own[0].tail.symbol.outline is Outline.DIAMOND:
            names = _names_of(sorted(own, key=lambda e: e.head.row))
            exits = [_named(e, names.get(id(e))) for e in exits]
    return exits


def _names_of(own: Sequence[_Exit]) -> dict[int, Exit]:
    """The names of a decision's bare ways, by identity, from where its ways lead; in that order."""
    bare = [e for e in own if not e.words and not e.inside]
    ahead = [e for e in bare if e.head.row > e.tail.row]
    if len(bare) == len(own) == 1:
        return {id(own[0]): "Ya" if ahead else "Tidak"}
    if len(bare) == len(own) == 2 and ahead:
        yes = ahead[0]
        return {id(e): "Ya" if e is yes else "Tidak" for e in own}
    # a line that was led into the decision until it was turned could be given no word
    turned = [e for e in bare if not e.link.directed and e.head.row < e.tail.row]
    if len(own) == 2 and len(turned) == 1 and any(e.label == "Ya" for e in own):
        return {id(turned[0]): "Tidak"}
    return {}


def _named(exit_: _Exit, name: Exit | None) -> _Exit:
    """The exit with a name that was reasoned."""
    return (
        exit_ if name is None else replace(exit_, label=name, score=min(exit_.score, _LABEL_UNREAD))
    )


def _loose_words(i: int, table: FlowTable) -> Iterator[tuple[Exit, str]]:
    """Branch words in the cells of a row, and of the rows beside it that have no decision."""
    for k in (i, i + 1, i - 1):
        if not 0 <= k < len(table.rows):
            continue
        spots = table.drawing.in_row(k)
        if k == i or all(s.symbol.outline is not Outline.DIAMOND for s in spots):
            for _, _, signs in table.rows[k].signs:
                yield from signs.exits


def _edge(exit_: _Exit, table: FlowTable) -> EdgeDraft:
    several = [len(table.langkah[s.row].bentuk) > 1 for s in (exit_.tail, exit_.head)]
    return EdgeDraft(
        exit_.tail.row + 1,
        exit_.head.row + 1,
        "drawn",
        round(exit_.score, 3),
        label=exit_.label,
        label_teks=exit_.words or None,
        dari_kolom=exit_.tail.kolom if several[0] else None,
        ke_kolom=exit_.head.kolom if several[1] else None,
        place=exit_.link.place,
        against=exit_.against,
    )


def ends_flow(spots: Sequence[Spot]) -> bool:
    """Whether the last symbol of a row, in the flow's order, is a capsule that no row follows."""
    return bool(spots) and spots[-1].symbol.outline is Outline.CAPSULE and spots[-1].row > 0
