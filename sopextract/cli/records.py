"""Reading the records that a command was given."""

from __future__ import annotations

from sopextract.batch.guard import one_line
from sopextract.cli.options import say
from sopextract.errors import SourceError
from sopextract.model.record import SopRecord
from sopextract.store import Loaded, find_records, load_records, read_records


def load_and_tell(paths: tuple[str, ...]) -> Loaded:
    """The records of files, folders and globs; one line on stderr for each unusable file."""
    loaded = load_records(paths)
    for error in loaded.failed:
        say(f"{one_line(error)} ({error.hint})" if error.hint else one_line(error))
    return loaded


def load_slim(paths: tuple[str, ...]) -> tuple[list[SopRecord], bool]:
    """The records without what a comparison never looks at, and whether all files could be used;
    one line on stderr for each that could not."""
    from sopextract.compare import slim_record  # takes longer to load than most commands to run

    found: list[SopRecord] = []
    usable = True
    for _, one in read_records(find_records(paths)):
        if isinstance(one, SourceError):
            say(f"{one_line(one)} ({one.hint})" if one.hint else one_line(one))
            usable = False
        else:
            found.append(slim_record(one))
    return found, usable
