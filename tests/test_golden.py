"""The samples give their golden records, byte for byte; `make golden` rewrites them."""

from __future__ import annotations

import pytest

from tools.golden import read_golden, read_samples

GOLDEN = read_golden()


@pytest.mark.skipif(not GOLDEN, reason="no golden records yet: make golden")
def test_the_samples_give_their_golden_records() -> None:
    found = read_samples()
    assert sorted(found) == sorted(GOLDEN)
    for name, data in found.items():
        assert data.decode() == GOLDEN[name].decode(), name
