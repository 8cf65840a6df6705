"""Which pages, and which pictures on them, are read from their pixels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest.page.strokes import Stroke, Word
from sopextract.ingest.pdf import read_pdf
from sopextract.ingest.pdf.trust import LAYER, NO_TEXT
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Cell, Grid, Page, TextLine
from sopextract.settings import IngestSettings
from tests.ingest.pdf.raw import (
    HELVETICA,
    LINES,
    Sheet,
    make_pdf,
    map_that_reads,
    on_disk,
    picture,
    shifted,
    show,
)
from tests.ingest.seam import SAID, MadeScan, made_scan, put_in, words_at

SCAN = b"q 595 0 0 842 0 0 cm /Im Do Q\n"
WITH_PICTURE = (("Font", "F1", HELVETICA), ("XObject", "Im", picture()))
TWO_FONTS = (
    ("Font", "F1", HELVETICA),
    ("Font", "Bad", HELVETICA.replace(b">>", b"/ToUnicode 3 0 R >>")),
)


@dataclass
class Reader:
    """Stands in for `read_scan`; says what it is told to, and keeps what it was shown."""

    words: tuple[Word, ...] = words_at(100, 100)
    strokes: tuple[Stroke, ...] = ()
    poor: str | None = None
    known: float | None = None
    skew: float = 0.0
    seen: list[tuple[int, Raster]] = field(default_factory=list)

    def read_scan(self, raster: Raster, number: int, settings: IngestSettings) -> MadeScan:
        self.seen.append((number, raster))
        made = made_scan(raster, number, self.words, self.strokes)
        reading = replace(made.reading, poor=self.poor, known_share=self.known, skew_deg=self.skew)
        return replace(made, reading=reading)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    put_in(monkeypatch, made.read_scan)
    return made


def pages_of(folder: Path, *sheets: Sheet, indirect: tuple[bytes, ...] = ()) -> tuple[Page, ...]:
    return read_pdf(on_disk(folder, make_pdf(sheets, indirect)), IngestSettings()).pages


def texts(page: Page) -> list[str]:
    return [b.text for b in page.blocks if isinstance(b, TextLine) and b.text]


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(Sheet(SCAN, WITH_PICTURE), id="no text"),
        pytest.param(Sheet(SCAN + show(LINES, before="3 Tr"), WITH_PICTURE), id="a layer behind"),
        pytest.param(
            Sheet(
                b"".join(b"%d 710 m %d 710 l %d 700 l f\n" % (x, x + 3, x + 5) for x in range(600))
            ),
            id="letters drawn as outlines",
        ),
    ],
)
def test_a_page_without_text_of_its_own(tmp_path: Path, reader: Reader, sheet: Sheet) -> None:
    text, scan = pages_of(tmp_path, Sheet(show(LINES)), sheet)
    assert texts(text) == list(LINES)
    assert text.scan is None
    assert texts(scan) == [SAID]
    assert scan.untrusted is None
    assert scan.scan is not None
    assert (scan.scan.words, scan.scan.engine) == (3, "made")
    (line,) = scan.blocks
    assert isinstance(line, TextLine)
    assert line.place.bbox == pytest.approx((102, 101, 217, 111))  # as `flat` moves it
    assert [number for number, _ in reader.seen] == [2]
    assert reader.seen[0][1].pixels.shape == (2339, 1653, 3)


def test_text_that_is_there_is_not_read_from_pixels(tmp_path: Path, reader: Reader) -> None:
    pages_of(tmp_path, Sheet(show(LINES)), Sheet(SCAN + show(LINES), WITH_PICTURE), Sheet(b""))
    assert [number for number, _ in reader.seen] == [2]  # for what the picture below may say


def test_text_under_a_picture_of_the_page_is_read_from_pixels_without_a_word(
    tmp_path: Path, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    (page,) = pages_of(tmp_path, Sheet(show(LINES) + SCAN, WITH_PICTURE))
    assert texts(page) == [SAID]
    assert [record.name for record in caplog.records if record.name.startswith("pypdfium2")] == []


def test_letters_that_lie_are_read_from_pixels(tmp_path: Path, reader: Reader) -> None:
    frame = b"1 w 60 300 400 200 re S 60 420 m 460 420 l S 260 300 m 260 500 l S\n"
    content = show(LINES * 2, font="Bad") + show(["Nomor", "SOP"], y=400, x=100) + frame
    reader.words = (*words_at(98, 99), *words_at(98, 432, "Namer"))
    (page,) = pages_of(tmp_path, Sheet(content, TWO_FONTS), indirect=map_that_reads(shifted))
    assert page.untrusted is None
    assert page.scan is not None
    lines = [
        *texts(page),
        *(c.text for b in page.blocks if isinstance(b, Grid) for r in b.rows for c in r),
    ]
    assert lines == [SAID, "", "", "Nomor\nSOP", ""]  # the page's own words where they can be read


def test_without_the_extra_they_are_marked_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopextract.ingest.extra.find_spec", lambda name: None)
    layer = Sheet(SCAN + show(LINES, before="3 Tr"), WITH_PICTURE)
    text, behind, none = pages_of(tmp_path, Sheet(show(LINES)), layer, Sheet(SCAN, WITH_PICTURE))
    assert [page.untrusted for page in (text, behind, none)] == [None, LAYER, NO_TEXT]
    assert texts(behind) == list(LINES)
    with pytest.raises(SourceError, match="is a scan") as caught:
        pages_of(tmp_path, Sheet(SCAN, WITH_PICTURE))
    assert "pip install 'sopextract[scan]'" in caught.value.hint


def test_switched_off_they_are_marked_as_before(tmp_path: Path, reader: Reader) -> None:
    source = on_disk(tmp_path, make_pdf([Sheet(SCAN, WITH_PICTURE)]))
    with pytest.raises(SourceError, match="is a scan") as caught:
        read_pdf(source, IngestSettings(ocr="off"))
    assert "ocr = off" in caught.value.hint
    assert reader.seen == []


def test_a_scan_in_which_nothing_can_be_read_is_named(tmp_path: Path, reader: Reader) -> None:
    reader.words = ()
    with pytest.raises(SourceError, match="is blank: nothing is printed") as caught:
        pages_of(tmp_path, Sheet(SCAN, WITH_PICTURE), Sheet(SCAN, WITH_PICTURE))
    assert "other side" in caught.value.hint


def test_scribbles_read_as_letters_are_nothing_either(tmp_path: Path, reader: Reader) -> None:
    reader.poor, reader.known = "kabur", 0.0
    with pytest.raises(SourceError, match="nothing can be read"):
        pages_of(tmp_path, Sheet(SCAN, WITH_PICTURE))
    reader.known = 0.4
    (page,) = pages_of(tmp_path, Sheet(SCAN, WITH_PICTURE))
    assert texts(page) == [SAID]


def _table(width: float, height: float) -> tuple[Stroke, ...]:
    """Rules of three columns and three rows."""
    xs = [17 + k * (width - 10) / 3 for k in range(4)]  # 12 points of paper are put round it
    ys = [17 + k * (height - 10) / 3 for k in range(4)]
    level = [((xs[0], y), (xs[-1], y)) for y in ys]
    upright = [((x, ys[0]), (x, ys[-1])) for x in xs]
    return tuple(
        Stroke(ends, k, False, None, 0.0, 0.7, score=0.98)
        for k, ends in enumerate((*level, *upright))
    )


def test_a_table_that_is_a_picture_is_read_in_its_place(tmp_path: Path, reader: Reader) -> None:
    # 400 × 300 points, its top left corner 100 points from the left and 342 from the top
    content = show(LINES) + b"q 400 0 0 300 100 200 cm /Im Do Q\n"
    reader.words = words_at(27, 32, "No Kegiatan")[:1]
    reader.strokes = _table(400, 300)
    (page,) = pages_of(tmp_path, Sheet(content, WITH_PICTURE))
    assert texts(page) == list(LINES)
    (grid,) = (b for b in page.blocks if isinstance(b, Grid))
    assert [len(row) for row in grid.rows] == [3, 3, 3]
    first = grid.rows[0][0]
    assert first == Cell("No", first.place, (), first.score, (("No", first.score),))
    assert first.place.bbox == pytest.approx((107, 348, 237, 444.7), abs=1)
    assert page.scan is not None
    ((_, raster),) = reader.seen
    assert raster.size_pt == pytest.approx((424, 324), abs=1)


def test_a_picture_over_a_table_is_read_together_with_it(tmp_path: Path, reader: Reader) -> None:
    # A table of 400 × 300 points with two columns; in the right one a picture of 180 × 280 points.
    rules = b"1 w 100 200 400 300 re S 300 200 m 300 500 l S 100 450 m 500 450 l S\n"
    text = show(["Kegiatan"], y=470, x=110) + show(["Mencatat"], y=400, x=110)
    content = rules + text + b"q 180 0 0 280 310 210 cm /Im Do Q\n"
    box = ((340, 500), (400, 500), (400, 530), (340, 530), (340, 500))
    reader.strokes = (
        Stroke(box, 1, True, None, 0.0, 0.7, score=0.9),
        Stroke(((100, 390), (500, 390)), 2, False, None, 0.0, 0.7),  # a rule, which the page has
        Stroke(((120, 500), (180, 500)), 3, False, None, 0.0, 0.7),  # beside the picture
    )
    reader.words = (*words_at(330, 600, "Arsip"), *words_at(108, 434, "Mencafat"))
    (page,) = pages_of(tmp_path, Sheet(content, WITH_PICTURE))
    ((_, raster),) = reader.seen
    assert raster.size_pt == pytest.approx((595, 842), abs=1)  # the whole page
    (grid,) = (b for b in page.blocks if isinstance(b, Grid))
    cells = [[cell.text for cell in row] for row in grid.rows]
    assert cells == [["Kegiatan", ""], ["Mencatat", "□ Arsip"]]
    (symbol,) = page.symbols
    assert symbol.place.bbox == pytest.approx((342, 501, 402, 531), abs=0.5)
    assert page.residue == ()


STAMP = show(["Ditandatangani secara elektronik oleh", "Kepala Dinas Perpustakaan"], y=400)


@pytest.mark.parametrize("skew", [0.0, 1.5])
def test_a_scan_with_words_stamped_on_it(tmp_path: Path, reader: Reader, skew: float) -> None:
    reader.words = words_at(100, 100, "Kepala Dinas Perpustakaan Kabupaten Sikka " * 2)
    reader.skew = skew
    (page,) = pages_of(tmp_path, Sheet(SCAN + STAMP, WITH_PICTURE))
    assert len(reader.seen) == (1 if skew == 0 else 2)
    assert page.scan is not None
    assert page.scan.words == 10
    own = ["Ditandatangani secara elektronik oleh", "Kepala Dinas Perpustakaan"]
    said = " ".join(w.text for w in reader.words)
    assert [" ".join(t.split()) for t in texts(page)] == [said, *(own if skew == 0 else [])]


def test_a_ground_that_says_less_than_the_page_is_none(tmp_path: Path, reader: Reader) -> None:
    (page,) = pages_of(tmp_path, Sheet(SCAN + show(LINES), WITH_PICTURE))
    assert page.scan is None
    assert texts(page) == list(LINES)


def test_a_picture_in_strips_is_one(tmp_path: Path, reader: Reader) -> None:
    strips = b"".join(b"q 400 0 0 100 100 %d cm /Im Do Q\n" % y for y in (200, 300, 400))
    reader.strokes = _table(400, 300)
    pages_of(tmp_path, Sheet(show(LINES) + strips, WITH_PICTURE))
    ((_, raster),) = reader.seen
    assert raster.size_pt == pytest.approx((424, 324), abs=1)


def test_logos_are_not_read(tmp_path: Path, reader: Reader) -> None:
    content = show(LINES) + b"q 60 0 0 60 100 600 cm /Im Do Q\n"
    (page,) = pages_of(tmp_path, Sheet(content, WITH_PICTURE))
    assert reader.seen == []
    assert page.scan is None


def test_places_of_a_page_printed_sideways_are_its_own(tmp_path: Path) -> None:
    turned = b"q 0 1 -1 0 595 0 cm\n" + show(LINES, y=500) + b"1 w 40 400 600 80 re S\nQ\n"
    upright = show(LINES, y=500) + b"1 w 40 400 600 80 re S\n"
    (page,) = pages_of(tmp_path, Sheet(turned))
    (same,) = pages_of(tmp_path, Sheet(upright, boxes=b"/MediaBox [0 0 842 595]"))
    assert page.size_pt == (595, 842)
    assert same.size_pt == (842, 595)
    assert texts(page) == texts(same) == list(LINES)
    for block, other in zip(page.blocks, same.blocks, strict=True):
        boxes = [
            [b.place.bbox] if isinstance(b, TextLine) else [c.place.bbox for r in b.rows for c in r]
            for b in (block, other)
        ]
        for mine, as_upright in zip(*boxes, strict=True):
            assert mine is not None
            assert as_upright is not None
            x0, y0, x1, y1 = as_upright
            assert mine == pytest.approx((y0, 842 - x1, y1, 842 - x0), abs=0.1)
