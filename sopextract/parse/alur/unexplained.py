"""Rows of a scan with ink in their lanes that nothing explains: a symbol may be unread there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopextract.core.geometry import BBox, centre, contains, union
from sopextract.model.draft import StepRow
from sopextract.model.source import Page, Place, ResidueKind


def unexplained_rows(pages: Sequence[Page], rows: Sequence[StepRow]) -> frozenset[int]:
    """The positions of such rows: an end or the middle of a line that leads nowhere is in them."""
    left = {
        page.number: [
            residue.place.bbox
            for residue in page.residue
            if residue.kind is ResidueKind.CONNECTOR and residue.place.bbox is not None
        ]
        for page in pages
        if page.scan is not None
    }
    return frozenset(
        k
        for k, row in enumerate(rows)
        if (box := _box_of(row)) is not None
        and any(_reaches(line, box) for line in left.get(row.kegiatan.place.page, ()))
    )


def _box_of(row: StepRow) -> BBox | None:
    """The box around the cells of a row."""
    boxes = [p.bbox for p in _places(row) if p.page == row.kegiatan.place.page and p.bbox]
    return union(boxes) if boxes else None


def _places(row: StepRow) -> Iterator[Place]:
    yield row.kegiatan.place
    yield from (mark.place for mark in row.marks)
    yield from (v.place for v in (row.kelengkapan, row.waktu, row.output) if v is not None)


def _reaches(line: BBox, box: BBox) -> bool:
    ends = (line[0], line[1]), (line[2], line[3])
    return any(contains(box, point) for point in (*ends, centre(line)))
