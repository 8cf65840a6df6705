"""The largest page that a PDF may have is read without being drawn."""

from __future__ import annotations

import pytest

from sopextract.ingest.page import DrawnPage, Picture, Word
from sopextract.ingest.pdf import pictures
from sopextract.model.source import Cell, Grid, Page, Place
from tests.factories import source_file


def test_pictures_of_huge_pages_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("drawn at 1.6 thousand million dots")

    monkeypatch.setattr(pictures, "_pictures_alone", never)
    place = Place(1, (1000, 1000, 13000, 13000))
    page = Page(1, (Grid(((Cell("", place),),), exact=True),), size_pt=(14400, 14400))
    drawn = DrawnPage(
        1,
        (14400, 14400),
        (Word("Kegiatan", (2000, 2000, 2400, 2100), 100),),
        (),
        (Picture((2000, 3000, 11000, 12000)),),
    )
    assert pictures.with_traced_pictures(source_file("a.pdf"), drawn, page) is None
