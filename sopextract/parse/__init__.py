"""Second stage: a `SourceDocument` becomes one `SopDraft` per SOP that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.errors import NotASopError
from sopextract.model.draft import MaybeText, Method, Reading, SopDraft
from sopextract.model.source import SourceDocument
from sopextract.parse.draft import TableReading, build_draft
from sopextract.parse.furniture import find_certificate
from sopextract.parse.identitas.kop import Kop, read_kop
from sopextract.parse.identitas.sheet import read_identity
from sopextract.parse.identitas.values import value_of
from sopextract.parse.kind import judge
from sopextract.parse.langkah.join import join_parts
from sopextract.parse.langkah.linear.table import LinearTable, find_linear_tables
from sopextract.parse.langkah.parts import Part, find_parts
from sopextract.parse.langkah.spaced.grids import grid_spaced_columns
from sopextract.parse.langkah.steps import read_langkah
from sopextract.parse.rows import flatten
from sopextract.parse.split import split_document
from sopextract.parse.tanggal import is_blank
from sopextract.settings import ParseSettings

__all__ = ["parse"]

_INHERITED = 0.85  # likely, as one file is mostly one agency's, but not printed on the sheet


def parse(document: SourceDocument, settings: ParseSettings) -> tuple[SopDraft, ...]:
    """Read every SOP of a document, in order. Raises NotASopError when it holds none."""
    rows = grid_spaced_columns(flatten(document))
    parts = find_parts(rows)
    linear = find_linear_tables(rows, [(p.start, p.end) for p in parts])
    drafts: list[SopDraft] = []
    likeness: str | None = None
    certificate = find_certificate(document)
    above: SopDraft | Kop | None = None
    for start, end in split_document(rows, parts, linear):
        section = rows[start:end]
        mine = [_moved(p, start) for p in parts if start <= p.start < end]
        lines = [t for t in linear if start <= t.start < end]
        table = _read_table(mine, lines, start)
        taken = [(p.start, p.end) for p in mine]
        taken += [(t.start - start, t.end - start) for t in lines]
        identity = read_identity(section, taken)
        columns = frozenset(name for part in table.parts for name, _ in part.labels)
        filled = sum(not is_blank(value_of(f)) for f in identity.found)
        labels = {f.name for f in identity.found}
        steps = sum(bool(step.kegiatan.value) for step in table.steps)
        verdict = judge(section, labels, steps, filled, columns)
        if verdict.sop:
            draft = build_draft(document.file, len(drafts), identity, table, settings)
            draft = _with_agency(_with_certificate(draft, certificate), above)
            drafts.append(draft)
            above = draft
        else:
            above = read_kop(identity.loose) if above is None else above
            likeness = likeness or verdict.likeness
    if not drafts:
        raise NotASopError(
            f"holds no SOP sheet; it looks like {likeness}"
            if likeness
            else "holds no SOP sheet: neither its labels nor a step table were found",
            hint="if it is a SOP after all, check that its text was extracted completely",
        )
    return tuple(drafts)


def _with_agency(draft: SopDraft, above: SopDraft | Kop | None) -> SopDraft:
    """The draft with the agency of the cover or of the sheet before, where its own names none."""
    if above is None or draft.pemerintah is not None or draft.perangkat_daerah is not None:
        return draft
    return replace(
        draft,
        pemerintah=_inherited(above.pemerintah),
        perangkat_daerah=_inherited(above.perangkat_daerah),
    )


def _inherited(reading: MaybeText | None) -> MaybeText | None:
    if reading is None or reading.value is None:
        return None
    return replace(reading, method=Method.INFERRED, score=min(reading.score, _INHERITED))


def _with_certificate(draft: SopDraft, certificate: Reading[bool] | None) -> SopDraft:
    """The draft of a file whose pages say that it was signed electronically."""
    signed = draft.disahkan_oleh.tanda_tangan_elektronik
    if certificate is None or (signed is not None and signed.value):
        return draft
    block = replace(draft.disahkan_oleh, tanda_tangan_elektronik=certificate)
    return replace(draft, disahkan_oleh=block)


def _moved(part: Part, start: int) -> Part:
    return Part(part.start - start, part.end - start, part.columns, part.rows, part.numbers)


def _read_table(parts: Sequence[Part], linear: Sequence[LinearTable], start: int) -> TableReading:
    table = join_parts(parts)
    if table is not None and table.rows:
        pelaksana, steps, changes, printed = read_langkah(table)
        return TableReading(pelaksana, steps, printed, changes, parts[0].start, parts[-1].end)
    if linear:
        first = linear[0]
        return TableReading(
            first.pelaksana, first.steps, (first.part,), (), first.start - start, first.end - start
        )
    return TableReading()
