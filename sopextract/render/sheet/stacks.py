"""The symbols of a record's rows: who does what, and which stand below one another in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sopextract.model.draft import Simbol
from sopextract.model.record import Langkah, SopRecord
from sopextract.render.sheet.model import Symbol
from sopextract.render.sheet.printed import method_of

# Symbols that a row holds below one another: with the rows of the head and two strips of pentagons
# more than these would not go on a page. Of real sheets none was met with more than three.
MAX_STACK = 6
KIND_NAMES: dict[Simbol | None, str] = {
    "terminator": "Terminator",
    "proses": "Proses",
    "keputusan": "Keputusan",
    None: "Simbol belum terbaca",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A row and its symbols in the flow's order: the actor's name and the sheet's index of each."""

    row: int
    symbols: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """All symbols, the rows that have them by `urutan`, and by row what is told in words instead.

    `strangers` are actors that no column names.
    """

    symbols: tuple[Symbol, ...]
    steps: dict[int, Step]
    strangers: dict[int, tuple[str, ...]]
    untold: dict[int, tuple[str, ...]]


def stack_symbols(record: SopRecord, lane_of: Mapping[str, int]) -> Stacks:
    """Every symbol in its row and lane; those of one row go down in the order of its flow.

    A symbol stands beside the one before it, or below where its own lane holds one there already.
    """
    symbols: list[Symbol] = []
    steps: dict[int, Step] = {}
    strangers: dict[int, tuple[str, ...]] = {}
    untold: dict[int, tuple[str, ...]] = {}
    for row, langkah in enumerate(record.langkah):
        found: list[tuple[str, int]] = []
        slot = 0
        taken: dict[int, int] = {}
        for nama, simbol, inferred in _marks(record, row, langkah):
            if nama not in lane_of:
                strangers[row] = (*strangers.get(row, ()), nama)
                continue
            lane = lane_of[nama]
            below = max(slot, taken.get(lane, -1) + 1)
            if below >= MAX_STACK:
                said = f"juga {KIND_NAMES[simbol].lower()} oleh {nama}"
                untold[row] = (*untold.get(row, ()), said)
                continue
            taken[lane] = slot = below
            found.append((nama, len(symbols)))
            symbols.append(Symbol(row, lane, simbol, inferred, slot=slot))
        steps[langkah.urutan] = Step(row, tuple(found))
    return Stacks(tuple(symbols), steps, strangers, untold)


def _marks(record: SopRecord, row: int, langkah: Langkah) -> list[tuple[str, Simbol | None, bool]]:
    """Actor, kind and whether either was inferred, for each symbol of a row."""
    base = f"/langkah/{row}"
    kind_at, actor_at = f"{base}/simbol", f"{base}/pelaksana"
    if langkah.bentuk:
        return [
            (
                b.pelaksana,
                b.simbol,
                _inferred(record, f"{base}/bentuk/{k}/simbol", f"{base}/bentuk/{k}", kind_at)
                or _inferred(record, f"{base}/bentuk/{k}/pelaksana", f"{actor_at}/{k}", actor_at),
            )
            for k, b in enumerate(langkah.bentuk)
        ]
    kinds: list[Simbol | None] = [langkah.simbol] * len(langkah.pelaksana)
    if len(kinds) > 1 and langkah.simbol != "proses":
        # which of them it is was not said: the symbol that sends Ya and Tidak, or none
        kinds = [
            langkah.simbol
            if langkah.simbol == "keputusan" and _decides(record, langkah, n)
            else None
            for n in langkah.pelaksana
        ]
    return [
        (
            nama,
            kind,
            _inferred(record, f"{actor_at}/{k}", actor_at) or _inferred(record, kind_at),
        )
        for k, (nama, kind) in enumerate(zip(langkah.pelaksana, kinds, strict=True))
    ]


def _inferred(record: SopRecord, *pointers: str) -> bool:
    return method_of(record, *pointers) == "inferred"


def _decides(record: SopRecord, langkah: Langkah, nama: str) -> bool:
    names = [a.dari_pelaksana for a in record.alur if a.dari == langkah.urutan and a.label]
    return nama in names or (None in names and nama == langkah.pelaksana[-1])
