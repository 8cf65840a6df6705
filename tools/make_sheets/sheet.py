"""What a made sheet says before a layout prints it: the truth beside its printed form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Simbol = Literal["terminator", "proses", "keputusan"]
Gold = dict[str, object]  # JSON in the shape of the record; a key that is left out is not judged


@dataclass(frozen=True)
class MadeSheet:
    """One file with its truth; `gold` is empty when the file is no SOP at all.

    `faults` names what was spoilt on purpose, `before -> after` for words.
    """

    name: str
    data: bytes
    gold: tuple[Gold, ...]
    layout: str
    faults: tuple[str, ...] = ()


@dataclass
class Printed:
    """A text and its printed form: they differ where a typing error was put in."""

    truth: str
    shown: str = ""

    def __post_init__(self) -> None:
        self.shown = self.shown or self.truth


@dataclass(frozen=True)
class When:
    """A date as printed and in ISO 8601 at the printed precision (None: "-" or empty)."""

    shown: str
    iso: str | None


@dataclass(frozen=True)
class Law:
    """One legal basis: its text, and what the grammar must make of it."""

    text: str
    gold: Gold


@dataclass(frozen=True)
class Time:
    """A time allowance; `judged` False where the contract leaves the reading open."""

    shown: str
    durasi: str | None
    durasi_maks: str | None = None
    hari: str | None = None
    judged: bool = True


@dataclass
class Step:
    """One row. `actor` counts from 0; `back_to` is the 0-based row of the Tidak exit.

    `known` is False where the sheet gives no clue who acts, None where clues leave it open.
    """

    actor: int
    kegiatan: Printed
    kelengkapan: Printed
    waktu: Time
    output: Printed
    keterangan: str = ""
    simbol: Simbol = "proses"
    back_to: int | None = None
    no: int | None = None
    known: bool | None = True


@dataclass
class Signer:
    """Who signs; `status` is "Plt." and the like."""

    jabatan: str
    nama: str
    nip: str | None
    pangkat: str | None = None
    status: str | None = None
    elektronik: bool = False


@dataclass
class Sheet:
    """Everything a layout prints."""

    pemerintah: str
    perangkat_daerah: str
    unit_kerja: list[str]
    address: str
    nomor: str
    nama: str
    nama_title: str
    dates: dict[str, When]
    signer: Signer
    dasar_hukum: list[Law]
    lists: dict[str, list[Printed]]
    actors: list[str]
    lengkap: dict[str, str]
    steps: list[Step]
    faults: list[str] = field(default_factory=list)
    symbols_shown: bool = True
    nip_shown: str = ""
