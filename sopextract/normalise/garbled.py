"""Text that no rule can mend but that can hardly be what was printed."""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"""
      \ufffd                                      # a byte that could not be decoded
    | [^\W\d_] [\^~|¦§¬\\{}<>] | [\^~|¦§¬\\{}] [^\W\d_]    # a stray mark on a letter
    | (?<![\w/.\-]) [a-z]{2,} \d+ [a-z]{2,}        # a digit inside a word: "kep4la"
    # one consonant alone, not as the name of a paragraph
    | (?<=[^\W\d_]{4}\ ) (?<!huruf\ )(?<!butir\ )(?<!poin\ ) [b-df-hj-mp-tvwz] (?=\ [^\W\d_]{4})
    | (?<=[a-z]{4}\ ) (?<!huruf\ )(?<!butir\ )(?<!poin\ )(?<!tipe\ )(?<!jenis\ )(?<!kelas\ )
      (?<!kategori\ )(?<!model\ ) [b-df-hj-mp-tvwz] $        # the same at the end
    | ([^\W\d_]) \1{3}                           # the same letter four times
    """,
    re.VERBOSE,
)


def looks_garbled(text: str) -> bool:
    """Whether a text shows signs of a misreading that was not corrected.

    Reads stray marks on letters, digits inside words, a consonant alone between whole words, a
    letter four times. Near misses: "butir b", "s.d.", "3 x 4", "PM2,5", "<1 jam", codes.

    >>> looks_garbled("Formulir g terisi"), looks_garbled("Formulir B terisi")
    (True, False)
    """
    return _SIGNS.search(text) is not None
