"""The flow of an HTML sheet that this program drew: its tables say which symbols they hold.

A lane cell says `data-simbol="3 keputusan"`, the symbol's number and kind, or from the top down
those of several ("1 terminator Mulai;2 proses"); the table says `data-alur="1>2;3>4=Ya;3>1=Tidak"`,
which symbol leads to which. `render/html` writes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.ingest.own_marks import DASHED_BOX
from sopextract.model.source import Connector, Outline, Place, Symbol

_SYMBOL = re.compile(r"(?P<id>\d{1,5}) (?P<kind>[a-z]+)(?: (?P<text>[A-Za-z]{1,20}))?")
_EDGE = re.compile(r"(?P<tail>\d{1,5})>(?P<head>\d{1,5})(?:=(?P<label>[^;=<>]{1,24}))?")
_OUTLINES = {
    "terminator": (Outline.CAPSULE, 1.0),
    "proses": (Outline.BOX, 1.0),
    "keputusan": (Outline.DIAMOND, 1.0),
    "belum": (Outline.BOX, DASHED_BOX),
}
_MOST = 5000  # edges; a sheet of 60 steps has a hundred


def read_symbols(text: str | None, place: Place) -> tuple[Symbol, ...]:
    """The symbols that a cell says it holds; none where any of it is not so written."""
    parts = text.split(";", _MOST) if text else []
    found = tuple(symbol for part in parts if (symbol := _read_symbol(part, place)) is not None)
    return found if len(found) == len(parts) else ()


def _read_symbol(text: str, place: Place) -> Symbol | None:
    match = _SYMBOL.fullmatch(text)
    if match is None or match["kind"] not in _OUTLINES:
        return None
    outline, score = _OUTLINES[match["kind"]]
    return Symbol(int(match["id"]), outline, place, match["text"] or "", score)


def read_edges(text: str, known: frozenset[int], place: Place) -> Iterator[Connector]:
    """The connectors that a table says it holds, between symbols that are there."""
    for part in text.split(";", _MOST)[:_MOST]:
        match = _EDGE.fullmatch(part)
        if match is None:
            continue
        tail, head = int(match["tail"]), int(match["head"])
        if tail in known and head in known:
            yield Connector(tail, head, place, match["label"] or "", True)
