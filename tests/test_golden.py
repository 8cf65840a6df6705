"""Each golden case gives its records, byte for byte; `make golden` rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.golden import find_cases, read_case

CASES = [case for case in find_cases() if any(case.glob("parsed*.json"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    written = {path.name: path.read_bytes() for path in case.glob("parsed*.json")}
    assert read_case(case) == written
