"""Actor columns that no rule parts: found from the header's names and the symbols' places."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.ingest.page.lattice import Lattice
from sopextract.ingest.page.rules import Table
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.symbols import Form


def lines_between(
    lattice: Lattice, table: Table, words: Sequence[Word], forms: Sequence[Form]
) -> Lattice | None:
    """The lattice with the missing rules; None when none is missing."""
    return None
