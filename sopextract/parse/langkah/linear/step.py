"""One step of a linearised table: its lines told apart by the time and the borders of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze
from sopextract.model.draft import Mark, MaybeText, Method, Reading, StepRow
from sopextract.model.source import Place
from sopextract.parse.langkah.columns import QUALITY
from sopextract.parse.langkah.linear.cells import AMOUNT, STEP, Gap, Piece, is_mark, pieces_of
from sopextract.parse.lines import join_lines
from sopextract.parse.places import least_clear
from sopextract.parse.rows import Row
from sopextract.parse.tanggal import is_blank

_OPEN_TIME = re.compile(
    r"^\s*(?:sesuai\s+(?:jadwal|kebutuhan|ketentuan|agenda)[^.;]*|menyesuaikan|tentatif"
    r"|insidentil|setiap\s+(?:hari|bulan|minggu|tahun)|triwulanan|semesteran|bulanan|tahunan)\s*$",
    re.IGNORECASE,
)

# Raw scores; own judgement, checked on the made sheets. Without a time nothing tells Kelengkapan
# from Output, without a border nothing tells where Kegiatan ends; of two amounts at the heads of
# lines either may be the time.
_SURE, _ONE_TIME, _GUESSED = 0.93, 0.96, 0.6
# How well an amount marks the Waktu cell; own judgement, checked on the made sheets. Only the order
# of size matters: an open phrase alone in its line, an amount at the head of a line, what stood
# before the line, any line but the first, and of equals the lower one.
_WHOLE_LINE, _LINE_HEAD, _AFTER_GAP, _LATER_LINE, _LOWER = 2.5, 2.0, 0.5, 0.3, 0.01


def read_step(
    rows: Sequence[Row], start: int, limit: int, number: int, fields: Sequence[str]
) -> tuple[StepRow, int]:
    """One step of the rows `start` to `limit`, and the position behind its last line.

    `fields` are the columns that the header names; one that it does not name is None.
    """
    lines, place = _lines_of(rows, start, limit)
    at = _find_time(lines)
    before = lines[: at.line] if at else lines
    kegiatan, marks, kelengkapan, sure = _split_before(before, at)
    output, remarks, stop = _read_output(lines, at, start)
    score = _SURE if sure and at is not None else _GUESSED
    times = sum(AMOUNT.match(line.text) is not None for line in lines[1:])
    cells: dict[str, MaybeText | None] = dict.fromkeys(QUALITY)
    if "kelengkapan" in fields:
        cells["kelengkapan"] = _cell(kelengkapan, place, score, at is None)
    if "waktu" in fields:
        sure_time = _ONE_TIME if times < 2 else _GUESSED
        cells["waktu"] = _cell(at.text if at else "", place, sure_time, at is None)
    if "output" in fields:
        cells["output"] = _cell(output, place, score, at is None)
    if "keterangan" in fields:
        cells["keterangan"] = _remarks(remarks, limit < len(rows), place)
    step = StepRow(
        Reading(number, str(number), place, Method.LINE, 1.0),
        Reading(kegiatan, kegiatan, place, Method.LINE, score),
        marks,
        **cells,
    )
    return step, stop


def _lines_of(rows: Sequence[Row], start: int, limit: int) -> tuple[list[Piece], Place]:
    """The lines of a step without its number, and where the number stands, no clearer than they."""
    head, *rest = pieces_of(rows, start, limit)
    place = least_clear(head.place, (piece.place for piece in rest))
    match = STEP.match(head.text)
    text = (match["rest"] or "") if match else ""
    if text:
        rest.insert(0, replace(head, text=text))
    if rest:  # what stands before the first line is the number's own
        rest[0] = replace(rest[0], gap=Gap.NONE)
    return rest, place


def _remarks(pieces: Sequence[Piece], bounded: bool, place: Place) -> MaybeText:
    """Keterangan from what stands between the output and the next step.

    Behind the last step nothing says where the table ends, so nothing is taken for a remark.
    """
    text = join_lines([p.text for p in pieces if not is_mark(p.text)]) if bounded else ""
    if is_blank(text):
        return Reading(None, text, place, Method.ABSENT, 0.9 if text else 0.7)
    return Reading(text, text, place, Method.LINE, 0.9)


def _cell(text: str, place: Place, score: float, unread: bool) -> MaybeText:
    if is_blank(text):
        return Reading(None, text, place, Method.UNREAD if unread else Method.ABSENT, score)
    return Reading(text, text, place, Method.LINE, score)


@dataclass(frozen=True, slots=True)
class _Time:
    """Where the time stands: line, text before and after it on that line."""

    line: int
    text: str
    before: str
    after: str


def _find_time(lines: Sequence[Piece]) -> _Time | None:
    """The amount that best marks the Waktu cell: at the head of a line, past the first line."""
    best: tuple[float, _Time] | None = None
    for k, line in enumerate(lines):
        for score, time in _times_in(line, k):
            if best is None or score > best[0]:
                best = (score, time)
    if best is None:  # a dash in its place
        dashes = [k for k, p in enumerate(lines) if k and p.text and is_blank(p.text)]
        return _Time(dashes[0], lines[dashes[0]].text, "", "") if dashes else None
    return best[1]


def _times_in(line: Piece, k: int) -> list[tuple[float, _Time]]:
    """The amounts of line `k`, or the open phrase that it is, each with how well it marks Waktu."""
    lead = _AFTER_GAP * line.gap
    if k and _OPEN_TIME.match(line.text):
        return [(_WHOLE_LINE + lead, _Time(k, line.text, "", ""))]
    found = []
    for amount in AMOUNT.finditer(line.text):
        before, after = line.text[: amount.start()].strip(), line.text[amount.end() :].strip()
        score = (_LINE_HEAD if not amount.start() and k else 0.0) + lead
        score += _LATER_LINE * (k > 0) + _LOWER * k
        found.append((score, _Time(k, squeeze(amount.group()), before, after)))
    return found


def _split_before(
    lines: Sequence[Piece], at: _Time | None
) -> tuple[str, tuple[Mark, ...], str, bool]:
    """Kegiatan, marks and Kelengkapan from what stands before the time; whether it is sure."""
    marks = tuple(Mark(None, p.text, p.place) for p in lines[1:] if is_mark(p.text))
    texts = [(k, p) for k, p in enumerate(lines) if k == 0 or not is_mark(p.text)]
    tail = [at.before] if at and at.before else []
    borders = [n for n, (_, p) in enumerate(texts) if n and p.gap is Gap.BORDER]
    for n in range(1, len(texts)):  # a mark between two texts is a border as well
        if texts[n][0] - texts[n - 1][0] > 1 and n not in borders:
            borders.append(n)
    if at and at.before and not borders and lines:
        borders = [len(texts)]
    sure = bool(borders)
    cut = min(borders) if borders else _guess_border([p for _, p in texts])
    kegiatan = join_lines([p.text for _, p in texts[:cut]])
    kelengkapan = join_lines([*(p.text for _, p in texts[cut:]), *tail])
    return kegiatan, marks, kelengkapan, sure


def _guess_border(pieces: Sequence[Piece]) -> int:
    """Without a cell border: the last line that starts like a new cell (capital, empty line)."""
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n].gap and pieces[n].text[:1].isupper():
            return n
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n].text[:1].isupper() and not pieces[n - 1].text.endswith((",", "dan", "-")):
            return n
    return len(pieces)


def _read_output(
    lines: Sequence[Piece], at: _Time | None, start: int
) -> tuple[str, tuple[Piece, ...], int]:
    """The output, what follows it behind a border, and the position behind the output."""
    if at is None:
        return "", (), (lines[-1].position if lines else start) + 1
    texts = [at.after] if at.after else []
    stop = lines[at.line].position + 1
    for k, line in enumerate(lines[at.line + 1 :], at.line + 1):
        if is_mark(line.text) or (texts and line.gap is Gap.BORDER):
            return join_lines(texts), tuple(lines[k:]), stop
        texts.append(line.text)
        stop = line.position + 1
    return join_lines(texts), (), stop
