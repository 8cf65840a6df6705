"""Steps of a family side by side: Needleman–Wunsch of each sheet against the rows so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from sopextract.compare.comparison import Cell, CellState, Row, Segment
from sopextract.compare.completeness import check_steps
from sopextract.compare.wording import canonical, canonical_post
from sopextract.core.text import fold, words
from sopextract.model.record import Langkah, SopRecord

# Wording carries a pair; actor, output and time break ties. A part that one side lacks is left out.
WORDING_WEIGHT, ROLE_WEIGHT, OUTPUT_WEIGHT, TIME_WEIGHT = 0.65, 0.15, 0.12, 0.08

# Steps below either are not the same work. Own judgement on the seeds: "Mengolah data kinerja" and
# "Menyusun rencana monitoring" score 0.3, true pairs of reworded steps 0.5 and more.
PAIR_MIN, WORDING_MIN = 0.45, 0.34
SAME_WORDING, LIKE_WORDING = 0.95, 0.60  # how a pair is called: sama, mirip, berbeda
ROW_SAMPLE = 3  # different cells of a row that a step is compared with

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Match:
    """The score of two steps and its parts; a part that one side lacks is None."""

    score: float
    wording: float
    role: float | None
    output: float | None
    time: float | None


Key = tuple[str, tuple[str, ...], str | None, str | None, str | None]  # what a match looks at


@dataclass(slots=True)
class _Placed:
    """One row while it grows: sop and step, the first first; `sample` are the steps that a
    newcomer is compared with, `gains` what those seen so far would earn."""

    cells: list[tuple[int, Langkah]]
    sample: list[Key]
    gains: dict[Key, float] = field(default_factory=dict)

    def add(self, sop: int, step: Langkah, key: Key) -> None:
        self.cells.append((sop, step))
        if len(self.sample) < ROW_SAMPLE and key not in self.sample:
            self.sample.append(key)
            self.gains.clear()

    def gain(self, key: Key) -> float:
        """What pairing a step with this row earns; at most 0 for steps that are no pair."""
        known = self.gains.get(key)
        if known is None:
            known = self.gains[key] = _gain(self.sample, key)
        return known


def align(records: Sequence[SopRecord], members: Sequence[int]) -> tuple[Row, ...]:
    """The rows of a family; `members[0]` is the reference, the others join one after another."""
    rows: list[_Placed] = []
    for sop in members:
        rows = _join(rows, sop, records[sop].langkah)
    unread = {sop: _find_unread(records[sop]) for sop in members}
    return tuple(_row(row.cells, members, unread) for row in rows)


def pair_steps(
    left: Sequence[Langkah], right: Sequence[Langkah]
) -> list[tuple[Langkah | None, Langkah | None]]:
    """Two sheets' steps in order; None where the other has no such step."""
    rows = _join(_join([], 0, left), 1, right)
    return [(dict(row.cells).get(0), dict(row.cells).get(1)) for row in rows]


def match_steps(a: Langkah, b: Langkah) -> Match:
    """How surely two steps are the same work."""
    return _match(_key(a), _key(b))


@lru_cache(maxsize=262144)
def _match(a: Key, b: Key) -> Match:
    wording = match_wording(a[0], b[0])
    role = match_roles(a[1], b[1])
    output = match_wording(a[2], b[2]) if a[2] and b[2] else None
    time = None if a[3] is None or b[3] is None else float(_same_time(a, b))
    parts = (
        (wording, WORDING_WEIGHT),
        (role, ROLE_WEIGHT),
        (output, OUTPUT_WEIGHT),
        (time, TIME_WEIGHT),
    )
    weight = sum(w for value, w in parts if value is not None)
    score = sum(value * w for value, w in parts if value is not None) / weight
    return Match(score, wording, role, output, time)


def _key(step: Langkah) -> Key:
    waktu = step.waktu
    amount = f"{waktu.durasi}/{waktu.durasi_maks}" if waktu and waktu.durasi else None
    return step.kegiatan, step.pelaksana, step.output, waktu.teks if waktu else None, amount


def _same_time(a: Key, b: Key) -> bool:
    if a[4] and b[4]:
        return a[4] == b[4]
    return fold(a[3] or "") == fold(b[3] or "")


@lru_cache(maxsize=262144)
def match_wording(a: str, b: str) -> float:
    """Half shared words, half letters in order, on words made comparable; 1 for the same text."""
    left, right = canonical(a), canonical(b)
    if left == right:
        return 1.0 if left or fold(a) == fold(b) else 0.0
    one, other = set(left), set(right)
    shared = len(one & other) / len(one | other)
    if shared < 0.1:  # the letters cannot lift it over WORDING_MIN in any useful way
        return shared
    return (shared + fuzz.ratio(" ".join(left), " ".join(right)) / 100) / 2


def match_roles(a: Sequence[str], b: Sequence[str]) -> float | None:
    """Share of posts in common; a post whose words include the other's ("Kasubbag", "Kasubbag TU")
    counts half. None when a side names nobody."""
    if not a or not b:
        return None
    left, right = [canonical_post(x) for x in a], [canonical_post(x) for x in b]
    got = sum(max(_role(x, y) for y in right) for x in left)
    got += sum(max(_role(x, y) for x in left) for y in right)
    return got / (len(left) + len(right))


def same_time(a: Langkah, b: Langkah) -> bool | None:
    """Whether two steps take as long; None when a time is missing.

    Amounts decide where both are known, else the printed words.
    """
    if a.waktu is None or b.waktu is None:
        return None
    return _same_time(_key(a), _key(b))


def mark_words(base: str, text: str) -> tuple[Segment, ...]:
    """`text` cut into runs: `beda` where `base` says it otherwise, `hilang` for words that only
    `base` has; without these the runs joined are `text`. Capitals and punctuation do not differ.
    """
    here, there = _WORD.findall(text), _WORD.findall(base)
    left = [" ".join(words(w)) or w for w in there]
    right = [" ".join(words(w)) or w for w in here]
    runs: list[Segment] = []
    for tag, i, j, start, end in SequenceMatcher(None, left, right, False).get_opcodes():
        if start < end:
            mark: Literal["sama", "beda"] = "sama" if tag == "equal" else "beda"
            runs.append(Segment(text=" ".join(here[start:end]), mark=mark))
        elif i < j:
            runs.append(Segment(text=" ".join(there[i:j]), mark="hilang"))
    return tuple(runs)


def _role(a: frozenset[str], b: frozenset[str]) -> float:
    if a == b:
        return 1.0
    return 0.5 if a < b or b < a else 0.0


def _join(rows: list[_Placed], sop: int, steps: Sequence[Langkah]) -> list[_Placed]:
    """Global alignment of steps with rows; a gap costs nothing, a pair earns what it scores above
    `PAIR_MIN`, so weak pairs are not made to fill a row."""
    keys = [_key(step) for step in steps]
    gain = [[row.gain(key) for key in keys] for row in rows]
    best = _best_sums(gain, len(rows), len(steps))
    joined: list[_Placed] = []
    i = j = 0
    while i < len(rows) or j < len(steps):
        inside = i < len(rows) and j < len(steps)
        if inside and gain[i][j] > 0 and best[i][j] == gain[i][j] + best[i + 1][j + 1]:
            rows[i].add(sop, steps[j], keys[j])
            joined.append(rows[i])
            i, j = i + 1, j + 1
        elif i < len(rows) and (j == len(steps) or best[i][j] == best[i + 1][j]):
            joined.append(rows[i])
            i += 1
        else:
            joined.append(_Placed([(sop, steps[j])], [keys[j]]))
            j += 1
    return joined


def _best_sums(gain: list[list[float]], height: int, width: int) -> list[list[float]]:
    """The most that the rows and steps from each place on can earn."""
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        here, below, row = best[i], best[i + 1], gain[i]
        for j in range(width - 1, -1, -1):
            most = below[j] if below[j] >= here[j + 1] else here[j + 1]
            if row[j] > 0 and row[j] + below[j + 1] > most:
                most = row[j] + below[j + 1]
            here[j] = most
    return best


def _gain(sample: Sequence[Key], key: Key) -> float:
    best = 0.0
    for other in sample:
        if match_wording(other[0], key[0]) >= WORDING_MIN:
            best = max(best, _match(other, key).score)
    return best - PAIR_MIN


def _row(
    row: Sequence[tuple[int, Langkah]],
    members: Sequence[int],
    unread: Mapping[int, Mapping[int, tuple[str, ...]]],
) -> Row:
    base_sop, base = row[0]
    cells = {sop: _cell(sop, step, base, base_sop == members[0]) for sop, step in row[1:]}
    state: CellState = "acuan" if base_sop == members[0] else "tambahan"
    cells[base_sop] = _plain_cell(base_sop, base, state)
    for sop, cell in cells.items():
        if names := unread[sop].get(cell.urutan):
            cells[sop] = cell.model_copy(update={"unread": names})
    return Row(cells=tuple(cells.get(sop) for sop in members))


def _find_unread(record: SopRecord) -> dict[int, tuple[str, ...]]:
    """By `urutan`, the values of a step that could not be read; steps without any are left out."""
    found: dict[int, tuple[str, ...]] = {}
    for step, states in zip(record.langkah, check_steps(record), strict=True):
        names = (
            ("pelaksana", states[0], step.pelaksana),
            ("waktu", states[2], step.waktu),
            ("output", states[3], step.output),
        )
        unread = tuple(name for name, state, value in names if state == "tak_terbaca" and not value)
        if unread:
            found[step.urutan] = unread
    return found


def _plain_cell(sop: int, step: Langkah, state: CellState) -> Cell:
    return Cell(
        sop=sop,
        urutan=step.urutan,
        state=state,
        kegiatan=(Segment(text=step.kegiatan, mark="sama"),),
        pelaksana=step.pelaksana,
        waktu=step.waktu.teks if step.waktu else None,
        output=step.output,
    )


def _cell(sop: int, step: Langkah, base: Langkah, has_reference: bool) -> Cell:
    match = match_steps(base, step)
    state: CellState = "berbeda"
    if match.wording >= SAME_WORDING:
        state = "sama"
    elif match.wording >= LIKE_WORDING:
        state = "mirip"
    differs = (
        ("pelaksana", match.role is not None and match.role < 1.0),
        ("waktu", match.time == 0.0),
        ("output", match.output is not None and match.output < SAME_WORDING),
    )
    parts = (
        ("kegiatan", match.wording),
        ("pelaksana", match.role),
        ("output", match.output),
        ("waktu", match.time),
    )
    return _plain_cell(sop, step, state if has_reference else "tambahan").model_copy(
        update={
            "kegiatan": mark_words(base.kegiatan, step.kegiatan),
            "differs": tuple(name for name, yes in differs if yes),
            "score": round(match.score, 3),
            "why": tuple((name, round(v, 3)) for name, v in parts if v is not None),
        }
    )
