"""What the flow left aside or read otherwise than it is printed, for the log of changes."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.draft import Change, LangkahDraft
from sopextract.parse.alur.simbol import parse_mark

# Mulai and Selesai without the first letter, which OCR loses in the outline of the symbol.
_LOST_LETTER = {"ulai": "MULAI", "elesai": "SELESAI"}
_SCORE = 0.9  # of both: no other word ends so, and the column is printed; own judgement


def mended_marks(langkah: Sequence[LangkahDraft]) -> list[Change]:
    """A change for every Mulai or Selesai that lost its first letter."""
    return [
        Change(f"/langkah/{i}/simbol", mark.text, whole, "ocr.lost-letter", _SCORE)
        for i, step in enumerate(langkah)
        for mark in step.row.marks
        if (whole := _LOST_LETTER.get(mark.text.strip("() ").casefold())) is not None
    ]


def exits_beside(langkah: Sequence[LangkahDraft]) -> list[Change]:
    """A change for every branch label (Y, T, Ya …) in a column whose actor does not do the step.

    The label says nothing of the actor then, and is left out. Steps without a settled actor are
    passed over: nothing tells which column would be theirs. The pointer is that of the actors.
    """
    changes = []
    for i, step in enumerate(langkah):
        own = {actor.value for actor in step.actors}
        for mark in step.row.marks:
            signs = parse_mark(mark.text)
            alone = bool(signs.exits) and not signs.shapes
            if own and alone and mark.kolom is not None and mark.kolom not in own:
                path = f"/langkah/{i}/pelaksana"
                changes.append(Change(path, mark.text, "", "flow.exit-beside", _SCORE))
    return changes
