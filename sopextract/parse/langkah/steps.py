"""The rows of the joined table as steps: continuation rows merged, arrows handed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sopextract.core.text import squeeze
from sopextract.model.draft import (
    Change,
    Mark,
    MaybeText,
    Method,
    PelaksanaDraft,
    Reading,
    StepRow,
    TablePart,
)
from sopextract.model.source import Cell, Outline, Place
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.actor_names import join_name
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.join import Table, TableRow, cell_text, is_marks_only
from sopextract.parse.langkah.linear.cells import AMOUNT
from sopextract.parse.langkah.numbering import mended_number, with_lost_numbers
from sopextract.parse.lines import join_lines
from sopextract.parse.places import join_cells
from sopextract.parse.tanggal import is_blank

# Where an extra cell stood cannot be told from a row of empty cells; in half of the made sheets it
# stood before the symbol.
_MOVED_MARK = 0.6
# Of a scan, far below the sure line: cells that ran into one another, a number without its step.
_COLLAPSED, _MIXED = 0.5, 0.6
_HEADINGS = ("pelaksana", "mutu_baku", "kelengkapan", "waktu", "output", "keterangan")
_ENDS_IN_TIME = re.compile(rf"\s{AMOUNT.pattern}$", re.VERBOSE | re.IGNORECASE)
_TWO_NUMBERS = re.compile(r"\W*\d{1,2}\W+\d{1,2}\W*")  # of two rows whose rule was not seen
_TOTAL = re.compile(r"^(?:jumlah|total)\b", re.IGNORECASE)
_LOWER_START = re.compile(r"^[a-z(,;]")
NOWHERE = Place()


def read_langkah(
    table: Table,
) -> tuple[
    tuple[PelaksanaDraft, ...], tuple[StepRow, ...], tuple[Change, ...], tuple[TablePart, ...]
]:
    """Actor columns, steps, corrections of the layout, and the printed parts, from a joined table.

    A row of arrows alone belongs to the step below it. A row without number and without text of
    its own goes on with the step above it. A row that only says Mulai or Selesai is no step; its
    symbol goes to its neighbour. A total of times is no step.
    """
    if len(table.actors) == 1 and _holds_names(table):
        table = _spread_names(table)
    pelaksana = _pelaksana(table)
    surest = _MOVED_MARK if _off_by_one(table) else 1.0
    steps: list[StepRow] = []
    changes: list[Change] = list(table.changes)
    pending: list[Mark] = []
    spans: dict[int, tuple[int, int]] = {}
    for row in _merge_wrapped(_numbers_apart(table.rows)):
        if is_marks_only(row) or _is_terminator_row(row):
            marks = _marks(row, surest)
            if cell_text(row.kegiatan) and not marks:
                marks = [Mark(None, cell_text(row.kegiatan), row.place)]
            if steps and _is_terminator_row(row) and _says_end(row):
                steps[-1] = replace(steps[-1], marks=(*steps[-1].marks, *marks))
            else:
                pending.extend(marks)
            continue
        if _TOTAL.match(cell_text(row.kegiatan)) and not cell_text(row.no):
            continue
        step, mended = _counted(_step(row, table, tuple(pending), surest), steps)
        steps.append(step)
        changes.extend(mended)
        pending = []
        spans[row.part] = (spans.get(row.part, (len(steps), 0))[0], len(steps))
        if row.moved:
            path = f"/langkah/{len(steps) - 1}"
            after = " | ".join(
                cell_text(c) for c in (row.no, row.kegiatan, *row.actors, *row.quality.values())
            )
            changes.append(Change(path, row.raw, after, "layout.shift", row.score))
    if pending and steps:
        steps[-1] = replace(steps[-1], marks=(*steps[-1].marks, *pending))
    parts = tuple(replace(table.parts[k], rows=span) for k, span in spans.items())
    if _is_scan(table.rows):
        steps = with_lost_numbers(steps)
    return pelaksana, tuple(steps), tuple(changes), parts


def _pelaksana(table: Table) -> tuple[PelaksanaDraft, ...]:
    def label(text: str, place: Place = NOWHERE) -> Reading[str]:
        clean = join_name(text.split("\n"))
        score = _COLLAPSED if place.score < 1.0 and _is_collapsed(clean) else 1.0
        return Reading(clean, squeeze(text), place, Method.CELL, score)

    places = table.places + (NOWHERE,) * (len(table.actors) - len(table.places))
    return tuple(
        PelaksanaDraft(k, label(name, place) if name else None, tuple(label(a) for a in also))
        for k, (name, also, place) in enumerate(
            zip(table.actors, table.also, places, strict=True), 1
        )
    )


def _is_collapsed(name: str) -> bool:
    """Whether a name holds a heading of the table: cells of a scan that ran into one another."""
    words = name.split(" ")
    pairs = [*words, *(" ".join(pair) for pair in pairwise(words))]
    return len(words) > 1 and any(
        (hit := column_label(part)) is not None and hit.field in _HEADINGS and not hit.wrong
        for part in pairs
    )


def _holds_names(table: Table) -> bool:
    """Whether the one actor column holds names of posts rather than symbols."""
    texts = [t for row in table.rows if (t := cell_text(row.actors[0]))]
    return len(texts) >= 2 and sum(not look_at(t).mark for t in texts) * 2 > len(texts)


def _spread_names(table: Table) -> Table:
    """One column of names becomes one column an actor, in order of first appearance."""
    names: list[str] = []
    places: list[Place] = []
    rows = []
    for row in table.rows:
        cell = row.actors[0]
        text = cell_text(cell)
        if text and text not in names and not look_at(text).mark:
            names.append(text)
            places.append(cell.place if cell is not None else NOWHERE)
    for row in table.rows:
        cell = row.actors[0]
        text = cell_text(cell)
        actors = tuple(
            Cell("√", cell.place) if cell is not None and name == text else None for name in names
        )
        rows.append(replace(row, actors=actors))
    also = ((),) * len(names)
    return replace(table, actors=tuple(names), also=also, rows=tuple(rows), places=tuple(places))


_GLUED_NUMBER = re.compile(r"\s*(\d{1,2})(?:\s?[.)]\s*|\s+)(?=[A-Z][a-z])")


def _numbers_apart(rows: Sequence[TableRow]) -> list[TableRow]:
    """A number that slipped into the text of its step goes back to its own column.

    Only the number that comes next: "2 orang saksi …" begins otherwise.
    """
    apart: list[TableRow] = []
    last = 0
    for row in rows:
        printed = look_at(cell_text(row.no)).number
        if printed is None and row.kegiatan is not None and not cell_text(row.no):
            match = _GLUED_NUMBER.match(row.kegiatan.text)
            if match is not None and int(match[1]) == last + 1:
                printed = last + 1
                place = row.kegiatan.place
                rest = row.kegiatan.text[match.end() :]
                row = replace(row, no=Cell(match[1], place), kegiatan=Cell(rest, place))
        last = printed if printed is not None else last + 1
        apart.append(row)
    return apart


def _merge_wrapped(rows: Sequence[TableRow]) -> list[TableRow]:
    """Rows that go on with the one above as part of it.

    Pentagons that lead over a page break may stand between the parts of a row that it cuts.
    """
    merged: list[TableRow] = []
    own = _without_lost_number(rows)
    last, opened = -1, False  # of `merged`, without pentagons; whether they opened a part
    for k, row in enumerate(rows):
        if _is_pentagons(row):
            opened = row.opens or (opened and row.part == merged[-1].part)
            merged.append(row)
            continue
        if merged and last == len(merged) - 1:
            goes_on = k not in own and _goes_on(row, merged[-1])
        else:
            first = replace(row, opens=row.opens or opened)
            goes_on = last >= 0 and not any(row.actors) and _cut_by_page(first, merged[last])
        if goes_on:
            merged[last] = _append(merged[last], row)
        else:
            merged.append(row)
            last = len(merged) - 1
        opened = False
    return merged


def _is_pentagons(row: TableRow) -> bool:
    """Whether a row holds nothing but pentagons."""
    symbols = [s for cell in row.actors if cell is not None for s in cell.symbols]
    return (
        is_marks_only(row) and bool(symbols) and all(s.outline is Outline.OFF_PAGE for s in symbols)
    )


def _goes_on(row: TableRow, above: TableRow) -> bool:
    """Whether a row without number is the rest of the row above (split by a page break)."""
    if _cut_by_page(row, above):
        return True
    if cell_text(row.no) or is_marks_only(row) or is_marks_only(above):
        return False
    text = cell_text(row.kegiatan)
    if not text:
        return True
    if _TOTAL.match(text) or _is_terminator_row(row):
        return False
    waktu = cell_text(row.quality.get("waktu"))
    return bool(_LOWER_START.match(text)) and not (waktu and cell_text(above.quality.get("waktu")))


def _is_scan(rows: Sequence[TableRow]) -> bool:
    """Whether some of these rows were read from pixels."""
    return any(
        cell is not None and cell.place.score < 1.0
        for row in rows
        for cell in (row.no, row.kegiatan, *row.actors, *row.quality.values())
    )


def _without_lost_number(rows: Sequence[TableRow]) -> frozenset[int]:
    """Rows of a scan without number that are steps of their own: the next number leaves out as many
    as stand there without any.
    """
    if not _is_scan(rows):
        return frozenset()
    own: set[int] = set()
    run: list[int] = []
    last: int | None = None
    for k, row in enumerate(rows):
        number = look_at(cell_text(row.no)).number
        if number is None:
            if not cell_text(row.no) and cell_text(row.kegiatan) and not is_marks_only(row):
                run.append(k)
            continue
        if last is not None and number - last == len(run) + 1:
            own |= set(run)
        last, run = number, []
    return frozenset(own)


def _cut_by_page(row: TableRow, above: TableRow) -> bool:
    """Whether the first row of an exact part is the rest of a numbered row before the break.

    Its cells stand where they belong, so that an empty number means that the number stands above.
    """
    if not (row.exact and row.opens and row.part != above.part):
        return False
    if cell_text(row.no) or look_at(cell_text(above.no)).number is None:
        return False
    return not (_is_terminator_row(row) or _TOTAL.match(cell_text(row.kegiatan)))


def _append(above: TableRow, row: TableRow) -> TableRow:
    return replace(
        above,
        kegiatan=join_cells(above.kegiatan, row.kegiatan),
        actors=tuple(join_cells(a, b) for a, b in zip(above.actors, row.actors, strict=True)),
        quality={k: join_cells(v, row.quality.get(k)) for k, v in above.quality.items()},
        score=min(above.score, row.score),
        moved=above.moved or row.moved,
    )


def _is_terminator_row(row: TableRow) -> bool:
    text = cell_text(row.kegiatan)
    content = look_at(text)
    if not text or not content.mark or len(text) < 4:
        return False
    return not any(cell_text(row.quality.get(name)) for name in ("kelengkapan", "waktu", "output"))


def _says_end(row: TableRow) -> bool:
    return cell_text(row.kegiatan).casefold().strip("() ").startswith(("sele", "elesai", "end"))


def _off_by_one(table: Table) -> bool:
    """Whether the names may stand one column off: symbols in an outer column that has none.

    A label was lost; whether that one or one further in, with its cell, the header does not say.
    In an exact table it is that one.
    """
    if all(row.exact for row in table.rows):
        return False
    return any(
        table.actors[k] is None and any(cell_text(row.actors[k]) for row in table.rows)
        for k in ((0, -1) if len(table.actors) > 1 else ())
    )


def _marks(row: TableRow, surest: float) -> list[Mark]:
    score = min(surest, _MOVED_MARK) if row.moved else surest
    return [
        Mark(k, cell_text(cell), cell.place, score, cell.symbols)
        for k, cell in enumerate(row.actors, 1)
        if cell is not None and cell_text(cell)
    ]


def _step(row: TableRow, table: Table, pending: tuple[Mark, ...], surest: float) -> StepRow:
    if row.no is not None and row.no.place.score < 1.0 and _TWO_NUMBERS.fullmatch(row.no.text):
        row, surest = replace(row, score=min(row.score, _MIXED)), min(surest, _MIXED)
    number = look_at(cell_text(row.no)).number
    no: Reading[int] | Reading[None] | None
    if row.no is None:
        no = None
    elif number is not None:
        score = 1.0 if cell_text(row.kegiatan) or row.no.place.score == 1.0 else _MIXED
        no = Reading(number, cell_text(row.no), row.no.place, Method.CELL, score)
    else:
        method = Method.UNREAD if cell_text(row.no) else Method.ABSENT
        no = Reading(None, cell_text(row.no), row.no.place, method, 1.0)
    quality = {
        name: _maybe(row.quality.get(name), row) if name in table.quality else None
        for name in ("kelengkapan", "waktu", "output", "keterangan")
    }
    kegiatan = join_lines(row.kegiatan.text.split("\n")) if row.kegiatan is not None else ""
    place = row.kegiatan.place if row.kegiatan is not None else row.place
    if any(one is not None and one.place.score < 1.0 for one in quality.values()):
        quality = _doubt_mixed(quality)
    return StepRow(
        no,
        Reading(kegiatan, squeeze(cell_text(row.kegiatan)), place, Method.CELL, row.score),
        (*pending, *_marks(row, surest)),
        **quality,
    )


def _doubt_mixed(quality: dict[str, MaybeText | None]) -> dict[str, MaybeText | None]:
    """The cells of a scan, doubted where a time ends another than the time's: a rule was lost."""
    waktu = quality.get("waktu")
    if waktu is not None and waktu.value is not None:
        return quality
    return {
        name: replace(cell, score=min(cell.score, _MIXED))
        if cell is not None and cell.value is not None and _ENDS_IN_TIME.search(cell.value)
        else cell
        for name, cell in quality.items()
    }


def _counted(step: StepRow, above: Sequence[StepRow]) -> tuple[StepRow, tuple[Change, ...]]:
    """The step with its number as the numbers above it tell, and the change where it was mended."""
    if step.no is None:
        return step, ()
    number, change = mended_number(step.no, [one.no for one in above], f"/langkah/{len(above)}/no")
    return replace(step, no=number), (change,) if change is not None else ()


def _maybe(cell: Cell | None, row: TableRow) -> MaybeText:
    text = join_lines(cell.text.split("\n")) if cell is not None else ""
    place = cell.place if cell is not None else row.place
    if is_blank(text):
        return Reading(None, text, place, Method.ABSENT, row.score)
    return Reading(text, squeeze(text), place, Method.CELL, row.score)
