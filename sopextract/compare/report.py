"""The comparison as files: one self-contained page, a workbook, and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from sopextract.compare.comparison import Comparison
from sopextract.compare.coverage import find_gaps
from sopextract.compare.masking import mask_records
from sopextract.compare.notes import render_note
from sopextract.compare.page import Links, render_page
from sopextract.compare.plots import draw_plots
from sopextract.compare.tables import make_content
from sopextract.compare.words import load_words
from sopextract.compare.workbook import render_workbook
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings


def render_notes(
    comparison: Comparison,
    records: Sequence[SopRecord],
    settings: CompareSettings,
    sops: Iterable[int] | None = None,
) -> Iterator[bytes]:
    """Evaluation notes as Word documents, one for each sheet (or each of `sops`), in their order.

    `records` as in `render_report`.
    """
    if settings.mask:
        records = mask_records(records)
    words = load_words(settings.lang)
    content = make_content(comparison, records, (), find_gaps(comparison), words)
    for sop in range(len(records)) if sops is None else sops:
        yield render_note(content, sop)


def render_report(
    comparison: Comparison,
    records: Sequence[SopRecord],
    settings: CompareSettings,
    *,
    sheets: Sequence[str | None] = (),
    notes: Sequence[str] = (),
) -> Mapping[str, bytes]:
    """The report's files by name: `index.html`, `comparison.xlsx`, `comparison.json`.

    `records` are those that were compared, in the same order. `sheets` are paths of the clean
    sheets relative to the report, one per record, None where there is none; `notes` those of the
    evaluation notes, empty without any.
    """
    if settings.mask:
        records = mask_records(records)
    links = Links(_quoted(sheets, len(records)), _quoted(notes, len(records)))
    words = load_words(settings.lang)
    gaps = find_gaps(comparison)
    plots = draw_plots(comparison, words)
    page = render_page(comparison, records, links, gaps, plots, words, settings.page_data)
    content = make_content(comparison, records, links.sheets, gaps, words)
    return {
        "index.html": page.encode(),
        "comparison.xlsx": render_workbook(content),
        "comparison.json": (comparison.model_dump_json() + "\n").encode(),
    }


def _quoted(paths: Sequence[str | None], count: int) -> list[str | None]:
    links = [quote(path, safe="/") if path else None for path in paths]
    return links + [None] * (count - len(links))
