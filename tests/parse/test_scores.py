"""How surely a scan's words were read reaches every value that is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from sopextract.ingest import ingest
from sopextract.model.draft import Method, Reading
from sopextract.model.record import SopRecord
from sopextract.model.source import (
    Block,
    Cell,
    Grid,
    Place,
    Residue,
    ResidueKind,
    ScanReading,
    SourceDocument,
    SourceFile,
)
from sopextract.normalise import normalise
from sopextract.normalise.confidence import calibrate
from sopextract.parse import parse
from sopextract.settings import IngestSettings, NormaliseSettings, ParseSettings
from tests.factories import drawn_document, exact_grid
from tests.parse.documents import SHEET, document
from tests.parse.test_drawn_sheets import FLOW, flow_pages, identity_page

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
RAW = NormaliseSettings(calibrate=False)
SCAN = ScanReading("an engine", "1", 0.9, 0.8, 100, 0)
Score = Callable[[str], float]


def scored(source: SourceDocument, score: Score) -> SourceDocument:
    """The document with a score for the text of each cell and line, as if read from pixels."""

    def block_of(block: Block) -> Block:
        if not isinstance(block, Grid):
            return replace(block, score=score(block.text))
        rows = (tuple(replace(c, score=score(c.text)) for c in row) for row in block.rows)
        return replace(block, rows=tuple(rows))

    pages = (
        replace(page, blocks=tuple(map(block_of, page.blocks)), scan=SCAN) for page in source.pages
    )
    return replace(source, pages=tuple(pages))


def drawn() -> SourceDocument:
    return drawn_document(identity_page(), *flow_pages())


def readings(value: object) -> Iterator[Reading[object]]:
    """Every reading inside a value."""
    if isinstance(value, Reading):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from readings(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from readings(getattr(value, one.name))


def in_order(reading: Reading[object]) -> bool:
    """Whether it is the number of a step: the numbers above it bear witness too."""
    return type(reading.value) is int and reading.text != "" and reading.score <= 0.9


def below(source: SourceDocument) -> set[str]:
    """Pointers of the values whose raw score is no more than 0.5."""
    (draft,) = parse(source, ParseSettings())
    record: SopRecord = normalise(draft, RAW)
    return {path for path, given in record.provenance.items() if given.confidence <= 0.5}


def test_a_reading_is_never_surer_than_its_place_was_read() -> None:
    assert Reading("a", "a", Place(1, score=0.7), Method.CELL, 0.9).score == 0.7
    assert Reading("a", "a", Place(1, score=0.95), Method.CELL, 0.9).score == 0.9


@pytest.mark.parametrize("source", [drawn(), document(SHEET)], ids=["drawn", "tabs"])
def test_every_value_of_a_dim_page_is_doubted(source: SourceDocument) -> None:
    (draft,) = parse(scored(source, lambda _: 0.5), ParseSettings())
    found = [r for r in readings(draft) if r.method is not Method.SHAPE]
    assert len(found) > 40
    assert [r for r in found if r.score > 0.5 and not in_order(r)] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_value_of_a_dim_seed_is_doubted(path: Path) -> None:
    file = SourceFile(path.name, "0" * 64, "text/plain", path, path.stat().st_size)
    source = ingest(file, IngestSettings())
    for draft in parse(scored(source, lambda _: 0.5), ParseSettings()):
        found = [r for r in readings(draft) if r.place != Place() and not in_order(r)]
        assert [r for r in found if r.score > 0.5] == []


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        ("12/DISPUSIP/2024", {"/nomor_sop"}),
        ("4 Maret 2024", {"/tanggal_pembuatan"}),
        ("Buku", {"/nama_sop"}),
        ("MARTEN", {f"/disahkan_oleh/{name}" for name in ("jabatan", "nama", "nip")}),
        ("Nomor 43", {"/dasar_hukum/0"}),
        ("Komputer", {"/peralatan_perlengkapan/0"}),
        ("DINAS PERPUSTAKAAN", {"/instansi/pemerintah", "/instansi/perangkat_daerah"}),
        (
            "Petugas Layanan",
            {f"/pelaksana/1/{key}" for key in ("nama", "lengkap", "kolom")}
            | {"/langkah/1/pelaksana", "/langkah/1/pelaksana/0"},
        ),
        ("Memeriksa", {"/langkah/1/kegiatan"}),
        ("10 Menit", {"/langkah/2/waktu"}),
        ("Rak A", {"/langkah/3/keterangan"}),
    ],
)
def test_one_dim_cell_is_a_doubt_of_its_values_alone(text: str, pointers: set[str]) -> None:
    source = drawn()
    clear = below(scored(source, lambda _: 1.0))
    dim = below(scored(source, lambda cell: 0.5 if text in cell else 1.0))
    values = {path for path in dim - clear if not path.startswith("/dasar_hukum/0/")}
    if text == "Buku":  # the word stands in cells of the table and in a title too
        assert pointers <= values
    else:
        assert values == pointers


def test_the_score_of_a_joined_value_is_the_least() -> None:
    lines = document(SHEET.replace("\t", "   "))
    (draft,) = parse(scored(lines, lambda t: 0.6 if "DINAS" in t else 0.9), ParseSettings())
    assert draft.perangkat_daerah is not None
    assert draft.perangkat_daerah.score == 0.6


def test_cells_keep_the_reader_s_score_whatever_is_done_to_them() -> None:
    page = identity_page()
    grid = page.blocks[0]
    assert isinstance(grid, Grid)
    dim = tuple(tuple(Cell(c.text, c.place, c.symbols, 0.4) for c in row) for row in grid.rows)
    (draft,) = parse(
        drawn_document(replace(page, blocks=(Grid(dim, exact=True),))), ParseSettings()
    )
    assert {r.score for r in readings(draft)} == {0.4}


def test_the_record_says_what_read_its_pages() -> None:
    first = replace(SCAN, engine="one/A", mean_confidence=0.95, words=300, turn=90)
    second = replace(SCAN, mean_confidence=0.8, words=100, poor="sebagian besar tidak terbaca")
    blank = replace(SCAN, mean_confidence=None, known_share=None, words=0)
    pages = (identity_page(), *flow_pages())
    scans = zip(pages, (first, second, blank), strict=True)
    (draft,) = parse(drawn_document(*(replace(p, scan=s) for p, s in scans)), ParseSettings())
    record = normalise(draft, NormaliseSettings())
    assert record.source.ocr is not None
    assert record.source.ocr.model_dump() == {
        "engine": "one/A",
        "version": "1",
        "mean_confidence": 0.9125,
    }
    notes = [note.scan for note in record.page_notes]
    assert [note and (note.words, note.turn, note.poor) for note in notes] == [
        (300, 90, None),
        (100, 0, "sebagian besar tidak terbaca"),
        (0, 0, None),
    ]


def test_pages_that_are_no_scans_have_no_engine() -> None:
    (draft,) = parse(drawn(), ParseSettings())
    assert normalise(draft, NormaliseSettings()).source.ocr is None


def test_values_of_a_scanned_page_are_calibrated_as_such() -> None:
    identity, *flow = identity_page(), *flow_pages()
    found = []
    for page in (identity, replace(identity, scan=SCAN)):
        (draft,) = parse(drawn_document(page, *flow), ParseSettings())
        assert isinstance(draft.nomor_sop, Reading)
        draft = replace(draft, nomor_sop=replace(draft.nomor_sop, score=0.97))
        found.append(normalise(draft, NormaliseSettings()).provenance["/nomor_sop"].confidence)
    paper, pixels = (calibrate("nomor_sop", Method.LABEL, 0.97, scan=way) for way in (False, True))
    assert found == [paper, pixels]
    assert pixels < paper


def test_an_actor_of_a_step_is_no_surer_than_the_name_of_its_column() -> None:
    source = scored(drawn(), lambda text: 0.955 if text == "Petugas Layanan" else 0.999)
    (draft,) = parse(source, ParseSettings())
    record = normalise(draft, NormaliseSettings())
    column = next(k for k, p in enumerate(record.pelaksana) if p.nama == "Petugas Layanan")
    most = record.provenance[f"/pelaksana/{column}/nama"].confidence
    its = [k for k, step in enumerate(record.langkah) if "Petugas Layanan" in step.pelaksana]
    assert its
    for k in its:
        assert record.provenance[f"/langkah/{k}/pelaksana"].confidence <= most
        assert record.provenance[f"/langkah/{k}/bentuk"].confidence < 1.0


def test_ink_that_nothing_explains_is_a_doubt_of_its_row_in_a_scan() -> None:
    _, flow, rest = identity_page(), *flow_pages()
    line = Residue(
        ResidueKind.CONNECTOR, Place(2, (310.0, 240.0, 345.0, 240.8))
    )  # in the second step
    for scan, doubted in ((SCAN, [False, True, False, False]), (None, [False] * 4)):
        torn = replace(flow, residue=(line,), scan=scan)
        (draft,) = parse(drawn_document(identity_page(), torn, rest), ParseSettings())
        scores = [min(actor.score for actor in step.actors) for step in draft.langkah]
        assert [score == 0.85 for score in scores] == doubted


def test_a_row_of_a_scan_with_two_numbers_is_doubted_whole() -> None:
    flow, rest = flow_pages()
    rows = [line.replace("2 | Mem", "2. 3. | Mem") for line in FLOW]
    merged = replace(flow, blocks=(exact_grid(*rows, page=2),))
    source = scored(drawn_document(identity_page(), merged, rest), lambda _: 0.99)
    (draft,) = parse(source, ParseSettings())
    step = next(s for s in draft.langkah if s.row.kegiatan.value == "Memeriksa keanggotaan")
    values = (step.row.kegiatan, step.row.kelengkapan, step.row.waktu, step.row.output)
    assert {value.score for value in values if value is not None} == {0.6}


def test_the_column_of_an_actor_is_counted_in_scans_and_marked_so() -> None:
    def kolom(source: SourceDocument) -> list[object]:
        (draft,) = parse(source, ParseSettings())
        record = normalise(draft, NormaliseSettings())
        noted = [record.provenance.get(f"/pelaksana/{k}/kolom") for k in range(3)]
        return [given and (given.method, given.confidence < 0.9) for given in noted]

    assert kolom(scored(drawn(), lambda _: 0.99)) == [(Method.INFERRED, True)] * 3
    assert kolom(drawn()) == [None] * 3
