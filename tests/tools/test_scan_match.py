"""A page read from pixels held against its vectors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.core.geometry import BBox
from sopextract.model.source import Cell, Connector, Grid, Outline, Page, Place, Symbol
from tools.scan_diagnose import main as diagnose_main
from tools.scan_match import ScanTally, TextTally, match_pages, plain, spots_of

COLUMNS = ((0.0, 40.0), (40.0, 100.0))


def cell(text: str, row: int, column: int) -> Cell:
    left, right = COLUMNS[column]
    return Cell(text, Place(1, (left, 20.0 * row, right, 20.0 * row + 20)))


def symbol(number: int, row: int, kind: Outline = Outline.BOX) -> Symbol:
    return Symbol(number, kind, Place(1, (60.0, 20.0 * row + 5, 80.0, 20.0 * row + 15)))


def page() -> Page:
    rows = tuple((cell(f"baris {r}", r, 0), cell("□", r, 1)) for r in range(3))
    symbols = tuple(symbol(r, r) for r in range(3))
    lines = (
        Connector(0, 1, Place(1)),
        Connector(1, 2, Place(1), label="Ya"),
        Connector(2, None, Place(1)),
    )
    return Page(1, (Grid(rows, exact=True),), symbols, lines, (100.0, 60.0))


def same(box: BBox) -> BBox:
    return box


def tally(wanted: Page, found: Page) -> ScanTally:
    result = ScanTally()
    result.add(match_pages(wanted, found, same))
    return result


def test_a_page_read_rightly_is_all_right() -> None:
    its = tally(page(), page())
    assert (its.cells, its.found, its.placed, its.spare) == (6, 6, 6, 0)
    assert (its.symbols, its.seen, its.kinds, its.spare_symbols) == (3, 3, 3, 0)
    assert (its.lines, its.right_lines, its.wrong_lines) == (2, 2, 0)
    assert (its.labels, its.right_labels) == (1, 1)
    assert (its.text.cells, its.text.exact, its.text.wer) == (3, 3, 0.0)


def test_places_are_carried_before_they_are_compared() -> None:
    def aside(box: BBox) -> BBox:
        return box[0] + 200, box[1], box[2] + 200, box[3]

    match = match_pages(page(), page(), aside)
    assert all(found is None for _, found in match.cells)
    assert len(match.spare_cells) == 6
    assert len(match.spare_symbols) == 3


def test_what_is_missing_wrong_or_too_many_is_told() -> None:
    good = page()
    kinds = (
        replace(good.symbols[0], outline=Outline.DIAMOND, id=10),
        replace(good.symbols[1], id=11),
    )
    spare = Symbol(12, Outline.BOX, Place(1, (5.0, 5.0, 15.0, 15.0)))
    lines = (Connector(11, 10, Place(1)), Connector(10, 12, Place(1)))
    match = match_pages(good, replace(good, symbols=(*kinds, spare), connectors=lines), same)
    assert [pair.found is not None for pair in match.symbols] == [True, True, False]
    assert [s.id for s in match.spare_symbols] == [12]
    assert match.lost_lines == ["0→1", "1→2"]
    assert match.wrong_lines == ["1→0", "0→+12"]
    assert (match.lines, match.right_lines) == (2, 0)


def test_two_cells_read_as_one_are_one_lost() -> None:
    good = page()
    whole = Cell("baris 0 baris 1", Place(1, (0.0, 0.0, 40.0, 40.0)))
    rows = (
        (whole, cell("□", 0, 1)),
        (whole, cell("□", 1, 1)),
        (cell("baris 2", 2, 0), cell("", 2, 1)),
    )
    its = tally(good, replace(good, blocks=(Grid(rows, exact=True),)))
    assert (its.found, its.text.lost) == (5, 1)
    assert its.text.words == 6
    assert its.text.word_errors == 4  # two too many in the first cell, two of the second lost
    assert its.text.found_wer == pytest.approx(2 / 4)


def test_merged_cells_count_once_and_signs_are_no_text() -> None:
    good = page()
    grid = good.blocks[0]
    assert isinstance(grid, Grid)
    first = grid.rows[0][0]
    rows = ((first, first), *grid.rows[1:])
    spots = spots_of(replace(good, blocks=(Grid(rows, exact=True),)), same)
    assert [s.text for s in spots][:2] == ["baris 0", "baris 1"]
    assert plain("□ Ya\x0b◇\n tidak ") == "Ya tidak"


@pytest.mark.parametrize("seed", ["9500", "9801"])
def test_sheets_kept_apart_are_not_shown(
    seed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["scan_diagnose", "deg200", "--seed", seed])
    with pytest.raises(SystemExit):
        diagnose_main()
    assert "must not be looked at" in capsys.readouterr().err


def test_case_and_punctuation_count() -> None:
    its = TextTally()
    its.add("Surat, 2 Hari", "Surat 2 hari")
    its.add("", None)
    assert (its.cells, its.words, its.word_errors, its.letter_errors) == (1, 3, 2, 2)
    assert its.wer == pytest.approx(2 / 3)
