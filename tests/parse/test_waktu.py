"""The grammar of the Waktu column."""

from __future__ import annotations

import pytest

from sopextract.lexicon.satuan import duration_parts
from sopextract.parse.waktu import WaktuDraft, find_unit, looks_like_duration, parse_waktu

READ = {
    "15 Menit": WaktuDraft("PT15M"),
    "15menit": WaktuDraft("PT15M"),
    "30 mnt.": WaktuDraft("PT30M"),
    "15 minit": WaktuDraft("PT15M"),
    "15'": WaktuDraft("PT15M"),
    "2 Jam": WaktuDraft("PT2H"),
    "2 j": WaktuDraft("PT2H"),
    "40 jam": WaktuDraft("PT40H"),
    "1 Minggu": WaktuDraft("P1W"),
    "2 mgg": WaktuDraft("P2W"),
    "1 bulan": WaktuDraft("P1M"),
    "1 thn": WaktuDraft("P1Y"),
    "30 detik": WaktuDraft("PT30S"),
    "3 Hari": WaktuDraft("P3D"),
    "3 hari kerja": WaktuDraft("P3D", None, "kerja"),
    "3 HK": WaktuDraft("P3D", None, "kerja"),
    "3 hari efektif": WaktuDraft("P3D", None, "kerja"),
    "3 hari kalender": WaktuDraft("P3D", None, "kalender"),
    "1 0 Hari Kerja": WaktuDraft("P10D", None, "kerja"),
    "5-10 menit": WaktuDraft("PT5M", "PT10M"),
    "1 – 20 Hari Kerja": WaktuDraft("P1D", "P20D", "kerja"),
    "30 menit - 3 Jam": WaktuDraft("PT30M", "PT3H"),
    "1 s.d. 2 bulan": WaktuDraft("P1M", "P2M"),
    "1 s/d 3 hari": WaktuDraft("P1D", "P3D"),
    "½ jam": WaktuDraft("PT30M"),
    "1½ jam": WaktuDraft("PT1H30M"),
    "1 1/2 jam": WaktuDraft("PT1H30M"),
    "1/2 hari": WaktuDraft("P0.5D"),
    "1,5 jam": WaktuDraft("PT1H30M"),
    "2.5 jam": WaktuDraft("PT2H30M"),
    "1 jam 30 menit": WaktuDraft("PT1H30M"),
    "1.500 menit": WaktuDraft("PT1500M"),
    "1 (satu) hari kerja": WaktuDraft("P1D", None, "kerja"),
    "14 (empat belas) Hari": WaktuDraft("P14D"),
    "satu minggu": WaktuDraft("P1W"),
    "setengah jam": WaktuDraft("PT30M"),
    "satu setengah jam": WaktuDraft("PT1H30M"),
    "dua puluh lima menit": WaktuDraft("PT25M"),
    "seminggu": WaktuDraft("P1W"),
    "2 menit/berkas": WaktuDraft("PT2M"),
    "15 menit/ berkas": WaktuDraft("PT15M"),
    "10 menit per dokumen": WaktuDraft("PT10M"),
    "maks. 3 hari": WaktuDraft(None, "P3D"),
    "Maksimal 3 hari": WaktuDraft(None, "P3D"),
    "paling lama 14 hari kerja": WaktuDraft(None, "P14D", "kerja"),
    "3 hari (maksimal)": WaktuDraft(None, "P3D"),
    "± 30 menit": WaktuDraft("PT30M"),
    "< 1 jam": WaktuDraft(None, "PT1H"),
    "1 x 24 Jam": WaktuDraft("PT24H", round_the_clock=True),
    "2x24 jam": WaktuDraft("PT48H", round_the_clock=True),
    "selama 3 hari": WaktuDraft("P3D"),
    "60 (menit)": WaktuDraft("PT60M"),
    "3 hari kerja sejak berkas diterima": WaktuDraft("P3D", None, "kerja"),
}


@pytest.mark.parametrize(("text", "draft"), READ.items())
def test_amounts_are_read_with_their_units_as_printed(text: str, draft: WaktuDraft) -> None:
    assert parse_waktu(text) == draft


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "2",
        "5-10",
        "120 Menit / 3 Hari",
        "2 bulan 1 minggu; 5 hari kerja; 1 hari",
        "Triwulanan",
        "1 semester",
        "setiap hari",
        "tiap 3 bulan",
        "1 bulan (tanggal 1-20)",
        "2 minggu (Des, Apr, Ags)",
        "Januari- Februari, April-Mei",
        "tanggal 20-31",
        "Sesuai jadwal",
        "Sejak Kickoff",
        "Laporan Semesteran",
        "2 (tiga) hari",
        "10-5 menit",
        "0 menit",
        "1 jam/hari",
        "minimal 3 hari",
        "3 hari sebelum rapat",
        "1 5 menit",
        "30 menit 1 jam",
        "12/13 hari",
    ],
)
def test_what_names_no_single_amount_gives_nothing(text: str) -> None:
    assert parse_waktu(text) == WaktuDraft()


def test_the_label_gives_a_bare_number_its_unit() -> None:
    assert find_unit("WAKTU (Dalam Menit)") == "menit"
    assert find_unit("Waktu (hari kerja)") == "hari kerja"
    assert find_unit("Waktu") is None
    assert parse_waktu("15", "menit").durasi == "PT15M"
    assert parse_waktu("5-10", "menit") == WaktuDraft("PT5M", "PT10M")
    assert parse_waktu("3", "hari kerja") == WaktuDraft("P3D", None, "kerja")
    assert parse_waktu("2 jam", "menit").durasi == "PT2H"


def test_cells_of_the_time_column_are_told_from_others() -> None:
    assert looks_like_duration("15 Menit") == 1.0
    assert looks_like_duration("Sesuai jadwal yang telah ditentukan") > 0.5
    assert looks_like_duration("1 bulan (tanggal 1-20)") > 0.5
    assert 0 < looks_like_duration("2") < 0.5
    assert looks_like_duration("Disposisi") == 0
    assert looks_like_duration("Laporan Bulanan") == 0
    assert looks_like_duration("Nomor 43 Tahun 2009 tentang Arsip") == 0
    assert looks_like_duration("Berita acara pembukaan 1 hari kerja") < 0.5


def test_parts_of_a_duration() -> None:
    assert [(str(n), u) for n, u in duration_parts("P1DT2H30M")] == [
        ("1", "hari"),
        ("2", "jam"),
        ("30", "menit"),
    ]
    with pytest.raises(ValueError, match="not a duration"):
        duration_parts("2 jam")
