"""The comparison as an Excel workbook to work on."""

from __future__ import annotations

from sopextract.compare.spreadsheet import render_tables
from sopextract.compare.tables import Content, make_tables


def render_workbook(content: Content) -> bytes:
    """The workbook's bytes."""
    return render_tables(make_tables(content), content.words.say("page.title"))
