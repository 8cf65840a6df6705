"""Text layers that lie, and those that only look as if they did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest.page import DrawnPage
from sopextract.ingest.pdf import read_pdf
from sopextract.ingest.pdf.reader import draw_pages
from sopextract.ingest.pdf.trust import CIPHER, LAYER, NO_TEXT, REREAD
from sopextract.settings import IngestSettings
from tests.ingest.pdf.raw import (
    HELVETICA,
    LINES,
    Sheet,
    make_pdf,
    map_that_reads,
    on_disk,
    picture,
    shifted,
    show,
)

TEXT_ALONE = IngestSettings(ocr="off")
WORDS = [word for line in LINES for word in line.split()]
SCAN = b"q 595 0 0 842 0 0 cm /Im Do Q\n"
FOOTER = show(["Dokumen ini telah ditandatangani secara elektronik"], y=30)
WITH_PICTURE = (("Font", "F1", HELVETICA), ("XObject", "Im", picture()))


def drawn(folder: Path, data: bytes) -> list[DrawnPage]:
    return list(draw_pages(on_disk(folder, data)))


def words(page: DrawnPage) -> list[str]:
    return [word.text for word in page.words]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SCAN + show(LINES, before="3 Tr"), id="drawn without ink"),
        pytest.param(SCAN + show(LINES, before="7 Tr"), id="used to cut out only"),
        pytest.param(show(LINES) + SCAN, id="under the picture"),
    ],
)
def test_the_layer_behind_a_scan_is_a_fallback_and_marked(tmp_path: Path, content: bytes) -> None:
    (page,) = drawn(tmp_path, make_pdf([Sheet(content, WITH_PICTURE)]))
    assert words(page) == WORDS
    assert page.untrusted == LAYER


def test_a_footer_on_a_scan_is_no_text_of_its_own(tmp_path: Path) -> None:
    data = make_pdf([Sheet(SCAN + show(LINES, before="3 Tr") + FOOTER, WITH_PICTURE)])
    (page,) = drawn(tmp_path, data)
    assert words(page) == [
        "Dokumen",
        "ini",
        "telah",
        "ditandatangani",
        "secara",
        "elektronik",
        *WORDS,
    ]
    assert page.untrusted == LAYER


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SCAN + show(LINES), id="a ground below the text"),
        pytest.param(show(LINES) + show(["rahasia"], before="3 Tr"), id="no picture"),
        pytest.param(show(LINES) + b"/Half gs " + SCAN, id="a water mark over the text"),
    ],
)
def test_text_that_is_seen_is_trusted(tmp_path: Path, content: bytes) -> None:
    half = ("ExtGState", "Half", b"<< /Type /ExtGState /ca 0.2 >>")
    (page,) = drawn(tmp_path, make_pdf([Sheet(content, (*WITH_PICTURE, half))]))
    assert words(page) == WORDS
    assert page.untrusted is None


def test_a_scan_among_pages_of_text_is_marked(tmp_path: Path) -> None:
    data = make_pdf([Sheet(show(LINES)), Sheet(SCAN, WITH_PICTURE), Sheet(b"")])
    pages = read_pdf(on_disk(tmp_path, data), TEXT_ALONE).pages
    assert [page.untrusted for page in pages] == [None, NO_TEXT, None]
    assert [page.picture_flow for page in pages] == [False, True, False]


@pytest.mark.parametrize("content", [SCAN, SCAN + FOOTER, b"q 300 0 0 300 90 90 cm /Im Do Q"])
def test_a_scan_is_named_as_such(tmp_path: Path, content: bytes) -> None:
    source = on_disk(tmp_path, make_pdf([Sheet(content, WITH_PICTURE)] * 2))
    with pytest.raises(SourceError, match="is a scan") as error:
        read_pdf(source, TEXT_ALONE)
    assert "OCR" in error.value.hint


def test_letters_drawn_as_outlines_are_no_text(tmp_path: Path) -> None:
    letters = b"".join(
        b"%d %d m %d 710 l %d 700 l f\n" % (x, 700, x + 3, x + 5) for x in range(600)
    )
    with pytest.raises(SourceError, match="is a scan"):
        read_pdf(on_disk(tmp_path, make_pdf([Sheet(letters)])), TEXT_ALONE)


@pytest.mark.parametrize(
    ("before", "ground"),
    [("1 g", b""), ("1 g", b"0.95 g 40 600 400 200 re f\n"), ("1 1 1 rg", b"")],
)
def test_white_on_white_is_left_out(tmp_path: Path, before: str, ground: bytes) -> None:
    content = ground + show(LINES) + show(["tersembunyi"], y=500, before=before)
    (page,) = drawn(tmp_path, make_pdf([Sheet(content)]))
    assert words(page) == WORDS


def test_white_on_dark_is_read(tmp_path: Path) -> None:
    content = b"0 0 0.4 rg 40 490 400 30 re f\n" + show(["KEGIATAN"], y=500, before="1 g")
    (page,) = drawn(tmp_path, make_pdf([Sheet(content)]))
    assert words(page) == ["KEGIATAN"]


def test_text_beyond_the_edge_is_left_out(tmp_path: Path) -> None:
    content = show(LINES) + show(["luar"], x=-80) + show(["bawah"], y=-20)
    (page,) = drawn(tmp_path, make_pdf([Sheet(content)]))
    assert words(page) == WORDS


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(shifted, id="shifted"),
        pytest.param(lambda c: shifted(c, 13), id="shifted by half"),
        pytest.param(lambda c: chr(0xE000 + ord(c)), id="private code points"),
        pytest.param(lambda c: "\ufffd", id="no code points"),
        pytest.param(lambda c: chr(ord(c) - 29), id="numbers of glyphs"),
    ],
)
def test_letters_that_are_not_those_printed_are_left_out(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    sheet = Sheet(show(LINES * 2, font="Bad") + show(["Nomor", "SOP"], y=400), _two_fonts())
    (page,) = drawn(tmp_path, make_pdf([sheet], map_that_reads(change)))
    assert words(page) == ["Nomor", "SOP"]
    assert page.untrusted == CIPHER


def test_a_file_of_such_letters_alone_says_so(tmp_path: Path) -> None:
    sheet = Sheet(show(LINES * 2, font="Bad"), _two_fonts())
    source = on_disk(tmp_path, make_pdf([sheet], map_that_reads(shifted)))
    with pytest.raises(SourceError, match="letters are not those printed"):
        read_pdf(source, TEXT_ALONE)


def test_few_words_on_a_later_page_are_judged_by_those_before(tmp_path: Path) -> None:
    first = Sheet(show(LINES * 2, font="Bad"), _two_fonts())
    second = Sheet(show(["Kepala Dinas"], font="Bad") + show(["SOP"], y=400), _two_fonts())
    pages = drawn(tmp_path, make_pdf([first, second], map_that_reads(shifted)))
    assert [words(page) for page in pages] == [[], ["SOP"]]
    assert pages[1].untrusted == CIPHER


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_witness_is_believed_where_it_reads_words(tmp_path: Path, turn: int) -> None:
    # The replacement text of marked content: pdfium takes it for what is printed, pdfplumber does
    # not know it. The crop box sets the page's corner apart from the sheet's.
    spans = " ".join(
        f"/Span << /ActualText ({shifted(word)}) >> BDC ({word}) Tj EMC T*" for word in WORDS
    )
    content = f"BT /F1 10 Tf 14 TL 60 700 Td {spans} ET\n".encode() + show(["Nomor 12"], y=300)
    boxes = b"/MediaBox [0 0 595 842] /CropBox [20 50 560 800] /Rotate %d" % turn
    (page,) = drawn(tmp_path, make_pdf([Sheet(content, boxes=boxes)]))
    assert sorted(words(page)) == sorted([*WORDS, "Nomor", "12"])
    assert page.untrusted == REREAD


ENGLISH = (
    "The applicant submits the required documents to the front office",
    "The officer checks whether they are complete and legible",
    "Incomplete files are returned within three working days",
)
SUNDANESE = (
    "Upami badé ngadamel serat katerangan mangga candak kartu kulawarga",
    "Upami aya nu kirang serat bakal diwangsulkeun deui ka nu ngadamel",
)
NAMES = (
    "Wahyudi Prasetyo Kusumawardhani Hutabarat Simanjuntak Situmorang",
    "Nainggolan Sudarsono Sulistyowati Rahmawati Abdurrahman Panggabean",
    "Lumbantobing Mangunkusumo Syarifuddin Siregar Ketut Wayan Ngurah",
)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(ENGLISH, id="English"),
        pytest.param(tuple(s.replace("é", "e") for s in SUNDANESE), id="Sundanese"),
        pytest.param(NAMES, id="names"),
        pytest.param(
            ("KAK POK SPM PPK KPA DPA RKA SKPD OPD LKIP SOP NIP PNS ASN KGB",), id="letters"
        ),
        pytest.param(("17.1 23 2,5 440/12/2019",) * 9, id="numbers"),
        pytest.param(("Xhjqv vxudw",), id="a few words"),
    ],
)
def test_what_the_word_list_does_not_know_is_trusted(
    tmp_path: Path, lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the witness was asked")

    monkeypatch.setattr("sopextract.ingest.pdf.witness.Witness.read", asked)
    (page,) = drawn(tmp_path, make_pdf([Sheet(show(lines))]))
    assert words(page) == [word for line in lines for word in line.split()]
    assert page.untrusted is None


def test_bullets_of_a_symbol_font_are_trusted(tmp_path: Path) -> None:
    bullets = show(["l"] * 20, font="Bad", x=30)
    font = map_that_reads(lambda c: chr(0xF000 + ord(c)))
    (page,) = drawn(tmp_path, make_pdf([Sheet(bullets + show(LINES), _two_fonts())], font))
    assert words(page)[20:] == WORDS
    assert page.untrusted is None


def test_two_fonts_of_one_name_are_told_apart(tmp_path: Path) -> None:
    content = show(LINES * 2, font="Bad") + show(LINES, y=400)
    (page,) = drawn(tmp_path, make_pdf([Sheet(content, _two_fonts())], map_that_reads(shifted)))
    assert words(page) == WORDS
    assert page.untrusted == CIPHER


def test_ligatures_of_calibri_are_two_letters(tmp_path: Path) -> None:
    font = map_that_reads(lambda c: {"x": "\U0010019f", "z": "Ɵ"}.get(c, c))
    (page,) = drawn(tmp_path, make_pdf([Sheet(show(["penxng zdak"], "Bad"), _two_fonts())], font))
    assert words(page) == ["penting", "tidak"]


@pytest.mark.parametrize(
    ("boxes", "size"),
    [
        (b"/MediaBox [0 0 595 842] /CropBox [900 900 1200 1200]", (595, 842)),
        (b"/MediaBox [0 0 595 842] /CropBox [-50 -50 700 900]", (595, 842)),
        (b"/MediaBox [0 0 595 842] /CropBox [0 0 0 0]", (595, 842)),
        (b"/MediaBox [595 842 0 0]", (595, 842)),
        (b"/MediaBox [0 0 595 842] /CropBox [40 600 500 800]", (460, 200)),
    ],
)
def test_odd_crop_boxes(tmp_path: Path, boxes: bytes, size: tuple[int, int]) -> None:
    (page,) = drawn(tmp_path, make_pdf([Sheet(show(LINES), boxes=boxes)]))
    assert words(page) == WORDS
    assert page.size_pt == size


@pytest.mark.parametrize("boxes", [b"/MediaBox [0 0 0 0]", b"", b"/MediaBox [0 0 595]"])
def test_pages_without_a_size_do_not_stop_the_file(tmp_path: Path, boxes: bytes) -> None:
    data = make_pdf([Sheet(show(LINES), boxes=boxes), Sheet(show(LINES))])
    assert words(drawn(tmp_path, data)[1]) == WORDS


def _two_fonts() -> tuple[tuple[str, str, bytes], ...]:
    bad = HELVETICA.replace(b">>", b"/ToUnicode 3 0 R >>")
    return (("Font", "F1", HELVETICA), ("Font", "Bad", bad))
