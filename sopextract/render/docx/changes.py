"""The page of changes as Word tables."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.render.changes import Changes
from sopextract.render.docx.document import Document
from sopextract.render.docx.words import HEAD_FILL, Cell, Look, paragraph, row, run, table, tiny

_PT, _PADDING_MM, _ROW_MM = 8.5, 1.2, 5.5
_NONE = "Tidak ada perubahan dan temuan."


def changes_body(changes: Changes, document: Document, width_mm: float) -> str:
    """Corrections made and findings open, on a page of their own."""
    parts = [tiny(new_page=True), document.heading("Lembar Perubahan", 12.0, 3.0, level=2)]
    for title, names, shares, rows in (
        (
            "Perbaikan yang dibuat",
            ("Bagian", "Tertulis", "Menjadi", "Aturan"),
            (0.22, 0.31, 0.31, 0.16),
            changes.corrections,
        ),
        (
            "Temuan yang masih terbuka",
            ("Tingkat", "Bagian", "Temuan"),
            (0.14, 0.22, 0.64),
            changes.findings,
        ),
    ):
        if rows:
            look = Look(_PT + 1, bold=True, before_mm=3.0, after_mm=1.5, keep=True)
            parts.append(paragraph(run(title, look.size_pt, bold=True), look))
            parts.append(_table(title, names, [width_mm * s for s in shares], rows))
    if len(parts) == 2:
        parts.append(paragraph(run(_NONE, _PT), Look(_PT)))
    return "".join(parts) + tiny()


def _table(
    title: str, names: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> str:
    look = Look(_PT, before_mm=0.8, after_mm=0.8)
    head = (
        Cell(paragraph(run(name, _PT, bold=True), look), w, fill=HEAD_FILL)
        for name, w in zip(names, widths, strict=True)
    )
    body = "".join(
        row(
            (Cell(paragraph(run(t, _PT), look), w) for t, w in zip(texts, widths, strict=True)),
            _ROW_MM,
        )
        for texts in rows
    )
    return table(row(head, _ROW_MM, head=True) + body, widths, title, _PADDING_MM, first_row=True)
