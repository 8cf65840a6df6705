"""An archive as they are: good sheets with some sixty kinds of fault mixed in.

    python -m tools.make_faults FOLDER [--files 2000] [--seed 1]

Each kind is a function that makes one file or entry below a folder; what becomes of it is not said
here: the batch has to account for every one. Some need a Unix file system.
"""

# ruff: noqa: E501 - the table of faults reads as a table

from __future__ import annotations

import argparse
import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

from tools.make_sheets import make_sheets

Make = Callable[[Path, str, random.Random], None]

_SHARE = 0.3  # of the files have a fault
_GOOD = "ABCDEFG"  # text of several layouts; fast to make and to read
_RARE = ("P", "W", "X")  # PDF, Word and Excel: one of each layout, over and over
_RARE_EVERY = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault."""

    name: str
    make: Make


def main() -> None:
    """Make the archive; print how many entries of each kind there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    made = make_archive(args.folder, args.files, args.seed)
    print(f"{sum(made.values())} entries in {args.folder}: {made['good']} good, the rest of")
    print(f"{len(made) - 1} kinds: {', '.join(sorted(set(made) - {'good'}))}")


def make_archive(
    folder: Path, files: int, seed: int, share: float = _SHARE, skip: frozenset[str] = frozenset()
) -> dict[str, int]:
    """Make so many entries, a share of them with a fault; how many of each kind."""
    rng = random.Random(seed)
    faulty = int(files * share)
    kinds = [fault for fault in FAULTS if fault.name not in skip]
    made = {"good": files - faulty}
    _make_good(folder / "baik", files - faulty, seed)
    for number in range(faulty):
        fault = kinds[number % len(kinds)]
        inside = folder / f"campur-{number % 7}"
        inside.mkdir(parents=True, exist_ok=True)
        fault.make(inside, f"{number:04d}-{fault.name}", rng)
        made[fault.name] = made.get(fault.name, 0) + 1
    return made


def _make_good(folder: Path, count: int, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, made in enumerate(make_sheets(count, seed, _GOOD)):
        if number % _RARE_EVERY == 0:
            letter = _RARE[number // _RARE_EVERY % len(_RARE)]
            name, data = _rare(letter)
            (folder / f"{number:05d}-{name}").write_bytes(data)
        else:
            (folder / f"{number:05d}-{made.name}").write_bytes(made.data)


@once
def _rare(letter: str) -> tuple[str, bytes]:
    (made,) = make_sheets(1, 5, letter)
    return made.name, made.data


def _text() -> bytes:
    (made,) = make_sheets(1, 9, "A")
    return made.data


def _pdf() -> bytes:
    return _rare("P")[1]


def _docx() -> bytes:
    return _rare("W")[1]


def _file(suffix: str, data: Callable[[random.Random], bytes]) -> Make:
    def make(folder: Path, stem: str, rng: random.Random) -> None:
        (folder / f"{stem}{suffix}").write_bytes(data(rng))

    return make


def _named(name: str) -> Make:
    """A good sheet under a bad name; `{}` is the stem, which tells it from others."""

    def make(folder: Path, stem: str, rng: random.Random) -> None:
        path = os.path.join(os.fsencode(folder), os.fsencode(name.format(stem[:4])))
        with open(path, "wb") as file:
            file.write(_text())

    return make


def _zip(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def _docx_with(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(_docx())) as archive:
        parts = {item: archive.read(item) for item in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    return _zip(parts)


def _entities(xml: bytes) -> bytes:
    """Entities that unfold to 10^9 letters."""
    levels = b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"x" * 10) for n in range(9)
    )
    start = xml.index(b"<w:body>") + 8
    body = xml[:start] + b"<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>" + xml[start:]
    head = body.index(b"?>") + 2 if body.startswith(b"<?xml") else 0
    return body[:head] + b"<!DOCTYPE x [" + levels + b"]>" + body[head:]


def _pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(out))
    )


def _page(content: bytes, filters: bytes = b"", resources: bytes = b"") -> bytes:
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content)
    return _pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << "
        + resources + b" >> >>",
        stream,
    ])  # fmt: skip


def _page_loop() -> bytes:
    return _pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 10 /Parent 2 0 R >>",
    ])  # fmt: skip


def _deep_dictionary() -> bytes:
    return _pdf_of([b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 50_000 + b" >>"])


def _flate_bomb(megabytes: int = 300) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"0 0 m 1 1 l S\n" * 70_000) for _ in range(megabytes)]
    return _page(b"".join(parts) + packer.flush(), b"/Filter /FlateDecode")


def _vectors(count: int = 100_000) -> bytes:
    lines = b"\n".join(
        b"%d %d m %d %d l S" % (i % 595, i % 842, i % 590, i % 840) for i in range(count)
    )
    return _page(zlib.compress(lines), b"/Filter /FlateDecode")


@once
def _bomb() -> bytes:
    return _flate_bomb()


@once
def _many_vectors() -> bytes:
    return _vectors()


def _form_loop() -> bytes:
    return _pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length 4 >>\nstream\n/F Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 "
        b"/Resources << /XObject << /F 5 0 R >> >> >>\nstream\n/F Do\nendstream",
    ])  # fmt: skip


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(rows, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def _fifo(folder: Path, stem: str, rng: random.Random) -> None:
    os.mkfifo(folder / f"{stem}.pdf")


def _link(target: str) -> Make:
    def make(folder: Path, stem: str, rng: random.Random) -> None:
        (folder / f"{stem}.txt").symlink_to(target)

    return make


def _link_loop(folder: Path, stem: str, rng: random.Random) -> None:
    (folder / f"{stem}.txt").symlink_to(f"{stem}.txt")


def _folder_loop(folder: Path, stem: str, rng: random.Random) -> None:
    """A folder that holds a link to itself, and a sheet."""
    inside = folder / stem
    inside.mkdir()
    (inside / "lagi").symlink_to(inside)
    (inside / "lembar.txt").write_bytes(_text())


def _folder_as_file(folder: Path, stem: str, rng: random.Random) -> None:
    """A folder named like a file, with a sheet in it."""
    (folder / f"{stem}.pdf").mkdir()
    (folder / f"{stem}.pdf" / "lembar.txt").write_bytes(_text())


def _sparse(folder: Path, stem: str, rng: random.Random) -> None:
    """A file that claims 3 GB and holds nothing."""
    with (folder / f"{stem}.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(3_000_000_000)


def _sparse_text(folder: Path, stem: str, rng: random.Random) -> None:
    with (folder / f"{stem}.txt").open("wb") as file:
        file.truncate(50_000_000)


def _twins(folder: Path, stem: str, rng: random.Random) -> None:
    """One sheet, whose bytes are those of all others of this kind."""
    (folder / f"{stem}.txt").write_bytes(_text())


def _unreadable(folder: Path, stem: str, rng: random.Random) -> None:
    path = folder / f"{stem}.txt"
    path.write_bytes(_text())
    path.chmod(0)


def _halved(data: Callable[[], bytes]) -> Callable[[random.Random], bytes]:
    return lambda rng: data()[: rng.randrange(len(data()) // 4, 3 * len(data()) // 4)]


def _noisy(data: Callable[[], bytes]) -> Callable[[random.Random], bytes]:
    def spoil(rng: random.Random) -> bytes:
        spoilt = bytearray(data())
        for _ in range(40):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        return bytes(spoilt)

    return spoil


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old office files begin
_BIG_XML = b"<w:p><w:r><w:t>" + b"x" * 1000 + b"</w:t></w:r></w:p>"
_SCRIPT = b"<script>alert(1)</script>{{ 7*7 }}{% raw %}=cmd|'/c calc'!A1\n"

FAULTS: tuple[Fault, ...] = tuple(
    Fault(name, make)
    for name, make in (
        ("empty-text", _file(".txt", lambda rng: b"")),
        ("empty-pdf", _file(".pdf", lambda rng: b"")),
        ("empty-docx", _file(".docx", lambda rng: b"")),
        ("one-byte", _file(".xlsx", lambda rng: b"P")),
        ("blanks", _file(".txt", lambda rng: b" \n" * 2000)),
        ("zeros", _file(".txt", lambda rng: bytes(20_000))),
        ("noise-text", _file(".txt", lambda rng: rng.randbytes(5000))),
        ("noise-pdf", _file(".pdf", lambda rng: rng.randbytes(5000))),
        ("noise-docx", _file(".docx", lambda rng: b"PK\x03\x04" + rng.randbytes(5000))),
        ("noise-xls", _file(".xls", lambda rng: _OLE + rng.randbytes(4000))),
        ("noise-png", _file(".png", lambda rng: b"\x89PNG\r\n\x1a\n" + rng.randbytes(3000))),
        ("noise-jpg", _file(".jpg", lambda rng: b"\xff\xd8\xff\xe0" + rng.randbytes(3000))),
        ("noise-tif", _file(".tif", lambda rng: b"II*\x00" + rng.randbytes(3000))),
        ("cut-pdf", _file(".pdf", _halved(_pdf))),
        ("cut-docx", _file(".docx", _halved(_docx))),
        ("cut-xlsx", _file(".xlsx", _halved(lambda: _rare("X")[1]))),
        ("spoilt-pdf", _file(".pdf", _noisy(_pdf))),
        ("spoilt-docx", _file(".docx", _noisy(_docx))),
        ("spoilt-xlsx", _file(".xlsx", _noisy(lambda: _rare("X")[1]))),
        ("pdf-named-docx", _file(".docx", lambda rng: _pdf())),
        ("docx-named-pdf", _file(".pdf", lambda rng: _docx())),
        ("text-named-pdf", _file(".pdf", lambda rng: _text())),
        ("docx-named-txt", _file(".txt", lambda rng: _docx())),
        ("no-suffix", _file("", lambda rng: _text())),
        ("odd-suffix", _file(".bak~", lambda rng: _text())),
        ("upper-suffix", _file(".PDF", lambda rng: _pdf())),
        ("exe", _file(".exe", lambda rng: b"MZ" + rng.randbytes(2000))),
        ("archive-7z", _file(".7z", lambda rng: b"7z\xbc\xaf'\x1c" + rng.randbytes(500))),
        ("heic", _file(".heic", lambda rng: b"\0\0\0\x18ftypheic" + rng.randbytes(500))),
        ("empty-zip", _file(".zip", lambda rng: _zip({}))),
        ("zip-bomb", _file(".zip", lambda rng: _zip({"x.txt": bytes(100_000_000)}))),
        ("zip-paths", _file(".zip", lambda rng: _zip({"../../x.txt": _text(), "/etc/y.txt": b"x"}))),
        ("encrypted-ole", _file(".docx", lambda rng: _OLE + bytes(3000))),
        ("encrypted-pdf", _file(".pdf", lambda rng: _pdf().replace(b"/Root", b"/Encrypt 1 0 R /Root"))),
        ("pdf-no-pages", _file(".pdf", lambda rng: _pdf_of([b"<< /Type /Catalog >>"]))),
        ("pdf-page-loop", _file(".pdf", lambda rng: _page_loop())),
        ("pdf-form-loop", _file(".pdf", lambda rng: _form_loop())),
        ("pdf-deep", _file(".pdf", lambda rng: _deep_dictionary())),
        ("pdf-flate-bomb", _file(".pdf", lambda rng: _bomb())),
        ("pdf-vectors", _file(".pdf", lambda rng: _many_vectors())),
        ("pdf-blank", _file(".pdf", lambda rng: _page(b""))),
        ("pdf-javascript", _file(".pdf", lambda rng: _pdf_of([
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
            b"<< /Type /Pages /Kids [] /Count 0 >>"]))),
        ("docx-entities", _file(".docx", lambda rng: _docx_with("word/document.xml", _entities))),
        ("docx-no-body", _file(".docx", lambda rng: _docx_with("word/document.xml", lambda x: b""))),
        ("docx-not-xml", _file(".docx", lambda rng: _docx_with("word/document.xml", lambda x: x[:500]))),
        ("docx-large", _file(".docx", lambda rng: _docx_with(
            "word/document.xml", lambda x: x.replace(b"<w:body>", b"<w:body>" + _BIG_XML * 20_000)))),
        ("docx-external", _file(".docx", lambda rng: _docx_with("word/_rels/document.xml.rels", lambda x: (
            x.replace(b"</Relationships>", b'<Relationship Id="rIdX" TargetMode="External" Type="http://'
            b'schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
            b'Target="http://192.0.2.1/x.png"/></Relationships>'))))),
        ("picture-claims", _file(".png", lambda rng: _png(60_000, 60_000, b""))),
        ("picture-bomb", _file(".png", lambda rng: _png(20_000, 20_000, bytes(2_501 * 20_000)))),
        ("picture-dot", _file(".png", lambda rng: _png(1, 1, b"\0\0"))),
        ("html-scripts", _file(".html", lambda rng: _SCRIPT * 200)),
        ("html-deep", _file(".html", lambda rng: b"<table><tr><td>" * 5000)),
        ("long-line", _file(".txt", lambda rng: b"NAMA SOP : " + b"a" * 2_000_000)),
        ("utf16", _file(".txt", lambda rng: _text().decode().encode("utf-16"))),
        ("controls", _file(".txt", lambda rng: b"\x1b[31m\x00\x07" * 2000 + _text())),
        ("rtf", _file(".rtf", lambda rng: b"{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT /etc/passwd}}")),
        ("twins", _twins),
        ("unreadable", _unreadable),
        ("huge-pdf", _sparse),
        ("huge-text", _sparse_text),
        ("fifo", _fifo),
        ("link-to-zero", _link("/dev/zero")),
        ("link-to-nothing", _link("nothing-is-here")),
        ("link-loop", _link_loop),
        ("folder-loop", _folder_loop),
        ("folder-as-file", _folder_as_file),
        ("name-newline", _named("a\nb {}.txt")),
        ("name-quotes", _named("a'\"`$(touch x) {}.txt")),
        ("name-dash", _named("-rf {}.txt")),
        ("name-dots", _named("surat..{}...txt")),
        ("name-long", _named("{}" + "n" * 236 + ".txt")),
        ("name-emoji", _named("📄 surat 🚀 {}.txt")),
        ("name-bytes", _named("caf\udce9 {}.txt")),
        ("name-markup", _named("<b onload=x>&amp; {}.txt")),
    )
)  # fmt: skip


if __name__ == "__main__":
    main()
