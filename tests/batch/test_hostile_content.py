"""Scripts, formulas, templates and addresses in documents come out as text, in every output."""

from __future__ import annotations

from sopextract.store import load_records
from tests.batch.bait import PASSWD, SECRET
from tests.batch.conftest import AS_DOCUMENT, EXPORTS, SHEETS, Outputs
from tests.batch.inert import live_parts
from tests.batch.probes import OBEYED


def test_every_kind_of_output_is_there(hostile_outputs: Outputs) -> None:
    kinds = {path.suffix for path in hostile_outputs.files()}
    assert kinds >= {f".{fmt}" for fmt in SHEETS} | {*EXPORTS, ".json", ".sarif", ".text"}
    assert len(load_records((str(hostile_outputs.folder / "run/parsed"),)).records) == len(
        AS_DOCUMENT
    )


def test_nothing_is_live_in_any_output(hostile_outputs: Outputs) -> None:
    live = {
        str(path.relative_to(hostile_outputs.folder)): live_parts(path)
        for path in hostile_outputs.files()
    }
    assert len(live) > 50
    assert {name: found for name, found in live.items() if found} == {}


def test_nothing_was_obeyed_and_no_secret_was_read(hostile_outputs: Outputs) -> None:
    for path in hostile_outputs.files():
        data = path.read_bytes()
        for marker in (SECRET, PASSWD, *OBEYED[:2]):
            assert marker.encode() not in data, f"{marker} in {path}"


def test_probes_are_shown_as_they_are(hostile_outputs: Outputs) -> None:
    """They were not simply dropped, which would make every other test here pass."""
    for name in ("report/index.html", "sheets/0.html", "sheets/0.md", "sheets/0.bpmn",
                 "arsip.csv/langkah.csv", "temuan.text"):  # fmt: skip
        text = (hostile_outputs.folder / name).read_text(encoding="utf-8").replace("\\", "")
        assert "PROBE" in text, name


def test_nobody_came(hostile_outputs: Outputs) -> None:
    assert hostile_outputs.bait.hits == []
    assert hostile_outputs.bait.calls == []


def test_controls_are_in_no_text(hostile_outputs: Outputs) -> None:
    for path in hostile_outputs.files():
        if path.suffix in (".html", ".md", ".bpmn", ".csv", ".text"):
            text = path.read_bytes().decode("utf-8")
            assert not [sign for sign in "\x00\x07\x0b\x1b\ufffe" if sign in text], path
