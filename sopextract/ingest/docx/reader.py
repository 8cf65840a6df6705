"""Reads Word files: text, tables, computed numbers and the drawn flow."""

from __future__ import annotations

from sopextract.errors import SourceError
from sopextract.ingest.docx.blocks import BlockBuilder, is_blank
from sopextract.ingest.docx.body import StoryReader
from sopextract.ingest.docx.flow import DrawnFlow, read_flow
from sopextract.ingest.docx.layout import lay_out
from sopextract.ingest.docx.margins import read_margins
from sopextract.ingest.docx.package import Package
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings


def read_docx(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a .docx, .docm or .dotx file. Macros are not looked at.

    The file is one page without a number, because only a layout engine knows where pages end.
    Raises SourceError for a file that is damaged, protected, hostile or empty.
    """
    with Package(source.location) as package:
        reader = StoryReader(package)
        story = reader.body()
        flow = read_flow(lay_out(story, reader.page))
        body = BlockBuilder(flow).build(story)
        blocks = (*read_margins(reader, "header"), *body, *read_margins(reader, "footer"))
        size = (reader.page.width_pt, reader.page.height_pt)
    if is_blank(blocks) and not flow.symbols and not flow.residue:
        raise SourceError("is empty", hint="export the document again")
    page = Page(
        None,
        blocks,
        flow.symbols,
        flow.connectors,
        size,
        flow.residue,
        picture_flow=_is_picture_flow(flow),
    )
    return SourceDocument(source, (page,))


def _is_picture_flow(flow: DrawnFlow) -> bool:
    """Whether the flow seems to be pasted as a picture: a large one, and nothing drawn."""
    return flow.large_picture and not flow.symbols
