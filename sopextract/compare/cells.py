"""Aligned rows as the report shows them: each step beside its row's first, with what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import numpy as np
from rapidfuzz import fuzz

from sopextract.compare.comparison import Cell, CellState, Relation, Row, Segment
from sopextract.compare.completeness import check_steps
from sopextract.compare.evidence import StepBank, probability
from sopextract.compare.placed import Placed
from sopextract.compare.wording import canonical, match_posts, name_post
from sopextract.core.text import fold, words
from sopextract.model.record import Langkah, SopRecord

SAME_WORDING, LIKE_WORDING = 0.95, 0.60  # how a pair is called: sama, mirip, berbeda

_WORD = re.compile(r"\S+")
_READ = ("pelaksana", "kelengkapan", "waktu", "output")  # in the order of `check_steps`


def build_rows(
    bank: StepBank, rows: Sequence[Placed], records: Sequence[SopRecord], members: Sequence[int]
) -> tuple[Row, ...]:
    """The rows with a cell for each member that does their work. `bank` holds the members' steps
    in their order, `records` are theirs."""
    steps = [step for record in records for step in record.langkah]
    unread = [names for record in records for names in _find_doubtful(record)]
    sheet_of = [i for i, record in enumerate(records) for _ in record.langkah]
    builder = _Builder(bank, steps, unread, [members[i] for i in sheet_of])
    return tuple(builder.row(row, members) for row in rows)


class _Builder:
    """What is known of every step, by its position in the bank."""

    def __init__(
        self,
        bank: StepBank,
        steps: Sequence[Langkah],
        unread: Sequence[tuple[str, ...]],
        sops: Sequence[int],
    ) -> None:
        self.bank, self.steps, self.unread, self.sops = bank, steps, unread, sops

    def row(self, row: Placed, members: Sequence[int]) -> Row:
        """One row: others differ from the reference's step, or else from the first that came."""
        order = sorted(range(len(row.steps)), key=lambda k: (row.sheets[k], row.steps[k]))
        base = row.steps[order[0]]
        of_reference = row.sheets[order[0]] == 0
        rest = [row.steps[k] for k in order[1:]]
        odds = self.bank.odds(np.array([base]), np.array(rest, dtype=np.intp))[0] if rest else ()
        state: CellState = "acuan" if of_reference else "tambahan"
        found: dict[int, list[Cell]] = {}
        for k, score in zip(order, (None, *odds), strict=True):
            step = row.steps[k]
            cell = self._cell(step, base, score, state, row.relations[k])
            found.setdefault(self.sops[step], []).append(cell)
        cells = {
            sop: parts[0].model_copy(update={"more": tuple(parts[1:])}) if parts[1:] else parts[0]
            for sop, parts in found.items()
        }
        return Row(cells=tuple(cells.get(sop) for sop in members))

    def _cell(
        self,
        number: int,
        base_number: int,
        odds: float | None,
        state: CellState,
        relation: Relation | None,
    ) -> Cell:
        step, base = self.steps[number], self.steps[base_number]
        plain = Cell(
            sop=self.sops[number],
            urutan=step.urutan,
            state=state,
            kegiatan=(Segment(text=step.kegiatan, mark="sama"),),
            pelaksana=step.pelaksana,
            waktu=step.waktu.teks if step.waktu else None,
            output=step.output,
            unread=tuple(name for name in self.unread[number] if not getattr(step, name)),
            kelengkapan=step.kelengkapan,
            simbol=step.simbol,
            peran=tuple(name_post(name) for name in step.pelaksana),
            relation=relation,
        )
        if odds is None:
            return plain
        doubtful = {*self.unread[number], *self.unread[base_number]}
        parts = tuple(pair for pair in compare_steps(base, step) if pair[0] not in doubtful)
        wording = dict(parts)["kegiatan"]
        if state == "acuan":
            state = "berbeda"
            if wording >= SAME_WORDING:
                state = "sama"
            elif wording >= LIKE_WORDING:
                state = "mirip"
        limits = {"output": SAME_WORDING, "kelengkapan": SAME_WORDING}
        return plain.model_copy(
            update={
                "state": state,
                "kegiatan": mark_words(base.kegiatan, step.kegiatan),
                "differs": tuple(
                    name for name, v in parts if name != "kegiatan" and v < limits.get(name, 1.0)
                ),
                "score": round(probability(odds), 3),
                "why": tuple((name, round(v, 3)) for name, v in parts),
            }
        )


def compare_steps(a: Langkah, b: Langkah) -> tuple[tuple[str, float], ...]:
    """The likeness of two steps part by part; parts that one side lacks are left out."""
    output = match_wording(a.output, b.output) if a.output and b.output else None
    needs = match_wording(a.kelengkapan, b.kelengkapan) if a.kelengkapan and b.kelengkapan else None
    time = same_time(a, b)
    symbol = float(a.simbol == b.simbol) if a.simbol and b.simbol else None
    parts = (
        ("kegiatan", match_wording(a.kegiatan, b.kegiatan)),
        ("pelaksana", match_posts(a.pelaksana, b.pelaksana)),
        ("kelengkapan", needs),
        ("output", output),
        ("waktu", None if time is None else float(time)),
        ("simbol", symbol),
    )
    return tuple((name, value) for name, value in parts if value is not None)


@lru_cache(maxsize=262144)
def match_wording(a: str, b: str) -> float:
    """Half shared words, half letters in order, on words made comparable; 1 for the same text."""
    left, right = canonical(a), canonical(b)
    if left == right:
        return 1.0 if left or fold(a) == fold(b) else 0.0
    one, other = set(left), set(right)
    shared = len(one & other) / len(one | other)
    return (shared + fuzz.ratio(" ".join(left), " ".join(right)) / 100) / 2


def same_time(a: Langkah, b: Langkah) -> bool | None:
    """Whether two steps take as long; None when a time is missing.

    Amounts decide where both are known, else the printed words.
    """
    if a.waktu is None or b.waktu is None:
        return None
    one, other = ((w.durasi, w.durasi_maks) for w in (a.waktu, b.waktu))
    if any(one) and any(other):
        return one == other
    return fold(a.waktu.teks) == fold(b.waktu.teks)


@lru_cache(maxsize=65536)
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


def _find_doubtful(record: SopRecord) -> list[tuple[str, ...]]:
    """Of each step, the values that stand on the sheet and could not be read, or hardly: such a
    value is no difference."""
    return [
        tuple(name for name, state in zip(_READ, states, strict=True) if state == "tak_terbaca")
        for states in check_steps(record)
    ]
