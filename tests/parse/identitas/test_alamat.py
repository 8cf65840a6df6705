"""The address of the agency."""

from __future__ import annotations

from sopextract.model.source import Place
from sopextract.parse.identitas.alamat import read_alamat
from sopextract.parse.identitas.kop import KopLine


def lines(*texts: str) -> list[KopLine]:
    return [KopLine(k, text, Place(line=k + 1)) for k, text in enumerate(texts)]


def test_joins_a_broken_word_that_stands_whole_elsewhere() -> None:
    found = read_alamat(
        lines("Jl. Raya Sukamaju-Cibadak No. 3 Kecamatan Sukama", "ju Kode Pos 43351"), "/lainnya/0"
    )
    assert found is not None
    reading, changes = found
    assert reading.value == "Jl. Raya Sukamaju-Cibadak No. 3 Kecamatan Sukamaju Kode Pos 43351"
    assert [(c.before, c.after, c.rule) for c in changes] == [
        ("Sukama ju", "Sukamaju", "ocr.broken-word")
    ]


def test_never_guesses_a_name() -> None:
    found = read_alamat(lines("Jalan Melati 7 Kecamatan Sukama", "ju Kode Pos 43351"), "/lainnya/0")
    assert found is not None
    assert found[0].value == "Jalan Melati 7 Kecamatan Sukama ju Kode Pos 43351"
    assert found[1] == ()


def test_takes_no_agency_line_and_needs_an_address() -> None:
    found = read_alamat(lines("Jl. Melati 7", "DINAS PERIKANAN"), "/lainnya/0")
    assert found is not None
    assert found[0].value == "Jl. Melati 7"
    assert read_alamat(lines("DINAS PERIKANAN", "KABUPATEN TOBA"), "/lainnya/0") is None
