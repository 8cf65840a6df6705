"""Reading the records that a command was given."""

from __future__ import annotations

from sopextract.batch.guard import one_line
from sopextract.cli.options import say
from sopextract.store import Loaded, load_records


def load_and_tell(paths: tuple[str, ...]) -> Loaded:
    """The records of files, folders and globs; one line on stderr for each unusable file."""
    loaded = load_records(paths)
    for error in loaded.failed:
        say(f"{one_line(error)} ({error.hint})" if error.hint else one_line(error))
    return loaded
