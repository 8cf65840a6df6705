"""A placed sheet as the plain values that the PDF template is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sopextract.core.marks import INFERRED_SIGN
from sopextract.render.changes import Changes
from sopextract.render.form import Form
from sopextract.render.prepare import PlacedSheet, name_pt
from sopextract.render.sheet import identity as form
from sopextract.render.sheet.identity import IdentityLayout, ListBlock, Text
from sopextract.render.sheet.legend import fields_of, running_title
from sopextract.render.sheet.measure import has_glyph
from sopextract.render.sheet.model import Mark
from sopextract.render.sheet.outline import ARROW_LONG, ARROW_WIDE
from sopextract.render.sheet.pages import widths_of
from sopextract.render.sheet.paper import BOTTOM_MM, SIDE_MM, TOP_MM, Paper
from sopextract.render.sheet.placed import PlacedLine, PlacedPage, Spot
from sopextract.render.sheet.rows import CellText

Json = dict[str, object]
NO_GLYPH = "\N{WHITE SQUARE}"  # stands for a character that no font of the sheet has


def printable(text: str) -> str:
    """Text in which every character has a glyph, as PDF/A asks."""
    return "".join(c if c == " " or has_glyph(c) else NO_GLYPH for c in text)


def _text(lines: Iterable[str], mark: Mark, marks: bool) -> Json:
    # without the space that ends a line, which Typst would count and break the line before it
    shown = [printable(line).rstrip(" ") for line in lines]
    inferred = mark is Mark.INFERRED and bool(shown) and shown[-1].endswith(INFERRED_SIGN)
    if not marks or (mark is Mark.INFERRED and not inferred):
        mark = Mark.NONE
    return {"l": shown, "m": str(mark)}


def paper_data(paper: Paper) -> Json:
    """The page and its margins."""
    return {
        "width": paper.width_mm, "height": paper.height_mm, "side": SIDE_MM, "top": TOP_MM,
        "bottom": BOTTOM_MM,
    }  # fmt: skip


def sheet_data(
    placed: PlacedSheet, *, number: int = 1, in_book: bool = False, changes: Changes | None = None
) -> Json:
    """One sheet; in a book its name stands below the title, and in the outline."""
    columns = placed.flow.columns
    return {
        "running": printable(running_title(placed.sheet)),
        "heading": printable(placed.form.title.upper()),
        "number": number,
        "book": _name(placed) if in_book else None,
        "together": placed.together,
        "identity": _identity(placed.identity, placed.form, placed.marks),
        "flow": {
            "pt": columns.size_pt,
            "head_pt": columns.head_pt,
            "turned": columns.turned,
            "lanes": _lanes(placed),
            "pages": [_page(placed, page) for page in placed.pages],
        },
        "legend": [printable(line) for line in (*placed.legend, *_missing(placed))],
        "origin": printable(placed.origin),
        "changes": changes and {
            "corrections": [[printable(t) for t in row] for row in changes.corrections],
            "findings": [[printable(t) for t in row] for row in changes.findings],
        },
    }  # fmt: skip


def _missing(placed: PlacedSheet) -> list[str]:
    """What the legend says of characters that stand as squares."""
    texts = (f.text for f in fields_of(placed.sheet))
    if all(text.isascii() or printable(text) == text for text in texts):
        return []
    return [f"{NO_GLYPH}: huruf pada naskah yang tidak ada pada jenis huruf lembar ini"]


def _name(placed: PlacedSheet) -> Json:
    name = printable(placed.sheet.title or "tanpa nama")
    return {"name": name, "pt": name_pt(placed)}


def _lanes(placed: PlacedSheet) -> list[Json]:
    found = []
    for lane, lines in zip(placed.flow.sheet.lanes, placed.flow.head.names, strict=True):
        if not lane.known:
            found.append(_text(lines if placed.marks else (), Mark.UNREAD, placed.marks))
        elif lane.inferred and placed.marks:
            signed = (*lines[:-1], lines[-1] + INFERRED_SIGN)
            found.append(_text(signed, Mark.INFERRED, placed.marks))
        else:
            found.append(_text(lines, Mark.NONE, placed.marks))
    return found


def _identity(layout: IdentityLayout, sheet_form: Form, marks: bool) -> Json:
    def text(value: Text) -> Json:
        return _text(value.lines, value.mark, marks)

    def block(value: ListBlock) -> Json:
        items = [text(item) for item in value.items if item.lines or value.numbered]
        return {"title": printable(value.title), "numbered": value.numbered, "items": items}

    s = layout.signature
    facts = (*layout.facts, layout.nama)
    logo = sheet_form.logo
    heights = [*(f.height_mm for f in layout.facts), s.height_mm, layout.nama.height_mm]
    return {
        "pt": layout.size_pt,
        "agency_pt": layout.size_pt * form.AGENCY_PT,
        "pad": form.PADDING_MM,
        "indent": form.INDENT_MM,
        "gap": form.GAP_MM,
        "title_mm": form.TITLE_MM,
        "title_pt": form.TITLE_PT,
        "logo": list(logo.data) if logo else [],
        "logo_mm": logo.fit(*form.LOGO_MM) if logo else form.LOGO_MM,
        "logo_text": printable(sheet_form.logo_text),
        "logo_gap": form.LOGO_GAP_MM,
        "width": layout.width_mm,
        "columns": [layout.agency_mm, form.LABEL_MM, layout.value_mm],
        "heights": heights,
        "agency": [text(t) for t in layout.agency],
        "facts": [
            {"label": printable(f.label), "value": text(f.value), "strong": f.strong}
            for f in facts
        ],
        "signature": {
            "post": text(s.post), "name": text(s.name), "rank": text(s.rank), "nip": text(s.nip),
            "electronic": s.electronic, "absent": s.absent,
        },
        "pairs": [
            {"left": block(left), "right": block(right), "h": tall}
            for left, right, tall in layout.pairs
        ],
        "head_mm": layout.head_mm,
        "fits": layout.fits,
    }  # fmt: skip


def _cell(text: CellText, marks: bool) -> Json:
    return _text(text.lines, text.mark, marks)


def _page(placed: PlacedSheet, page: PlacedPage) -> Json:
    marks = placed.marks
    rows = [
        {
            "strip": row.step is None,
            "no": row.no,
            "cells": [_cell(c, marks) for c in row.cells],
            "note": [printable(line).rstrip(" ") for line in row.cells[0].notes],
            "grey": row.unread_actor,
        }
        for row in page.page.rows
    ]
    symbols = [
        {
            "row": s.row, "lane": s.lane, "kind": s.drawn, "w": s.box.width, "h": s.box.height,
            "x": s.box.left - page.lanes_x[s.lane], "y": s.box.top - page.rows_y[s.row],
            "text": s.text, "pt": s.text_pt, "alt": printable(s.alt), "dashed": s.dashed,
        }
        for s in page.symbols
    ]  # fmt: skip
    lanes = len(placed.flow.sheet.lanes)
    return {
        "columns": list(widths_of(placed.flow.columns, lanes)),
        "heights": [b - a for a, b in zip(page.ys, page.ys[1:], strict=False)],
        "width": page.xs[-1],
        "height": page.ys[-1],
        "rows": rows,
        "symbols": symbols,
        "lines": [_line(line) for line in page.lines],
        "labels": [
            {
                "text": printable(label.text),
                "pt": label.text_pt, "x": label.box.left, "y": label.box.top,
                "w": label.box.width, "h": label.box.height,
            }
            for label in page.labels
        ],
    }  # fmt: skip


def _line(line: PlacedLine) -> Json:
    """A line's corners, shortened by its arrow head, and the head's three points."""
    points = list(line.points)
    if not line.head:
        return {"p": points, "head": []}
    tip, before = points[-1], points[-2]
    dx, dy = _unit(before, tip)
    base = (tip[0] - dx * ARROW_LONG, tip[1] - dy * ARROW_LONG)
    half = ARROW_WIDE / 2
    head: Sequence[Spot] = (
        tip,
        (base[0] - dy * half, base[1] + dx * half),
        (base[0] + dy * half, base[1] - dx * half),
    )
    return {"p": [*points[:-1], base], "head": head}


def _unit(a: Spot, b: Spot) -> Spot:
    """The direction from a to b, along an axis."""
    if abs(b[0] - a[0]) > abs(b[1] - a[1]):
        return (1.0 if b[0] > a[0] else -1.0, 0.0)
    return (0.0, 1.0 if b[1] > a[1] else -1.0)
