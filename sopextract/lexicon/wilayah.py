"""The 38 provinces and 514 regencies and cities, and finding them in text.

Origin of `data/wilayah.csv`: general knowledge, checked by count (38 provinces, 416 regencies of
which one administrative, 98 cities of which five administrative). Names are never corrected: what
is found is a region named in full, not the nearest one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from sopextract.core.text import words

_DATA = Path(__file__).parent / "data" / "wilayah.csv"

JenisWilayah = Literal["Provinsi", "Kabupaten", "Kota"]

# Words that say which level the name after them has; offices stand for their region.
_LEVELS: dict[str, JenisWilayah] = {
    **dict.fromkeys(("provinsi", "propinsi", "prov", "prop", "pemprov", "gubernur"), "Provinsi"),
    **dict.fromkeys(("kabupaten", "kab", "pemkab", "bupati"), "Kabupaten"),
    **dict.fromkeys(("kota", "pemkot", "kotamadya", "walikota", "wako"), "Kota"),
}
_GLUED = ("provinsi", "propinsi", "kabupaten", "kota")
_BETWEEN = frozenset({"administrasi", "daerah", "adm"})  # "Kota Administrasi Jakarta Selatan"
_LONGEST = (
    5  # words: Kepulauan Siau Tagulandang Biaro has four, Daerah Khusus Ibu Kota Jakarta five
)


@dataclass(frozen=True, slots=True)
class Wilayah:
    """One region; `provinsi` is its province (itself for a province)."""

    nama: str
    jenis: JenisWilayah
    provinsi: str
    administratif: bool
    sebutan_lain: tuple[str, ...]

    @property
    def lengkap(self) -> str:
        """The canonical name: "Kabupaten Balangan"."""
        return f"{self.jenis} {self.nama}"


@cache
def load_wilayah() -> tuple[Wilayah, ...]:
    """All regions, provinces before their regencies and cities."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Wilayah(
                row["nama"],
                cast(JenisWilayah, row["jenis"]),
                row["provinsi"],
                row["administratif"] == "ya",
                tuple(name for name in row["sebutan_lain"].split("|") if name),
            )
            for row in csv.DictReader(lines)
        )


@cache
def _by_name() -> dict[str, dict[JenisWilayah, Wilayah]]:
    """Letters of a name without spaces → the regions that bear it, by level."""
    found: dict[str, dict[JenisWilayah, Wilayah]] = {}
    for region in load_wilayah():
        for name in (region.nama, *region.sebutan_lain):
            found.setdefault("".join(words(name)), {}).setdefault(region.jenis, region)
    return found


def _longest(tokens: list[str], start: int) -> tuple[dict[JenisWilayah, Wilayah], int] | None:
    """The longest name that starts here, and how many words it takes."""
    for count in range(min(_LONGEST, len(tokens) - start), 0, -1):
        if regions := _by_name().get("".join(tokens[start : start + count])):
            return regions, count
    return None


def _split_glued(tokens: list[str]) -> list[str]:
    """ "kabupatenbalangan" becomes two words; other words stay."""
    out: list[str] = []
    for token in tokens:
        prefix = next(
            (p for p in _GLUED if token.startswith(p) and token[len(p) :] in _by_name()), ""
        )
        out += [prefix, token[len(prefix) :]] if prefix and token not in _by_name() else [token]
    return out


def _level_at(tokens: list[str], at: int) -> tuple[JenisWilayah, int] | None:
    if tokens[at] == "wali" and tokens[at + 1 : at + 2] == ["kota"]:
        return "Kota", 2
    level = _LEVELS.get(tokens[at])
    return (level, 1) if level else None


def find_wilayah(text: str) -> tuple[str, ...]:
    """Canonical names of the regions a text names, in its order, each once.

    Reads "PEMERINTAH KABUPATEN BALANGAN", "Pemkab Balangan", "Kab. Way Kanan", "Bupati Way Kanan",
    "Pemerintah Aceh". A bare name counts only when it has two words or more and one region bears it
    ("Kalimantan Barat"): "Batu" and "Bima" alone are not read, nor is a name at the wrong level.

    >>> find_wilayah("PEMERINTAH KAB. WAY KANAN, Provinsi Lampung")
    ('Kabupaten Way Kanan', 'Provinsi Lampung')
    """
    tokens = _split_glued(words(text))
    found: dict[str, None] = {}
    at = 0
    while at < len(tokens):
        level = _level_at(tokens, at)
        start = at + (level[1] if level else 0)
        while level and start < len(tokens) - 1 and tokens[start] in _BETWEEN:
            if _longest(tokens, start):
                break  # "Provinsi Daerah Istimewa Yogyakarta"
            start += 1
        match = _longest(tokens, start) if start < len(tokens) else None
        if match is None:
            at += 1
            continue
        regions, count = match
        region = regions.get(level[0]) if level else _bare(regions, count, tokens[at - 1 : at])
        if region:
            found[region.lengkap] = None
        at = start + count
    return tuple(found)


def _bare(regions: dict[JenisWilayah, Wilayah], count: int, before: list[str]) -> Wilayah | None:
    """The region meant by a name without its level; None when that is not settled."""
    if before == ["pemerintah"] and "Provinsi" in regions and regions["Provinsi"].nama == "Aceh":
        return regions["Provinsi"]
    return next(iter(regions.values())) if len(regions) == 1 and count >= 2 else None


def canonical_wilayah(text: str, jenis: JenisWilayah | None = None) -> str | None:
    """The one region a text names; None for none or several.

    The whole text may be a bare name when a single region bears it, or when `jenis` says its level.

    >>> canonical_wilayah("Bima", "Kota")
    'Kota Bima'
    """
    regions = _by_name().get("".join(words(text)))
    if regions:
        if jenis:
            return regions[jenis].lengkap if jenis in regions else None
        if len(regions) == 1:
            return next(iter(regions.values())).lengkap
        return None
    names = [n for n in find_wilayah(text) if jenis is None or n.startswith(jenis + " ")]
    return names[0] if len(names) == 1 else None


def provinsi_of(wilayah: str) -> str | None:
    """The province of a canonical region: "Kota Bima" → "Provinsi Nusa Tenggara Barat".

    None for a name that is not canonical.
    """
    for region in load_wilayah():
        if region.lengkap == wilayah:
            return f"Provinsi {region.provinsi}"
    return None
