"""Second stage: a `SourceDocument` becomes one `SopDraft` per SOP that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from logging import getLogger

from sopextract.errors import NotASopError
from sopextract.model.draft import SopDraft
from sopextract.model.source import SourceDocument
from sopextract.parse.draft import build_draft
from sopextract.parse.furniture import find_certificate
from sopextract.parse.identitas.kop import Kop, read_kop
from sopextract.parse.identitas.sheet import Identity, read_identity
from sopextract.parse.identitas.values import value_of
from sopextract.parse.inherit import with_agency, with_certificate
from sopextract.parse.kind import Verdict, judge
from sopextract.parse.langkah.linear.table import LinearTable, find_linear_tables
from sopextract.parse.langkah.parts import Part, find_parts
from sopextract.parse.langkah.spaced.grids import grid_spaced_columns
from sopextract.parse.langkah.table import TableReading, read_table
from sopextract.parse.pages import pages_of
from sopextract.parse.rows import Row, flatten, without_symbols
from sopextract.parse.split import split_document
from sopextract.parse.stacked import unstack_labels
from sopextract.parse.tanggal import is_blank
from sopextract.settings import ParseSettings

__all__ = ["parse"]

log = getLogger(__name__)


def parse(document: SourceDocument, settings: ParseSettings) -> tuple[SopDraft, ...]:
    """Read every SOP of a document, in order. Raises NotASopError when it holds none."""
    rows = grid_spaced_columns(unstack_labels(flatten(document)))
    parts = find_parts(rows)
    spans = [(p.start, p.end) for p in parts]
    rows = _bare_outside(rows, spans)
    linear = find_linear_tables(rows, spans)
    certificate = find_certificate(document)
    drafts: list[SopDraft] = []
    likeness: str | None = None
    above: SopDraft | Kop | None = None
    for start, end in split_document(rows, parts, linear):
        pages = pages_of(document, rows, start, end)
        section = _Section.cut(rows, parts, linear, start, end)
        table = read_table(section.parts, section.linear)
        identity = read_identity(section.rows, section.tables)
        picture = not table.steps and any(page.picture_flow for page in pages)
        verdict = _judge(section, table, identity, picture=picture)
        if not verdict.sop:
            log.debug("rows %d to %d are no SOP: like %s", start, end, verdict.likeness)
            above = read_kop(identity.loose) if above is None else above
            likeness = likeness or verdict.likeness
            continue
        draft = build_draft(document.file, len(drafts), identity, table, pages, settings)
        above = with_agency(with_certificate(draft, certificate), above)
        drafts.append(above)
    if not drafts:
        raise _not_a_sop(likeness)
    return tuple(drafts)


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


def _judge(section: _Section, table: TableReading, identity: Identity, *, picture: bool) -> Verdict:
    """Whether the section is a SOP, by what was found in it; `picture`: its flow is one."""
    return judge(
        section.rows,
        {found.name for found in identity.found},
        sum(bool(step.kegiatan.value) for step in table.steps),
        sum(not is_blank(value_of(found)) for found in identity.found),
        frozenset(name for part in table.parts for name, _ in part.labels),
        picture=picture,
    )


def _not_a_sop(likeness: str | None) -> NotASopError:
    return NotASopError(
        f"holds no SOP sheet; it looks like {likeness}"
        if likeness
        else "holds no SOP sheet: neither its labels nor a step table were found",
        hint="if it is a SOP after all, check that its text was extracted completely",
    )
