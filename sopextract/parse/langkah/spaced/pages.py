"""The columns of a spaced table on each of its pages, by heading and white space."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.spaced.parts import (
    AMOUNT,
    NUMBER_AND_TEXT,
    SIDE,
    SLACK,
    Chunk,
    Column,
    Line,
    Placed,
)

# How the columns of a page may stand off those of the page before, seen up to a fifth.
_SHIFTS = (-8, -4, 0, 4, 8)
_SCALES = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25)
# Against two stretches in one column; a list's numbers stand off its texts. Own judgement.
_SHARED = 0.4


def place_pages(data: Sequence[Line], columns: Sequence[Column]) -> list[Placed]:
    """The lines cut to the columns; each page is tried from where those of the last one stood."""
    pages = sorted({line.page for line in data})
    homes = [(c.start, c.end) for c in columns]
    placed: list[Placed] = []
    for page in pages:
        waktu = next((h for h, c in zip(homes, columns, strict=True) if c.role == "waktu"), None)
        lines = [
            _split_time(_split_number(line, homes[0]), waktu) for line in data if line.page == page
        ]
        segments = _under_headings(_segments(lines), homes, lines)
        if not segments:
            placed.extend(Placed(x.page, x.place, ("",) * len(columns), False) for x in lines)
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
    match = NUMBER_AND_TEXT.match(head.text)
    if match is None or head.start > home[1] + SIDE or look_at(head.text).duration >= 0.5:
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
        for match in AMOUNT.finditer(chunk.text):
            a, b = chunk.start + match.start(), chunk.start + match.end()
            if home[0] - SIDE <= a and b <= home[1] + SIDE:
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
        under = [h for h in homes if h[0] < end - SLACK and h[1] > start + SLACK]
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
        for x in {c.start for c in inside if c.start > start + SLACK}:
            here = sum(abs(c.start - x) <= SLACK for c in inside)
            over = [c for c in inside if c.start < x - SLACK and c.end > x]
            clean = all(_space_near(c, x) is not None for c in over)
            if clean and here >= 2 and len(over) * 4 <= here:
                cuts.append(x)
        apart = [x for k, x in enumerate(sorted(cuts)) if k == 0 or x - sorted(cuts)[k - 1] > SLACK]
        bounds = [start, *apart, end]
        out.extend((a, b) for a, b in pairwise(bounds))
    return out


def _owners(
    segments: Sequence[tuple[int, int]],
    columns: Sequence[Column],
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
    columns: Sequence[Column],
    homes: Sequence[tuple[int, int]],
) -> Placed:
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
    return Placed(line.page, line.place, tuple(texts), doubt)


def _space_near(chunk: Chunk, x: int) -> int | None:
    """Where the word begins that a border at `x` cuts off; None when no space is near it."""
    spaces = [
        chunk.start + k + 1
        for k, letter in enumerate(chunk.text)
        if letter == " " and abs(chunk.start + k + 1 - x) <= SLACK
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
    chunk: Chunk, columns: Sequence[Column], homes: Sequence[tuple[int, int]]
) -> int | None:
    """The actor's column that a mark stands nearest to; None outside those columns."""
    middle = (chunk.start + chunk.end) / 2
    order = sorted(range(len(columns)), key=lambda j: abs((homes[j][0] + homes[j][1]) / 2 - middle))
    actors = [j for j in range(len(columns)) if columns[j].role == "actor"]
    if not actors:
        return None
    kegiatan = next(j for j in range(len(columns)) if columns[j].role == "kegiatan")
    left = min(homes[actors[0]][0] - SIDE, homes[kegiatan][1] + 1)
    if left <= middle <= homes[actors[-1]][1] + SIDE:
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
