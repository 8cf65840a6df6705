"""The comparison as an Excel workbook to work on."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.compare.comparison import Comparison
from sopextract.compare.coverage import Gap
from sopextract.compare.page.summary import summarise
from sopextract.compare.spreadsheet import render_tables
from sopextract.compare.tables import Content, make_tables
from sopextract.compare.words import Words
from sopextract.model.record import SopRecord


def render_workbook(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Sequence[str | None],
    gaps: Sequence[Gap],
    words: Words,
) -> bytes:
    """The workbook's bytes; `links` as in `render_report`."""
    summary = summarise(comparison, gaps, words)
    content = Content(comparison, records, links, gaps, summary, words)
    return render_tables(make_tables(content), words.say("page.title"))
