"""Groups doubtful values so that one finding points at each group."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from sopextract.lexicon.bulan import print_tanggal
from sopextract.model.record import DAFTAR, Alur, Bentuk, Langkah, Provenance, SopRecord
from sopextract.validate.sheet import existing, quote, value_at

# Parts of one value, reported once at the value itself: the actors or symbols of one step, a time
# allowance, an edge, one citation's fields stay apart because each can be mended alone.
_GROUP = re.compile(r"(/langkah/\d+/(?:pelaksana|bentuk|waktu)|/alur/\d+)(?:/.*)?")
_OF_COLUMN = re.compile(r"(/pelaksana/\d+)/lengkap")  # it is its name's
_COUNTED = re.compile(r"/pelaksana/\d+/kolom")  # in scans never sure: a lost column is told itself

# What several doubts are told of as one: the step, the flow, and in scans the list as well.
WHOLES = re.compile(r"/alur(?=/)|/langkah/\d+(?=/)")
WHOLES_AND_LISTS = re.compile(
    rf"{WHOLES.pattern}|/(?:dasar_hukum|lainnya|judul_lain|pelaksana|{'|'.join(DAFTAR)})(?=/)"
)
_TOGETHER = 3  # own judgement: two doubts in one step are still told one by one
_MOST_OF_LIST = 0.5  # fewer items than this share of a list are told one by one
_ACTORS = re.compile(r"/langkah/\d+/pelaksana")


def grouped(
    record: SopRecord,
    wanted: Callable[[str, Provenance], bool],
    wholes: re.Pattern[str] | None = WHOLES,
) -> Iterator[tuple[str, float]]:
    """Pointers of the groups that hold a wanted value, with the lowest confidence in each.

    `wholes` finds in a pointer what three or more doubts are told of as one; None: nothing.
    """
    worst: dict[str, float] = {}
    for pointer, given in record.provenance.items():
        if wanted(pointer, given) and not _COUNTED.fullmatch(pointer):
            pointer = _OF_COLUMN.sub(r"\1/nama", pointer)
            match = _GROUP.fullmatch(pointer)
            path = existing(record, match[1] if match else pointer)
            if _ACTORS.fullmatch(path) and value_at(record, path) == ():
                continue  # nobody was settled: RD-04 and, when surely so, FL-04
            worst[path] = min(given.confidence, worst.get(path, 1.0))
    yield from (_gathered(record, worst, wholes) if wholes else worst).items()


def _gathered(
    record: SopRecord, worst: dict[str, float], wholes: re.Pattern[str]
) -> dict[str, float]:
    """Three or more parts of one step, or three or more edges, become one entry for the whole."""
    parts: dict[str, list[str]] = {}
    for path in worst:
        match = wholes.match(path)
        if match:
            parts.setdefault(match[0], []).append(path)
    gathered = {
        path: whole
        for whole, paths in parts.items()
        if len(paths) >= _TOGETHER and _are_most(record, whole, len(paths))
        for path in paths
    }
    out: dict[str, float] = {}
    for path, confidence in worst.items():
        whole = gathered.get(path, path)
        out[whole] = min(confidence, out.get(whole, 1.0))
    return out


def _are_most(record: SopRecord, whole: str, count: int) -> bool:
    """Whether so many are at least half of a list; of a step's parts or the edges any three do."""
    if WHOLES.match(f"{whole}/"):
        return True
    items = value_at(record, whole)
    return isinstance(items, tuple) and count >= _MOST_OF_LIST * len(items)


def said(record: SopRecord, pointer: str) -> str:
    """The value in quotes with a space before it; "" for what is no text."""
    value = value_at(record, pointer)
    if pointer == "/alur":
        return " antarlangkah"
    if isinstance(value, Langkah):
        return f" {quote(value.kegiatan, 60)}: beberapa isian"
    if isinstance(value, Alur):
        label = f" ({value.label})" if value.label else ""
        return f" dari langkah {value.dari} ke langkah {value.ke}{label}"
    if isinstance(value, tuple) and value and all(isinstance(v, Bentuk) for v in value):
        value = tuple(f"{v.simbol or '?'} ({v.pelaksana})" for v in value)
    if isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
        return f" {quote(', '.join(value), 60)}"
    text = getattr(value, "teks", value)
    if isinstance(text, str):
        shown = print_tanggal(text) if pointer.startswith("/tanggal_") else text
        return f" {quote(shown, 60)}"
    return f" {quote(str(text))}" if isinstance(text, int) and not isinstance(text, bool) else ""


def percentage(confidence: float) -> str:
    """Confidence in whole percents, rounded down so that 0.899 never reads as sure."""
    return f"{math.floor(confidence * 100)} persen"
