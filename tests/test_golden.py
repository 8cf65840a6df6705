"""The samples give their golden records, byte for byte; `make golden` rewrites them."""

from __future__ import annotations

from tools.golden import read_golden, read_samples


def test_the_samples_give_their_golden_records() -> None:
    golden, found = read_golden(), read_samples()
    assert golden, "no golden records: make golden"
    assert sorted(found) == sorted(golden)
    for name, data in found.items():
        assert data.decode() == golden[name].decode(), name
