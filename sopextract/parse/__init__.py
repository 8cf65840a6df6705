"""Second stage: a `SourceDocument` becomes one `SopDraft` per SOP that it holds."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from logging import getLogger

from sopextract.model.draft import Reading, SopDraft
from sopextract.model.source import Page, SourceDocument
from sopextract.parse.dim_labels import changes_of, mend_labels
from sopextract.parse.draft import build_draft
from sopextract.parse.furniture import find_certificate
from sopextract.parse.identitas.kop import Kop, read_kop
from sopextract.parse.identitas.sheet import Identity, read_identity
from sopextract.parse.identitas.values import value_of
from sopextract.parse.inherit import with_agency, with_certificate
from sopextract.parse.kind import Verdict, cannot_be_read, judge, labels_of_forms, refusal
from sopextract.parse.langkah.linear.table import LinearTable, find_linear_tables
from sopextract.parse.langkah.parts import Part, find_parts
from sopextract.parse.langkah.spaced.grids import grid_spaced_columns
from sopextract.parse.langkah.table import TableReading, read_table
from sopextract.parse.langkah.unread import with_unread_tables
from sopextract.parse.pages import pages_of
from sopextract.parse.rows import Row, flatten, without_symbols
from sopextract.parse.split import split_document
from sopextract.parse.stacked import unstack_labels
from sopextract.parse.tanggal import is_blank
from sopextract.settings import ParseSettings

__all__ = ["parse", "parse_parts"]

log = getLogger(__name__)

# Pages without the beginning of a second SOP among them: the longest SOP seen has 21. Of such a
# book the last pages are read again with what follows, as an SOP may have begun there.
_ENDLESS = 500
_LAST = 100


def parse(document: SourceDocument, settings: ParseSettings) -> tuple[SopDraft, ...]:
    """Read every SOP of a document, in order. Raises NotASopError when it holds none."""
    return tuple(parse_parts((document,), settings))


def parse_parts(parts: Iterable[SourceDocument], settings: ParseSettings) -> Iterator[SopDraft]:
    """The same for a document that comes in parts, SOP by SOP.

    The SOP at the end of a part is read with the next one. Raises NotASopError after the last part
    when there was none.
    """
    reading = _Reading(settings)
    waiting = iter(parts)
    document = next(waiting)
    for part in waiting:
        kept = yield from reading.read(document, whole=False)
        document = replace(part, pages=(*kept, *part.pages))
    yield from reading.read(document, whole=True)
    if not reading.count:
        raise refusal(reading.likeness, reading.pages_seen)


class _Reading:
    """What is known of a file from the SOPs read so far."""

    def __init__(self, settings: ParseSettings) -> None:
        self._settings = settings
        self._certificate: Reading[bool] | None = None
        self._above: SopDraft | Kop | None = None
        self.count = 0
        self.likeness: str | None = None
        self.pages_seen: list[Page] = []  # without what stands on them

    def read(
        self, document: SourceDocument, *, whole: bool
    ) -> Generator[SopDraft, None, tuple[Page, ...]]:
        """The SOPs of a part; the pages of the last one are given back unless it is `whole`."""
        self._look_at(document.pages)
        rows = grid_spaced_columns(mend_labels(unstack_labels(flatten(document))))
        parts = find_parts(rows)
        told = replace(document, pages=with_unread_tables(document.pages, rows, parts))
        spans = [(p.start, p.end) for p in parts]
        rows = _bare_outside(rows, spans)
        linear = find_linear_tables(rows, spans)
        self._certificate = self._certificate or find_certificate(document)
        sections = split_document(rows, parts, linear)
        kept: tuple[Page, ...] = ()
        if not whole:
            sections, kept = _finished(document, rows, sections)
        for start, end in sections:
            pages = pages_of(told, rows, start, end)
            section = _Section.cut(rows, parts, linear, start, end)
            draft = self._read_section(document, section, pages)
            if draft is not None:
                yield draft
        return kept

    def _look_at(self, pages: Sequence[Page]) -> None:
        """Keep of the pages what tells why there is no SOP on them, while none was found."""
        if self.count:
            return
        seen = {page.number for page in self.pages_seen}
        new = (page for page in pages if page.number is None or page.number not in seen)
        self.pages_seen += [Page(page.number, (), scan=page.scan) for page in new]

    def _read_section(
        self, document: SourceDocument, section: _Section, pages: Sequence[Page]
    ) -> SopDraft | None:
        """The SOP of one section; None when it is none."""
        table = read_table(section.parts, section.linear)
        identity = read_identity(section.rows, section.tables)
        picture = not table.steps and any(page.picture_flow for page in pages)
        dim = bool(pages) and all(page.scan and cannot_be_read(page.scan) for page in pages)
        verdict = _judge(section, table, identity, picture=picture, dim=dim)
        if not verdict.sop:
            log.debug("%d rows are no SOP: like %s", len(section.rows), verdict.likeness)
            self._above = read_kop(identity.loose) if self._above is None else self._above
            self.likeness = self.likeness or verdict.likeness
            return None
        draft = build_draft(document.file, self.count, identity, table, pages, self._settings)
        draft = replace(draft, changes=(*draft.changes, *changes_of(section.rows)))
        draft = with_agency(with_certificate(draft, self._certificate), self._above)
        self._above = draft
        self.count += 1
        return draft


def _finished(
    document: SourceDocument, rows: Sequence[Row], sections: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[Page, ...]]:
    """The sections that no later page can belong to, and the pages that are still to be read.

    The cut goes before the last section that begins on a page of its own. When there is none and
    the pages are too many for one SOP, all but the last of them are given up as one.
    """
    for k in range(len(sections) - 1, 0, -1):
        start = sections[k][0]
        page = rows[start].page
        before = takewhile(lambda row, page=page: row.page == page, reversed(rows[:start]))  # type: ignore[misc]
        if not any(row.text for row in before):
            return list(sections[:k]), document.pages[page:]
    if len(document.pages) < _ENDLESS:
        return [], document.pages
    first_kept = len(document.pages) - _LAST
    cut = next((i for i, row in enumerate(rows) if row.page >= first_kept), len(rows))
    return [(a, min(b, cut)) for a, b in sections if a < cut], document.pages[first_kept:]


def _bare_outside(rows: Sequence[Row], tables: Sequence[tuple[int, int]]) -> tuple[Row, ...]:
    """The rows without drawn symbols outside the step tables: what looks like one is a logo."""
    inside = {i for start, end in tables for i in range(start, end)}
    return tuple(row if i in inside else without_symbols(row) for i, row in enumerate(rows))


@dataclass(frozen=True, slots=True)
class _Section:
    """The rows of one SOP and the tables in them, counted from its first row."""

    rows: Sequence[Row]
    parts: tuple[Part, ...]
    linear: tuple[LinearTable, ...]

    @classmethod
    def cut(
        cls,
        rows: Sequence[Row],
        parts: Sequence[Part],
        linear: Sequence[LinearTable],
        start: int,
        end: int,
    ) -> _Section:
        return cls(
            rows[start:end],
            tuple(
                replace(p, start=p.start - start, end=p.end - start)
                for p in parts
                if start <= p.start < end
            ),
            tuple(
                replace(t, start=t.start - start, end=t.end - start)
                for t in linear
                if start <= t.start < end
            ),
        )

    @property
    def tables(self) -> list[tuple[int, int]]:
        """The rows that step tables take."""
        spans = [(part.start, part.end) for part in self.parts]
        return spans + [(table.start, table.end) for table in self.linear]


def _judge(
    section: _Section, table: TableReading, identity: Identity, *, picture: bool, dim: bool
) -> Verdict:
    """Whether the section is a SOP, by what was found in it.

    `picture`: its flow is one. `dim`: all its pages are scans that can hardly be read.
    """
    found = [(label.name, label.row, value_of(label)) for label in identity.found]
    labels = [found[i] for i in labels_of_forms(section.rows, found, section.tables)]
    return judge(
        section.rows,
        {name for name, _, _ in labels},
        sum(bool(step.kegiatan.value) for step in table.steps),
        sum(not is_blank(value) for _, _, value in labels),
        frozenset(name for part in table.parts for name, _ in part.labels),
        picture=picture,
        dim=dim,
    )
