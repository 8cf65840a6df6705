"""What every page repeats and no SOP says: the certificate's footer, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from sopextract.core.text import fold, squeeze
from sopextract.model.draft import Method, Reading
from sopextract.model.source import Block, Grid, Page, SourceDocument, TextLine

# The footer that the electronic certificate service prints (domain notes, 2.3 no. 11). A signature
# block says "ditandatangani secara elektronik oleh" instead, and is not touched.
_CERTIFICATE = re.compile(
    r"dokumen ini (?:telah )?di\s?tandatangani secara elektronik"
    r"|sertifikat elektronik yang diterbitkan|balai (?:besar )?sertifikasi elektronik",
    re.IGNORECASE,
)
_SCAN_ME = re.compile(
    r"^\W*(?:silakan\s+)?(?:pindai|scan)\s+(?:kode\s+)?qr\b"
    r"|^\W*(?:catatan\s*:?\s*)?(?:[-•*]\s*)?uu ite no\w*\.?\s+11 tahun 2008 pasal 5",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|(?:halaman|hal\.?|page)\s*:?\s*\d{1,3}\s*(?:dari|of|/)\s*\d{1,3}"
    r"|halaman\s+\d{1,3})\s*$",
    re.IGNORECASE,
)
# The same as it is worded, for lines of scans: half of its small letters may be lost. Set on made
# scans of 200 dpi; lines of sheets that say something else resemble it by 56 of 100 at most.
_FOOTER = (
    "dokumen ini ditandatangani secara elektronik dengan sertifikat elektronik yang diterbitkan "
    "balai besar sertifikasi elektronik"
)
_SCAN_LINE = "pindai kode qr di samping ini untuk melihat berkas aslinya"
_ALIKE = 60.0  # of 100
_LEAST_SHARE = 0.5  # of its length; "ditandatangani secara elektronik oleh" begins a signature
_SURELY_READ = 0.97  # as in normalise/typos.py
_BADLY_READ = 0.89  # many words agree, but none was read surely: it is told of
_SIGNED_BY = re.compile(r"elektronik\W+oleh\b", re.IGNORECASE)


def is_furniture(text: str, *, dim: bool = False) -> bool:
    """Whether a line is the footer of a signed file or a page number in dashes or words.

    A bare number is none: it may be that of a step. Of a `dim` line, one of a scan that was read
    with doubt, the footer's wording need not be right.
    """
    if len(text) > 400:
        return False
    line = squeeze(text)
    if dim and (_resembles(line, _FOOTER) or _resembles(line, _SCAN_LINE)):
        return True
    if _PAGE_NUMBER.match(line) or _SCAN_ME.match(line):
        return True
    return _CERTIFICATE.search(line) is not None and not _SIGNED_BY.search(line)


def _resembles(line: str, wording: str) -> bool:
    """Whether a line is the wording read badly: small print that comes last in a scan."""
    if len(line) < _LEAST_SHARE * len(wording):
        return False
    return fuzz.partial_ratio(fold(line), wording, score_cutoff=_ALIKE) >= _ALIKE


def _is_furniture(line: TextLine) -> bool:
    return is_furniture(line.text, dim=line.score < _SURELY_READ)


def content_blocks(page: Page) -> tuple[Block, ...]:
    """The blocks of a page without its furniture; a grid that it stood in is whole again."""
    blocks: list[Block] = []
    left_out = False
    for block in page.blocks:
        if isinstance(block, TextLine) and _is_furniture(block):
            left_out = True
            continue
        above = blocks[-1] if blocks else None
        if left_out and isinstance(block, Grid) and isinstance(above, Grid) and _fit(above, block):
            blocks[-1] = Grid(above.rows + block.rows, above.exact)
        else:
            blocks.append(block)
        left_out = False
    return tuple(blocks)


def _fit(above: Grid, below: Grid) -> bool:
    """Whether the second grid goes on with the first: rows of the same width at the break."""
    return above.exact == below.exact and len(above.rows[-1]) == len(below.rows[0])


def find_certificate(document: SourceDocument) -> Reading[bool] | None:
    """Whether the file's pages carry the certificate's footer: it was signed electronically."""
    return _first_certificate([b for page in document.pages for b in page.blocks])


def _first_certificate(blocks: Sequence[Block]) -> Reading[bool] | None:
    for block in blocks:
        if isinstance(block, TextLine) and len(block.text) <= 400:
            text = squeeze(block.text)
            if _CERTIFICATE.search(text) and is_furniture(text):
                return Reading(True, text, block.place, Method.LINE, 0.97)
            if block.score < _SURELY_READ and _resembles(text, _FOOTER):
                return Reading(True, text, block.place, Method.LINE, _BADLY_READ)
    return None
