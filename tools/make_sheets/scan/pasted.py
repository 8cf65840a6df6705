"""A PDF whose step tables are pictures, pasted where the tables stood."""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageFilter

from sopextract.core.geometry import BBox, grow, union
from sopextract.ingest import ingest
from sopextract.model.source import Grid, Page, SourceFile
from sopextract.settings import IngestSettings
from tools.make_sheets.scan.kinds import Wear

_POINTS = 72.0
_AROUND = 2.0  # points of white that whoever cut the picture left around it


def step_tables(data: bytes) -> list[BBox | None]:
    """Where the step table of each page of a vector PDF stands, in points as seen; None: nowhere.

    What the reader of vectors took for a table with symbols in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(data)
        source = SourceFile(
            "a.pdf", hashlib.sha256(data).hexdigest(), "application/pdf", path, len(data)
        )
        return [_table_of(page) for page in ingest(source, IngestSettings(ocr="off")).pages]


def _table_of(page: Page) -> BBox | None:
    boxes: list[BBox] = []
    for block in page.blocks:
        cells = [c for row in block.rows for c in row] if isinstance(block, Grid) else []
        if any(cell.symbols for cell in cells):
            boxes += [cell.place.bbox for cell in cells if cell.place.bbox is not None]
    lines = [c.place.bbox for c in page.connectors if c.place.bbox is not None]
    symbols = [s.place.bbox for s in page.symbols if s.place.bbox is not None]
    return grow(union([*boxes, *lines, *symbols]), _AROUND) if boxes else None


def paste_tables(data: bytes, wear: Wear) -> bytes:
    """The PDF with each step table as a JPEG; of turned pages and forms the whole page is one."""
    tables = step_tables(data)
    document = pdfium.PdfDocument(data)
    for index, table in enumerate(tables):
        page = document[index]
        if table is not None:
            _paste(document, page, table, wear)
        page.close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _paste(document: pdfium.PdfDocument, page: pdfium.PdfPage, table: BBox, wear: Wear) -> None:
    turn = page.get_rotation()
    width, height = page.get_size()
    objects = list(page.get_objects(max_depth=1))
    whole = turn != 0 or any(o.type == raw.FPDF_PAGEOBJ_FORM for o in objects)
    box = (0.0, 0.0, width, height) if whole else table
    scale = wear.dpi / _POINTS
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    picture = picture.crop(tuple(round(v * scale) for v in box))
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    for item in objects:
        if whole or _inside(item, box, height):
            page.remove_obj(item)
    page.set_rotation(0)
    if turn in (90, 270):
        page.set_mediabox(0, 0, width, height)
        page.set_cropbox(0, 0, width, height)
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(_jpeg(picture, wear.quality), inline=True)
    matrix = pdfium.PdfMatrix().scale(box[2] - box[0], box[3] - box[1])
    image.set_matrix(matrix.translate(box[0], height - box[3]))
    page.insert_obj(image)
    page.gen_content()


def _inside(item: pdfium.PdfObject, box: BBox, height: float) -> bool:
    """Whether the middle of an object lies in the box, and it is no ground of the whole page."""
    left, bottom, right, top = item.get_bounds()
    x, y = (left + right) / 2, height - (bottom + top) / 2
    larger = right - left > 1.1 * (box[2] - box[0]) or top - bottom > 1.1 * (box[3] - box[1])
    return box[0] <= x <= box[2] and box[1] <= y <= box[3] and not larger


def _jpeg(picture: Image.Image, quality: int) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    out.seek(0)
    return out
