"""Which column of a step table holds what: by its header and by what stands in it, together.

The header alone is not enough (a header row may be shifted, a label lost or misread), nor is the
content (an Output may be a duration). So each possible assignment of roles to columns is scored
on both, and the best is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from sopextract.core.text import squeeze
from sopextract.lexicon.labels import LabelHit, label_key
from sopextract.model.source import Place
from sopextract.parse.labels import column_label
from sopextract.parse.langkah.content import Content, look_at

QUALITY = ("kelengkapan", "waktu", "output", "keterangan")  # the form's order

# Weights of the evidence for a column's role. Set by hand on the made sheets of the tuning seeds
# and the five seed sheets; only their order of size matters: a label in its own column outweighs
# content, content outweighs a label one column away.
_LABEL_HERE, _LABEL_BESIDE = 3.0, 1.0
_IN_ORDER = 3.0
_FILLED = {"kelengkapan": 1.5, "output": 1.5, "waktu": 0.5, "keterangan": -0.5}
_EMPTY = {"kelengkapan": -1.0, "output": -2.0, "waktu": -1.5, "keterangan": 0.5}

_TIMES = 0.6  # share of rows with a time; rows without one and "Sesuai jadwal" are common
_SENTENCES = 0.8  # share of rows with words; an actor's column holds symbols, or few words


@dataclass(frozen=True, slots=True)
class Columns:
    """Column positions from 0; None where the table has no such column.

    `moved` names the roles whose data stand in another column than their label: role, column of the
    label, column of the data.
    `actors` are position and label, the label None when it is lost. `labels` maps canonical names
    to what is printed. `width` is the number of columns. `places` says for positions of actors
    where their label stands: the cell in tables whose cells stand in their true columns, else the
    header.
    """

    no: int | None
    kegiatan: int | None
    actors: tuple[tuple[int, str | None], ...]
    quality: dict[str, int]
    labels: dict[str, str]
    width: int
    moved: tuple[tuple[str, int, int], ...] = ()
    places: tuple[tuple[int, Place], ...] = ()

    def role(self, position: int) -> str:
        """`no`, `kegiatan`, `actor`, one of `QUALITY`, or `none`."""
        if position == self.no:
            return "no"
        if position == self.kegiatan:
            return "kegiatan"
        if any(position == p for p, _ in self.actors):
            return "actor"
        return next((name for name, p in self.quality.items() if p == position), "none")


@dataclass(frozen=True, slots=True)
class _Header:
    """Every label of the header with its column, and the texts that are no label of a column."""

    labels: tuple[tuple[int, str, str, int], ...]  # column, field, text, header row
    others: tuple[tuple[int, str, int], ...]  # column, text, header row

    def at(self, field: str) -> list[int]:
        return [column for column, name, _, _ in self.labels if name == field]


def find_columns(header: Sequence[Sequence[str]], data: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table from its header rows and its data rows (texts of cells).

    None when neither a Kegiatan column nor two columns of Mutu Baku can be made out.
    """
    contents = [[look_at(cell) for cell in row] for row in data]
    width = max((len(row) for row in (*header, *data)), default=0)
    stats = [_Stats.of([row[j] for row in contents if j < len(row)]) for j in range(width)]
    head = _read_header(header, stats)
    kegiatan = _find_kegiatan(head, stats)
    no = _find_no(head, stats, kegiatan)
    first = (kegiatan if kegiatan is not None else no if no is not None else -1) + 1
    quality = _assign_quality(head, stats, first)
    _add_unlabelled(quality, head, stats, first)
    if kegiatan is None and len(quality) < 2:
        return None
    labels = {name: text for _, name, text, _ in reversed(head.labels)}
    last = min(quality.values(), default=_last_used(head, stats) + 1)
    actors = _find_actors(head, first, last)
    moved = tuple(
        (role, at[0], column)
        for role, column in quality.items()
        if (at := head.at(role)) and column not in at
    )
    if "kelengkapan" not in quality and len(actors) > 1 and _holds_words(stats[actors[-1][0]]):
        # Kelengkapan under a name of its own ("Sumber Data"): symbols stand under an actor
        quality["kelengkapan"], actors = actors[-1][0], actors[:-1]
    return Columns(no, kegiatan, actors, quality, labels, width, moved)


@dataclass(frozen=True, slots=True)
class _Stats:
    """What stands in one column over all data rows: shares from 0 to 1, mean length of prose."""

    filled: float
    number: float
    mark: float
    duration: float
    prose: float
    length: float

    @classmethod
    def of(cls, cells: Sequence[Content]) -> _Stats:
        n = len(cells) or 1
        filled = [c for c in cells if not c.empty]
        m = len(filled) or 1
        prose = [c for c in filled if c.prose]
        return cls(
            filled=len(filled) / n,
            number=sum(c.counts for c in filled) / m,
            mark=sum(c.mark for c in filled) / m,
            duration=sum(c.duration for c in filled) / m,
            prose=len(prose) / m,
            length=sum(len(c.text) for c in prose) / (len(prose) or 1),
        )


def _read_header(header: Sequence[Sequence[str]], stats: Sequence[_Stats]) -> _Header:
    labels: list[tuple[int, str, str, int]] = []
    others: list[tuple[int, str, int]] = []
    has_group = False
    for number, row in enumerate(header):
        shift = _shift_of(row, stats) if number else 0
        group_here = False
        broken = _broken_group(row)
        for j, raw in enumerate(row):
            text = squeeze(raw)
            if not text:
                continue
            hit = broken.get(j) or column_label(text)
            # Below the group header "Pelaksana" stands the name of an actor, be it "Pelaksana".
            if hit is None or (hit.field in ("pelaksana", "kegiatan", "no") and has_group):
                others.append((j + shift, raw.strip(), number))
            else:
                labels.append((j + shift, hit.field, text, number))
                group_here = group_here or hit.field in ("pelaksana", "mutu_baku")
        has_group = has_group or group_here
    return _Header(tuple(labels), tuple(others))


def _broken_group(row: Sequence[str]) -> dict[int, LabelHit]:
    """A group heading broken over neighbouring cells ("Pelak" | "sana"), by their columns."""
    filled = [(j, label_key(text)) for j, text in enumerate(row) if text.strip()]
    return {
        j: LabelHit("kolom", field, canonical, 0.8, True)
        for (a, left), (b, right) in pairwise(filled)
        for key, field, canonical in _GROUPS
        if left + right == key and left and right
        for j in (a, b)
    }


_GROUPS = (("pelaksana", "pelaksana", "Pelaksana"), ("mutubaku", "mutu_baku", "Mutu Baku"))


def _shift_of(row: Sequence[str], stats: Sequence[_Stats]) -> int:
    """By how many columns a lower header row stands off its data: -1, 0 or 1.

    Only a row that holds labels of Mutu Baku can tell; the second line of a wrapped name cannot.
    """
    if sum((hit := column_label(t)) is not None and hit.field in QUALITY for t in row) < 2:
        return 0

    def fit(shift: int) -> float:
        total = -0.5 * abs(shift)
        for j, text in enumerate(row):
            k = j + shift
            if not text.strip() or not 0 <= k < len(stats):
                continue
            hit, column = column_label(text), stats[k]
            if hit is None:
                # a name over sentences is worse than a Waktu beside its times
                total += column.mark * column.filled - 4.0 * column.prose * column.filled
            elif hit.field == "waktu":
                total += 3.0 * column.duration
            elif hit.field in ("kelengkapan", "output"):
                total += column.prose * column.filled - column.mark
        return total

    return max((0, 1, -1), key=fit)


def _find_kegiatan(head: _Header, stats: Sequence[_Stats]) -> int | None:
    labelled = head.at("kegiatan")
    if not labelled:
        return _unlabelled_kegiatan(head, stats)
    candidates = range(max(0, labelled[0] - 1), min(len(stats), labelled[0] + 2))

    def fit(j: int) -> float:
        s = stats[j]
        return 2.0 * (j == labelled[0]) + s.prose * s.filled * min(s.length, 40) / 20

    return max(candidates, key=fit, default=None)


def _unlabelled_kegiatan(head: _Header, stats: Sequence[_Stats]) -> int | None:
    """The column of sentences right of the numbers, whatever its label says.

    Half a table without numbers has none: what is printed there first is an actor's or Kelengkapan.
    """
    labelled = {j for j, *_ in head.labels}
    for j in head.at("no"):
        right = j + 1
        if right >= len(stats) or right in labelled or stats[j].number * stats[j].filled < 0.5:
            continue
        if stats[right].prose * stats[right].filled >= _SENTENCES:
            return right
    return None


def _find_no(head: _Header, stats: Sequence[_Stats], kegiatan: int | None) -> int | None:
    if kegiatan is not None:
        before = [j for j in range(kegiatan) if stats[j].number > 0.5 or j in head.at("no")]
        return before[-1] if before else None
    labelled = head.at("no")
    return labelled[0] if labelled else None


def _assign_quality(head: _Header, stats: Sequence[_Stats], first: int) -> dict[str, int]:
    roles = [role for role in QUALITY if head.at(role)]
    columns = range(first, len(stats))
    if not roles or not len(columns):
        return {}
    anchor = min(head.at(role)[0] for role in roles)
    near = [j for j in columns if j >= anchor - 1]
    if len(near) > 7:
        near = near[:7]
    fit = [{j: _role_score(head, stats[j], role, j) for j in near} for role in roles]
    best: tuple[float, tuple[int, ...]] = (float("-inf"), ())
    for chosen in permutations(near, min(len(roles), len(near))):
        score = sum(row[j] for row, j in zip(fit, chosen, strict=False))
        score += _IN_ORDER * sum(a < b for a, b in pairwise(chosen))
        if score > best[0]:
            best = (score, chosen)
    return dict(zip(roles, best[1], strict=False))


def _add_unlabelled(
    quality: dict[str, int], head: _Header, stats: Sequence[_Stats], first: int
) -> None:
    """Waktu and Output whose label is lost or misread, by what stands between their neighbours.

    Waktu is the one column left over that holds times; Output the column of words right of it.
    """
    if not quality:
        return
    taken = set(quality.values())
    free = [j for j in range(max(first, min(taken)), len(stats)) if j not in taken]
    if "waktu" not in quality:
        times = [j for j in free if stats[j].filled * stats[j].duration >= _TIMES]
        if len(times) == 1:
            quality["waktu"] = times[0]
    if (label := quality.get("keterangan")) is not None and not stats[label].filled:
        # an empty column under the label, words in one beside it that belongs to nothing else
        beside = [j for j in (label - 1, label + 1) if j in free and stats[j].prose]
        if beside and beside[0] > quality.get("output", len(stats)):
            quality["keterangan"] = beside[0]
            free.remove(beside[0])
    right = quality.get("waktu", len(stats)) + 1
    if "output" not in quality and right in free and _holds_words(stats[right]):
        quality["output"] = right


def _role_score(head: _Header, column: _Stats, role: str, j: int) -> float:
    distance = min(abs(j - k) for k in head.at(role))
    score = {0: _LABEL_HERE, 1: _LABEL_BESIDE}.get(distance, -2.0 * distance)
    score += _FILLED[role] * column.filled + _EMPTY[role] * (1 - column.filled)
    if role == "waktu":
        score += 3.0 * column.duration * column.filled
    else:
        score -= 1.5 * column.duration * column.filled
    return score - 3.0 * column.mark * column.filled


def _holds_words(column: _Stats) -> bool:
    return column.filled >= 0.5 and column.prose >= 0.8 and column.mark < 0.1


def _last_used(head: _Header, stats: Sequence[_Stats]) -> int:
    used = [j for j, s in enumerate(stats) if s.filled > 0]
    return max([*used, *(j for j, _, _ in head.others), *(j for j, *_ in head.labels)], default=0)


def _find_actors(head: _Header, first: int, last: int) -> tuple[tuple[int, str | None], ...]:
    """Actor columns between Kegiatan and the first column of Mutu Baku, unlabelled ones kept."""
    names: dict[int, list[str]] = {}
    for j, text, _ in head.others:
        if first <= j < last:
            names.setdefault(j, []).append(text)
    for j in head.at("pelaksana"):
        if first <= j < last and j not in names:
            names.setdefault(j, [])
    if not names:
        return ()
    columns = range(first, max(last, max(names) + 1))
    return tuple((j, "\n".join(names.get(j, [])) or None) for j in columns)
