"""Hardly a word of a drawn sheet is missing from its record.

A looser test than `ingest/page/test_conservation.py`: the record leaves out labels, furniture and
the numbering of lists, writes dates and times anew and says some words several times.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import pytest

from sopextract.ingest.pdf import read_pdf
from sopextract.lexicon.bulan import NAMA_BULAN
from sopextract.model.record import SopRecord
from sopextract.model.source import Page, SourceFile, TextLine
from sopextract.parse.furniture import is_furniture
from sopextract.pipeline import read_sops
from sopextract.settings import Settings

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
_WORD = re.compile(r"[^\W_]+")
# Words of the form that no field holds: the NIP's label, the inscriptions of capsules, stamps.
_OF_THE_FORM = frozenset(("nip", "mulai", "selesai", "salinan", "terkendali"))


def words(text: str) -> list[str]:
    """Words of letters, in one case; numbers and single letters may be those of lists."""
    found = (word.casefold() for word in _WORD.findall(text))
    return [word for word in found if len(word) > 1 and not word.isdigit()]


def label_words() -> frozenset[str]:
    """Every word of every label of the form."""
    data = files("sopextract.lexicon") / "data" / "labels.toml"
    labels = tomllib.loads(data.read_text(encoding="utf-8"))
    return frozenset(word for text in strings(labels) for word in words(text))


def strings(value: object) -> Iterator[str]:
    """All strings in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from strings(inner)


def printed(page: Page) -> Iterator[str]:
    """The texts of a page without what every page repeats."""
    for block in page.blocks:
        if isinstance(block, TextLine):
            if not is_furniture(block.text):
                yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row)
    yield from (symbol.text for symbol in page.symbols)
    yield from (connector.label for connector in page.connectors)


def recorded(record: SopRecord) -> Iterator[str]:
    """The texts of a record, corrections with what stood there before among them."""
    return strings(record.model_dump(exclude={"source", "findings", "provenance"}))


def missing(path: Path) -> tuple[Counter[str], int]:
    """The words that no record of a file holds as often as it is printed; all its words."""
    source = SourceFile(path.name, "", "application/pdf", path, path.stat().st_size)
    pages = read_pdf(source, Settings().ingest).pages
    before = Counter(word for page in pages for text in printed(page) for word in words(text))
    records = read_sops(source, Settings())
    after = Counter(word for one in records for text in recorded(one) for word in words(text))
    months = {name.casefold() for name in NAMA_BULAN}  # of dates, which are written anew
    known = label_words() | _OF_THE_FORM | months
    lost = Counter({word: n - after[word] for word, n in before.items() if word not in known})
    return +lost, before.total()


def test_made_sheets_keep_their_words(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from tools.make_sheets import make_sheets

    lost: Counter[str] = Counter()
    total = 0
    for made in make_sheets(40, 7, "PQ"):
        path = tmp_path / made.name
        path.write_bytes(made.data)
        here, count = missing(path)
        lost += here
        total += count
    assert total > 10_000
    assert lost.total() <= 0.001 * total, lost


@pytest.mark.skipif(not REAL.is_dir(), reason="the real sheets are not beside the repository")
def test_real_sheets_keep_their_words() -> None:
    found = [missing(path) for path in sorted(REAL.glob("*.pdf"))]
    assert sum(lost.total() for lost, _ in found) <= 0.002 * sum(count for _, count in found)
