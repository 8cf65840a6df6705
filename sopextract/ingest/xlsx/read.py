"""A workbook as a document: which sheets and ranges are pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sopextract.core.text import squeeze
from sopextract.errors import SourceError
from sopextract.ingest.xlsx.area import Area, cell_name
from sopextract.ingest.xlsx.blocks import identity_labels, rows_of
from sopextract.ingest.xlsx.drawing import read_drawing
from sopextract.ingest.xlsx.header import column_field
from sopextract.ingest.xlsx.package import Package
from sopextract.ingest.xlsx.page import Before, read_page
from sopextract.ingest.xlsx.shapes import Drawing
from sopextract.ingest.xlsx.sheet import Sheet, read_sheet
from sopextract.ingest.xlsx.vml import read_old_drawing
from sopextract.ingest.xlsx.workbook import SheetEntry, Workbook, read_workbook
from sopextract.ingest.xlsx.xml import whole
from sopextract.model.source import (
    Page,
    Place,
    Residue,
    ResidueKind,
    SourceDocument,
    SourceFile,
)
from sopextract.settings import IngestSettings

log = logging.getLogger(__name__)

_SOP_WORDS = re.compile(
    r"\b(?:SOP|POS|SPO|prosedur|standar\w*\s+op\w+|bagan\s+alir|flow\s?chart)\b", re.IGNORECASE
)
_STEP_CELLS = 2  # a step has more: number, Kegiatan, and something of Mutu Baku


@dataclass(frozen=True, slots=True)
class _Ready:
    """A sheet with its drawing and the ranges of it that are printed."""

    sheet: Sheet
    drawing: Drawing
    areas: tuple[Area, ...]


def read_xlsx(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a workbook: a page for each printed range of each sheet that says something of a SOP.

    Hidden sheets, hidden rows and columns, and what lies outside the print areas are no part of the
    pages; where they hold text, the first page (of the sheet) has it as residue. Values are those
    that the file holds, formulas are not computed, macros not looked at. Raises SourceError for a
    file that is damaged, protected, empty or out of all proportion.
    """
    del settings  # the size of the file is checked before
    with Package(source.location) as package:
        workbook = read_workbook(package)
        shown = [entry for entry in workbook.sheets if not entry.hidden]
        hidden = [entry for entry in workbook.sheets if entry.hidden]
        ready = [r for entry in shown if (r := _prepare(package, workbook, entry)) is not None]
        residue = [r for entry in hidden for r in _hidden_text(package, workbook, entry)]
    if not ready:
        raise SourceError(
            "is a workbook without text", hint="check that its visible sheets hold the SOP"
        )
    chosen = [r for r in ready if _speaks_of_sop(r) or _goes_on(r)] or ready
    for skipped in (r for r in ready if r not in chosen):
        log.info("a sheet without anything of a SOP was left out")
        log.debug("left out: %s", skipped.sheet.name)
    pages: list[Page] = []
    before = Before()
    for one in chosen:
        found, before = _pages(one, before)
        pages.extend(found)
    if not pages:
        raise SourceError(
            "is a workbook that prints nothing", hint="check its print areas and hidden columns"
        )
    if residue:
        pages[0] = replace(pages[0], residue=(*pages[0].residue, *residue))
    return SourceDocument(source, tuple(pages))


def _prepare(package: Package, workbook: Workbook, entry: SheetEntry) -> _Ready | None:
    """A visible sheet; None for one on which nothing stands."""
    sheet = read_sheet(package, workbook, entry.name, entry.part)
    drawing = _read_drawings(package, sheet)
    if not sheet.cells and not drawing.shapes:
        return None
    areas = entry.areas or (_used(sheet, drawing),)
    return _Ready(sheet, drawing, areas)


def _read_drawings(package: Package, sheet: Sheet) -> Drawing:
    drawing = Drawing()
    if sheet.drawing is not None and (root := package.part(sheet.drawing)) is not None:
        drawing = read_drawing(root, sheet)
    if sheet.old_drawing is not None and (data := package.read(sheet.old_drawing)) is not None:
        old = read_old_drawing(data, sheet)
        drawing = Drawing(
            (*drawing.shapes, *old.shapes), (*drawing.lines, *old.lines),
            drawing.pictures, drawing.strokes,
        )  # fmt: skip
    return drawing


def _used(sheet: Sheet, drawing: Drawing) -> Area:
    """The range that holds all texts and shapes, whatever size the sheet claims to have."""
    bottoms = [cell.area.bottom for cell in sheet.cells]
    rights = [cell.area.right for cell in sheet.cells]
    bottoms += [sheet.rows.at(shape.box.bottom) for shape in drawing.shapes]
    rights += [sheet.columns.at(shape.box.right) for shape in drawing.shapes]
    return Area(0, 0, max(bottoms), max(rights))


def _speaks_of_sop(ready: _Ready) -> bool:
    """Whether a sheet has a label of the form, names a SOP, or holds drawn symbols and lines."""
    if len(ready.drawing.shapes) > 1 and ready.drawing.lines:
        return True
    texts = [squeeze(cell.text) for cell in ready.sheet.cells]
    texts += [squeeze(shape.text) for shape in ready.drawing.shapes]
    return any(
        _SOP_WORDS.search(text) is not None
        or identity_labels(text)
        or column_field(text) in ("pelaksana", "mutu_baku", "kegiatan")
        for text in texts
    )


def _goes_on(ready: _Ready) -> bool:
    """Whether the rows of a sheet are numbered on from those of another: 8, 9, 10 …"""
    rows = list(rows_of(ready.sheet.cells).values())
    numbers = [whole(squeeze(row[0].text).strip("().")) for row in rows if len(row) > _STEP_CELLS]
    steps = [number for number in numbers if number]
    return len(steps) > 1 and steps[0] > 1 and all(b == a + 1 for a, b in pairwise(steps))


def _pages(ready: _Ready, before: Before) -> tuple[list[Page], Before]:
    """The pages of a sheet; the first has what is not printed as its residue."""
    pages: list[Page] = []
    outside = _outside(ready, before.pages + 1)
    for area in ready.areas:
        page, after = read_page(ready.sheet, ready.drawing, area, before)
        if page.blocks or page.symbols:
            pages.append(page)
            before = after
    if outside and pages:
        pages[0] = replace(pages[0], residue=(*pages[0].residue, *outside))
    return pages, before


def _outside(ready: _Ready, number: int) -> list[Residue]:
    """Texts that are not printed, as they lie outside the print areas."""
    sheet = ready.sheet
    return [
        Residue(
            ResidueKind.WORD,
            Place(number, where=f"{sheet.name}!{cell_name(cell.area.top, cell.area.left)}"),
            squeeze(cell.text),
        )
        for cell in sheet.cells
        if sheet.shows(cell.area) and not any(cell.area.meets(area) for area in ready.areas)
    ]


def _hidden_text(package: Package, workbook: Workbook, entry: SheetEntry) -> Sequence[Residue]:
    """That a hidden sheet holds text, by its name; the text is shown to nobody, so not given."""
    sheet = read_sheet(package, workbook, entry.name, entry.part)
    if not sheet.cells:
        return ()
    log.info("a hidden sheet with text was left out")
    first = sheet.cells[0].area
    where = f"{entry.name}!{cell_name(first.top, first.left)}"
    return (Residue(ResidueKind.WORD, Place(where=where), entry.name),)
