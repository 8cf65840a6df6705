"""Names of ways out that the engine found no line for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.connectors import find_connectors
from sopextract.ingest.scan.exits import Lanes, find_exits
from sopextract.ingest.scan.ink import read_print
from sopextract.ingest.scan.symbols import find_symbols
from tests.ingest.scan.drawing import PER_PT, Sheet
from tests.ingest.scan.sight import SheetEngine

DOWN = (0.0, 1.0)
LANES = (20.0, 10.0, 240.0, 140.0)


def decision(text: str, kind: str = "diamond") -> Sheet:
    """A symbol with a way down to a box, and a word right beside the way."""
    sheet = Sheet(260, 150)
    sheet.shape(kind, (70, 20, 130, 50))
    sheet.shape("box", (75, 104, 125, 124))
    sheet.line((100, 50), (100, 104))
    sheet.head((100, 104), DOWN)
    sheet.write(text, (104, 68), size=8.0)
    return sheet


def exits_of(sheet: Sheet, *more: Word) -> list[str]:
    return [word.text for word in words_of(sheet, *more)]


def words_of(sheet: Sheet, *more: Word) -> tuple[Word, ...]:
    printed = read_print(sheet.raster)
    symbols = find_symbols(printed, PER_PT)
    other = (Word("Memeriksa", (180, 60, 220, 68), 8.0), *more)  # what the engine found on the page
    found = find_connectors(printed, symbols, (), other, LANES, PER_PT)
    lanes = Lanes(LANES, symbols, (), other, found)
    return find_exits(printed, lanes, SheetEngine(sheet), PER_PT)


@pytest.mark.parametrize("text", ["Ya", "Valid"])
def test_a_name_of_a_way_out_is_read(text: str) -> None:
    assert exits_of(decision(text)) == [text]


def test_other_words_are_not_taken() -> None:
    assert exits_of(decision("Arsip")) == []


def test_without_a_decision_nothing_is_looked_for() -> None:
    assert exits_of(decision("Ya", kind="box")) == []


def test_a_name_of_which_a_letter_was_found_is_read() -> None:
    sheet = decision("Ya")
    ((_, (_, y0, x1, y1)),) = sheet.said
    assert exits_of(sheet, Word("a", (x1 - 4, y0 + 2, x1, y1), 8.0)) == ["Ya"]


def letters(first: str, second: str) -> Sheet:
    """A decision with a letter at each of its two ways."""
    sheet = decision(first)
    sheet.line((70, 35), (40, 35), (40, 112), (75, 112))
    sheet.write(second, (46, 24), size=8.0)
    return sheet


def test_two_letters_that_name_ways_out_are_read() -> None:
    assert sorted(exits_of(letters("Y", "T"))) == ["T", "Y"]


@pytest.mark.parametrize(("first", "second"), [("Y", "4"), ("A", "B"), ("x", "T")])
def test_a_letter_alone_is_dirt_or_a_piece_of_a_line(first: str, second: str) -> None:
    assert exits_of(letters(first, second)) == []


def test_a_letter_that_was_read_with_its_line_is_parted_from_it() -> None:
    word = Word("IT", (150, 70, 156, 78), 8.0, score=0.6)
    assert exits_of(decision("Y"), word) == ["Y", "T"]
    assert exits_of(decision("Arsip"), word) == []
    other = Word("Y", (200, 70, 205, 78), 8.0)
    (letter,) = words_of(decision("Arsip"), replace(word, score=0.99), other)
    assert letter.text == "T"
    assert letter.score < 0.9
