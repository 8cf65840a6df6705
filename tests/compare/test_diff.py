"""What changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.compare.diff import ArchiveDiff, diff_archives, render_text
from sopextract.model.record import Alur, SopRecord
from tests.compare.sheets import PP_12, UU_23, five, waktu
from tests.factories import langkah, provenance, record

STEPS = (
    langkah(1, "Menerima surat dari kurir", "Petugas Loket", output="Surat"),
    langkah(2, "Mencatat surat ke buku agenda", "Staf", output="Agenda"),
    langkah(3, "Memberi arahan tindak lanjut", "Kepala Dinas", output="Disposisi"),
    langkah(4, "Mengarsipkan surat asli", "Arsiparis", output="Arsip"),
)


def version(**fields: object) -> SopRecord:
    values = {"langkah": STEPS, "dasar_hukum": (UU_23,)}
    return record(**(values | fields))


def changes(old: SopRecord, new: SopRecord) -> set[tuple[str, str, str, str]]:
    (sop,) = diff_archives([old], [new]).sops
    return {(d.what, d.where, d.left, d.right) for d in sop.differences}


def states(found: ArchiveDiff) -> list[str | None]:
    return [sop.matched for sop in found.sops]


def test_nothing_changed_is_said_so() -> None:
    found = diff_archives([version()], [version()])
    assert found.sops[0].differences == ()
    assert found.sops[0].figures == ()
    assert render_text(found) == "berubah: 0; tanpa perubahan: 1; baru: 0; tidak ada lagi: 0\n"


def test_identity_steps_and_legal_basis() -> None:
    steps = (
        STEPS[0],
        STEPS[1].model_copy(update={"waktu": waktu("2 Hari")}),
        langkah(3, "Memindai surat dan mengunggahnya", "Operator", output="Berkas digital"),
        STEPS[2].model_copy(update={"urutan": 4, "pelaksana": ("Sekretaris",)}),
        STEPS[3].model_copy(update={"urutan": 5}),
    )
    new = version(nomor_sop="02/DISKAN/2026", tanggal_efektif="2026-01-05", langkah=steps,
                  dasar_hukum=(PP_12,))  # fmt: skip
    found = changes(version(), new)
    assert found == {
        ("identitas", "Nomor SOP", "01/DISKAN/2024", "02/DISKAN/2026"),
        ("identitas", "Tanggal Efektif", "1 Februari 2024", "5 Januari 2026"),
        ("dasar hukum", "Dasar Hukum", UU_23.teks, ""),
        ("dasar hukum", "Dasar Hukum", "", PP_12.teks),
        ("waktu", "Langkah 2", "15 Menit", "2 Hari"),
        ("langkah baru", "Langkah 3", "", "Memindai surat dan mengunggahnya"),
        ("pelaksana", "Langkah 4 (dahulu 3)", "Kepala Dinas", "Sekretaris"),
    }


def test_figures_are_told_before_and_after() -> None:
    new = version(langkah=(*STEPS[:3], STEPS[3].model_copy(update={"waktu": waktu("1 Jam")})))
    (sop,) = diff_archives([version()], [new]).sops
    assert [(c.name, c.old, c.new) for c in sop.figures] == [
        ("Waktu jalur utama", "1 jam", "1 jam 45 menit"),
    ]


def test_a_new_return_in_the_flow_is_told() -> None:
    way = [Alur(dari=i, ke=i + 1, basis="drawn") for i in (1, 2, 3)]
    back = Alur(dari=3, ke=2, label="Tidak", basis="drawn")
    found = changes(version(alur=tuple(way)), version(alur=(*way, back)))
    assert found == {("alur", "Langkah 3", "", "langkah 3 → langkah 2 (Tidak)")}


def test_what_was_not_read_is_no_change() -> None:
    blind = STEPS[1].model_copy(update={"output": None})
    unread = {
        "/langkah/1/output": provenance(0.9, "unread"),
        "/nomor_sop": provenance(0.9, "unread"),
        "/dasar_hukum": provenance(0.9, "unread"),
    }
    new = version(langkah=(STEPS[0], blind, *STEPS[2:]), nomor_sop=None, dasar_hukum=(),
                  provenance=unread, alur=())  # fmt: skip
    assert changes(version(), new) == set()


def with_title(title: str | None, **fields: object) -> SopRecord:
    return version(nama_sop=title, **fields)


def test_archives_are_matched_by_bytes_then_number_then_title() -> None:
    old = [
        with_title("Cuti Tahunan", id="a-00", nomor_sop="1/X"),
        with_title("Surat Masuk", id="b-00", nomor_sop="2/X"),
        with_title("Surat Keluar", id="c-00", nomor_sop=None),
        with_title("Rapat", id="d-00", nomor_sop="830/ /X"),
    ]
    new = [
        with_title("Pengelolaan Surat Keluar Baru", id="x-00", nomor_sop=None),
        with_title("Mekanisme Surat Keluar", id="y-00", nomor_sop=None),
        with_title("Surat Masuk Dinas", id="z-00", nomor_sop="2/X"),
        with_title("Cuti", id="a-00", nomor_sop="9/X"),
    ]
    found = diff_archives(old, new)
    assert states(found) == [None, "judul", "nomor", "id", None]
    assert [s.old is None for s in found.sops] == [True, False, False, False, False]
    assert found.sops[4].new is None
    assert render_text(found).endswith(
        "berubah: 3; tanpa perubahan: 0; baru: 1; tidak ada lagi: 1\n"
    )


def test_two_of_one_title_are_not_guessed_apart() -> None:
    twice: Sequence[SopRecord] = [
        with_title("Rapat", id=f"{i}-00", nomor_sop=None) for i in range(2)
    ]
    other = [with_title("Rapat", id=f"{i}-01", nomor_sop=None) for i in range(2)]
    assert states(diff_archives(twice, other)) == [None] * 4


def test_control_characters_never_reach_the_terminal() -> None:
    text = render_text(diff_archives([version()], [with_title("Surat\x1b[31m\nMasuk")]))
    assert "\x1b" not in text
    assert "Surat[31m Masuk" in text


def test_the_words_are_those_of_the_comparison() -> None:
    old, new = five()[2], five()[3]
    found = {d.what for d in diff_archives([old], [new]).sops[0].differences}
    assert {"kegiatan", "pelaksana", "isi"} <= found


def test_several_copies_of_a_file_are_told_apart_by_place() -> None:
    def at(path: str) -> SopRecord:
        made = version(id="a-00")
        return made.model_copy(update={"source": made.source.model_copy(update={"path": path})})

    found = diff_archives([at("x.pdf"), at("y.pdf")], [at("z.pdf"), at("y.pdf"), at("w.pdf")])
    pairs = [(s.old and s.old.path, s.new and s.new.path) for s in found.sops]
    assert pairs == [("x.pdf", "z.pdf"), ("y.pdf", "y.pdf"), (None, "w.pdf")]


def test_steps_of_filling_words_alone_are_found_again() -> None:
    texts = ("Proses", "…", "", "Mencatat surat")
    steps = tuple(langkah(i, text, "Staf") for i, text in enumerate(texts, 1))
    assert changes(version(langkah=steps), version(langkah=steps)) == set()


def test_a_table_that_was_not_read_is_told_once_and_its_figures_are_not_known() -> None:
    new = version(langkah=(), alur=(), pelaksana=())
    (sop,) = diff_archives([version()], [new]).sops
    assert [(d.what, d.left, d.right) for d in sop.differences] == [
        ("tabel langkah", "4 langkah", "(tidak ada langkah yang terbaca)")
    ]
    assert {c.new for c in sop.figures} == {"tidak diketahui"}


def test_figures_of_rows_not_read_are_bounds() -> None:
    blind = tuple(step.model_copy(update={"pelaksana": (), "simbol": None}) for step in STEPS[2:])
    (sop,) = diff_archives([version()], [version(langkah=(*STEPS[:2], *blind))]).sops
    assert [(c.name, c.old, c.new) for c in sop.figures] == [
        ("Serah terima", "3", "≥ 1"),
        ("Keputusan", "0", "tidak diketahui"),
    ]


def test_a_date_of_odd_digits_stays_as_it_is() -> None:
    found = changes(version(), version(tanggal_efektif="2024-²-01"))
    assert found == {("identitas", "Tanggal Efektif", "1 Februari 2024", "2024-²-01")}


def test_the_date_of_approval_is_no_date_of_effect() -> None:
    old = version(tanggal_efektif=None, tanggal_pengesahan="2024-02-01")
    new = version(tanggal_efektif=None, tanggal_pengesahan="2026-01-05")
    assert changes(old, new) == {
        ("identitas", "Tanggal Pengesahan", "1 Februari 2024", "5 Januari 2026"),
    }


def test_a_column_that_no_step_uses_came_or_went() -> None:
    def columns(*names: str, **fields: object) -> SopRecord:
        return version(pelaksana=[
            {"nama": name, "lengkap": name, "kolom": i} for i, name in enumerate(names, 1)
        ], **fields)  # fmt: skip

    four = ("Petugas Loket", "Staf", "Kepala Dinas", "Arsiparis")
    where = "Kolom pelaksana tanpa langkah"
    told = changes(columns(*four, "Kasubbag TU"), columns(*four, "Bendahara"))
    assert told == {
        ("pelaksana", where, "Kasubbag TU", ""), ("pelaksana", where, "", "Bendahara")
    }  # fmt: skip
    again = columns(*four, "Kepala Sub Bagian Tata Usaha")  # the same post under its long name
    assert changes(columns(*four, "Kasubbag TU"), again) == set()
    unread = columns(provenance={"/pelaksana": provenance(0.2, "unread")})
    assert changes(columns(*four, "Kasubbag TU"), unread) == set()
    doubtful = columns(*four, "B3nd", provenance={"/pelaksana/4/nama": provenance(0.3)})
    assert changes(columns(*four), doubtful) == set()
