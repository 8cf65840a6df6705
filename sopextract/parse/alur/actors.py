"""Who does a row: the drawn columns, or the one that wording and neighbours settle."""

from __future__ import annotations

from collections.abc import Sequence
from logging import getLogger

from sopextract.model.draft import Method, PelaksanaDraft, Reading
from sopextract.parse.alur.decode import Decoded
from sopextract.parse.alur.kinds import place_of
from sopextract.parse.alur.rows import DRAWN, TICKED, FlowRow
from sopextract.settings import ParseSettings

log = getLogger(__name__)

# Raw scores, own judgement as those of `rows`.
_AGREED = 0.99  # symbol and wording say the same
_DOUBTED = 0.85  # symbol and wording disagree: below 0.9, so that a finding points at it
_INFERRED_MAX = 0.97  # 97 in 100 inferred actors are right (docs/adr/0002): none is promised more
# The wording contradicts a symbol when without the symbol another column would reach this, the
# threshold at which an actor is named …
_CONTRADICTED_BY = 0.75
# … and the symbol's own columns together no more than this (own judgement, checked on made flows).
_CONTRADICTED = 0.1


def find_actors(
    row: FlowRow,
    decoded: Decoded | None,
    pelaksana: Sequence[PelaksanaDraft],
    before: int | None,
    settings: ParseSettings,
) -> tuple[Reading[int], ...]:
    """The actors of a row by `kolom`, in the order in which the flow meets them.

    A symbol is read and always wins; without one the decoded column is inferred. Empty when none is
    sure enough, or when the surest column has no label. `before` is the last actor of the row
    before, None when nobody is known.
    """
    if decoded is None:
        return ()
    if row.drawn:
        return _drawn_actors(row, decoded, pelaksana, before)
    best = max(range(len(pelaksana)), key=lambda c: decoded.posterior[c])
    score = decoded.posterior[best]
    if score < settings.actor_min_confidence or pelaksana[best].nama is None:
        number = row.row.no.value if row.row.no else None
        log.debug("step %s: column %d is likeliest (%.2f), and not named", number, best + 1, score)
        return ()
    place = row.row.kegiatan.place
    score = round(min(score, _INFERRED_MAX), 3)
    return (Reading(pelaksana[best].kolom, "", place, Method.INFERRED, score),)


def _drawn_actors(
    row: FlowRow, decoded: Decoded, pelaksana: Sequence[PelaksanaDraft], before: int | None
) -> tuple[Reading[int], ...]:
    wording = decoded.without_symbols
    agreed = sum(wording[c] for c in row.drawn)
    against = max((p for c, p in enumerate(wording) if c not in row.drawn), default=0.0)
    readings = []
    for c in _flow_order(row, pelaksana, before):
        mark, signs = next((m, s) for k, m, s in row.signs if k == c and s.shapes)
        typed = all(s.typed for s in signs.shapes)
        place = place_of(mark, next(s for k, _, s in row.shapes if k == c))
        score = TICKED if typed else DRAWN
        if agreed >= _CONTRADICTED_BY:
            score = _AGREED
        elif agreed <= _CONTRADICTED and against >= _CONTRADICTED_BY:
            score = _DOUBTED
        score = min(score, mark.score)
        method = Method.CELL if typed else Method.SHAPE
        readings.append(Reading(pelaksana[c].kolom, mark.text, place, method, score))
    return tuple(readings)


def _flow_order(
    row: FlowRow, pelaksana: Sequence[PelaksanaDraft], before: int | None
) -> tuple[int, ...]:
    """The drawn columns as the flow meets them.

    Drawn arrows between the symbols decide, else typed arrows across the row; without any, the
    flow starts at the end nearer to the column of the row before.
    """
    if row.order:
        return tuple(dict.fromkeys(c for c, _, _ in row.shapes))
    drawn = row.drawn
    arrows = [a for _, _, s in row.signs for a in s.arrows]
    right, left = arrows.count("right"), arrows.count("left")
    if right != left:
        return drawn if right > left else drawn[::-1]
    position = next((i for i, p in enumerate(pelaksana) if p.kolom == before), None)
    if position is None or abs(drawn[0] - position) <= abs(drawn[-1] - position):
        return drawn
    return drawn[::-1]
