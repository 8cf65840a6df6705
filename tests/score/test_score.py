"""Scoring: fields, lists, steps, edges, silent errors, sealed gold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import Alur, Provenance, SopRecord
from sopextract.score import ScoreReport, is_sealed, score, seal, seal_text
from tests.factories import langkah, provenance, record


def gold_of(one: SopRecord) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(one.model_dump_json())
    for key in ("id", "provenance", "findings", "corrections", "schema_version"):
        values.pop(key)
    return values


def tally(report: ScoreReport, name: str) -> tuple[int, int, int]:
    found = next(t for t in report.fields if t.name == name)
    return found.golds, found.gots, found.exact


def finding(path: str) -> Finding:
    return Finding(
        rule="FL-01", severity=Severity.INFO, kind=Kind.READING, path=path, message="m", help="h"
    )


def test_a_record_against_itself_is_whole() -> None:
    one = record()
    report = score([gold_of(one)], [one])
    assert (report.whole_right, report.total.f1, report.silent) == (1, 1.0, ())
    assert report.missing == report.spurious == ()


def test_keys_that_gold_leaves_out_are_not_judged() -> None:
    gold = {"source": {"path": "a.txt", "index": 0}, "nomor_sop": "01/DISKAN/2024"}
    report = score([gold], [record()])
    assert [t.name for t in report.fields] == ["nomor_sop"]
    assert report.whole_right == 1


def test_a_missed_value_is_no_silent_error_and_a_wrong_one_is() -> None:
    gold = gold_of(record())
    missed = score([gold], [record(nomor_sop=None)])
    wrong = score([gold], [record(nomor_sop="7/DISKAN/2024")])
    assert tally(missed, "nomor_sop") == (1, 0, 0)
    assert missed.silent == ()
    assert tally(wrong, "nomor_sop") == (1, 1, 0)
    assert [one.path for one in wrong.silent] == ["/nomor_sop"]


@pytest.mark.parametrize("path", ["/nomor_sop", "/nomor_sop/x"])
def test_a_finding_at_the_value_or_below_it_breaks_the_silence(path: str) -> None:
    one = record(nomor_sop="x", findings=(finding(path),))
    assert score([gold_of(record())], [one]).silent == ()


def test_a_finding_at_what_holds_the_value_breaks_the_silence() -> None:
    steps = (langkah(1, "Menerima surat masuk", "Petugas Loket", output="Keliru"),)
    gold = gold_of(record(langkah=(langkah(1, "Menerima surat masuk", "Petugas Loket"),), alur=()))
    loud = record(langkah=steps, alur=(), findings=(finding("/langkah/0"),))
    root = record(langkah=steps, alur=(), findings=(finding(""),))
    assert score([gold], [loud]).silent == ()
    assert len(score([gold], [root]).silent) == 1


def test_low_confidence_breaks_the_silence() -> None:
    grounds: dict[str, Provenance] = {"/nomor_sop": provenance(0.89)}
    one = record(nomor_sop="x", provenance=grounds)
    report = score([gold_of(record())], [one])
    assert report.silent == ()
    wrong = [o for o in report.observations if not o.correct]
    assert [(o.field, o.confidence) for o in wrong] == [("nomor_sop", 0.89)]


def test_the_confidence_of_a_part_is_that_of_what_holds_it() -> None:
    grounds = {"/langkah/0/waktu": provenance(0.7)}
    report = score([gold_of(record())], [record(provenance=grounds)])
    found = {o.confidence for o in report.observations if o.field == "langkah.waktu.durasi"}
    assert found == {0.7, 1.0}


def test_one_lost_row_costs_one_row() -> None:
    texts = ("Menerima surat", "Memeriksa berkas", "Mengetik konsep", "Mengirim jawaban")
    full = record(langkah=tuple(langkah(i, t, "Staf") for i, t in enumerate(texts, 1)), alur=())
    kept = [t for t in texts if t != "Memeriksa berkas"]
    lost = record(langkah=tuple(langkah(i, t, "Staf") for i, t in enumerate(kept, 1)), alur=())
    report = score([gold_of(full)], [lost])
    assert tally(report, "langkah.kegiatan") == (4, 3, 3)
    assert report.whole_right == 0


def test_edges_are_compared_by_the_rows_they_mean() -> None:
    texts = ("Menerima surat", "Memeriksa berkas", "Mengirim jawaban")
    steps = tuple(langkah(i, t, "Staf") for i, t in enumerate(texts, 1))
    edges = (
        Alur(dari=1, ke=2, basis="order"),
        Alur(dari=2, ke=3, label="Ya", basis="text"),
        Alur(dari=2, ke=1, label="Tidak", basis="text"),
    )
    gold = gold_of(record(langkah=steps, alur=edges))
    extra = (langkah(1, "Baris yang tidak ada pada lembar", "Staf"),)
    moved = tuple(langkah(i, t, "Staf") for i, t in enumerate(texts, 2))
    shifted = tuple(e.model_copy(update={"dari": e.dari + 1, "ke": e.ke + 1}) for e in edges)
    report = score([gold], [record(langkah=extra + moved, alur=shifted)])
    assert tally(report, "alur.urut") == (1, 1, 1)
    assert tally(report, "alur.cabang") == (2, 2, 2)
    unlabelled = (edges[0], edges[1].model_copy(update={"label": None}))
    report = score([gold], [record(langkah=steps, alur=unlabelled)])
    assert tally(report, "alur.cabang") == (2, 0, 0)
    assert tally(report, "alur.urut") == (1, 2, 1)


def test_list_items_are_paired_whatever_their_order() -> None:
    gold = gold_of(record(peralatan_perlengkapan=("Komputer", "Printer", "Meja")))
    report = score([gold], [record(peralatan_perlengkapan=("Printer", "Komputer"))])
    assert tally(report, "peralatan_perlengkapan") == (3, 2, 2)


def test_a_near_miss_counts_softly() -> None:
    gold = gold_of(record(peringatan=("Surat yang tidak dicatat sulit dilacak",)))
    report = score([gold], [record(peringatan=("Surat yang tidak dicatal sulit dilacak",))])
    found = next(t for t in report.fields if t.name == "peringatan")
    assert found.exact == 0
    assert 0.9 < found.soft_f1 < 1.0


@pytest.mark.parametrize(
    ("gold", "got", "right"),
    [("PT90M", "PT1H30M", True), ("PT90M", "PT1.5H", True), ("P7D", "P1W", False)],
)
def test_durations_compare_by_amount(gold: str, got: str, right: bool) -> None:
    def one(durasi: str) -> SopRecord:
        step = langkah(1, "Menerima surat", "Staf", waktu={"teks": "x", "durasi": durasi})
        return record(langkah=(step,), alur=())

    report = score([gold_of(one(gold))], [one(got)])
    assert tally(report, "langkah.waktu.durasi") == (1, 1, int(right))


def test_posts_compare_without_letter_case_and_names_with_it() -> None:
    gold = gold_of(record())
    signer = dict(gold["disahkan_oleh"])
    upper = signer | {"jabatan": signer["jabatan"].upper()}
    lower = signer | {"nama": signer["nama"].lower()}
    assert score([gold], [record(disahkan_oleh=upper)]).whole_right == 1
    assert score([gold], [record(disahkan_oleh=lower)]).whole_right == 0


def test_missing_and_spurious_records() -> None:
    one = record()
    second = one.model_copy(update={"source": one.source.model_copy(update={"index": 1})})
    report = score([gold_of(one)], [second])
    assert report.missing == ("a.txt#0",)
    assert report.spurious == ("a.txt#1",)
    assert report.total.gots == 0
    assert score([{"source": {"path": "a.txt"}, "not_a_sop": True}], [one]).spurious == ("a.txt#0",)


def test_records_of_files_without_gold_are_ignored() -> None:
    one = record()
    other = one.model_copy(update={"source": one.source.model_copy(update={"path": "b.txt"})})
    report = score([gold_of(one)], [one, other])
    assert report.spurious == ()
    assert report.records == ("a.txt#0",)


def test_sealed_gold_judges_like_open_gold() -> None:
    one = record()
    sealed = seal(gold_of(one))
    assert is_sealed(sealed["nomor_sop"])
    assert sealed["tanggal_pembuatan"] == one.tanggal_pembuatan
    assert "Banyumas" not in json.dumps(sealed)
    assert seal(sealed) == sealed
    assert score([sealed], [one]).whole_right == 1
    report = score([sealed], [record(nomor_sop="salah")])
    assert tally(report, "nomor_sop") == (1, 1, 0)


def test_sealing_ignores_case_and_closing_marks() -> None:
    assert seal_text("Kertas,  ATK.") == seal_text("kertas, atk")
    assert seal_text("Kertas") != seal_text("Kerta")


def test_the_report_prints_in_three_forms() -> None:
    report = score([gold_of(record())], [record(nomor_sop="x")])
    assert "whole records right" in report.to_text()
    assert "| nomor_sop | 1 | 1 | 0.000 | 0.000 | 0.000 | 0.000 | 1 |" in report.to_markdown()
    values = json.loads(report.to_json())
    assert values["silent"] == 1
    assert values["wrong"][0]["field"] == "nomor_sop"


def test_nothing_to_judge() -> None:
    report = score([], [])
    assert (report.total.f1, report.macro_f1, report.silent_share) == (1.0, 1.0, 0.0)
    assert report.to_text()


def test_missed_edges_are_named_in_the_order_of_the_truth() -> None:
    steps = tuple(langkah(i, f"Langkah {word}", "Staf") for i, word in enumerate("abcdefgh", 1))
    edges = tuple(Alur(dari=i, ke=i + 1, label="Ya", basis="text") for i in range(1, 8))
    report = score([gold_of(record(langkah=steps, alur=edges))], [record(langkah=steps, alur=())])
    missed = [one.gold for one in report.judgements if one.field == "alur.cabang"]
    assert missed == [f"{i}>{i + 1}:Ya" for i in range(1, 8)]
