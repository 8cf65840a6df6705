"""Full pages, large files: bounded time and memory, and a word about what was left out."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest import ingest, ingest_parts
from sopextract.ingest.page.crowded import TOO_FULL
from sopextract.ingest.pdf import read_pdf
from sopextract.model.source import Grid, Page, ResidueKind, SourceDocument
from sopextract.parse import parse, parse_parts
from sopextract.settings import IngestSettings, ParseSettings
from tests.ingest.pdf.raw import LINES, Sheet, make_pdf, on_disk, show
from tools.make_sheets import make_sheets

_BOUND_S = 10.0  # a page of a hundred thousand strokes takes one to three seconds here

TABLE = " ".join(
    [f"{x} 100 m {x} 700 l S" for x in (40, 70, 250, 320, 390, 460, 555)]
    + [f"40 {y} m 555 {y} l S" for y in range(100, 701, 50)]
    + [f"{270 if k % 2 else 340} {y} 30 18 re S" for k, y in enumerate(range(110, 690, 50))]
)


def read_page(folder: Path, drawing: str) -> tuple[Page, float]:
    """The page with the table and this drawing, and the seconds it took."""
    content = f"{TABLE}\n{drawing}\n".encode() + show(LINES, y=800)
    source = on_disk(folder, make_pdf([Sheet(content)]))
    start = time.process_time()
    (page,) = read_pdf(source, IngestSettings()).pages
    return page, time.process_time() - start


def rows_of(page: Page) -> list[int]:
    return [len(block.rows) for block in page.blocks if isinstance(block, Grid)]


def said(page: Page) -> list[str]:
    return [one.text for one in page.residue if one.kind is ResidueKind.STROKE]


def random_lines(rng: random.Random, count: int, longest: float) -> str:
    lines = []
    for _ in range(count):
        x, y = rng.uniform(0, 595), rng.uniform(0, 842)
        dx, dy = rng.uniform(-longest, longest), rng.uniform(-longest, longest)
        lines.append(f"{x:.1f} {y:.1f} m {x + dx:.1f} {y + dy:.1f} l S")
    return "\n".join(lines)


def hatch(rng: random.Random) -> str:
    return "\n".join(
        f"{50 + k * 0.005:.3f} 350 m {70 + k * 0.005:.3f} 380 l S" for k in range(100_000)
    )


def level_hatch(rng: random.Random) -> str:
    return "\n".join(
        f"50 {50 + k * 0.007:.3f} m 90 {50 + k * 0.007:.3f} l S" for k in range(100_000)
    )


def boxes(rng: random.Random) -> str:
    return "\n".join(
        f"{rng.uniform(0, 570):.1f} {rng.uniform(0, 830):.1f} 20 10 re S" for _ in range(8_000)
    )


def triangles(rng: random.Random) -> str:
    places = [(rng.uniform(0, 590), rng.uniform(0, 830)) for _ in range(20_000)]
    return "\n".join(
        f"{x:.1f} {y:.1f} m {x + 6:.1f} {y:.1f} l {x + 3:.1f} {y + 7:.1f} l f" for x, y in places
    )


def fan(rng: random.Random) -> str:
    ends = [(rng.uniform(200, 400), rng.uniform(300, 500)) for _ in range(20_000)]
    return "\n".join(f"300 400 m {x:.1f} {y:.1f} l S" for x, y in ends)


def one_path(rng: random.Random) -> str:
    places = [(rng.uniform(0, 595), rng.uniform(0, 842)) for _ in range(100_000)]
    return " ".join(f"{x:.1f} {y:.1f} 3 3 re" for x, y in places) + " f"


FULL: list[Callable[[random.Random], str]] = [
    lambda rng: random_lines(rng, 100_000, 8),
    lambda rng: random_lines(rng, 25_000, 90),
    hatch,
    boxes,
    triangles,
    fan,
    one_path,
]


@pytest.mark.parametrize(
    "drawing", FULL, ids=["map", "long", "hatch", "boxes", "heads", "fan", "path"]
)
def test_a_page_too_full_takes_bounded_time_and_says_so(
    tmp_path: Path, drawing: Callable[[random.Random], str]
) -> None:
    page, seconds = read_page(tmp_path, drawing(random.Random(1)))
    assert seconds < _BOUND_S
    assert said(page) == [TOO_FULL]
    assert not any(connector.head for connector in page.connectors)


def test_the_table_of_a_page_too_full_is_read_all_the_same(tmp_path: Path) -> None:
    page, _ = read_page(tmp_path, random_lines(random.Random(1), 100_000, 8))
    assert rows_of(page) == [12]
    assert page.picture_flow  # the flow was not read, and may stand there


def test_lines_of_one_extent_take_bounded_time(tmp_path: Path) -> None:
    assert read_page(tmp_path, level_hatch(random.Random(1)))[1] < _BOUND_S


def test_arms_of_many_pieces_cost_no_flow(tmp_path: Path) -> None:
    rng = random.Random(1)
    plain, _ = read_page(tmp_path, "")
    pieces = []
    for _ in range(20_000):
        x, y = rng.uniform(470, 540), rng.uniform(745, 805)
        pieces.append(
            f"{x:.2f} {y:.2f} m {x + 2:.2f} {y:.2f} {x + 9:.2f} {y + 2:.2f} {x:.2f} {y + 8:.2f} c f"
        )
    page, seconds = read_page(tmp_path, "\n".join(pieces))
    assert seconds < _BOUND_S
    assert said(page) == []
    assert [s.place for s in page.symbols] == [s.place for s in plain.symbols]
    assert rows_of(page) == [12]


def test_a_dense_drawing_in_the_table_is_said(tmp_path: Path) -> None:
    rng = random.Random(1)
    dots = [(rng.uniform(80, 240), rng.uniform(300, 340)) for _ in range(20_000)]
    page, _ = read_page(
        tmp_path, "\n".join(f"{x:.2f} {y:.2f} m {x + 3:.2f} {y + 3:.2f} l S" for x, y in dots)
    )
    assert said(page) == [TOO_FULL]
    assert len(page.symbols) == 12


def test_a_table_ruled_with_dots_is_no_dense_drawing(tmp_path: Path) -> None:
    dots = [(40 + k * 1.5, 100 + r * 20) for r in range(30) for k in range(340)]
    page, _ = read_page(tmp_path, "\n".join(f"{x:.1f} {y} 0.5 0.5 re f" for x, y in dots))
    assert said(page) == []
    assert len(page.symbols) == 12


@pytest.mark.parametrize("far", ["1000000000", "1e30", "-99999999999999999999"])
def test_lines_far_off_the_page_take_no_time(tmp_path: Path, far: str) -> None:
    page, seconds = read_page(tmp_path, f"{far} {far} m 300 300 l S 0 400 m {far} 400 l S")
    assert seconds < 1
    assert len(page.symbols) == 12


def test_a_pdf_may_be_larger_than_a_text(tmp_path: Path) -> None:
    source = on_disk(tmp_path, make_pdf([Sheet(show(LINES))]))
    settings = IngestSettings(max_bytes=source.size - 1)
    assert len(ingest(source, settings).pages) == 1
    with pytest.raises(SourceError, match="too large"):
        ingest(source, IngestSettings(max_bytes_pdf=source.size - 1))


@pytest.fixture(scope="module")
def compendium(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    """Several SOPs behind a cover, decree and contents, and three of one page behind them."""
    folder = tmp_path_factory.mktemp("compendium")
    made = [*make_sheets(2, 5, "S"), *make_sheets(3, 5, "P")]
    pages: tuple[Page, ...] = ()
    for sheet in made:
        source = on_disk(folder, sheet.data)
        pages += read_pdf(source, IngestSettings()).pages
    return SourceDocument(source, pages)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_parts_of_any_size_give_the_same(compendium: SourceDocument, size: int) -> None:
    whole = parse(compendium, ParseSettings())
    pages = compendium.pages
    parts = (
        SourceDocument(compendium.file, pages[k : k + size]) for k in range(0, len(pages), size)
    )
    assert len(whole) == 7
    assert tuple(parse_parts(parts, ParseSettings())) == whole


def test_a_large_file_comes_in_parts(tmp_path: Path) -> None:
    source = on_disk(tmp_path, make_pdf([Sheet(show(LINES))] * 510))
    parts = list(ingest_parts(source, IngestSettings()))
    assert [len(part.pages) for part in parts] == [250, 250, 10]
    assert [page.number for part in parts for page in part.pages] == list(range(1, 511))


def test_sops_are_given_before_the_last_part_is_read(compendium: SourceDocument) -> None:
    asked: list[int] = []

    def parts() -> Iterator[SourceDocument]:
        for k, page in enumerate(compendium.pages):
            asked.append(k)
            yield SourceDocument(compendium.file, (page,))

    drafts = parse_parts(parts(), ParseSettings())
    seen = [len(asked) for _ in drafts]
    assert seen[0] < len(compendium.pages) / 2
    assert seen == sorted(seen)


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    # 700 pages more of 20 kB each would show as 14 MB; pdfium alone would keep 40 kB of each.
    peaks = []
    for count in (300, 1000):
        sheet = Sheet(TABLE.encode() + show(LINES, y=600))
        source = on_disk(tmp_path, make_pdf([sheet] * count))
        command = [sys.executable, "-c", _PEAK, str(source.location)]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stdout))
    assert peaks[1] - peaks[0] < 7_000  # kB


_PEAK = """
import resource, sys
from pathlib import Path
from sopextract.ingest import ingest_parts
from sopextract.model.source import SourceFile
from sopextract.settings import IngestSettings
path = Path(sys.argv[1])
source = SourceFile(path.name, "0" * 64, "application/pdf", path, path.stat().st_size)
for part in ingest_parts(source, IngestSettings()):
    assert part.pages
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
