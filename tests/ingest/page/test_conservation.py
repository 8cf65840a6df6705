"""Every word, symbol and line of a page has exactly one place in what was understood of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sopextract.model.source import Cell, Grid, Page
from tests.ingest.page.conservation import Laid, faults_of, laid_pages

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
_COUNT, _SEED = 40, 7


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with made sheets."""
    pytest.importorskip("reportlab")
    from tools.make_sheets import make_sheets

    folder = tmp_path_factory.mktemp("made")
    for sheet in make_sheets(_COUNT, _SEED, "PQ"):
        (folder / sheet.name).write_bytes(sheet.data)
    return folder


def test_made_sheets_keep_everything(made: Path) -> None:
    faults = {
        path.name: found
        for path in sorted(made.iterdir())
        if (found := [fault for laid in laid_pages(path) for fault in faults_of(laid)])
    }
    assert faults == {}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real sheets are not beside the repository")
def test_real_sheets_keep_everything() -> None:
    counts = {}
    for path in sorted(REAL.glob("*.pdf")):
        found = [fault for laid in laid_pages(path) for fault in faults_of(laid)]
        if found:
            counts[path.name[:3]] = len(found)  # how many only: the words are those of people
    assert counts == {}


@cache
def _first(folder: Path) -> Laid:
    return max(laid_pages(folder / "q7-0003.pdf"), key=lambda laid: len(laid.page.connectors))


def _with_cells(page: Page, change: dict[str, str]) -> Page:
    """The page with the text of some cells replaced."""
    blocks = []
    for block in page.blocks:
        if isinstance(block, Grid):
            rows = tuple(
                tuple(replace(cell, text=change.get(cell.text, cell.text)) for cell in row)
                for row in block.rows
            )
            block = replace(block, rows=rows)
        blocks.append(block)
    return replace(page, blocks=tuple(blocks))


def _longest_cell(page: Page) -> Cell:
    cells = [c for b in page.blocks if isinstance(b, Grid) for row in b.rows for c in row]
    return max(cells, key=lambda cell: len(cell.text))


def test_the_check_finds_what_is_lost(made: Path) -> None:
    laid = _first(made)
    assert faults_of(laid) == []
    cell = _longest_cell(laid.page)
    short = cell.text.split()[0]
    found = faults_of(replace(laid, page=_with_cells(laid.page, {cell.text: short})))
    assert any(": lost " in fault for fault in found)
    assert any(": elsewhere " in fault for fault in found)


def test_the_check_finds_what_is_doubled(made: Path) -> None:
    laid = _first(made)
    cell = _longest_cell(laid.page)
    twice = _with_cells(laid.page, {cell.text: cell.text + cell.text})
    found = faults_of(replace(laid, page=twice))
    assert all(": doubled " in fault for fault in found)
    assert found


def test_the_check_finds_lines_and_symbols_without_a_place(made: Path) -> None:
    laid = _first(made)
    bare = replace(laid, page=replace(laid.page, connectors=laid.page.connectors[1:]))
    assert any(": line " in fault or ": head " in fault for fault in faults_of(bare))
    symbols = (*laid.page.symbols, replace(laid.page.symbols[0], id=99))
    more = replace(laid, page=replace(laid.page, symbols=symbols))
    assert any("symbol 99 nowhere" in fault for fault in faults_of(more))
