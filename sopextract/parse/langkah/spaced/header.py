"""The header of a spaced table: which columns it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sopextract.model.source import Cell, Place
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.columns import QUALITY
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.spaced.parts import (
    NUMBER,
    NUMBER_AND_TEXT,
    Chunk,
    Column,
    Line,
    MadeRow,
)

_MAX_HEADER = 26  # lines from the first label to the first step; blank ones counted; own judgement


def split_header(lines: Sequence[Line]) -> tuple[list[Line], list[Line], int] | None:
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
        if any(role_of(t) for t in texts):
            labelled = k
    else:
        return None
    header = _apart_lines(lines[: labelled + 1])
    rest = list(lines[labelled + 1 :])
    columns = find_columns_of(header)
    if columns is None:
        return None
    actors = [c for c in columns if c.role == "actor"]
    while rest and actors and _names_go_on(rest[0], columns, actors):
        header.append(rest.pop(0))
    return _apart_lines(header), rest, 0


def _names_go_on(line: Line, columns: Sequence[Column], actors: Sequence[Column]) -> bool:
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
            if role_of(chunk.text) is None:
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
    if len(over) < 2 or role_of(chunk.text) is not None or " " not in chunk.text:
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
    number = NUMBER.match(first) or NUMBER_AND_TEXT.match(first)
    return number is not None and k > 0


def role_of(text: str) -> str | None:
    hit = column_label(text)
    return hit.field if hit is not None else None


def find_columns_of(header: Sequence[Line]) -> list[Column] | None:
    """The columns that the header names, left to right; None when their order is not the form's."""
    columns: list[Column] = []
    group: Chunk | None = None
    loose: list[tuple[int, Chunk]] = []
    for k, line in enumerate(header):
        beside = {role_of(c.text) for c in line.chunks}
        for chunk in line.chunks:
            role = role_of(chunk.text)
            is_group = role == "mutu_baku" or (
                # "Penanggung Jawab" below "Pelaksana" is the name of an actor
                role == "pelaksana" and group is None and bool(beside & {"mutu_baku", "kegiatan"})
            )
            if is_group:
                group = chunk if role == "pelaksana" else group
            elif role in ("no", "kegiatan", *QUALITY) and not any(c.role == role for c in columns):
                columns.append(Column(str(role), chunk.start, chunk.end, [(k, chunk.text)]))
            else:
                loose.append((k, chunk))
    columns.sort(key=lambda c: c.start)
    kegiatan = next((c for c in columns if c.role == "kegiatan"), None)
    quality = [c for c in columns if c.role in QUALITY]
    if kegiatan is None or len(quality) < 2 or any(c.start < kegiatan.start for c in quality):
        return None
    actors = _actor_columns(loose, columns, kegiatan, quality[0])
    if not actors and group is not None:
        actors = [Column("actor", group.start, group.end, [(0, group.text)])]
    return sorted([*columns, *actors], key=lambda c: c.start)


def _actor_columns(
    loose: Sequence[tuple[int, Chunk]],
    columns: Sequence[Column],
    kegiatan: Column,
    quality: Column,
) -> list[Column]:
    """Texts of the header that are no label: parts of a label, else names of posts."""
    actors: list[Column] = []
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
            actors.append(Column("actor", chunk.start, chunk.end, [(k, chunk.text)]))
    return actors


def header_rows(columns: Sequence[Column], place: Place) -> list[MadeRow]:
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


def name_kelengkapan(columns: Sequence[Column], data: Sequence[Line]) -> None:
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
