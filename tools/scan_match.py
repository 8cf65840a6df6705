"""A page read from pixels held against the same page read from its vectors: cells, symbols, lines.

The truth is what the reader of vectors makes of the PDF that a scan was made of, its places carried
over by the `Warp` of the page. Cells and symbols are paired by place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields

from rapidfuzz.distance import Levenshtein

from sopextract.core.geometry import BBox, area, centre, contains, grow, shared_area
from sopextract.model.source import SIGNS, Connector, Grid, Page, Symbol

_IOU = 0.5  # cells that share less are not the same; neighbours share nothing
_NEAR = 4.0  # points: the middle of a symbol read from pixels lies this near to the true one's box
_SIGNS = re.compile(f"[{''.join(SIGNS.values())}]")

Carry = Callable[[BBox], BBox]


@dataclass(frozen=True)
class CellSpot:
    """One cell of a page: text without signs, white space collapsed; grid, row, column from 0."""

    text: str
    box: BBox
    at: tuple[int, int, int]
    score: float = 1.0


@dataclass(frozen=True)
class SymbolPair:
    """A true symbol and the one found in its place."""

    wanted: Symbol
    found: Symbol | None


@dataclass
class PageMatch:
    """What one page came to. `cells` pairs true cells with found ones (None: not found).

    Connectors count as (tail, head) of true symbols, with their label; `wrong_lines` were read and
    are not there. `spare` are cells and symbols found where there is none.
    """

    cells: list[tuple[CellSpot, CellSpot | None]] = field(default_factory=list)
    spare_cells: list[CellSpot] = field(default_factory=list)
    symbols: list[SymbolPair] = field(default_factory=list)
    spare_symbols: list[Symbol] = field(default_factory=list)
    lines: int = 0
    right_lines: int = 0
    labels: int = 0
    right_labels: int = 0
    lost_lines: list[str] = field(default_factory=list)
    wrong_lines: list[str] = field(default_factory=list)


def spots_of(page: Page, carry: Carry) -> list[CellSpot]:
    """The cells of a page in reading order, a merged one once."""
    spots: list[CellSpot] = []
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    for g, grid in enumerate(grids):
        seen: set[BBox] = set()
        for r, row in enumerate(grid.rows):
            for c, cell in enumerate(row):
                box = cell.place.bbox
                if box is None or box in seen:
                    continue
                seen.add(box)
                spots.append(CellSpot(plain(cell.text), carry(box), (g, r, c), cell.score))
    return spots


def plain(text: str) -> str:
    """Text without the signs of symbols, every run of white space one space."""
    return " ".join(_SIGNS.sub(" ", text).split())


def match_pages(wanted: Page, found: Page, carry: Carry) -> PageMatch:
    """Hold a page against its truth; `carry` takes places of the truth to the found page."""
    result = PageMatch()
    _match_cells(result, spots_of(wanted, carry), spots_of(found, lambda box: box))
    _match_symbols(result, wanted.symbols, found.symbols, carry)
    _match_lines(result, wanted.connectors, found.connectors)
    return result


def _iou(a: BBox, b: BBox) -> float:
    both = shared_area(a, b)
    return both / (_size(a) + _size(b) - both) if both else 0.0


def _size(box: BBox) -> float:
    left, top, right, bottom = box
    return area(((left, top), (right, top), (right, bottom), (left, bottom)))


def _match_cells(result: PageMatch, wanted: Sequence[CellSpot], found: Sequence[CellSpot]) -> None:
    pairs = sorted(
        (
            (share, w, f)
            for w, a in enumerate(wanted)
            for f, b in enumerate(found)
            if (share := _iou(a.box, b.box)) >= _IOU
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, w, f in pairs:
        if w not in taken and f not in used:
            taken[w] = f
            used.add(f)
    result.cells = [
        (spot, found[taken[w]] if w in taken else None) for w, spot in enumerate(wanted)
    ]
    result.spare_cells = [spot for f, spot in enumerate(found) if f not in used]


def _match_symbols(
    result: PageMatch, wanted: Sequence[Symbol], found: Sequence[Symbol], carry: Carry
) -> None:
    left = list(found)
    for symbol in wanted:
        box = symbol.place.bbox
        if box is None:
            continue
        near = grow(carry(box), _NEAR)
        inside = [s for s in left if s.place.bbox and contains(near, centre(s.place.bbox))]
        best = max(inside, key=lambda s: _iou(near, s.place.bbox or near), default=None)
        if best is not None:
            left.remove(best)
        result.symbols.append(SymbolPair(symbol, best))
    result.spare_symbols = left


def _match_lines(
    result: PageMatch, wanted: Sequence[Connector], found: Sequence[Connector]
) -> None:
    to_true = {p.found.id: p.wanted.id for p in result.symbols if p.found is not None}

    def ends(line: Connector, names: dict[int, int] | None) -> tuple[object, object]:
        def name(end: int | None) -> object:
            if end is None or names is None:
                return end
            return names.get(end, f"+{end}")

        return name(line.tail), name(line.head)

    # a line that ends nowhere joins nothing, and becomes no edge: neither right nor wrong
    truth = Counter(ends(c, None) for c in wanted if None not in (c.tail, c.head))
    read = Counter(ends(c, to_true) for c in found if None not in (c.tail, c.head))
    result.lines, result.right_lines = truth.total(), (truth & read).total()
    result.lost_lines = [f"{a}→{b}" for a, b in (truth - read).elements()]
    result.wrong_lines = [f"{a}→{b}" for a, b in (read - truth).elements()]
    labelled = Counter((*ends(c, None), c.label.casefold()) for c in wanted if c.label)
    read_labels = Counter((*ends(c, to_true), c.label.casefold()) for c in found if c.label)
    result.labels, result.right_labels = labelled.total(), (labelled & read_labels).total()


_LETTER_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")


def _squeezed(text: str) -> str:
    return "".join(text.split())


@dataclass
class TextTally:
    """Errors of text over cells. Words and letters are those of the truth; empty cells count too.

    White space does not count where the truth is letter-spaced (P E L A K S A N A): there it says
    nothing of words.

    `lost` are cells with text that were not found at all; all of their words count as errors.
    """

    cells: int = 0
    exact: int = 0
    lost: int = 0
    words: int = 0
    word_errors: int = 0
    letters: int = 0
    letter_errors: int = 0
    found_word_errors: int = 0
    found_words: int = 0

    def add(self, wanted: str, found: str | None) -> None:
        """Count one cell; `found` None: there was no such cell."""
        if not wanted and not found:
            return
        if found and _LETTER_SPACED.search(wanted) and _squeezed(wanted) == _squeezed(found):
            found = wanted
        self.cells += 1
        self.exact += wanted == found
        self.lost += found is None
        words = wanted.split()
        errors = int(Levenshtein.distance(words, (found or "").split()))
        self.words += len(words)
        self.word_errors += errors
        self.letters += len(wanted)
        self.letter_errors += int(Levenshtein.distance(wanted, found or ""))
        if found is not None:
            self.found_words += len(words)
            self.found_word_errors += errors

    def join(self, other: TextTally) -> None:
        """Add the counts of another."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def wer(self) -> float:
        """Word error rate over all cells."""
        return self.word_errors / self.words if self.words else 0.0

    @property
    def cer(self) -> float:
        """Letter error rate over all cells."""
        return self.letter_errors / self.letters if self.letters else 0.0

    @property
    def found_wer(self) -> float:
        """Word error rate of cells that were found: what the engine did, not the grid."""
        return self.found_word_errors / self.found_words if self.found_words else 0.0


@dataclass
class ScanTally:
    """Sums over pages. `placed` cells stand in their true grid, row and column."""

    text: TextTally = field(default_factory=TextTally)
    pages: int = 0
    cells: int = 0
    found: int = 0
    placed: int = 0
    spare: int = 0
    symbols: int = 0
    seen: int = 0
    kinds: int = 0
    spare_symbols: int = 0
    lines: int = 0
    right_lines: int = 0
    wrong_lines: int = 0
    labels: int = 0
    right_labels: int = 0

    def add(self, match: PageMatch) -> None:
        """Count one page."""
        self.pages += 1
        for wanted, found in match.cells:
            self.text.add(wanted.text, None if found is None else found.text)
            self.cells += 1
            self.found += found is not None
            self.placed += found is not None and found.at == wanted.at
        self.spare += len(match.spare_cells)
        for pair in match.symbols:
            self.symbols += 1
            self.seen += pair.found is not None
            self.kinds += pair.found is not None and pair.found.outline is pair.wanted.outline
        self.spare_symbols += len(match.spare_symbols)
        self.lines += match.lines
        self.right_lines += match.right_lines
        self.wrong_lines += len(match.wrong_lines)
        self.labels += match.labels
        self.right_labels += match.right_labels

    def join(self, other: ScanTally) -> None:
        """Add the counts of another."""
        for one in fields(self):
            if one.name != "text":
                setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        self.text.join(other.text)

    def lines_of(self) -> Iterator[str]:
        """The figures, for people."""
        text = self.text
        yield (
            f"text       WER {text.wer:.2%} (found cells {text.found_wer:.2%}), CER {text.cer:.2%},"
            f" exact {text.exact}/{text.cells}, cells with text lost {text.lost}"
        )
        yield (
            f"cells      {self.found}/{self.cells} found, {self.placed} in their row and column,"
            f" {self.spare} too many"
        )
        yield (
            f"symbols    {self.seen}/{self.symbols} found, {self.kinds} of the right kind,"
            f" {self.spare_symbols} too many"
        )
        yield (
            f"connectors {self.right_lines}/{self.lines} right, {self.wrong_lines} wrong;"
            f" labels {self.right_labels}/{self.labels}"
        )
