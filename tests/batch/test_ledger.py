"""The ledger: every input has its row, done means done, and nothing that happens to it is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sopextract import pipeline
from sopextract.batch import Selection, find_jobs, open_batch
from sopextract.batch.folder import LOCK, open_ledger
from sopextract.batch.ledger import LEDGER, Ledger, export_rows
from sopextract.batch.plan import Reason
from sopextract.batch.run import Tally
from sopextract.batch.work import Action
from sopextract.errors import LedgerError, LockedError, SourceError
from sopextract.model.outcome import Outcome, Status
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import Read
from sopextract.settings import LintSettings, NormaliseSettings, Settings
from tools.make_sheets import make_sheets

EVERYTHING = Selection()
DEFAULTS = Settings()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Three sheets, one of them twice under other names, a letter and an empty file."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, made in zip(("a.txt", "b.txt", "c.txt"), make_sheets(3, 11, "A"), strict=True):
        (folder / name).write_bytes(made.data)
    (folder / "a copy.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "letter.txt").write_text("Yth. Kepala Dinas\n\nDengan hormat", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def run(
    raw: Path, out: Path, settings: Settings = DEFAULTS, selection: Selection = EVERYTHING
) -> tuple[dict[str, Outcome], Tally]:  # fmt: skip
    """What was done, by source, and the account."""
    jobs = find_jobs((str(raw),), out, settings)
    with open_batch(out, settings) as batch:
        plan = batch.plan(jobs, selection)
        done = {outcome.source: outcome for outcome in batch.run(plan, "serial")}
        return done, batch.account(plan)


def planned(
    raw: Path, out: Path, settings: Settings = DEFAULTS, selection: Selection = EVERYTHING
) -> dict[str, tuple[Action, Reason]]:
    """What would be done, by source."""
    jobs = find_jobs((str(raw),), out, settings)
    with open_batch(out, settings, dry=True) as batch:
        steps = batch.plan(jobs, selection).steps
    return {step.task.source: (step.task.action, step.reason) for step in steps}


def exported(out: Path) -> list[str]:
    with open_ledger(out, read_only=True) as ledger:
        return list(export_rows(ledger.rows()))


def records(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*.json"))}


def touched(out: Path) -> dict[Path, tuple[int, int]]:
    """What shows that a file or folder was written."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in out.rglob("*")}


def test_every_input_has_a_row_and_the_states_sum_up(raw: Path, tmp_path: Path) -> None:
    done, tally = run(raw, tmp_path / "out")
    assert tally.states == {
        Status.OK: 3, Status.SAME_AS: 2, Status.NOT_A_SOP: 1, Status.FAILED: 1,
    }  # fmt: skip
    assert (tally.inputs, tally.records, tally.unchanged, tally.gone) == (7, 5, 0, 0)
    assert done["z.txt"].same_as == "a copy.txt"
    rows = [json.loads(line) for line in exported(tmp_path / "out")]
    assert [row["source"] for row in rows] == [
        "a copy.txt", "a.txt", "b.txt", "c.txt", "empty.txt", "letter.txt", "z.txt",
    ]  # fmt: skip
    assert rows[4]["reason"] == "the file is empty"
    assert rows[6]["same_as"] == "a copy.txt"
    assert all(len(row["sha256"]) == 64 for row in rows if row["source"] != "empty.txt")


def test_a_copy_has_the_bytes_it_would_have_by_itself(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "z.txt").write_bytes((raw / "z.txt").read_bytes())
    done, _ = run(alone, tmp_path / "out2")
    assert done["z.txt"].status is Status.OK
    assert records(tmp_path / "out2")["z.txt.json"] == records(tmp_path / "out")["z.txt.json"]


def test_a_new_copy_of_a_file_that_was_read_before_is_not_parsed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "later.txt").write_bytes((raw / "b.txt").read_bytes())
    (raw / "another letter.txt").write_bytes((raw / "letter.txt").read_bytes())
    assert planned(raw, out) == {
        "later.txt": (Action.COPY, Reason.NEW),
        "another letter.txt": (Action.COPY, Reason.NEW),
    }
    done, tally = run(raw, out)
    assert (done["later.txt"].status, done["later.txt"].same_as) == (Status.SAME_AS, "b.txt")
    assert done["another letter.txt"].status is Status.NOT_A_SOP
    assert tally.inputs == 9


def test_a_copy_stands_for_itself_when_the_first_is_changed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "a copy.txt").write_bytes((raw / "b.txt").read_bytes())
    done, tally = run(raw, out)
    assert set(done) == {"a copy.txt"}
    assert done["a copy.txt"].same_as == "b.txt"
    assert tally.states[Status.SAME_AS] == 1  # a.txt and z.txt are left of three
    assert tally.states[Status.OK] == 4


def test_nothing_is_done_or_touched_when_nothing_changed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = touched(out)
    done, tally = run(raw, out)
    assert done == {}
    assert tally.unchanged == tally.inputs == 7
    assert touched(out) == before


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(normalise=NormaliseSettings(jam_per_hari=8)), (Action.PARSE, Reason.PROGRAM)),
        (Settings(lint=LintSettings(levels={"FL-07": "off"})), (Action.CHECK, Reason.RULES)),
    ],
)
def test_what_depends_on_a_setting_is_done_again(
    raw: Path, tmp_path: Path, settings: Settings, expected: tuple[Action, Reason]
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    plan = planned(raw, out, settings)
    assert plan["b.txt"] == expected
    if expected[0] is Action.CHECK:
        assert "letter.txt" not in plan  # no record, no findings
    run(raw, out, settings)
    run(raw, tmp_path / "fresh", settings)
    assert records(out) == records(tmp_path / "fresh")
    assert exported(out) == exported(tmp_path / "fresh")
    assert planned(raw, out, settings) == {}


def test_a_changed_rule_does_not_parse(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    monkeypatch.setattr("sopextract.pipeline.iter_unchecked", None)
    settings = Settings(lint=LintSettings(levels={"FL-07": "off", "MB-02": "error"}))
    done, _ = run(raw, out, settings)
    assert {outcome.status for outcome in done.values()} == {Status.OK, Status.SAME_AS}


def test_what_happened_to_a_file_or_record_is_seen(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    os.utime(raw / "a.txt", (1, 1))
    assert planned(raw, out) == {}  # the date alone
    (raw / "b.txt").write_bytes((raw / "b.txt").read_bytes() + b" ")
    (out / "a.txt.json").unlink()
    text = (out / "c.txt.json").read_text("utf-8")
    (out / "c.txt.json").write_text(text.replace('"1"', '"2"', 1), "utf-8")
    assert planned(raw, out) == {
        "a.txt": (Action.COPY, Reason.RECORD),
        "b.txt": (Action.PARSE, Reason.CONTENT),
        "c.txt": (Action.PARSE, Reason.RECORD),
    }
    run(raw, out)
    run(raw, tmp_path / "fresh")
    assert records(out) == records(tmp_path / "fresh")


def test_selections(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    assert set(planned(raw, out, selection=Selection(retry_failed=True))) == {"empty.txt"}
    forced = planned(raw, out, selection=Selection(force=True))
    assert len(forced) == 7
    assert forced["z.txt"] == (Action.COPY, Reason.FORCE)
    _, tally = run(raw, out, selection=Selection(sample=2))
    assert tally.inputs == 2


def test_inputs_that_are_gone_are_told_and_their_records_kept(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "b.txt").unlink()
    _, tally = run(raw, out)
    assert (tally.inputs, tally.gone) == (6, 1)
    assert (out / "b.txt.json").is_file()
    assert [json.loads(line)["gone"] for line in exported(out)][2] is True
    with open_ledger(out, read_only=True) as ledger:
        assert ledger.count()[Status.GONE] == 1
    (raw / "b.txt").write_bytes(list(make_sheets(3, 11, "A"))[1].data)
    done, tally = run(raw, out)
    assert (done, tally.gone, tally.inputs) == ({}, 0, 7)


def test_inputs_of_another_call_are_not_gone(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    _, tally = run(raw / "b.txt", out)
    assert (tally.inputs, tally.gone) == (1, 0)


def test_an_input_without_a_row_is_an_error(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Ledger.put
    monkeypatch.setattr(
        Ledger, "put", lambda self, row: None if row.source == "c.txt" else put(self, row)
    )
    with pytest.raises(LedgerError, match=r"1 of 7 inputs are not accounted for: c\.txt"):
        run(raw, tmp_path / "out")


def test_an_input_that_was_not_reached_is_an_error_and_done_next_time(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    put = Ledger.put
    with monkeypatch.context() as patch:
        patch.setattr(
            Ledger,
            "put",
            lambda self, row: put(self, replace(row, state=Status.PENDING)),
        )
        with pytest.raises(LedgerError, match="7 of 7"):
            run(raw, out)
    assert planned(raw, out)["b.txt"] == (Action.PARSE, Reason.UNFINISHED)
    _, tally = run(raw, out)
    assert tally.inputs == 7


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_ledger_is_set_aside_and_rebuilt(
    raw: Path, tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    whole, rows = records(out), exported(out)
    (out / LEDGER).write_bytes(damage)
    (raw / "b.txt").rename(tmp_path / "b.txt")
    done, tally = run(raw, out)
    assert "set aside as ledger.sqlite.damaged-1 and rebuilt" in caplog.text
    assert (out / LEDGER).with_name("ledger.sqlite.damaged-1").read_bytes() == damage
    assert set(done) == {"a copy.txt", "a.txt", "c.txt", "empty.txt", "letter.txt", "z.txt"}
    assert tally.records == 5  # that of b.txt is not forgotten
    assert records(out) == whole
    (tmp_path / "b.txt").rename(raw / "b.txt")
    run(raw, out)
    assert exported(out) == rows


def test_a_ledger_damaged_in_the_middle_is_noticed(
    raw: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    data = bytearray((out / LEDGER).read_bytes())
    data[4096 + 8 : 4096 + 200] = bytes(192)
    (out / LEDGER).write_bytes(data)
    _, tally = run(raw, out)
    assert tally.inputs == 7
    assert "set aside" in caplog.text


def test_tables_of_another_version_are_set_aside(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    with sqlite3.connect(out / LEDGER) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert len(run(raw, out)[0]) == 7


HOLD = """
import sys, time
from pathlib import Path
from sopextract.batch.folder import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the output folder."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_into_the_same_folder_stops(
    raw: Path, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    out = tmp_path / "out"
    with pytest.raises(LockedError, match="another run is writing here"):
        run(raw, out)
    assert planned(raw, out) != {}  # a dry run may look
    holder.kill()
    holder.wait()
    assert (out / LOCK).is_file()  # left behind, and nobody's
    assert run(raw, out)[1].inputs == 7


def test_records_of_inputs_that_are_gone_are_removed_when_asked(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "b.txt").unlink()
    run(raw, out)
    (raw / "c.txt").unlink()
    _, tally = run(raw, out, selection=Selection(remove_gone=True))
    assert (tally.inputs, tally.gone, tally.records) == (5, 0, 3)
    assert {path.name for path in out.glob("*.json")} == {
        "a copy.txt.json", "a.txt.json", "z.txt.json",
    }  # fmt: skip


def test_what_was_read_before_a_fault_is_kept_and_told(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, whole = tmp_path / "out", pipeline.iter_unchecked

    def cut_off(source: SourceFile, settings: Settings, read: Read) -> Iterator[SopRecord]:
        yield from whole(source, settings, read)
        if source.path == "b.txt":
            raise SourceError("is cut off", hint="copy it again", page=9)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "iter_unchecked", cut_off)
        done, tally = run(raw, out)
    assert (done["b.txt"].status, done["b.txt"].message) == (Status.PARTIAL, "page 9: is cut off")
    assert done["b.txt"].records == ("b.txt.json",)
    assert (tally.states[Status.PARTIAL], tally.records) == (1, 5)
    assert planned(raw, out) == {}
    again = planned(raw, out, selection=Selection(retry_failed=True))
    assert again["b.txt"] == (Action.PARSE, Reason.RETRY)


def test_records_of_a_file_that_crashed_halfway_are_removed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, whole = tmp_path / "out", pipeline.iter_unchecked

    def crash(source: SourceFile, settings: Settings, read: Read) -> Iterator[SopRecord]:
        records = tuple(whole(source, settings, read))
        yield from records * 3
        if source.path == "b.txt":
            raise KeyError("page text")

    monkeypatch.setattr(pipeline, "iter_unchecked", crash)
    done, tally = run(raw, out)
    assert (done["b.txt"].status, done["b.txt"].records) == (Status.CRASHED, ())
    assert list(out.glob("b.txt*")) == []
    assert len(list(out.glob("c.txt*"))) == 3
    assert tally.records == 12
    assert "KeyError" in (out / ".sopextract/run.log").read_text("utf-8")
