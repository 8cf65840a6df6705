"""Reads Word files: text, tables, computed numbers and the drawn flow."""

from __future__ import annotations

from sopextract.errors import SourceError
from sopextract.ingest.docx.blocks import BlockBuilder, is_blank
from sopextract.ingest.docx.body import StoryReader
from sopextract.ingest.docx.flow import DrawnFlow, read_flow
from sopextract.ingest.docx.layout import lay_out
from sopextract.ingest.docx.margins import read_margins
from sopextract.ingest.docx.measure import Ruler
from sopextract.ingest.docx.package import Package
from sopextract.ingest.docx.story import Content
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

# Fonts that stand in for another were seen up to a third wider; a line drawn by hand misses its
# symbols by a point or two.
_WIDER = (1.06, 0.94, 1.12, 0.88, 1.2, 1.3, 1.4)
_FITS_PT = 3.0
_BETTER = 0.9


def read_docx(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a .docx, .docm or .dotx file. Macros are not looked at.

    The file is one page without a number, because only a layout engine knows where pages end.
    Raises SourceError for a file that is damaged, protected, hostile or empty.
    """
    with Package(source.location) as package:
        reader = StoryReader(package)
        size = (reader.page.width_pt, reader.page.height_pt)
        story = reader.body()
        flow = _fitting_flow(story)
        body = BlockBuilder(flow).build(story)
        blocks = (*read_margins(reader, "header"), *body, *read_margins(reader, "footer"))
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


def _fitting_flow(story: Content) -> DrawnFlow:
    """The flow by the layout that its lines fit best.

    How high rows come out depends on fonts that the file does not hold. Where lines miss the
    symbols, letters are taken to be wider or narrower, and the fit that misses least is kept.
    """
    best = read_flow(lay_out(story))
    if best.misfit <= _FITS_PT * len(best.connectors):
        return best
    for wider in _WIDER:
        flow = read_flow(lay_out(story, Ruler(wider)))
        if flow.misfit < best.misfit * _BETTER:
            best = flow
    return best


def _is_picture_flow(flow: DrawnFlow) -> bool:
    """Whether the flow seems to be pasted as a picture: a large one, and nothing drawn."""
    return flow.large_picture and not flow.symbols
