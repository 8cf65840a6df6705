"""Made scans: the same bytes for the same seed, the sheet's truth, every place where it went."""

from __future__ import annotations

import io
import random
from functools import cache

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageOps, ImageSequence

from tools.make_sheets import MadeSheet, make_sheets
from tools.make_sheets.pdf.pen import Book, Box, Font
from tools.make_sheets.scan import KINDS, MadeScan, make_scan, make_scans
from tools.make_sheets.scan.decoys import make_decoys
from tools.make_sheets.scan.kinds import draw_wear
from tools.make_sheets.scan.made import MAX_PAGES, fitting_sheets
from tools.make_sheets.scan.pages import count_pages
from tools.make_sheets.scan.warp import Bend, Warp
from tools.make_sheets.sheet import Gold

WORN = [kind for kind in KINDS if kind != "pasted"]
SIZE = (240.0, 180.0)  # points: small, so that the tests are quick
SPOT = Box(150, 40, 180, 60)


@cache
def sheet(pages: int = 1) -> MadeSheet:
    """A PDF with a black area at `SPOT` and the word Kegiatan on every page."""
    book = Book()
    for _ in range(pages):
        pen = book.page(*SIZE)
        pen.rect(SPOT, fill=(0, 0, 0))
        pen.text(20, 120, "Kegiatan", Font("helvetica", 0, 11))
        pen.done()
    gold: Gold = {"source": {"path": "p1-0.pdf", "index": 0}, "nama_sop": "Uji"}
    return MadeSheet("p1-0.pdf", book.data(), (gold,), "P")


def frames(scan: MadeScan) -> list[Image.Image]:
    """The pages of a picture file as they are seen."""
    with Image.open(io.BytesIO(scan.sheet.data)) as picture:
        return [ImageOps.exif_transpose(f.copy()) for f in ImageSequence.Iterator(picture)]


def grey(picture: Image.Image) -> npt.NDArray[np.float64]:
    return np.asarray(picture.convert("L"), dtype=np.float64)


def dark_middle(picture: Image.Image) -> tuple[float, float]:
    """The middle of the largest dark area, as shares: that of what a strong blur leaves dark."""
    small = picture.convert("L").reduce(8)
    values = grey(small)
    height, width = values.shape
    inner = values[height // 9 : -(height // 9), width // 9 : -(width // 9)]  # no desk, no edge
    y, x = np.nonzero(values <= inner.min() + 40)
    inside = (abs(x / width - 0.5) < 0.39) & (abs(y / height - 0.5) < 0.39)
    return (float(x[inside].mean()) + 0.5) / width, (float(y[inside].mean()) + 0.5) / height


@pytest.mark.parametrize("kind", WORN)
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    assert make_scan(sheet(), 5, kind).sheet.data == make_scan(sheet(), 5, kind).sheet.data
    assert make_scan(sheet(), 5, kind).sheet.data != make_scan(sheet(), 6, kind).sheet.data


def test_the_truth_is_that_of_the_pdf_under_another_name() -> None:
    scan = make_scan(sheet(), 5, "deg200", turn=90, container="tif")
    assert scan.sheet.name == "p1-0-deg200-90.tif"
    assert scan.sheet.gold == (
        {"source": {"path": scan.sheet.name, "index": 0}, "nama_sop": "Uji"},
    )
    assert sheet().gold[0]["source"] == {"path": "p1-0.pdf", "index": 0}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", ["deg200", "photo", "hard200", "bin200"])
def test_places_are_carried_over(kind: str, turn: int) -> None:
    for seed in (1, 2):
        scan = make_scan(sheet(), seed, kind, turn=turn, container="png")
        wanted = scan.warps[0].place((SPOT.cx / SIZE[0], SPOT.cy / SIZE[1]))
        assert dark_middle(frames(scan)[0]) == pytest.approx(wanted, abs=0.012)


def test_a_turned_page_is_the_upright_one_turned() -> None:
    upright = frames(make_scan(sheet(), 5, "deg200", container="png"))[0]
    for turn, quarters in ((90, -1), (180, 2), (270, 1)):
        turned = frames(make_scan(sheet(), 5, "deg200", turn=turn, container="png"))[0]
        assert np.array_equal(np.asarray(turned), np.rot90(np.asarray(upright), quarters))


def test_some_photographs_lie_on_their_side_and_say_so() -> None:
    laid = 0
    for seed in range(8):
        scan = make_scan(sheet(), seed, "photo", container="jpg")
        with Image.open(io.BytesIO(scan.sheet.data)) as picture:
            laid += picture.getexif().get(0x0112, 1) != 1
        seen = frames(scan)[0]
        assert seen.width > seen.height
        wanted = scan.warps[0].place((SPOT.cx / SIZE[0], SPOT.cy / SIZE[1]))
        assert dark_middle(seen) == pytest.approx(wanted, abs=0.012)
    assert 1 <= laid <= 7


def test_tiffs_have_all_pages_and_bilevel_ones_are_packed_as_fax() -> None:
    scan = make_scan(sheet(3), 5, "bin200", container="tif")
    with Image.open(io.BytesIO(scan.sheet.data)) as picture:
        assert (getattr(picture, "n_frames", 1), picture.mode) == (3, "1")
        assert picture.info["compression"] == "group4"
        assert picture.info["dpi"] == (200, 200)
    grey_scan = make_scan(sheet(2), 5, "copy", container="tif")
    assert [f.mode for f in frames(grey_scan)] == ["L", "L"]


def test_picture_files_hold_one_page() -> None:
    with pytest.raises(ValueError, match="holds one page"):
        make_scan(sheet(2), 5, "deg200", container="jpg")
    drawn = {make_scan(sheet(2), s, "deg200").sheet.name.rpartition(".")[2] for s in range(24)}
    assert drawn == {"pdf", "tif"}


@pytest.mark.parametrize(
    ("kind", "code"), [("bin200", b"/CCITTFaxDecode"), ("deg200", b"/DCTDecode")]
)
def test_scanned_pdfs_hold_pictures_alone(kind: str, code: bytes) -> None:
    data = make_scan(sheet(2), 5, kind, container="pdf").sheet.data
    assert code in data
    document = pdfium.PdfDocument(data)
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx(SIZE, abs=1)
    assert document[0].get_textpage().count_chars() == 0
    document.close()


def test_the_hidden_text_is_not_what_is_printed() -> None:
    document = pdfium.PdfDocument(make_scan(sheet(), 5, "deg200", container="layer").sheet.data)
    said = document[0].get_textpage().get_text_range().strip()
    document.close()
    assert len(said) >= len("Kegiatan")
    assert said != "Kegiatan"


def test_kept_apart_scans_have_other_wear() -> None:
    one = frames(make_scan(sheet(), 7, "deg200", container="png"))[0]
    other = frames(make_scan(sheet(), 9507, "deg200", container="png"))[0]
    assert np.asarray(one.convert("L")).tobytes() != np.asarray(other.convert("L")).tobytes()


def test_what_is_scanned_in_grey() -> None:
    """Of offices' stamps copies and faxes only; that of a copy (SALINAN) worn scans as well."""
    for kind in WORN:
        worn = [draw_wear(random.Random(n), kind, apart=n % 2 == 1) for n in range(60)]
        offices = [w for w in worn if w.grey and (w.stamped or w.signed)]
        copies = [w for w in worn if w.grey and w.copied]
        assert bool(offices) == (kind in ("copy", "bin200"))
        assert bool(copies) == (kind in ("copy", "bin200", "deg300", "deg200", "hard200"))


def test_long_sheets_are_left_out_and_the_number_is_kept() -> None:
    made = list(fitting_sheets(3, 5, "S"))
    assert all(count_pages(sheet.data) <= MAX_PAGES for sheet in made)
    assert len(list(make_scans(1, 5, "bin200", "P"))) == 1


def test_a_pasted_table_is_a_picture_and_the_rest_stays_text() -> None:
    vector = next(make_sheets(1, 7, "P"))
    scan = make_scan(vector, 7, "pasted")
    assert count_pages(scan.sheet.data) == count_pages(vector.data)
    before, after = pdfium.PdfDocument(vector.data), pdfium.PdfDocument(scan.sheet.data)
    texts = [d[0].get_textpage().get_text_range() for d in (before, after)]
    before.close()
    after.close()
    assert "Nomor SOP" in texts[0]
    assert "Nomor SOP" in texts[1]
    assert "Aktivitas" in texts[0]
    assert "Aktivitas" not in texts[1]


def test_a_turn_is_clockwise() -> None:
    flat = Bend()
    assert Warp(flat, (200, 100), 90).place((0.1, 0.2)) == pytest.approx((0.8, 0.1))
    assert Warp(flat, (200, 100), 180).place((0.1, 0.2)) == pytest.approx((0.9, 0.8))
    assert Warp(flat, (200, 100), 270).place((0.1, 0.2)) == pytest.approx((0.2, 0.9))


def test_a_box_holds_its_bent_sides() -> None:
    bent = Warp(Bend(curl=0.1, phase=0.0), (100, 100))
    left, top, right, bottom = bent.box((0.0, 0.5, 1.0, 0.6))
    assert (left, right) == pytest.approx((0.0, 1.0))
    assert (top, bottom) == pytest.approx((0.5, 0.7))


def test_decoys_have_no_truth_and_are_of_every_kind() -> None:
    made = list(make_decoys(7))
    assert [one.name for one in made] == [
        "bukan7-kosong.pdf",
        "bukan7-hitam.jpg",
        "bukan7-derau.tif",
        "bukan7-kucing.pdf",
        "bukan7-tulisan-tangan.jpg",
        "bukan7-koran.tif",
        "bukan7-surat.pdf",
    ]
    assert all(one.gold == () for one in made)
    assert made[:2] == list(make_decoys(7))[:2]
