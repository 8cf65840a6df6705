"""Dasar hukum × agency: who cites what, with the status that the register gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sopextract.compare.comparison import FamilyLaw, LegalMatrix, LegalRow, SheetLegal
from sopextract.compare.completeness import is_doubtful
from sopextract.core.text import words
from sopextract.lexicon.peraturan import load_register
from sopextract.model.record import DasarHukum, SopRecord

Status = Literal["berlaku", "dicabut", "diubah"]


# A regulation that fewer of the others cite is their own affair, not a gap of this sheet.
MISSING_SHARE, MISSING_MIN = 0.5, 2


@dataclass(frozen=True, slots=True)
class Laws:
    """The matrix, and by sheet which of its rows are cited; None for a legal basis not read. Of
    sheets that are `partial` some entry was not."""

    matrix: LegalMatrix
    cited: tuple[tuple[int, ...] | None, ...]
    amended: tuple[tuple[int, ...], ...]
    partial: frozenset[int]


def build_laws(records: Sequence[SopRecord], agency_of: Sequence[int]) -> Laws:
    """Count SOPs per regulation and agency; most cited first, then by label.

    Entries meet by `id`; those without one by the words of their text, so that two partial
    citations are one row only when they say the same. Amending and joined regulations are cited
    too and have rows of their own.
    """
    count = max(agency_of, default=-1) + 1
    entries: dict[str, list[tuple[int, DasarHukum]]] = {}
    for sop, record in enumerate(records):
        seen: set[str] = set()
        for dasar in _cited(record.dasar_hukum):
            key = legal_key(dasar)
            if key and key not in seen:
                seen.add(key)
                entries.setdefault(key, []).append((sop, dasar))
    made = [(_row(found, agency_of, count), key) for key, found in entries.items()]
    made.sort(key=lambda pair: (-len(pair[0].sheets), pair[0].label, pair[1]))
    place = {key: number for number, (_, key) in enumerate(made)}
    unread = [0] * count
    cited: list[tuple[int, ...] | None] = []
    amended: list[tuple[int, ...]] = []
    for sop, record in enumerate(records):
        unread[agency_of[sop]] += is_unread(record)
        keys = {key for d in _cited(record.dasar_hukum) if (key := legal_key(d))}
        cited.append(None if is_unread(record) else tuple(sorted(place[k] for k in keys)))
        amended.append(tuple(sorted({place[k] for k in _amended(record.dasar_hukum, keys)})))
    matrix = LegalMatrix(rows=tuple(row for row, _ in made), unread=tuple(unread))
    partial = frozenset(sop for sop, record in enumerate(records) if is_partly_unread(record))
    return Laws(matrix, tuple(cited), tuple(amended), partial)


def build_matrix(records: Sequence[SopRecord], agency_of: Sequence[int]) -> LegalMatrix:
    """Dasar hukum × agency alone; see `build_laws`."""
    return build_laws(records, agency_of).matrix


def family_laws(laws: Laws, members: Sequence[int]) -> tuple[FamilyLaw, ...]:
    """Which members cite what, the most cited first; those not read are on neither side, and one
    of which an entry was not read lacks nothing for sure."""
    read = [sop for sop in members if laws.cited[sop] is not None]
    by_law: dict[int, list[int]] = {}
    for sop in read:
        for law in laws.cited[sop] or ():
            by_law.setdefault(law, []).append(sop)
    return tuple(
        FamilyLaw(
            law=law,
            cited_by=tuple(citing),
            lacking=_without(read, laws.partial.union(citing)),
        )
        for law, citing in sorted(by_law.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def _without(sheets: Sequence[int], others: frozenset[int]) -> tuple[int, ...]:
    return tuple(sop for sop in sheets if sop not in others)


def sheet_legal(laws: Laws, sop: int, family: Sequence[FamilyLaw]) -> SheetLegal:
    """One sheet's legal basis; `family` is that of the family it belongs to, empty without one.

    A revoked regulation that the others still cite is not missing.
    """
    cited = laws.cited[sop]
    rows = laws.matrix.rows
    if cited is None:
        return SheetLegal(read=False)
    missing = [
        row.law
        for row in family
        if sop in row.lacking
        and rows[row.law].status != "dicabut"
        and len(row.cited_by) >= MISSING_MIN
        and len(row.cited_by) >= MISSING_SHARE * (len(row.cited_by) + len(row.lacking) - 1)
    ]
    return SheetLegal(
        read=True,
        revoked=tuple(law for law in cited if rows[law].status == "dicabut"),
        amended=laws.amended[sop],
        missing=tuple(missing),
    )


def _amended(entries: Sequence[DasarHukum], cited: set[str]) -> list[str]:
    """Keys of entries that the register knows as amended, without an amending act beside them."""
    register = load_register()
    found: list[str] = []
    for dasar in entries:
        if dasar.status != "diubah" or dasar.diubah_dengan or dasar.juncto:
            continue
        known = register.get(dasar.id)
        if known is None or cited.isdisjoint(known.oleh):
            found.append(legal_key(dasar))
    return found


def legal_key(dasar: DasarHukum) -> str:
    """The id, or the folded text of an entry that has none."""
    return dasar.id or " ".join(words(dasar.teks))


def is_unread(record: SopRecord) -> bool:
    """True when a legal basis stands on the sheet and could not be read."""
    return is_doubtful(record, "/dasar_hukum", empty=not record.dasar_hukum)


def is_partly_unread(record: SopRecord) -> bool:
    """True when some entry of the legal basis was hardly read: it may be any regulation."""
    return any(is_doubtful(record, f"/dasar_hukum/{i}") for i in range(len(record.dasar_hukum)))


def _cited(entries: Sequence[DasarHukum]) -> list[DasarHukum]:
    found: list[DasarHukum] = []
    for dasar in entries:
        found.append(dasar)
        found.extend(_cited(dasar.diubah_dengan))
        found.extend(_cited(dasar.juncto))
    return found


def _row(found: list[tuple[int, DasarHukum]], agency_of: Sequence[int], count: int) -> LegalRow:
    first = found[0][1]
    titles = Counter(d.tentang for _, d in found if d.tentang)
    statuses: Counter[Status] = Counter(d.status for _, d in found if d.status is not None)
    counts = [0] * count
    for sop, _ in found:
        counts[agency_of[sop]] += 1
    return LegalRow(
        id=first.id,
        label=_label(first),
        tentang=titles.most_common(1)[0][0] if titles else None,
        status=statuses.most_common(1)[0][0] if statuses else None,
        counts=tuple(counts),
        sheets=tuple(sop for sop, _ in found),
    )


def _label(dasar: DasarHukum) -> str:
    if not (dasar.jenis and dasar.nomor and dasar.tahun):
        return dasar.teks
    issuer = dasar.daerah or dasar.penerbit
    name = f"{dasar.jenis} {dasar.nomor}/{dasar.tahun}"
    return f"{name} ({issuer})" if issuer else name
