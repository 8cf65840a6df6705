"""The commands as a user meets them: exit status, stdout, stderr, files."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePosixPath

import openpyxl
import pytest
from click.testing import CliRunner, Result

from sopextract.batch import Job
from sopextract.cli import cli
from sopextract.export.schema import TABLES
from sopextract.model.finding import Finding
from sopextract.model.record import SopRecord
from sopextract.store import load_record, load_records, save_record
from tests.factories import langkah, record
from tools.make_sheets import make_sheets


def call(*args: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def parsed(tmp_path: Path) -> Path:
    """A folder with two records."""
    folder = tmp_path / "parsed"
    save_record(record(), folder, PurePosixPath("a.txt.json"))
    other = record(source={**record().source.model_dump(), "path": "b/b.txt"})
    save_record(other, folder, PurePosixPath("b/b.txt.json"))
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with three made sheets and two files that cannot be used."""
    folder = tmp_path / "raw"
    (folder / "x").mkdir(parents=True)
    for made in make_sheets(3, 11, "A"):
        (folder / "x" / made.name).write_bytes(made.data)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "letter.txt").write_text(
        "Yth. Kepala Dinas\ndi tempat\n\nDengan hormat, bersama ini kami sampaikan undangan rapat.",
        encoding="utf-8",
    )
    return folder


def test_parse_accounts_for_every_file(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("parse", raw, "-o", out, "--jobs", "1")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "empty.txt: failed: the file is empty (copy or download it again)" in result.stderr
    assert "letter.txt: not a SOP: " in result.stderr
    assert "5 files: 3 read, 1 not a SOP, 1 failed; 3 records in" in result.stderr
    assert not (out / ".sopextract/run.log").exists()
    sources = sorted(record.source.path for record in load_records([out]).records)
    assert len(sources) == 3
    assert all(source.startswith("x/") for source in sources)


def test_parse_reads_only_what_changed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("parse", raw, "-o", out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = call("parse", raw, "-o", out)
    assert again.exit_code == 1
    assert again.stderr.splitlines() == [
        f"5 files: 3 read, 1 not a SOP, 1 failed; 3 records in {out}",
        "5 unchanged since an earlier run; 1 of them failed (--retry-failed tries them again)",
    ]
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    retried = call("parse", raw, "-o", out, "--retry-failed").stderr
    assert "empty.txt: failed" in retried
    assert "4 unchanged" in retried
    forced = call("parse", raw, "-o", out, "--force").stderr
    assert "unchanged" not in forced


def test_a_dry_run_says_what_would_be_done_and_does_nothing(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    dry = call("parse", raw, "-o", out, "--dry-run")
    assert dry.exit_code == 0
    assert not out.exists()
    assert "parse  empty.txt  (new)" in dry.stdout
    assert dry.stdout.splitlines()[-2:] == ["# 5 to parse: new", "# 0 unchanged of 5 inputs"]
    call("parse", raw, "-o", out)
    (raw / "empty.txt").write_text("x", encoding="utf-8")
    (raw / "letter.txt").unlink()
    last = call("parse", raw, "-o", out, "--dry-run").stdout
    assert last.splitlines() == [
        "parse  empty.txt  (the file has changed)",
        "# 1 to parse: the file has changed",
        "# 3 unchanged of 4 inputs",
        "# 1 of an earlier run are gone",
    ]


def test_a_sample_is_always_the_same(raw: Path, tmp_path: Path) -> None:
    picked = []
    for name in ("a", "b"):
        out = tmp_path / name
        assert "2 files:" in call("parse", raw, "-o", out, "--sample", "2").stderr
        picked.append(sorted(str(path.relative_to(out)) for path in out.rglob("*.json")))
    assert picked[0] == picked[1]


def test_since_leaves_older_files_alone(raw: Path, tmp_path: Path) -> None:
    os.utime(raw / "empty.txt", (0, 0))
    said = call("parse", raw, "-o", tmp_path / "out", "--since", "2001-01-01").stderr
    assert "4 files: 3 read" in said
    assert "empty.txt" not in said


def test_two_kinds_of_run_at_once_are_wrong_usage(raw: Path, tmp_path: Path) -> None:
    said = call("parse", raw, "-o", tmp_path / "out", "--force", "--only-changed")
    assert said.exit_code == 2


def test_an_interrupted_command_says_so(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(job: Job) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sopextract.batch.run.do_task", interrupt)
    result = call("run", raw, "-o", tmp_path / "out", "--executor", "serial")
    assert result.exit_code == 130
    assert result.stderr == (
        "Parsing: 0 of 5 done\n"
        "interrupted: what was written is whole; run the same command again to go on\n"
    )


def test_a_full_disk_is_one_line(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    out = tmp_path / "out"
    result = call("run", raw / "x", "-o", out, "--executor", "serial")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "cannot be written: No space left on device (what was written is whole" in result.stderr
    assert {path.name for path in out.rglob("*") if path.is_file()} == {
        "ledger.sqlite", "lock", "unfinished",
    }  # fmt: skip


def test_parse_gives_the_same_bytes_serially_and_in_processes(raw: Path, tmp_path: Path) -> None:
    trees = []
    for how in (("-j", "1"), ("-j", "2"), ("--executor", "serial")):
        out = tmp_path / how[1]
        call("parse", raw, "-o", out, *how)
        files = sorted(p for p in out.rglob("*.json") if p.parent.name != ".sopextract")
        trees.append([(path.relative_to(out), path.read_bytes()) for path in files])
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) == 3


def test_parse_removes_the_record_of_a_file_that_is_no_sop_any_more(
    raw: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    call("parse", raw, "-o", out)
    before = load_records([out]).records
    (raw / before[0].source.path).write_bytes(b"")
    call("parse", raw, "-o", out)
    after = load_records([out]).records
    assert {r.source.path for r in after} == {r.source.path for r in before[1:]}


def test_parse_logs_json_lines(raw: Path, tmp_path: Path) -> None:
    result = call("parse", raw, "-o", tmp_path / "out", "--log", "json")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    statuses = {line["source"]: line["status"] for line in lines if "source" in line}
    assert len(statuses) == 5
    assert statuses["empty.txt"] == "failed"
    assert statuses["letter.txt"] == "not_a_sop"


def test_run_writes_everything_and_says_what_to_open(raw: Path, tmp_path: Path) -> None:
    result = call("run", raw, "-o", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    expected = "Berkas diperiksa: 5; terbaca: 3; bukan SOP: 1; gagal: 1."
    assert expected in result.stderr
    assert "Gagal: empty.txt: berkas kosong" in result.stderr
    assert "Lembar SOP rapi: 3" in result.stderr
    assert (
        f"Buka laporannya di peramban (Chrome, Edge, Firefox): {tmp_path}/report/index.html"
        in result.stderr
    )
    assert (tmp_path / "report/index.html").read_bytes().startswith(b"<!")
    sheets = list((tmp_path / "sheets").rglob("*.html"))
    assert len(sheets) == 3
    page = (tmp_path / "report/index.html").read_text()
    for path in sheets:
        assert f'"../sheets/{path.relative_to(tmp_path / "sheets")}"' in page


def test_run_makes_again_only_what_changed(raw: Path, tmp_path: Path) -> None:
    call("run", raw, "-o", tmp_path)
    made = {
        p: p.stat().st_mtime_ns
        for d in ("parsed", "sheets", "report")
        for p in (tmp_path / d).rglob("*")
    }
    again = call("run", raw, "-o", tmp_path).stderr
    assert f"Laporan pemeriksaan berkas: {tmp_path}/parsed/.sopextract/run.html" in again
    assert {path: path.stat().st_mtime_ns for path in made} == made
    workbook = tmp_path / "report" / "comparison.xlsx"
    whole = workbook.read_bytes()
    workbook.unlink()
    call("run", raw, "-o", tmp_path)
    assert workbook.read_bytes() == whole
    sheet = next((tmp_path / "sheets").rglob("*.html"))
    (raw / sheet.relative_to(tmp_path / "sheets").with_suffix("")).write_bytes(b"")
    said = call("run", raw, "-o", tmp_path).stderr
    assert "terbaca: 2; bukan SOP: 1; gagal: 2." in said
    assert not sheet.exists()
    touched = {p for p, when in made.items() if p.exists() and p.stat().st_mtime_ns != when}
    assert {p.name for p in touched if p.is_file()} == {
        "ledger.sqlite", "run.html", "run.json", "index.html", "comparison.json", "comparison.xlsx",
    }  # fmt: skip


def test_run_says_only_what_failed_when_quiet(raw: Path, tmp_path: Path) -> None:
    result = call("run", raw, "-o", tmp_path / "out", "-q")
    lines = result.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["empty.txt", "letter.txt"]
    assert (tmp_path / "out/report/index.html").exists()


def test_run_logs_nothing_but_json_lines(raw: Path, tmp_path: Path) -> None:
    result = call("run", raw, "-o", tmp_path / "out", "--log", "json")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert len(lines) == 5 + 3 + 1
    assert lines[-1] == {
        "inputs": 5, "states": {"ok": 3, "not_a_sop": 1, "failed": 1}, "records": 3, "tried": 5,
        "unchanged": 0, "gone": 0,
    }  # fmt: skip


def test_run_tells_its_milestones_when_asked_to(raw: Path, tmp_path: Path) -> None:
    quiet = call("run", raw, "-o", tmp_path / "a", "-q", "-j", "1").stderr
    more = call("run", raw, "-o", tmp_path / "b", "-q", "-j", "1", "-v").stderr
    assert "INFO sopextract.batch.run: 5 files, executor processes, workers 1" in more
    assert "INFO sopextract.batch.outputs: comparing 3 records" in more
    assert "INFO" not in quiet


def test_run_lists_only_some_of_many_files_in_its_summary(tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"{n:02}.txt").write_bytes(b"")
    result = call("run", tmp_path, "-o", tmp_path / "out")
    summary = result.stderr[result.stderr.index("Selesai.") :]
    assert summary.count("Gagal: ") == 11
    assert "Gagal: dan 2 berkas lain" in summary


def test_lint_gives_findings_and_a_status(parsed: Path) -> None:
    result = call("lint", parsed, "--format", "json", "--fail-on", "never")
    assert result.exit_code == 0
    json.loads(result.stdout)
    sarif = json.loads(call("lint", parsed, "--format", "sarif", "--fail-on", "never").stdout)
    assert sarif["version"] == "2.1.0"


def test_lint_fails_on_the_level_asked_for(tmp_path: Path) -> None:
    bare = record(nomor_sop=None, nama_sop=None, dasar_hukum=(), langkah=(), alur=(), pelaksana=())
    save_record(bare, tmp_path, PurePosixPath("x.json"))
    assert call("lint", tmp_path, "--fail-on", "info").exit_code == 1
    assert call("lint", tmp_path, "--fail-on", "never").exit_code == 0


def test_lint_names_files_that_are_no_records(parsed: Path) -> None:
    (parsed / "bad.json").write_text("{}", encoding="utf-8")
    result = call("lint", parsed, "--fail-on", "never")
    assert result.exit_code == 1
    assert "bad.json: not a record: " in result.stderr


def test_lint_without_records_is_wrong_usage() -> None:
    assert call("lint").exit_code == 2


def test_a_folder_without_records_is_told_how_to_get_them(tmp_path: Path) -> None:
    (tmp_path / "sop.pdf").write_bytes(b"%PDF-1.7")
    result = call("lint", tmp_path)
    assert result.exit_code == 2
    assert "no records in this folder; make them with `sopextract run`" in result.stderr


def test_render_draws_a_sheet_per_record(parsed: Path, tmp_path: Path) -> None:
    result = call("render", parsed, "-o", tmp_path / "sheets", "--to", "html")
    assert result.exit_code == 0
    files = sorted(p.relative_to(tmp_path / "sheets") for p in tmp_path.rglob("*.html"))
    assert [str(path) for path in files] == ["a.txt.html", "b/b.txt.html"]


def test_render_draws_every_format(parsed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets"
    result = call("render", parsed, "-o", out, "--to", "bpmn,docx,html,md,pdf,xlsx", "--changes")
    assert result.exit_code == 0
    formats = ("bpmn", "docx", "html", "md", "pdf", "xlsx")
    assert sorted(p.name for p in out.iterdir()) == [*(f"a.txt.{f}" for f in formats), "b"]


def test_render_names_formats_that_do_not_exist(parsed: Path, tmp_path: Path) -> None:
    result = call("render", parsed, "-o", tmp_path / "sheets", "--to", "html,odt")
    assert result.exit_code == 2
    assert "cannot render to odt: formats are bpmn, docx, html, md, pdf, xlsx" in result.stderr
    assert not (tmp_path / "sheets").exists()


def test_render_binds_a_book(parsed: Path, tmp_path: Path) -> None:
    result = call("render", parsed, "-o", tmp_path / "sheets", "--book", "himpunan.docx", "--clean")
    assert result.exit_code == 0
    assert [p.name for p in (tmp_path / "sheets").iterdir()] == ["himpunan.docx"]


@pytest.mark.parametrize(
    ("book", "said"),
    [
        ("himpunan.html", "a book is .docx or .pdf"),
        ("../himpunan.pdf", "give a name without folders"),
    ],
)
def test_render_refuses_a_book_it_cannot_bind(
    parsed: Path, tmp_path: Path, book: str, said: str
) -> None:
    result = call("render", parsed, "-o", tmp_path / "sheets", "--book", book)
    assert result.exit_code == 2
    assert said in result.stderr


def test_compare_writes_a_report(parsed: Path, tmp_path: Path) -> None:
    result = call("compare", parsed, "-o", tmp_path / "report")
    assert result.exit_code == 0
    assert (tmp_path / "report/index.html").is_file()


def test_schema_is_json_schema() -> None:
    schema = json.loads(call("schema").stdout)
    assert schema["properties"]["schema_version"]["const"] == "1"
    assert set(schema["properties"]) == set(SopRecord.model_fields)
    compared = json.loads(call("schema", "--comparison").stdout)
    assert {"sheets", "families", "copies", "legal"} <= set(compared["properties"])
    assert "menit_kerja" in compared["$defs"]["Figures"]["properties"]


def test_score_of_a_record_against_itself(parsed: Path) -> None:
    result = call("score", parsed, parsed)
    assert result.exit_code == 0
    assert result.stdout


def test_score_refuses_gold_that_is_none(parsed: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    gold.write_text("[1]", encoding="utf-8")
    result = call("score", gold, parsed)
    assert result.exit_code == 1
    assert "gold.json: not a record or a list of records" in result.stderr


def test_doctor_and_version() -> None:
    checks = json.loads(call("doctor", "--format", "json").stdout)
    names = [check["name"] for check in checks]
    assert "Python 3.11 or newer" in names
    assert "tesseract" in names
    assert all(check["cost"] for check in checks)
    assert "ok       Python" in call("doctor").stdout
    assert "built yet" not in call("doctor").stdout
    assert call("version").stdout.startswith("sopextract 0.")


@pytest.mark.parametrize("name", ["opencv-python-headless", "onnxruntime", "rapidocr"])
def test_doctor_says_what_scans_need(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(asked: str) -> str:
        if asked == name:
            raise PackageNotFoundError(asked)
        return "99999999.1"  # above versions that are dates

    monkeypatch.setattr("sopextract.cli.doctor.installed", version)
    monkeypatch.setattr("sopextract.cli.doctor.find_spec", lambda name: None)
    result = call("doctor")
    assert result.exit_code == 0
    lines = {line.split(":")[0]: line for line in result.stdout.splitlines()}
    (line,) = (line for key, line in lines.items() if key.startswith(f"optional {name}"))
    assert "scans and pictures cannot be read" in line
    assert line.endswith("install with: pip install 'sopextract[scan]'")
    assert "optional models of rapidocr" in lines
    assert "tesserocr 99999999.1" in lines["ok       tesseract"]


def test_doctor_says_which_part_of_libreoffice_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopextract.cli.doctor.find_libreoffice", lambda: sys.executable)
    monkeypatch.setattr("sopextract.cli.doctor.missing_parts", lambda program: ("Calc",))
    lines = call("doctor").stdout.splitlines()
    assert [line for line in lines if line.startswith("ok       LibreOffice: ")]
    (line,) = (line for line in lines if line.startswith("optional LibreOffice"))
    assert line.startswith("optional LibreOffice Calc: not found; .xls and .ods files will not be")
    assert "libreoffice-calc" in line


@pytest.mark.parametrize(
    "args",
    [
        ("parse",),
        ("parse", "no-such-folder"),
        ("parse", "*.none"),
        ("lint", "no-such-folder"),
        ("lint", ".", "--format", "xml"),
        ("export", ".", "-o", "x.sqlite", "--tables", "sop,lankah"),
        ("export", ".", "-o", "x.doc"),
        ("render", "no-such-folder"),
        ("nonsense",),
        ("parse", ".", "--settings", "no-such-file.toml"),
    ],
)
def test_wrong_usage_is_one_word_and_status_2(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_that_cannot_be_written_is_wrong_usage(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert call("parse", raw, "-o", tmp_path / "closed" / "out").exit_code == 2


HOSTILE = ("=1+1", "+62 811", "-", "@sum", "\t=1", "a\x00b\x1b[31m", "2 Hari")


def hostile() -> SopRecord:
    steps = tuple(langkah(i, text, keterangan=text) for i, text in enumerate(HOSTILE, 1))
    finding = Finding(
        rule="X", severity="error", kind="document", path="", message="=cmd()", help=""
    )
    return record(nama_sop='=HYPERLINK("x")', langkah=steps, findings=(finding,))


def test_export_xlsx_holds_no_formulas(tmp_path: Path) -> None:
    save_record(hostile(), tmp_path / "p", PurePosixPath("x.json"))
    assert call("export", tmp_path / "p", "-o", tmp_path / "x.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == [
        "sop", "butir", "lainnya", "dasar_hukum", "pelaksana", "langkah", "langkah_pelaksana",
        "bentuk", "alur", "temuan", "koreksi", "halaman",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    kegiatan = [row[3] for row in book["langkah"].iter_rows(min_row=2, values_only=True)]
    assert kegiatan[:4] == ["'=1+1", "'+62 811", "'-", "'@sum"]
    assert kegiatan[-1] == "2 Hari"


def test_export_csv_holds_no_formulas(tmp_path: Path) -> None:
    save_record(hostile(), tmp_path / "p", PurePosixPath("x.json"))
    assert call("export", tmp_path / "p", "-o", tmp_path / "x.csv").exit_code == 0
    text = (tmp_path / "x.csv/langkah.csv").read_bytes().decode("utf-8-sig")
    assert ",'=1+1," in text
    assert ",=" not in text
    assert len(list((tmp_path / "x.csv").iterdir())) == len(TABLES)


def test_export_sqlite_holds_texts_as_they_are(tmp_path: Path) -> None:
    save_record(hostile(), tmp_path / "p", PurePosixPath("x.json"))
    assert call("export", tmp_path / "p", "-o", tmp_path / "x.sqlite").exit_code == 0
    with sqlite3.connect(tmp_path / "x.sqlite") as connection:
        rows = connection.execute("select kegiatan, no, durasi_maks from langkah").fetchall()
    connection.close()
    assert rows[0] == ("=1+1", 1, None)
    assert [row[0] for row in rows] == list(HOSTILE)


def test_a_record_with_odd_texts_is_kept_as_it_is(tmp_path: Path) -> None:
    save_record(hostile(), tmp_path, PurePosixPath("x.json"))
    assert load_record(tmp_path / "x.json") == hostile()


@pytest.mark.parametrize("command", ["run", "parse", "lint", "render", "compare", "export"])
def test_help_shows_examples(command: str) -> None:
    shown = call(command, "--help").stdout
    assert "Examples:" in shown
    assert f"sopextract {command} " in shown[shown.index("Examples:") :]
