"""Made scans: sheet after sheet as a scanner, copier or telephone gives them, with their truth."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pypdfium2 as pdfium

from tools.make_sheets.compose import pool_for
from tools.make_sheets.made import PRINTED, make_sheets
from tools.make_sheets.scan.containers import SINGLE, LayerWord, Shot, pack
from tools.make_sheets.scan.degrade import degrade
from tools.make_sheets.scan.kinds import draw_bend, draw_wear
from tools.make_sheets.scan.pages import CleanPage, count_pages, put_ink, render_pages
from tools.make_sheets.scan.pasted import paste_tables
from tools.make_sheets.scan.warp import Bend, Warp, turn_picture
from tools.make_sheets.sheet import Gold, MadeSheet

MAX_PAGES = 6  # a scan of more takes half a minute to read and shows nothing that six do not
_TRIES = 12  # sheets made for one that fits: one page alone is rare
_SUFFIX = {"layer": "pdf"}
# How often each container is drawn; those for one page count where the sheet has only one.
_WEIGHTS = {"pdf": 6, "layer": 2, "tif": 2, "png": 4, "jpg": 6}


@dataclass(frozen=True)
class MadeScan:
    """One scan: its file with its truth, the vector PDF it was made of, and where pages lie in it.

    `warps` has for every page where points of the vector page (as shares) came to lie.
    """

    sheet: MadeSheet
    kind: str
    vector: MadeSheet
    warps: tuple[Warp, ...]


def make_scans(
    n: int, seed: int, kind: str, layouts: str = "PQR", *, turn: int = 0, container: str = ""
) -> Iterator[MadeScan]:
    """`n` scans of one kind; each depends on the seed, its number, kind, turn and container alone.

    The wear is the same whichever way the pages are turned, so that turned and upright compare.
    """
    for sheet in fitting_sheets(n, seed, layouts, container):
        yield make_scan(sheet, seed, kind, turn=turn, container=container)


def fitting_sheets(n: int, seed: int, layouts: str, container: str = "") -> Iterator[MadeSheet]:
    """The vector PDFs that `make_scans` makes scans of.

    Sheets of more than `MAX_PAGES` pages are left out, and for PNG and JPEG those of more than one.
    """
    most = 1 if container in SINGLE else MAX_PAGES
    tries = n * (2 if set(layouts) & set(PRINTED) else _TRIES)
    fitting = (s for s in make_sheets(tries, seed, layouts) if count_pages(s.data) <= most)
    return islice(fitting, n)


def make_scan(
    sheet: MadeSheet,
    seed: int,
    kind: str,
    *,
    turn: int = 0,
    container: str = "",
    apart: bool | None = None,
) -> MadeScan:
    """The scan of one vector PDF.

    `apart` says whether its wear is that of scans kept apart; None: as its seed is.
    """
    rng = random.Random(f"{seed}/{sheet.name}/{kind}")
    apart = pool_for(seed).apart > 0 if apart is None else apart
    if kind == "pasted":
        return _pasted(sheet, rng, apart=apart)
    wear = draw_wear(rng, kind, apart=apart)
    words = _agency(sheet)
    seeds = rng.getrandbits(64)
    pages = list(render_pages(sheet.data, wear.dpi))
    container = container or _draw_container(rng, len(pages))
    layer = _layer(sheet.data) if container == "layer" else [()] * len(pages)
    shots: list[Shot] = []
    for number, page in enumerate(pages):
        put_ink(page, wear, words, seeds + number, apart=apart)
        warp = Warp(draw_bend(rng, kind, apart=apart), page.picture.size, turn)
        picture = degrade(page.picture, wear, warp, seeds + number)
        shots.append(Shot(turn_picture(picture, turn), warp, layer[number]))
    data = pack(shots, container, wear.dpi, wear.quality, seeds)
    name = _name(sheet.name, kind, turn, _SUFFIX.get(container, container))
    warps = tuple(shot.warp for shot in shots)
    return MadeScan(_as_scan(sheet, name, data), kind, sheet, warps)


def _name(vector: str, kind: str, turn: int, suffix: str) -> str:
    stem = vector.removesuffix(".pdf")
    return f"{stem}-{kind}{f'-{turn}' if turn else ''}.{suffix}"


def _as_scan(sheet: MadeSheet, name: str, data: bytes) -> MadeSheet:
    gold: list[Gold] = []
    for one in sheet.gold:
        source = one.get("source")
        its = dict(source) if isinstance(source, dict) else {}
        gold.append(one | {"source": its | {"path": name}})
    return replace(sheet, name=name, data=data, gold=tuple(gold))


def _draw_container(rng: random.Random, pages: int) -> str:
    names = [name for name in _WEIGHTS if pages == 1 or name not in SINGLE]
    return rng.choices(names, [_WEIGHTS[name] for name in names])[0]


def _agency(sheet: MadeSheet) -> str:
    """Words for the stamp: the name of the agency."""
    instansi = sheet.gold[0].get("instansi") if sheet.gold else None
    found = instansi.get("perangkat_daerah") if isinstance(instansi, dict) else None
    return str(found or "")


def _layer(data: bytes) -> list[tuple[LayerWord, ...]]:
    """The words of every upright page; none of pages that are turned within the file."""
    document = pdfium.PdfDocument(data)
    found: list[tuple[LayerWord, ...]] = []
    try:
        for page in document:
            found.append(() if page.get_rotation() else _words_of(page))
    finally:
        document.close()
    return found


def _words_of(page: pdfium.PdfPage) -> tuple[LayerWord, ...]:
    width, height = page.get_size()
    text = page.get_textpage()
    words: list[LayerWord] = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
        if said and "\n" not in said:
            words.append(LayerWord(said, box))
    text.close()
    return tuple(words)


def _pasted(sheet: MadeSheet, rng: random.Random, *, apart: bool) -> MadeScan:
    """The PDF itself, its step tables pasted as pictures; nothing is moved."""
    wear = draw_wear(rng, "pasted", apart=apart)
    data = paste_tables(sheet.data, wear)
    pages: list[CleanPage] = list(render_pages(sheet.data, 72))
    warps = tuple(Warp(Bend(), page.picture.size) for page in pages)
    name = _name(sheet.name, "pasted", 0, "pdf")
    return MadeScan(_as_scan(sheet, name, data), "pasted", sheet, warps)
