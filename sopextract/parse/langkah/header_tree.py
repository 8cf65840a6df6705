"""The header of an exact table as a tree: which label stands over which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.model.source import Place
from sopextract.parse.labels import column_label
from sopextract.parse.rows import Row, plain

_GROUPS = ("pelaksana", "mutu_baku")
_INSIDE = 2.0  # points that a column must begin within a label's box to stand below it


@dataclass(frozen=True, slots=True)
class Label:
    """A header cell: row of the header, column of the grid, text, and the column label it is.

    `field` is None for what is no label of the form: the name of an actor.
    """

    row: int
    column: int
    text: str
    field: str | None


@dataclass(frozen=True, slots=True)
class HeaderTree:
    """For each column of the grid the labels above it, from the top down.

    A label reaches over the empty cells right of it, as far as the label above it does. Where the
    boxes of cells are known, they decide how far it reaches.
    """

    chains: tuple[tuple[Label, ...], ...]
    places: dict[tuple[int, int], Place]
    lefts: tuple[float | None, ...]

    @classmethod
    def of(cls, header: Sequence[Row], lefts: Sequence[float | None]) -> HeaderTree:
        """The tree of these header rows; `lefts` are the left edges of the grid's columns."""
        places = {
            (r, j): cell.place for r, row in enumerate(header) for j, cell in enumerate(row.cells)
        }
        chains: list[list[Label]] = [[] for _ in lefts]
        for r, row in enumerate(header):
            above = [tuple(chain) for chain in chains]
            owner: Label | None = None
            for j in range(len(lefts)):
                text = plain(row.cells[j]).text.strip() if j < len(row.cells) else ""
                if text:
                    owner = Label(r, j, text, _field(text, above[j]))
                elif owner is not None:
                    box = places.get((r, owner.column))
                    same = above[j] == above[owner.column] and _covers(box, lefts[j]) is not False
                    owner = owner if same else None
                if owner is not None:
                    chains[j].append(owner)
        return cls(tuple(tuple(chain) for chain in chains), places, tuple(lefts))

    def leaf(self, column: int) -> Label | None:
        """The lowest label over a column; None where none stands."""
        return (
            self.chains[column][-1] if column < len(self.chains) and self.chains[column] else None
        )

    def under(self, leaf: Label, group: str) -> bool:
        """Whether the label stands below, or is, the heading of a group."""
        return any(label.field == group for label in self.chains[leaf.column])

    def above(self, leaf: Label) -> str | None:
        """The text of the label over this one, headings of the form's groups left out."""
        chain = [label for label in self.chains[leaf.column] if label.field not in _GROUPS]
        return chain[-2].text if len(chain) > 1 else None

    def stacked(self, leaf: Label) -> str:
        """The label's text, with that of labels over it that stand over nothing else."""
        chain = self.chains[leaf.column]
        own = self._span(leaf)
        parts = [
            label.text
            for label in chain
            if label == leaf or (label.field not in _GROUPS and self._span(label) == own)
        ]
        return "\n".join(parts)

    def spans_many(self, label: Label) -> bool:
        """Whether it reaches over several columns of the grid."""
        return len(self._span(label)) > 1

    def covers(self, label: Label, column: int) -> bool | None:
        """Whether its box reaches over a column; None when that is not known."""
        return _covers(self.places.get((label.row, label.column)), self.lefts[column])

    def place(self, label: Label) -> Place:
        """Where it stands."""
        return self.places.get((label.row, label.column), Place())

    def printed(self) -> dict[str, str]:
        """The labels of the form by their canonical name, the topmost where one comes again."""
        labels: dict[str, str] = {}
        found = {x for chain in self.chains for x in chain}
        for label in sorted(found, key=lambda x: (x.row, x.column)):
            if label.field is not None:
                labels.setdefault(label.field, squeeze(label.text))
        return labels

    def _span(self, label: Label) -> frozenset[int]:
        return frozenset(j for j, chain in enumerate(self.chains) if label in chain)


def _field(text: str, above: Sequence[Label]) -> str | None:
    """Which label of the form a text is; below "Pelaksana" every text is a name."""
    hit = column_label(squeeze(text))
    if hit is None or any(label.field == "pelaksana" for label in above):
        return None
    if hit.field == "pelaksana" and hit.wrong and " " in squeeze(text):
        return None  # "Tim Pelaksana" is somebody's name
    return hit.field


def _covers(place: Place | None, left: float | None) -> bool | None:
    if place is None or (box := place.as_read) is None or left is None:
        return None
    return box[0] - _INSIDE <= left < box[2] - _INSIDE
