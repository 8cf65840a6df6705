"""What users corrected by hand: sheets that belong together, that never do, names of families.

A small TOML file, by default none:

    [[keluarga]]                       # these are one procedure, whatever the scores say
    nama = "Monitoring dan Evaluasi"   # may be left out; with one sheet it names its family
    anggota = ["provinsi/monev.pdf", "kab/kumpulan.pdf#2", "3f0c5a9e1b2d4c6f-00"]

    [[pisah]]                          # no two of these are ever one family
    sop = ["kab/cuti-tahunan.pdf", "kab/cuti-sakit.pdf"]

A sheet is named by its source path, with `#` and its index (from 0) in a file of several, or by the
id of its record. What names no sheet, or more than one, is told and left out; the rest holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sopextract.compare.masking import mask_texts
from sopextract.errors import ConfigError
from sopextract.model.record import SopRecord

# What pydantic calls in words of Python, in those of a file in TOML.
_PROBLEMS = {
    "tuple_type": 'must be a list in brackets: ["a.pdf", "b.pdf"]; entries begin with [[keluarga]] '
    "or [[pisah]]",
    "string_type": "must be a text in quotes",
    "extra_forbidden": "there is no such entry; write anggota and nama under [[keluarga]], sop "
    "under [[pisah]]",
    "missing": "is missing",
}


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Together(_Entry):
    """Sheets of one procedure, and what the procedure is called."""

    anggota: tuple[str, ...]
    nama: str | None = None


class Apart(_Entry):
    """Sheets of which no two are one procedure."""

    sop: tuple[str, ...]


class Corrections(_Entry):
    """The file's content."""

    keluarga: tuple[Together, ...] = ()
    pisah: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraints:
    """Corrections by position of the sheets: groups that are one family, pairs that never are, what
    a sheet's family is called, and what could not be followed (in Bahasa Indonesia)."""

    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()

    def touched(self) -> frozenset[int]:
        """All sheets that a correction speaks of."""
        groups: Iterable[Sequence[int]] = (*self.together, *self.apart)
        return frozenset(sop for group in groups for sop in group)


def load_corrections(path: Path | None) -> Corrections:
    """Read the file; None gives no corrections. Raises ConfigError for one that cannot be used."""
    if path is None:
        return Corrections()
    try:
        return Corrections.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as exc:
        raise ConfigError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not TOML: {exc}") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = _PROBLEMS.get(first["type"], first["msg"])
        raise ConfigError(f"{path}: {where}: {problem}") from exc


def resolve(corrections: Corrections, records: Sequence[SopRecord]) -> Constraints:
    """The corrections by position of the sheets; stale and contradicting ones become notes."""
    names = _Names(records)
    together: list[tuple[int, ...]] = []
    called: list[tuple[int, str]] = []
    for family in corrections.keluarga:
        members = names.find_all(family.anggota)
        if len(members) > 1:
            together.append(members)
        if members and family.nama:
            called.append((members[0], family.nama))
    group_of = _groups(together)
    apart: list[tuple[int, int]] = []
    for parted in corrections.pisah:
        for a, b in combinations(sorted(names.find_all(parted.sop)), 2):
            if a in group_of and group_of[a] == group_of.get(b):
                names.notes.append(
                    f"Koreksi keluarga: {_name(records[a])} dan {_name(records[b])} disebut "
                    "sekeluarga dan juga terpisah; keduanya tetap sekeluarga."
                )
            else:
                apart.append((a, b))
    return Constraints(tuple(together), tuple(apart), tuple(called), tuple(names.notes))


def mask_constraints(constraints: Constraints, records: Sequence[SopRecord]) -> Constraints:
    """The same, with what is printed of it masked: paths in its notes may name people. `records`
    are those that were not masked yet."""
    titles = mask_texts([title for _, title in constraints.names], records)
    return replace(
        constraints,
        names=tuple((sop, t) for (sop, _), t in zip(constraints.names, titles, strict=True)),
        notes=mask_texts(constraints.notes, records),
    )


class _Names:
    """Sheets by what they may be called."""

    def __init__(self, records: Sequence[SopRecord]) -> None:
        self.notes: list[str] = []
        self._by_name: dict[str, list[int]] = {}
        for sop, record in enumerate(records):
            path = record.source.path
            for name in (path, f"{path}#{record.source.index}", record.id):
                self._by_name.setdefault(name, []).append(sop)

    def find_all(self, wanted: Iterable[str]) -> tuple[int, ...]:
        """Those that name one sheet, each once."""
        found: dict[int, None] = {}
        for name in wanted:
            sops = self._by_name.get(name, [])
            if len(sops) == 1:
                found[sops[0]] = None
            elif sops:
                self.notes.append(
                    f'Koreksi keluarga: "{name}" menunjuk {len(sops)} SOP; tulis lokasi berkas '
                    "dengan # dan nomor urutnya (dari 0). Entri ini dilewati."
                )
            else:
                self.notes.append(
                    f'Koreksi keluarga: "{name}" tidak ada di antara SOP yang dibandingkan. '
                    "Entri ini dilewati."
                )
        return tuple(found)


def _groups(together: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each sheet the group that it ends up in; groups that share a sheet are one."""
    home: dict[int, int] = {}
    for number, group in enumerate(together):
        joined = {home[sop] for sop in group if sop in home}
        home.update({sop: number for sop, at in home.items() if at in joined})
        home.update(dict.fromkeys(group, number))
    return home


def _name(record: SopRecord) -> str:
    return f"{record.source.path}#{record.source.index}"
