"""What of headers and footers belongs to the sheet: labels, the agency, the certificate's line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import squeeze
from sopextract.ingest.docx.blocks import BlockBuilder, plain_lines
from sopextract.ingest.docx.body import StoryReader
from sopextract.ingest.docx.flow import DrawnFlow
from sopextract.ingest.docx.xml import Element
from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label
from sopextract.model.source import Block

# How an agency's name begins, and what the certificate service prints at the foot.
_TELLING = re.compile(
    r"^\W*(?:pemerintah|kementerian|badan|dinas|sekretariat|inspektorat|kecamatan|kelurahan"
    r"|standar operasional)\b|sertifikasi elektronik|sertifikat elektronik|secara elektronik",
    re.IGNORECASE,
)
_MAX_LABEL = 70
_PAGE_WORDS = frozenset(("halaman", "hal"))


def read_margins(reader: StoryReader, kind: str) -> tuple[Block, ...]:
    """The blocks of the headers (`header`) or footers (`footer`) that tell something, each once."""
    found: list[Block] = []
    seen: set[tuple[str, ...]] = set()
    for part_name in reader.sections(kind):
        root = reader.package.part(part_name)
        if root is None:
            continue
        blocks = _blocks(reader, root, kind)
        texts = tuple(squeeze(text) for text, _ in plain_lines(blocks))
        if texts not in seen and any(_tells(text) for text in _pieces(texts)):
            seen.add(texts)
            found += blocks
    return tuple(found)


def _blocks(reader: StoryReader, root: Element, kind: str) -> tuple[Block, ...]:
    story = reader.read_margin(root)
    return BlockBuilder(DrawnFlow(), f"{kind}, ").build(story)


def _pieces(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        yield text
        label, colon, _ = text.partition(":")
        if colon:
            yield label.strip()


def _tells(text: str) -> bool:
    if _TELLING.search(text):
        return True
    if not text or len(text) > _MAX_LABEL or text.lower() in _PAGE_WORDS:
        return False
    return match_label(text, IDENTITY_GROUPS) is not None
