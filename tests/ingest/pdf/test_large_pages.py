"""The largest page that a PDF may have is drawn with no more pixels than memory holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.ingest.pdf.rasters import Rasters, cut_out
from tests.ingest.pdf.raw import HELVETICA, LINES, Sheet, make_pdf, on_disk, picture, show

BOTH = (("Font", "F1", HELVETICA), ("XObject", "Im", picture(grey=0)))


@pytest.mark.parametrize(
    ("box", "most_px"),
    [((595, 842), 1654 * 2340), ((2384, 3370), 20_010_000), ((14400, 14400), 20_010_000)],
)
def test_pixels_of_a_page(tmp_path: Path, box: tuple[int, int], most_px: int) -> None:
    boxes = b"/MediaBox [0 0 %d %d]" % box
    source = on_disk(tmp_path, make_pdf([Sheet(show(LINES), boxes=boxes)]))
    rasters = Rasters(source)
    raster = rasters.page(1)
    rasters.close()
    assert raster is not None
    height, width = raster.pixels.shape[:2]
    assert 0.95 * most_px < width * height <= most_px
    assert raster.size_pt == pytest.approx(box, rel=0.002)


def test_pictures_without_text_and_vectors(tmp_path: Path) -> None:
    content = show(LINES) + b"50 50 400 10 re f q 100 0 0 50 300 242 cm /Im Do Q\n"
    rasters = Rasters(on_disk(tmp_path, make_pdf([Sheet(content, BOTH)])))
    whole, alone = rasters.page(1), rasters.pictures(1)
    again = rasters.page(1)
    rasters.close()
    assert whole is not None
    assert alone is not None
    assert again is not None
    assert (again.pixels == whole.pixels).all()
    assert (alone.pixels < 128).sum() < (whole.pixels < 128).sum()
    part, corner = cut_out(alone, (300, 550, 400, 600))
    assert part.size_pt == pytest.approx((100, 50), abs=1)
    assert corner == pytest.approx((300, 550), abs=0.4)
    assert (part.pixels < 128).mean() > 0.95
    assert (alone.pixels < 128).sum() == (part.pixels < 128).sum()


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    rasters = Rasters(on_disk(tmp_path, make_pdf([Sheet(b"")])))
    assert rasters.page(2) is None
    rasters.close()
