"""The step table of one SOP, whatever form it had: parts of grids, or lines without a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.model.draft import Change, PelaksanaDraft, StepRow, TablePart
from sopextract.parse.langkah.join import join_parts
from sopextract.parse.langkah.linear.table import LinearTable
from sopextract.parse.langkah.parts import Part
from sopextract.parse.langkah.steps import read_langkah


@dataclass(frozen=True, slots=True)
class TableReading:
    """The step table of one SOP as read, whatever form it had.

    `first` and `last` are the rows that it spans, None when the SOP has no table.
    """

    pelaksana: tuple[PelaksanaDraft, ...] = ()
    steps: tuple[StepRow, ...] = ()
    parts: tuple[TablePart, ...] = ()
    changes: tuple[Change, ...] = ()
    first: int | None = None
    last: int | None = None

    def spans(self, position: int) -> bool:
        """Whether a row lies within the table."""
        return (
            self.first is not None and self.last is not None and self.first <= position < self.last
        )


def read_table(parts: Sequence[Part], linear: Sequence[LinearTable]) -> TableReading:
    """Read the steps of the parts, joined; without any, those of the first linearised table.

    Rows are counted as those of `parts` and `linear` are. Empty when there is neither.
    """
    table = join_parts(parts)
    if table is not None and table.rows:
        pelaksana, steps, changes, printed = read_langkah(table)
        return TableReading(pelaksana, steps, printed, changes, parts[0].start, parts[-1].end)
    if linear:
        first = linear[0]
        return TableReading(first.pelaksana, first.steps, (first.part,), (), first.start, first.end)
    return TableReading()
