"""The endless supply: sheet after sheet, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tools.make_sheets.agencies import RANKS
from tools.make_sheets.compose import Pool, Style, compose, pool_for
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.layout_linear import print_linear
from tools.make_sheets.layout_markup import print_halves, print_parts
from tools.make_sheets.layout_tabs import print_tabs
from tools.make_sheets.sheet import MadeSheet, Sheet

Printer = Callable[[random.Random, Pool, Sheet], tuple[str, Shown]]


def _made(
    rng: random.Random, pool: Pool, letter: str, name: str, style: Style, printer: Printer
) -> MadeSheet:
    sheet = compose(rng, pool, style)
    text, shown = printer(rng, pool, sheet)
    gold = make_gold(sheet, shown, name)
    return MadeSheet(name, text.encode("utf-8"), (gold,), letter, tuple(sheet.faults))


def _make_a(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_tabs(r, p.words, s, lost=False)

    return _made(rng, pool, "A", name + ".txt", Style(clues="some"), printer)


def _make_b(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_tabs(r, p.words, s, lost=True)

    return _made(rng, pool, "B", name + ".txt", Style(clues="all", max_actors=6), printer)


def _make_c(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    clues = rng.random() < 0.5

    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        s.signer.status = r.choice((None, None, "Plt.", "Plh.", "Pj."))
        s.signer.pangkat = r.choice((None, *RANKS))
        s.unit_kerja = []
        return print_halves(r, p.words, s, clues)

    style = Style(clues="all" if clues else "none", max_actors=5)
    return _made(rng, pool, "C", name + ".txt", style, printer)


def _make_d(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        s.unit_kerja = []
        return print_parts(r, p.words, s)

    return _made(rng, pool, "D", name + ".txt", Style(clues="some", jump=0.05), printer)


def _make_e(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_linear(r, p.words, s)

    style = Style(clues="all", max_actors=6, jump=0.0)
    return _made(rng, pool, "E", name + ".txt", style, printer)


MAKERS: dict[str, Callable[[random.Random, Pool, str], MadeSheet]] = {
    "A": _make_a,
    "B": _make_b,
    "C": _make_c,
    "D": _make_d,
    "E": _make_e,
}


def make_sheets(n: int, seed: int, layouts: str = "ABCDE") -> Iterator[MadeSheet]:
    """`n` sheets in turn through the layouts; every sheet depends on `seed` and its number alone.

    Seeds from 9000 have their own agencies, topics, labels and phrases and are kept apart from
    tuning. Raises KeyError for a layout that does not exist.
    """
    pool = pool_for(seed)
    for i in range(n):
        letter = layouts[i % len(layouts)]
        rng = random.Random(f"{seed}/{i}/{letter}")
        yield MAKERS[letter](rng, pool, f"{letter.lower()}{seed}-{i:04}")
