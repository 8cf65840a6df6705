"""What the flow leaves aside is logged."""

from __future__ import annotations

from sopextract.model.draft import LangkahDraft, Mark, Method, Reading
from sopextract.model.source import Place
from sopextract.parse.alur.repairs import exits_beside, mended_marks
from tests.factories import step_row


def step(*marks: tuple[int | None, str], actor: int | None = 1) -> LangkahDraft:
    """A step of this actor column with these marks."""
    place = Place(line=1)
    row = step_row(1, "Meneliti konsep", marks=tuple(Mark(k, text, place) for k, text in marks))
    actors = (Reading(actor, "", place, Method.INFERRED, 0.9),) if actor is not None else ()
    return LangkahDraft(row, actors)


def test_an_exit_in_another_column_is_logged() -> None:
    (change,) = exits_beside([step((1, "◇")), step((3, "T"))])
    assert (change.path, change.before, change.after) == ("/langkah/1/pelaksana", "T", "")
    assert change.rule == "flow.exit-beside"


def test_exits_in_the_own_column_or_of_nobody_are_not() -> None:
    own, symbol, nobody = step((1, "Y")), step((2, "□ Ya")), step((3, "T"), actor=None)
    assert exits_beside([own, symbol, nobody, step((None, "Ya"))]) == []


def test_a_lost_first_letter_is_logged() -> None:
    changes = mended_marks([step((None, "ULAI")), step((1, "Mulai"))])
    assert [(c.path, c.before, c.after) for c in changes] == [
        ("/langkah/0/simbol", "ULAI", "MULAI")
    ]
