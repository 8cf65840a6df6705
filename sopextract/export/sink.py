"""What every format offers: rows in, table by table, record by record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sopextract.export.rows import Row
from sopextract.export.schema import Table


@dataclass(frozen=True, slots=True)
class Limits:
    """What the format could not hold as it is.

    `cut_cells` texts were too long for a cell and are cut, the first of them in `first_cut`
    (table, column, kunci); `more_sheets` are sheets that go on with a table which is too long.
    """

    cut_cells: int = 0
    first_cut: tuple[str, str, str] | None = None
    more_sheets: tuple[str, ...] = ()


class Sink(Protocol):
    """Takes rows and holds none of them."""

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows of one table, after those that it was given before."""

    def close(self) -> Limits:
        """Finish the file or folder. Not called when the export failed."""

    def abort(self) -> None:
        """Let go of what is open; nothing that was written counts."""
