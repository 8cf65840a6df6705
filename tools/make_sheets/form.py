"""Pieces of the form that several layouts print in the same way."""

from __future__ import annotations

import random
import textwrap

from tools.make_sheets.sheet import Printed, Sheet
from tools.make_sheets.wording import Words

SYMBOLS = {"terminator": "(Oval)", "proses": "(Kotak)", "keputusan": "(Bintang)"}
PAIRS = (
    ("dasar_hukum", "kualifikasi_pelaksana"),
    ("keterkaitan", "peralatan_perlengkapan"),
    ("peringatan", "pencatatan_pendataan"),
)


def label(rng: random.Random, words: Words, key: str) -> str:
    """One of the printed forms of a label; one in 25 is misread or mistyped."""
    if rng.random() < 0.04 and key in words.faulty:
        return rng.choice(words.faulty[key])
    return rng.choice((words.labels | words.columns)[key])


def upper_agency(sheet: Sheet, rng: random.Random, government: bool = True) -> list[str]:
    """The agency block in capitals, a long name broken over two lines."""
    lines = [sheet.pemerintah.upper()] if government else []
    name = sheet.perangkat_daerah.upper()
    lines += textwrap.wrap(name, 40 if rng.random() < 0.5 else 60)
    return lines + [unit.upper() for unit in sheet.unit_kerja]


def items(sheet: Sheet, key: str) -> list[str]:
    """The printed items of a list field."""
    if key == "dasar_hukum":
        return [entry.text for entry in sheet.dasar_hukum]
    return [item.shown for item in sheet.lists[key]]


def glued(texts: list[str]) -> str:
    """`1. … 2. …` in one cell; a single item has no number."""
    if len(texts) == 1:
        return texts[0]
    return " ".join(f"{i}. {text}" for i, text in enumerate(texts, 1))


def shown(text: Printed) -> str:
    """The printed form, on one line."""
    return " ".join(text.shown.split())
