"""The command line."""

from sopextract.cli.group import cli, main

__all__ = ["cli", "main"]
