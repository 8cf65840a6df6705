"""Splitting a legal basis into its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze
from sopextract.model.draft import Reading
from sopextract.parse.dasar_hukum.kinds import starts_kind
from sopextract.parse.dasar_hukum.words import is_word, tokenize
from sopextract.parse.places import join_places

_TAG = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]{0,200}>")
_BREAK_TAG = re.compile(r"<\s*/?\s*(?:li|br|ol|ul|p|div)\b[^<>]{0,200}>", re.IGNORECASE)

# What stands in front of an entry: "1.", "12)", "(3)", "a.", a bullet, a bare number.
_MARKER = re.compile(
    r"""\s*(?: \(?(?P<digits>\d{1,2})\s?[.),:]+ (?!\d)
             | \(?(?P<letter>[a-z])\s?[.)] (?=\s|[A-Z])
             | (?P<bullet>[•·▪●○◦‣✓➢*`\uf0b7\uf0a7\uf0fc–—-]+\s*[•·▪●-]?) (?=\s|\w)
           )\s*""",
    re.VERBOSE,
)
_BARE = re.compile(r"\s*(\d{1,2})\s+(?=[^\W\d])")
# A list number inside a line: behind white space, or glued to a letter or year before it.
_INNER = re.compile(r"(?:(?<=\s)|(?<=[a-z;.)])|(?<=(?:19|20)\d\d))(\d{1,2})\s?[.)]\s*(?=[^\W\d])")
_INNER_BARE = re.compile(r"(?<=\s)(\d{1,2})\s+(?=[A-Z])")
_INNER_END = re.compile(r"(?<=\s)(\d{1,2})\s?[.)]\s*$")
_SEMICOLON = re.compile(r";\s*(?:dan\s+)?(?=[A-Z])")
_INNER_BULLET = re.compile(r"(?<=\s)[•·▪●◦➢\uf0b7\uf0a7]\s*(?=\w)")

# A line that ends with one of these goes on in the next one, whatever that begins with.
_OPEN_END = frozenset(
    """
    atas dengan dan atau serta tentang ttg jo juncto nomor no tahun th thn pelaksanaan pada dari ke
    di dalam untuk oleh terhadap kedua ketiga keempat kelima perubahan rancangan peraturan keputusan
    menteri surat undang berdasarkan sesuai melalui bagi yang sebagaimana telah
    terakhir pengganti penetapan menjadi antara lampiran penyusunan pembentukan penjelasan pedoman
    """.split()  # noqa: SIM905 - a word list reads best as words
)
_NO_ITEM_BEFORE = frozenset(
    "nomor no nomer tahun pasal ayat angka bab seri huruf butir lampiran tahap bagian".split()  # noqa: SIM905 - as above
)
_WINDOW = 4000  # characters looked ahead for the next entry; the longest real one has 900
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a reading: its own text, and the marker that stood before it."""

    source: Reading[str]
    marker: str  # as printed; "" for none
    number: int | None
    body: str


def split_entries(
    texts: Sequence[Reading[str]],
) -> tuple[tuple[Reading[str], ...], tuple[Reading[str], ...]]:
    """Split the lines or cells of a legal basis into entries; gives entries and empty items.

    Entries have their numbering stripped (`text` keeps it) and wrapped lines joined. An empty item
    is a number with nothing behind it ("4."). Splits at a list number before a kind of regulation
    or in sequence, and at a kind of regulation that begins a line when the line before is complete;
    never at "Nomor 2." nor inside "Perubahan Kedua atas …". Source: domain notes 3.5.
    """
    pieces: list[_Piece] = []
    for reading in texts:
        for line in _lines(reading.value):
            pieces += _cut_line(reading, line, pieces[-1] if pieces else None)
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and (_centred(piece, groups) or not _begins(piece, groups[-1])):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    entries = [_join(group) for group in groups]
    full = tuple(entry for entry in entries if entry.value)
    empty = tuple(entry for entry in entries if not entry.value)
    return full, empty


def _lines(text: str) -> list[str]:
    text = _TAG.sub(" ", _BREAK_TAG.sub("\n", text))
    lines = [squeeze(line) for line in text.splitlines()]
    return [line for line in lines if (line and line.strip(" -–—.:;")) or _marker_only(line)]


def _marker_only(line: str) -> bool:
    return bool(re.fullmatch(r"\s*\(?\d{1,2}\s?[.)]\s*", line))


def _cut_line(source: Reading[str], line: str, before: _Piece | None) -> list[_Piece]:
    """One line, cut at the list numbers inside it."""
    marker, number, start = _lead(line, before)
    pieces: list[_Piece] = []
    expected = number + 1 if number is not None else 2
    while True:
        cut = _next_cut(line, start, expected, numbered=number is not None)
        end = cut[0] if cut else len(line)
        pieces.append(_Piece(source, marker, number, line[start:end].strip()))
        if cut is None:
            return pieces
        marker, start = line[cut[0] : cut[1]].strip().removeprefix("dan"), cut[1]
        number = cut[2] if cut[2] is not None else number
        expected = (number or 0) + 1 if cut[2] is not None else expected


def _lead(line: str, before: _Piece | None) -> tuple[str, int | None, int]:
    """The marker at the start of a line: as printed, its number, where the text begins."""
    continues = before is not None and _last_word(before.body) in _NO_ITEM_BEFORE
    if match := _MARKER.match(line):
        digits = match["digits"]
        if not (continues and digits):
            return match.group().strip(), int(digits) if digits else None, match.end()
    elif (match := _BARE.match(line)) and not continues and _is_kind(line[match.end() :]):
        return match.group().strip(), int(match[1]), match.end()
    return "", None, 0


def _next_cut(
    line: str, start: int, expected: int, *, numbered: bool
) -> tuple[int, int, int | None] | None:
    """The next place inside a line where an entry begins: start of marker, of text, number."""
    found: list[tuple[int, int, int | None]] = []
    for match in _INNER.finditer(line, start + 1, start + _WINDOW):
        word = _last_word(line[start : match.start()])
        value = int(match[1])
        if word in _NO_ITEM_BEFORE or not line[start : match.start()].strip():
            continue
        kind = _is_kind(line[match.end() :])
        if kind or (numbered and value == expected and line[match.end()].isupper()):
            found.append((match.start(), match.end(), value))
            break
    for match in _INNER_BARE.finditer(line, start + 1, start + _WINDOW):
        word = _last_word(line[start : match.start()])
        if (
            int(match[1]) == expected
            and word not in _OPEN_END | _NO_ITEM_BEFORE
            and _is_kind(line[match.end() :])
        ):
            found.append((match.start(), match.end(), expected))
            break
    last = _INNER_END.search(line, max(start + 1, len(line) - 8))
    if last and int(last[1]) == expected and numbered:
        word = _last_word(line[start : last.start()])
        if word not in _OPEN_END | _NO_ITEM_BEFORE:
            found.append((last.start(), last.end(), expected))
    if bullet := _INNER_BULLET.search(line, start + 1, start + _WINDOW):
        found.append((bullet.start(), bullet.end(), None))
    for match in _SEMICOLON.finditer(line, start, start + _WINDOW):
        before = line[start : match.start() + 1]
        if _HAS_DIGIT.search(before) and _cites_act(line[match.end() :]):
            found.append((match.start() + 1, match.end(), None))
            break
    return min(found) if found else None


def _is_kind(text: str) -> bool:
    words = tokenize(text[:160])
    return bool(words) and starts_kind(words)


def _cites_act(text: str) -> bool:
    """A kind with its number: what may begin an entry without a list number."""
    words = tokenize(text[:220])[:24]
    if not words or not starts_kind(words):
        return False
    for word in words:
        if word.folded == "no" or word.folded[0].isdigit() or is_word(word.folded, "nomor"):
            return True
        if is_word(word.folded, "tentang"):
            return False
    return words[0].folded == "uud" or _is_constitution(text)


def _is_constitution(text: str) -> bool:
    return [w.folded for w in tokenize(text[:60])][:3] == ["undang", "undang", "dasar"]


def _last_word(text: str) -> str:
    words = re.findall(r"[^\W\d_]+|\d+", text)
    return words[-1].casefold() if words else ""


def _begins(piece: _Piece, group: list[_Piece]) -> bool:
    """Whether a piece begins a new entry rather than continuing the one before."""
    body = next((p.body for p in reversed(group) if p.body), "")
    if piece.marker or _follows_semicolon(piece, group):
        return True
    if not body:
        return False
    if _last_word(body) in _OPEN_END or body.rstrip().endswith((",", "/", "-", "(")):
        return False
    return _cites_act(piece.body) and any(_HAS_DIGIT.search(p.body) for p in group)


def _centred(piece: _Piece, groups: list[list[_Piece]]) -> bool:
    """Whether a list number belongs to the entry that began on the line above it.

    A table cell with its number centred beside two lines prints the number on or between them:
    "Peraturan Pemerintah Nomor 28 … Undang-Undang / 4. / Nomor 43 Tahun 2009 …" (BPS sheets). The
    entry has no number yet, and this one is next in sequence.
    """
    if piece.number is None or any(p.marker for p in groups[-1]) or not groups[-1][0].body:
        return False
    if not _cites_act(groups[-1][0].body):
        return False
    numbers = [p.number for group in groups for p in group if p.number is not None]
    if piece.number != (numbers[-1] + 1 if numbers else 1):
        return False
    return not _is_kind(piece.body)


def _follows_semicolon(piece: _Piece, group: list[_Piece]) -> bool:
    return group[-1].body.endswith(";") and _cites_act(piece.body)


def _join(group: Sequence[_Piece]) -> Reading[str]:
    """The pieces of one entry as one reading, in the place of all its lines."""
    value, text = "", ""
    for piece in group:
        printed = f"{piece.marker} {piece.body}".strip()
        text = f"{text} {printed}".strip()
        value = _append(value, piece.body)
    first = group[0].source
    score = min(piece.source.score for piece in group)
    place = join_places(piece.source.place for piece in group)
    return replace(first, value=value, text=text, place=place, score=score)


def _append(value: str, body: str) -> str:
    """Join a wrapped line; "Undang-" and "Undang" become one word."""
    if not value or not body:
        return value or body
    glue = "" if re.search(r"\w[-/]$", value) and re.match(r"\w", body) else " "
    return value + glue + body
