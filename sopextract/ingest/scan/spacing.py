"""Words run together and marks of specks: the vocabulary says what may be, the ink whether it is.

An engine loses narrow spaces, and takes a speck for a full stop, with full sureness. Known words
alone are no proof ("WhatsApp", "dan/atau"), nor is a gap alone; both together are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from sopextract.core.letters import advance
from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.scan.gaps import REACH, ReadWord, Sight
from sopextract.ingest.scan.raster import Mask
from sopextract.lexicon.ejaan import KATA_TUGAS
from sopextract.lexicon.kata import is_word
from sopextract.lexicon.misread import partings

# What may end or stop after none of these: they lead to the word that follows.
_LEADS_ON = KATA_TUGAS | {"oleh", "sebagai", "terhadap", "antara", "agar", "kepada", "melalui"}
_ENDS = ".,:;)"
_LEADING = re.compile(r"([^\W\d_]+)[.,·'`:;]")
_DOTTED = re.compile(r"([^\W\d_]{4,})[.·'`]([a-z]{4,})")
_CAMEL = re.compile(r"([A-Za-z][a-z]{2,})([A-Zl][a-z]{2,})")
_SLASHED = re.compile(r"((?:[^\W\d_]{3,})?)(/)((?:[^\W\d_]{3,})?)")
# Short names of regulations that their ministry is written to without a space ("PermenPANRB").
_ONE_WORD = ("permen", "kepmen")
_TITLED = re.compile(
    r"((?:H|Hj|KH|Ir|Drs|Dra|Dr|Prof|Tgl|TGL|No|NO)\.)((?:[A-Z][a-z]{2,}|[A-Z]{3,}),?)"
)
_STOPPED = re.compile(r"([^\W\d_]{4,})[.·]")
_LED = re.compile(r"[.·]((?:[A-Z]|[a-z]{4})[^\W\d_]+\W?)")  # no ".docx"
# A comma without its space; a dash behind it is dirt. In sizes: without one stands up to 0.2.
_AFTER_COMMA = re.compile(r"(\S*[^\W\d_]\.?,)[-–·]?((?:[A-Z]|[a-z]{3})\S*)")
_CLEAR = 0.28
# The number of a list at the head of a line, with dirt before it or behind it: ".6.", "3..".
_NUMBER = re.compile(r"[.'`·]?(\(?\d{1,2}[.)])[.,'`·]?")
_COUNTED = re.compile(r"(\d{1,4})([^\W\d_]{3,})")
_DATED = re.compile(r"([^\W\d_]{3,})((?:19|20)\d\d)")  # "September2022"
# The figures of a fraction's sign are read once more, before it and behind it.
_FRACTION = re.compile(r"(\d?)([½¼¾])(\d?)([^\W\d_]*)")
_PAIRED = re.compile(r"([a-z]{4,})-([a-z]{4,})")
# What is stamped over a copy; a line that says no more may be of a cell or of a stamp.
STAMPED = frozenset(["SALINAN", "ASLI", "COPY", "DRAFT", "TERKENDALI", "TIDAK TERKENDALI"])
_KIN = 3  # letters that the halves of one hyphenated word share: "surat-menyurat"
# In sizes of the font: a space that the letters around it lean into still has so much; between a
# full stop and a capital stands 0.14 without any.
_OPEN, _AFTER_STOP = 0.08, 0.2
_AT_SLASH = 0.18  # a slash without spaces leans on its letters; a space is 0.25 and more
_WIDER = 1.25  # times the widest gap within the words: own judgement between 1 and a true space's 3
# Where only one of two words is known, the gap between them must be as wide as a space that the
# letters lean into, and as many times the next widest: own judgement, as above.
_ALONE_OPEN, _ALONE_WIDER, _LEAST_KNOWN, _LEAST_UNKNOWN = 0.14, 1.8, 4, 3
_DOUBTED = 0.89  # below what counts as sure
# In sizes: a space; a figure is as wide, and a fraction. In Arial, Times and DejaVu, bold too, that
# is one spot of ink: with a figure before it there are two, and a gap between.
_SPACE, _FIGURE, _SIGN = 0.18, 0.25, 0.45


def spaced(read: ReadLine, ink: Mask) -> ReadLine:
    """The line with its lost spaces put in and the marks of specks taken away.

    `ink` is that of the picture that was read. What is likely but not proven stays: `doubted`.
    """
    words = [_without_speck(word, after) for word, after in _followed(read.words)]
    if words and (number := _NUMBER.fullmatch(words[0][0])) and number[1] != number[0]:
        words[0] = _doubt((number[1], *words[0][1:]))
    read = ReadLine(tuple(words))
    if not any(map(_is_strange, read.words)):
        return read
    parted: list[ReadWord] = []
    sight: Sight | None = None
    for word in read.words:
        if not _is_strange(word):
            parted.append(word)
            continue
        sight = sight or Sight.of(read, ink)
        parted += _respaced(word, sight)
    return ReadLine(tuple(parted))


def doubted(read: ReadLine) -> ReadLine:
    """The line, no word sure of which a space, a hyphen or a speck may be misread.

    These are what `spaced` left as it was, what stands twice ("Undang Undang"), and a line that may
    be a stamp's. Scores must be probabilities.
    """
    if read.text in STAMPED:
        return ReadLine(tuple(map(_doubt, read.words)))
    twice = {k for k, (a, b) in enumerate(pairwise(read.words)) if _is_twice(a, b)}
    return ReadLine(
        tuple(
            _doubt(word) if k in twice or k - 1 in twice or _is_doubtful(word[0]) else word
            for k, word in enumerate(read.words)
        )
    )


def _followed(words: Sequence[ReadWord]) -> Iterator[tuple[ReadWord, str]]:
    """Each word and the text of the next; "" behind the last."""
    for k, word in enumerate(words):
        yield word, words[k + 1][0] if k + 1 < len(words) else ""


def _without_speck(word: ReadWord, after: str) -> ReadWord:
    """ "Pengumuman. koleksi", ".Map": a stop within a sentence, or before a word, is a speck."""
    text = word[0]
    stopped = _STOPPED.fullmatch(text)
    if stopped and _known(stopped[1]) and after.islower() and after.isalpha():
        return _doubt((stopped[1], *word[1:]))
    led = _LED.fullmatch(text)
    if led is None or (led[1][0].islower() and not _known(led[1].rstrip(_ENDS))):
        return word
    return _doubt((led[1], *word[1:]))


def _doubt(word: ReadWord) -> ReadWord:
    return (*word[:3], min(word[3], _DOUBTED))


def _is_strange(word: ReadWord) -> bool:
    """Whether a word has something for the rules below to look at: most have not."""
    text = word[0]
    if (match := _FRACTION.fullmatch(text)) is not None:
        return text != match[2]
    return not (text.isalpha() and _known(text)) and any(c.isalpha() for c in text)


def _respaced(word: ReadWord, sight: Sight) -> list[ReadWord]:
    text, begin, end, score = word
    if match := _FRACTION.fullmatch(text):
        return _fraction(word, match, sight)
    if match := _SLASHED.fullmatch(text):
        return _about_slash(word, match.start(2), sight)
    if (match := _LEADING.fullmatch(text)) and match[1].lower() in _LEADS_ON:
        return [(match[1], begin, end, score)]
    if (match := _DOTTED.fullmatch(text)) and _both_known(match[1], match[2]):
        return _parts(word, (match[1], match[2]), (match.end(1), match.start(2)), sight)
    if (halves := _halves(text)) is not None:
        parts = _at_gap(word, halves, _OPEN, sight)
        # an I for an l is the vocabulary's, not the ink's
        return parts if "".join(halves) == text else [_doubt(part) for part in parts]
    if match := _AFTER_COMMA.fullmatch(text):
        return _behind_comma(word, match, sight)
    if match := _TITLED.fullmatch(text):
        return _at_gap(word, (match[1], match[2]), _AFTER_STOP, sight)
    if (match := _DATED.fullmatch(text)) and _known(match[1]):
        least = _OPEN if sight.shows(word) else 0.0
        return _at_gap(word, (match[1], match[2]), least, sight)
    if (match := _COUNTED.fullmatch(text)) and _known(match[2]):
        return _at_gap(word, (match[1], match[2]), _ALONE_OPEN, sight)
    if text.lower().startswith(_ONE_WORD):
        return [word]
    core = text.rstrip(_ENDS)
    return _run_together(word, core, sight) if core.isalpha() else [word]


def _fraction(word: ReadWord, match: re.Match[str], sight: Sight) -> list[ReadWord]:
    """A fraction without figures that are its sign's own, as its gaps show, and its unit apart.

    Where nothing parts it from what follows, where it ends cannot be told: then it is doubted.
    """
    _, begin, end, score = word
    before, sign, _, unit = match.groups()
    start = begin * sight.width
    stop = next(
        (g.start for g in sight.gaps if g.start > start and g.width > _SPACE * sight.size),
        None if unit else end * sight.width,
    )
    if stop is None:
        return [_doubt(word)]
    ends = (g.end for g in sight.gaps if g.end <= start + REACH * sight.size)
    ink = max(ends, default=sight.first)
    whole = any(
        g.start - ink >= _FIGURE * sight.size and stop - g.end >= _SIGN * sight.size
        for g in sight.gaps
        if ink < g.start and g.end < stop
    )
    found = (f"{before if whole else ''}{sign}", begin, stop / sight.width, score)
    return [found, (unit, stop / sight.width, end, score)] if unit else [(*found[:2], end, score)]


def _about_slash(word: ReadWord, cut: int, sight: Sight) -> list[ReadWord]:
    """A word with a slash, parted before and after it where the ink shows a space."""
    before: list[ReadWord] = []
    if cut:
        *before, word = _at_gap(word, (word[0][:cut], word[0][cut:]), _AT_SLASH, sight)
        cut = word[0].index("/")
    after = word[0][cut + 1 :]
    if not after:
        return [*before, word]
    return [*before, *_at_gap(word, (word[0][: cut + 1], after), _AT_SLASH, sight)]


def _behind_comma(word: ReadWord, match: re.Match[str], sight: Sight) -> list[ReadWord]:
    """A word and what stands behind its comma, apart where the ink shows a space or a dash is read.

    No dash is printed there: it is dirt in the space.
    """
    cuts = (match.end(1), match.start(2))
    pieces = (match[1], match[2])
    if cuts[0] < cuts[1]:
        return [_doubt(part) for part in _parts(word, pieces, cuts, sight)]
    return _at_gap(word, pieces, _CLEAR, sight)


def _halves(text: str) -> tuple[str, str] | None:
    """The two known words of "danFungsi", "Kinerjalnstansi"; None for any other word."""
    match = _CAMEL.fullmatch(text)
    if match is None or _known(text):
        return None
    last = f"I{match[2][1:]}" if match[2][0] == "l" else match[2]
    return (match[1], last) if _both_known(match[1], last) else None


def _is_doubtful(text: str) -> bool:
    if _TITLED.fullmatch(text) or _halves(text) is not None:
        return True
    match = _PAIRED.fullmatch(text)
    if match is None or not _both_known(match[1], match[2]):
        return False
    return match[1][:_KIN] not in match[2] and match[1][-_KIN:] != match[2][-_KIN:]


def _at_gap(word: ReadWord, pieces: tuple[str, str], least: float, sight: Sight) -> list[ReadWord]:
    """The two words where the gap between them is open by so many sizes, else the word.

    None need be seen where the least is 0.
    """
    cut = len(pieces[0])
    gap = sight.at(word, cut)
    if least and (gap is None or gap.width < least * sight.size):
        return [word]
    return _parts(word, pieces, (cut, cut), sight)


def _run_together(word: ReadWord, core: str, sight: Sight) -> list[ReadWord]:
    """The known words of a row whose gaps are all wider than those within them.

    Where something runs through the whole word and hides its gaps, the only ones it can be. `core`
    is the word without marks behind it.
    """
    proven = list(partings(core.lower()))
    if not proven:
        return _half_known(word, sight) if core == word[0] else [word]
    if sight.shows(word):
        proven = [pieces for pieces in proven if _is_proven(word, pieces, sight)]
    if len(proven) != 1:
        return [word]
    rest, words = word, []
    for piece in proven[0][:-1]:
        cut = len(piece)
        first, rest = _parts(rest, (rest[0][:cut], rest[0][cut:]), (cut, cut), sight)
        words.append(first)
    return [*words, rest]


def _half_known(word: ReadWord, sight: Sight) -> list[ReadWord]:
    """A known word and one that nobody knows ("kepada", "regu"), where their gap stands out."""
    gaps = sorted(sight.inside(word), key=lambda gap: gap.width, reverse=True)
    text = word[0]
    if _known(text) or len(gaps) < 2 or not sight.shows(word):
        return [word]
    widest, next_ = gaps[:2]
    if widest.width < max(_ALONE_OPEN * sight.size, _ALONE_WIDER * next_.width):
        return [word]
    cuts = [
        cut
        for cut in range(_LEAST_UNKNOWN, len(text) - _LEAST_UNKNOWN + 1)
        if sight.at(word, cut) == widest
        and any(len(p) >= _LEAST_KNOWN and _known(p) for p in (text[:cut], text[cut:]))
    ]
    if not cuts:
        return [word]
    cut = min(cuts, key=lambda cut: abs(sight.place(word, cut) - widest.middle))
    return _parts(word, (text[:cut], text[cut:]), (cut, cut), sight)


def _is_proven(word: ReadWord, pieces: Sequence[str], sight: Sight) -> bool:
    cuts = np.cumsum([len(piece) for piece in pieces])[:-1].tolist()
    gaps = {gap for cut in cuts if (gap := sight.at(word, cut)) is not None}
    if len(gaps) < len(cuts):
        return False
    narrowest = min(gap.width for gap in gaps)
    others = (gap.width for gap in sight.inside(word) if gap not in gaps)
    return narrowest >= max(_OPEN * sight.size, _WIDER * max(others, default=0))


def _parts(
    word: ReadWord, pieces: tuple[str, str], cuts: tuple[int, int], sight: Sight
) -> list[ReadWord]:
    """Two words in place of one, parted at the gap there or where their letters place it."""
    text, begin, end, score = word
    gap = sight.at(word, cuts[1])
    share = advance(text[: cuts[1]]) / advance(text)
    at = gap.middle / sight.width if gap else begin + share * (end - begin)
    at = min(max(at, begin), end)
    return [(pieces[0], begin, at, score), (pieces[1], at, end, score)]


def _is_twice(a: ReadWord, b: ReadWord) -> bool:
    """Whether a word stands twice: its hyphen was lost ("Undang Undang"), or is not there."""
    return len(a[0]) >= 4 and a[0].isalpha() and a[0].lower() == b[0].lower()


def _both_known(first: str, last: str) -> bool:
    return _known(first) and _known(last)


def _known(word: str) -> bool:
    return is_word(word.lower())
