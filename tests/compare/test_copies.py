"""Copied sheets and what was left in them."""

from __future__ import annotations

import pytest

from sopextract.compare import compare
from sopextract.compare.leftovers import find_leftovers
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, COPY_STEPS, UU_23, Step, five, sheet
from tests.factories import record

SETTINGS = CompareSettings()


def copies(records: list[SopRecord]) -> list[tuple[int, ...]]:
    return [group.members for group in compare(records, SETTINGS).copies]


def test_the_two_copies_of_five_are_found_with_their_true_differences() -> None:
    (group,) = compare(five(), SETTINGS).copies
    assert group.members == (2, 3)
    (pair,) = group.pairs
    assert (pair.kind, pair.steps, pair.same_steps) == ("salinan", (13, 13), 13)
    assert (pair.same_times, pair.compared_times) == (13, 13)
    found = {(d.what, d.where): (d.left, d.right) for d in pair.differences}
    assert found["judul", "Nama SOP"] == (
        "Monitoring/Evaluasi Internal Capaian Kinerja",
        "Pemantauan Capaian Kinerja Internal",
    )
    assert found["pelaksana", "Langkah 2, 3, 6, 7, 8, 9, 10, 11"] == (
        "Kasubag Program", "Kasubag PKP",
    )  # fmt: skip
    assert found["kegiatan", "Langkah 5"][1] == "Melaksanakan pemantauan capaian"
    assert found["isi", "Kualifikasi Pelaksana"][1].endswith("lingkup Badan")
    assert [(x.sop, x.words) for x in pair.leftovers] == [(3, "di lingkup Badan")]


def test_labels_of_the_table_are_compared() -> None:
    records = five()
    for i, label, remark in ((2, "Uraian Prosedur", "Ket."), (3, "Kegiatan", "KET")):
        labels = {"kegiatan": label, "keterangan": remark}
        part = {"pelaksana": (), "label": labels, "langkah": (1, 13)}
        records[i] = SopRecord.model_validate({**records[i].model_dump(), "bagian_tabel": (part,)})
    (group,) = compare(records, SETTINGS).copies
    found = [d for d in group.pairs[0].differences if d.what == "label"]
    assert [(d.where, d.left, d.right) for d in found] == [
        ("Kolom kegiatan", "Uraian Prosedur", "Kegiatan")
    ]


def test_a_family_is_not_a_copy() -> None:
    records = [five()[0], five()[4]]
    assert len(compare(records, SETTINGS).families) == 1
    assert copies(records) == []


def test_a_copy_under_another_title_is_a_copy_and_no_family() -> None:
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monitoring Bantuan", COPIED_STEPS),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "Peminjaman Kendaraan",
              tuple((k, a, t, "Lain") for k, a, t, _ in COPY_STEPS), dasar_hukum=(UU_23,)),
    ]  # fmt: skip
    assert copies(records) == [(0, 1)]


def test_the_same_file_twice_is_said_so() -> None:
    one = sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS)
    other = one.model_copy(update={"source": one.source.model_copy(update={"path": "b.txt"})})
    (group,) = compare([one, other], SETTINGS).copies
    assert group.pairs[0].kind == "berkas_sama"
    assert group.pairs[0].differences == ()


def test_short_flows_and_other_times_are_no_copies() -> None:
    short: tuple[Step, ...] = COPIED_STEPS[:3]
    assert copies([
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", short),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "B", short),
    ]) == []  # fmt: skip
    slower = tuple((k, a, "4 Hari", o) for k, a, _, o in COPIED_STEPS)
    assert copies([
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "A", COPIED_STEPS),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "A", slower),
    ]) == []  # fmt: skip


def test_leftovers_are_only_what_the_sheet_says_of_itself() -> None:
    def words_left(text: str, own: str | None = "Dinas Perikanan") -> list[str]:
        agency = {"pemerintah": None, "perangkat_daerah": own}
        made = record(instansi=agency, kualifikasi_pelaksana=(text,))
        return [left.words for left in find_leftovers(made, 0)]

    assert words_left("Koordinasi di lingkungan Biro") == ["di lingkungan Biro"]
    assert words_left("Koordinasi di lingkungan dinas") == []
    assert words_left("Pegawai di lingkungan Badan Kepegawaian Daerah") == []
    assert words_left("Koordinasi di lingkup Badan", None) == []


def test_many_copies_are_one_group_each_compared_with_the_first() -> None:
    records = [
        sheet(f"{i}.txt", f"Dinas {i}", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS[:6])
        for i in range(30)
    ]
    (group,) = compare(records, SETTINGS).copies
    assert sorted(group.members) == list(range(30))
    assert {pair.a for pair in group.pairs} == {group.members[0]}


def test_names_posts_and_regions_of_the_other_agency_are_named() -> None:
    def copied(text: str, actor: str) -> tuple[Step, ...]:
        first = (text, actor, "15 Menit", "Lembar isian")
        return (first, *COPIED_STEPS[1:])

    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kabupaten Banyumas", "Monev",
              copied("Menyiapkan lembar isian monitoring", "Kepala Bidang Rehabilitasi")),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "Monev Kabupaten Banyumas",
              copied("Menyiapkan lembar isian monitoring", "Sekretaris"),
              peringatan=("Laporan Dinas Sosial yang terlambat ditegur",),
              pencatatan_pendataan=("Dicatat oleh Kepala Bidang Rehabilitasi",)),
    ]  # fmt: skip
    compared = compare(records, SETTINGS)
    (group,) = compared.copies
    found = {(x.sop, x.kind, x.words, x.path, x.agency) for x in group.pairs[0].leftovers}
    other = compared.sheets[0].agency
    assert found == {
        (1, "wilayah", "Kabupaten Banyumas", "/nama_sop", other),
        (1, "instansi", "Dinas Sosial", "/peringatan/0", other),
        (1, "jabatan", "Kepala Bidang Rehabilitasi", "/pencatatan_pendataan/0", other),
    }


def test_the_own_province_and_a_longer_own_name_are_no_leftovers() -> None:
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Provinsi Jawa Tengah", "Monev", COPIED_STEPS),
        sheet("b.txt", "Dinas Sosial dan Pemberdayaan", "Pemerintah Kabupaten Banyumas", "Monev",
              COPIED_STEPS, peringatan=("Dilaporkan ke Provinsi Jawa Tengah oleh Dinas Sosial",)),
    ]  # fmt: skip
    (group,) = compare(records, SETTINGS).copies
    assert group.pairs[0].leftovers == ()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_file_under_two_names_is_told_however_short_its_flow(count: int) -> None:
    one = sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS[:count])
    other = one.model_copy(update={"source": one.source.model_copy(update={"path": "b.txt"})})
    (group,) = compare([one, other], SETTINGS).copies
    assert group.members == (0, 1)
    assert (group.pairs[0].kind, group.pairs[0].score) == ("berkas_sama", 1.0)
    assert group.pairs[0].differences == ()


def test_two_sheets_of_one_file_are_not_the_same_file() -> None:
    one = sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS[:2])
    source = one.source.model_copy(update={"index": 1})
    other = sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Cuti", COPIED_STEPS[3:5])
    other = other.model_copy(update={"source": source})
    assert compare([one, other], SETTINGS).copies == ()


def test_a_short_flow_is_a_copy_when_title_and_every_cell_are_the_same() -> None:
    short = COPIED_STEPS[:2]
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monev", short),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "MONEV", short),
        sheet("c.txt", "Dinas Pangan", "Pemerintah Kota Solok", "Cuti", short),
        sheet("d.txt", "Dinas Pangan", "Pemerintah Kota Metro", "Monev",
              ((short[0][0], short[0][1], "9 Hari", short[0][3]), *short[1:])),
        sheet("e.txt", "Dinas Sosial", "Pemerintah Kota Palu", "", short),
        sheet("f.txt", "Dinas Pangan", "Pemerintah Kota Dumai", "", short),
    ]  # fmt: skip
    (group,) = compare(records, SETTINGS).copies
    assert (group.members, group.pairs[0].kind) == ((0, 1), "salinan")
