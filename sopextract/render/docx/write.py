"""The sheet as a Word document: native tables, symbols and connectors, all of it editable."""

from __future__ import annotations

from sopextract.model.record import SopRecord
from sopextract.render.docx.document import Document
from sopextract.render.docx.flow import flow_body
from sopextract.render.docx.identity import identity_body
from sopextract.render.prepare import PlacedSheet, place_sheet
from sopextract.render.sheet.legend import running_title
from sopextract.settings import RenderSettings


def render_docx(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as DOCX.

    Raises ConfigError when the user's own form or Word template is wrong.
    """
    placed = place_sheet(record, settings)
    document = Document()
    body = sheet_body(placed, document)
    section = document.section(placed.form.paper, running_title(placed.sheet))
    title = f"SOP {placed.sheet.title or 'tanpa nama'}"
    return document.file(body, section, title, placed.sheet.nomor, settings.epoch_s)


def sheet_body(placed: PlacedSheet, document: Document) -> str:
    """Identity, flow and legend of one sheet."""
    return identity_body(placed, document) + flow_body(placed, document)
