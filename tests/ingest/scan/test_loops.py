"""Areas that a connector encloses with the symbols it joins."""

from __future__ import annotations

from sopextract.core.geometry import BBox
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.loops import is_closed_by_letters, without_loops
from sopextract.ingest.scan.shapes import ideal_outline
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.model.source import Outline


def symbol(box: BBox, kind: Outline = Outline.BOX) -> PixelSymbol:
    return PixelSymbol(kind, ideal_outline(kind, box), box, 1.0)


WORK = symbol((472.0, 206.0, 502.0, 220.0))
CHECK = symbol((346.0, 249.0, 388.0, 267.0), Outline.DIAMOND)


def test_a_loop_between_two_symbols_is_none() -> None:
    loop = symbol((367.0, 204.0, 487.0, 258.0))
    assert without_loops([loop, WORK, CHECK]) == [WORK, CHECK]


def test_a_frame_around_a_symbol_and_neighbours_that_touch_stay() -> None:
    frame = symbol((460.0, 196.0, 514.0, 232.0))
    beside = symbol((501.0, 200.0, 560.0, 240.0))
    assert without_loops([frame, WORK]) == [frame, WORK]
    assert without_loops([WORK, beside]) == [WORK, beside]


def test_sheets_of_a_stack_stay() -> None:
    first, second = (symbol((x, x, x + 30, x + 22), Outline.DOCUMENT) for x in (20.0, 25.0))
    assert without_loops([first, second]) == [first, second]


def test_a_cell_closed_by_a_word_from_wall_to_wall_is_none() -> None:
    open_cell = symbol((1119.0, 87.0, 1153.0, 139.0))
    assert is_closed_by_letters(open_cell, [Word("Catatan", (1122.0, 134.7, 1149.5, 143.5), 9)])


def test_words_in_a_symbol_and_one_beside_its_corner_close_nothing() -> None:
    inside = Word("Periksa", (474.0, 209.0, 500.0, 217.0), 8)
    label = Word("Ya", (498.0, 216.0, 508.0, 224.0), 8)
    assert not is_closed_by_letters(WORK, [inside, label])
