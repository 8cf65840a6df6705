"""What the page reads when a family, a sheet or a copy is opened: blocks that stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sopextract.compare.comparison import (
    Cell,
    Comparison,
    Copy,
    CopyGroup,
    Family,
    Segment,
)
from sopextract.compare.completeness import check_steps
from sopextract.compare.page.columns import Json, Strings
from sopextract.compare.words import floor_share
from sopextract.model.finding import Finding, Kind
from sopextract.model.record import Langkah, SopRecord
from sopextract.render.changes import name_part

# Half a megabyte of JSON: read, unpacked and parsed in some 20 ms when something in it is opened.
BLOCK_STEPS = 2500

STATES = ("acuan", "sama", "mirip", "berbeda", "tambahan")
DIFFERS = ("pelaksana", "waktu", "output", "kelengkapan", "simbol")  # bits, from 1
STEP_UNREAD = ("pelaksana", "kelengkapan", "waktu", "output")  # bits; as in `check_steps`
RELATIONS = (None, "pecah", "gabung", "tukar")
SYMBOLS = (None, "terminator", "proses", "keputusan")
BASES = ("drawn", "text", "order")
MARKS = ("sama", "beda", "hilang")
LEFTOVERS = ("jenis", "wilayah", "instansi", "jabatan")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks in their order; `of_sheet` gives each sheet's. A family lies in the block of its
    reference sheet, a group of copies in that of its first."""

    blocks: tuple[Mapping[str, Json], ...]
    of_sheet: tuple[int, ...]


@dataclass(slots=True)
class _Block:
    strings: Strings = field(default_factory=Strings)
    steps: int = 0
    sheets: dict[str, Json] = field(default_factory=dict)
    families: dict[str, Json] = field(default_factory=dict)
    copies: dict[str, Json] = field(default_factory=dict)

    def close(self) -> Mapping[str, Json]:
        return {
            "sheets": self.sheets,
            "families": self.families,
            "copies": self.copies,
            "strings": self.strings.all(),
        }


def build_blocks(comparison: Comparison, records: Sequence[SopRecord]) -> Blocks:
    """All sheets, family by family, then those that stand alone."""
    blocks = [_Block()]
    of_sheet = [0] * len(records)
    for family, members in _in_order(comparison):
        if blocks[-1].steps >= BLOCK_STEPS:
            blocks.append(_Block())
        block = blocks[-1]
        for sop in members:
            of_sheet[sop] = len(blocks) - 1
            block.steps += max(len(records[sop].langkah), 1)
            block.sheets[str(sop)] = _sheet(records[sop], block.strings)
        if family is not None:
            block.families[str(family.number)] = _family(family, records, block.strings)
    for number, group in enumerate(comparison.copies, start=1):
        block = blocks[of_sheet[group.members[0]]]
        block.copies[str(number)] = _copies(group, records, block.strings)
    return Blocks(tuple(b.close() for b in blocks), tuple(of_sheet))


def _in_order(comparison: Comparison) -> Iterator[tuple[Family | None, Sequence[int]]]:
    for family in comparison.families:
        yield family, family.members
    for sheet in comparison.sheets:
        if sheet.family is None:
            yield None, (sheet.sop,)


def _sheet(record: SopRecord, strings: Strings) -> Json:
    lanes = [p.nama for p in record.pelaksana]
    lanes += [n for s in record.langkah for n in s.pelaksana if n not in lanes]
    lane_of = {name: i for i, name in enumerate(dict.fromkeys(lanes))}
    unread = [
        sum(1 << i for i, state in enumerate(states) if state == "tak_terbaca")
        for states in check_steps(record)
    ]
    return {
        "lanes": [strings.put(name) for name in lane_of],
        "steps": [_step(s, u, lane_of, strings)
                  for s, u in zip(record.langkah, unread, strict=True)],
        "edges": [
            [e.dari, e.ke, lane_of.get(e.dari_pelaksana or "", -1),
             lane_of.get(e.ke_pelaksana or "", -1), strings.may(e.label_teks or e.label),
             BASES.index(e.basis)]
            for e in record.alur
        ],
        "laws": [[strings.put(d.teks), strings.may(d.status)] for d in record.dasar_hukum],
        "findings": [_finding(record, f, strings) for f in record.findings],
    }  # fmt: skip


def _step(step: Langkah, unread: int, lane_of: Mapping[str, int], strings: Strings) -> Json:
    """In this order: `templates/report/js/data.js` names them."""
    return [
        step.urutan,
        strings.put(step.kegiatan),
        [lane_of[name] for name in step.pelaksana],
        SYMBOLS.index(step.simbol),
        [n for b in step.bentuk for n in (lane_of.get(b.pelaksana, -1), SYMBOLS.index(b.simbol))],
        strings.may(step.kelengkapan),
        strings.may(step.waktu.teks if step.waktu else None),
        strings.may(step.output),
        strings.may(step.keterangan),
        unread,
    ]


def _finding(record: SopRecord, finding: Finding, strings: Strings) -> Json:
    return [
        strings.put(finding.rule),
        finding.severity.rank,
        int(finding.kind is Kind.READING),
        strings.put(name_part(record, finding.path)),
        strings.put(finding.message),
        strings.may(finding.help),
    ]


def _family(family: Family, records: Sequence[SopRecord], strings: Strings) -> Json:
    links = {(k.b if k.a == family.reference else k.a): k for k in family.links}
    scores = [links.get(sop) for sop in family.members]
    return {
        "links": [
            [_percent(k.score), _percent(k.title), _percent(k.steps), _percent(k.outputs),
             _percent(k.legal)] if k else None
            for k in scores
        ],
        "rows": [
            [None if c is None else _cell(c, records, strings) for c in row.cells]
            for row in family.rows
        ],
        "spreads": [[strings.put(s.name), s.known, s.unknown, s.min, s.median, s.max]
                    for s in family.figures],
        "laws": [[w.law, list(w.cited_by), list(w.lacking)] for w in family.laws],
    }  # fmt: skip


def _cell(cell: Cell, records: Sequence[SopRecord], strings: Strings) -> Json:
    """In this order: `templates/report/js/data.js` names them. What is printed in the cell is the
    step's own; only words that differ are told again."""
    return [
        cell.urutan,
        STATES.index(cell.state),
        sum(1 << DIFFERS.index(name) for name in cell.differs),
        _segments(cell.kegiatan, strings),
        _percent(cell.score),
        [n for name, value in cell.why for n in (strings.put(name), _percent(value))],
        RELATIONS.index(cell.relation),
        [_cell(more, records, strings) for more in cell.more],
    ]


def _segments(segments: Sequence[Segment], strings: Strings) -> Json:
    """Mark, text, mark, text, …; None for a step that has no marked words."""
    if all(s.mark == "sama" for s in segments):
        return None
    return [n for s in segments for n in (MARKS.index(s.mark), strings.put(s.text))]


def _copies(group: CopyGroup, records: Sequence[SopRecord], strings: Strings) -> Json:
    return [_copy(pair, records, strings) for pair in group.pairs]


def _copy(pair: Copy, records: Sequence[SopRecord], strings: Strings) -> Json:
    return [
        pair.a, pair.b, int(pair.kind == "berkas_sama"), _percent(pair.score), list(pair.steps),
        pair.same_steps, pair.same_times, pair.compared_times,
        [[strings.put(t) for t in (d.what, d.where, d.left, d.right)] for d in pair.differences],
        [
            [k.sop, strings.put(name_part(records[k.sop], k.path)), strings.put(k.words),
             strings.put(k.text), LEFTOVERS.index(k.kind),
             -1 if k.agency is None else k.agency]
            for k in pair.leftovers
        ],
    ]  # fmt: skip


def _percent(value: float | None) -> int | None:
    """A whole percentage, never rounded up to 100."""
    return None if value is None else floor_share(value, 100)
