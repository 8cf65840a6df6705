"""When two values are the same, and how near two texts are."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from sopextract.score.seal import is_sealed, plain, seal_text

SOFT_MIN = 0.9  # below this two texts are different things, not one with a slip (issue 2)

# The form prints these in capitals or not as it likes; the record's letter case is a convention.
CASELESS = (
    "instansi.",
    "nama_sop",
    "disahkan_oleh.jabatan",
    "disahkan_oleh.pangkat",
    "pelaksana.",
    "langkah.pelaksana",
    "alur.pelaksana",
)
_DURATION = ("durasi", "durasi_maks")
_CLOCK = re.compile(r"PT(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?")


def is_given(value: object) -> bool:
    """Whether a value says anything: null, empty and `False` do not."""
    return value not in (None, "", False, [], ())


def _clock(text: str) -> float | None:
    """Minutes of a duration that has only hours, minutes and seconds; None for any other."""
    found = _CLOCK.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    h, m, s = (float(part or 0) for part in found.groups())
    return h * 60 + m + s / 60


def is_equal(field: str, gold: object, got: object) -> bool:
    """Whether a parsed value is right.

    Texts are compared after `plain`, with letter case except in CASELESS fields; PT90M equals
    PT1H30M, while P7D and P1W stay different, as printed. A sealed gold compares by digest.
    Lists compare item by item, in order.
    """
    if not is_given(gold) or not is_given(got):
        return is_given(gold) == is_given(got)
    if isinstance(gold, list | tuple) and isinstance(got, list | tuple):
        return len(gold) == len(got) and all(
            is_equal(field, a, b) for a, b in zip(gold, got, strict=True)
        )
    if not isinstance(gold, str) or not isinstance(got, str):
        return gold == got
    if is_sealed(gold):
        return gold == seal_text(got)
    if field.rsplit(".", 1)[-1] in _DURATION:
        clock = _clock(gold)
        return gold == got if clock is None else clock == _clock(got)
    a, b = plain(gold), plain(got)
    if field.startswith(CASELESS):
        a, b = a.casefold(), b.casefold()
    return a == b


def nearness(field: str, gold: object, got: object) -> float:
    """1 for the same, the share of agreeing letters for two texts, 0 for anything else."""
    if is_equal(field, gold, got):
        return 1.0
    if isinstance(gold, list | tuple):
        gold = " ; ".join(str(item) for item in gold)
    if isinstance(got, list | tuple):
        got = " ; ".join(str(item) for item in got)
    if not isinstance(gold, str) or not isinstance(got, str) or is_sealed(gold):
        return 0.0
    return fuzz.ratio(plain(gold).casefold(), plain(got).casefold()) / 100


def softness(field: str, gold: object, got: object) -> float:
    """The part of a hit that a near miss is worth: nearness from SOFT_MIN on, else 0."""
    near = nearness(field, gold, got)
    return near if near >= SOFT_MIN else 0.0
