"""Text, JSON and SARIF of findings; explanations; the rules page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sopextract.errors import ConfigError
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import SopRecord, Source
from sopextract.settings import LintSettings
from sopextract.validate import explain, format_findings, validate
from sopextract.validate.registry import load_rules
from tests import factories
from tools.make_rules_doc import rules_page

ROOT = Path(__file__).parents[2]


def linted(**fields: object) -> SopRecord:
    record = factories.record(**fields)
    return record.with_findings(validate(record, LintSettings()))


def sheet(path: str = "dinas/sop lama.txt", **fields: object) -> SopRecord:
    source = Source(path=path, sha256="0" * 64, media_type="text/plain", index=0)
    grounds = {"/nomor_sop": factories.provenance()}
    return linted(source=source, nomor_sop="523/ /2021", provenance=grounds, **fields)


def test_text_groups_by_file_with_line_and_advice() -> None:
    lines = format_findings([sheet()], "text").splitlines()
    assert lines[0] == "dinas/sop lama.txt: Penerimaan Surat Masuk"
    assert (
        '  kesalahan ID-02: Nomor SOP "523/ /2021" mempunyai bagian yang kosong. (baris 1) → '
        "Lengkapi nomor menurut tata naskah dinas instansi." in lines
    )
    assert lines[-1].startswith("1 SOP diperiksa: 2 kesalahan")


def test_text_marks_doubts_of_the_reading() -> None:
    record = linted(provenance={"/nama_sop": factories.provenance(0.5)})
    assert "peringatan RD-02 [pembacaan]: Nama SOP" in format_findings([record], "text")


def test_text_says_an_advice_once_and_counts_many_doubts() -> None:
    def finding(kind: Kind, n: int) -> Finding:
        return Finding(
            rule="XX-01", severity=Severity.INFO, kind=kind, path=f"/langkah/{n}",
            message=f"Langkah {n}.", help="Periksa.",
        )  # fmt: skip

    faults = tuple(finding(Kind.DOCUMENT, n) for n in range(8))
    lines = format_findings([factories.record().with_findings(faults)], "text").splitlines()
    assert lines[1:3] == ["  informasi XX-01, 8 kali → Periksa.", "    - Langkah 0."]
    assert sum("Langkah" in line for line in lines) == 8
    doubts = tuple(finding(Kind.READING, n) for n in range(8))
    lines = format_findings([factories.record().with_findings(doubts)], "text").splitlines()
    assert lines[1] == "  informasi XX-01 [pembacaan], 8 kali → Periksa."
    assert lines[5:7] == ["    - Langkah 3.", "    - dan 4 lagi"]


def test_text_without_findings() -> None:
    assert format_findings([factories.record()], "text") == "1 SOP diperiksa, tanpa temuan.\n"
    assert format_findings([], "text") == "0 SOP diperiksa, tanpa temuan.\n"


def test_text_has_no_control_characters() -> None:
    out = format_findings([sheet(nama_sop="Surat\x1b[31m\u202emerah")], "text")
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_json_has_the_source_beside_each_finding() -> None:
    found = json.loads(format_findings([sheet()], "json"))
    [one] = [f for f in found if f["rule"] == "ID-02"]
    assert one["source"] == "dinas/sop lama.txt"
    assert one["line"] == 1
    assert one["path"] == "/nomor_sop"
    assert one["kind"] == "document"


def test_sarif_is_complete() -> None:
    log = json.loads(format_findings([sheet()], "sarif"))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "sopextract"
    ids = [r["id"] for r in driver["rules"]]
    assert ids == sorted(set(ids))
    [result] = [r for r in run["results"] if r["ruleId"] == "ID-02"]
    assert result["level"] == "error"
    assert ids[result["ruleIndex"]] == "ID-02"
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "dinas/sop%20lama.txt"}
    assert physical["region"] == {"startLine": 1}
    assert {r["level"] for r in run["results"]} <= {"error", "warning", "note"}


def test_sarif_keeps_bytes_that_the_path_spells_out() -> None:
    [run] = json.loads(format_findings([sheet("a/%FF 100%.txt")], "sarif"))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "a/%FF%20100%25.txt"}


def test_sarif_without_records() -> None:
    [run] = json.loads(format_findings([], "sarif"))["runs"]
    assert run["results"] == []


def test_explain_says_what_why_and_how() -> None:
    text = explain("id-02")
    assert text.startswith("ID-02 (kesalahan): Nomor SOP lengkap")
    for label in ("Alasan:", "Dasar:", "Contoh baik:", "Contoh salah:", "Perbaikan:"):
        assert label in text


@pytest.mark.parametrize("rule_id", sorted({rule.id for rule in load_rules()}))
def test_every_rule_is_explained(rule_id: str) -> None:
    text = explain(rule_id)
    assert "Contoh baik:" in text
    assert "Perbaikan:" in text


def test_explain_names_the_known_rules() -> None:
    with pytest.raises(ConfigError, match=r"no rule MB-99; there are MB-01"):
        explain("MB-99")


def test_rules_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page()
