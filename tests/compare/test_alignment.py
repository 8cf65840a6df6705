"""Steps side by side."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.compare.alignment import align, pair_steps
from sopextract.compare.cells import compare_steps, mark_words
from sopextract.compare.comparison import Row
from sopextract.compare.copies import compare_copy
from sopextract.compare.evidence import SPLIT_BLOCK, StepBank
from sopextract.compare.wording import match_posts
from tests.compare.sheets import COPIED_STEPS, COPY_STEPS, Step, five, sheet, waktu
from tests.factories import langkah, provenance

EXTRA: Step = ("Mengundang narasumber dari luar", "Sekretaris", "1 Hari", "Undangan")


def test_copies_align_row_by_row_with_differences_named() -> None:
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", COPIED_STEPS),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "A", COPY_STEPS),
    ]
    rows = align(records, (0, 1))
    assert len(rows) == 13
    assert all(cell is not None for row in rows for cell in row.cells)
    first, second, third = (row.cells[1] for row in rows[:3])
    assert first is not None
    assert first.state == "sama"
    assert first.differs == ()
    assert first.score is not None
    assert first.score > 0.99
    assert second is not None
    assert second.state == "mirip"
    assert second.differs == ("pelaksana",)
    assert third is not None
    assert dict(third.why) == {
        "kegiatan": 1.0, "pelaksana": 0.3, "kelengkapan": 1.0, "output": 1.0, "waktu": 1.0,
        "simbol": 1.0,
    }  # fmt: skip
    assert third.peran == ("kepala subbagian pkp",)
    assert third.pelaksana == ("Kasubag PKP",)


def test_inserted_and_dropped_steps_leave_gaps() -> None:
    other = (*COPIED_STEPS[:3], EXTRA, *COPIED_STEPS[4:8])
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", COPIED_STEPS[:8]),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "A", other),
    ]
    rows = align(records, (0, 1))
    pairs = [tuple(cell.urutan if cell else None for cell in row.cells) for row in rows]
    assert pairs == [
        (1, 1), (2, 2), (3, 3), (4, None), (None, 4), (5, 5), (6, 6), (7, 7), (8, 8),
    ]  # fmt: skip
    added = rows[4].cells[1]
    assert added is not None
    assert added.state == "tambahan"
    assert added.score is None


def test_the_same_insertion_of_two_sheets_shares_a_row() -> None:
    other = (*COPIED_STEPS[:2], EXTRA, *COPIED_STEPS[2:5])
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", COPIED_STEPS[:5]),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "A", other),
        sheet("c.txt", "Dinas Pasar", "Pemerintah Kota Solok", "A", other),
    ]
    rows = align(records, (0, 1, 2))
    assert len(rows) == 6
    assert rows[2].cells[0] is None
    assert [cell.state for cell in rows[2].cells[1:] if cell] == ["tambahan", "tambahan"]


def test_unlike_steps_are_not_made_a_pair() -> None:
    left = [langkah(1, "Menghitung kebutuhan pupuk", "Analis")]
    right = [langkah(1, "Mengantar undangan rapat", "Kurir")]
    assert [(a is None, b is None) for a, b in pair_steps(left, right)] == [
        (False, True), (True, False),
    ]  # fmt: skip


def test_a_missing_time_is_no_difference() -> None:
    a = langkah(1, "Mencatat surat", "Staf", waktu=None)
    b = langkah(1, "Mencatat surat", "Staf", waktu=waktu("2 Hari"))
    assert dict(compare_steps(a, b)) == {
        "kegiatan": 1.0, "pelaksana": 1.0, "kelengkapan": 1.0, "output": 1.0, "simbol": 1.0,
    }  # fmt: skip


def test_times_compare_by_amount_and_else_by_words() -> None:
    def time(one: str, other: str) -> float | None:
        a = langkah(1, "Mencatat", "Staf", waktu=waktu(one))
        b = langkah(1, "Mencatat", "Staf", waktu=waktu(other))
        return dict(compare_steps(a, b)).get("waktu")

    assert time("2 Hari", "2 Hari") == 1.0
    assert time("2 Hari", "3 Hari") == 0.0
    assert time("Sesuai jadwal", "sesuai Jadwal") == 1.0
    assert time("Sesuai jadwal", "2 Hari") == 0.0


def test_roles_meet_through_abbreviations_and_kinds_of_agency() -> None:
    assert match_posts(["Kasubbag TU"], ["Kepala Sub Bagian Tata Usaha"]) == 1.0
    assert match_posts(["Kadis"], ["Kepala Badan"]) == 1.0
    assert match_posts(["Sekretaris"], ["Sekretaris Dinas"]) == 1.0
    assert match_posts(["Sekretaris"], ["Sekretariat"]) == 0.0
    assert match_posts(["Kasubbag"], ["Kasubbag TU"]) == 0.5
    assert match_posts([], ["Staf"]) is None


def test_word_differences_are_marked_and_capitals_are_none() -> None:
    segments = mark_words("Mencatat surat dan arsip", "mencatat Surat masuk")
    assert [(s.text, s.mark) for s in segments] == [("mencatat Surat", "sama"), ("masuk", "beda")]
    segments = mark_words("Mencatat surat masuk", "Mencatat surat")
    assert [(s.text, s.mark) for s in segments] == [
        ("Mencatat surat", "sama"), ("masuk", "hilang"),
    ]  # fmt: skip
    assert [(s.text, s.mark) for s in mark_words("x", "")] == [("x", "hilang")]


def test_an_unread_actor_is_named_and_is_no_difference() -> None:
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", COPIED_STEPS[:4]),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "A",
              [(k, "" if k == COPIED_STEPS[0][0] else a, t, o) for k, a, t, o in COPIED_STEPS[:4]],
              provenance={"/langkah/0/pelaksana": provenance(0.9, "unread")}),
    ]  # fmt: skip
    first, second = (row.cells[1] for row in align(records, (0, 1))[:2])
    assert first is not None
    assert (first.pelaksana, first.unread, first.differs) == ((), ("pelaksana",), ())
    assert second is not None
    assert second.unread == ()


def places(rows: tuple[Row, ...]) -> list[list[list[int]]]:
    """Per row and sheet the steps that stand there."""
    return [
        [[c.urutan for c in (cell, *cell.more)] if cell else [] for cell in row.cells]
        for row in rows
    ]


SURAT: tuple[Step, ...] = (
    ("Menerima surat dari kurir", "Petugas Loket", "5 Menit", "Surat diterima"),
    ("Mencatat surat ke buku agenda dan memasang lembar disposisi", "Staf", "10 Menit", "Agenda"),
    ("Membaca isi surat dan memberi saran", "Sekretaris", "20 Menit", "Saran"),
    ("Memberi arahan tindak lanjut", "Kepala Dinas", "30 Menit", "Disposisi"),
    ("Menggandakan surat sesuai jumlah penerima", "Staf", "15 Menit", "Salinan surat"),
    ("Mengarsipkan surat asli", "Arsiparis", "10 Menit", "Arsip surat"),
)


def family(*sheets: tuple[Step, ...]) -> tuple[Row, ...]:
    records = [
        sheet(f"{i}.txt", f"Dinas {i}", "Pemerintah Kota Tegal", "Surat Masuk", steps)
        for i, steps in enumerate(sheets)
    ]
    return align(records, range(len(records)))


def test_one_step_in_two_is_told_as_split() -> None:
    parted = (
        SURAT[0],
        ("Mencatat surat ke buku agenda", "Staf", "5 Menit", "Agenda"),
        ("Memasang lembar disposisi pada surat", "Staf", "5 Menit", "Agenda"),
        *SURAT[2:],
    )
    rows = family(SURAT, parted, SURAT)
    assert places(rows)[1] == [[2], [2, 3], [2]]
    cell = rows[1].cells[1]
    assert cell is not None
    assert (cell.relation, [c.relation for c in cell.more]) == ("pecah", ["pecah"])
    assert all(c.score is not None for c in (cell, *cell.more))
    assert len(rows) == 6


def test_two_steps_in_one_are_told_as_merged() -> None:
    merged = (
        *SURAT[:4],
        ("Menggandakan surat sesuai jumlah penerima serta mengarsipkan surat asli", "Staf",
         "25 Menit", "Arsip surat"),
    )  # fmt: skip
    rows = family(SURAT, merged, SURAT)
    assert places(rows)[4:] == [[[5], [5], [5]], [[6], [5], [6]]]
    assert [cell.relation for row in rows[4:] if (cell := row.cells[1])] == ["gabung", "gabung"]


def test_a_step_at_another_place_is_told_as_swapped() -> None:
    turned = (SURAT[0], SURAT[1], SURAT[2], SURAT[4], SURAT[3], SURAT[5])
    rows = family(SURAT, turned, SURAT)
    assert len(rows) == 6
    assert [p[1] for p in places(rows)] == [[1], [2], [3], [5], [4], [6]]
    assert [r.cells[1].relation for r in rows if r.cells[1] and r.cells[1].relation] == ["tukar"]


def test_posts_of_one_kind_and_another_unit_are_neither_same_nor_strange() -> None:
    assert match_posts(["Kasubbag Umum"], ["Kasubag Program"]) == 0.3
    assert match_posts(["Kepala Bidang Mutasi"], ["Bendahara"]) == 0.0


def test_rows_do_not_depend_on_when_they_are_asked() -> None:
    first, second = family(SURAT, COPIED_STEPS, SURAT), family(SURAT, COPIED_STEPS, SURAT)
    assert first == second


def test_families_too_large_to_weigh_all_pairs_give_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parted = (
        SURAT[0],
        ("Mencatat surat ke buku agenda", "Staf", "5 Menit", "Agenda"),
        ("Memasang lembar disposisi pada surat", "Staf", "Sesuai jadwal", ""),
        *SURAT[2:],
    )
    sheets = (SURAT, parted, (*SURAT[:2], EXTRA, *SURAT[2:]), SURAT)
    whole = family(*sheets)
    monkeypatch.setattr("sopextract.compare.evidence.ALL_MAX", 0)
    assert family(*sheets) == whole


def test_a_value_more_likely_wrong_than_right_is_no_difference() -> None:
    doubts = {f"/langkah/0/{name}": provenance(0.3) for name in ("pelaksana", "output", "waktu")}
    steps = (("Mencatat surat masuk di buku", "Staf", "5 Menit", "Catatan"),)
    other = (("Mencatat surat masuk di buku", "Kadis", "9 Menit", "Arsip"),)
    pair = [
        sheet("a.txt", "Dinas A", "Kota A", "Surat", steps),
        sheet("b.txt", "Dinas B", "Kota B", "Surat", other, provenance=doubts),
    ]
    (row,) = align(pair, (0, 1))
    cell = row.cells[1]
    assert cell is not None
    assert (cell.differs, cell.unread, cell.waktu) == ((), (), "9 Menit")
    found = compare_copy(pair, 0, 1).differences
    assert not {"pelaksana", "output", "waktu"} & {d.what for d in found if "Langkah" in d.where}


def test_splits_asked_by_the_thousand_are_answered_as_one_by_one() -> None:
    bank = StepBank([five()[0].langkah, five()[1].langkah])
    count = len(bank.place)
    triples = np.array(
        [(i, j, k) for i in range(count) for j in range(count) for k in range(count)]
    )
    asked = triples[np.arange(2 * SPLIT_BLOCK + 7) % len(triples)]
    found = bank.split_odds(asked[:, 0], asked[:, 1], asked[:, 2])
    assert found.shape == (2 * SPLIT_BLOCK + 7,)
    for at in (0, SPLIT_BLOCK - 1, SPLIT_BLOCK, 2 * SPLIT_BLOCK + 6):
        one, first, second = asked[at : at + 1].T
        assert bank.split_odds(one, first, second) == pytest.approx(found[at : at + 1])
    assert bank.split_odds(*(np.zeros(0, dtype=np.intp),) * 3).shape == (0,)
