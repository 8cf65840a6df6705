"""Evaluation notes: what is complete, found, doubted, and how the sheet compares."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

import openpyxl
import pytest
from docx import Document
from docx.table import Table

from sopextract.compare import compare, render_notes, render_report
from sopextract.compare.words import load_words, rule_title
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import Provenance, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import five
from tests.factories import record


def made() -> list[SopRecord]:
    records = five()
    findings = (
        Finding(rule="FL-02", severity=Severity.WARNING, kind=Kind.DOCUMENT,
                path="/langkah/1/kegiatan", message="Bukan kata kerja.",
                help="Mulai dengan kata kerja."),
        Finding(rule="ID-02", severity=Severity.ERROR, kind=Kind.DOCUMENT, path="/nomor_sop",
                message="Nomor belum lengkap.", help="Lengkapi nomornya."),
        Finding(rule="RD-01", severity=Severity.ERROR, kind=Kind.READING, path="/tanggal_efektif",
                message="Tanggal diragukan <&>.", help="Cocokkan dengan naskah."),
    )  # fmt: skip
    unread = Provenance(page=1, method="unread", confidence=0.2)
    records[3] = records[3].model_copy(update={
        "findings": findings, "peringatan": (), "keterkaitan": (),
        "provenance": {"/keterkaitan": unread},
    })  # fmt: skip
    return records


def read(sop: int, lang: str = "id") -> str:
    settings = CompareSettings.model_validate({"lang": lang})
    records = made()
    (data,) = render_notes(compare(records, settings), records, settings, [sop])
    document = Document(io.BytesIO(data))
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            blocks.append(block.text)
    return "\n".join(blocks)


def test_a_note_tells_everything_in_its_place() -> None:
    text = read(3)
    order = [
        "Catatan Evaluasi SOP", "Pemantauan Capaian Kinerja Internal",
        "Kelengkapan", "10 dari 12 butir identitas yang wajib terisi.", "Kosong: Peringatan.",
        "Belum terbaca, tidak dihitung kosong: Keterkaitan.",
        "Temuan", "Kesalahan, harus dibetulkan (1)",
        "ID-02 | Nomor SOP | Nomor belum lengkap. | Lengkapi nomornya.",
        "Peringatan, perlu diperiksa (1)",
        "FL-02 | Langkah 2, Kegiatan | Bukan kata kerja. | Mulai dengan kata kerja.",
        "Perbandingan dengan prosedur yang sama", "Prosedur ini ada pada 2 lembar",
        "Salinan", "“di lingkup Badan”",
        "Keraguan pembacaan", "Tanggal Efektif | Tanggal diragukan <&>.",
    ]  # fmt: skip
    at = [text.find(part) for part in order]
    assert -1 not in at, order[at.index(-1)]
    assert at == sorted(at)


def test_a_sheet_alone_and_one_that_lacks_steps() -> None:
    assert "Tidak ada lembar lain untuk prosedur ini." in read(1)
    assert "Tidak ada temuan." in read(1)
    other = read(4)
    assert "Hanya pada lembar ini:" in other
    assert "Memberi arahan kepada tim" in other


def test_a_note_in_english() -> None:
    text = read(3, "en")
    assert "Evaluation notes on a SOP" in text
    assert "10 of 12 required items of the identity part are filled." in text
    assert "Kelengkapan\n" not in text


def test_same_bytes_and_one_note_for_each() -> None:
    settings, records = CompareSettings(), made()
    comparison = compare(records, settings)
    once = list(render_notes(comparison, records, settings))
    assert len(once) == 5
    assert once == list(render_notes(comparison, records, settings))


@pytest.mark.parametrize("sop", range(5))
def test_every_note_opens(sop: int) -> None:
    assert read(sop)


def test_a_sheet_of_whose_table_nothing_was_read_lacks_no_step() -> None:
    records = [
        record(id=f"{i}", langkah=(), alur=(), pelaksana=()) if i == 2 else record(id=f"{i}")
        for i in range(3)
    ]
    compared = compare(records, CompareSettings())
    (data,) = render_notes(compared, records, CompareSettings(), [2])
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert "Tidak ada langkah yang terbaca." in text
    assert "tidak ditemukan pada lembar ini" not in text
    book = render_report(compared, records, CompareSettings())["comparison.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Langkah sejajar"]
    compared_as = [row[9] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(compared_as) == 6
    assert "tidak ada di lembar ini" not in compared_as


def test_an_english_note_says_what_rules_ask_and_quotes_the_findings() -> None:
    text = read(3, "en")
    asks = rule_title("en", "ID-02")
    assert asks.startswith("The SOP number is complete: no blank in it")
    assert f"ID-02 | Nomor SOP | {asks} – “Nomor belum lengkap.” | Lengkapi nomornya." in text


@pytest.mark.parametrize(
    ("lang", "asks"), [("id", None), ("en", "A step begins with an active verb.")]
)
def test_the_workbook_of_findings_says_in_english_what_rules_ask(
    lang: Literal["id", "en"], asks: str | None
) -> None:
    settings = CompareSettings(lang=lang)
    records = made()
    data = render_report(compare(records, settings), records, settings)["comparison.xlsx"]
    name = load_words(lang).say("book.findings")
    heads, *rows = openpyxl.load_workbook(io.BytesIO(data))[name].values
    row = next(r for r in rows if "FL-02" in r)
    assert "Bukan kata kerja." in row
    assert (load_words(lang).say("column.asks") in heads) == (asks is not None)
    assert asks is None or row[heads.index(load_words(lang).say("column.asks"))] == asks


def test_a_letter_that_turns_the_direction_of_what_follows_is_left_out() -> None:
    records = made()
    records[3] = records[3].model_copy(update={"nama_sop": "Izin \u202eamun"})
    settings = CompareSettings()
    (data,) = render_notes(compare(records, settings), records, settings, [3])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert any("Izin amun" in text for text in texts)
    assert not any("\u202e" in text for text in texts)
