"""`sopextract debug` as a user meets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from sopextract.cli import cli
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import InkCrop, InkKind, Place
from sopextract.settings import IngestSettings
from tests.ingest.seam import MadeScan, made_scan, put_in, words_at


def call(*args: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A made sheet of two pages or more."""
    pytest.importorskip("reportlab")
    from tools.make_sheets import make_sheets

    (made,) = make_sheets(1, 7, "Q")
    path = tmp_path / "raw" / "a" / made.name
    path.parent.mkdir(parents=True)
    path.write_bytes(made.data)
    return path


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_every_page_becomes_a_picture(pdf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("debug", pdf.parents[1], "-o", out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert files(out) == ["a/q7-0000.pdf.01.png", "a/q7-0000.pdf.02.png"]
    assert result.stderr.endswith(f"2 pictures in {out}\n")


def test_the_scale_sets_the_size(pdf: Path, tmp_path: Path) -> None:
    widths = []
    for scale in ("1", "2"):
        call("debug", pdf, "-o", tmp_path / scale, "--scale", scale)
        with Image.open(tmp_path / scale / "q7-0000.pdf.01.png") as image:
            widths.append(image.width)
    assert widths[1] == pytest.approx(2 * widths[0], abs=2)


def test_one_page_of_it(pdf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("debug", pdf, "-o", out, "--page", "2").exit_code == 0
    assert files(out) == ["q7-0000.pdf.02.png"]
    result = call("debug", pdf, "-o", out, "--page", "9")
    assert result.exit_code == 1
    assert "q7-0000.pdf: failed: has no page 9 (it has 2 pages)" in result.stderr


def test_text_is_drawn_as_a_scheme(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("No\tKegiatan\n1\tMencatat\n", encoding="utf-8")
    out = tmp_path / "out"
    assert call("debug", tmp_path / "a.txt", "-o", out).exit_code == 0
    assert files(out) == ["a.txt.01.png"]


def test_a_broken_file_costs_only_itself(pdf: Path, tmp_path: Path) -> None:
    (pdf.parent / "b.pdf").write_bytes(b"%PDF-1.7\nnothing")
    out = tmp_path / "out"
    result = call("debug", pdf.parent, "-o", out)
    assert result.exit_code == 1
    assert "b.pdf: failed: is cut off" in result.stderr
    assert len(files(out)) == 2


def test_pictures_never_leave_the_folder(pdf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("debug", pdf.parent / ".." / "a" / pdf.name, "-o", out, "--page", "1")
    assert files(out) == ["q7-0000.pdf.01.png"]
    assert files(tmp_path / "raw") == ["a/q7-0000.pdf"]


def test_a_scan_is_drawn_over_its_own_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crop = InkCrop(InkKind.STAMP, Place(1, (300, 600, 380, 680)), b"\x89PNG of a stamp")

    def read_scan(raster: Raster, number: int, settings: IngestSettings) -> MadeScan:
        made = made_scan(raster, number, words_at(100, 100))
        return replace(made, reading=replace(made.reading, crops=(crop,) if number == 2 else ()))

    put_in(monkeypatch, read_scan)
    white, black = (Image.new("L", (827, 1169), grey) for grey in (255, 0))
    source = tmp_path / "raw" / "surat.tif"
    source.parent.mkdir()
    white.save(source, save_all=True, append_images=[black], dpi=(100, 100))
    out = tmp_path / "out"
    result = call("debug", source, "-o", out, "--scale", "1")
    assert result.exit_code == 0
    assert result.stderr.endswith(f"3 pictures in {out}\n")
    names = ["surat.tif.01.png", "surat.tif.02.crop1.png", "surat.tif.02.png"]
    assert [name for name in files(out) if not name.startswith(".")] == names
    assert (out / names[1]).read_bytes() == crop.png
    greys = []
    for name in (names[0], names[2]):
        with Image.open(out / name) as image:
            assert image.width == 595
            greys.append(image.getpixel((500, image.height - 100)))
    assert greys == [(255, 255, 255), (153, 153, 153)]  # black, paled
