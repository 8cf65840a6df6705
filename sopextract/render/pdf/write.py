"""The sheet as PDF: vector, PDF/A-2a and PDF/UA-1 in one file, fonts in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import typst

from sopextract.core.marks import INFERRED_SIGN
from sopextract.core.resources import templates_dir
from sopextract.errors import ConfigError
from sopextract.model.record import SopRecord
from sopextract.render.book import cover_lines
from sopextract.render.changes import changes_of
from sopextract.render.form import load_form
from sopextract.render.office import moment
from sopextract.render.pdf.data import Json, paper_data, printable, sheet_data
from sopextract.render.prepare import place_sheet
from sopextract.render.sheet.identity import SIGN_MM
from sopextract.render.sheet.legend import LEGEND_PT
from sopextract.render.sheet.rows import PADDING_MM
from sopextract.settings import RenderSettings

TEMPLATE = "sheet.typ"
# A file may be attached under PDF/A-3 alone; nothing else differs (ISO 19005-3, clause 1)
_PLAIN: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_WITH_RECORD: list[typst.PDFStandard] = ["a-3a", "ua-1"]


def render_pdf(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as PDF; with `settings.attach` the record is in it as a file.

    Raises ConfigError when one of the user's own templates is wrong.
    """
    placed = place_sheet(record, settings)
    changes = changes_of(record) if settings.changes else None
    sheet = sheet_data(placed, changes=changes)
    title = f"SOP {placed.sheet.title or 'tanpa nama'}"
    attached = _attached(record) if settings.attach else None
    return write_pdf((sheet,), settings, title=title, record=attached)


def _attached(record: SopRecord) -> str:
    """The record as JSON; as ASCII, as it may hold half characters that UTF-8 cannot."""
    return json.dumps(record.model_dump(), indent=2)


def book_pdf(records: Sequence[SopRecord], settings: RenderSettings) -> bytes:
    """Many sheets as one PDF with cover, contents and page numbers through the whole."""
    sheets = [
        sheet_data(
            place_sheet(record, settings),
            number=number,
            in_book=True,
            changes=changes_of(record) if settings.changes else None,
        )
        for number, record in enumerate(records, 1)
    ]
    buku = load_form(settings).buku
    cover: Json = {
        "title": printable(buku.judul),
        "lines": [printable(line) for line in cover_lines(records)],
        "contents": printable(buku.daftar_isi),
    }
    return write_pdf(sheets, settings, title=buku.judul, cover=cover)


def write_pdf(
    sheets: Sequence[Json],
    settings: RenderSettings,
    *,
    title: str,
    record: str | None = None,
    cover: Json | None = None,
) -> bytes:
    """Sheets as one PDF, with a cover and contents where `cover` says what stands on it."""
    form = load_form(settings)
    when = moment(settings.epoch_s)
    data: Json = {
        "title": printable(title),
        "date": [when.year, when.month, when.day],
        "paper": paper_data(form.paper),
        "padding": PADDING_MM,
        "legend_pt": LEGEND_PT,
        "sign_mm": SIGN_MM,
        "sign": INFERRED_SIGN,
        "marks": not settings.clean,
        "labels": {k: printable(v) for k, v in form.labels.model_dump().items()},
        "cover": cover,
        "sheets": list(sheets),
        "record": record,
    }
    template = _template(settings.templates)
    try:
        made = _compiler(template).compile(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=_WITH_RECORD if record else _PLAIN,
            timestamp=settings.epoch_s,
        )
    except typst.TypstError as exc:
        if settings.templates is None or template.parent == templates_dir() / "sheet":
            raise  # ours: a bug
        raise ConfigError(f"{template}: {exc.message}") from exc
    except BaseException as exc:
        if type(exc).__name__ != "PanicException":
            raise
        # pyo3's exception is no Exception: one sheet would end the whole batch
        raise RuntimeError(f"typst failed: {exc}") from exc
    if not isinstance(made, bytes):
        raise TypeError("one PDF was asked for")
    return made


def _template(own: Path | None) -> Path:
    folders = [own / "sheet", own] if own else []
    found = (f / TEMPLATE for f in folders if (f / TEMPLATE).is_file())
    return next(found, templates_dir() / "sheet" / TEMPLATE)


@lru_cache(maxsize=4)
def _compiler(template: Path) -> typst.Compiler:
    """A compiler that knows the sheet's fonts and no others."""
    with as_file(files("sopextract.render").joinpath("fonts")) as folder:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
        )
    return typst.Compiler(input=str(template), root=str(template.parent), font_paths=fonts)
