"""How the lines of an agency block begin, by level of the agency."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from rapidfuzz import fuzz

from sopextract.core.text import squeeze

Level = Literal["pemerintah", "wilayah", "perangkat", "unit"]

_LEVELS: tuple[Level, ...] = ("pemerintah", "wilayah", "perangkat", "unit")
_ADDRESS = re.compile(
    r"^(?:jl|jln|jalan|alamat|telp|telepon|fax|faks|kode pos|email|e-mail|website|www)\b",
    re.IGNORECASE,
)
_MISREAD_I = re.compile(r"(?<=[A-Z])[l1|](?=[A-Z])")  # DlNAS: OCR's I among capitals


@cache
def _heads() -> tuple[tuple[str, Level], ...]:
    raw = tomllib.loads((files(__package__) / "data/instansi.toml").read_text(encoding="utf-8"))
    pairs = [(head, level) for level in _LEVELS for head in raw["awal"][level]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _names(kind: str) -> tuple[str, ...]:
    raw = tomllib.loads((files(__package__) / "data/instansi.toml").read_text(encoding="utf-8"))
    return tuple(raw["awal"][kind])


def level_of(line: str) -> Level | None:
    """The level of the agency that a line begins to name, or None.

    The head must stand at the start of the line as whole words; one wrong letter in a head of
    seven or more is tolerated (PEMERlNTAH). Addresses are refused.
    """
    text = _MISREAD_I.sub("I", squeeze(line)).upper()
    if not text or _ADDRESS.match(text):
        return None
    for head, level in _heads():
        if text.startswith(head) and not text[len(head) : len(head) + 1].isalpha():
            return level
    first = text.split(" ")[0]
    for head, level in _heads():
        if len(head) >= 7 and " " not in head and fuzz.ratio(first, head) >= 88:
            return level
    return None


def is_address(line: str) -> bool:
    """Whether a line is part of an address."""
    return _ADDRESS.match(squeeze(line)) is not None


def is_vertical(name: str) -> bool:
    """Whether an agency answers to the capital, so that a region in its name is only its seat."""
    return squeeze(name).upper().startswith(_names("vertikal"))


def bears_region(name: str) -> bool:
    """Whether the region behind an agency's name is part of it: "RSUD Kota Bima"."""
    return squeeze(name).upper().startswith(_names("bernama_wilayah"))
