"""One made sheet as a scan in several forms, read by the real engine where it is installed.

What is looked at is where the words come to lie, and that they come at all; how well they are read
is measured elsewhere (docs/accuracy.md).
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sopextract.core.geometry import BBox, centre, contains, grow
from sopextract.ingest import ingest
from sopextract.ingest.detect import detect_media_type
from sopextract.ingest.pdf.rasters import Rasters
from sopextract.model.source import Grid, Page, SourceFile
from sopextract.settings import IngestSettings

for _package in ("cv2", "onnxruntime", "rapidocr", "reportlab"):
    pytest.importorskip(_package)


def source_of(path: Path) -> SourceFile:
    data = path.read_bytes()
    kind = detect_media_type(path.name, data[:1024], path)
    return SourceFile(path.name, "0" * 64, kind, path, len(data))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, Image.Image]:
    """The second page of a made sheet as its text says, and its picture."""
    from tools.make_sheets import make_sheets

    (made,) = make_sheets(1, 7, "Q")
    path = tmp_path_factory.mktemp("sheet") / made.name
    path.write_bytes(made.data)
    rasters = Rasters(source_of(path))
    raster = rasters.page(2)
    rasters.close()
    assert raster is not None
    page = ingest(source_of(path), IngestSettings()).pages[1]
    return page, Image.fromarray(raster.pixels)


def as_pdf(picture: Image.Image, turn: int = 0) -> bytes:
    """A PDF whose only page is the picture, lying as it is turned counter-clockwise."""
    data = io.BytesIO()
    picture.rotate(turn, expand=True).save(data, "PDF", resolution=200.0, quality=85)
    return data.getvalue()


def cells(page: Page) -> list[tuple[str, BBox]]:
    return [
        (cell.text, cell.place.bbox)
        for block in page.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if cell.place.bbox is not None and cell.text.strip()
    ]


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def turned(box: BBox, turn: int, size: tuple[float, float]) -> BBox:
    """Where a box of the upright page lies on the page turned counter-clockwise."""
    (x0, y0, x1, y1), (width, height) = box, size
    if turn == 90:
        return y0, width - x1, y1, width - x0
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    return (height - y1, x0, height - y0, x1) if turn == 270 else box


@pytest.mark.parametrize(("name", "turn"), [("a.pdf", 90), ("a.pdf", 270), ("a.tif", 0)])
def test_a_scan_says_the_same_in_the_same_places(
    name: str, turn: int, sheet: tuple[Page, Image.Image], cache: Path, tmp_path: Path
) -> None:
    page, picture = sheet
    path = tmp_path / name
    if name.endswith(".pdf"):
        path.write_bytes(as_pdf(picture, turn))
    else:
        picture.convert("L").save(path, dpi=(200, 200), compression="tiff_lzw")
    (scan,) = ingest(source_of(path), IngestSettings(ocr_cache=cache)).pages
    assert page.size_pt is not None
    width, height = page.size_pt
    size = (height, width) if turn in (90, 270) else (width, height)
    assert scan.size_pt == pytest.approx(size, abs=1)
    assert scan.scan is not None
    assert scan.scan.turn == turn
    found = cells(scan)
    wanted = [(text, turned(box, turn, page.size_pt)) for text, box in cells(page)]
    same = [
        letters(text) in {letters(t) for t, b in found if contains(grow(box, 2), centre(b))}
        for text, box in wanted
    ]
    assert np.mean(same) >= 0.9
    assert len(found) <= 1.1 * len(wanted)


def test_a_blank_page_and_noise_give_no_text(tmp_path: Path, cache: Path) -> None:
    from sopextract.errors import SourceError

    noise = np.random.default_rng(5).normal(200, 25, (1169, 827)).clip(0, 255).astype(np.uint8)
    black = noise // 20
    white = np.full((1169, 827), 255, np.uint8)
    for pixels, why in (
        (white, "is blank"),
        (noise, "nothing can be read"),
        (black, "is black"),
    ):
        path = tmp_path / "a.png"
        Image.fromarray(pixels).save(path)
        with pytest.raises(SourceError, match=why):
            ingest(source_of(path), IngestSettings(ocr_cache=cache))
