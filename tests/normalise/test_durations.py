"""Working minutes."""

from __future__ import annotations

import pytest

from sopextract.normalise.durations import read_waktu, working_minutes
from sopextract.settings import NormaliseSettings

SETTINGS = NormaliseSettings()


@pytest.mark.parametrize(
    ("teks", "minutes"),
    [
        ("15 Menit", 15),
        ("1,5 jam", 90),
        ("40 jam", 2400),
        ("2 Hari", 900),
        ("2 hari kerja", 900),
        ("7 hari kalender", 2250),
        ("1 Minggu", 2250),
        ("1 bulan", 9000),
        ("1 tahun", 108000),
        ("½ hari", 225),
        ("30 detik", 0.5),
        ("maks. 3 hari", 1350),
        ("5-10 menit", 5),
        ("1 x 24 Jam", 321.43),
        ("Sesuai jadwal", None),
    ],
)
def test_minutes_follow_the_settings(teks: str, minutes: float | None) -> None:
    assert read_waktu(teks, None, SETTINGS).menit_kerja == minutes


def test_the_working_day_is_a_setting() -> None:
    assert working_minutes("P1D", None, NormaliseSettings(jam_per_hari=8)) == 480


def test_the_text_stays_as_printed() -> None:
    waktu = read_waktu("1 0 Hari Kerja", None, SETTINGS)
    assert (waktu.teks, waktu.durasi, waktu.hari) == ("1 0 Hari Kerja", "P10D", "kerja")
    assert read_waktu("30", "menit", SETTINGS).durasi == "PT30M"
