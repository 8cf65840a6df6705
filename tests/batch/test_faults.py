"""Every entry of an archive with all kinds of fault is accounted for, and none ends the run."""

from __future__ import annotations

from pathlib import Path

from tools.check_faults import check
from tools.make_faults import FAULTS, make_archive

# What takes long for what it is, and is tried by `python -m tools.check_faults` alone.
SLOW = frozenset(("pdf-vectors", "pdf-flate-bomb", "docx-large", "long-line"))


def test_an_archive_with_every_kind_of_fault(tmp_path: Path) -> None:
    kinds = len(FAULTS) - len(SLOW)
    made = make_archive(tmp_path / "raw", kinds, seed=4, share=1.0, skip=SLOW)
    assert len(made) == kinds + 1 >= 61
    # an archive counts as its members: one of the kinds has two
    found = check(tmp_path / "raw", tmp_path / "out", ("-j", "2"))
    assert (found.entries, found.lost, found.hung, found.traces) == (kinds + 1, 0, False, 0)
    assert found.states["crashed"] == found.states["timed_out"] == 0
    assert found.states["ok"] >= 5
    assert found.states["same_as"] >= 5
    assert found.states["failed"] + found.states["unsupported"] >= 35
