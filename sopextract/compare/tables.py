"""The comparison as tables of plain values, for the workbook: one function per sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sopextract.compare.comparison import Cell, Comparison, Family, Figures, TimeSpan
from sopextract.compare.coverage import Gap
from sopextract.compare.page.summary import Summary, summarise
from sopextract.compare.spreadsheet import Column, Heading, Row, Table
from sopextract.compare.words import Words, rule_title
from sopextract.model.finding import Kind
from sopextract.model.record import SopRecord
from sopextract.render.changes import name_part

COLUMNS_MAX = 16_000  # agencies beside one another; Excel has 16,384 columns
HEAD_ROOM = 5  # characters: the button of a filter, and bold letters


@dataclass(frozen=True, slots=True)
class Content:
    """All that the tables are made from; `links` as in `render_report`."""

    comparison: Comparison
    records: Sequence[SopRecord]
    links: Sequence[str | None]
    gaps: Sequence[Gap]
    summary: Summary
    words: Words

    def agency(self, sop: int) -> str:
        """The name of a sheet's agency."""
        return self.comparison.agencies[self.comparison.sheets[sop].agency].name

    def procedure(self, family: int) -> str:
        """A family's title, or that it has none."""
        return self.comparison.families[family - 1].title or self.words.say("word.untitled")

    def title(self, sop: int) -> str:
        """A sheet's title, or its path."""
        sheet = self.comparison.sheets[sop]
        return sheet.title or sheet.path

    def missing(self, state: str) -> str:
        """What stands in place of a value that is missing or unread."""
        name = "unread" if state == "tak_terbaca" else "empty"
        return f"({self.words.say(f'state.{name}')})"


def make_content(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Sequence[str | None],
    gaps: Sequence[Gap],
    words: Words,
) -> Content:
    """All of it, with the summary; without `links` no sheet has one."""
    summary = summarise(comparison, gaps, words)
    return Content(comparison, records, links or [None] * len(records), gaps, summary, words)


def make_tables(content: Content) -> Iterator[Table]:
    """The sheets of the workbook in their order."""
    yield _summary(content)
    yield _inventory(content)
    yield _completeness(content)
    yield _findings(content)
    yield _laws(content)
    yield _families(content)
    yield _aligned(content)
    yield _copies(content)
    yield _coverage(content)
    yield _times(content)


def _table(content: Content, name: str, heads: str, rows: Iterable[Row], frozen: int = 0) -> Table:
    """`heads`: keys of the word table with their widths, "column.agency:34 column.alike:9%";
    "%" marks shares."""
    columns = []
    for head in heads.split():
        key, width = head.split(":")
        text = content.words.say(key)
        longest = max(len(word) for word in text.split())
        # Excel lays the button of the filter over the end of a head
        least = longest + HEAD_ROOM
        columns.append(Column(text, max(int(width.rstrip("%")), least), width[-1] == "%"))
    return Table(content.words.say(f"book.{name}"), columns, rows, frozen=frozen)


def _summary(content: Content) -> Table:
    words, summary = content.words, content.summary

    def rows() -> Iterator[Row]:
        yield (None, summary.answer)
        for figure in summary.figures:
            yield (Heading(figure.value), figure.label)
        yield (None, None)
        yield (None, Heading(words.say("summary.points")))
        yield from ((None, point.text) for point in summary.points)
        if not summary.points:
            yield (None, words.say("summary.nothing"))
        if summary.doubts:
            yield (None, None)
            yield (None, Heading(words.say("summary.doubts")))
            yield (None, words.say("note.reading"))
            yield from ((None, point.text) for point in summary.doubts)

    columns = (Column(words.say("column.figure"), 12), Column(words.say("page.title"), 110))
    return Table(words.say("book.summary"), columns, rows(), plain=True)


def _inventory(content: Content) -> Table:
    def rows() -> Iterator[Row]:
        for s in content.comparison.sheets:
            f = s.findings
            yield (
                content.agency(s.sop),
                s.nomor_sop or content.missing(s.states["Nomor SOP"]),
                s.title or content.missing(s.states["Nama SOP"]),
                s.valid_from or content.missing(s.states["Tanggal Efektif"]),
                s.disahkan_oleh or content.missing(s.states["Disahkan oleh"]),
                s.figures.steps, s.figures.actors, f.error, f.warning, f.info, f.reading,
                s.family, s.path, content.links[s.sop],
            )  # fmt: skip

    return _table(
        content, "inventory",
        "column.agency:38 column.number:24 column.title:46 column.date:14 column.signer:38"
        " column.steps:9 column.actors:10 rank.error:10 rank.warning:11 rank.info:9"
        " column.doubts:10 column.family:10 column.file:36 column.clean:30", rows(),
    )  # fmt: skip


def _completeness(content: Content) -> Table:
    def rows() -> Iterator[Row]:
        for a in content.comparison.agencies:
            for i in a.items:
                yield (a.name, content.words.item(i.item), i.terisi, i.kosong, i.tak_terbaca)

    heads = "column.agency:44 filter.item:28 state.filled:10 state.empty:10 state.unread:15"
    return _table(content, "completeness", heads, rows())


def _findings(content: Content) -> Table:
    words = content.words
    own = words.lang == "id"  # findings are worded in it: there, a rule's title says nothing more

    def rows() -> Iterator[Row]:
        for s in content.comparison.sheets:
            record = content.records[s.sop]
            for f in record.findings:
                reading = f.kind is Kind.READING
                rank = words.say("found.doubt") if reading else words.say(f"rank.{f.severity}")
                asks = () if own else (rule_title(words.lang, f.rule),)
                yield (
                    content.agency(s.sop), content.title(s.sop), f.rule, rank, *asks,
                    name_part(record, f.path), f.message, f.help, s.path,
                )  # fmt: skip

    heads = (
        f"column.agency:36 column.title:40 column.rule:9 column.rank:19"
        f" {'' if own else 'column.asks:50 '}column.where:26"
        " column.finding:60 column.advice:50 column.file:30"
    )
    return _table(content, "findings", heads, rows())


def _laws(content: Content) -> Table:
    c, words = content.comparison, content.words

    def rows() -> Iterator[Row]:
        for row in c.legal.rows:
            counts = [n or None for n in row.counts[:COLUMNS_MAX]]
            status = words.say(f"status.{row.status or 'unknown'}")
            yield (row.label, row.tentang, status, len(row.sheets), *counts)
        if sum(c.legal.unread):
            unread = [n or None for n in c.legal.unread[:COLUMNS_MAX]]
            yield (f"({words.say('laws.unread')})", None, None, sum(c.legal.unread), *unread)

    table = _table(
        content, "laws", "column.law:34 column.about:46 column.status:17 column.sops:8", rows()
    )
    columns = (*table.columns, *(Column(a.short, 14) for a in c.agencies[:COLUMNS_MAX]))
    return Table(table.name, columns, table.rows, frozen=1)


def _families(content: Content) -> Table:
    c, words = content.comparison, content.words

    def rows() -> Iterator[Row]:
        for family in c.families:
            links = {(k.b if k.a == family.reference else k.a): k for k in family.links}
            for sop in family.members:
                f = c.sheets[sop].figures
                k = links.get(sop)
                parts = (k.score, k.title, k.steps, k.outputs, k.legal) if k else (None,) * 5
                yield (
                    family.number, content.procedure(family.number), content.agency(sop),
                    content.title(sop),
                    None if k else words.say("state.acuan"), *parts, f.steps, *_counts(f),
                    c.sheets[sop].path,
                )  # fmt: skip

    heads = (
        "column.family:10 column.procedure:40 column.agency:36 column.title:40 column.role:10"
        " column.same_procedure:14% column.part_title:11% column.part_steps:11%"
        " column.part_outputs:11% column.part_laws:13% column.steps:9"
        " column.handovers:11 column.decisions:10 column.loops:9 column.file:30"
    )
    return _table(content, "families", heads, rows())


def _aligned(content: Content) -> Table:
    def rows() -> Iterator[Row]:
        for family in content.comparison.families:
            yield from _aligned_rows(content, family)

    heads = (
        "column.family:10 column.row:7 column.agency:34 column.title:34 column.no:6"
        " part.kegiatan:52 part.pelaksana:24 part.waktu:15 part.output:28 column.compared:26"
        " column.differs:24 column.alike:11%"
    )
    return _table(content, "aligned", heads, rows())


def _aligned_rows(content: Content, family: Family) -> Iterator[Row]:
    """A step that a sheet lacks is a row of its own only where the reference has that step: a
    step that one of many sheets adds would else be told for each of the others. A sheet of whose
    table nothing was read lacks none."""
    lacking = content.words.say("legend.none")
    names = [(content.agency(sop), content.title(sop)) for sop in family.members]
    unread = {sop for sop in family.members if not content.records[sop].langkah}
    for number, row in enumerate(family.rows, start=1):
        for sop, name, cell in zip(family.members, names, row.cells, strict=True):
            start = (family.number, number, *name)
            if cell is not None:
                for one in (cell, *cell.more):
                    yield (*start, *_step(content, one, cell))
            elif row.cells[0] is not None and sop not in unread:
                yield (*start, None, None, None, None, None, lacking, None, None)


def _step(content: Content, cell: Cell, whole: Cell) -> Row:
    words = content.words
    state = words.say(f"legend.{whole.state}")
    if whole.relation:
        state = f"{state}; {words.say(f'relation.{whole.relation}')}"
    printed = (
        ("pelaksana", "; ".join(cell.pelaksana)),
        ("waktu", cell.waktu),
        ("output", cell.output),
    )
    values = [
        value or (content.missing("tak_terbaca") if name in cell.unread else None)
        for name, value in printed
    ]
    differs = ", ".join(words.say(f"part.{name}") for name in cell.differs) or None
    text = " ".join(s.text for s in cell.kegiatan if s.mark != "hilang")
    return (cell.urutan, text, *values, state, differs, cell.score)


def _copies(content: Content) -> Table:
    words = content.words

    def rows() -> Iterator[Row]:
        for number, group in enumerate(content.comparison.copies, start=1):
            for pair in group.pairs:
                start = (
                    number, _named(content, pair.a), _named(content, pair.b), pair.score,
                    pair.same_steps, max(pair.steps), pair.same_times, pair.compared_times,
                )  # fmt: skip
                same = words.say("copy.same_file") if pair.kind == "berkas_sama" else None
                if same or not (pair.differences or pair.leftovers):
                    yield (*start, same or words.say("copy.no_difference"), None, None, None)
                for d in pair.differences:
                    yield (*start, d.what, d.where, d.left or None, d.right or None)
                for left in pair.leftovers:
                    texts = (left.text, None) if left.sop == pair.a else (None, left.text)
                    yield (*start, words.say(f"leftover.{left.kind}"), left.words, *texts)

    heads = (
        "column.group:9 column.sheet_a:44 column.sheet_b:44 column.alike:11% column.same_steps:11"
        " column.all_steps:11 column.same_times:11 column.all_times:11 column.what:26"
        " column.where:26 column.on_a:44 column.on_b:44"
    )
    return _table(content, "copies", heads, rows())


def _coverage(content: Content) -> Table:
    c, words = content.comparison, content.words

    def rows() -> Iterator[Row]:
        for gap in content.gaps:
            group = words.say("coverage.everyone")
            if gap.group is not None:
                group = words.say("coverage.alike", name=gap.group)
            asked = len(gap.have) + len(gap.lacking) + len(gap.unsure)
            start = (gap.family, content.procedure(gap.family), group, len(gap.have), asked)
            for agency in gap.lacking:
                yield (*start, c.agencies[agency].name, words.say("coverage.lacking"))
            for agency in gap.unsure:
                yield (*start, c.agencies[agency].name, words.say("coverage.unsure"))

    heads = (
        "column.family:10 column.procedure:44 column.group:44 column.have:11 column.asked:11"
        " column.agency:44 column.state:48"
    )
    return _table(content, "coverage", heads, rows())


def _times(content: Content) -> Table:
    def rows() -> Iterator[Row]:
        for s in content.comparison.sheets:
            f = s.figures
            spans = (f.flow.main, f.flow.best, f.flow.worst) if f.flow else (None,) * 3
            handovers, decisions, loops = _counts(f)
            yield (
                content.agency(s.sop), content.title(s.sop), content.words.hours(f), f.menit_kerja,
                *(n for span in spans for n in _span(span)), f.time_unknown, f.time_ranges,
                f.steps, f.actors, handovers, f.handovers_unknown, decisions,
                f.decisions_unknown, loops, f.open_days, f.calendar_days,
                f.flow.assumed if f.flow else None, s.path,
            )  # fmt: skip

    heads = (
        "column.agency:36 column.title:42 column.total_time:20 column.minutes:12"
        " column.main_least:12 column.main_most:12 column.best_least:12 column.best_most:12"
        " column.worst_least:12 column.worst_most:12 column.no_time:13 column.ranges:12"
        " column.steps:9 column.actors:10 column.handovers:11 column.no_actor:13"
        " column.decisions:10 column.no_symbol:13 column.loops:9"
        " column.open_days:14 column.calendar_days:13"
        " column.assumed:14 column.file:30"
    )
    return _table(content, "times", heads, rows())


def _counts(f: Figures) -> tuple[int | None, int | None, int | None]:
    """Hand-overs, decisions and loops; none where no step, and no loops where no flow was read."""
    loops = f.loops if f.loops or (f.flow and f.flow.best) else None
    return (f.handovers, f.decisions, loops) if f.steps else (None, None, None)


def _span(span: TimeSpan | None) -> tuple[float | None, float | None]:
    """Least and most minutes; no most where a step's time is not known."""
    return (None, None) if span is None else (span.min, None if span.unknown else span.max)


def _named(content: Content, sop: int) -> str:
    agency = content.comparison.agencies[content.comparison.sheets[sop].agency]
    return f"{content.title(sop)} – {agency.short}"
