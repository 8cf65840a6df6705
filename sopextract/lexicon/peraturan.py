"""The register of regulations most cited in SOP sheets, with how well each row was checked.

Origin of `data/peraturan.csv`: the project's domain study. Mark of the title: T read in an official
text copy, C number and title met in an independent citation, R amendment read in an official text,
D one public data set of unknown curation, K own knowledge, P read in the revoking act. The status
has its own mark. Almost nothing after the middle of 2025 could be checked: every message that rests
on the register must show the mark.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from rapidfuzz import fuzz

from sopextract.core.text import fold
from sopextract.errors import ConfigError
from sopextract.lexicon.jenis_peraturan import slug

REGISTER_FILE = Path(__file__).parent / "data" / "peraturan.csv"

Status = Literal["berlaku", "diubah", "dicabut"]

# The same issuer under two names in ids (the ministry was renamed, codes differ by source).
_ALIASES = {
    "permen-pan": "permen-panrb",
    "kepmen-pan": "kepmen-panrb",
    "kepmen-ag": "kma",
    "per-kepala-bps": "per-bps",
    "per-kepala-bkn": "per-bkn",
    "per-kepala-lkpp": "per-lkpp",
}
# Only these ministries' numbers are matched by their serial alone, because sheets drop the rest:
# "PER/21/M.PAN/11/2008" is cited "Nomor 21 Tahun 2008". Both number serially through the year.
_SERIAL = frozenset({"permen-panrb", "kepmen-panrb", "permen-keu"})
_FIND_MIN = 60.0  # below this two titles share little but "Pedoman" and "Pemerintah"
_FIND_MAX = 5


@dataclass(frozen=True, slots=True)
class Regulation:
    """One row of the register. None = not known there; `oleh`: ids of amending or revoking acts.

    `mark` and `status_mark` say how title and status were checked (see the module docstring).
    """

    id: str
    jenis: str
    penerbit: str | None
    nomor: str
    tahun: int
    tentang: str | None
    status: Status | None
    oleh: tuple[str, ...]
    mark: str
    status_mark: str
    checked_on: str
    catatan: str


class Register:
    """Looks regulations up by id, by title and by number."""

    def __init__(self, rows: tuple[Regulation, ...]) -> None:
        self.rows = rows
        self._by_id = {row.id: row for row in rows}
        self._by_key: dict[tuple[str, str, str], Regulation] = {}
        self._by_serial: dict[tuple[str, str, str], Regulation] = {}
        self._by_number: defaultdict[tuple[str, int], list[Regulation]] = defaultdict(list)
        for row in rows:
            head, tahun, nomor = row.id.split("/", 2)
            head = _ALIASES.get(head, head)
            self._by_key[head, tahun, nomor] = row
            if head in _SERIAL:
                self._by_serial[head, tahun, _serial(nomor)] = row
            self._by_number[_serial(row.nomor), row.tahun].append(row)
        self._titles = [(row, fold(row.tentang)) for row in rows if row.tentang]

    def get(self, id: str | None) -> Regulation | None:
        """The regulation with this id, issuers that changed their name being one issuer.

        "permen-panrb/2008/21" finds permen-pan/2008/per-21-m.pan-11; None when not in the register.
        """
        if id is None or id.count("/") != 2:
            return None
        if (exact := self._by_id.get(id)) is not None:
            return exact
        head, tahun, nomor = id.split("/")
        head = _ALIASES.get(head, head)
        if (row := self._by_key.get((head, tahun, nomor))) is not None:
            return row
        if head == "permen-keu" and not nomor.isdigit():
            return None  # the unit in a ministry of finance number must agree when it is given
        return self._by_serial.get((head, tahun, _serial(nomor))) if head in _SERIAL else None

    def find_title(self, tentang: str) -> tuple[tuple[Regulation, float], ...]:
        """Regulations whose title is like this one, best first, with the likeness from 0 to 1."""
        wanted = fold(tentang)
        if not wanted:
            return ()
        scored = (
            (row, fuzz.ratio(wanted, title, score_cutoff=_FIND_MIN)) for row, title in self._titles
        )
        best = sorted((s for s in scored if s[1]), key=lambda s: (-s[1], s[0].id))
        return tuple((row, score / 100) for row, score in best[:_FIND_MAX])

    def same_number(self, nomor: str, tahun: int) -> tuple[Regulation, ...]:
        """Regulations of any kind with this number and year."""
        return tuple(self._by_number.get((_serial(nomor), tahun), ()))


def _serial(nomor: str) -> str:
    """The first run of digits without leading zeros: the serial number inside a long number."""
    digits = re.search(r"\d+", nomor)
    return (digits.group().lstrip("0") or "0") if digits else slug(nomor)


@cache
def load_register(path: Path | None = None) -> Register:
    """The register; `path` None means the one shipped. Raises ConfigError for a bad table."""
    source = path or REGISTER_FILE
    try:
        with source.open(encoding="utf-8", newline="") as lines:
            return Register(tuple(_regulation(row) for row in csv.DictReader(lines)))
    except OSError as exc:
        raise ConfigError(f"{source}: cannot be read: {exc.strerror}") from exc
    except (KeyError, ValueError, AttributeError) as exc:
        raise ConfigError(f"{source}: not a table of regulations: {exc}") from exc


def _regulation(row: dict[str, str]) -> Regulation:
    if row["status"] not in {"berlaku", "diubah", "dicabut", ""}:
        raise ValueError(f"{row['id']}: status {row['status']!r}")
    if row["id"].count("/") != 2:
        raise ValueError(f"id {row['id']!r}")
    return Regulation(
        id=row["id"],
        jenis=row["jenis"],
        penerbit=row["penerbit"] or None,
        nomor=row["nomor"],
        tahun=int(row["tahun"]),
        tentang=row["tentang"] or None,
        status=cast(Status, row["status"]) if row["status"] else None,
        oleh=tuple(part.strip() for part in row["oleh"].split(";") if part.strip()),
        mark=row["mark"],
        status_mark=row["status_mark"],
        checked_on=row["checked_on"],
        catatan=row["catatan"],
    )
