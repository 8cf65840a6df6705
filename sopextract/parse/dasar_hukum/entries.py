"""The legal basis of a sheet: its entries, each with what the grammar makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.draft import Change, DasarHukumDraft, Reading
from sopextract.parse.dasar_hukum.citation import read_citation
from sopextract.parse.dasar_hukum.splitting import split_entries

_REPAIR_SCORE = 0.97  # figures only: letters for figures in a place where a figure must stand


def parse_dasar_hukum(
    readings: Sequence[Reading[str]],
) -> tuple[tuple[DasarHukumDraft, ...], tuple[Change, ...]]:
    """Read the lines or cells of the section.

    Changes: `list.empty-item` for a number with nothing behind it (path "/dasar_hukum"),
    `citation.digits` for a misread figure (path "/dasar_hukum/2/tahun").
    """
    entries, empty = split_entries(readings)
    drafts: list[DasarHukumDraft] = []
    changes: list[Change] = []
    for i, entry in enumerate(entries):
        reading = read_citation(entry.value)
        drafts.append(DasarHukumDraft(entry, reading.citation if reading else None))
        for repair in reading.repairs if reading else ():
            path = f"/dasar_hukum/{i}{repair.path}"
            changes.append(
                Change(path, repair.before, repair.after, "citation.digits", _REPAIR_SCORE)
            )
    changes += [Change("/dasar_hukum", item.text, "", "list.empty-item", 1.0) for item in empty]
    return tuple(drafts), tuple(changes)
