"""Sheets as Word documents: native tables, symbols and connectors, all of it editable."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.record import SopRecord
from sopextract.render.book import cover_lines
from sopextract.render.changes import changes_of
from sopextract.render.docx.changes import changes_body
from sopextract.render.docx.document import Document, field_code
from sopextract.render.docx.flow import flow_body
from sopextract.render.docx.identity import identity_body
from sopextract.render.docx.letterhead import fill_letterhead, find_letterhead
from sopextract.render.docx.words import Look, gap, paragraph, run
from sopextract.render.form import Form, load_form
from sopextract.render.office import twips
from sopextract.render.prepare import PlacedSheet, place_sheet
from sopextract.render.sheet.legend import running_title
from sopextract.settings import RenderSettings

_CONTENTS_PT = 10.0
_COVER_AIR_MM = 55.0  # above the title of a cover: about a third of a page that lies


def render_docx(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as DOCX, on the agency's own identity page where the user's templates have one.

    Raises ConfigError when the user's own form or Word file is wrong.
    """
    placed = place_sheet(record, settings)
    own = find_letterhead(settings.templates)
    if own is not None:
        return fill_letterhead(own, placed, settings.epoch_s)
    document = Document()
    body = sheet_body(placed, record, document, settings)
    section = document.section(placed.form.paper, running_title(placed.sheet))
    title = f"SOP {placed.sheet.title or 'tanpa nama'}"
    return document.file(body, section, title, placed.sheet.nomor, settings.epoch_s)


def sheet_body(
    placed: PlacedSheet,
    record: SopRecord,
    document: Document,
    settings: RenderSettings,
    mark: str = "",
) -> str:
    """Identity, flow, legend and, where asked for, changes of one sheet."""
    body = identity_body(placed, document, mark) + flow_body(placed, document)
    if settings.changes:
        body += changes_body(changes_of(record), document, placed.form.paper.body_mm[0])
    return body


def book_docx(records: Sequence[SopRecord], settings: RenderSettings) -> bytes:
    """Many sheets as one DOCX with cover, contents and page numbers through the whole."""
    form = load_form(settings)
    document = Document()
    sheets = [place_sheet(record, settings) for record in records]
    marks = [f"_sop_{i}" for i in range(1, len(sheets) + 1)]
    cover = _cover(form, records) + _end(document.section(form.paper, ""))
    contents = _contents(form, sheets, marks, settings)
    contents += _end(document.section(form.paper, form.buku.judul))
    bodies = []
    last = ""
    for placed, record, mark in zip(sheets, records, marks, strict=True):
        if last:
            bodies.append(_end(last))
        bodies.append(sheet_body(placed, record, document, settings, mark))
        last = document.section(form.paper, running_title(placed.sheet))
    body = cover + contents + "".join(bodies)
    subject = "; ".join(cover_lines(records))
    section = last or document.section(form.paper, "")
    return document.file(body, section, form.buku.judul, subject, settings.epoch_s)


def _end(section: str) -> str:
    """The end of a section: what follows begins on a new page."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{section}</w:pPr></w:p>"
    )


def _cover(form: Form, records: Sequence[SopRecord]) -> str:
    big = Look(24.0, bold=True, align="center", after_mm=8.0)
    line = Look(14.0, align="center", after_mm=3.0)
    parts = [gap(_COVER_AIR_MM), paragraph(run(form.buku.judul, 24.0, bold=True), big)]
    parts += [paragraph(run(text, 14.0), line) for text in cover_lines(records)]
    return "".join(parts)


def _contents(
    form: Form, sheets: Sequence[PlacedSheet], marks: Sequence[str], settings: RenderSettings
) -> str:
    """The table of contents: fields that Word brings up to date, with the pages as measured."""
    head = Look(14.0, bold=True, after_mm=5.0)
    parts = [paragraph(run(form.buku.daftar_isi, 14.0, bold=True), head)]
    look = Look(_CONTENTS_PT, after_mm=1.5)
    tab = twips(form.paper.body_mm[0])
    stop = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{tab}"/></w:tabs>'
    line_mm = _CONTENTS_PT * 1.2 * 25.4 / 72 + look.after_mm
    page = 2 + -int(-(len(sheets) * line_mm + 12.0) // form.paper.body_mm[1])
    for number, (placed, mark) in enumerate(zip(sheets, marks, strict=True), 1):
        text = f"{number}. {running_title(placed.sheet) or 'tanpa nama'}"
        entry = (
            f'<w:hyperlink w:anchor="{mark}" w:history="1">{run(text, _CONTENTS_PT)}'
            f"<w:r><w:tab/></w:r>{field_code(f'PAGEREF {mark}', str(page), _CONTENTS_PT)}"
            "</w:hyperlink>"
        )
        parts.append(paragraph(entry, look).replace("<w:spacing", f"{stop}<w:spacing", 1))
        page += len(placed.pages) + (0 if placed.together else 1) + int(settings.changes)
        page += 0 if placed.identity.fits else 1
    return "".join(parts)
