"""The cells of the flow: where words may be names of ways out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sopextract.ingest.page.labels import near_line, odd_phrases, phrase_text
from sopextract.ingest.page.lattice import Lattice
from sopextract.ingest.page.residue import Homes
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.text import box_of, phrases_of
from sopextract.ingest.page.understood import Understood
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import Outline

CellNumber = tuple[int, int]  # of the lattice, and of the cell in it
CellWords = Mapping[CellNumber, Sequence[Word]]


def lane_cells(lattices: Sequence[Lattice], homes: Homes, cell_words: CellWords) -> set[CellNumber]:
    """Cells of columns that hold symbols, in the rows that have any or lie between those.

    A column beside them that holds no more than names of exits is a lane without symbols. `homes`
    are the cells of the symbols.
    """
    lanes: set[CellNumber] = set()
    for k, lattice in enumerate(lattices):
        own = [lattice.cells[h[1]] for h in homes if h is not None and h[0] == k]
        if not own:
            continue
        left, right = min(c.left for c in own), max(c.right for c in own)
        top, bottom = min(c.top for c in own), max(c.bottom for c in own)

        rows = range(top, bottom + 1)
        while left > 0 and _only_exits(k, lattice, left - 1, rows, cell_words):
            left -= 1
        while right < len(lattice.xs) - 2 and _only_exits(k, lattice, right + 1, rows, cell_words):
            right += 1
        for n, cell in enumerate(lattice.cells):
            across = left <= cell.left and cell.right <= right
            if across and top <= cell.bottom and cell.top <= bottom + 1:
                lanes.add((k, n))
    return lanes


def _only_exits(
    k: int, lattice: Lattice, column: int, rows: Sequence[int], cell_words: CellWords
) -> bool:
    """Whether no other words stand in these rows of a column than names of exits."""
    cells = {lattice.owner[row][column] for row in rows}
    words = [w for n in cells for w in cell_words.get((k, n), ())]
    return all(is_exit(phrase_text(phrase)) for phrase in phrases_of(words))


def strays(found: Understood, lanes: set[CellNumber], cell_words: CellWords) -> list[list[Word]]:
    """Words in the cells beside the lanes in another lettering than theirs, near a decision.

    A label that was put beside a line at the lanes' edge may reach into the next column.
    """
    phrases: list[list[Word]] = []
    for k, lattice in enumerate(found.lattices):
        beside = {
            lattice.owner[row][column]
            for number, n in lanes
            if number == k
            for row in range(lattice.cells[n].top, lattice.cells[n].bottom + 1)
            for column in (lattice.cells[n].left - 1, lattice.cells[n].right + 1)
            if 0 <= column < len(lattice.xs) - 1
        }
        for n in beside:
            if (k, n) not in lanes:
                phrases.extend(odd_phrases(cell_words.get((k, n), ())))
    decisions = [
        joint
        for joint in found.wiring.joints
        if joint.tail is not None and found.forms[joint.tail].kind is Outline.DIAMOND
    ]
    return [p for p in phrases if any(near_line(box_of(p), j.points) for j in decisions)]
