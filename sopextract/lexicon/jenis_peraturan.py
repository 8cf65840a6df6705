"""The kinds of regulation and their issuers, and the canonical id made of them.

Origin: domain table of kinds (PermenPANRB practice, Law 12/2011 articles 7 and 8 for the order),
names of ministries and bodies from general knowledge.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from sopextract.core.text import fold

_DATA = Path(__file__).parent / "data"

Sifat = Literal[
    "pusat", "menteri", "lembaga", "instansi", "penerbit", "daerah", "provinsi", "kabupaten", "kota"
]
REGIONAL: frozenset[str] = frozenset({"daerah", "provinsi", "kabupaten", "kota"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of regulation. `urutan` is its rank, 1 highest; `bentuk` its printed forms, folded.

    `sifat` says who issues it: `pusat` one issuer, `menteri` and `lembaga` an issuer of the list
    that becomes part of the name, `instansi` and `penerbit` an issuer named beside it, the others
    a region.
    """

    jenis: str
    kode: str
    urutan: int
    sifat: Sifat
    bentuk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issuer:
    """A ministry or body: `kode` for ids, `nama` the usual short name, `bentuk` as printed."""

    jenis: Literal["menteri", "lembaga"]
    kode: str
    nama: str
    bentuk: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    return {
        row["jenis"]: Kind(
            row["jenis"],
            row["kode"],
            int(row["urutan"]),
            cast(Sifat, row["sifat"]),
            tuple(row["bentuk"].split("|")),
        )
        for row in _rows("jenis_peraturan.csv")
    }


@cache
def issuers() -> tuple[Issuer, ...]:
    """All ministries and bodies."""
    return tuple(
        Issuer(
            cast(Literal["menteri", "lembaga"], row["jenis"]),
            row["kode"],
            row["nama"],
            tuple(row["bentuk"].split("|")),
        )
        for row in _rows("penerbit_peraturan.csv")
    )


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """Short forms that name kind and issuer in one: "pmk" is (Permen, keu)."""
    return {r["singkatan"]: (r["jenis"], r["penerbit"]) for r in _rows("singkatan_peraturan.csv")}


def jenis_of(kind: Kind, issuer: Issuer) -> str:
    """The record's name of a kind with its issuer: "PermenPANRB", "Peraturan Kepala BPS"."""
    return f"{kind.jenis}{'' if kind.sifat == 'menteri' else ' '}{issuer.nama}"


@cache
def _by_jenis() -> dict[str, tuple[str, Kind]]:
    """Name of the record → code of the id, kind."""
    found: dict[str, tuple[str, Kind]] = {k.jenis: (k.kode, k) for k in kinds().values()}
    for issuer in issuers():
        for kind in kinds().values():
            if kind.sifat == issuer.jenis:
                found[jenis_of(kind, issuer)] = (f"{kind.kode}-{issuer.kode}", kind)
    found["Kepmenag"] = ("kma", kinds()["Kepmen"])  # the id in use for decisions of this ministry
    return found


def kind_of(jenis: str | None) -> Kind | None:
    """The kind behind a name of the record; None for an unknown name.

    >>> kind_of("Permendagri").urutan
    8
    """
    known = _by_jenis().get(jenis or "")
    if known:
        return known[1]
    return next((k for k in kinds().values() if jenis and jenis.startswith(k.jenis + " ")), None)


def urutan_jenis(jenis: str | None) -> int | None:
    """Rank of a kind in the hierarchy, 1 highest; None for an unknown kind."""
    kind = kind_of(jenis)
    return kind.urutan if kind else None


def slug(text: str) -> str:
    """Lower case, everything but letters, digits and dots as one hyphen.

    >>> slug("113/PMK.05")
    '113-pmk.05'
    """
    return re.sub(r"[^a-z0-9.]+", "-", fold(text)).strip("-.")


def slug_nomor(nomor: str, tahun: int) -> str:
    """The number as the id has it: without the year it may end with.

    >>> slug_nomor("PER/21/M.PAN/11/2008", 2008)
    'per-21-m.pan-11'
    """
    plain = slug(nomor).removesuffix(f"-{tahun}")
    return re.sub(r"^0+(?=\d+$)", "", plain)


def canonical_id(
    jenis: str | None,
    nomor: str | None,
    tahun: int | None,
    daerah: str | None = None,
    penerbit: str | None = None,
) -> str | None:
    """`{jenis}[-{penerbit}]/{tahun}/{nomor}`; None unless kind, number, year and the issuer or
    region that the kind needs are all known.

    >>> canonical_id("Perda", "8", 2016, daerah="Provinsi Kalimantan Barat")
    'perda-provinsi-kalimantan-barat/2016/8'
    """
    if not (jenis and nomor and tahun):
        return None
    known, kind = _by_jenis().get(jenis), kind_of(jenis)
    if kind is None:
        return None
    head = known[0] if known else kind.kode
    if kind.sifat in REGIONAL:
        if not daerah:
            return None
        head = f"{kind.kode}-{slug(daerah)}"
    elif known and jenis == kind.jenis and kind.sifat != "pusat":
        if not penerbit:
            return None
        head = f"{kind.kode}-{slug(penerbit)}"
    if head == "permen-panrb" and (tahun < 2010 or "m.pan" in slug(nomor)):
        head = "permen-pan"  # the ministry took its present name in the autumn of 2009
    elif head == "kepmen-panrb" and (tahun < 2010 or "m.pan" in slug(nomor)):
        head = "kepmen-pan"
    return f"{head}/{tahun}/{slug_nomor(nomor, tahun)}"
