"""One page of pixels read: made flat, its print taken apart, and given back as a drawn page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sopextract.core.geometry import centre, contains, grow, mean_of, overlaps, scaled
from sopextract.ingest.ocr import load_engines
from sopextract.ingest.ocr.engine import Engine
from sopextract.ingest.page.headers import under_headings
from sopextract.ingest.page.lattice import Lattice, make_lattice
from sopextract.ingest.page.rules import Rule, find_tables
from sopextract.ingest.page.strokes import DrawnPage, Stroke, Word
from sopextract.ingest.scan.apart import without_rules
from sopextract.ingest.scan.cleaning import is_doubtful_sign, looks_like_head
from sopextract.ingest.scan.connectors import PixelConnectors, find_connectors
from sopextract.ingest.scan.direction import find_turn
from sopextract.ingest.scan.elbows import with_whole_cells
from sopextract.ingest.scan.exits import Lanes, find_exits
from sopextract.ingest.scan.fills import open_fills
from sopextract.ingest.scan.flat import Flat, flatten, turned
from sopextract.ingest.scan.hand import HandInk
from sopextract.ingest.scan.ink import Print, read_print
from sopextract.ingest.scan.lanes import ABOVE, find_lanes
from sopextract.ingest.scan.loops import is_closed_by_letters, without_loops
from sopextract.ingest.scan.quality import enlargement, why_poor
from sopextract.ingest.scan.raster import READING_DPI, Raster
from sopextract.ingest.scan.rules import find_rules
from sopextract.ingest.scan.stray import without_strays
from sopextract.ingest.scan.symbols import (
    PixelSymbol,
    find_crossed_symbols,
    find_symbols,
    without_parts,
)
from sopextract.ingest.scan.taken_back import without_flow
from sopextract.ingest.scan.words import PageWords, read_words
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import InkCrop, Place, ScanReading
from sopextract.settings import IngestSettings

_LINE_PT = 0.75  # how thick what was traced is given: as printers draw it
_LONG_RULE = 24.0  # points: shorter ones may be sides of symbols that stand on a rule
_MOST_PIXELS = 32_000_000  # of a page that is enlarged: A2 at 200 dots an inch, twice
_NEXT_WORD = 1.0  # of the size: a word's neighbours stand nearer
# Of a word's size: a capital's stem has 0.72, drawn out to the rules beside it up to as much. The
# rule between two columns is longer than the line of text that a stamp lays over it.
_STEM = 1.4


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page read from pixels.

    `drawn` is the flat, upright page, in its own points; `flat` tells where these lie on the page
    itself.
    """

    drawn: DrawnPage
    flat: Flat
    reading: ScanReading


def read_scan(raster: Raster, number: int, settings: IngestSettings) -> Scanned:
    """Read the pixels of one page; `number` counts from 1.

    A page whose letters turn out too small for a sheet is read once more, enlarged.

    Raises MissingProgramError where no engine is installed.
    """
    engine, witness = load_engines(settings.ocr_cache)
    raster = _at_reading_dpi(raster)
    grey = np.asarray(cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    turn = find_turn(grey, engine).degrees
    upright = turned(raster, turn)
    scanned, words = _read_upright(upright, _As(turn, 1.0), number, engine, witness)
    scale = enlargement(words.words)
    if scale > 1 and upright.pixels[..., 0].size * scale**2 <= _MOST_PIXELS:
        larger = _enlarged(upright, scale)
        scanned, _ = _read_upright(larger, _As(turn, scale), number, engine, witness)
    return scanned


@dataclass(frozen=True, slots=True)
class _As:
    """How a page was turned and how many times enlarged before it is read."""

    turn: int
    scale: float


def _read_upright(
    upright: Raster, as_: _As, number: int, engine: Engine, witness: Engine | None
) -> tuple[Scanned, PageWords]:
    """An upright page read in the size in which it is given."""
    straight, flat = flatten(upright, as_.turn, as_.scale)
    straight = replace(straight, pixels=open_fills(straight.pixels, straight.per_pt))
    printed, per_pt = read_print(straight), straight.per_pt
    symbols, rules = _form(printed, per_pt)
    lattices, words = _read_cells(printed, rules, per_pt, engine, witness)
    kept, sound = _without_doubtful(symbols, rules, words.words, printed, per_pt)
    if (kept, sound) != (symbols, rules):  # words were cut where no wall is
        symbols, rules = kept, sound
        lattices, words = _read_cells(printed, rules, per_pt, engine, witness)
    symbols = [s for s in symbols if _may_be_symbol(s, lattices, words.words)]
    rules = under_headings([r for r in rules if not _is_stem(r, words.words)], words.words)
    rules = with_whole_cells(rules, words.words)
    connectors = PixelConnectors((), (), ())
    if (lanes := find_lanes(symbols, lattices)) is not None:
        connectors = find_connectors(printed, symbols, rules, words.words, lanes, per_pt)
        known = Lanes(lanes, symbols, rules, words.words, connectors)
        if exits := find_exits(printed, known, engine, per_pt):
            words = replace(words, words=(*_outside(exits, words.words), *exits))
            connectors = find_connectors(printed, symbols, rules, words.words, lanes, per_pt)
        connectors = _without_signs(connectors, words.words)
    drawn = DrawnPage(
        number,
        straight.size_pt,
        tuple(w for w in words.words if not _is_drawing(w, words.words, connectors)),
        tuple(_strokes(rules, symbols, connectors)),
        unclear=connectors.unclear,
        unread=words.lost,
    )
    return Scanned(drawn, flat, _reading(straight, printed, flat, words, number, engine)), words


def _read_cells(
    printed: Print, rules: Sequence[Rule], per_pt: float, engine: Engine, witness: Engine | None
) -> tuple[list[Lattice], PageWords]:
    """The tables that rules make, and the words of the page parted at their cells."""
    lattices = [x for t in find_tables(rules) if (x := make_lattice(t)) is not None]
    cells = [lattice.box(cell) for lattice in lattices for cell in lattice.cells]
    boxes = [scaled(box, per_pt) for box in cells]
    return lattices, read_words(printed.grey, boxes, per_pt, engine, witness)


def _outside(read: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """The words that are no letter of one that was read later."""
    return [w for w in words if not any(contains(r.bbox, centre(w.bbox)) for r in read)]


def _form(printed: Print, per_pt: float) -> tuple[list[PixelSymbol], list[Rule]]:
    """Symbols and rules: each is seen better when the other is taken away."""
    symbols = without_loops(find_symbols(printed, per_pt))
    rules = find_rules(printed.dark, symbols, per_pt, printed.grey, printed.coloured)
    long = [r for r in rules if r.end - r.start >= _LONG_RULE]
    ink = without_rules(printed.dark.astype(np.uint8), long, per_pt, every=True)
    if more := find_crossed_symbols(ink, per_pt, symbols):
        symbols = without_loops(without_parts([*symbols, *more]))
        return symbols, _rules_beside(symbols, printed, per_pt)
    return symbols, without_flow(rules, symbols, printed.dark, per_pt)


def _without_doubtful(
    symbols: list[PixelSymbol],
    rules: list[Rule],
    words: Sequence[Word],
    printed: Print,
    per_pt: float,
) -> tuple[list[PixelSymbol], list[Rule]]:
    """Symbols and rules without those that the words of the page show to be none."""
    kept = [s for s in symbols if not is_closed_by_letters(s, words)]
    if len(kept) < len(symbols):
        rules = _rules_beside(kept, printed, per_pt)
    return kept, without_strays(rules, words)


def _rules_beside(symbols: Sequence[PixelSymbol], printed: Print, per_pt: float) -> list[Rule]:
    rules = find_rules(printed.dark, symbols, per_pt, printed.grey, printed.coloured)
    return without_flow(rules, symbols, printed.dark, per_pt)


def _at_reading_dpi(raster: Raster) -> Raster:
    """The page with no more dots an inch than reading needs."""
    scale = READING_DPI / 72 / raster.per_pt
    if scale >= 0.95:
        return raster
    pixels = cv2.resize(raster.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    per_pt = raster.per_pt * pixels.shape[1] / raster.pixels.shape[1]
    return Raster(np.asarray(pixels, np.uint8), per_pt, raster.dpi)


def _enlarged(raster: Raster, by: float) -> Raster:
    """The page as a larger one with as many pixels a point, and no more of them to be seen."""
    pixels = cv2.resize(raster.pixels, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
    drawn = raster.per_pt * 72
    dots = min(raster.dpi or drawn, drawn)
    return Raster(np.asarray(pixels, np.uint8), raster.per_pt, dots / by)


def _may_be_symbol(symbol: PixelSymbol, lattices: Sequence[Lattice], words: Sequence[Word]) -> bool:
    """Whether a form stands in a table or near one, and is no letter of a word."""
    near = any(overlaps(symbol.bbox, grow(x.bbox, ABOVE)) for x in lattices)
    width, height = symbol.bbox[2] - symbol.bbox[0], symbol.bbox[3] - symbol.bbox[1]
    letter = any(
        contains(w.bbox, centre(symbol.bbox))
        and 1.5 * width < w.bbox[2] - w.bbox[0] < 1.5 * width * len(w.text)
        and w.bbox[3] - w.bbox[1] > 0.8 * height
        for w in words
    )  # fmt: skip
    return near and not letter


def _is_stem(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether an upright rule is the stem of a large letter (of a stamp over a table's head)."""
    length, middle = rule.end - rule.start, (rule.start + rule.end) / 2
    return not rule.level and any(
        word.angle == 0
        and length <= _STEM * word.size_pt
        and word.bbox[0] < rule.at < word.bbox[2]
        and word.bbox[1] <= middle <= word.bbox[3]
        for word in words
    )


def _is_drawing(word: Word, words: Sequence[Word], connectors: PixelConnectors) -> bool:
    """Whether what was read as a sign or a letter or two is a line or a head of the flow."""
    is_sign = not any(c.isalnum() for c in word.text) or (
        is_doubtful_sign(word.text, word.score) and not is_exit(word.text)
    )
    if not is_sign and not (looks_like_head(word.text) and _stands_alone(word, words)):
        return False
    box = grow(word.bbox, 0.5)
    heads = any(contains(box, mean_of(head)) for head in connectors.heads)
    if heads or not is_sign:
        return heads
    pieces = (p for line in connectors.lines for p in itertools.pairwise(line))
    return any(overlaps(box, (*_low(p), *_high(p))) for p in pieces)


def _without_signs(connectors: PixelConnectors, words: Sequence[Word]) -> PixelConnectors:
    """The connectors without lines that are no more than a sign among words: a colon, a slash."""
    signs = [
        grow(word.bbox, 0.5)
        for word in words
        if not any(c.isalnum() for c in word.text) and not _stands_alone(word, words)
    ]
    kept = [
        k
        for k, line in enumerate(connectors.lines)
        if not any(all(contains(box, point) for point in line) for box in signs)
    ]
    return replace(
        connectors,
        lines=tuple(connectors.lines[k] for k in kept),
        line_scores=tuple(connectors.line_scores[k] for k in kept),
    )


def _stands_alone(word: Word, words: Sequence[Word]) -> bool:
    """Whether no other word goes on with this one."""
    reach = _NEXT_WORD * word.size_pt
    x0, y0, x1, y1 = word.bbox
    beside = (x0 - reach, y0, x1 + reach, y1)
    return not any(
        other is not word and other.angle == word.angle and overlaps(beside, other.bbox)
        and abs(centre(other.bbox)[1] - centre(word.bbox)[1]) <= (y1 - y0) / 2
        for other in words
    )  # fmt: skip


def _low(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return min(p[0] for p in points), min(p[1] for p in points)


def _high(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max(p[0] for p in points), max(p[1] for p in points)


def _strokes(
    rules: Sequence[Rule], symbols: Sequence[PixelSymbol], connectors: PixelConnectors
) -> list[Stroke]:
    """What was traced as a printer would have drawn it; every piece is a path of its own."""
    strokes: list[Stroke] = []

    def add(
        points: Sequence[tuple[float, float]], closed: bool, score: float = 1.0, flow: bool = True
    ) -> None:
        path = len(strokes)
        strokes.append(
            Stroke(tuple(points), path, closed, None, 0.0, _LINE_PT, score=score, flow=flow)
        )

    for rule in rules:
        x0, y0, x1, y1 = rule.bbox
        add(((x0, y0), (x1, y1)), False, flow=False)
    for symbol in symbols:
        add((*symbol.points, symbol.points[0]), True, symbol.score)
    for line, score in zip(connectors.lines, connectors.line_scores, strict=True):
        add(line, False, score)
    for head, score in zip(connectors.heads, connectors.head_scores, strict=True):
        corners = (*head, head[0])
        strokes.append(Stroke(corners, len(strokes), True, 0.0, None, score=score, flow=True))
    return strokes


def _reading(
    straight: Raster, printed: Print, flat: Flat, words: PageWords, number: int, engine: Engine
) -> ScanReading:
    crops = tuple(_crop(straight, one, flat, number) for one in printed.hand)
    return ScanReading(
        engine=engine.name,
        version=engine.version,
        mean_confidence=words.mean_confidence,
        known_share=words.known_share,
        words=len(words.words),
        unread=words.unread,
        turn=flat.turn,
        skew_deg=round(flat.skew_deg, 2),
        poor=why_poor(words, straight.dpi),
        crops=crops,
    )


def _crop(straight: Raster, ink: HandInk, flat: Flat, number: int) -> InkCrop:
    x0, y0, x1, y1 = (int(v) for v in ink.bbox)
    _, data = cv2.imencode(".png", straight.pixels[y0:y1, x0:x1, ::-1])
    box = flat.box_back(scaled(ink.bbox, 1 / straight.per_pt))
    place = Place(number, tuple(round(v, 1) for v in box))  # type: ignore[arg-type]
    return InkCrop(ink.kind, place, data.tobytes())
