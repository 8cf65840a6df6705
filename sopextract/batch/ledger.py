"""The ledger: one row for every input of an output folder, whatever became of it.

SQLite with a rollback journal, which survives a kill at any moment and works on shared drives; the
process that runs the batch is its only writer. Rows are committed together, about every second:
what was not yet committed when a run is killed is done again, with the same result.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

from sopextract.batch.guard import NOTHING_LEARNT, Facts, Written
from sopextract.errors import OutputError, SopextractError
from sopextract.model.outcome import Outcome, Status

LEDGER = Path(".sopextract", "ledger.sqlite")  # below the folder of the records
VERSION = 1  # of the tables; another one is set aside and built anew
_COMMIT_S = 1.0  # what a kill may cost at most, beside the documents in hand

_TABLES = """
CREATE TABLE inputs (
    stem TEXT PRIMARY KEY, source TEXT NOT NULL, location NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    sha256 TEXT NOT NULL, media_type TEXT NOT NULL, record_key TEXT NOT NULL,
    findings_key TEXT NOT NULL, state TEXT NOT NULL, gone INTEGER NOT NULL, reason TEXT NOT NULL,
    hint TEXT NOT NULL, same_as TEXT NOT NULL, records TEXT NOT NULL, findings TEXT NOT NULL,
    seconds REAL NOT NULL, stages TEXT NOT NULL, pages INTEGER NOT NULL, scanned INTEGER NOT NULL,
    with_words INTEGER NOT NULL, confidence_sum REAL NOT NULL, residue TEXT NOT NULL,
    attempted TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX inputs_by_size ON inputs (size);
CREATE TABLE products (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Stat:
    """What tells cheaply that a file is the one it was."""

    size: int = -1
    mtime_ns: int = 0
    inode: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One input. `stem` names its records; `same_as` is the stem of the input with the same bytes.

    `location` is the absolute path of the file when it was last seen. The keys are those of `keys`
    under which the records were made; `attempted` is when, in UTC.
    """

    stem: str
    source: str
    location: str
    stat: Stat = Stat()
    sha256: str = ""
    media_type: str = ""
    record_key: str = ""
    findings_key: str = ""
    state: Status = Status.PENDING
    gone: bool = False
    reason: str = ""
    hint: str = ""
    same_as: str = ""
    written: tuple[Written, ...] = ()
    findings: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    facts: Facts = NOTHING_LEARNT
    attempted: str = ""

    def outcome(self, same_as: str = "") -> Outcome:
        """What became of it; `same_as` is the source of the input with the same bytes."""
        return Outcome(
            self.source, self.state, tuple(one.path for one in self.written), self.reason,
            self.hint, self.findings, self.seconds, same_as,
        )  # fmt: skip


_COLUMNS = (
    "stem, source, location, size, mtime_ns, inode, sha256, media_type, record_key, findings_key, "
    "state, gone, reason, hint, same_as, records, findings, seconds, stages, pages, scanned, "
    "with_words, confidence_sum, residue, attempted"
)
_MARKS = ", ".join("?" * len(_COLUMNS.split(", ")))


_GLANCE = (
    "location, size, mtime_ns, inode, media_type, record_key, findings_key, state, gone, records"
)


class Glance(NamedTuple):
    """The part of a row that says whether anything is to be done with its input."""

    location: str
    size: int
    mtime_ns: int
    inode: int
    media_type: str
    record_key: str
    findings_key: str
    state: str
    gone: int
    records: str

    def written(self) -> Iterator[Written]:
        """The records it has."""
        return _records(self.records)


class Ledger:
    """The tables, open. Every method raises OutputError when the disk is full or read-only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._since = 0.0  # when the open transaction began

    def get(self, stem: str) -> Row | None:
        """The row of an input; None for one that is new."""
        found = self._read(f"SELECT {_COLUMNS} FROM inputs WHERE stem = ?", (stem,))  # noqa: S608
        return next((_row(values) for values in found), None)

    def glance(self, stem: str) -> Glance | None:
        """What has to be the same of an input that nothing is to be done with."""
        found = self._read(f"SELECT {_GLANCE} FROM inputs WHERE stem = ?", (stem,))  # noqa: S608
        return next(map(Glance._make, found), None)

    def of_size(self, size: int) -> Iterator[Row]:
        """The rows of inputs with this many bytes."""
        found = self._read(f"SELECT {_COLUMNS} FROM inputs WHERE size = ?", (size,))  # noqa: S608
        return map(_row, found)

    def rows(self) -> Iterator[Row]:
        """All rows by stem."""
        return map(_row, self._read(f"SELECT {_COLUMNS} FROM inputs ORDER BY stem"))  # noqa: S608

    def states(self) -> Iterator[tuple[str, str, str, bool]]:
        """Stem, location, state and whether it is gone, of every input, by stem."""
        for stem, location, state, gone in self._read(
            "SELECT stem, location, state, gone FROM inputs ORDER BY stem"
        ):
            yield str(stem), _path(location), str(state), bool(gone)

    def put(self, row: Row) -> None:
        """Write a row, in place of the one there was."""
        self._write(f"INSERT OR REPLACE INTO inputs ({_COLUMNS}) VALUES ({_MARKS})", _values(row))  # noqa: S608

    def remove(self, stem: str) -> None:
        """Remove a row."""
        self._write("DELETE FROM inputs WHERE stem = ?", (stem,))

    def mark_gone(self, stem: str) -> None:
        """Say of a row that its file is not there any more."""
        self._write("UPDATE inputs SET gone = 1 WHERE stem = ?", (stem,))

    def settle_copies(self) -> None:
        """Where an input is the same as another no longer, it stands for itself."""
        self._write(
            "UPDATE inputs SET same_as = '', "
            "state = CASE state WHEN 'same_as' THEN 'ok' ELSE state END "
            "WHERE same_as != '' AND sha256 != coalesce("
            "(SELECT o.sha256 FROM inputs o WHERE o.stem = inputs.same_as), '')",
            (),
        )

    def product(self, path: str) -> tuple[str, int, int] | None:
        """Key, size and mtime of a sheet or report; None for one that was never made."""
        found = self._read("SELECT key, size, mtime_ns FROM products WHERE path = ?", (path,))
        return next(((str(k), int(s), int(m)) for k, s, m in found), None)  # type: ignore[call-overload]

    def products(self, kind: str) -> Iterator[str]:
        """The paths of all products of a kind."""
        for (path,) in self._read(
            "SELECT path FROM products WHERE kind = ? ORDER BY path", (kind,)
        ):
            yield str(path)

    def put_product(self, path: str, kind: str, key: str, size: int, mtime_ns: int) -> None:
        """Say that a sheet or report was made from what `key` names."""
        self._write(
            "INSERT OR REPLACE INTO products VALUES (?, ?, ?, ?, ?)",
            (path, kind, key, size, mtime_ns),
        )

    def remove_product(self, path: str) -> None:
        """Forget a sheet or report."""
        self._write("DELETE FROM products WHERE path = ?", (path,))

    def count(self) -> Counter[Status]:
        """How many inputs are in each state."""
        found = self._read(
            "SELECT CASE gone WHEN 1 THEN 'gone' ELSE state END, count(*) FROM inputs GROUP BY 1",
            (),
        )
        return Counter({Status(str(state)): int(str(number)) for state, number in found})

    def count_records(self) -> int:
        """How many records all inputs have together."""
        found = self._read("SELECT coalesce(sum(json_array_length(records)), 0) FROM inputs")
        return next((_int(number) for (number,) in found), 0)

    def commit(self) -> None:
        """Keep what was written."""
        with _named():
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Keep what was written, and close."""
        try:
            self.commit()
        finally:
            self._connection.close()

    def _read(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
        with _named():
            yield from self._connection.execute(query, values)

    def _write(self, query: str, values: tuple[object, ...]) -> None:
        with _named():
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
                self._since = time.monotonic()
            self._connection.execute(query, values)
        if time.monotonic() - self._since > _COMMIT_S:
            self.commit()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the tables, or make them. Raises sqlite3.DatabaseError for a file that is damaged."""
    if read_only and not path.exists():
        connection = sqlite3.connect(":memory:", isolation_level=None)
    else:
        mode = "ro" if read_only else "rwc"
        quoted = path.absolute().as_uri()
        connection = sqlite3.connect(f"{quoted}?mode={mode}", uri=True, isolation_level=None)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if empty:
            connection.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
            )
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"its tables are of version {version}, not {VERSION}")
        elif (said := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(str(said).splitlines()[0])
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _named() -> Iterator[None]:
    """Faults of the place where the ledger lies, as errors that name it."""
    try:
        yield
    except sqlite3.Error as exc:
        raise ledger_error(exc) from exc


def ledger_error(exc: sqlite3.Error) -> SopextractError:
    """An error of SQLite as one that says what to do."""
    return OutputError(f"{LEDGER}: cannot be written: {exc}")


def _values(row: Row) -> tuple[object, ...]:
    facts = row.facts
    records = [[one.path, one.size, one.mtime_ns, one.sha256] for one in row.written]
    return (
        row.stem, row.source, _stored(row.location), row.stat.size, row.stat.mtime_ns,
        row.stat.inode, row.sha256, row.media_type, row.record_key, row.findings_key,
        row.state.value, int(row.gone), row.reason, row.hint, row.same_as, _json(records),
        _json(row.findings), row.seconds, _json(facts.stages), facts.pages, facts.scanned,
        facts.with_words, facts.confidence_sum, _json(facts.residue), row.attempted,
    )  # fmt: skip


def _row(values: tuple[object, ...]) -> Row:
    (
        stem, source, location, size, mtime_ns, inode, sha256, media_type, record_key, findings_key,
        state, gone, reason, hint, same_as, records, findings, seconds, stages, pages, scanned,
        with_words, confidence_sum, residue, attempted,
    ) = values  # fmt: skip
    written = tuple(_records(records))
    facts = Facts(
        stages=tuple((str(name), float(spent)) for name, spent in _list(stages)),
        pages=_int(pages), scanned=_int(scanned), with_words=_int(with_words),
        confidence_sum=float(str(confidence_sum)),
        residue=tuple((str(kind), int(number)) for kind, number in _list(residue)),
    )  # fmt: skip
    return Row(
        str(stem), str(source), _path(location), Stat(_int(size), _int(mtime_ns), _int(inode)),
        str(sha256), str(media_type), str(record_key), str(findings_key), Status(str(state)),
        bool(gone), str(reason), str(hint), str(same_as), written,
        tuple((str(name), int(number)) for name, number in _list(findings)),
        float(str(seconds)), facts, str(attempted),
    )  # fmt: skip


def _records(text: object) -> Iterator[Written]:
    return (Written(str(p), int(s), int(m), str(h)) for p, s, m, h in _list(text))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _list(text: object) -> list[list[str]]:
    found: list[list[str]] = json.loads(str(text))
    return found


def _stored(path: str) -> str | bytes:
    """A path as text; one that is not UTF-8 as its bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def _path(stored: object) -> str:
    return os.fsdecode(stored) if isinstance(stored, bytes) else str(stored)


def export_rows(rows: Iterable[Row]) -> Iterator[str]:
    """One line of JSON per input with all that must be the same after any run.

    Left out is what may differ between two runs that end in the same state: times, and where on
    this machine the file lies.
    """
    left_out = {"location", "stat", "seconds", "facts", "attempted", "written"}
    names = [field.name for field in fields(Row) if field.name not in left_out]
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        values |= {"size": row.stat.size, "pages": row.facts.pages, "scanned": row.facts.scanned}
        values["records"] = [[one.path, one.size, one.sha256] for one in row.written]
        values["residue"] = row.facts.residue
        yield json.dumps(values, ensure_ascii=False, sort_keys=True)
