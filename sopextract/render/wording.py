"""The record as it is to be worded: corrected or as in the source; laws in their order."""

from __future__ import annotations

from typing import Any

from sopextract.model.record import Correction, DasarHukum, SopRecord
from sopextract.settings import RenderSettings

# Rank of kinds of law, highest first: UU 12/2011 article 7, then by who issues (its article 8)
_RANKS = ("UUD", "TAP", "UU", "Perppu", "PP", "Perpres", "Keppres", "Inpres", "Permen", "Peraturan",
          "Kepmen", "Keputusan", "Perda", "Qanun", "Pergub", "Kepgub", "Perbup", "Perwal", "Kepbup",
          "Kepwal", "SE")  # fmt: skip


def reword(record: SopRecord, settings: RenderSettings) -> SopRecord:
    """The record in the wording and the order of laws that the settings ask for."""
    if settings.wording == "asli":
        record = _as_printed(record)
    if settings.dasar_hukum == "hierarki":
        ordered = sorted(range(len(record.dasar_hukum)), key=lambda i: _rank(record.dasar_hukum[i]))
        moved = {f"/dasar_hukum/{old}": f"/dasar_hukum/{new}" for new, old in enumerate(ordered)}
        record = record.model_copy(
            update={
                "dasar_hukum": tuple(record.dasar_hukum[i] for i in ordered),
                "provenance": {_moved(p, moved): v for p, v in record.provenance.items()},
            }
        )
    return record


def _rank(dasar: DasarHukum) -> tuple[int, int]:
    """Laws of a kind by year; what has no known kind comes last, in its own order."""
    kind = dasar.jenis or ""
    rank = next((i for i, name in enumerate(_RANKS) if kind == name), None)
    if rank is None:
        rank = next((i for i, name in enumerate(_RANKS) if kind.startswith(name)), len(_RANKS))
    return rank, dasar.tahun or 9999 if kind else 0


def _moved(pointer: str, moved: dict[str, str]) -> str:
    head = "/".join(pointer.split("/")[:3])
    return moved.get(head, head) + pointer[len(head) :] if head in moved else pointer


def _as_printed(record: SopRecord) -> SopRecord:
    """Every text with its corrections taken back, the last first.

    A correction of a word is taken back where the corrected word stands; one of a whole value, of a
    label or of the layout that no longer shows in a text stays.
    """
    values: dict[str, Any] = record.model_dump()
    for correction in reversed(record.corrections):
        _take_back(values, correction)
    return SopRecord.model_validate(values)


def _take_back(values: dict[str, Any], correction: Correction) -> None:
    keys = correction.path.split("/")[1:]
    if not correction.path.startswith("/") or not keys or not correction.after:
        return
    holder: Any = values
    for key in keys[:-1]:
        holder = _step(holder, key)
        if holder is None:
            return
    last: str | int = keys[-1]
    if isinstance(holder, list | tuple):
        if not keys[-1].isdecimal() or int(keys[-1]) >= len(holder):
            return
        last = int(keys[-1])
    elif not isinstance(holder, dict) or last not in holder:
        return
    text = holder[last]
    if isinstance(text, dict) and isinstance(text.get("teks"), str):
        holder, last, text = text, "teks", text["teks"]
    if isinstance(text, str) and correction.after in text and correction.before:
        holder[last] = text.replace(correction.after, correction.before, 1)


def _step(holder: Any, key: str) -> Any:
    if isinstance(holder, dict):
        found = holder.get(key)
        if isinstance(found, tuple):
            found = holder[key] = list(found)
        return found
    if isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
        return holder[int(key)]
    return None
