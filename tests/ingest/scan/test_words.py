"""Words of a page: cut at rules, parted by lines, found where the engine finds none, and placed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from sopextract.core.geometry import BBox, contains
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.text import lines_of, text_of
from sopextract.ingest.scan.pieces import Cells, Cutter
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.spots import find_spots
from sopextract.ingest.scan.words import PageWords, read_words
from tests.ingest.scan.drawing import PER_PT, Sheet
from tests.ingest.scan.sight import SheetEngine

COLUMNS, ROWS = (20.0, 120.0, 220.0, 260.0), (20.0, 60.0, 120.0)


class Finds(SheetEngine):
    """An engine that finds these boxes (points) and no others."""

    def __init__(self, sheet: Sheet, *found: BBox) -> None:
        super().__init__(sheet)
        self._found = found

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        return _in_pixels(self._found)


class Says:
    """An engine that finds one box (points), or none, and says the same of every picture."""

    name, version, key = "says", "1", "says 1"

    def __init__(self, text: str, *found: BBox) -> None:
        share = 1 / len(text)
        at = [text.index(word) for word in text.split()]
        self._read = ReadLine(
            tuple(
                (word, start * share, (start + len(word)) * share, 0.9)
                for word, start in zip(text.split(), at, strict=True)
            )
        )
        self._found = found

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        return _in_pixels(self._found)

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        return (self._read,) * len(pictures)


def _in_pixels(boxes: Sequence[BBox]) -> tuple[FoundLine, ...]:
    return tuple(
        FoundLine((x0 * PER_PT, y0 * PER_PT, x1 * PER_PT, y1 * PER_PT), 0.8)
        for x0, y0, x1, y1 in boxes
    )


def cells() -> list[BBox]:
    """The cells of the table, in pixels."""
    return [
        (x0 * PER_PT, y0 * PER_PT, x1 * PER_PT, y1 * PER_PT)
        for y0, y1 in pairwise(ROWS)
        for x0, x1 in pairwise(COLUMNS)
    ]


@pytest.fixture
def sheet() -> Sheet:
    """A table of two rows and three columns."""
    made = Sheet(300, 160)
    made.table(COLUMNS, ROWS)
    return made


def read(sheet: Sheet, *found: BBox) -> PageWords:
    """The words where the engine finds these boxes; all that is written where none is given."""
    engine = Finds(sheet, *found) if found else SheetEngine(sheet)
    return read_words(sheet.grey, cells(), PER_PT, engine)


def texts(words: PageWords) -> list[str]:
    return [word.text for word in words.words]


def within(outer: BBox, inner: BBox, by: float = 0.0) -> bool:
    return (
        outer[0] - by <= inner[0]
        and outer[1] - by <= inner[1]
        and inner[2] <= outer[2] + by
        and inner[3] <= outer[3] + by
    )


def test_words_stand_where_they_are_written(sheet: Sheet) -> None:
    box = sheet.write("Kepala Dinas", (30, 30))
    first, second = read(sheet).words
    assert (first.text, second.text) == ("Kepala", "Dinas")
    assert first.bbox[0] == pytest.approx(box[0], abs=0.8)
    assert second.bbox[2] == pytest.approx(box[2], abs=0.8)
    assert 1.5 < second.bbox[0] - first.bbox[2] < 3.5  # a space
    assert first.bbox[1::2] == second.bbox[1::2]
    assert first.size_pt == pytest.approx(8, rel=0.1)
    assert (first.angle, first.slanted, first.bold) == (0, False, False)


def test_a_line_is_cut_at_the_rule_between_its_words(sheet: Sheet) -> None:
    left = sheet.write("Laporan", (84, 30))
    right = sheet.write("Kartu", (123, 30))
    first, second = read(sheet, (left[0] - 2, 27, right[2] + 2, 42)).words
    assert (first.text, second.text) == ("Laporan", "Kartu")
    assert within((20, 20, 120, 60), first.bbox)
    assert within((120, 20, 220, 60), second.bbox)


@pytest.mark.parametrize(("at", "side"), [(102.0, 0), (110.0, 1)])
def test_a_word_over_a_rule_stays_whole_on_the_side_of_its_middle(
    sheet: Sheet, at: float, side: int
) -> None:
    sheet.write("Ditolak", (at, 30))
    sheet.table(COLUMNS, ROWS)  # the rule over the word
    (word,) = read(sheet).words
    assert word.text == "Ditolak"
    assert word.bbox[0] < 119
    assert word.bbox[2] > 121
    middle = (word.bbox[0] + word.bbox[2]) / 2
    assert (middle > 120) is bool(side)


def test_two_lines_in_one_box_are_two(sheet: Sheet) -> None:
    above = sheet.write("Menyusun", (30, 28))
    below = sheet.write("laporan", (30, 38))
    words = read(sheet, (28, above[1] - 2, 70, below[3] + 2)).words
    assert [[w.text for w in line] for line in lines_of(words)] == [["Menyusun"], ["laporan"]]
    assert words[1].bbox[3] - words[0].bbox[3] == pytest.approx(10, abs=0.5)


def test_tails_of_the_line_above_are_no_part_of_a_line(sheet: Sheet) -> None:
    above = sheet.write("pejabat", (30, 28))
    below = sheet.write("umum", (30, 38))
    words = read(sheet, (28, above[1] - 1, 70, above[3] + 3), (28, above[3] - 2, 70, below[3] + 2))
    assert text_of(words.words) == "pejabat\numum"


def test_a_figure_alone_in_its_cell_is_read_though_it_was_not_found(sheet: Sheet) -> None:
    found = sheet.write("Kartu", (30, 30))
    sheet.write("7", (235, 30))
    words = read(sheet, (found[0] - 2, found[1] - 2, found[2] + 2, found[3] + 2))
    assert texts(words) == ["Kartu", "7"]
    assert contains((220, 20, 260, 60), (words.words[1].bbox[0], words.words[1].bbox[1]))


def test_a_dash_is_known_by_its_shape(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    sheet.said.append(("nothing", (0.0, 0.0, 1.0, 1.0)))  # of which the engine knows no look
    sheet.line((238, 40), (241, 40), width=0.8)
    words = read(sheet, (28, 28, 60, 42)).words
    assert [word.text for word in words] == ["Kartu", "-"]
    assert words[1].size_pt == words[0].size_pt
    assert words[1].score == pytest.approx(0.98)


def test_a_dash_is_one_with_the_underline_of_a_link_or_a_speck_beside_it(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    for y in (40.0, 42.4):
        sheet.line((238, y), (241, y), width=0.8)
    assert texts(read(sheet, (28, 28, 60, 42))) == ["Kartu", "-"]
    sheet.line((238, 90), (241, 90), width=0.8)
    sheet.line((242.3, 89), (242.4, 89), width=0.4)
    assert texts(read(sheet, (28, 28, 60, 42))) == ["Kartu", "-", "-"]


def test_an_upright_line_thinner_than_letters_is_no_figure(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30), 11)
    sheet.write("Kartu", (130, 30), 11)
    x, y = round(240 * PER_PT), round(36 * PER_PT)
    grey = sheet.grey.copy()
    grey[y : y + 14, x : x + 2] = 60
    engine = Says("1", (28, 28, 60, 44), (128, 28, 160, 44), (236, 34, 245, 44))
    assert texts(read_words(grey, cells(), PER_PT, engine)) == ["1", "1"]


def test_a_small_disc_before_a_line_is_its_bullet(sheet: Sheet) -> None:
    sheet.write("Kartu nama", (50, 30))
    x, y = round(40 * PER_PT), round(34 * PER_PT)
    grey = sheet.grey.copy()
    disc = np.abs(np.mgrid[-3.5:4, -3.5:4]).sum(axis=0) <= 4.5  # 40 of 64 pixels
    grey[y : y + 8, x : x + 8][disc] = 60
    words = read_words(grey, cells(), PER_PT, Finds(sheet, (48, 28, 110, 42)))
    assert "•" in texts(words)


def test_a_dash_in_a_cell_with_lines_is_a_part_of_them(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    sheet.line((238, 40), (241, 40), width=0.8)
    sheet.line((230, 65), (230, 110))
    sheet.line((238, 90), (241, 90), width=0.8)
    words = read(sheet, (28, 28, 60, 42)).words
    assert [word.text for word in words] == ["Kartu", "-"]
    assert words[1].bbox[3] < 60


def test_broken_lines_and_heads_are_no_words(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    sheet.line((130, 90), (210, 90), dash=(3, 2))
    sheet.line((170, 65), (170, 115), dash=(3, 2))
    sheet.head((240, 90), (0, 1))
    assert texts(read(sheet, (28, 28, 60, 42))) == ["Kartu"]


def test_what_is_found_and_says_nothing_is_left_out(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    sheet.ring((170, 90), 8, colour=(0, 0, 0))
    words = read(sheet, (28, 28, 60, 42), (160, 80, 180, 100))
    assert texts(words) == ["Kartu"]


def test_an_underline_is_no_part_of_words(sheet: Sheet) -> None:
    box = sheet.write("SITI AMINAH", (30, 30))
    plain = read(sheet).words
    sheet.line((box[0], box[3] + 1.2), (box[2], box[3] + 1.2), width=0.6)
    words = read_words(sheet.grey, cells(), PER_PT, Says("SITI AMINAH", box))
    lined = words.words
    assert [w.text for w in lined] == ["SITI", "AMINAH"]
    for a, b in zip(plain, lined, strict=True):
        assert b.bbox == pytest.approx(a.bbox, abs=0.6)


@pytest.mark.parametrize("angle", [90, 270])
def test_text_that_stands_upright_is_read_turned(angle: int) -> None:
    written = Sheet(120, 40)
    written.write("LLLLLLL....", (20, 14))
    turned = Sheet(40, 120)
    turned.pixels = np.ascontiguousarray(np.rot90(written.pixels, angle // 90))
    _, (x0, y0, x1, y1) = written.said[0]
    if angle == 90:  # upwards
        box = (y0 - 2, 120 - x1 - 2, y1 + 2, 120 - x0 + 2)
    else:
        box = (40 - y1 - 2, x0 - 2, 40 - y0 + 2, x1 + 2)
    engine = Finds(written, box)  # to which the text the other way up looks like nothing
    (word,) = read_words(turned.grey, [], PER_PT, engine).words
    assert (word.text, word.angle) == ("LLLLLLL....", angle)
    assert within(box, word.bbox, 1.5)
    assert word.size_pt == pytest.approx(8, rel=0.12)


def test_lines_that_go_on_share_their_base(sheet: Sheet) -> None:
    sheet.write("Nomor", (30, 30))
    sheet.write("12", (75, 30))
    words = read(sheet).words
    assert [w.text for line in lines_of(words) for w in line] == ["Nomor", "12"]
    assert words[0].bbox[3] == words[1].bbox[3]
    assert words[0].size_pt == words[1].size_pt


def test_a_witness_that_differs_makes_words_less_sure(sheet: Sheet) -> None:
    sheet.write("19710215", (30, 30))
    engine = SheetEngine(sheet, score=1.0)

    def score(text: str | None) -> float:
        witness = None if text is None else Says(text)
        (word,) = read_words(sheet.grey, cells(), PER_PT, engine, witness).words
        assert word.text == "19710215"  # never the witness's
        return word.score

    assert score("19710215") > 0.9 > score("19710275")
    assert score("19710215") >= score(None) > score("19710275")


def test_the_page_says_how_well_it_was_read(sheet: Sheet) -> None:
    sheet.write("Menyusun laporan", (30, 30))
    sheet.write("Xqzwk", (130, 30))
    words = read(sheet)
    assert words.known_share == pytest.approx(2 / 3)
    assert words.unread == 0
    assert words.mean_confidence is not None
    low, high = (f(w.score for w in words.words) for f in (min, max))
    assert low <= words.mean_confidence <= high


def test_hopeless_words_are_counted_and_left_out(sheet: Sheet) -> None:
    sheet.write("Xqzwk vbnrt", (30, 30))
    words = read_words(sheet.grey, cells(), PER_PT, SheetEngine(sheet, score=0.02))
    assert (words.words, words.unread) == ((), 2)
    assert (words.mean_confidence, words.known_share) == (None, None)


def test_in_a_line_with_a_sure_word_the_others_stay_however_dim(sheet: Sheet) -> None:
    box = sheet.write("Pencatatan laporan", (30, 30))
    said = ReadLine((("Pencatatar", 0.0, 0.55, 0.3), ("laporan", 0.6, 1.0, 1.0)))
    engine = Says("laporan", box)
    engine.read_lines = lambda pictures: (said,) * len(pictures)  # type: ignore[method-assign]
    words = read_words(sheet.grey, cells(), PER_PT, engine)
    assert texts(words) == ["Pencatatar", "laporan"]
    assert words.words[0].score < 0.3
    assert words.unread == 0


def test_a_dash_in_a_cell_with_text_is_dirt(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 26))
    sheet.line((80, 50), (83, 50), width=0.8)
    assert texts(read(sheet, (28, 24, 60, 38))) == ["Kartu"]


def test_a_colon_and_a_dash_are_known_by_their_shape(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    for y in (37.0, 40.0):
        sheet.line((226, y), (226.1, y), width=0.8)
    sheet.line((229, 38.5), (232, 38.5), width=0.8)
    words = read(sheet, (28, 28, 60, 42)).words
    assert [word.text for word in words] == ["Kartu", ":", "-"]


def test_a_speck_between_letters_is_no_sign(sheet: Sheet) -> None:
    box = sheet.write("Kartu nama", (30, 30))
    seen: list[Grey] = []

    class Sees(Finds):
        def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
            seen.extend(pictures)
            return (ReadLine((("Kartu", 0, 0.5, 1.0), ("nama", 0.6, 1, 1.0))),) * len(pictures)

    read_words(sheet.grey, cells(), PER_PT, Sees(sheet, box))
    y, x = (box[1] + box[3]) / 2, box[0] + 20.0
    spotted = sheet.grey.copy()
    spotted[
        round(y * PER_PT) : round(y * PER_PT) + 3, round(x * PER_PT) : round(x * PER_PT) + 3
    ] = 0
    read_words(spotted, cells(), PER_PT, Sees(sheet, box))
    assert (seen[1] < 128).sum() <= (seen[0] < 128).sum()


@pytest.mark.parametrize("shade", [255, 0])
def test_a_page_of_one_shade_has_no_words(shade: int) -> None:
    page = np.full((200, 300), shade, np.uint8)
    engine = Finds(Sheet(10, 10), (10, 10, 40, 20))
    assert read_words(page, [], PER_PT, engine) == PageWords((), (), None, None)


def test_words_are_plain_values(sheet: Sheet) -> None:
    sheet.write("Kartu", (30, 30))
    (word,) = read(sheet).words
    assert isinstance(word, Word)
    assert all(type(v) is float for v in (*word.bbox, word.size_pt, word.score))


@pytest.mark.parametrize(("size", "told"), [(3.0, False), (8.0, True), (20.0, False)])
def test_a_few_doubtful_letters_far_off_the_usual_size_are_no_text(
    sheet: Sheet, size: float, told: bool
) -> None:
    usual = sheet.write("Pencatatan laporan", (30, 30))
    odd = sheet.write("ONO", (130, 70), size)

    class Doubts(Finds):
        def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
            read = super().read_lines(pictures)
            return tuple(
                ReadLine(tuple((*w[:3], 0.8) for w in line.words)) if line.text == "ONO" else line
                for line in read
            )

    words = read_words(sheet.grey, cells(), PER_PT, Doubts(sheet, usual, odd))
    assert ("ONO" in texts(words)) is told
    assert words.unread == (0 if told else 1)


def test_a_stop_that_stands_off_all_words_is_a_speck(sheet: Sheet) -> None:
    box = sheet.write(". Output", (30, 30))
    words = read_words(sheet.grey, cells(), PER_PT, Says(". Output", box))
    assert texts(words) == ["Output"]


def test_a_letter_that_a_stroke_of_a_stamp_runs_through_is_read(sheet: Sheet) -> None:
    box = sheet.write("laporan", (30, 80))
    x = box[0] + 0.45 * (box[2] - box[0])
    sheet.line((x, box[1] - 4), (x - 1, box[3] + 6), width=1.2)
    seen: list[Grey] = []

    class Sees(Finds):
        def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
            seen.extend(pictures)
            hidden, whole = (
                (text, 0.0, 1.0, s) for text, s in (("lap ran", 1.0), ("laporan", 0.9))
            )
            return tuple(ReadLine((word,)) for word in (hidden, whole))[: len(pictures)]

    words = read_words(sheet.grey, [], PER_PT, Sees(sheet, box))
    assert len(seen) == 2
    assert (seen[0] < 128).sum() < (seen[1] < 128).sum()
    assert texts(words) == ["laporan"]


def test_dots_are_of_their_line_though_a_box_of_several_lies_over_it(sheet: Sheet) -> None:
    written = [sheet.write("disposisi", (30, 30))]
    written += [sheet.write("surat masuk", (130, y)) for y in (30.0, 70.0, 90.0)]
    top = written[0][1]
    lines = [(x0 - 1, y0 - 1.5, x1 + 1, y1 + 1.5) for x0, y0, x1, y1 in written]
    over = (28.0, top - 9, 80.0, top + 10)  # whose middle is nearer to the dots
    boxes = [
        (x0 * PER_PT, y0 * PER_PT, x1 * PER_PT, y1 * PER_PT) for x0, y0, x1, y1 in (*lines, over)
    ]
    spots = find_spots(sheet.grey, [], PER_PT)
    pieces, _ = Cutter(spots, Cells([], PER_PT)).cut(boxes)
    assert len(pieces[0].spots) == len("disposisi") + 3  # its letters and their dots
