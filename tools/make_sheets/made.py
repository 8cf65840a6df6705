"""The endless supply: sheet after sheet, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tools.make_sheets import decoys
from tools.make_sheets.agencies import RANKS
from tools.make_sheets.compose import Pool, Style, compose, pool_for
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.layout_columns import print_columns, print_raw
from tools.make_sheets.layout_linear import print_linear
from tools.make_sheets.layout_markup import print_halves, print_parts
from tools.make_sheets.layout_tables import print_html, print_markdown
from tools.make_sheets.layout_tabs import print_tabs
from tools.make_sheets.office.make import (
    make_docx,
    make_printed_docx,
    make_printed_xlsx,
    make_xlsx,
)
from tools.make_sheets.office_pdf import print_sheets
from tools.make_sheets.pdf import LETTERS as PDF_LETTERS
from tools.make_sheets.pdf import make_pdf
from tools.make_sheets.sheet import Gold, MadeSheet, Sheet
from tools.make_sheets.twists import twist

Printer = Callable[[random.Random, Pool, Sheet], tuple[str, Shown]]


def _made(
    rng: random.Random, pool: Pool, letter: str, name: str, style: Style, printer: Printer
) -> MadeSheet:
    sheet = compose(rng, pool, style)
    text, shown = printer(rng, pool, sheet)
    if pool.apart:
        text, turns = twist(rng, text, letter)
        sheet.faults += turns
    gold = make_gold(sheet, shown, name)
    return MadeSheet(name, text.encode("utf-8"), (gold,), letter, tuple(sheet.faults))


def _make_a(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_tabs(r, p.words, s, lost=False)

    return _made(rng, pool, "A", name + ".txt", Style(clues="some", gaps=0.25), printer)


def _make_b(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_tabs(r, p.words, s, lost=True)

    return _made(rng, pool, "B", name + ".txt", Style(clues="all", max_actors=6, gaps=0.2), printer)


def _make_c(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    clues = rng.random() < 0.5

    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        s.signer.status = r.choice((None, None, "Plt.", "Plh.", "Pj."))
        s.signer.pangkat = r.choice((None, *RANKS))
        s.unit_kerja = []
        return print_halves(r, p.words, s, clues)

    style = Style(clues="all" if clues else "none", max_actors=5, gaps=0.2)
    return _made(rng, pool, "C", name + ".txt", style, printer)


def _make_d(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        s.unit_kerja = []
        return print_parts(r, p.words, s)

    return _made(rng, pool, "D", name + ".txt", Style(clues="some", jump=0.05, gaps=0.2), printer)


def _make_e(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_linear(r, p.words, s)

    style = Style(clues="all", max_actors=6, jump=0.0)
    return _made(rng, pool, "E", name + ".txt", style, printer)


def _make_f(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    print_it = print_columns if rng.random() < 0.65 else print_raw

    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        return print_it(r, p.words, s)

    style = Style(clues="all", max_actors=5, jump=0.0)
    return _made(rng, pool, "F", name + ".txt", style, printer)


def _make_g(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    kind = rng.choice(("md", "html", "md", "html", "utf-16", "cp1252", "many", "many"))
    if kind == "many":
        return _make_many(rng, pool, name)

    def printer(r: random.Random, p: Pool, s: Sheet) -> tuple[str, Shown]:
        if kind == "md":
            return print_markdown(r, p.words, s)
        if kind == "html":
            return print_html(r, p.words, s)
        return print_tabs(r, p.words, s, lost=False)

    suffix = kind if kind in ("md", "html") else "txt"
    made = _made(rng, pool, "G", f"{name}.{suffix}", Style(clues="some", gaps=0.25), printer)
    if kind in ("utf-16", "cp1252"):
        text = made.data.decode("utf-8")
        return replace(made, data=text.encode(kind, "strict"), faults=(*made.faults, kind))
    return made


def _make_many(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """Several SOPs of one agency in one file, behind a cover and a list of contents."""
    agency = rng.choice(pool.agencies)
    topics = rng.sample(pool.topics, rng.randint(2, 3))
    path = f"{name}.txt"
    bodies: list[str] = []
    gold: list[Gold] = []
    names: list[str] = []
    faults: list[str] = ["several SOPs"]
    for index, topic in enumerate(topics):
        sheet = compose(rng, pool, Style(clues="some", gaps=0.2), agency, topic)
        text, shown = print_tabs(rng, pool.words, sheet, lost=False)
        gold.append(make_gold(sheet, shown, path, index))
        bodies.append(text)
        names.append(sheet.nama)
        faults += sheet.faults
    cover = ["", "KUMPULAN STANDAR OPERASIONAL PROSEDUR", agency.nama.upper(), "", "DAFTAR ISI", ""]
    cover += [f"{i}. SOP {nama} {'.' * 30} {i * 2}" for i, nama in enumerate(names, 1)]
    data = "\n".join(["\n".join(cover), *bodies]).encode("utf-8")
    return MadeSheet(path, data, tuple(gold), "G", tuple(faults))


def _make_n(rng: random.Random, pool: Pool, name: str) -> MadeSheet:
    """A file that is no SOP."""
    kind, write = rng.choice(list(decoys.KINDS.items()))
    text = write(rng, rng.choice(pool.agencies))
    return MadeSheet(f"{name}-{kind}.txt", text.encode("utf-8"), (), "N", ("not a SOP",))


MAKERS: dict[str, Callable[[random.Random, Pool, str], MadeSheet]] = {
    "A": _make_a,
    "B": _make_b,
    "C": _make_c,
    "D": _make_d,
    "E": _make_e,
    "F": _make_f,
    "G": _make_g,
    "N": _make_n,
    "W": make_docx,
    "X": make_xlsx,
    "Y": make_printed_docx,
    "Z": make_printed_xlsx,
    **{letter: partial(make_pdf, layout=letter) for letter in PDF_LETTERS},
}


PRINTED = "YZ"  # layouts that LibreOffice prints as PDF


def make_sheets(n: int, seed: int, layouts: str = "ABCDEFGN") -> Iterator[MadeSheet]:
    """`n` sheets in turn through the layouts; every sheet depends on `seed` and its number alone.

    Seeds from 9000 have their own agencies, topics, labels and phrases and are kept apart from
    tuning; seeds from 9500 are kept apart from those too. Raises KeyError for a layout that does
    not exist, PrinterMissingError for Y and Z where
    LibreOffice is missing.
    """
    letters = [layouts[i % len(layouts)] for i in range(n)]
    printed = _print(seed, {i: letter for i, letter in enumerate(letters) if letter in PRINTED})
    for i, letter in enumerate(letters):
        yield printed[i] if i in printed else _make(seed, i, letter)


def _make(seed: int, i: int, letter: str) -> MadeSheet:
    rng = random.Random(f"{seed}/{i}/{letter}")
    return MAKERS[letter](rng, pool_for(seed), f"{letter.lower()}{seed}-{i:04}")


def _print(seed: int, letters: dict[int, str]) -> dict[int, MadeSheet]:
    """The sheets that an office program prints, all in one go: starting it takes longest."""
    if not letters:
        return {}
    made = print_sheets([_make(seed, i, letter) for i, letter in letters.items()])
    return dict(zip(letters, made, strict=True))
