"""The step table of `pdftotext -layout`: columns from the header and the white space, page by page.

The header says how many columns there are and in which order; where they stand is settled for each
page by its own white space, because the scale changes from page to page and most pages repeat no
header. Numbers and texts are often printed in the middle of their row: where one row ends and the
next begins is settled for the whole table together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sopextract.model.source import Cell, Place
from sopextract.parse.columns import QUALITY, column_label
from sopextract.parse.content import look_at

_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]?$")
_NUMBER_AND_TEXT = re.compile(r"^(\d{1,3})[.)]?\s(\S.*)$")
_AMOUNT = re.compile(
    r"(?<!\S)(?:\d+(?:\s?[-–]\s?\d+)?\s(?:menit|jam|hari|minggu|bulan|tahun)(?:\s(?:kerja|kalender))?"
    r"|sesuai\s(?:kebutuhan|jadwal|ketentuan))(?!\S)",
    re.IGNORECASE,
)
_MAX_HEADER = 26  # lines from the first label to the first step; blank ones counted
_SLACK = 3  # characters that a text may stand off its column where the line is crowded
# How the columns of a page may stand off those of the page before, seen up to a fifth.
_SHIFTS = (-8, -4, 0, 4, 8)
_SCALES = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25)
_SHARED = 0.4  # against two stretches in one column; a list's numbers stand off its texts
_SIDE = 8  # characters that a number may stand off its heading


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words set apart by two spaces or more, with their first and last character position."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its page (from 0), where it stands, its chunks."""

    page: int
    place: Place
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class MadeRow:
    """One row of the sheet; `score` says how surely its lines belong to it."""

    cells: tuple[Cell, ...]
    score: float


@dataclass(slots=True)
class _Column:
    """A column by its header: role, label, extent of the header's texts."""

    role: str
    start: int
    end: int
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return "\n".join(text for _, text in sorted(self.lines, key=lambda at: at[0]))


def read_spaced_table(lines: Sequence[Line]) -> list[MadeRow] | None:
    """The rows of the table, two header rows first; None when columns or steps cannot be found.

    `lines` begin with the header's first line and hold nothing but the table.
    """
    split = _split_header(lines)
    if split is None:
        return None
    header, data, numbered_columns = split
    columns = _columns(header)
    if columns is None or (numbered_columns and numbered_columns != len(columns)):
        return None
    _name_kelengkapan(columns, data)
    placed = _place_pages(data, columns)
    numbers = _step_numbers(placed)
    if not numbers or (len(numbers) < 2 and lines[0].page == 0):
        return None
    return [*_header_rows(columns, header[0].place), *_gather(placed, numbers, columns)]


# -- header ---------------------------------------------------------------------------------------


def _split_header(lines: Sequence[Line]) -> tuple[list[Line], list[Line], int] | None:
    """Header lines, data lines, and how many columns the row of column numbers counts (or 0)."""
    labelled = 0
    for k, line in enumerate(lines[:_MAX_HEADER]):
        texts = tuple(c.text for c in line.chunks)
        if len(texts) >= 3 and all(look_at(t).number is not None for t in texts):
            last = look_at(texts[-1]).number or 0
            exact = [look_at(t).number for t in texts] == list(range(1, last + 1))
            header = _at_numbers(lines[:k], line) if exact else list(lines[:k])
            return header, list(lines[k + 1 :]), last if exact else 0
        if _is_first_step(lines, k):
            break
        if any(_role(t) for t in texts):
            labelled = k
    else:
        return None
    header = _apart_lines(lines[: labelled + 1])
    rest = list(lines[labelled + 1 :])
    columns = _columns(header)
    if columns is None:
        return None
    actors = [c for c in columns if c.role == "actor"]
    while rest and actors and _names_go_on(rest[0], columns, actors):
        header.append(rest.pop(0))
    return _apart_lines(header), rest, 0


def _names_go_on(line: Line, columns: Sequence[_Column], actors: Sequence[_Column]) -> bool:
    """Whether a line below the labels holds the last words of long names of posts."""
    kegiatan = next(c for c in columns if c.role == "kegiatan")
    if not line.chunks or line.chunks[0].start <= kegiatan.end:
        return False
    return any(
        c.start >= actors[0].start - 2 and c.end <= actors[-1].end + 2 and not look_at(c.text).mark
        for c in line.chunks
    )


def _apart_lines(header: Sequence[Line]) -> list[Line]:
    """The header with names taken apart that stand over two texts of another of its lines."""
    out = []
    for line in header:
        parts: list[Chunk] = []
        for chunk in line.chunks:
            cuts: list[float] = []
            if _role(chunk.text) is None:
                for other in header:
                    under = [c for c in other.chunks if c.start < chunk.end and c.end > chunk.start]
                    inside = all(
                        chunk.start - 2 <= c.start and c.end <= chunk.end + 2 for c in under
                    )
                    if other is not line and len(under) > len(cuts) + 1 and inside:
                        cuts = [(a.end + b.start) / 2 for a, b in pairwise(under)]
            parts.extend(_cut_at(chunk, cuts))
        out.append(Line(line.page, line.place, tuple(parts)))
    return out


def _cut_at(chunk: Chunk, cuts: Sequence[float]) -> list[Chunk]:
    """A text cut at the spaces nearest to some positions."""
    spaces = [chunk.start + k for k, letter in enumerate(chunk.text) if letter == " "]
    at = sorted({min(spaces, key=lambda x: abs(x - cut)) for cut in cuts}) if spaces else []
    bounds = [chunk.start - 1, *at, chunk.end]
    return [
        Chunk(a + 1, b, chunk.text[a + 1 - chunk.start : b - chunk.start])
        for a, b in pairwise(bounds)
    ]


def _at_numbers(header: Sequence[Line], numbers: Line) -> list[Line]:
    """The header with names that stand over several column numbers taken apart at their words."""
    middles = [(c.start + c.end) / 2 for c in numbers.chunks]
    return [
        Line(
            line.page,
            line.place,
            tuple(part for chunk in line.chunks for part in _apart(chunk, middles)),
        )
        for line in header
    ]


def _apart(chunk: Chunk, middles: Sequence[float]) -> tuple[Chunk, ...]:
    over = [m for m in middles if chunk.start - 1 <= m <= chunk.end + 1]
    if len(over) < 2 or _role(chunk.text) is not None or " " not in chunk.text:
        return (chunk,)
    parts: list[Chunk] = []
    for match in re.finditer(r"\S+", chunk.text):
        a, b = chunk.start + match.start(), chunk.start + match.end()
        mine = min(middles, key=lambda m: abs(m - (a + b) / 2))
        last = parts[-1] if parts else None
        if last and min(middles, key=lambda m: abs(m - (last.start + last.end) / 2)) == mine:
            parts[-1] = Chunk(last.start, b, f"{last.text} {match.group()}")
        else:
            parts.append(Chunk(a, b, match.group()))
    return tuple(parts)


def _is_first_step(lines: Sequence[Line], k: int) -> bool:
    if not lines[k].chunks:
        return False
    first = lines[k].chunks[0].text
    number = _NUMBER.match(first) or _NUMBER_AND_TEXT.match(first)
    return number is not None and k > 0


def _role(text: str) -> str | None:
    hit = column_label(text)
    return hit.field if hit is not None else None


def _columns(header: Sequence[Line]) -> list[_Column] | None:
    """The columns that the header names, left to right; None when their order is not the form's."""
    columns: list[_Column] = []
    group: Chunk | None = None
    loose: list[tuple[int, Chunk]] = []
    for k, line in enumerate(header):
        beside = {_role(c.text) for c in line.chunks}
        for chunk in line.chunks:
            role = _role(chunk.text)
            is_group = role == "mutu_baku" or (
                # "Penanggung Jawab" below "Pelaksana" is the name of an actor
                role == "pelaksana" and group is None and bool(beside & {"mutu_baku", "kegiatan"})
            )
            if is_group:
                group = chunk if role == "pelaksana" else group
            elif role in ("no", "kegiatan", *QUALITY) and not any(c.role == role for c in columns):
                columns.append(_Column(str(role), chunk.start, chunk.end, [(k, chunk.text)]))
            else:
                loose.append((k, chunk))
    columns.sort(key=lambda c: c.start)
    kegiatan = next((c for c in columns if c.role == "kegiatan"), None)
    quality = [c for c in columns if c.role in QUALITY]
    if kegiatan is None or len(quality) < 2 or any(c.start < kegiatan.start for c in quality):
        return None
    actors = _actor_columns(loose, columns, kegiatan, quality[0])
    if not actors and group is not None:
        actors = [_Column("actor", group.start, group.end, [(0, group.text)])]
    return sorted([*columns, *actors], key=lambda c: c.start)


def _actor_columns(
    loose: Sequence[tuple[int, Chunk]],
    columns: Sequence[_Column],
    kegiatan: _Column,
    quality: _Column,
) -> list[_Column]:
    """Texts of the header that are no label: parts of a label, else names of posts."""
    actors: list[_Column] = []
    for k, chunk in sorted(loose, key=lambda at: (at[1].end - at[1].start, at[0]), reverse=True):
        over = [c for c in columns if chunk.start < c.end + 1 and chunk.end > c.start - 1]
        if over:
            over[0].lines.append((k, chunk.text))
            continue
        if not kegiatan.end < chunk.start or not chunk.end < quality.start:
            continue
        mine = [a for a in actors if chunk.start < a.end and chunk.end > a.start]
        if mine:
            mine[0].lines.append((k, chunk.text))
            mine[0].start = min(mine[0].start, chunk.start)
            mine[0].end = max(mine[0].end, chunk.end)
        else:
            actors.append(_Column("actor", chunk.start, chunk.end, [(k, chunk.text)]))
    return actors


def _header_rows(columns: Sequence[_Column], place: Place) -> list[MadeRow]:
    upper, lower = [], []
    seen: set[str] = set()
    for column in columns:
        group = {"actor": "Pelaksana", "keterangan": ""}.get(column.role, "")
        if column.role in ("kelengkapan", "waktu", "output") and "mutu" not in seen:
            group = "Mutu Baku"
            seen.add("mutu")
        if column.role == "actor":
            group = "" if "actor" in seen else "Pelaksana"
            seen.add("actor")
        own = column.role in ("no", "kegiatan", "keterangan")
        upper.append(Cell(column.label if own else group, place))
        lower.append(Cell("" if own else column.label, place))
    return [MadeRow(tuple(upper), 1.0), MadeRow(tuple(lower), 1.0)]


def _name_kelengkapan(columns: Sequence[_Column], data: Sequence[Line]) -> None:
    """An "actor" right before Waktu with words in it is Kelengkapan under a name of its own."""
    actors = [c for c in columns if c.role == "actor"]
    if len(actors) < 2 or any(c.role == "kelengkapan" for c in columns):
        return
    last, before = actors[-1], actors[-2]
    words = [
        c
        for line in data
        for c in line.chunks
        if before.end < c.start < last.end and c.end > last.start and look_at(c.text).prose
    ]
    if len(words) * 4 >= sum(len(line.chunks) > 1 for line in data):
        last.role = "kelengkapan"


# -- columns of each page -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """One line cut to the table's columns; `doubt` where a text runs over a border."""

    page: int
    place: Place
    texts: tuple[str, ...]
    doubt: bool


def _place_pages(data: Sequence[Line], columns: Sequence[_Column]) -> list[_Placed]:
    pages = sorted({line.page for line in data})
    homes = [(c.start, c.end) for c in columns]
    placed: list[_Placed] = []
    for page in pages:
        waktu = next((h for h, c in zip(homes, columns, strict=True) if c.role == "waktu"), None)
        lines = [
            _split_time(_split_number(line, homes[0]), waktu) for line in data if line.page == page
        ]
        segments = _under_headings(_segments(lines), homes, lines)
        if not segments:
            placed.extend(_Placed(x.page, x.place, ("",) * len(columns), False) for x in lines)
            continue
        owners = _owners(segments, columns, homes, lines)
        placed.extend(_cut_line(line, segments, owners, columns, homes) for line in lines)
        homes = _moved_homes(homes, segments, owners)
    return placed


def _split_number(line: Line, home: tuple[int, int]) -> Line:
    """ "1. Menyusun" at the head of a line, the number under No: two texts."""
    if not line.chunks:
        return line
    head = line.chunks[0]
    match = _NUMBER_AND_TEXT.match(head.text)
    if match is None or head.start > home[1] + _SIDE or look_at(head.text).duration >= 0.5:
        return line
    size = len(head.text) - len(match[2])
    parts = (
        Chunk(head.start, head.start + size - 1, head.text[: size - 1].strip()),
        Chunk(head.start + size, head.end, match[2]),
    )
    return Line(line.page, line.place, (*parts, *line.chunks[1:]))


def _split_time(line: Line, home: tuple[int, int] | None) -> Line:
    """An amount of time under Waktu that only one space parts from its neighbours, set apart."""
    if home is None:
        return line
    parts: list[Chunk] = []
    for chunk in line.chunks:
        bounds = {chunk.start, chunk.end + 1}
        for match in _AMOUNT.finditer(chunk.text):
            a, b = chunk.start + match.start(), chunk.start + match.end()
            if home[0] - _SIDE <= a and b <= home[1] + _SIDE:
                bounds |= {a, b + 1} if b < chunk.end else {a}
        parts.extend(
            Chunk(a, b - 1, chunk.text[a - chunk.start : b - 1 - chunk.start])
            for a, b in pairwise(sorted(bounds))
        )
    return Line(line.page, line.place, tuple(parts))


def _segments(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Stretches of a page that hold text, marks of the actors' columns left out."""
    texts = [c for line in lines for c in line.chunks if not look_at(c.text).mark]
    if not texts:
        return []
    width = max(c.end for c in texts)
    cover = [0] * (width + 2)
    for chunk in texts:
        for x in range(chunk.start, chunk.end):
            cover[x] += 1
    segments: list[tuple[int, int]] = []
    begin: int | None = None
    for x, count in enumerate(cover):
        if count and begin is None:
            begin = x
        elif not count and begin is not None:
            segments.append((begin, x))
            begin = None
    return _finer(segments, texts)


def _under_headings(
    segments: Sequence[tuple[int, int]], homes: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> list[tuple[int, int]]:
    """Segments that lie under two headings, cut between them where fewest texts run over."""
    texts = [c for line in lines for c in line.chunks]
    out: list[tuple[int, int]] = []
    for start, end in segments:
        under = [h for h in homes if h[0] < end - _SLACK and h[1] > start + _SLACK]
        bounds = [start]
        for left, right in pairwise(under):
            gap = range(left[1], right[0] + 1)
            cover = {x: sum(c.start < x < c.end for c in texts) for x in gap}
            # the last of the best places: what begins a column is ragged less than what ends it
            x = min(gap, key=lambda x: (cover[x], -x), default=None)
            if x is not None and bounds[-1] < x < end:
                bounds.append(x)
        out.extend(pairwise([*bounds, end]))
    return out


def _finer(segments: Sequence[tuple[int, int]], texts: Sequence[Chunk]) -> list[tuple[int, int]]:
    """Segments cut where a few texts run over a border that most lines keep."""
    out: list[tuple[int, int]] = []
    for start, end in segments:
        inside = [c for c in texts if start <= c.start < end]
        cuts = []
        for x in {c.start for c in inside if c.start > start + _SLACK}:
            here = sum(abs(c.start - x) <= _SLACK for c in inside)
            over = [c for c in inside if c.start < x - _SLACK and c.end > x]
            clean = all(_space_near(c, x) is not None for c in over)
            if clean and here >= 2 and len(over) * 4 <= here:
                cuts.append(x)
        apart = [
            x for k, x in enumerate(sorted(cuts)) if k == 0 or x - sorted(cuts)[k - 1] > _SLACK
        ]
        bounds = [start, *apart, end]
        out.extend((a, b) for a, b in pairwise(bounds))
    return out


def _owners(
    segments: Sequence[tuple[int, int]],
    columns: Sequence[_Column],
    homes: Sequence[tuple[int, int]],
    lines: Sequence[Line],
) -> list[int]:
    """The column of each segment: in order, by where it stands and by what stands in it."""
    looks = [[_looks(s, c.role, lines) for c in columns] for s in segments]
    left = homes[0][0]
    tried = []
    for shift in _SHIFTS if len(segments) > 2 else (0,):
        for scale in _SCALES if len(segments) > 2 else (1.0,):
            moved = [
                (left + shift + (a - left) * scale, left + shift + (b - left) * scale)
                for a, b in homes
            ]
            score, owners = _owners_at(segments, moved, looks)
            tried.append((score - 0.02 * abs(shift) - 2.0 * abs(scale - 1.0), owners))
    return max(tried, key=lambda found: found[0])[1]


def _owners_at(
    segments: Sequence[tuple[int, int]],
    homes: Sequence[tuple[float, float]],
    looks: Sequence[Sequence[float]],
) -> tuple[float, list[int]]:
    """The best owners in order, and how good they are, with the columns at `homes`."""
    n, m = len(segments), len(homes)
    fits = [
        [_near(segment, homes[j]) + looks[i][j] for j in range(m)]
        for i, segment in enumerate(segments)
    ]
    best = [[float("-inf")] * m for _ in range(n)]
    back = [[0] * m for _ in range(n)]
    for i in range(n):
        for j in range(m):
            if i == 0:
                best[0][j] = fits[0][j]
                continue
            apart = segments[i][0] - segments[i - 1][1]
            before = [
                best[i - 1][k] - (_SHARED * (apart > 1) if k == j else 0.0) for k in range(j + 1)
            ]
            k = max(range(j + 1), key=before.__getitem__)
            best[i][j], back[i][j] = before[k] + fits[i][j], k
    j = max(range(m), key=lambda j: best[n - 1][j])
    owners = [j]
    for i in range(n - 1, 0, -1):
        j = back[i][j]
        owners.append(j)
    owners.reverse()
    return max(best[n - 1]), owners


def _near(segment: tuple[int, int], home: tuple[float, float]) -> float:
    """From 1 (one lies over the other) downwards with the gap between them, in characters."""
    gap = max(segment[0] - home[1], home[0] - segment[1], 0)
    over = min(segment[1], home[1]) - max(segment[0], home[0])
    share = max(over, 0) / max(1, min(segment[1] - segment[0], home[1] - home[0]))
    return share - gap / 6.0


def _looks(segment: tuple[int, int], role: str, lines: Sequence[Line]) -> float:
    """How well a segment's texts look like what its column holds, about -2 to 2."""
    texts = [
        look_at(c.text)
        for line in lines
        for c in line.chunks
        if segment[0] <= c.start < segment[1] and not look_at(c.text).mark
    ]
    if not texts:
        return 0.0
    numbers = sum(t.number is not None for t in texts) / len(texts)
    times = sum(t.duration for t in texts) / len(texts)
    if role == "no":
        return 2.0 * numbers - 1.0
    if role == "actor":
        return -2.0
    if role == "waktu":
        return 2.0 * times - 0.5
    return -1.0 * times - (1.0 * numbers if role == "kegiatan" else 0.0)


def _cut_line(
    line: Line,
    segments: Sequence[tuple[int, int]],
    owners: Sequence[int],
    columns: Sequence[_Column],
    homes: Sequence[tuple[int, int]],
) -> _Placed:
    texts = [""] * len(columns)
    doubt = False
    for chunk in line.chunks:
        pieces, over = _pieces(chunk, segments)
        if look_at(chunk.text).mark:
            j = _mark_column(chunk, columns, homes)
            if j is not None:
                texts[j] = f"{texts[j]} {chunk.text}".strip()
                continue
        doubt = doubt or len({owners[i] for i in over}) > 1
        for i, text in pieces:
            texts[owners[i]] = f"{texts[owners[i]]} {text}".strip()
    return _Placed(line.page, line.place, tuple(texts), doubt)


def _space_near(chunk: Chunk, x: int) -> int | None:
    """Where the word begins that a border at `x` cuts off; None when no space is near it."""
    spaces = [
        chunk.start + k + 1
        for k, letter in enumerate(chunk.text)
        if letter == " " and abs(chunk.start + k + 1 - x) <= _SLACK
    ]
    return min(spaces, key=lambda at: abs(at - x), default=None)


def _pieces(
    chunk: Chunk, segments: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, str]], list[int]]:
    """A chunk cut at the segments it runs over: position and text of each; all of these."""
    over = [i for i, (start, end) in enumerate(segments) if chunk.start < end and chunk.end > start]
    if not over:
        over = [
            min(
                range(len(segments)),
                key=lambda i: max(segments[i][0] - chunk.end, chunk.start - segments[i][1]),
            )
        ]
    pieces: list[tuple[int, str]] = []
    at = chunk.start
    for i, after in pairwise(over):
        cut = _space_near(chunk, segments[after][0])
        if cut is None or cut <= at:
            continue
        pieces.append((i, chunk.text[at - chunk.start : cut - chunk.start].strip()))
        at = cut
    return [*pieces, (over[-1], chunk.text[at - chunk.start :].strip())], over


def _mark_column(
    chunk: Chunk, columns: Sequence[_Column], homes: Sequence[tuple[int, int]]
) -> int | None:
    """The actor's column that a mark stands nearest to; None outside those columns."""
    middle = (chunk.start + chunk.end) / 2
    order = sorted(range(len(columns)), key=lambda j: abs((homes[j][0] + homes[j][1]) / 2 - middle))
    actors = [j for j in range(len(columns)) if columns[j].role == "actor"]
    if not actors:
        return None
    kegiatan = next(j for j in range(len(columns)) if columns[j].role == "kegiatan")
    left = min(homes[actors[0]][0] - _SIDE, homes[kegiatan][1] + 1)
    if left <= middle <= homes[actors[-1]][1] + _SIDE:
        return next(j for j in order if j in actors)
    return None


def _moved_homes(
    homes: Sequence[tuple[int, int]], segments: Sequence[tuple[int, int]], owners: Sequence[int]
) -> list[tuple[int, int]]:
    """Where the columns stand on this page: those with text by it, the others as before."""
    out = list(homes)
    for j in set(owners):
        mine = [s for s, owner in zip(segments, owners, strict=True) if owner == j]
        out[j] = (min(s[0] for s in mine), max(s[1] for s in mine))
    return out


# -- rows -----------------------------------------------------------------------------------------


def _step_numbers(placed: Sequence[_Placed]) -> list[int]:
    """Positions of the lines that hold the number of a step, rising."""
    found: list[int] = []
    last = 0
    for k, line in enumerate(placed):
        number = _NUMBER.match(line.texts[0])
        # a page that repeats the header goes on counting
        if number and (not found or last < int(number[1]) <= last + 3):
            found.append(k)
            last = int(number[1])
    return found


def _gather(
    placed: Sequence[_Placed], numbers: Sequence[int], columns: Sequence[_Column]
) -> list[MadeRow]:
    """Lines to rows, one for each number: the borders that cost least over the whole table."""
    width = len(columns)
    waktu = next((j for j, c in enumerate(columns) if c.role == "waktu"), None)
    cuts, margins = _best_borders(placed, numbers, width)
    rows: list[MadeRow] = []
    for k, start in enumerate(cuts):
        end = cuts[k + 1] if k + 1 < len(cuts) else len(placed)
        lines = [line for line in placed[start:end] if any(line.texts)]
        if not lines:
            continue
        doubt = any(line.doubt for line in lines)
        edge = min(margins[k], margins[k + 1] if k + 1 < len(margins) else 9.0)
        row = _merge(lines, width, 0.6 if doubt else 0.8 if edge < _CLEAR else 1.0)
        # a number at the head of the text is that of a step whose number was not seen
        astray = _time_astray(row, waktu) or any(
            _NUMBER_AND_TEXT.match(c.text) and c.text[0].isdigit() and "." in c.text[:3]
            for c, column in zip(row.cells, columns, strict=True)
            if column.role == "kegiatan"
        )
        rows.append(MadeRow(row.cells, 0.6) if astray else row)
    return rows


def _time_astray(row: MadeRow, waktu: int | None) -> bool:
    """Whether the time stands among the words of another column, or words among the time."""
    if waktu is None:
        return False
    own = row.cells[waktu].text.replace("\n", " ")
    if own:
        return len(_AMOUNT.sub(" ", own).strip()) > 12 and _AMOUNT.search(own) is not None
    beside = [row.cells[j].text for j in (waktu - 1, waktu + 1) if j < len(row.cells)]
    return any(_AMOUNT.search(text.replace("\n", " ")) for text in beside)


# Costs of a border between two rows, set by hand on sheets of the kind; only their order of size
# matters: a text off the middle of its row costs more per line than a small letter at its head.
_OFF_MIDDLE, _SMALL_LETTER, _OPEN_END, _NO_GAP, _CLEAR = 1.0, 1.2, 1.0, 0.5, 0.5
_EMPTY_ROW = 4.0
_FREE, _SWITCH = 0.2, 0.5  # a column whose texts begin with the row says little of where it begins
_TOP, _MIDDLE, _OWN_TOP = "top", "middle", "own top"  # from the number, around it, from the border
_OPEN = re.compile(r"(?:[,/&(\-]|\b(?:dan|atau|dengan|untuk|ke|di|dari|oleh|yang|pada))$", re.I)


def _best_borders(
    placed: Sequence[_Placed], numbers: Sequence[int], width: int
) -> tuple[list[int], list[float]]:
    """The borders under the best guess of how each column is set: top, middle, or own top."""
    tries = [(_TOP,) * width, (_MIDDLE,) * width]
    found = [(_borders(placed, numbers, modes), modes) for modes in tries]
    best, modes = min(found, key=lambda at: at[0][2])
    for j in range(1, width):
        for mode in (_TOP, _MIDDLE, _OWN_TOP):
            if mode == modes[j] or best[2] < 1.0:
                continue
            other = (*modes[:j], mode, *modes[j + 1 :])
            now = _borders(placed, numbers, other)
            if now[2] < best[2] - _SWITCH:
                best, modes = now, other
    return best[0], best[1]


def _borders(
    placed: Sequence[_Placed], numbers: Sequence[int], modes: Sequence[str]
) -> tuple[list[int], list[float], float]:
    """First line of each row, how clearly each beat the next best, and the cost of all."""
    n = len(numbers)
    options = [[0]] + [
        [k for k in range(numbers[i - 1] + 1, numbers[i] + 1) if any(placed[k].texts)]
        for i in range(1, n)
    ]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for i in range(1, n):
        here: dict[int, tuple[float, int]] = {}
        for k in options[i]:
            edge = _edge_cost(placed, k)
            costs = [
                (cost + edge + _row_cost(placed, at, k, numbers[i - 1], modes), at)
                for at, (cost, _) in best[-1].items()
            ]
            here[k] = min(costs)
        best.append(here)
    final = {
        k: cost + _row_cost(placed, k, len(placed), numbers[-1], modes)
        for k, (cost, _) in best[-1].items()
    }
    total = min(final.values())
    cut = min(final, key=lambda k: (final[k], -k))
    cuts = [cut]
    for i in range(n - 1, 0, -1):
        cut = best[i][cut][1]
        cuts.append(cut)
    cuts.reverse()
    margins = [9.0] * n
    for i in range(1, n):
        before = cuts[i - 1]
        after = cuts[i + 1] if i + 1 < n else len(placed)

        def local(k: int, i: int = i, before: int = before, after: int = after) -> float:
            return (
                _edge_cost(placed, k)
                + _row_cost(placed, before, k, numbers[i - 1], modes)
                + _row_cost(placed, k, after, numbers[i], modes)
            )

        mine = local(cuts[i])
        others = [local(k) for k in options[i] if k != cuts[i]]
        margins[i] = min(others, default=mine + 9.0) - mine
    return cuts, margins, total


def _row_cost(
    placed: Sequence[_Placed], start: int, end: int, number: int, modes: Sequence[str]
) -> float:
    """How far the texts of a row are from where its number says they should be, in lines."""
    cost = 0.0 if any(any(placed[k].texts[1:]) for k in range(start, end)) else _EMPTY_ROW
    for j in range(1, len(placed[start].texts)):
        filled = [k for k in range(start, end) if placed[k].texts[j]]
        if not filled:
            continue
        if modes[j] == _MIDDLE:
            cost += _OFF_MIDDLE * max(0.0, abs((filled[0] + filled[-1]) / 2 - number) - 0.5)
        elif modes[j] == _TOP:
            cost += _OFF_MIDDLE * abs(filled[0] - number)
        else:
            cost += _OFF_MIDDLE * abs(filled[0] - start) + _FREE
    return cost


def _edge_cost(placed: Sequence[_Placed], k: int) -> float:
    """What speaks against a row that begins at this line."""
    cost = 0.0
    for j, text in enumerate(placed[k].texts):
        if not j or not text or look_at(text).mark:
            continue
        if text[:1].islower():
            cost += _SMALL_LETTER
        above = next((p.texts[j] for p in reversed(placed[max(0, k - 6) : k]) if p.texts[j]), "")
        if _OPEN.search(above) and not look_at(above).empty:
            cost += _OPEN_END
    turned = placed[k].page != placed[k - 1].page
    blank = not any(placed[k - 1].texts)
    return cost + (0.0 if blank or turned else _NO_GAP)


def _merge(lines: Sequence[_Placed], width: int, score: float) -> MadeRow:
    cells = []
    for j in range(width):
        texts = [line.texts[j] for line in lines if line.texts[j]]
        place = next((line.place for line in lines if line.texts[j]), lines[0].place)
        cells.append(Cell("\n".join(texts), place))
    return MadeRow(tuple(cells), score)
