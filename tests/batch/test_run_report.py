"""The report on a run: figures that add up, and names of files that are no markup."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sopextract.batch.guard import Facts, Written
from sopextract.batch.ledger import Row
from sopextract.batch.report import render_page
from sopextract.batch.summary import FailureClass, Poor, Slow, Stage, summarise
from sopextract.cli import cli
from sopextract.model.outcome import Status

ONE = (Written("x.json", 1, 1, ""),)


def row(source: str, state: Status = Status.OK, **values: object) -> Row:
    return Row(stem=source, source=source, location="", state=state, **values)  # type: ignore[arg-type]


ROWS = (
    row("a.pdf", written=ONE * 2, seconds=3.0, findings=(("error", 2), ("info", 1)), facts=Facts(
        stages=(("ingest", 2.0), ("parse", 1.0)), pages=4, scanned=2, with_words=2,
        confidence_sum=1.6, residue=(("word", 7),))),
    row("b.pdf", written=ONE, seconds=1.0, facts=Facts(
        stages=(("ingest", 1.0),), pages=1, scanned=1, with_words=1, confidence_sum=0.95)),
    row("c.txt", Status.FAILED, reason="page 3: has 17 of 20 bytes", hint="mend it"),
    row("d.txt", Status.FAILED, reason="page 12: has 4 of 5 bytes", hint="mend it"),
    row("<script>alert(1)</script>.txt", Status.TIMED_OUT, reason="took longer than it may"),
    row("e.txt", Status.SAME_AS, written=ONE),
    row("f.txt", gone=True, written=ONE),
)  # fmt: skip


def test_figures_add_up() -> None:
    summary = summarise(iter(ROWS))
    assert summary.inputs == len(ROWS)
    assert dict(summary.states) == {
        Status.OK: 2, Status.SAME_AS: 1, Status.FAILED: 2, Status.TIMED_OUT: 1, Status.GONE: 1,
    }  # fmt: skip
    assert (summary.records, summary.pages, summary.scanned) == (5, 5, 3)
    assert summary.findings == (("error", 2), ("info", 1))
    assert summary.residue == (("word", 7),)
    assert round(summary.confidence or 0, 3) == 0.85
    assert summary.poor == (Poor("a.pdf", 0.8, 2),)
    assert summary.stages == (Stage("ingest", 3.0, 2), Stage("parse", 1.0, 1))
    assert summary.slowest[0] == Slow("a.pdf", 3.0, 4, Status.OK)


def test_failures_that_differ_in_numbers_are_one_class() -> None:
    first, second = summarise(iter(ROWS)).failures
    assert first == FailureClass(
        Status.FAILED, "has … of … bytes", "mend it", 2, ("c.txt", "d.txt")
    )
    assert (second.state, second.count) == (Status.TIMED_OUT, 1)


def test_many_classes_of_failure_stay_few() -> None:
    rows = (row(f"{n}.txt", Status.FAILED, reason=f"because of {chr(97 + n)}x") for n in range(50))
    failures = summarise(rows).failures
    assert len(failures) <= 31
    assert sum(one.count for one in failures) == 50


def test_the_page_says_it_and_holds_no_live_markup(tmp_path: Path) -> None:
    page = render_page(summarise(iter(ROWS)), 90.0, 6, tmp_path / "parsed")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.txt" in page
    assert "6 berkas dalam 1,5 menit (0,1 berkas per detik)" in page
    assert f"sopextract lint {tmp_path / 'parsed'}</code>" in page
    assert "1 berkas melewati batas waktu atau memori" in page
    assert "80,0%" in page


def test_a_run_writes_its_report(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/empty.txt").write_bytes(b"")
    out = tmp_path / "out"
    args = ["parse", str(tmp_path / "raw"), "-o", str(out), "--executor", "serial"]
    result = CliRunner().invoke(cli, args)
    assert f"report on the run: {out}/.sopextract/run.html" in result.stderr
    figures = json.loads((out / ".sopextract/run.json").read_text("utf-8"))
    assert (figures["tried"], figures["states"]) == (1, [["failed", 1]])
    assert figures["failures"][0]["sources"] == ["empty.txt"]
    assert "berkas kosong<br>" in (out / ".sopextract/run.html").read_text("utf-8")
