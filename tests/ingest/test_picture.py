"""Pictures as pages: sizes, modes, turns, pages of a TIFF, and files that are spoilt."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sopextract.errors import SourceError
from sopextract.ingest import ingest
from sopextract.ingest.detect import detect_media_type
from sopextract.ingest.picture import DAMAGED, read_pages, read_rasters
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import Page, SourceFile, TextLine
from sopextract.settings import IngestSettings
from tests.ingest.seam import SAID, with_made_words

A4_100 = (827, 1169)  # pixels of A4 at 100 dots an inch


def on_disk(folder: Path, data: bytes, name: str = "pindai") -> SourceFile:
    location = folder / name
    location.write_bytes(data)
    return SourceFile(
        name, "0" * 64, detect_media_type(name, data[:1024], location), location, len(data)
    )


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def sheet(size: tuple[int, int] = A4_100, mode: str = "RGB") -> Image.Image:
    """White, with a black square in its top left quarter and a red one at its top right."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    w, h = size
    draw.rectangle((w // 10, h // 10, w // 4, h // 4), fill="black")
    draw.rectangle((w * 3 // 4, h // 10, w * 9 // 10, h // 4), fill=(200, 0, 0))
    return picture if mode == "RGB" else picture.convert(mode)


def rasters(folder: Path, data: bytes) -> list[Raster | None]:
    return [raster for _, raster in read_rasters(on_disk(folder, data))]


def only(folder: Path, data: bytes) -> Raster:
    (raster,) = rasters(folder, data)
    assert raster is not None
    return raster


def at(raster: Raster, x: float, y: float) -> tuple[int, int, int]:
    """The colour at shares of the width and height."""
    height, width = raster.pixels.shape[:2]
    r, g, b = raster.pixels[int(y * height), int(x * width)]
    return int(r), int(g), int(b)


def is_upright(raster: Raster) -> bool:
    return max(at(raster, 0.17, 0.17)) < 60 and min(at(raster, 0.17, 0.83)) > 200


@pytest.mark.parametrize(
    ("size", "dpi", "pixels", "size_pt"),
    [
        pytest.param(A4_100, 100, (1654, 2338), (595, 842), id="enlarged to twice its size"),
        pytest.param((1240, 1754), 150, (1240, 1754), (595, 842), id="left as it is"),
        pytest.param((1240, 1754), None, (1240, 1754), (595, 842), id="the same, guessed"),
        pytest.param((1654, 2339), 200, (1654, 2339), (595, 842), id="as wanted"),
        pytest.param((2481, 3508), 300, (1654, 2339), (595, 842), id="reduced"),
        pytest.param((3508, 2481), 300, (2339, 1654), (842, 595), id="landscape"),
        pytest.param((2481, 3508), 72, (1654, 2339), (595, 842), id="a camera's 72: no paper"),
        pytest.param((2481, 3508), None, (1654, 2339), (595, 842), id="guessed as A4"),
        pytest.param((2539, 3897), None, (1693, 2598), (609, 935), id="guessed as F4"),
        pytest.param((1700, 2200), 200, (1700, 2200), (612, 792), id="letter"),
    ],
)
def test_size_and_resolution(
    tmp_path: Path,
    size: tuple[int, int],
    dpi: int | None,
    pixels: tuple[int, int],
    size_pt: tuple[int, int],
) -> None:
    options = {"dpi": (dpi, dpi)} if dpi else {}
    raster = only(tmp_path, saved(sheet(size), "PNG", **options))
    assert raster.pixels.shape == pytest.approx((pixels[1], pixels[0], 3), abs=1)
    assert raster.size_pt == pytest.approx(size_pt, abs=1.5)
    assert is_upright(raster)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "I;16", "F"])
def test_every_mode_gives_black_on_white(tmp_path: Path, mode: str) -> None:
    if mode in ("I", "I;16"):
        grey = np.asarray(sheet(mode="L"), dtype=np.uint16) * 257
        picture = Image.fromarray(grey if mode == "I;16" else grey.astype(np.int32))
    else:
        picture = sheet(mode="RGB").convert(mode)
    raster = only(tmp_path, saved(picture, "TIFF"))
    assert is_upright(raster)
    assert max(at(raster, 0.17, 0.17)) < 60
    red = at(raster, 0.82, 0.17)
    assert red[0] > red[1] if mode in ("RGB", "RGBA", "CMYK", "P") else max(red) < 255


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_format(tmp_path: Path, kind: str) -> None:
    raster = only(tmp_path, saved(sheet(), kind))
    assert is_upright(raster)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    picture = sheet().convert("RGBA")
    picture.putalpha(Image.fromarray((np.asarray(sheet(mode="L")) < 128).astype(np.uint8) * 255))
    raster = only(tmp_path, saved(picture, "PNG"))
    assert is_upright(raster)
    assert at(raster, 0.5, 0.9) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_by_its_orientation_tag(tmp_path: Path, kind: str, orientation: int) -> None:
    undone = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = sheet() if undone is None else sheet().transpose(undone)
    exif = Image.Exif()
    exif[0x0112] = orientation
    raster = only(tmp_path, saved(picture, kind, exif=exif, dpi=(100, 100)))
    assert raster.size_pt == pytest.approx((595, 842), abs=1.5)
    assert is_upright(raster)
    red = at(raster, 0.82, 0.17)
    assert red[0] > 150 > red[1]


@pytest.mark.parametrize("compression", ["group4", "group3", "tiff_lzw", "tiff_deflate", "raw"])
def test_pages_of_a_tiff(tmp_path: Path, compression: str) -> None:
    pages = [sheet(mode="1"), Image.new("1", A4_100, 1), sheet(mode="1")]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression=compression)
    found = [r for r in rasters(tmp_path, data) if r is not None]
    assert [is_upright(raster) for raster in found] == [True, False, True]


def test_a_facsimile_has_fewer_dots_down_than_across(tmp_path: Path) -> None:
    squat = sheet((1728, 1143), mode="1")  # 204 × 98 dots an inch
    data = io.BytesIO()
    squat.save(data, "TIFF", compression="group3", x_resolution=204.0, y_resolution=98.0,
               resolution_unit=2)  # fmt: skip
    raster = only(tmp_path, data.getvalue())
    assert raster.size_pt == pytest.approx((610, 840), abs=2)


def test_smaller_copies_in_a_tiff_are_no_pages(tmp_path: Path) -> None:
    thumbnail = sheet((300, 424))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    data = saved(sheet(), "TIFF", save_all=True, append_images=[thumbnail])
    assert len(rasters(tmp_path, data)) == 1


def test_only_the_first_picture_of_a_gif_counts(tmp_path: Path) -> None:
    data = saved(sheet(), "GIF", save_all=True, append_images=[sheet((827, 1168))])
    assert len(rasters(tmp_path, data)) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_file_cut_off_is_said_to_be(
    tmp_path: Path, kind: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_made_words(monkeypatch)
    noise = np.random.default_rng(1).integers(0, 255, (1169, 827), dtype=np.uint8)
    data = saved(Image.fromarray(noise), kind)
    source = on_disk(tmp_path, data[: max(16, int(share * len(data)))])
    with pytest.raises(SourceError, match=r"^is (damaged|cut off)"):
        ingest_made(source)


def ingest_made(source: SourceFile) -> tuple[Page, ...]:
    return tuple(read_pages(source, IngestSettings()))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and is not."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(100_000, 100_000), (12_000, 12_000)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(SourceError, match="too many pixels"):
        list(read_rasters(on_disk(tmp_path, bomb(*size))))


@pytest.mark.parametrize("size", [(1, 1), (150, 150), (300, 20_000)])
def test_what_is_no_page_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(SourceError, match=f"{size[0]} × {size[1]} pixels"):
        list(read_rasters(on_disk(tmp_path, saved(Image.new("L", size), "PNG"))))


def test_one_damaged_page_of_a_tiff_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_made_words(monkeypatch)
    noise = [
        Image.fromarray(np.random.default_rng(k).integers(0, 255, (1169, 827), dtype=np.uint8))
        for k in range(3)
    ]
    data = bytearray(
        saved(noise[0], "TIFF", save_all=True, append_images=noise[1:], compression="tiff_deflate")
    )
    middle = len(data) // 2
    data[middle - 2000 : middle + 2000] = bytes(4000)
    pages = ingest_made(on_disk(tmp_path, bytes(data)))
    assert [page.untrusted for page in pages] == [None, DAMAGED, None]
    assert [page.number for page in pages] == [1, 2, 3]


def test_pages_come_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_made_words(monkeypatch)
    data = saved(sheet(mode="1"), "TIFF", save_all=True, append_images=[sheet(mode="1")])
    pages = ingest(on_disk(tmp_path, data), IngestSettings()).pages
    assert [page.number for page in pages] == [1, 2]
    for page in pages:
        assert [b.text for b in page.blocks if isinstance(b, TextLine)] == [SAID]
        assert page.scan is not None
        assert page.scan.words == 3


def test_a_picture_without_words_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_made_words(monkeypatch, words=False)
    with pytest.raises(SourceError, match="nothing can be read") as caught:
        ingest(on_disk(tmp_path, saved(sheet(), "JPEG")), IngestSettings())
    assert "300 dots an inch" in caught.value.hint


def test_a_negative_is_read_as_it_was_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = with_made_words(monkeypatch)
    for level in (0, 255):
        page = Image.new("L", A4_100, level)
        draw = ImageDraw.Draw(page)
        for y in range(100, 1100, 40):
            draw.line((80, y, 740, y), 255 - level, 2)
        ingest(on_disk(tmp_path, saved(page, "PNG")), IngestSettings())
    black_page = Image.new("L", A4_100, 10)
    ingest(on_disk(tmp_path, saved(black_page, "PNG")), IngestSettings())
    assert [int(np.median(raster.pixels)) for raster in seen] == [255, 255, 10]


@pytest.mark.parametrize(
    ("level", "why"), [(235, "^is blank: nothing is printed"), (20, "^is black: nothing lay under")]
)
def test_pages_without_anything_are_told_apart(
    level: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_made_words(monkeypatch, words=False)
    dust = np.random.default_rng(4).normal(level, 4, (1169, 827)).clip(0, 255).astype(np.uint8)
    dust[600, 400] = 255 - level
    empty = Image.fromarray(dust)
    data = saved(empty, "TIFF", save_all=True, append_images=[empty])
    with pytest.raises(SourceError, match=why):
        ingest(on_disk(tmp_path, data), IngestSettings())
    data = saved(empty, "TIFF", save_all=True, append_images=[sheet()])
    with pytest.raises(SourceError, match="nothing can be read, as in a photograph"):
        ingest(on_disk(tmp_path, data), IngestSettings())


def test_without_the_extra_its_installation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopextract.ingest.extra.find_spec", lambda name: None)
    with pytest.raises(SourceError, match="is a picture") as caught:
        ingest(on_disk(tmp_path, saved(sheet(), "JPEG")), IngestSettings())
    assert "pip install 'sopextract[scan]'" in caught.value.hint


def test_switched_off_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a picture") as caught:
        ingest(on_disk(tmp_path, saved(sheet(), "JPEG")), IngestSettings(ocr="off"))
    assert "ocr = off" in caught.value.hint


def test_what_libtiff_says_of_damage_reaches_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with_made_words(monkeypatch)
    data = bytearray(saved(sheet(), "TIFF", compression="tiff_deflate"))
    data[20:60] = bytes(40)
    with pytest.raises(SourceError, match="is damaged"):
        ingest_made(on_disk(tmp_path, bytes(data)))
    assert capfd.readouterr() == ("", "")
