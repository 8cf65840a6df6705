"""Dasar hukum × agency: who cites what, with the status that the register gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from sopextract.compare.comparison import LegalMatrix, LegalRow
from sopextract.compare.completeness import READ_MIN_CONFIDENCE
from sopextract.core.text import words
from sopextract.model.record import DasarHukum, SopRecord

Status = Literal["berlaku", "dicabut", "diubah"]


def build_matrix(records: Sequence[SopRecord], agency_of: Sequence[int]) -> LegalMatrix:
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
    rows = [_row(found, agency_of, count) for found in entries.values()]
    rows.sort(key=lambda row: (-len(row.sheets), row.label))
    unread = [0] * count
    for sop, record in enumerate(records):
        unread[agency_of[sop]] += is_unread(record)
    return LegalMatrix(rows=tuple(rows), unread=tuple(unread))


def legal_key(dasar: DasarHukum) -> str:
    """The id, or the folded text of an entry that has none."""
    return dasar.id or " ".join(words(dasar.teks))


def is_unread(record: SopRecord) -> bool:
    """True when a legal basis stands on the sheet and could not be read."""
    entry = record.provenance.get("/dasar_hukum")
    return entry is not None and (
        entry.method == "unread" or entry.confidence < READ_MIN_CONFIDENCE
    )


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
