"""Documents of several sheets."""

from __future__ import annotations

import pytest

from sopextract.model.draft import SopDraft
from tests.parse.documents import HEADER, IDENTITY, SHEET, STEPS, read, tabs

TITLES = ("Peminjaman Buku", "Pengembalian Buku", "Pendaftaran Anggota")
FLOW = "SOP PEMINJAMAN BUKU\n\n" + tabs(*HEADER, *STEPS) + "\n"
COVER = """STANDAR OPERASIONAL PROSEDUR
PEMINJAMAN BUKU

PEMERINTAH KABUPATEN SIKKA
DINAS PERPUSTAKAAN DAN KEARSIPAN
Jalan Melati Nomor 3 Maumere
Tahun 2024

"""


def sheet(k: int, text: str = SHEET) -> str:
    """The sheet under another number and title."""
    text = text.replace("12/DISPUSIP", f"{12 + k}/DISPUSIP")
    text = text.replace("Peminjaman Buku", TITLES[k])
    return text.replace("PEMINJAMAN BUKU", TITLES[k].upper())


def check(drafts: tuple[SopDraft, ...], n: int) -> None:
    """Each sheet with its own number, titles and steps."""
    assert [d.nomor_sop.value for d in drafts if d.nomor_sop] == [
        f"{12 + k}/DISPUSIP/2024" for k in range(n)
    ]
    assert [d.nama_sop.value for d in drafts if d.nama_sop] == list(TITLES[:n])
    assert [d.index for d in drafts] == list(range(n))
    for draft, title in zip(drafts, TITLES, strict=False):
        assert len(draft.langkah) == 4
        assert {t.value for t in draft.judul_lain} == {title.upper()}
        assert draft.perangkat_daerah
        assert draft.perangkat_daerah.value == "DINAS PERPUSTAKAAN DAN KEARSIPAN"
        assert [i.value for i in draft.pencatatan_pendataan.items] == ["Buku peminjaman"]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_sheets_one_after_another(n: int) -> None:
    check(read("\n\n".join(sheet(k) for k in range(n))), n)


def test_sheets_each_behind_its_cover() -> None:
    check(read("\n".join(sheet(k, COVER + SHEET) for k in range(2))), 2)


def test_sheets_whose_flow_stands_first() -> None:
    check(read("\n".join(sheet(k, FLOW + IDENTITY) for k in range(2))), 2)


def test_one_sheet_whose_flow_stands_first() -> None:
    check(read(FLOW + IDENTITY), 1)


def test_a_label_said_twice_in_one_sheet_does_not_cut_it() -> None:
    (draft,) = read(SHEET + "\nKeterkaitan\nSOP Lain\n")
    assert len(draft.langkah) == 4
