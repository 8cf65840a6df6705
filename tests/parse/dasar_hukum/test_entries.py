"""The grammar of the legal basis and the splitting of its list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopextract.model.draft import Citation
from sopextract.parse.dasar_hukum.citation import parse_citation, read_citation
from sopextract.parse.dasar_hukum.entries import parse_dasar_hukum
from sopextract.parse.dasar_hukum.splitting import split_entries
from tests.factories import reading
from tests.parse.citation_cases import CASES


@pytest.mark.parametrize(
    ("text", "jenis", "nomor", "tahun", "tentang", "daerah", "penerbit"),
    CASES,
    ids=[case[0][:60] for case in CASES],
)
def test_citation(
    text: str,
    jenis: str | None,
    nomor: str | None,
    tahun: int | None,
    tentang: str | None,
    daerah: str | None,
    penerbit: str | None,
) -> None:
    assert parse_citation(text) == Citation(jenis, nomor, tahun, tentang, daerah, penerbit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ISO 9001:2008",
        "Renstra Dinas Perikanan",
        "Peraturan yang berlaku",
        "Keputusan pimpinan",
        "2014",
        "Pedoman mutu laboratorium",
    ],
)
def test_no_citation(text: str) -> None:
    assert parse_citation(text) is None


def test_amendment_of_regional_law_keeps_both_titles() -> None:
    cited = parse_citation(
        "Peraturan Daerah Nomor 8 Tahun 2016 tentang Susunan Perangkat Daerah Provinsi Lampung "
        "sebagaimana telah diubah dengan Peraturan Daerah Nomor 11 Tahun 2019 tentang Perubahan "
        "Atas Peraturan Daerah"
    )
    assert cited == Citation(
        "Perda",
        "8",
        2016,
        "Susunan Perangkat Daerah Provinsi Lampung",
        daerah="Provinsi Lampung",
        diubah_dengan=(Citation("Perda", "11", 2019, "Perubahan Atas Peraturan Daerah"),),
    )
    assert cited is not None
    assert cited.diubah_dengan[0].teks == (
        "Peraturan Daerah Nomor 11 Tahun 2019 tentang Perubahan Atas Peraturan Daerah"
    )


BASE = "Undang-Undang Nomor 12 Tahun 2011 tentang Pembentukan Peraturan Perundang-undangan"
FIRST = Citation("UU", "15", 2019, None)
LAST = Citation("UU", "13", 2022, None)


@pytest.mark.parametrize(
    ("clause", "amending"),
    [
        (" sebagaimana telah diubah dengan UU No. 15 Tahun 2019", (FIRST,)),
        (" sebagaimana diubah dengan Undang-Undang Nomor 15 Tahun 2019", (FIRST,)),
        (", yang telah diubah dengan UU 15/2019;", (FIRST,)),
        (" sebagairnana telah diubah dengan UU 15/2019", (FIRST,)),
        (" sebagaimana telah beberapa kali diubah terakhir dengan UU No 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah beberapa kali diubah, terakhir dengan UU No 13 Th 2022", (LAST,)),
        (" sebagaimana telah diubah terakhir dengan UU Nomor 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah diubah beberapa kali, terakhir dengan UU No. 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah diubah untuk kedua kali dengan UU No. 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah dua kali diubah terakhir dengan UU No. 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah diubah dan ditambah dengan UU No. 15 Tahun 2019", (FIRST,)),
        (" s.t.d.d. UU Nomor 15 Tahun 2019", (FIRST,)),
        (" s.t.d.t.d UU Nomor 13 Tahun 2022", (LAST,)),
        (" sebagaimana telah diubah dengan UU 15/2019 dan UU 13/2022", (FIRST, LAST)),
        (
            " sebagaimana telah diubah dengan UU No. 15 Tahun 2019, terakhir diubah dengan "
            "UU No. 13 Tahun 2022",
            (FIRST, LAST),
        ),
        (" beserta perubahannya", ()),
        (" (Lembaran Negara Republik Indonesia Tahun 2011 Nomor 82)", ()),
        (
            " (Lembaran Negara Tahun 2011 Nomor 82, Tambahan Lembaran Negara Nomor 5234) "
            "sebagaimana telah diubah dengan UU Nomor 15 Tahun 2019",
            (FIRST,),
        ),
    ],
)
def test_amendment_clause(clause: str, amending: tuple[Citation, ...]) -> None:
    cited = parse_citation(BASE + clause)
    title = "Pembentukan Peraturan Perundang-undangan"
    assert cited == Citation("UU", "12", 2011, title, diubah_dengan=amending)


def test_joinder_chain() -> None:
    assert parse_citation(
        "Perpres No. 16 Tahun 2018 jo. Perpres No. 12 Tahun 2021 jo. Perpres No. 46 Tahun 2025;"
    ) == Citation(
        "Perpres",
        "16",
        2018,
        None,
        juncto=(Citation("Perpres", "12", 2021, None), Citation("Perpres", "46", 2025, None)),
    )


@pytest.mark.parametrize("word", ["jo.", "jo", "juncto", "Jo."])
def test_joinder_without_kind(word: str) -> None:
    cited = parse_citation(f"UU No. 31 Tahun 1999 {word} No. 20 Tahun 2001")
    assert cited == Citation("UU", "31", 1999, None, juncto=(Citation(None, "20", 2001, None),))


def test_amendment_of_an_act_in_the_title_stays_there() -> None:
    title = (
        "Pelaksanaan Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan "
        "sebagaimana telah diubah dengan Undang-Undang Nomor 24 Tahun 2013"
    )
    cited = parse_citation(f"Peraturan Pemerintah Nomor 40 Tahun 2019 tentang {title}")
    assert cited == Citation("PP", "40", 2019, title)


def test_amending_act_with_title_names_the_amended_act_inside() -> None:
    title = (
        "Perubahan Kedua atas Peraturan Kepala BPS Nomor 7 Tahun 2008 tentang Organisasi dan "
        "Tata Kerja Badan Pusat Statistik"
    )
    cited = parse_citation(f"Peraturan Kepala BPS Nomor 9 Tahun 2017 tentang {title}")
    assert cited == Citation("Peraturan Kepala BPS", "9", 2017, title)


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("PP Nomor 12 Tahun 2Ol9", [("/tahun", "2Ol9", "2019")]),
        ("PP Nomor 12 Tahun 2O2O", [("/tahun", "2O2O", "2020")]),
        ("PP Nomor 12 Tahun 2OLa", [("/tahun", "2OLa", "2014")]),
        ("PP Nomor lO7 Tahun 2000", [("/nomor", "lO7", "107")]),
        ("PP Nomor l Tahun 2000", [("/nomor", "l", "1")]),
        ("PP Nomor I1 Tahun 2000", [("/nomor", "I1", "11")]),
        ("PMK Nomor 113/PMK.O5/2012", [("/nomor", "113/PMK.O5/2012", "113/PMK.05/2012")]),
        ("Permenkes Nomor 12A Tahun 2014", []),
        ("TAP MPR Nomor XI/MPR/1998", []),
        (
            "UU Nomor 5 Tahun 2014 s.t.d.d. UU Nomor 6 Tahun 2Ol9",
            [("/diubah_dengan/0/tahun", "2Ol9", "2019")],
        ),
    ],
)
def test_misread_figures_are_repaired_and_said(
    text: str, repairs: list[tuple[str, str, str]]
) -> None:
    read = read_citation(text)
    assert read is not None
    assert [(r.path, r.before, r.after) for r in read.repairs] == repairs


def split(*lines: str) -> list[str]:
    return [entry.value for entry in split_entries([reading(line) for line in lines])[0]]


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (["1. UU 23/2014 2. PP 12/2019 3. PP 2/2018"], ["UU 23/2014", "PP 12/2019", "PP 2/2018"]),
        (["1. UU Nomor 2. Tahun 2014"], ["UU Nomor 2. Tahun 2014"]),
        (["UU Nomor", "2. Tahun 2014"], ["UU Nomor 2. Tahun 2014"]),
        (
            ["1. UU Nomor 43 Tahun 2009 tentang", "Kearsipan", "2. PP Nomor 28 Tahun 2012"],
            ["UU Nomor 43 Tahun 2009 tentang Kearsipan", "PP Nomor 28 Tahun 2012"],
        ),
        (
            ["1. PP Nomor 28 Tahun 2020 tentang Perubahan atas", "PP Nomor 27 Tahun 2014"],
            ["PP Nomor 28 Tahun 2020 tentang Perubahan atas PP Nomor 27 Tahun 2014"],
        ),
        (
            ["Undang-", "Undang Nomor 43 Tahun 2009", "Peraturan Pemerintah Nomor 28 Tahun 2012"],
            ["Undang-Undang Nomor 43 Tahun 2009", "Peraturan Pemerintah Nomor 28 Tahun 2012"],
        ),
        (["a. UU 23/2014", "b. PP 12/2019"], ["UU 23/2014", "PP 12/2019"]),
        (
            ["• UU 23/2014", "- PP 12/2019", "` PP 2/2018"],
            ["UU 23/2014", "PP 12/2019", "PP 2/2018"],
        ),
        (["1 UU 23/2014", "2 PP 12/2019"], ["UU 23/2014", "PP 12/2019"]),
        (["1) UU 23/2014", "(2) PP 12/2019"], ["UU 23/2014", "PP 12/2019"]),
        (["1.UU 23/2014", "2.PP 12/2019"], ["UU 23/2014", "PP 12/2019"]),
        (["1, UU 23/2014", "2, PP 12/2019"], ["UU 23/2014", "PP 12/2019"]),
        (["UU 23/2014; PP 12/2019; dan PP 2/2018"], ["UU 23/2014;", "PP 12/2019;", "PP 2/2018"]),
        (
            ["1. UU Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara2. PP Nomor 53 Tahun 2010"],
            ["UU Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara", "PP Nomor 53 Tahun 2010"],
        ),
        (
            ["1. UU Nomor 5 Tahun 20142. PP Nomor 53 Tahun 2010"],
            ["UU Nomor 5 Tahun 2014", "PP Nomor 53 Tahun 2010"],
        ),
        (
            ["PP Nomor 28 Tahun 2012 tentang Pelaksanaan UU", "1.", "Nomor 43 Tahun 2009"],
            ["PP Nomor 28 Tahun 2012 tentang Pelaksanaan UU Nomor 43 Tahun 2009"],
        ),
        (
            ["<ol><li>1. UU 23/2014</li><li>2. PP 12/2019</li></ol>"],
            ["UU 23/2014", "PP 12/2019"],
        ),
        (["1. Renstra Dinas 2. Pedoman Mutu"], ["Renstra Dinas", "Pedoman Mutu"]),
    ],
)
def test_split(lines: list[str], entries: list[str]) -> None:
    assert split(*lines) == entries


def test_empty_item_is_given_apart_and_logged() -> None:
    readings = [reading("1. UU 23/2014"), reading("2. "), reading("3. PP 12/2019")]
    entries, empty = split_entries(readings)
    assert [e.value for e in entries] == ["UU 23/2014", "PP 12/2019"]
    assert [(e.text, e.value) for e in empty] == [("2.", "")]
    drafts, changes = parse_dasar_hukum(readings)
    assert [d.citation and d.citation.jenis for d in drafts] == ["UU", "PP"]
    assert [(c.path, c.before, c.after, c.rule) for c in changes] == [
        ("/dasar_hukum", "2.", "", "list.empty-item")
    ]


def test_entry_keeps_its_text_and_the_place_of_its_first_line() -> None:
    entries, _ = split_entries([reading("1. UU Nomor 5 Tahun 2014"), reading("tentang Y")])
    assert [(e.value, e.text) for e in entries] == [
        ("UU Nomor 5 Tahun 2014 tentang Y", "1. UU Nomor 5 Tahun 2014 tentang Y")
    ]


def test_misread_figure_becomes_a_change_of_the_entry() -> None:
    _, changes = parse_dasar_hukum([reading("1. UU 23/2014"), reading("2. PP No 12 Tahun 2Ol9")])
    assert [(c.path, c.before, c.after, c.rule) for c in changes] == [
        ("/dasar_hukum/1/tahun", "2Ol9", "2019", "citation.digits")
    ]


FRAGMENTS = st.sampled_from(
    re.split(
        r"\|",
        "Undang-Undang|Peraturan|Menteri|Dalam Negeri|Daerah|Bupati|Nomor|No.|Tahun|tentang|12|2014"
        "|2Ol9|jo.|sebagaimana|telah|diubah|dengan|terakhir|dan|;|,|(|)|/|-|1.|2.|a.|•|s.t.d.d.|SE|PER"
        "|PER/21/M.PAN/11/2008|Lembaran Negara|Kabupaten Way Kanan|tanggal|<li>|\n",
    )
)
ENTRIES = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=30).map(" ".join))


@given(ENTRIES)
def test_any_text_gives_a_result(text: str) -> None:
    cited = parse_citation(text)
    if cited is not None and cited.tentang is not None:
        assert cited.tentang in " ".join(text.split())


@given(st.lists(ENTRIES, max_size=5))
def test_splitting_again_changes_nothing_that_has_no_number_in_front(texts: list[str]) -> None:
    entries, empty = split_entries([reading(text) for text in texts])
    assert all(entry.value.strip() for entry in entries)
    assert not any(entry.value for entry in empty)
    drafts, _ = parse_dasar_hukum([reading(text) for text in texts])
    assert [d.teks for d in drafts] == list(entries)
