"""Cuts a document that holds several SOPs at the start of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sopextract.lexicon.instansi import is_address, level_of
from sopextract.model.source import Emphasis
from sopextract.parse.labels import find_in_row
from sopextract.parse.langkah.linear.table import LinearTable
from sopextract.parse.langkah.parts import Part
from sopextract.parse.rows import Row

# Labels that a sheet prints once; a second one, with three others seen since, starts a new sheet.
_ONCE = frozenset(("nomor_sop", "tanggal_pembuatan", "dasar_hukum", "disahkan_oleh", "keterkaitan"))
_MIN_SEEN = 3  # own judgement
_MAX_LEAD = 40  # rows of a cover and agency block, blank ones counted; own judgement
_MIN_CAPITALS = 8  # letters; a shorter line of capitals is a code or the end of a table
# The form's order, by the rows of its two columns; the labels of the box have rank 0.
_RANK = {
    "dasar_hukum": 1,
    "kualifikasi_pelaksana": 1,
    "keterkaitan": 2,
    "peralatan_perlengkapan": 2,
    "peringatan": 3,
    "pencatatan_pendataan": 3,
}
_YEAR = re.compile(r"(?:tahun\s+)?(?:19|20)\d\d$", re.IGNORECASE)  # the last line of a cover


def split_document(
    rows: Sequence[Row], parts: Sequence[Part], linear: Sequence[LinearTable]
) -> list[tuple[int, int]]:
    """Ranges of rows, one per SOP, in reading order; one range when there is only one.

    A sheet begins where a label that a sheet has once appears again. The cut is moved up over the
    agency block and the cover above that label. Where the step table stands before the identity
    sheet, the cut goes above the table.
    """
    tables = sorted([(p.start, p.end) for p in parts] + [(t.start, t.end) for t in linear])
    inside = {i for start, end in tables for i in range(start, end)}
    starts, flow_first = _starts(rows, inside, tables)
    if len(starts) < 2:
        return [(0, len(rows))]
    cuts = []
    for previous, start in pairwise(starts):
        if flow_first:
            between = [s for s, _ in tables if previous < s < start]
            start = between[0] if between else start
        cut = _move_up(rows, start, previous, inside)
        cuts.append(_top_of_page(rows, cut, previous, inside))
    bounds = [0, *cuts, len(rows)]
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def _starts(
    rows: Sequence[Row], inside: set[int], tables: Sequence[tuple[int, int]]
) -> tuple[list[int], bool]:
    starts: list[int] = []
    seen: set[str] = set()
    run: list[tuple[int, int]] = []  # rows of labels since the last start, with their rank
    names: dict[str, int] = {}  # the row at which each was seen last
    first_label: int | None = None
    for i, row in enumerate(rows):
        if i in inside:
            continue
        for at in find_in_row(row):
            name = at.hit.field
            if at.weak or (
                name == "nama_sop" and not at.text.casefold().startswith(("nama", "judul"))
            ):
                continue  # a cover or a heading prints the words too
            run.append((i, _RANK.get(name, 0)))
            if name in _ONCE and ((name in seen and len(seen) >= _MIN_SEEN) or not starts):
                start = _turn(run) if starts else i
                starts.append(start)
                run = [(at_row, rank) for at_row, rank in run if at_row >= start]
                names = {n: r for n, r in names.items() if r >= start}
                seen = set(names)
            seen.add(name)
            names[name] = i
            first_label = i if first_label is None else first_label
    flow_first = bool(tables) and first_label is not None and tables[0][0] < first_label
    return starts, flow_first


def _turn(run: Sequence[tuple[int, int]]) -> int:
    """The row at which the form last began anew: where its order of labels falls back.

    The label that is seen twice may stand far down in its sheet, when a decree or a list before
    the sheet printed it too ("Mengingat").
    """
    falls = [row for (_, before), (row, rank) in pairwise(run) if rank < before]
    return falls[-1] if falls else run[-1][0]


def _move_up(rows: Sequence[Row], start: int, floor: int, inside: set[int]) -> int:
    """The first row of the agency block or cover that leads to `start`."""
    cut = start
    for i in range(start - 1, max(floor, start - _MAX_LEAD), -1):
        if i in inside:
            break
        text = rows[i].text
        if not text:
            continue
        lead = (
            level_of(text) is not None
            or is_address(text)
            or rows[i].emphasis is not Emphasis.PLAIN
            or (text.isupper() and len(text) > _MIN_CAPITALS and "NIP" not in text)
            or text.upper().startswith(("STANDAR OPERASIONAL", "STANDARD OPERATIONAL", "LAMPIRAN"))
            or _YEAR.match(text) is not None
        )
        if not lead and not _in_label_block(rows, i, start):
            break
        cut = i
    return cut


def _top_of_page(rows: Sequence[Row], cut: int, floor: int, inside: set[int]) -> int:
    """The first row of the cut's page, when only the head of a sheet stands above the cut.

    A sheet begins on a page of its own. Text and office files without pages have only one.
    """
    top = cut
    while top - 1 > floor and rows[top - 1].page == rows[cut].page and top - 1 not in inside:
        top -= 1
        if cut - top > _MAX_LEAD:
            return cut
    reached = top > 0 and rows[top - 1].page != rows[cut].page
    return top if reached else cut


def _in_label_block(rows: Sequence[Row], i: int, start: int) -> bool:
    """Whether the row is a labelled row of the same grid as the label that starts the sheet."""
    return (
        rows[i].grid is not None and rows[i].grid == rows[start].grid and bool(find_in_row(rows[i]))
    )
