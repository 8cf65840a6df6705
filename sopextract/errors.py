"""What can go wrong, and the exit status that the command line gives for it."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """Exit statuses of every command."""

    OK = 0
    FAILED = 1  # ran; some documents failed, or findings reached --fail-on
    USAGE = 2  # the call itself was wrong
    INTERRUPTED = 130  # Ctrl-C; 128 + SIGINT, as shells count


class SopextractError(Exception):
    """Root of every error that sopextract raises on purpose."""


class ConfigError(SopextractError):
    """The call or the settings are wrong; nothing was processed."""


class SourceError(SopextractError):
    """The file cannot be used; the batch reports it and goes on."""

    def __init__(self, message: str, *, hint: str = "", page: int | None = None) -> None:
        super().__init__(message)  # one positional argument, so it survives pickling
        self.hint, self.page = hint, page


class UnsupportedError(SourceError):
    """The file has a format that nothing here reads."""


class NotASopError(SourceError):
    """The file is readable but holds no SOP AP sheet; the message names what it looks like."""


class OutputError(SopextractError):
    """Nothing more can be written (disk full, quota, read-only); the batch ends."""

    hint = "what was written is whole; make room, then run again"


class LockedError(SopextractError):
    """Another run is writing into the same folder; nothing was done."""

    hint = "wait until it has ended, or give another folder with -o"


class LedgerError(SopextractError):
    """The ledger does not account for every input: a fault of sopextract."""

    hint = "run the command again; if it stays, report it with .sopextract/ledger.sqlite"


class MissingProgramError(SopextractError):
    """A program or extra that is needed is not installed; the message says how to install it."""


class ClusterError(SopextractError):
    """The machines that read for us cannot go on; the batch ends."""

    hint = "what was written is whole; run the command again for the rest"
