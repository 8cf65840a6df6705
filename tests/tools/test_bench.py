"""The benchmark of PDFs: what is printed, and the programs that come with the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.pdf.raw import LINES, Sheet, make_pdf, show
from tools.bench_pdf import Total, compare_programs, table
from tools.bench_scan import table as scan_table
from tools.bench_scan_contenders import ENGINE, OURS
from tools.make_sheets import make_sheets


def test_rates_and_ratios_are_against_the_whole_chain() -> None:
    totals = {"ours": Total(2.0, 5), "other": Total(8.0, 7, errors=["ValueError"])}
    assert table(totals, 40)[1:] == [
        "ours                           20.0    1.0x  5",
        "other                           5.0    4.0x  7, 1 files failed",
    ]


def test_seconds_a_page_are_against_the_engine() -> None:
    totals = {ENGINE: Total(4.0, 70, 900.4), OURS: Total(5.0, 69, 1100.0, ["SourceError"])}
    assert scan_table(totals, 4)[1:] == [
        f"{ENGINE:34}    1.00   1.00x    900 MB  70",
        f"{OURS:34}    1.25   1.25x   1100 MB  69, 1 files failed",
    ]


def test_programs_that_are_there_read_the_same_files(tmp_path: Path) -> None:
    (sheet,) = make_sheets(1, 5, "P")
    (tmp_path / "a.pdf").write_bytes(sheet.data)
    totals = compare_programs([tmp_path / "a.pdf"], 1)
    assert totals["sopextract, whole chain"].found == 1
    assert totals["sopextract, ingest"].found >= 2
    assert totals["pdfplumber extract_tables"].found > 0
    assert all(total.seconds > 0 and total.peak_mb > 20 for total in totals.values())


@pytest.mark.parametrize("name", ["sopextract, whole chain", "pdfplumber extract_tables"])
def test_a_file_that_fails_is_an_answer_too(tmp_path: Path, name: str) -> None:
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.pdf"
    bad.write_bytes(b"%PDF-1.4")
    good.write_bytes(make_pdf([Sheet(show(LINES))]))
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_contender", name],
        input=f"{bad}\n{good}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0] == {"ready": True}
    assert "error" in answers[1]
    assert len(answers) == 3
