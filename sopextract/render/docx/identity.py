"""The identity page as two tables of Word."""

from __future__ import annotations

from dataclasses import replace

from sopextract.render.docx.document import Document
from sopextract.render.docx.words import (
    HEAD_FILL,
    Cell,
    Look,
    gap,
    marked,
    paragraph,
    row,
    run,
    table,
    tiny,
)
from sopextract.render.prepare import PlacedSheet, name_pt
from sopextract.render.sheet.identity import (
    AGENCY_PT,
    GAP_MM,
    INDENT_MM,
    LABEL_MM,
    PADDING_MM,
    SIGN_MM,
    TITLE_MM,
    TITLE_PT,
    ListBlock,
    Text,
)
from sopextract.render.sheet.measure import LINE_HEIGHT, MM_PER_PT
from sopextract.render.sheet.model import Mark

_ELECTRONIC = "Ditandatangani secara elektronik"


def identity_body(placed: PlacedSheet, document: Document, mark: str = "") -> str:
    """Title, the box of facts, and the six blocks.

    In a book, where `mark` names the sheet, its name stands below the title and in the outline.
    """
    air = TITLE_MM - TITLE_PT * LINE_HEIGHT * MM_PER_PT
    text = placed.form.title.upper()
    if not mark:
        title = document.heading(text, TITLE_PT, air)
    else:
        look = Look(TITLE_PT, bold=True, align="center", keep=True)
        size = name_pt(placed)
        below = max(0.0, air - size * LINE_HEIGHT * MM_PER_PT)
        title = paragraph(run(text, TITLE_PT, bold=True), look) + document.heading(
            placed.sheet.title or "tanpa nama", size, below, mark=mark
        )
    return title + _facts(placed, document) + gap(GAP_MM) + _blocks(placed, document) + tiny()


def _value(text: Text, look: Look, placed: PlacedSheet) -> str:
    mark = text.mark if placed.marks else Mark.NONE
    return paragraph(marked(text.whole, mark, look), look)


def _facts(placed: PlacedSheet, document: Document) -> str:
    layout, labels = placed.identity, placed.form.labels
    look = Look(layout.size_pt, before_mm=PADDING_MM / 2, after_mm=PADDING_MM / 2)
    widths = (layout.agency_mm, LABEL_MM, layout.value_mm)
    facts = [*layout.facts, None, layout.nama]
    rows = []
    for index, fact in enumerate(facts):
        agency = _agency(placed, document) if index == 0 else tiny()
        left = Cell(agency, widths[0], merge="continue" if index else "restart")
        if fact is None:
            label = Cell(paragraph(run(labels.disahkan_oleh, look.size_pt), look), widths[1])
            value = Cell(_signature(placed), widths[2])
            rows.append(row((left, label, value), layout.signature.height_mm))
            continue
        label = Cell(paragraph(run(fact.label, look.size_pt), look), widths[1])
        value = Cell(_value(fact.value, replace(look, bold=fact.strong), placed), widths[2])
        rows.append(row((left, label, value), fact.height_mm))
    return table("".join(rows), widths, "Bagian identitas SOP", PADDING_MM, first_row=False)


def _agency(placed: PlacedSheet, document: Document) -> str:
    layout = placed.identity
    look = Look(layout.size_pt * AGENCY_PT, bold=True, align="center")
    # air above instead of centring: not every program centres a cell that is merged downwards
    parts = [document.logo(placed.form, layout.agency_air_mm)]
    parts += [_value(text, look, placed) for text in layout.agency]
    return "".join(parts)


def _signature(placed: PlacedSheet) -> str:
    layout = placed.identity
    s = layout.signature
    look = Look(layout.size_pt, align="center", before_mm=PADDING_MM / 2)
    strong = replace(look, bold=True)
    post = _value(s.post, replace(strong, after_mm=0 if s.electronic else SIGN_MM), placed)
    parts = [post]
    if s.electronic:
        air = (SIGN_MM - look.size_pt * LINE_HEIGHT * MM_PER_PT) / 2
        note = replace(look, before_mm=air, after_mm=air, size_pt=look.size_pt - 1.5)
        parts.append(paragraph(run(_ELECTRONIC, note.size_pt, extra="italic", ink="555555"), note))
    tight = replace(look, before_mm=0.0)
    mark = s.name.mark if placed.marks else Mark.NONE
    if s.name.whole:
        name = marked(s.name.whole, mark, strong, extra="underlined")
        parts.append(paragraph(name, replace(tight, bold=True)))
    elif not s.absent or not placed.marks:
        parts.append(paragraph(run(" ", look.size_pt), tight))
    if s.rank.whole:
        parts.append(paragraph(run(s.rank.whole, look.size_pt), tight))
    nip = marked(s.nip.whole, s.nip.mark if placed.marks else Mark.NONE, look)
    parts.append(
        paragraph(
            run("NIP. ", look.size_pt) + nip if s.nip.whole or not placed.marks else "",
            replace(tight, after_mm=PADDING_MM / 2),
        )
    )
    return "".join(parts)


def _blocks(placed: PlacedSheet, document: Document) -> str:
    layout = placed.identity
    half = layout.width_mm / 2
    head = Look(layout.size_pt, bold=True, before_mm=1.0, after_mm=1.0, keep=True)
    rows = []
    for left, right, tall in layout.pairs:
        titles = (
            Cell(paragraph(run(b.title, head.size_pt, bold=True), head), half, fill=HEAD_FILL)
            for b in (left, right)
        )
        rows.append(row(titles, layout.head_mm))
        cells = (Cell(_items(b, placed, document), half) for b in (left, right))
        rows.append(row(cells, tall, split=True))
    caption = "Dasar hukum, kualifikasi, keterkaitan, peralatan, peringatan, pencatatan"
    return table("".join(rows), (half, half), caption, PADDING_MM, first_row=False)


def _items(block: ListBlock, placed: PlacedSheet, document: Document) -> str:
    size = placed.identity.size_pt
    number = document.numbering() if block.numbered else 0
    parts = []
    for index, item in enumerate(block.items):
        look = Look(
            size,
            before_mm=PADDING_MM if index == 0 else 0.0,
            after_mm=PADDING_MM if index == len(block.items) - 1 else 0.0,
        )
        mark = item.mark if placed.marks else Mark.NONE
        runs = marked(item.whole, mark, look)
        parts.append(paragraph(runs, look, numbering=number, indent_mm=INDENT_MM))
    return "".join(parts)
