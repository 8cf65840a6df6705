"""What of a sheet is said by no label: titles, signatures at the end, hybrids."""

from __future__ import annotations

from tests.parse.documents import SHEET, read_one


def test_a_misspelt_label_is_logged_with_the_right_one() -> None:
    draft = read_one(
        SHEET.replace("Mutu Baku", "Mutu Buku").replace("Tanggal Efektif", "TGL EFEKTIP")
    )
    assert {(c.path, c.before, c.after) for c in draft.changes} == {
        ("label:mutu_baku", "Mutu Buku", "Mutu Baku"),
        ("label:tanggal_efektif", "TGL EFEKTIP", "Tanggal Efektif"),
    }


def test_a_signature_at_the_end_fills_what_the_sheet_leaves_out() -> None:
    text = SHEET.replace(
        "KEPALA DINAS MARTEN LEWA, S.Sos NIP. 19710203 199703 1 004", "Kepala Dinas"
    )
    draft = read_one(text + "\n\nPlt. KEPALA DINAS\n\nMARTEN LEWA\nNIP. 19710203 199703 1 004\n")
    sah = draft.disahkan_oleh
    assert [r and r.value for r in (sah.jabatan, sah.nama, sah.nip, sah.status)] == [
        "Kepala Dinas",
        "MARTEN LEWA",
        "197102031997031004",
        "Plt.",
    ]


def test_another_name_at_the_end_is_kept_beside() -> None:
    draft = read_one(SHEET + "\n\nKEPALA DINAS\n\nMARIA NONA\nNIP. 19710203 199703 1 004\n")
    assert draft.disahkan_oleh.nama
    assert draft.disahkan_oleh.nama.value == "MARTEN LEWA, S.Sos"
    assert [(label, "MARIA NONA" in r.value) for label, r in draft.lainnya] == [
        ("Blok tanda tangan", True)
    ]


def test_labels_outside_the_form_are_kept() -> None:
    draft = read_one(SHEET.replace("Dasar Hukum", "Halaman\t: 1 dari 2\nDasar Hukum", 1))
    assert [(label, r.value) for label, r in draft.lainnya] == [("Halaman", "1 dari 2")]


def test_a_title_above_the_table_that_differs_is_kept_beside() -> None:
    draft = read_one(SHEET.replace("SOP PEMINJAMAN BUKU", "SOP : LAYANAN SIRKULASI"))
    assert draft.nama_sop
    assert draft.nama_sop.value == "Peminjaman Buku"
    assert [t.value for t in draft.judul_lain] == ["LAYANAN SIRKULASI"]
