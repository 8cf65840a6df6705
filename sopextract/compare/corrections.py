"""What users corrected by hand: sheets that belong together, that never do, names of families."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constraints:
    """Corrections by position of the sheets: groups that are one family, pairs that never are."""

    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
