"""Words of a page put together: phrases, lines and the text of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.geometry import BBox, union
from sopextract.ingest.page.strokes import Word
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import WordScores

# Shares of the font's size. Base lines of one line differ by less than a third (raised figures);
# words of one phrase stand no farther apart than two spaces and a bit.
_SAME_LINE = 0.45
_LARGE = 2.0  # times as large as its line a word is none of it: raised figures have more than half
_PHRASE_GAP = 0.9
_SPACE = 0.25
_MARGIN = 6.0  # points between text and rule; word processors keep 5.4, spreadsheets 2
_MARKER = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]|[•●▪■◦‣·–—\-*✓√➢\uf0b7\uf0a7])")
_CLOSING = 0.5  # a mark that closes is set apart where the lettering changes before it
_SAME_BASE = 0.08  # words that were written together stand on one line to a hair
_UNDER = 0.3  # an underline stands at most this far below the letters
_BAND, _TALLEST = 8.0, 100.0  # points: squares of the index, the largest lettering it takes in
_ROUGH_SIZE = 0.35  # of a word's height: with and without letters that reach above and below
# Side by side stand words with so much between them, over all lines of a cell or on its only one.
_APART, _APART_ALONE = 0.9, 1.4
_APART_TURNED = 1.5  # and between the lines of turned words; those of one name have half a size
_GLUED = 0.1  # nearer than this two pieces are one word that was drawn in two


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words in lines from the top, each line from its start. Turned words are read along theirs."""
    found: list[list[Word]] = []
    for angle in (0, 90, 270, 180):
        turned = [w for w in words if w.angle == angle]
        if turned:
            found.extend(_lines(turned, angle))
    return found


def _lines(words: Sequence[Word], angle: int) -> list[list[Word]]:
    lines: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda w: _frame(w, angle)[1]):
        _, _, _, bottom = _frame(word, angle)
        for k in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
            base, size, members = lines[k]
            if abs(base - bottom) <= _SAME_LINE * _size_of_both(size, word.size_pt):
                members.append(word)
                break
        else:
            lines.append((bottom, word.size_pt, [word]))
    lines.sort(key=lambda entry: entry[0])
    return [sorted(members, key=lambda w: _frame(w, angle)[0]) for _, _, members in lines]


def _size_of_both(size: float, other: float) -> float:
    """The larger size of two words; the lesser where one is far larger, as the word of a stamp."""
    low, high = min(size, other), max(size, other)
    return high if high <= _LARGE * low else low


def _frame(word: Word, angle: int) -> BBox:
    """The word's box turned so that it reads from left to right."""
    x0, y0, x1, y1 = word.bbox
    if angle == 90:  # upwards: the bottom is the start
        return -y1, x0, -y0, x1
    if angle == 270:
        return y0, -x1, y1, -x0
    if angle == 180:
        return -x1, -y1, -x0, -y0
    return x0, y0, x1, y1


def line_text(line: Sequence[Word]) -> str:
    """The text of one line; pieces of one word that were drawn apart are joined."""
    text = ""
    last: BBox | None = None
    for word in line:
        box = _frame(word, word.angle)
        if last is not None:
            gap = (box[0] - last[2]) / word.size_pt
            closes = word.text[0] in ",.;)" and len(word.text) == 1
            text += "" if gap < (_CLOSING if closes else _GLUED) else " "
        text += word.text
        last = box
    return text


def text_of(words: Sequence[Word], cell: BBox | None = None) -> str:
    """The text of a cell, its lines as newlines.

    With the cell's box given, a line that had to end because the next word had no room ends with
    a vertical tab instead.
    """
    lines = lines_of(words)
    text = ""
    for k, line in enumerate(lines):
        text += line_text(line)
        if k + 1 < len(lines):
            text += "\v" if cell is not None and _had_to_end(line, lines, k, cell) else "\n"
    return text


def _had_to_end(line: Sequence[Word], lines: Sequence[Sequence[Word]], k: int, cell: BBox) -> bool:
    """Whether the first word of the next line would not have fitted at the end of this one."""
    following = lines[k + 1][0]
    if line[0].angle or following.angle or _MARKER.match(following.text):
        return False
    size = line[0].size_pt
    room = following.bbox[2] - following.bbox[0] + _SPACE * size
    box = box_of(line)
    widest = max(box_of(other)[2] - box_of(other)[0] for other in lines)
    right = max(max(box_of(other)[2] for other in lines), cell[2] - _MARGIN)
    inner = max(widest, cell[2] - cell[0] - 2 * _MARGIN)
    return box[2] + room > right + 0.5 or box[2] - box[0] + room > inner + 0.5


def scores_of(words: Sequence[Word]) -> tuple[float, WordScores]:
    """The least score of words and that of each; 1 and nothing where none was read from pixels."""
    least = min((word.score for word in words), default=1.0)
    return least, tuple((word.text, word.score) for word in words) if least < 1.0 else ()


def box_of(words: Sequence[Word]) -> BBox:
    """The box around words; there must be one."""
    return union(word.bbox for word in words)


def stands_apart(words: Sequence[Word]) -> bool:
    """Whether the words of a cell stand in two groups side by side, as those of two columns do.

    Marks of items are no group of their own where they begin a line of their text.
    """
    if any(w.angle in (90, 270) for w in words):
        return _apart_at(sorted(words, key=lambda w: w.bbox[0]), _APART_TURNED) is not None
    level = sorted((w for w in words if w.angle == 0), key=lambda w: w.bbox[0])
    lines = lines_of(level)
    at = _apart_at(level, _APART_ALONE if len(lines) == 1 else _APART)
    if at is None:
        return False
    left = level[:at]
    starts = [line[0] for line in lines if len(line) > 1]
    return not all(_MARKER.fullmatch(w.text) and w in starts for w in left)


def _apart_at(words: Sequence[Word], gap: float) -> int | None:
    """Before which of words, sorted from the left, so many sizes are blank over all lines."""
    size = max((w.size_pt for w in words), default=0.0)
    right = words[0].bbox[2] if words else 0.0
    for k, word in enumerate(words):
        if word.bbox[0] - right > gap * size:
            return k
        right = max(right, word.bbox[2])
    return None


def phrases_of(words: Sequence[Word], *, rough: bool = False) -> list[list[Word]]:
    """Words in groups that a reader takes as one: side by side, or in lines right below.

    `rough`: their sizes were measured among pixels, where letters that reach lower seem larger.
    """
    runs: list[list[Word]] = []
    for line in lines_of(words):
        for word in line:
            if runs and runs[-1][-1] in line and _near(runs[-1][-1], word):
                runs[-1].append(word)
            else:
                runs.append([word])
    phrases: list[list[Word]] = []
    for run in runs:
        box = box_of(run)
        for phrase in phrases:
            above = box_of(phrase)
            size = run[0].size_pt
            if (
                -0.3 * size <= box[1] - above[3] <= 0.45 * size
                and min(box[2], above[2]) - max(box[0], above[0]) > 0
                and abs(phrase[-1].size_pt - size) < (_ROUGH_SIZE * size if rough else 0.5)
                and not _are_two_exits(_plain(phrase), _plain(run))
            ):
                phrase.extend(run)
                break
        else:
            phrases.append(list(run))
    return phrases


def _near(a: Word, b: Word) -> bool:
    size = max(a.size_pt, b.size_pt)
    if abs(a.bbox[3] - b.bbox[3]) > _SAME_BASE * size:
        return False  # put beside it, not written with it
    return b.bbox[0] - a.bbox[2] <= _PHRASE_GAP * size


def _are_two_exits(above: str, below: str) -> bool:
    """Whether two texts name a way out each; "Tidak" over "setuju" is one, over "Ya" two."""
    if not (is_exit(above) and is_exit(below)):
        return False
    return below.casefold() in ("ya", "iya", "y") or not is_exit(f"{above} {below}")


def _plain(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


class Underlines:
    """Tells which level lines run under words or through them."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._by: dict[int, list[BBox]] = {}
        for word in words:
            x0, y0, x1, y1 = word.bbox
            low = y1 + _UNDER * (y1 - y0)
            for k in range(int(y0 // _BAND), int(min(low, y0 + _TALLEST) // _BAND) + 1):
                self._by.setdefault(k, []).append((x0, y0, x1, low))

    def holds(self, line: BBox) -> bool:
        """Whether a line is level and belongs to a word."""
        x0, y0, x1, y1 = line
        return y1 - y0 <= 1.0 and any(
            top <= y0 <= low and x0 < right and left < x1
            for left, top, right, low in self._by.get(int(y0 // _BAND), ())
        )
