"""A record made ready for writers: its wording, its order of laws, and everything measured once."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.model.record import SopRecord
from sopextract.render.form import Form, load_form
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.identity import GAP_MM, LOGO_MM, IdentityLayout, lay_identity
from sopextract.render.sheet.legend import foot_mm, legend_of, origin_of
from sopextract.render.sheet.measure import text_width_mm
from sopextract.render.sheet.model import SheetModel
from sopextract.render.sheet.pages import Flow, lay_pages
from sopextract.render.sheet.placed import PlacedPage, place_pages
from sopextract.render.wording import reword
from sopextract.settings import RenderSettings


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """One sheet, all of it placed: what the writers of pages are given."""

    record: SopRecord
    form: Form
    sheet: SheetModel
    identity: IdentityLayout
    flow: Flow
    pages: tuple[PlacedPage, ...]
    together: bool  # the flow begins on the identity's page
    legend: tuple[str, ...]
    origin: str
    marks: bool


def prepare(record: SopRecord, settings: RenderSettings) -> SopRecord:
    """The record in the wording and order that the settings ask for."""
    return reword(record, settings)


def place_sheet(record: SopRecord, settings: RenderSettings) -> PlacedSheet:
    """Everything of a sheet in millimetres.

    Identity and flow share a page only where the form asks for it and both fit on it.
    """
    form, marks = load_form(settings), not settings.clean
    ready = prepare(record, settings)
    sheet = build_sheet(ready)
    logo_mm = form.logo.fit(*LOGO_MM)[1] if form.logo else LOGO_MM[1]
    identity = lay_identity(
        sheet.identity, form.paper, form.labels.of, marks=marks, fill=not form.together,
        logo_mm=logo_mm,
    )  # fmt: skip
    legend, origin = legend_of(sheet) if marks else (), origin_of(ready)
    tail = foot_mm(legend, origin, form.paper.body_mm[0]) if marks else 0.0
    flow, together = None, False
    if form.together and identity.fits:
        taken = identity.total_mm + GAP_MM
        flow = lay_pages(sheet, form.paper, marks=marks, taken_mm=taken, tail_mm=tail)
        used = flow.head.total_mm + sum(flow.pages[0].layout.heights)
        together = len(flow.pages) == 1 and used + taken + tail <= form.paper.body_mm[1]
    if flow is None or not together:
        flow = lay_pages(sheet, form.paper, marks=marks, tail_mm=tail)
    if form.together and not together:
        identity = lay_identity(
            sheet.identity, form.paper, form.labels.of, marks=marks, logo_mm=logo_mm
        )
    return PlacedSheet(
        ready, form, flow.sheet, identity, flow, place_pages(flow, marks=marks), together,
        legend, origin, marks,
    )  # fmt: skip


NAME_PT, LEAST_NAME_PT = 8.0, 4.0  # the name below the title of a sheet in a book: one line


def name_pt(placed: PlacedSheet) -> float:
    """The type size at which the sheet's name is one line below its title."""
    width = text_width_mm(placed.sheet.title, NAME_PT, bold=True) or 1.0
    return max(LEAST_NAME_PT, min(NAME_PT, NAME_PT * placed.identity.width_mm * 0.97 / width))
