"""The symbol of a row: process, decision or terminator, as drawn, typed or told by the wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.model.draft import (
    BentukDraft,
    LangkahDraft,
    Mark,
    Method,
    PelaksanaDraft,
    Reading,
    Simbol,
)
from sopextract.model.source import Place
from sopextract.parse.alur.rows import DRAWN, TICKED, FlowRow
from sopextract.parse.alur.simbol import Shape, parse_mark

# Raw scores, own judgement as those of `rows`.
_INFERRED_KIND = 0.85  # below 0.9: told by the wording, so a finding points at it
_OTHER_WORD = 0.85  # Mulai or Selesai inside what is no capsule: below 0.9, as it says two things
_TORN = 0.85  # below 0.9: another symbol of the row may not have been seen
_ODD_END = 0.85  # below 0.9: of 30 such capsules in made scans 25 were boxes
_LOOSE_WORD = 0.9  # Mulai or Selesai of the row, outside its columns


def build_langkah(
    row: FlowRow,
    actors: tuple[Reading[int], ...],
    pelaksana: Sequence[PelaksanaDraft],
    *,
    begins: bool,
    last: bool,
    torn: bool = False,
    odd_end: bool = False,
) -> LangkahDraft:
    """The step with the forms of its read actors and the one kind that the row has.

    `begins` and `last` allow a word without a column to be the row's Mulai or Selesai. The kind is
    None when no symbol was read, except where the text names both exits: a decision, inferred.
    `torn` doubts the kinds: an arrow of the row ends where a further symbol may have been.
    `odd_end` doubts a capsule: in a scan a box with worn corners looks like one, and in the middle
    of a flow it is the likelier.
    """
    kinds: list[Reading[Simbol]] = []
    bentuk: list[BentukDraft] = []
    inferred = _inferred_decision(row)
    for kolom, mark, shape in _shapes_of(row, actors, pelaksana):
        kind = _kind(shape, mark)
        if torn and kind is not None:
            kind = replace(kind, score=min(kind.score, _TORN))
        if odd_end and kind is not None and kind.value == "terminator":
            kind = replace(kind, score=min(kind.score, _ODD_END))
        bentuk.append(BentukDraft(kolom, kind))
        kinds += [kind] if kind else []
    kinds += _loose_kinds(row, begins=begins, last=last)
    simbol = _strongest(kinds)
    if simbol is None and inferred:
        simbol = inferred
        if len(actors) == 1 and len(bentuk) <= 1:
            bentuk = [BentukDraft(actors[0].value, inferred)]
    return LangkahDraft(row.row, actors, tuple(bentuk), simbol)


def with_remark(step: LangkahDraft, row: FlowRow, *, first: bool, last: bool) -> LangkahDraft:
    """Mulai or Selesai in Keterangan: sheets that type their actors put the ends there."""
    remark = row.row.keterangan
    if step.simbol is not None or remark is None or not remark.value:
        return step
    signs = parse_mark(remark.value)
    if signs.rest or not ((signs.begins and first) or (signs.ends and last)):
        return step
    kind: Reading[Simbol] = Reading(
        "terminator", remark.text, remark.place, Method.INFERRED, _INFERRED_KIND
    )
    return replace(step, simbol=kind)


def _shapes_of(
    row: FlowRow, actors: tuple[Reading[int], ...], pelaksana: Sequence[PelaksanaDraft]
) -> list[tuple[int, Mark, Shape]]:
    """The symbols of the read actors by `kolom`: as the drawn arrows meet them, else by actor."""
    read = [actor.value for actor in actors if actor.method is not Method.INFERRED]
    shapes = [(pelaksana[c].kolom, mark, shape) for c, mark, shape in row.shapes]
    known = [one for one in shapes if one[0] in read]
    return known if row.order else sorted(known, key=lambda one: read.index(one[0]))


def _kind(shape: Shape, mark: Mark) -> Reading[Simbol] | None:
    if shape.simbol is None:
        return None
    method, score = (Method.CELL, TICKED) if shape.typed else (Method.SHAPE, DRAWN)
    if shape.typed and mark.symbols:
        score = _OTHER_WORD
    if shape.symbol is not None:
        score = min(score, shape.symbol.score)
        words = parse_mark(shape.symbol.text)
        if (words.begins or words.ends) and shape.simbol != "terminator":
            score = min(score, _OTHER_WORD)
    return Reading(shape.simbol, mark.text, place_of(mark, shape), method, score)


def place_of(mark: Mark, shape: Shape) -> Place:
    """Where a symbol stands: its own place where it was drawn and is known, else its cell's."""
    drawn = shape.symbol.place if shape.symbol is not None else Place()
    return drawn if drawn != Place() else mark.place


def _loose_kinds(row: FlowRow, *, begins: bool, last: bool) -> list[Reading[Simbol]]:
    """Kinds from signs without a column: Mulai counts in the first row, Selesai in the last."""
    kinds: list[Reading[Simbol]] = []
    for mark, signs in row.loose:
        if (signs.begins and begins) or (signs.ends and last):
            kinds.append(Reading("terminator", mark.text, mark.place, Method.CELL, _LOOSE_WORD))
        for shape in signs.shapes:
            if shape.simbol and not shape.typed:
                kinds.append(
                    Reading(shape.simbol, mark.text, mark.place, Method.SHAPE, _LOOSE_WORD)
                )
    if begins and not kinds:
        kinds.append(Reading("terminator", "", Place(), Method.INFERRED, _LOOSE_WORD))
    return kinds


def _strongest(kinds: Sequence[Reading[Simbol]]) -> Reading[Simbol] | None:
    """The row in one word: decision before terminator before process."""
    order = ("keputusan", "terminator", "proses")
    return min(kinds, key=lambda k: (order.index(k.value), -k.score), default=None)


def _inferred_decision(row: FlowRow) -> Reading[Simbol] | None:
    """A row whose text names both exits is a decision; letters beside it may name the other."""
    labels = {e.label for e in row.text.exits}
    if labels and len(labels) < 2:
        labels |= {e for _, _, s in row.signs for e, _ in s.exits}
        labels |= {e for _, s in row.loose for e, _ in s.exits}
    if labels != {"Ya", "Tidak"}:
        return None
    kegiatan = row.row.kegiatan
    words = ", ".join(e.words for e in row.text.exits)
    return Reading("keputusan", words, kegiatan.place, Method.INFERRED, _INFERRED_KIND)
