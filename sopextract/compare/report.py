"""The comparison as files: one self-contained page, a workbook, and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from sopextract.compare.comparison import Comparison
from sopextract.compare.coverage import find_gaps
from sopextract.compare.masking import mask_record
from sopextract.compare.page import render_page
from sopextract.compare.plots import draw_plots
from sopextract.compare.words import load_words
from sopextract.compare.workbook import render_workbook
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings


def render_report(
    comparison: Comparison,
    records: Sequence[SopRecord],
    settings: CompareSettings,
    *,
    sheets: Sequence[str | None] = (),
) -> Mapping[str, bytes]:
    """The report's files by name: `index.html`, `comparison.xlsx`, `comparison.json`.

    `records` are those that were compared, in the same order. `sheets` are paths of the clean
    sheets relative to the report, one per record, None where there is none.
    """
    if settings.mask:
        records = [mask_record(r) for r in records]
    links = [quote(path, safe="/") if path else None for path in sheets]
    links += [None] * (len(records) - len(links))
    words = load_words(settings.lang)
    gaps = find_gaps(comparison)
    plots = draw_plots(comparison, words)
    page = render_page(comparison, records, links, gaps, plots, words, settings.page_data)
    return {
        "index.html": page.encode(),
        "comparison.xlsx": render_workbook(comparison, records, links, gaps, words),
        "comparison.json": (comparison.model_dump_json(indent=1) + "\n").encode(),
    }
