"""What an engine reads that is not there: frames taken for brackets, and letters with one shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.page.labels import LINE_MARKS
from sopextract.lexicon.cabang import is_nearly_exit
from sopextract.lexicon.kata import is_known

_FRAMES = "()[]{}|<>/\\_"  # how the sides of outlines, heads and rules are read
# How heads of arrows and bends of lines are read.
HEAD_SIGNS = frozenset("VvLlJI1ir<>^*~=_'\"`.,:;/\\-")
_SIGN_LETTERS, _SIGN_SCORE = 3, 0.6  # made scans: heads read as "4…", "Ai", "F" have 0.3 to 0.57
_LONE_HEADS = frozenset(("4", "Y", "y", "A"))
# In most type faces without serifs I and l are drawn alike, so that the letters around them decide:
# no capital stands within small letters, no small letter within capitals, and no Indonesian word
# begins with l and another consonant.
_ELL = re.compile(r"(?<=[a-z])I(?=[a-z]|$)|(?<=^[A-Z])I(?=[a-z])")
_CAPITAL_I = re.compile(r"^l(?=[bcdfghjkmnpqrstvwxyz])")
_STREET = re.compile(r"J[I1]\.?")  # "Jl.", before the name of a street
_ACTING = re.compile(r"P[iI1]([th])\.")  # "Plt.", "Plh.", before a post; no word is written so
_ENDS_LARGE = re.compile(r"[a-z]{3,}[A-Z]{1,3}")  # a dot over an i lost, a stroke through an s


def without_frames(read: ReadLine, left: bool, right: bool) -> ReadLine:
    """The line without signs of a frame at the ends where ink hangs on lines.

    >>> line = ReadLine((("(", 0.0, 0.1, 0.9), ("Mulai)", 0.1, 1.0, 0.9)))
    >>> without_frames(line, left=True, right=True).text, without_frames(line, True, False).text
    ('Mulai', 'Mulai)')
    """
    words = list(read.words)
    if left and words:
        words = [*_stripped(words[0], words[0][0].lstrip(_FRAMES)), *words[1:]]
    if right and words:
        words = [*words[:-1], *_stripped(words[-1], words[-1][0].rstrip(_FRAMES))]
    return ReadLine(tuple(words))


def looks_like_head(text: str) -> bool:
    """Whether a text of one or two signs may be how a head of an arrow or a bend of a line is read.

    >>> [looks_like_head(text) for text in ("V", "<", "4", "43", "UU", "2.")]
    [True, True, True, False, False, False]
    """
    return len(text) <= 2 and (HEAD_SIGNS.issuperset(text) or text in _LONE_HEADS)


def is_doubtful_sign(text: str, score: float) -> bool:
    """Whether a text is so short and was read so unsurely that it may be a piece of a drawing.

    A name of a way out that a line runs through or up to is read as unsurely: "Y8", "Ya-" stay.

    >>> is_doubtful_sign("4…", 0.57), is_doubtful_sign("Ya", 0.95), is_doubtful_sign("Setuju", 0.3)
    (True, False, False)
    >>> is_doubtful_sign("Y8", 0.35), is_doubtful_sign("Ya-", 0.47)
    (False, False)
    """
    exit_name = is_nearly_exit(text.strip(LINE_MARKS))
    return len(text) <= _SIGN_LETTERS and score < _SIGN_SCORE and not exit_name


def _stripped(
    word: tuple[str, float, float, float], text: str
) -> Iterator[tuple[str, float, float, float]]:
    if text:
        yield text, *word[1:]


def told_apart(text: str) -> str:
    """A word with its I and l as the letters around them ask for; figures are left alone.

    A known word that ends in capitals ("disposiSI") is small to its end.

    >>> [told_apart(text) for text in
    ...  ("JumIah", "DlNAS", "lndeks", "JI.", "III", "laIu", "PIh", "0l2", "Pit.", "disposiSI")]
    ['Jumlah', 'DINAS', 'Indeks', 'Jl.', 'III', 'lalu', 'Plh', '0l2', 'Plt.', 'disposisi']
    """
    if acting := _ACTING.fullmatch(text):
        return f"Pl{acting[1]}."
    if _ENDS_LARGE.fullmatch(text) and is_known(text.lower()):
        return text.lower()
    if _STREET.fullmatch(text):
        return f"Jl{text[2:]}"
    if any(c.isdigit() for c in text):
        return text
    others = [c for c in text if c.isalpha() and c != "l"]
    if len(others) > 1 and all(c.isupper() for c in others):
        return text.replace("l", "I")
    return _CAPITAL_I.sub("I", _ELL.sub("l", text))
