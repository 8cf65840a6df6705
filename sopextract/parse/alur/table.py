"""The decoded rows of a table, for whoever looks for edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sopextract.model.draft import LangkahDraft
from sopextract.parse.alur.drawn import Drawing
from sopextract.parse.alur.rows import FlowRow


@dataclass(frozen=True, slots=True)
class FlowTable:
    """The decoded table as the edges need it: `chances` holds, by row, each column's chance.

    `names` are those of the columns, for what people read. `scan`: its pages were read from pixels.
    """

    rows: Sequence[FlowRow]
    langkah: Sequence[LangkahDraft]
    columns: Sequence[int]  # `kolom` by position
    names: Sequence[str]
    chances: Sequence[tuple[float, ...]]
    threshold: float
    drawing: Drawing
    scan: bool = False

    def numbered(self, no: int) -> int | None:
        """The row that carries this printed number; None when none or several do."""
        numbers = [r.row.no.value if r.row.no else None for r in self.rows]
        return numbers.index(no) if numbers.count(no) == 1 else None

    def does(self, i: int, positions: Iterable[int]) -> float:
        """The chance that one of the columns at `positions` does row `i`."""
        return min(sum(self.chances[i][c] for c in positions), 1.0) if self.chances else 0.0

    def next_to(self, where: range, positions: Iterable[int]) -> tuple[int, float] | None:
        """The row of `where` that is most surely the first one done by one of these columns.

        A row in between that nobody could be settled for lowers the chance. None below the
        threshold.
        """
        wanted = tuple(positions)
        missed = 1.0
        for j in where:
            chance = self.does(j, wanted)
            if missed * chance >= self.threshold:
                return j, missed * chance
            missed *= 1 - chance
        return None
