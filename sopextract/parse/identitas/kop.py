"""The agency block: government, agency, units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze, words
from sopextract.lexicon.instansi import Level, bears_region, is_address, is_vertical, level_of
from sopextract.lexicon.unit_kata import unit_words
from sopextract.lexicon.wilayah import canonical_wilayah
from sopextract.model.draft import MaybeText, Method, Reading
from sopextract.model.source import Place
from sopextract.parse.places import join_places, least_clear

_REGION_TAIL = re.compile(
    r"^(?P<name>.+?)\s+(?P<region>(?:PROVINSI|PROPINSI|KABUPATEN|KAB\.|KOTA)\s+\S.*)$",
    re.IGNORECASE,
)
_REGION = re.compile(r"\b(?:PROVINSI|PROPINSI|KABUPATEN|KAB\.|KOTA)\s+\S.*$", re.IGNORECASE)
_LONGEST = 110
_MOST_WRAPPED = 3  # words of a name that stand on its last line by themselves
_GOES_ON = re.compile(r"^(?:DAN|SERTA|,|&|/)\b", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:,|\bDAN|\bSERTA|&|/|-|\b(?:PROVINSI|PROPINSI|KABUPATEN|KAB\.|KOTA))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Kop:
    """The agency as read; `used` are the positions of the lines that it was read from."""

    pemerintah: MaybeText | None
    perangkat_daerah: MaybeText | None
    unit_kerja: tuple[Reading[str], ...]
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class KopLine:
    """A candidate line: its position in the document, its text, its place.

    `wrapped` says that the line above it had no room for its first word.
    """

    position: int
    text: str
    place: Place
    wrapped: bool = False


def read_kop(lines: Sequence[KopLine]) -> Kop:
    """Read the best agency block among lines in reading order (blank ones left out).

    Blocks are runs of lines that begin like an agency, with the lines that go on with a name. The
    block that names most levels wins, the later one on a tie: the identity sheet stands behind the
    cover. A region alone below the agency ("KABUPATEN BALANGAN") gives the government, inferred.
    """
    best: tuple[float, list[tuple[Level, str, KopLine]], set[int]] = (0.0, [], set())
    for block, used in _blocks([part for line in lines for part in _cut(line)]):
        levels = {level for level, _, _ in block}
        upper = sum(text == text.upper() for _, text, _ in block) / len(block)
        score = len(levels) + 0.1 * len(block) + 0.5 * upper
        full = "perangkat" in {level for level, _, _ in best[1]}
        if ("perangkat" in levels and score >= best[0]) or (not full and score > best[0]):
            best = (score, block, used)
    return _assemble(best[1], best[2])


def _cut(line: KopLine) -> tuple[KopLine, ...]:
    """A government and its agency in one line, apart: "PEMERINTAH KOTA BIMA DINAS SOSIAL"."""
    parts = squeeze(line.text).split(" ")
    if len(line.text) > _LONGEST or level_of(line.text) != "pemerintah":
        return (line,)
    for k in range(2, len(parts)):
        head, tail = " ".join(parts[:k]), " ".join(parts[k:])
        region = _REGION.search(head)
        if region is None or canonical_wilayah(region.group()) is None:
            continue
        if level_of(tail) in ("perangkat", "unit"):
            return (
                KopLine(line.position, head, line.place, line.wrapped),
                KopLine(line.position, tail, line.place),
            )
    return (line,)


def _blocks(
    lines: Sequence[KopLine],
) -> list[tuple[list[tuple[Level, str, KopLine]], set[int]]]:
    blocks: list[tuple[list[tuple[Level, str, KopLine]], set[int]]] = []
    current: list[tuple[Level, str, KopLine]] = []
    used: set[int] = set()
    for k, line in enumerate(lines):
        text = squeeze(line.text)
        level = level_of(text) if len(text) <= _LONGEST else None
        if level is not None and _is_sentence(text):
            level = None
        far = bool(current) and line.position - max(used) > 6
        if level is None or far:
            goes_on = (
                current
                and not far
                and not is_address(text)
                and (_continues(current[-1][1], text) or _is_wrapped(current[-1][1], line))
            )
            if goes_on:
                last_level, last_text, last_line = current[-1]
                whole = replace(last_line, place=join_places((last_line.place, line.place)))
                current[-1] = (last_level, f"{last_text} {text}", whole)
                used.add(line.position)
                continue
            if current:
                blocks.append((current, used))
            current, used = [], set()
            if level is None:
                continue
        elif current and level == "pemerintah" and not _below_agency(current, lines[k:]):
            blocks.append((current, used))
            current, used = [], set()
        elif current and level == "perangkat" and any(lv == "perangkat" for lv, _, _ in current):
            repeated = any(text == other for _, other, _ in current)
            if _same_block_unit(text) and not repeated and current[-1][0] != "wilayah":
                level = "unit"
            else:
                blocks.append((current, used))
                current, used = [], set()
        current.append((level, text, line))
        used.add(line.position)
    if current:
        blocks.append((current, used))
    return blocks


def _below_agency(current: Sequence[tuple[Level, str, KopLine]], rest: Sequence[KopLine]) -> bool:
    """Whether a government is named below its agency, as covers do, and begins no new block."""
    if {level for level, _, _ in current} != {"perangkat"}:
        return False
    near = rest[0].position - current[-1][2].position <= 2
    follows = any(level_of(squeeze(line.text)) == "perangkat" for line in rest[1:3])
    return near and not follows


def _same_block_unit(text: str) -> bool:
    return text.upper().startswith(
        ("SEKRETARIAT", "BALAI", "KANTOR", "PUSKESMAS", "PUSAT", "BADAN")
    )


def _is_sentence(text: str) -> bool:
    """A line of running text that merely begins with such a word."""
    return text.endswith((".", ";")) or (
        not text.isupper() and sum(w[:1].islower() for w in text.split(" ")) > 3
    )


def _continues(above: str, text: str) -> bool:
    """Whether a line without a head of its own is the rest of the name above it."""
    if len(text) > _LONGEST or not text[:1].isalpha():
        return bool(_GOES_ON.match(text))
    if _OPEN_END.search(above) or _GOES_ON.match(text) or _completes_region(above, text):
        return True
    return above.isupper() == text.isupper() and all(word in unit_words() for word in words(text))


def _is_wrapped(above: str, line: KopLine) -> bool:
    """Whether a name was broken for want of room before its last words, whatever these are."""
    text = squeeze(line.text)
    few = len(text.split(" ")) <= _MOST_WRAPPED and all(w.isalpha() for w in text.split(" "))
    return line.wrapped and few and above.isupper() == text.isupper()


def _completes_region(above: str, text: str) -> bool:
    """Whether a region's name was cut at the line's end: "PROVINSI NUSA", "TENGGARA TIMUR"."""
    match = _REGION.search(above)
    if match is None or canonical_wilayah(match.group()) is not None:
        return False
    whole = f"{match.group()} {text}"
    found = canonical_wilayah(whole)
    return found is not None and len(words(found)) == len(words(whole))


def _assemble(block: Sequence[tuple[Level, str, KopLine]], used: set[int]) -> Kop:
    pemerintah: MaybeText | None = None
    perangkat: MaybeText | None = None
    units: list[Reading[str]] = []
    for level, text, line in block:
        if level == "pemerintah":
            pemerintah = _reading(text, line.place, Method.LINE)
        elif level == "wilayah":
            if perangkat is not None and perangkat.value and is_vertical(perangkat.value):
                # An agency of the capital: the region is its seat and part of its name.
                place = least_clear(perangkat.place, (line.place,))
                perangkat = _reading(f"{perangkat.value} {text}", place, Method.LINE)
            elif pemerintah is None:
                pemerintah = _government(text, line.place)
        elif level == "perangkat" and perangkat is None:
            name, region = _cut_region(text)
            perangkat = _reading(name, line.place, Method.LINE)
            if region is not None and pemerintah is None:
                pemerintah = _government(region, line.place)
        else:
            units.append(_reading(text, line.place, Method.LINE))
    if perangkat is None and units and pemerintah is not None:
        perangkat, units = units[0], units[1:]
    return Kop(pemerintah, perangkat, tuple(units), frozenset(used))


def _cut_region(text: str) -> tuple[str, str | None]:
    """An agency's name without the region behind it, unless that is part of it; and the region."""
    if is_vertical(text):
        return text, None
    match = _REGION_TAIL.match(text)
    if match is None or canonical_wilayah(match["region"]) is None:
        return text, None
    return text if bears_region(text) else match["name"], match["region"]


def _government(region: str, place: Place) -> Reading[str]:
    """The government of a region that is named alone: inferred, not printed."""
    return Reading(f"PEMERINTAH {region.upper()}", region, place, Method.INFERRED, 0.9)


def _reading(text: str, place: Place, method: Method) -> Reading[str]:
    return Reading(squeeze(text), squeeze(text), place, method, 0.97)
