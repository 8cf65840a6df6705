"""From the parts of a Word file to its story: paragraphs, tables and shapes in order."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import squeeze
from sopextract.ingest.docx.drawing import read_drawing
from sopextract.ingest.docx.numbering import Numbering
from sopextract.ingest.docx.package import Package
from sopextract.ingest.docx.runs import (
    RunText,
    alignment,
    chosen,
    is_deleted,
    read_runs,
    starts_page,
)
from sopextract.ingest.docx.shape import Drawing
from sopextract.ingest.docx.story import Content, PageSetup, Paragraph, Table
from sopextract.ingest.docx.styles import Styles
from sopextract.ingest.docx.tables import read_table
from sopextract.ingest.docx.vml import Vml, connector_rules, shape_types
from sopextract.ingest.docx.xml import Element, find, local, name, switched, value, whole
from sopextract.model.source import Emphasis

_WRAPPERS = frozenset(
    name(f"w:{tag}") for tag in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_MAX_DEPTH = 20  # tables and text boxes in one another; word processors make two or three
_TWIPS = 20.0
_MODERN = 15  # compatibilityMode of Word 2013 and later


class StoryReader:
    """Reads the stories of one file. Lists count on from one story to the next, as in Word."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main()
        self._root = package.part(self.main)
        self._styles = Styles(package.related(self.main, "styles"))
        self._numbering = Numbering(package.related(self.main, "numbering"), self._styles)
        settings = package.related(self.main, "settings")
        types = shape_types(self._root) if self._root is not None else {}
        self._vml = Vml(types, connector_rules(settings))
        self._modern = _compatibility(settings) >= _MODERN
        self._sections = _sections(self._root)
        self._section = 0
        self._section_starts = False
        self._paragraphs = 0
        self._ordinal = 0
        self._tables = 0
        self._depth = 0

    @property
    def page(self) -> PageSetup:
        """The page of the section that is being read; at first that of the first one."""
        return self._sections[min(self._section, len(self._sections) - 1)]

    def body(self) -> Content:
        """The story of the document itself."""
        body = find(self._root, "w:body")
        return () if body is None else self.read(body)

    def sections(self, kind: str) -> Iterator[str]:
        """The parts that the document's sections have as `header` or `footer`, each once."""
        known = self.package.relations(self.main)
        seen: set[str] = set()
        references = self._root.iter(name(f"w:{kind}Reference")) if self._root is not None else ()
        for reference in references:
            target, _ = known.get(reference.get(name("r:id")) or "", ("", ""))
            if target and target not in seen:
                seen.add(target)
                yield target

    def read_margin(self, root: Element) -> Content:
        """The story of a header or footer; its tables are counted from 1 again."""
        counted, (self._tables, self._ordinal) = (self._tables, self._ordinal), (0, 0)
        story = self.read(root)
        self._tables, self._ordinal = counted
        return story

    def read(self, holder: Element) -> Content:
        """The paragraphs and tables of a body, a cell or a text box."""
        if self._depth > _MAX_DEPTH:
            return ()
        self._depth += 1
        story = tuple(self._pieces(holder))
        self._depth -= 1
        return story

    def _pieces(self, holder: Element) -> Iterator[Paragraph | Table]:
        for child in holder:
            if child.tag == name("w:p"):
                paragraph = self._paragraph(child)
                if paragraph is not None:
                    yield paragraph
            elif child.tag == name("w:tbl"):
                self._tables += 1
                width = self.page.text_width_pt
                yield read_table(child, self._tables, self.read, width, self._modern)
            elif child.tag == name("w:sdt"):
                if not switched(child, "w:sdtPr/w:showingPlcHdr"):
                    yield from self._pieces(child)
            elif child.tag in _WRAPPERS:
                yield from self._pieces(child)
            elif child.tag == name("mc:AlternateContent"):
                yield from self._pieces(chosen(child))

    def _paragraph(self, element: Element) -> Paragraph | None:
        self._paragraphs += 1
        number = self._paragraphs
        page, starts = self.page, self._section_starts
        self._section_starts = find(element, "w:pPr/w:sectPr") is not None
        self._section += self._section_starts
        self._ordinal += self._depth == 1
        ordinal = self._ordinal
        label = "" if is_deleted(element) else self._numbering.label(element)
        runs = read_runs(element, self._styles)
        text = (label + runs.text) if runs.text.strip() else label.rstrip()
        drawings = tuple(self._drawings(runs))
        if is_deleted(element) and not text.strip() and not drawings:
            return None
        return Paragraph(
            text,
            number,
            self._emphasis(element, runs),
            drawings,
            self._styles.metrics(element),
            starts or runs.page_break or starts_page(element, self._styles),
            alignment(element, self._styles),
            ordinal,
            page,
        )

    def _emphasis(self, element: Element, runs: RunText) -> Emphasis:
        if squeeze(runs.text) and self._styles.is_heading(element):
            return Emphasis.HEADING
        return Emphasis.BOLD if runs.bold else Emphasis.PLAIN

    def _drawings(self, runs: RunText) -> Iterator[Drawing]:
        for element in runs.drawn:
            if local(element) == "drawing":
                drawing = read_drawing(element, self.read)
            else:
                drawing = self._vml.read(element, self.read)
            if drawing is not None:
                yield drawing


def _compatibility(settings: Element | None) -> int:
    for setting in settings.iter(name("w:compatSetting")) if settings is not None else ():
        if setting.get(name("w:name")) == "compatibilityMode":
            return whole(setting.get(name("w:val")), _MODERN)
    return 0 if settings is not None else _MODERN


def _sections(root: Element | None) -> list[PageSetup]:
    """The pages of all sections in order; at least one."""
    found = [_page_setup(s) for s in root.iter(name("w:sectPr"))] if root is not None else []
    return found or [PageSetup()]


def _page_setup(section: Element) -> PageSetup:
    usual = PageSetup()

    def points(path: str, attribute: str, otherwise: float) -> float:
        given = value(section, path, attribute)
        return otherwise if given is None else whole(given) / _TWIPS

    return PageSetup(
        points("w:pgSz", "w:w", usual.width_pt),
        points("w:pgSz", "w:h", usual.height_pt),
        points("w:pgMar", "w:left", usual.left_pt),
        points("w:pgMar", "w:right", usual.right_pt),
        points("w:pgMar", "w:top", usual.top_pt),
    )
