"""Everything on a drawn page in its place: words in cells, symbols in lanes, labels at lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.geometry import (
    BBox,
    Point,
    centre,
    simplify,
)
from sopextract.ingest.own_marks import outline_score
from sopextract.ingest.page.bands import Band, find_bands
from sopextract.ingest.page.connectors import Wiring
from sopextract.ingest.page.flow_cells import lane_cells, strays
from sopextract.ingest.page.joints import Joint
from sopextract.ingest.page.labels import (
    LINE_MARKS,
    Phrase,
    attach_labels,
    phrase_text,
    split_exits,
    without_marks,
    words_in,
)
from sopextract.ingest.page.lattice import Lattice, Span
from sopextract.ingest.page.loose import loose_lines
from sopextract.ingest.page.residue import find_residue, place_on, shows_picture
from sopextract.ingest.page.strokes import DrawnPage, Word
from sopextract.ingest.page.symbols import Form
from sopextract.ingest.page.text import (
    box_of,
    line_text,
    lines_of,
    phrases_of,
    scores_of,
    stands_apart,
    text_of,
)
from sopextract.ingest.page.understood import Understood, understand
from sopextract.lexicon.cabang import is_exit
from sopextract.lexicon.labels import match_label
from sopextract.model.source import (
    SIGNS,
    Block,
    Cell,
    Connector,
    Emphasis,
    Grid,
    Page,
    Place,
    Residue,
    ResidueKind,
    Symbol,
    TextLine,
    WordScores,
)

_LEAST_LABELS = 3  # the identity box has six in its column of labels
_LEAST_SHARE = 0.3  # of a symbol in its cell; own judgement: a symbol on a rule has half
# A cell with more words than these is a text cell, and a frame in it is no symbol; the longest exit
# of the real sheets has three.
_LANE_WORDS = 4
_UNREAD_SCORE = 0.5  # of a cell where something stands that could not be read; own judgement
# Of a cell read from pixels that may be two whose wall was not seen: below 0.9, so that a finding
# points at it. In a table of more columns than forms have a cell holds one value.
_MERGED_SCORE, _COLUMNS = 0.85, 4


def lay_out_page(page: DrawnPage, first_id: int, above: Sequence[float] = ()) -> Page:
    """Everything on the page in its place; symbols are numbered from `first_id`.

    `above` holds the edges of the columns of the last table of the page before, in points: a table
    that goes on without its header has the same.
    """
    found = understand(page, above)
    return _Assembly(found, first_id).page()


class _Assembly:
    """Puts words, symbols and joints of a page into its blocks."""

    def __init__(self, found: Understood, first_id: int) -> None:
        self.found = found
        self.first_id = first_id
        self.words = tuple(w for w in found.page.words if not w.slanted)
        self.dashed = {s.path for s in found.page.strokes if s.dashed}
        self.traced = {s.path: s.score for s in found.page.strokes if s.score < 1.0}
        self.cell_words = self._words_by_cell()
        self.dim = {self._cell_at(centre(box)) for box in found.page.unread}
        self.inside = words_in(found.forms, self.words)
        self.homes = [self._home(form) for form in found.forms]
        self._drop_frames()
        self.inside = words_in(found.forms, self.words)  # numbers of symbols may have changed
        self.taken: set[int] = {id(w) for ws in self.inside.values() for w in ws}
        self.drawing: list[Phrase] = []
        self.labels = self._labels()
        self.stacked = self._stacked_labels()

    def _home(self, form: Form) -> tuple[int, int, float] | None:
        """Which cell of which lattice holds a symbol, and which share of it.

        A symbol at the edge of its lane reaches into the text beside: a cell without text that
        holds a third of it comes before one that is full.
        """
        shares = [
            (not self._is_full(k, n), share, k, n)
            for k, lattice in enumerate(self.found.lattices)
            for n, share in lattice.shares(form.bbox).items()
            if share >= _LEAST_SHARE
        ]
        if not shares:
            return None
        _, share, k, n = max(shares)
        return k, n, share

    def _is_full(self, k: int, n: int) -> bool:
        """Whether a cell holds text, besides the words of symbols and exits."""
        symbols = {id(w) for words in self.inside.values() for w in words}
        words = [w for w in self.cell_words.get((k, n), ()) if id(w) not in symbols]
        return len(words) > _LANE_WORDS and any(
            not is_exit(" ".join(w.text for w in phrase)) for phrase in phrases_of(words)
        )

    def _words_by_cell(self) -> dict[tuple[int, int], list[Word]]:
        found: dict[tuple[int, int], list[Word]] = {}
        self.loose: list[Word] = []
        for word in self.words:
            place = self._cell_of(word)
            if place is None:
                self.loose.append(word)
            else:
                found.setdefault(place, []).append(word)
        return found

    def _cell_of(self, word: Word) -> tuple[int, int] | None:
        return self._cell_at(centre(word.bbox))

    def _cell_at(self, middle: Point) -> tuple[int, int] | None:
        """Which cell of which lattice holds a point, the innermost one."""
        best: tuple[float, tuple[int, int]] | None = None
        for k, lattice in enumerate(self.found.lattices):
            cell = lattice.cell_at(middle)
            if cell is None:
                continue
            x0, y0, x1, y1 = lattice.box(lattice.cells[cell])
            size = (x1 - x0) * (y1 - y0)  # of a table inside a cell the inner one
            if best is None or size < best[0]:
                best = (size, (k, cell))
        return best[1] if best else None

    def _drop_frames(self) -> None:
        """Forms in cells full of text that no line joins are frames and ticks, not symbols."""
        joined = {i for j in self.found.wiring.joints for i in (j.tail, j.head)}
        keep = [
            home is None or i in joined or not self._is_full(*home[:2])
            for i, home in enumerate(self.homes)
        ]
        if all(keep):
            return
        numbers = [i for i, k in enumerate(keep) if k]
        new = {old: i for i, old in enumerate(numbers)}
        self.found.forms = [self.found.forms[i] for i in numbers]
        self.homes = [self.homes[i] for i in numbers]
        joints = tuple(
            Joint(
                new.get(j.tail) if j.tail is not None else None,
                new.get(j.head) if j.head is not None else None,
                j.points,
                j.directed,
                j.score,
            )
            for j in self.found.wiring.joints
        )
        self.found.wiring = Wiring(joints, self.found.wiring.loose, self.found.wiring.heads_left)

    def _labels(self) -> dict[int, tuple[str, Place]]:
        """The label of each joint, as printed, and where it stands."""
        joints = self.found.wiring.joints
        if not joints:
            return {}
        lanes = lane_cells(self.found.lattices, self.homes, self.cell_words)
        near = [
            w for place in lanes for w in self.cell_words.get(place, ()) if id(w) not in self.taken
        ]
        traced = any(stroke.flow for stroke in self.found.page.strokes)
        together = [*phrases_of(near, rough=traced), *strays(self.found, lanes, self.cell_words)]
        phrases = [Phrase(tuple(words), tuple(words)) for words in together]
        if traced:
            plain = (without_marks(phrase) for phrase in split_exits(together))
            phrases = [phrase for phrase in plain if phrase is not None]
        labels: dict[int, tuple[str, Place]] = {}
        unread = [line.points for line in self.found.wiring.loose] if traced else []
        found = attach_labels([p.words for p in phrases], joints, self.found.forms, unread)
        for k, j in found.items():
            words = phrases[k].words
            score, scores = scores_of(words)
            place = replace(self._place(box_of(words)), score=score, words=scores)
            labels[j] = (phrase_text(words), place)
            self.taken |= {id(w) for w in phrases[k].drawn}
        if traced:
            left = [phrase for k, phrase in enumerate(phrases) if k not in found]
            self._tell_drawing(left, near, lanes)
        return labels

    def _tell_drawing(
        self, phrases: Sequence[Phrase], near: Sequence[Word], lanes: set[tuple[int, int]]
    ) -> None:
        """Names of ways out whose line was not followed, and pieces of lines: no text of a cell."""
        exits = [
            phrase
            for phrase in phrases
            if is_exit(phrase_text(phrase.words))
            and not phrase_text(phrase.words).endswith("?")  # what an unread symbol asks
            and {self._cell_of(word) for word in phrase.drawn} <= lanes
        ]
        pieces = [Phrase((w,), (w,)) for w in near if not w.text.strip(LINE_MARKS)]
        for phrase in (*exits, *pieces):
            if not any(id(w) in self.taken for w in phrase.drawn):
                self.taken |= {id(w) for w in phrase.drawn}
                self.drawing.append(phrase)

    def page(self) -> Page:
        """The page with everything in its place."""
        symbols = [self._symbol(k) for k in range(len(self.found.forms))]
        blocks: list[tuple[float, float, Block]] = []
        for k, lattice in enumerate(self.found.lattices):
            for band in find_bands(lattice):
                at = lattice.ys[band.top]
                blocks.extend(
                    (at + 0.001 * i, lattice.xs[0], block)
                    for i, block in enumerate(self._band(k, lattice, band, symbols))
                )
        loose = [w for w in self.loose if id(w) not in self.taken]
        blocks.extend(loose_lines(loose, self._place))
        blocks.sort(key=lambda b: (b[0], b[1]))
        connectors = tuple(
            self._connector(j, joint) for j, joint in enumerate(self.found.wiring.joints)
        )
        return Page(
            number=self.found.page.number,
            blocks=tuple(block for _, _, block in blocks),
            symbols=tuple(symbols),
            connectors=connectors,
            size_pt=self.found.page.size_pt,
            residue=(
                *find_residue(self.found, self.homes, self.words, self._cell_at),
                *(
                    Residue(
                        ResidueKind.CONNECTOR, self._place(box_of(p.words)), phrase_text(p.words)
                    )
                    for p in self.drawing
                ),
            ),
            picture_flow=shows_picture(self.found, self.homes),
            untrusted=self.found.page.untrusted,
        )

    def _place(self, box: BBox) -> Place:
        return place_on(self.found.page, box)

    def _symbol(self, k: int) -> Symbol:
        form, home = self.found.forms[k], self.homes[k]
        text = text_of(self.inside.get(k, ())).replace("\n", " ")
        share = home[2] if home is not None else 1.0
        score = form.score * (1.0 if share >= 0.7 else 0.85)
        score = min((score, *(self.traced[path] for path in form.paths if path in self.traced)))
        score = outline_score(form.kind, score, dashed=not self.dashed.isdisjoint(form.paths))
        return Symbol(self.first_id + k, form.kind, self._place(form.bbox), text, round(score, 3))

    def _connector(self, j: int, joint: Joint) -> Connector:
        label = self.labels.get(j)

        def number(form: int | None) -> int | None:
            return None if form is None else self.first_id + form

        return Connector(
            number(joint.tail),
            number(joint.head),
            self._place(joint.bbox),
            label[0] if label else "",
            joint.directed,
            joint.score,
            tuple((round(x, 1), round(y, 1)) for x, y in simplify(joint.points)),
            label[1] if label else None,
        )

    def _band(
        self, k: int, lattice: Lattice, band: Band, symbols: Sequence[Symbol]
    ) -> Sequence[Block]:
        """The block of one band: a grid, or lines of text when it has a single cell in each row."""
        cells_here = dict.fromkeys(n for r in lattice.owner[band.top : band.bottom + 1] for n in r)
        holds_symbols = any(h is not None and h[0] == k and h[1] in cells_here for h in self.homes)
        if len(band.edges) == 2 and not holds_symbols:
            return [line for n in cells_here for line in self._lines_of_cell(k, n)]
        by_cell: dict[int, list[Symbol]] = {}
        for symbol, home in zip(symbols, self.homes, strict=True):
            if home is not None and home[0] == k:
                by_cell.setdefault(home[1], []).append(symbol)
        rows = []
        for row in range(band.top, band.bottom + 1):
            cells = []
            for column in band.edges[:-1]:
                n = lattice.owner[row][column]
                span = lattice.cells[n]
                if span.left == column and (k, n) in self.stacked:
                    cells.append(self._cell_of_row(k, n, row, lattice))
                elif (max(span.top, band.top), span.left) == (row, column):
                    cells.append(self._cell(k, n, span, lattice, by_cell.get(n, [])))
                else:
                    cells.append(Cell("", self._place(lattice.box(span))))
            rows.append(tuple(cells))
        return [Grid(tuple(rows), exact=True)]

    def _stacked_labels(self) -> set[tuple[int, int]]:
        """Cells of several rows that hold the labels of these rows, with no rule between them."""
        return {
            (k, n)
            for (k, n), words in self.cell_words.items()
            if self.found.lattices[k].cells[n].bottom > self.found.lattices[k].cells[n].top
            and sum(
                match_label(line_text(line), ("identitas",)) is not None for line in lines_of(words)
            )
            >= _LEAST_LABELS
        }

    def _cell_of_row(self, k: int, n: int, row: int, lattice: Lattice) -> Cell:
        """What a cell of several rows holds beside one of them."""
        span = lattice.cells[n]
        box = (
            lattice.xs[span.left],
            lattice.ys[row],
            lattice.xs[span.right + 1],
            lattice.ys[row + 1],
        )
        words = [
            w
            for w in self.cell_words.get((k, n), ())
            if id(w) not in self.taken and box[1] <= centre(w.bbox)[1] < box[3]
        ]
        return Cell(text_of(words, box), self._place(box), (), *scores_of(words))

    def _lines_of_cell(self, k: int, n: int) -> Sequence[TextLine]:
        words = [w for w in self.cell_words.get((k, n), ()) if id(w) not in self.taken]
        return [
            TextLine(
                line_text(line),
                self._place(box_of(line)),
                Emphasis.BOLD if all(w.bold for w in line) else Emphasis.PLAIN,
                *scores_of(line),
            )
            for line in lines_of(words)
        ]

    def _cell(
        self, k: int, n: int, span: Span, lattice: Lattice, symbols: Sequence[Symbol]
    ) -> Cell:
        words = [w for w in self.cell_words.get((k, n), ()) if id(w) not in self.taken]
        text = text_of(words, lattice.box(span))
        if symbols:
            signs = " ".join(SIGNS[s.outline] for s in symbols)
            text = f"{signs} {text}".strip()
        score, scores = scores_of(words)
        one_value = len(lattice.xs) > _COLUMNS
        if (k, n) in self.dim:
            score = min(score, _UNREAD_SCORE)
            scores = scores or tuple((word.text, word.score) for word in words)
            scores = _at_most(scores, _UNREAD_SCORE) if one_value else scores
        if score < 1.0 and one_value and stands_apart(words):
            score = min(score, _MERGED_SCORE)
            scores = _at_most(scores, _MERGED_SCORE)
        return Cell(text, self._place(lattice.box(span)), tuple(symbols), score, scores)


def _at_most(scores: WordScores, most: float) -> WordScores:
    """The words, none of them surer than that."""
    return tuple((word, min(score, most)) for word, score in scores)
