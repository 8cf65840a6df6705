"""Many sheets as one file: what stands on its cover, and which formats can hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from sopextract.errors import ConfigError
from sopextract.model.record import SopRecord
from sopextract.render.sheet.printed import clean_text
from sopextract.settings import RenderSettings

BookWriter = Callable[[Sequence[SopRecord], RenderSettings], bytes]

_WRITERS = {
    "docx": ("sopextract.render.docx", "book_docx"),
    "pdf": ("sopextract.render.pdf", "book_pdf"),
}
BOOK_FORMATS = tuple(_WRITERS)


def render_book(records: Sequence[SopRecord], fmt: str, settings: RenderSettings) -> bytes:
    """Many sheets in their order as one file with cover, contents and page numbers.

    Raises ConfigError for a format that cannot hold them, naming those that can.
    """
    if fmt not in _WRITERS:
        raise ConfigError(f"no book in the format {fmt!r}; known: {', '.join(BOOK_FORMATS)}")
    module, name = _WRITERS[fmt]
    writer = cast(BookWriter, getattr(import_module(module), name))
    return writer(records, settings)


def cover_lines(records: Sequence[SopRecord]) -> tuple[str, ...]:
    """What all sheets of a book have in common: government and agency; how many there are."""
    lines = []
    for names in (
        {r.instansi.pemerintah for r in records},
        {r.instansi.perangkat_daerah for r in records},
    ):
        if len(names) == 1 and (name := names.pop()):
            lines.append(clean_text(name))
    return (*lines, f"{len(records)} SOP")
