"""Any bytes through the command line: exit 0 or 1, one line about the file, no traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopextract.cli import cli
from sopextract.store import load_records


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200) | st.text().map(str.encode), st.sampled_from(("txt", "md", "html")))
def test_any_bytes_through_the_command_line(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        raw.mkdir()
        (raw / f"x.{suffix}").write_bytes(data)
        result = CliRunner().invoke(cli, ["parse", str(raw), "-o", str(out)])
        assert result.exit_code in (0, 1)
        assert "Traceback" not in result.output
        assert "crashed" not in result.stderr
        assert f"x.{suffix}: " in result.stderr
        if result.exit_code == 0:
            assert load_records([out]).records
