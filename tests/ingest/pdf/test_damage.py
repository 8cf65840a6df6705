"""Files that are damaged, locked or hostile: pages or one clear error, never a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from sopextract.errors import SourceError
from sopextract.ingest.pdf import read_pdf
from sopextract.ingest.pdf.trust import DAMAGED
from sopextract.model.source import ResidueKind, SourceDocument, TextLine
from sopextract.settings import IngestSettings
from tests.ingest.pdf.raw import HELVETICA, LINES, Sheet, make_file, make_pdf, on_disk, show, stream

TWO_PAGES = make_pdf([Sheet(show(LINES))] * 2)
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)


def read(folder: Path, data: bytes) -> SourceDocument:
    return read_pdf(on_disk(folder, data), IngestSettings())


def with_pages(pages: bytes, page: bytes = PAGE, *more: bytes) -> bytes:
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    return make_file([catalogue, pages, page, stream(show(LINES)), HELVETICA, *more])


def printed(seed: int) -> bytes:
    """A file with packed streams, as programs write them."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    for number in range(3):
        canvas.drawString(50, 700, f"{LINES[number]} {seed}")
        canvas.rect(50, 500, 300, 100)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(user: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, ownerPassword="lain", strength=128))
    canvas.drawString(50, 700, LINES[0])
    canvas.save()
    return out.getvalue()


def test_a_password_is_asked_for_in_words(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is protected by a password") as error:
        read(tmp_path, locked("rahasia"))
    assert "without the password" in error.value.hint


def test_a_file_that_everybody_may_open_is_read(tmp_path: Path) -> None:
    (page,) = read(tmp_path, locked("")).pages
    assert [block.text for block in page.blocks if isinstance(block, TextLine)] == [LINES[0]]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(TWO_PAGES[:400], "is cut off", id="cut in the middle"),
        pytest.param(TWO_PAGES[:-40], "is cut off", id="cut before its end"),
        pytest.param(b"%PDF-1.4\n%%EOF", "is damaged or no PDF", id="empty"),
        pytest.param(
            b"%PDF-1.4\n" + b"x" * 5000 + b"startxref\n0\n%%EOF", "is damaged", id="nothing in it"
        ),
        pytest.param(
            with_pages(b"<< /Type /Pages /Kids [] /Count 0 >>"), "is damaged", id="no pages"
        ),
        pytest.param(
            with_pages(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
            "no page",
            id="a tree in itself",
        ),
        pytest.param(
            with_pages(b"<< /Type /Pages /Kids 99 0 R /Count 1 >>"), "no page", id="no tree"
        ),
        pytest.param(make_pdf([Sheet(b"")] * 3), "has no text on any page", id="blank pages"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as error:
        read(tmp_path, data)
    assert error.value.hint


def test_junk_after_the_end_does_no_harm(tmp_path: Path) -> None:
    assert len(read(tmp_path, TWO_PAGES + b"\r\n-- \r\nmailer\r\n" * 100).pages) == 2


def test_a_missing_page_is_marked_and_the_others_read(tmp_path: Path) -> None:
    pages = read(tmp_path, with_pages(b"<< /Type /Pages /Kids [3 0 R 99 0 R] /Count 2 >>")).pages
    assert [page.untrusted for page in pages] == [None, DAMAGED]
    assert [len(page.blocks) for page in pages] == [4, 0]


def test_pages_that_are_only_counted_end_the_file(tmp_path: Path) -> None:
    data = with_pages(b"<< /Type /Pages /Kids [3 0 R] /Count 500000 >>")
    assert len(read(tmp_path, data).pages) <= 1002


def test_a_form_within_itself_is_read_once(tmp_path: Path) -> None:
    form = stream(
        b"/X Do " + show(LINES),
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>",
    )
    page = PAGE.replace(b"4 0 R", b"6 0 R").replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    (found,) = read(
        tmp_path, with_pages(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form)
    ).pages
    assert len(found.blocks) == 4


def test_forms_that_multiply_are_bounded(tmp_path: Path) -> None:
    def form(content: bytes, inner: bytes = b"") -> bytes:
        return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + inner)

    inner = [b"/Resources << /XObject << /X %d 0 R >> >>" % (k + 1) for k in range(6, 10)]
    forms = [*(form(b"/X Do " * 10, part) for part in inner), form(b"1 1 20 20 re f " * 20)]
    page = PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font").replace(b"4 0 R", b"11 0 R")
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    content = stream(b"/X Do " + show(LINES))
    (found,) = read(tmp_path, with_pages(pages, page, *forms, content)).pages
    assert len(found.blocks) == 4
    assert [one.kind for one in found.residue] == [ResidueKind.STROKE]  # too full to be looked at


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 5, 50))):
        changed[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(changed)


def drop(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randrange(300) :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at : at + rng.randrange(300)] + data[at:]


@pytest.mark.parametrize("damage", [cut, flip, drop, repeat])
@pytest.mark.parametrize("seed", range(25))
def test_any_damage_gives_pages_or_one_error(
    tmp_path: Path, damage: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    rng = random.Random(seed)
    for data in (TWO_PAGES, printed(seed)):
        try:
            document = read(tmp_path, damage(data, rng))
        except SourceError:
            continue
        assert document.pages
