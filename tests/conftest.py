"""What holds for every test.

Properties have no time limits, and in CI the same examples each time. The command line sets up the
log of its process; a test that calls it leaves the log as it was.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


_LOG = logging.getLogger("sopextract")
_AS_IT_WAS = _LOG.handlers[:], _LOG.propagate, _LOG.level


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    _restore_log()  # fixtures of a whole module come before this one
    yield
    _restore_log()


def _restore_log() -> None:
    _LOG.handlers[:], _LOG.propagate = _AS_IT_WAS[:2]
    _LOG.setLevel(_AS_IT_WAS[2])
