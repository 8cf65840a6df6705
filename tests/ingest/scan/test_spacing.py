"""Lost spaces and marks of specks: put in and taken away where the ink shows it, else doubted."""

from __future__ import annotations

import numpy as np
import pytest

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.raster import Mask
from tests.ingest.ocr.pictures import written

pytest.importorskip("cv2")

from sopextract.ingest.scan.lettering import lettering
from sopextract.ingest.scan.spacing import doubted, spaced

MARGIN = 6  # pixels, of `written`


def read_in(printed: str, read: str) -> ReadLine:
    """What `spaced` makes of words read as one in a picture of what was printed."""
    ink = written(printed) < 180
    edge = MARGIN / ink.shape[1]
    return spaced(ReadLine(((read, edge, 1 - edge, 0.99),)), np.asarray(ink))


@pytest.mark.parametrize(
    "printed",
    [
        "dan Fungsi",
        "Kepala Dinas",
        "rencana kerja tercetak",
        "H. Suharto",
        "sebagai bahan",
        "30 Menit",
        "kepada regu",
        "Pencatatan dan Pendataan:",
        "Tgl. Revisi",
        "September 2022",
        "Drs. SUHARTO,",
        "Mandagi, S.T.,",
        "surat, jika",
    ],
)
def test_a_space_that_the_ink_shows_is_put_in(printed: str) -> None:
    assert read_in(printed, printed.replace(" ", "")).text == printed


@pytest.mark.parametrize(
    "printed",
    [
        "rencanakerjatercetak",
        "WhatsApp",
        "Kertanegari",
        "S.Kom",
        "Kecamatan",
        "kepadaregu",
        "30Mnt",
        "S.STP.,M.Si",
    ],
)
def test_what_was_printed_in_one_stays(printed: str) -> None:
    assert read_in(printed, printed).text == printed


@pytest.mark.parametrize("read", ["1½jam", "½2jam", "1½2jam"])
def test_the_figures_of_a_fraction_are_read_once(read: str) -> None:
    assert read_in("½ jam", read).text == "½ jam"


def test_a_figure_before_a_fraction_stays() -> None:
    assert read_in("1½ jam", "1½2jam").text == "1½ jam"


def test_a_small_l_that_begins_a_word_is_its_capital_i() -> None:
    read = read_in("Kinerja Instansi", "Kinerjalnstansi")
    assert read.text == "Kinerja Instansi"
    assert [word[3] for word in read.words] == [0.89, 0.89]  # the ink does not tell them apart


def test_parted_words_lie_where_their_ink_does() -> None:
    (_, begin, end, _), (_, start, stop, _) = read_in("dan Fungsi", "danFungsi").words
    assert begin < end == start < stop
    assert end == pytest.approx(0.36, abs=0.04)


@pytest.mark.parametrize(
    ("read", "meant"),
    [("serta.", "serta"), ("dan,", "dan"), ("daftar.terisi", "daftar terisi"), ("Izin.", "Izin.")],
)
def test_a_mark_where_none_can_stand_is_a_speck(read: str, meant: str) -> None:
    assert read_in(read.replace(".", ". "), read).text == meant


def test_a_dash_behind_a_comma_is_dirt_in_the_space() -> None:
    read = read_in("Darmawan, S.Kom", "Darmawan,-S.Kom")
    assert read.text == "Darmawan, S.Kom"
    assert [word[3] for word in read.words] == [0.89, 0.89]


@pytest.mark.parametrize(
    ("words", "doubts"),
    [
        (("Undang", "Undang", "Nomor"), (True, True, False)),
        (("rencana-kerja", "surat-menyurat", "nilai-nilai"), (True, False, False)),
        (("H.Suharto", "S.Kom"), (True, False)),
        (("danFungsi", "serta"), (True, False)),
        (("SALINAN",), (True,)),
        (("SALINAN", "surat"), (False, False)),
    ],
)
def test_what_may_be_misread_is_not_sure(words: tuple[str, ...], doubts: tuple[bool, ...]) -> None:
    line = ReadLine(tuple((word, 0.0, 1.0, 0.99) for word in words))
    assert tuple(word[3] < 0.9 for word in doubted(line).words) == doubts


def test_where_a_stamp_hides_the_gaps_the_only_parting_is_taken() -> None:
    ink = stamped("rencana kerja tercetak")
    line = ReadLine((("rencanakerjatercetak", 0.02, 0.98, 0.9),))
    assert spaced(line, ink).text == "rencana kerja tercetak"


@pytest.mark.parametrize(
    ("printed", "hidden"),
    [
        ("rencana kerja", slice(12, 110)),  # letters that hang on a stamp's are no ink of the line
        ("surat dari kurir dan", slice(10, 150)),
    ],
)
def test_where_letters_are_missing_the_only_parting_is_taken(printed: str, hidden: slice) -> None:
    ink = np.array(written(printed) < 180)
    ink[:, hidden] = False
    line = ReadLine(((printed.replace(" ", ""), 0.02, 0.98, 0.9),))
    assert spaced(line, ink).text == printed


def test_a_long_piece_without_a_gap_hides_them_beside_letters_that_show_theirs() -> None:
    ink = np.array(written("menggandakan surat") < 180)
    ink[14, ink.shape[1] // 2 :] = True
    line = ReadLine((("menggandakansurat", 0.02, 0.98, 0.9),))
    assert spaced(line, ink).text == "menggandakan surat"


def test_a_year_behind_its_month_stands_apart_though_a_stamp_hides_the_space() -> None:
    line = ReadLine((("September2022", 0.02, 0.98, 0.9),))
    assert spaced(line, stamped("September 2022")).text == "September 2022"


def test_words_read_apart_stand_apart_though_ink_runs_on() -> None:
    ink = stamped("rencana kerja")
    line = ReadLine((("rencana", 0.02, 0.58, 0.9), ("kerja", 0.62, 0.98, 0.9)))
    read = lettering(line, ink, (0, 0), 0)
    first, last = read.words
    assert last.left - first.right >= 0.14 * read.size > 0


def stamped(text: str) -> Mask:
    """The ink of a line with a stroke through it that is not level: every column has some."""
    ink = np.array(written(text) < 180)
    columns = np.arange(ink.shape[1])
    for thick in range(2):
        ink[12 + thick + columns // 6 % 8, columns] = True
    return ink


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Pengumuman. koleksi", "Pengumuman koleksi"),
        (".Map, bukti", "Map, bukti"),
        ("3.. Mesin", "3. Mesin"),
        (".6. Mesin 2..", "6. Mesin 2.."),
        ("data .produksi.", "data produksi."),
        ("Laporan. Surat", "Laporan. Surat"),
        ("laporan.", "laporan."),
        ("Tgl. surat", "Tgl. surat"),
        ("berkas .docx", "berkas .docx"),
    ],
)
def test_a_stop_within_a_sentence_is_a_speck(words: str, meant: str) -> None:
    texts = words.split(" ")
    read = ReadLine(
        tuple((t, k / len(texts), (k + 0.9) / len(texts), 0.99) for k, t in enumerate(texts))
    )
    assert spaced(read, np.asarray(written(words) < 180)).text == meant


def test_a_line_without_words_stays_empty() -> None:
    assert spaced(ReadLine(()), np.zeros((20, 40), np.bool_)) == ReadLine(())
