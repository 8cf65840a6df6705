"""Words that stand at a line of the flow rather than in a cell."""

from __future__ import annotations

import re

from sopextract.core.text import squeeze

# The exits that sheets print, of the 348 BPS sheets and the local ones.
_EXIT = re.compile(
    r"""(?:
        ya | iya | y | yes | tidak | tdk | tak | t | n | no | ok | oke | revisi | direvisi
      | perbaikan | diperbaiki | kembali | dikembalikan | tolak | ditolak | terima | diterima
      | salah
      | (?:ya[ ,]+)? (?:(?:tidak|tdk|tak|belum|kurang)\s+)?
        (?:setuju|disetujui|lengkap|sesuai|benar|valid|layak|memenuhi(?:\s+syarat)?|ada|cocok)
      | belum
    )\s*[.?!]?""",
    re.VERBOSE | re.IGNORECASE,
)


def is_exit(text: str) -> bool:
    """Whether a text names the exit of a decision and nothing else.

    >>> is_exit("Tidak Lengkap"), is_exit("( Ya )"), is_exit("Tidak ada berkas masuk")
    (True, True, False)
    """
    return _EXIT.fullmatch(squeeze(text).strip("()[]{}\"'/ -:")) is not None
