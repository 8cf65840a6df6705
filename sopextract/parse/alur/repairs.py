"""What the flow left aside or read otherwise than it is printed, for the log of changes."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.draft import Change, Flow, LangkahDraft
from sopextract.parse.alur.simbol import read_mark

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
            signs = read_mark(mark)
            alone = bool(signs.exits) and not signs.shapes
            if own and alone and mark.kolom is not None and mark.kolom not in own:
                path = f"/langkah/{i}/pelaksana"
                changes.append(Change(path, mark.text, "", "flow.exit-beside", _SCORE))
    return changes


def against_wording(flow: Flow) -> list[Change]:
    """A change for every arrow that leads elsewhere than the text says, and every one not drawn.

    `before` is what the text says, `after` what is drawn; the drawing is kept.
    """
    led = [
        Change(
            f"/alur/{k}", edge.against, f"ke langkah {edge.ke}", "flow.drawing-against-text", _SCORE
        )
        for k, edge in enumerate(flow.alur)
        if edge.against is not None
    ]
    return led + [
        Change(f"/langkah/{i}/kegiatan", words, "", "flow.exit-not-drawn", _SCORE)
        for i, words in flow.unmet
    ]
