"""`sopextract version`."""

from __future__ import annotations

import platform

import rich_click as click

from sopextract.cli.options import give
from sopextract.model.record import SCHEMA_VERSION


@click.command()
def version() -> None:
    """Print the versions of the program, the record and Python."""
    from importlib.metadata import version as installed

    give(
        f"sopextract {installed('sopextract')}\nrecord {SCHEMA_VERSION}\n"
        f"Python {platform.python_version()}"
    )
