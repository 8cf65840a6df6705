"""A rendered sheet, read by our own readers, gives the same record."""

from __future__ import annotations

from functools import lru_cache

import pytest

from sopextract.model.record import SopRecord
from tests.render.flows import random_flow
from tests.render.readback import drawable, made_records, read_back

FORMATS = ("docx", "pdf", "xlsx")


@lru_cache(maxsize=1)
def samples() -> tuple[SopRecord, ...]:
    """Sheets with real wording, from the maker of Word sheets."""
    return made_records(5, 7)


@pytest.mark.parametrize("fmt", FORMATS)
def test_made_sheets_are_read_back_whole(fmt: str) -> None:
    assert [d for record in samples() for d in read_back(record, fmt)] == []


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("seed", [3, 7])
def test_long_flows_over_pages_are_read_back_whole(fmt: str, seed: int) -> None:
    sop = drawable(random_flow(seed, max_actors=9, max_steps=30))
    assert read_back(sop, fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_changes_are_not_read_as_part_of_the_sheet(fmt: str) -> None:
    assert [d for record in samples()[:2] for d in read_back(record, fmt, changes=True)] == []


def test_html_is_read_back_but_for_branches() -> None:
    """Text has no lines: which way Ya and Tidak lead is reasoned from the wording again."""
    found = [d for record in samples() for d in read_back(record, "html")]
    assert [d for d in found if not d.startswith("edge ")] == []
