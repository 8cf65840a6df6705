"""How many dots an inch the picture of a page has, whatever it is drawn at."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from sopextract.ingest.detect import detect_media_type
from sopextract.ingest.pdf.rasters import Rasters
from sopextract.model.source import SourceFile

reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
WIDTH, HEIGHT = 595.0, 842.0
Put = tuple[int, float, float, float, float]  # dots an inch; left, bottom, width, height


def dpi_of(folder: Path, *pictures: Put) -> float | None:
    """What is said of a page of A4 with these pictures."""
    from reportlab.lib.utils import ImageReader

    data = io.BytesIO()
    canvas = reportlab.Canvas(data, pagesize=(WIDTH, HEIGHT))
    for k, (dpi, left, bottom, width, height) in enumerate(pictures):
        size = (round(width * dpi / 72), round(height * dpi / 72))
        paper = ImageReader(Image.new("L", size, 200 + k))
        canvas.drawImage(paper, left, bottom, width, height)
    canvas.showPage()
    canvas.save()
    path = folder / "a.pdf"
    path.write_bytes(data.getvalue())
    media = detect_media_type(path.name, data.getvalue()[:1024], path)
    rasters = Rasters(SourceFile(path.name, "0" * 64, media, path, len(data.getvalue())))
    try:
        raster = rasters.page(1)
    finally:
        rasters.close()
    assert raster is not None
    return raster.dpi


@pytest.mark.parametrize("dpi", [72, 150, 300])
def test_of_a_scan(dpi: int, tmp_path: Path) -> None:
    assert dpi_of(tmp_path, (dpi, 0, 0, WIDTH, HEIGHT)) == pytest.approx(dpi, rel=0.01)


def test_of_a_scan_in_strips(tmp_path: Path) -> None:
    strips = [(150, 0.0, HEIGHT * k / 20, WIDTH, HEIGHT / 20) for k in range(20)]
    assert dpi_of(tmp_path, *strips) == pytest.approx(150, rel=0.03)


def test_fine_letters_over_a_coarse_ground(tmp_path: Path) -> None:
    ground, letters = (75, 0.0, 0.0, WIDTH, HEIGHT), (300, 60.0, 60.0, 475.0, 700.0)
    assert dpi_of(tmp_path, ground, letters) == pytest.approx(300, rel=0.01)


def test_a_fine_logo_says_nothing_of_a_coarse_scan(tmp_path: Path) -> None:
    logo = (600, 60.0, 700.0, 60.0, 60.0)
    assert dpi_of(tmp_path, (72, 0, 0, WIDTH, HEIGHT), logo) == pytest.approx(72, rel=0.01)
    assert dpi_of(tmp_path, logo) is None
