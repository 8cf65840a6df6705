"""Each golden case gives its records, byte for byte; `make golden` rewrites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.golden import find_cases, read_case


@pytest.mark.parametrize("case", find_cases(), ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    written = {path.name: path.read_bytes() for path in case.glob("record*.json")}
    assert read_case(case) == written
