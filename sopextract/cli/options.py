"""Options that every command shares, and how a command speaks to a person."""

from __future__ import annotations

import functools
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click as plain_click
import rich_click as click

from sopextract.cli.elsewhere import as_given, at_hand
from sopextract.core.text import squeeze, strip_controls
from sopextract.errors import ExitStatus
from sopextract.settings import Settings, load_settings

OCR_CACHE = Path(".sopextract", "ocr")  # below the folder of the records

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Common:
    """What the shared options say."""

    settings: Settings
    quiet: bool
    log_format: str

    @property
    def sums_up(self) -> bool:
        """Whether a command ends with a word on what it did: not if quiet, not among JSON lines."""
        return not self.quiet and self.log_format == "text"


def examples(*lines: str) -> str:
    """The foot of a help page: commands to copy, each on its own line."""
    return "\n\n".join(("Examples:", *lines))  # paragraphs: the help page joins single lines


def common_options(command: Callable[Concatenate[Common, P], R]) -> Callable[..., R]:
    """Add --settings, --log, -v and -q; the command gets them as a `Common` in front."""

    @click.option(
        "--settings",
        "settings_file",
        type=click.Path(path_type=Path),
        help="Settings file; without it sopextract.toml in the working directory, if any.",
    )
    @click.option(
        "--log",
        "log_format",
        type=click.Choice(["text", "json"]),
        default="text",
        help="How progress is written to stderr: for a person, or one JSON object per line.",
    )
    @click.option("-v", "--verbose", count=True, metavar="", help="Say more; -vv for everything.")
    @click.option("-q", "--quiet", is_flag=True, help="Say only what failed.")
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> R:
        quiet, log_format = kwargs.pop("quiet"), kwargs.pop("log_format")
        _start_logging(kwargs.pop("verbose"), log_format)
        settings = load_settings(kwargs.pop("settings_file"))
        with at_hand(kwargs) as here:
            return command(Common(settings, quiet, log_format), *args, **here)

    return wrapped


def ocr_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add --no-ocr."""
    option = click.option(
        "--no-ocr", is_flag=True, help="Leave alone what is only pixels: scans and pictures."
    )
    return option(command)


def with_ocr(common: Common, no_ocr: bool, output: Path) -> Common:
    """The settings for reading pixels; what was read is kept in `output` unless set elsewhere."""
    ingest = common.settings.ingest
    chosen = {
        "ocr": "off" if no_ocr else ingest.ocr,
        "ocr_cache": ingest.ocr_cache or output.absolute() / OCR_CACHE,
    }
    changed = common.settings.model_copy(update={"ingest": ingest.model_copy(update=chosen)})
    return replace(common, settings=changed)


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        values = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(values, ensure_ascii=False)


def _start_logging(verbose: int, log_format: str) -> None:
    """Send our log to stderr: warnings, with -v milestones, with -vv why candidates lost."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_JsonFormatter() if log_format == "json" else text)
    log = logging.getLogger("sopextract")
    log.handlers[:] = [handler]
    log.propagate = False
    log.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)])


def say(message: str) -> None:
    """One line for a person on stderr, without control characters."""
    plain_click.echo(squeeze(strip_controls(as_given(message))), err=True)


def give(data: str | bytes) -> None:
    """Data on stdout, with a newline at its end."""
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    plain_click.echo(text.rstrip("\n"))


def finish(all_right: bool) -> None:
    """End the command with status 0 or 1."""
    plain_click.get_current_context().exit(ExitStatus.OK if all_right else ExitStatus.FAILED)
