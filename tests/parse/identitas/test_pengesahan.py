"""Signature blocks as they are printed, in lines and in one line."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Method, PengesahanDraft
from sopextract.model.source import Place
from sopextract.parse.identitas.pengesahan import SignatureLine, merge_pengesahan, read_pengesahan

NIP = "19710203 199703 1 004"
AGENCY = ("DINAS PERPUSTAKAAN DAN KEARSIPAN", "KECAMATAN KEWAPANTE")


def read(text: str) -> PengesahanDraft:
    """The block whose lines are given."""
    lines = [SignatureLine(line, Place(line=i)) for i, line in enumerate(text.split("\n"), 1)]
    return read_pengesahan(lines, AGENCY, Method.LINE)


def read_dim(text: str) -> PengesahanDraft:
    """The same read from pixels."""
    lines = [SignatureLine(line, Place(1, score=0.99)) for line in text.split("\n")]
    return read_pengesahan(lines, AGENCY, Method.LINE)


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("MARTEN LEWA, S.SoS", 0.85),
        ("MARTEN LEWA, S.SiT", 0.97),
        ("MARTEN LEWA, S.Sos., M.Si", 0.97),
    ],
)
def test_a_degree_of_a_scan_with_capitals_inside_is_doubted(name: str, score: float) -> None:
    found = read_dim(f"KEPALA DINAS\n{name}\nNIP. {NIP}").nama
    assert found is not None
    assert (found.value, found.score) == (name, score)


@pytest.mark.parametrize(("rank", "score"), [("Penata k. I", 0.8), ("Penata Tk. I", 0.99)])
def test_a_rank_of_a_scan_that_was_cut_is_doubted(rank: str, score: float) -> None:
    found = read_dim(f"KEPALA DINAS\nMARTEN LEWA, S.Sos\n{rank}\nNIP. {NIP}").pangkat
    assert found is not None
    assert found.score == score


def values(draft: PengesahanDraft) -> tuple[str | None, ...]:
    """Post, name, NIP, rank and status."""
    found = (draft.jabatan, draft.nama, draft.nip, draft.pangkat, draft.status)
    return tuple(r.value if r is not None else None for r in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"KEPALA DINAS\n\nMARTEN LEWA, S.Sos\nNIP. {NIP}",
            ("KEPALA DINAS", "MARTEN LEWA, S.Sos", NIP, None, None),
        ),
        (
            f"KEPALA DINAS DR. MARTEN LEWA, M.Si NIP {NIP}",
            ("KEPALA DINAS", "DR. MARTEN LEWA, M.Si", NIP, None, None),
        ),
        (
            f"Plt. Kepala Dinas Perpustakaan dan Kearsipan\nttd\nMarten\nPembina Tk. I /IV/b\n"
            f"NIP. {NIP.replace(' ', '')}",
            (
                "Kepala Dinas Perpustakaan dan Kearsipan",
                "Marten",
                NIP,
                "Pembina Tk. I /IV/b",
                "Plt.",
            ),
        ),
        (
            f"Plh. KEPALA DINAS\nMARTEN LEWA\nPembina Utama Muda\nNIP. {NIP}",
            ("KEPALA DINAS", "MARTEN LEWA", NIP, "Pembina Utama Muda", "Plh."),
        ),
        (
            "a.n. BUPATI SIKKA\nSekretaris Daerah\n(MARTEN LEWA, S.STP, M.SP)",
            ("Sekretaris Daerah", "MARTEN LEWA, S.STP, M.SP", None, None, "a.n."),
        ),
        (
            f"Kepala Dinas KUKMTK\nMARTEN LEWA\nNIP. {NIP}",
            ("Kepala Dinas KUKMTK", "MARTEN LEWA", NIP, None, None),
        ),
        (
            "Kepala Dinas Kominfo Kabupaten Sikka\nMarten",
            ("Kepala Dinas Kominfo Kabupaten Sikka", "Marten", None, None, None),
        ),
        (
            f"KEPALA DINAS KOMINFO KABUPATEN SIKKA MARTEN LEWA, S.Kom NIP. {NIP}",
            ("KEPALA DINAS KOMINFO KABUPATEN SIKKA", "MARTEN LEWA, S.Kom", NIP, None, None),
        ),
        ("BUPATI SIKKA,\n\nMARTEN LEWA", ("BUPATI SIKKA", "MARTEN LEWA", None, None, None)),
        (
            f"CAMAT KEWAPANTE\nMARTEN LEWA, S.IP\nPenata Tk. I (III/d)\nNIP. {NIP}",
            ("CAMAT KEWAPANTE", "MARTEN LEWA, S.IP", NIP, "Penata Tk. I (III/d)", None),
        ),
        ("LURAH BERU\ndto.\nMaria Lewa", ("LURAH BERU", "Maria Lewa", None, None, None)),
        (
            "Direktur RSUD dr. T.C. Kambera\ndr. Marten Lewa, Sp.A",
            ("Direktur RSUD dr. T.C. Kambera", "dr. Marten Lewa, Sp.A", None, None, None),
        ),
        (
            "Ditetapkan di Maumere\npada tanggal 4 Maret 2024\nKEPALA DINAS\nMARTEN LEWA",
            ("KEPALA DINAS", "MARTEN LEWA", None, None, None),
        ),
        (
            "Maumere, 4 Maret 2024\nMengetahui,\nKEPALA DINAS\nMARTEN LEWA",
            ("KEPALA DINAS", "MARTEN LEWA", None, None, None),
        ),
        ("Kepala Dinas\nM. Ya'qub, S.Pd", ("Kepala Dinas", "M. Ya'qub, S.Pd", None, None, None)),
    ],
)
def test_a_block_is_read(text: str, wanted: tuple[str | None, ...]) -> None:
    nip = wanted[2].replace(" ", "") if wanted[2] else None
    assert values(read(text)) == (*wanted[:2], nip, *wanted[3:])


@pytest.mark.parametrize("text", ["KEPALA DINAS", "KEPALA DINAS PERPUSTAKAAN\nDAN KEARSIPAN"])
def test_the_words_of_a_post_are_no_name(text: str) -> None:
    draft = read(text)
    assert draft.nama is None
    assert draft.jabatan
    assert draft.jabatan.value == text.replace("\n", " ")


def test_blanks_to_fill_in_are_absent() -> None:
    draft = read("KEPALA DINAS\n(....................)\nNIP. ....................")
    assert draft.nama is None
    assert draft.nip
    assert (draft.nip.value, draft.nip.method) == (None, Method.ABSENT)


def test_a_number_that_is_no_nip_is_unread() -> None:
    draft = read("KEPALA DINAS\nMARTEN LEWA\nNIP. 19710203 1997")
    assert draft.nip
    assert (draft.nip.value, draft.nip.method) == (None, Method.UNREAD)


@pytest.mark.parametrize(
    "text",
    [
        "Ditandatangani secara elektronik oleh:\nKEPALA DINAS\nMARTEN LEWA, S.Sos",
        "KEPALA DINAS\nTelah ditandatangani secara elektronik oleh\nMARTEN LEWA, S.Sos",
        "KEPALA DINAS\ntangani secara elektronik oleh\nMARTEN LEWA, S.Sos",  # a stamp hid its start
        "KEPALA DINAS\nDitandatangani secara\nelektronik\nMARTEN LEWA, S.Sos",
    ],
)
def test_an_electronic_signature_without_nip(text: str) -> None:
    draft = read(text)
    assert values(draft) == ("KEPALA DINAS", "MARTEN LEWA, S.Sos", None, None, None)
    assert draft.tanda_tangan_elektronik
    assert draft.tanda_tangan_elektronik.value


def test_the_sheet_comes_before_the_block_at_the_end() -> None:
    both = merge_pengesahan(
        read("Kepala Dinas\nMARTEN LEWA"), read(f"Plt. Kepala Dinas\nM. LEWA, S.Sos\nNIP. {NIP}")
    )
    assert values(both) == ("Kepala Dinas", "MARTEN LEWA", NIP.replace(" ", ""), None, "Plt.")


def test_an_absent_value_gives_way_to_a_read_one() -> None:
    first = read("KEPALA DINAS\nNIP. ........")
    assert values(merge_pengesahan(first, read(f"MARTEN LEWA\nNIP. {NIP}")))[2] == NIP.replace(
        " ", ""
    )
