"""Two sections whose texts were run together: which lines are whose.

Turned into lines, the two-column form prints two labels and then the left and the right text one
after the other. Where the right one begins is settled by all that tells: the numbering starts
again, and the words are those of the other section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.model.source import Place

Piece = tuple[str, Place, int]

# Words that tell the sections apart; origin: the items of the five seeds and of 26 real sheets.
_TELLING = {
    "dasar_hukum": (
        r"undang|peraturan|keputusan|perda|permen|perpres|pp\b|uu\b|instruksi|surat edaran"
        r"|nomor \d+|tahun \d{4}|tentang"
    ),
    "kualifikasi_pelaksana": (
        r"^(?:memiliki|mengetahui|memahami|mampu|menguasai|dapat|bisa|minimal|pendidikan"
        r"|s[123]\b|d[34]\b|sma|diploma|sarjana|cermat|teliti|berpengalaman|terampil|pernah)"
    ),
    "keterkaitan": r"^(?:sop|standar operasional|prosedur)\b",
    "peralatan_perlengkapan": (
        r"^(?:komputer|printer|alat|atk|laptop|jaringan|internet|meja|kertas|scanner"
        r"|kendaraan|perangkat|buku|telepon|lemari|aplikasi|format|formulir|blangko|kamera"
        r"|mesin|stempel|proyektor|lcd|ruang)"
    ),
    "peringatan": (
        r"^(?:jika|apabila|bila|kalau|keterlambatan|kesalahan|tidak)\b|\bmaka\b|\b(?:akan"
        r"|menimbulkan|mengakibatkan|menyebabkan|berakibat|berdampak|terlambat|sulit"
        r"|sanksi|wajib|harus|dilarang)\b"
    ),
    "pencatatan_pendataan": (
        r"^(?!.*\b(?:akan|maka|wajib|harus|dilarang)\b)(?:disimpan|dicatat|buku|data|arsip|register|agenda|kartu|formulir|laporan"
        r"|dokumen|dibukukan|direkap|softcopy|hardcopy)"
    ),
}
_FIRST = re.compile(r"^\s*\(?1\s?[.)]")
_NUMBER = re.compile(r"^\s*\(?(\d{1,2})\s?[.)]")
_SECOND_IN_LINE = re.compile(r"(?<=\S)\s+(?=\(?1\s?[.)]\s*[A-Za-z])")
_OPEN_END = re.compile(
    r"(?:[,/&(\-–]|\b(?:dan|atau|tentang|atas|di|dari|untuk|dengan|serta|pada|yang|nomor|tahun"
    r"|republik|menteri))$",
    re.IGNORECASE,
)
# What tells where the left section ends and the right one begins: numbers that start again, a text
# before a first number, words of a section, an ended sentence, evidence on both sides; against it,
# an unfinished text. Own judgement, checked on the made sheets; only the order of size matters.
_RESTART, _FIRST_NUMBER = 3.0, 2.0
_TELL, _SENTENCE_END, _BOTH, _UNFINISHED = 1.5, 0.8, 0.5, 2.5
_CLEAR = 1.0  # by how much a cut must beat every other to be sure; set with the weights above


@dataclass(frozen=True, slots=True)
class Split:
    """The lines of both sections; `sure` says whether anything told them apart."""

    left: list[Piece]
    right: list[Piece]
    sure: bool


def split_pair(left: str, right: str, pieces: Sequence[Piece]) -> Split:
    """Cut the run-together lines of two sections in two, both in reading order.

    A line may hold the first items of both ("1. SOP Data 1. Komputer"): it is cut at the second
    number one. With nothing that tells, everything stays with the left section.
    """
    lines: list[Piece] = []
    for text, place, row in pieces:
        lines.extend((part, place, row) for part in _SECOND_IN_LINE.split(text))
    scores = {cut: _score(left, right, lines, cut) for cut in range(len(lines) + 1)}
    whole = len(lines)
    best = max(scores, key=lambda cut: (scores[cut] > 0, scores[cut], cut == whole))
    if scores[best] <= 0:
        best = whole
    second = max((score for cut, score in scores.items() if cut != best), default=0.0)
    sure = not lines or scores[best] - max(second, 0.0) >= _CLEAR
    return Split(list(lines[:best]), list(lines[best:]), sure)


def _score(left: str, right: str, lines: Sequence[Piece], cut: int) -> float:
    score = _BOTH if 0 < cut < len(lines) else 0.0
    for k, (text, _, _) in enumerate(lines):
        side, other = (left, right) if k < cut else (right, left)
        body = _NUMBER.sub("", text).strip()
        score += _TELL * (_tells(side, body) - _tells(other, body))
    if 0 < cut < len(lines):
        before = squeeze(lines[cut - 1][0])
        score -= _UNFINISHED if _OPEN_END.search(before) else 0.0
        if _FIRST.match(lines[cut][0]):
            above = any(_NUMBER.match(t) for t, _, _ in lines[:cut])
            score += _RESTART if above else _FIRST_NUMBER
        elif not _NUMBER.match(lines[cut][0]):
            score += _SENTENCE_END if before.endswith((".", ";")) else 0.0
            score += 0.3 if lines[cut][0].strip()[:1].isupper() else -2.0
        else:
            score -= 1.0
    return score


def _tells(section: str, text: str) -> bool:
    pattern = _TELLING.get(section)
    return pattern is not None and re.search(pattern, text.casefold()) is not None
