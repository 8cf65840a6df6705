"""The group of commands and the border at which errors become exit statuses."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click as plain_click
import rich_click as click

from sopextract.batch.guard import one_line
from sopextract.cli.compare import compare
from sopextract.cli.debug import debug
from sopextract.cli.diff import diff
from sopextract.cli.doctor import doctor
from sopextract.cli.export import export
from sopextract.cli.lint import lint
from sopextract.cli.options import say
from sopextract.cli.parse import parse
from sopextract.cli.render import render
from sopextract.cli.run import run
from sopextract.cli.schema import schema
from sopextract.cli.score import score
from sopextract.cli.version import version
from sopextract.cli.watch import watch
from sopextract.errors import ConfigError, ExitStatus, SopextractError


class Commands(click.RichGroup):
    """A group that turns our errors into one line on stderr and an exit status."""

    def invoke(self, ctx: plain_click.Context) -> object:
        """Run the command; see `ExitStatus`."""
        try:
            return super().invoke(ctx)
        except SopextractError as exc:
            hint = getattr(exc, "hint", "")
            say(f"error: {one_line(exc)}" + (f" ({hint})" if hint else ""))
            usage = isinstance(exc, ConfigError)
            ctx.exit(ExitStatus.USAGE if usage else ExitStatus.FAILED)
        except KeyboardInterrupt:
            say("interrupted: what was written is whole; run the same command again to go on")
            ctx.exit(ExitStatus.INTERRUPTED)
        except BrokenPipeError:
            raise  # click ends quietly when the reader of a pipe has gone
        except OSError as exc:
            say(f"error: {exc.filename or 'system'}: {exc.strerror or type(exc).__name__}")
            ctx.exit(ExitStatus.FAILED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Read Indonesian SOP sheets with their flow, check, compare and re-issue them.

    Exit status: 0 all right, 1 some documents failed or findings reached --fail-on, 2 wrong usage,
    130 interrupted.
    """


_COMMANDS = (
    run, watch, parse, lint, render, compare, diff, export, schema, score, debug, doctor, version,
)  # fmt: skip
for _command in _COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal without UTF-8 must not end a batch
            reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):  # as Ctrl-C: the files in hand are finished
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    cli(prog_name="sopextract")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
