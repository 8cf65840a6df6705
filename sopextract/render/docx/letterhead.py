"""An agency's own Word file as the identity page, its fields filled in, the flow behind it."""

from __future__ import annotations

import copy
import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own

from sopextract.errors import ConfigError
from sopextract.render.docx.document import NAMESPACES, Document
from sopextract.render.docx.flow import flow_body
from sopextract.render.office import pack_zip, twips
from sopextract.render.prepare import PlacedSheet
from sopextract.render.sheet.paper import BOTTOM_MM, SIDE_MM, TOP_MM, Paper

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

LETTERHEAD = "identity.docx"
MARKER = "[[bagan_alir]]"  # the paragraph that the flow takes the place of; without it, the end
INSTALL = "pip install 'sopextract[letterhead]'"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def find_letterhead(own: Path | None) -> Path | None:
    """The Word file among the user's own templates, if there is one."""
    folders = [own / "sheet", own] if own else []
    return next((f / LETTERHEAD for f in folders if (f / LETTERHEAD).is_file()), None)


def fill_letterhead(path: Path, placed: PlacedSheet, epoch_s: int) -> bytes:
    """The Word file with the sheet's values in its fields and the flow behind them.

    Fields are Jinja's: `{{ nomor_sop }}`, `{% for d in dasar_hukum %}`; docs/sheets.md names them.
    Raises ConfigError where the file or a field of it is wrong, and without docxtpl.
    """
    template = _open(path)
    context = _context(placed)
    try:
        template.render(context, autoescape=True)
    except Exception as exc:
        raise ConfigError(f"{path}: {exc}") from exc
    body = template.docx.element.body
    _insert(body, flow_body(placed, Document()), placed.form.paper)
    made = io.BytesIO()
    template.save(made)
    with zipfile.ZipFile(made) as archive:
        return pack_zip({n: archive.read(n) for n in archive.namelist()}, epoch_s)


def _open(path: Path) -> DocxTemplate:
    try:
        docxtpl = import_module("docxtpl")
    except ImportError as exc:
        raise ConfigError(f"{path}: needs docxtpl; install it with: {INSTALL}") from exc
    try:
        template: DocxTemplate = docxtpl.DocxTemplate(str(path))
        template.init_docx()
    except Exception as exc:
        raise ConfigError(f"{path}: cannot be read as a Word file: {exc}") from exc
    return template


def _context(placed: PlacedSheet) -> dict[str, object]:
    layout = placed.identity
    s = layout.signature
    names = [name for name, _ in placed.sheet.identity.rows]
    blocks = [b for pair in placed.sheet.identity.blocks for b in pair]
    shown = [b for left, right, _ in layout.pairs for b in (left, right)]
    return {
        "judul": placed.form.title,
        "instansi": [t.whole for t in layout.agency],
        **{n: f.value.whole for n, f in zip(names, layout.facts, strict=True)},
        "nama_sop": layout.nama.value.whole,
        "jabatan": s.post.whole,
        "nama": s.name.whole,
        "pangkat": s.rank.whole,
        "nip": s.nip.whole,
        **{
            b.name: [item.whole for item in block.items]
            for b, block in zip(blocks, shown, strict=True)
        },
    }


def _insert(body: Any, flow: str, paper: Paper) -> None:
    """Put the flow in the marker's place, in a section of the form's own paper."""
    root = etree.fromstring(f"<w:body {NAMESPACES}>{flow}</w:body>")
    marker = next((p for p in body.iter(f"{_W}p") if MARKER in "".join(p.itertext())), None)
    last = body.find(f"{_W}sectPr")
    ours = copy.deepcopy(last) if last is not None else etree.SubElement(body, f"{_W}sectPr")
    if marker is None or marker.getparent() is not body:
        marker = etree.Element(f"{_W}p")
        body.insert(len(body) - (last is not None), marker)
    before = etree.Element(f"{_W}p")
    if last is not None:
        etree.SubElement(before, f"{_W}pPr").append(copy.deepcopy(last))
        marker.addprevious(before)
    first = root[0]  # the section begins a page, the first table need not
    for fresh in first.iter(f"{_W}pageBreakBefore"):
        fresh.getparent().remove(fresh)
        break
    for element in list(root):
        marker.addprevious(element)
    body.remove(marker)
    _set_paper(ours, paper)
    if last is not None:
        body.replace(last, ours)


def _set_paper(section: Any, paper: Paper) -> None:
    size = section.find(f"{_W}pgSz")
    margins = section.find(f"{_W}pgMar")
    size = etree.SubElement(section, f"{_W}pgSz") if size is None else size
    margins = etree.SubElement(section, f"{_W}pgMar") if margins is None else margins
    size.attrib.clear()
    size.set(f"{_W}w", str(twips(paper.width_mm)))
    size.set(f"{_W}h", str(twips(paper.height_mm)))
    if paper.width_mm > paper.height_mm:
        size.set(f"{_W}orient", "landscape")
    for side, mm in (("left", SIDE_MM), ("right", SIDE_MM), ("top", TOP_MM), ("bottom", BOTTOM_MM)):
        margins.set(f"{_W}{side}", str(twips(mm)))
    for side in ("header", "footer", "gutter"):
        if margins.get(f"{_W}{side}") is None:
            margins.set(f"{_W}{side}", "0")
