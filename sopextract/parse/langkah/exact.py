"""Tables whose cells stand in their true columns: the header's tree alone says what they hold.

Merged cells come at their top left with empty cells for the rest. So columns of the grid that one
label covers are one column of the table, and nothing is ever moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from sopextract.core.text import squeeze
from sopextract.model.source import SIGNS, Cell, Symbol
from sopextract.parse.langkah.columns import QUALITY, Columns
from sopextract.parse.langkah.content import look_at
from sopextract.parse.langkah.header_tree import HeaderTree, Label
from sopextract.parse.places import join_cells
from sopextract.parse.rows import Row, plain

_SLACK = 3.0  # points; two grids of one table repeat their rules to a fraction of a point
_ASIDE = 40.0  # points; as far one page of a scan may lie off the next (ingest/page/unruled.py)
_OF_NARROWEST = 0.4  # of the narrowest column: less than half, so that none is taken for another
_TIMES = 0.6  # share of filled cells with a time, as in `columns`
_WORDS = 0.5  # share of rows with words in a column without a label


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of the grid make up each column of the table, left to right.

    `lefts` are the left edges of the grid's columns in points, `starts` those of the table's, None
    where no cell told. `actors` says which columns of the table keep their symbols; in a part
    without a header, lanes that no rule parts have no column of the grid.
    """

    groups: tuple[tuple[int, ...], ...]
    lefts: tuple[float | None, ...]
    starts: tuple[float | None, ...]
    actors: frozenset[int]

    @property
    def width(self) -> int:
        """The number of columns of the grid."""
        return len(self.lefts)

    def collapse(self, row: Row) -> tuple[Cell, ...]:
        """The row's cells, one a column of the table; symbols only where actors stand.

        Where the row's cell lies over several lanes, each symbol goes to the lane that it stands
        in: no rule parts the lanes there.
        """
        cells = [
            self._cell(row, group, symbols=k in self.actors) for k, group in enumerate(self.groups)
        ]
        for k in sorted(self.actors):
            for symbol in cells[k].symbols:
                lane = self._lane_of(symbol, cells[k])
                if lane not in (None, k):
                    cells[k] = _without(cells[k], symbol)
                    moved = Cell(SIGNS[symbol.outline], symbol.place, (symbol,))
                    cells[lane or 0] = join_cells(cells[lane or 0], moved) or moved
        return tuple(cells)

    def _lane_of(self, symbol: Symbol, cell: Cell) -> int | None:
        """The lane that a symbol of a wide cell stands in; None where the places do not say."""
        box, around = symbol.place.as_read, cell.place.as_read
        if box is None or around is None:
            return None
        middle = (box[0] + box[2]) / 2
        under = [
            k
            for k in sorted(self.actors)
            if (start := self.starts[k]) is not None
            and start <= middle
            and start < around[2] - _SLACK
        ]
        return under[-1] if under else None

    def _cell(self, row: Row, group: Sequence[int], *, symbols: bool) -> Cell:
        whole: Cell | None = None
        for j in group:
            if j < len(row.cells):
                whole = join_cells(whole, row.cells[j] if symbols else plain(row.cells[j]))
        return whole if whole is not None else Cell("", row.place)

    def fitting(self, rows: Sequence[Row]) -> Layout | None:
        """The layout for a grid that goes on with this table without a header; None if none does.

        The grid has the same number of columns, at the same places where these are known, or each
        of its columns begins within one of the table's.
        """
        lefts = column_lefts(rows)
        if len(lefts) == self.width and self._same_places(lefts):
            return replace(self, lefts=lefts)
        known = [s for s in self.starts if s is not None]
        if len(known) < len(self.starts) or any(x is None for x in lefts):
            return None
        groups: list[list[int]] = [[] for _ in known]
        for j, left in enumerate(lefts):
            at = sum(start <= (left or 0.0) + _SLACK for start in known) - 1
            groups[max(at, 0)].append(j)
        first = min(self.actors, default=None)
        if any(not g and (k not in self.actors or k == first) for k, g in enumerate(groups)):
            return None
        return Layout(tuple(tuple(g) for g in groups), lefts, self.starts, self.actors)

    def _same_places(self, lefts: Sequence[float | None]) -> bool:
        known = [x for x in self.lefts if x is not None]
        narrow = min((b - a for a, b in pairwise(known) if b > a), default=0.0)
        slack = max(_SLACK, narrow * _OF_NARROWEST)
        off = [
            b - a for a, b in zip(self.lefts, lefts, strict=True) if a is not None and b is not None
        ]
        aside = median(off) if off else 0.0  # a scanner takes the next page a little to one side
        return abs(aside) <= _ASIDE and all(abs(x - aside) <= slack for x in off)


def _without(cell: Cell, symbol: Symbol) -> Cell:
    text = "\n".join(
        squeeze(x) for x in cell.text.replace(SIGNS[symbol.outline], "", 1).split("\n")
    )
    return Cell(text.strip(), cell.place, tuple(s for s in cell.symbols if s is not symbol))


def column_lefts(rows: Sequence[Row]) -> tuple[float | None, ...]:
    """The left edge of each column of a grid, as most of its filled cells tell it.

    None where no cell says, or where only the rest of a merged cell stands.
    """
    width = max((len(row.cells) for row in rows), default=0)
    filled: list[Counter[float]] = [Counter() for _ in range(width)]
    empty: list[Counter[float]] = [Counter() for _ in range(width)]
    for row in rows:
        for j, cell in enumerate(row.cells):
            if (box := cell.place.as_read) is not None:
                seen = filled if cell.text.strip() else empty
                seen[j][round(box[0], 1)] += 1
    lefts: list[float | None] = []
    last = float("-inf")
    for some, none in zip(filled, empty, strict=True):
        counts = some or none
        left = counts.most_common(1)[0][0] if counts else None
        left = left if left is not None and left > last else None
        last = last if left is None else left
        lefts.append(left)
    return tuple(lefts)


def read_exact(header: Sequence[Row], body: Sequence[Row]) -> tuple[Columns, Layout] | None:
    """The columns of an exact table and how its grid's columns make them up.

    None when neither a Kegiatan column nor two columns of Mutu Baku can be made out.
    """
    lefts = column_lefts([*header, *body])
    tree = HeaderTree.of(header, lefts)
    groups = _groups(tree, lefts, body)
    roles = _roles(groups, tree, body)
    return _columns(groups, roles, tree, lefts)


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns of the grid under one label; `leaf` None: no label stands over them."""

    columns: tuple[int, ...]
    leaf: Label | None


def _groups(tree: HeaderTree, lefts: Sequence[float | None], body: Sequence[Row]) -> list[_Group]:
    groups: list[_Group] = []
    for j in range(len(lefts)):
        leaf = tree.leaf(j)
        filled = _filled(body, j)
        last = groups[-1] if groups else None
        goes_on = last is not None and last.leaf == leaf and not _own_column(tree, last, j, body)
        if last is not None and (goes_on or (leaf is None and not filled)):
            groups[-1] = _Group((*last.columns, j), last.leaf)
        else:
            covered = last is not None and last.leaf == leaf
            groups.append(_Group((j,), _without_group(leaf) if covered else leaf))
    return [part for group in groups for part in _numbers_apart(group, body)]


def _without_group(leaf: Label | None) -> Label | None:
    """What stands over a second column of a label that only seems to cover it.

    Below a group without names every column is an actor of its own.
    """
    return leaf if leaf is not None and leaf.field == "pelaksana" else None


def _filled(body: Sequence[Row], j: int) -> list[int]:
    return [i for i, row in enumerate(body) if j < len(row.cells) and squeeze(row.cells[j].text)]


def _own_column(tree: HeaderTree, group: _Group, j: int, body: Sequence[Row]) -> bool:
    """Whether a column that a label seems to cover is one of its own.

    The rest of a merged column is empty. Where something stands in it, the label covers it only
    if its box says so, or if it never stands beside something in the same row.
    """
    here = set(_filled(body, j))
    if not here:
        return group.leaf is None
    if group.leaf is None or group.leaf.field == "pelaksana":
        return True
    if group.leaf.field == "kegiatan" and _holds_numbers(body, group.columns[:1]):
        return False  # the label of the numbers was merged with it: `_numbers_apart`
    covers = tree.covers(group.leaf, j)
    if covers is not None:
        return not covers
    beside = {i for k in group.columns for i in _filled(body, k)}
    return bool(here & beside) or group.leaf.field is None


def _numbers_apart(group: _Group, body: Sequence[Row]) -> list[_Group]:
    """The number column that lost its own label to "Uraian Prosedur" over both."""
    leaf = group.leaf
    if leaf is None or leaf.field != "kegiatan" or len(group.columns) < 2:
        return [group]
    first, rest = group.columns[:1], group.columns[1:]
    if not _holds_numbers(body, first):
        return [group]
    return [_Group(first, Label(leaf.row, first[0], "", "no")), _Group(rest, leaf)]


def _holds_numbers(body: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether most of what stands in these columns are numbers of steps."""
    texts = [row.cells[j].text for row in body for j in columns if j < len(row.cells)]
    own = [t for t in texts if t.strip()]
    return sum(look_at(t).counts for t in own) * 2 > len(own)


def _roles(groups: Sequence[_Group], tree: HeaderTree, body: Sequence[Row]) -> list[str]:
    """A role a column of the table: as `Columns.role`."""
    roles = _first_of_each([_labelled_role(group) for group in groups])
    if "kegiatan" not in roles:
        _find_kegiatan(roles, groups, body)
    if "no" not in roles and "kegiatan" in roles:
        _find_no(roles, groups, body)
    start = max((k for k, r in enumerate(roles) if r in ("no", "kegiatan")), default=-1) + 1
    first_quality = next((k for k, r in enumerate(roles) if r in QUALITY), len(roles))
    mutu_baku = [k for k, g in enumerate(groups) if g.leaf and tree.under(g.leaf, "mutu_baku")]
    first_quality = min([first_quality, *mutu_baku])
    for k, group in enumerate(groups):
        if roles[k] == "none" and start <= k < first_quality and _is_lane(group, body):
            roles[k] = "actor"
    _add_lost(roles, groups, body, first_quality)
    return roles


def _labelled_role(group: _Group) -> str:
    field = group.leaf.field if group.leaf is not None else None
    return field if field in (*QUALITY, "no", "kegiatan") else "none"


def _first_of_each(roles: Sequence[str]) -> list[str]:
    """Each role once; a label that comes again is no second column of it."""
    return [r if r not in roles[:k] else "none" for k, r in enumerate(roles)]


def _is_lane(group: _Group, body: Sequence[Row]) -> bool:
    return group.leaf is not None or any(_filled(body, j) for j in group.columns)


def _find_kegiatan(roles: list[str], groups: Sequence[_Group], body: Sequence[Row]) -> None:
    """Kegiatan under a label of its own: the column of sentences right of the numbers."""
    if "no" not in roles:
        return
    k = roles.index("no") + 1
    if k < len(roles) and roles[k] == "none" and _share_of_words(groups[k], body) >= _WORDS:
        roles[k] = "kegiatan"


def _find_no(roles: list[str], groups: Sequence[_Group], body: Sequence[Row]) -> None:
    """The numbers left of Kegiatan, whose label is lost."""
    k = roles.index("kegiatan") - 1
    if k < 0 or roles[k] != "none":
        return
    if _holds_numbers(body, groups[k].columns):
        roles[k] = "no"


def _share_of_words(group: _Group, body: Sequence[Row]) -> float:
    return _share(group, body, words=True)


def _share(group: _Group, body: Sequence[Row], *, words: bool) -> float:
    """The share of rows in which words, or else times, stand in a column."""
    found = 0
    for row in body:
        text = " ".join(plain(row.cells[j]).text for j in group.columns if j < len(row.cells))
        content = look_at(text)
        found += content.prose if words else content.duration >= 0.5
    return found / (len(body) or 1)


def _add_lost(roles: list[str], groups: Sequence[_Group], body: Sequence[Row], first: int) -> None:
    """Waktu and Output whose label is lost, as `columns` finds them: times, and words behind."""
    free = [k for k in range(first, len(roles)) if roles[k] == "none"]
    if "waktu" not in roles:
        times = [k for k in free if _share(groups[k], body, words=False) >= _TIMES]
        if len(times) == 1:
            roles[times[0]] = "waktu"
    if "kelengkapan" not in roles and "waktu" in roles:
        left = roles.index("waktu") - 1
        if left in free and _share_of_words(groups[left], body) >= _WORDS:
            roles[left] = "kelengkapan"
    if "output" not in roles and "waktu" in roles:
        right = roles.index("waktu") + 1
        if right in free and roles[right] == "none":
            roles[right] = "output" if _share_of_words(groups[right], body) >= _WORDS else "none"


def _columns(
    groups: Sequence[_Group],
    roles: Sequence[str],
    tree: HeaderTree,
    lefts: tuple[float | None, ...],
) -> tuple[Columns, Layout] | None:
    position = {role: k for k, role in enumerate(roles) if role not in ("none", "actor")}
    quality = {name: position[name] for name in QUALITY if name in position}
    if "kegiatan" not in position and len(quality) < 2:
        return None
    lanes = [k for k, role in enumerate(roles) if role == "actor"]
    names = _names([groups[k] for k in lanes], tree)
    columns = Columns(
        position.get("no"),
        position.get("kegiatan"),
        tuple(zip(lanes, names, strict=True)),
        quality,
        tree.printed(),
        len(groups),
        places=tuple((k, tree.place(leaf)) for k in lanes if (leaf := groups[k].leaf) is not None),
    )
    starts = tuple(lefts[g.columns[0]] for g in groups)
    layout = Layout(tuple(g.columns for g in groups), lefts, starts, frozenset(lanes))
    return columns, layout


def _names(lanes: Sequence[_Group], tree: HeaderTree) -> list[str | None]:
    """The labels of the actors; where two are alike, with the group that tells them apart."""
    leaves = [group.leaf for group in lanes]
    counts = Counter(squeeze(leaf.text).casefold() for leaf in leaves if leaf)
    names: list[str | None] = []
    for leaf in leaves:
        name = _name(leaf, tree, len(lanes))
        above = tree.above(leaf) if leaf is not None else None
        alike = leaf is not None and counts[squeeze(leaf.text).casefold()] > 1
        names.append(
            f"{above}\n{name}" if name == (leaf and leaf.text) and alike and above else name
        )
    return names


def _name(leaf: Label | None, tree: HeaderTree, lanes: int) -> str | None:
    if leaf is None or not leaf.text:
        return None
    if leaf.field == "pelaksana" and (lanes < 2 or tree.spans_many(leaf)):
        return None  # the group's heading, below which no name stands
    return tree.stacked(leaf)
