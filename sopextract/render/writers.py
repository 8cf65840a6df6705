"""The formats a sheet can be written in, by name; each is imported on first use."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from sopextract.errors import ConfigError
from sopextract.model.record import SopRecord
from sopextract.settings import RenderSettings

Writer = Callable[[SopRecord, RenderSettings], bytes]

_WRITERS = {
    "bpmn": ("sopextract.render.bpmn", "render_bpmn"),
    "docx": ("sopextract.render.docx", "render_docx"),
    "html": ("sopextract.render.html", "render_html"),
    "md": ("sopextract.render.markdown", "render_markdown"),
    "pdf": ("sopextract.render.pdf", "render_pdf"),
    "xlsx": ("sopextract.render.xlsx", "render_xlsx"),
}
FORMATS = tuple(_WRITERS)


def render(record: SopRecord, fmt: str, settings: RenderSettings) -> bytes:
    """The sheet of a record as a file in this format.

    Raises ConfigError for a format that has no writer, naming those that have one.
    """
    if fmt not in _WRITERS:
        raise ConfigError(f"no sheet format {fmt!r}; known formats: {', '.join(FORMATS)}")
    module, name = _WRITERS[fmt]
    writer = cast(Writer, getattr(import_module(module), name))
    return writer(record, settings)
