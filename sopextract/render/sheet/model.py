"""The sheet before it is placed: what a writer needs, in no writer's terms.

The flow lies on a grid of channels: lanes and bands are `CHANNELS` units wide and high, a position
is `lane * CHANNELS + offset`, `band * CHANNELS + offset`. A row is one band, or as many as it has
symbols below one another (`bands`). Real heights come afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from sopextract.core.marks import printed_note
from sopextract.model.draft import Simbol
from sopextract.render.sheet.bands import Bands, Place

CHANNELS = 16  # units per cell; findings: enough for two lanes each side of a symbol of 4…12
CENTRE = 8

Drawn = Simbol | Literal["konektor"]  # every outline of the form; the last is the pentagon
Point = tuple[int, int]


class Mark(StrEnum):
    """What is to be said about a value beside the value itself."""

    NONE = ""
    INFERRED = "inferred"  # reasoned, not read
    UNREAD = "unread"  # something stands in the source that could not be read
    ABSENT = "absent"  # the form has the label and nothing beside it, or no such label


@dataclass(frozen=True, slots=True)
class Field:
    """A printable value; `text` is empty where there is none and `mark` says why."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Block:
    """A list of the identity page; `empty` stands in its place when there are no items.

    `name` is the field's name in the record.
    """

    name: str
    items: tuple[Field, ...]
    empty: Field


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity page: agency lines top down, fields and values, signature, six blocks."""

    agency: tuple[Field, ...]
    rows: tuple[tuple[str, Field], ...]
    nama_sop: Field
    jabatan: Field
    nama: Field
    pangkat: str
    nip: Field
    electronic: bool
    blocks: tuple[tuple[Block, Block], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of an actor; `known` is False for a column whose label is lost."""

    nama: str
    known: bool
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol: its row and lane from 0, its kind (None: not read), the word in a capsule.

    `slot` is its place among the bands of its row, from 0 at the top. `off_page`: a pentagon, which
    joins two pages; its letter is `text`.
    """

    row: int
    lane: int
    simbol: Simbol | None
    inferred: bool
    text: str = ""
    alt: str = ""
    off_page: bool = False
    slot: int = 0

    @property
    def place(self) -> Place:
        """Its row and slot."""
        return self.row, self.slot

    @property
    def drawn_as(self) -> Drawn:
        """The outline used: a symbol whose kind was not read is drawn as a box, dashed."""
        return "konektor" if self.off_page else self.simbol or "proses"

    @property
    def dashed(self) -> bool:
        """Whether the outline says that this symbol was not read off the source."""
        return not self.off_page and (self.inferred or self.simbol is None)


@dataclass(frozen=True, slots=True)
class Row:
    """One step. `note` says what the flow cannot show; `unread_actor`: nobody is settled."""

    no: str
    kegiatan: Field
    kelengkapan: Field
    waktu: Field
    output: Field
    keterangan: Field
    note: str = ""
    unread_actor: bool = False

    @property
    def told(self) -> str:
        """The note as it is printed; empty without one."""
        return printed_note(self.note) if self.note else ""


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """A connector between two symbols, by their index in `SheetModel.symbols`."""

    source: int
    target: int
    label: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class SheetModel:
    """Everything on the sheet, unplaced."""

    title: str
    nomor: str
    identity: Identity
    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    symbols: tuple[Symbol, ...]
    edges: tuple[FlowEdge, ...]


@dataclass(frozen=True, slots=True)
class Connector:
    """A routed edge: corner points in channel units from symbol centre to its end.

    `joins` is True when it ends on another line to the same target, which then has the arrow head.
    `side` is the side of the target where it enters ("N", "E", "S", "W"); empty when it joins.
    """

    edge: int
    points: tuple[Point, ...]
    joins: bool
    side: str


@dataclass(frozen=True, slots=True)
class Routing:
    """All connectors; `failed` are edges that found no way; `dense` says that channel 3 is used."""

    connectors: tuple[Connector, ...]
    failed: tuple[int, ...]
    crossings: int
    dense: bool


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """A label's top left corner: a channel position plus millimetres, and its box."""

    edge: int
    text: str
    x: int
    y: int
    dx_mm: float
    dy_mm: float
    width_mm: float
    height_mm: float
    hits: int
    size_pt: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the flow table's columns in millimetres and the type sizes that go with them.

    `turned`: the lanes are too narrow for their heads, which are therefore written upright.
    """

    no: float
    kegiatan: float
    lane: float
    kelengkapan: float
    waktu: float
    output: float
    keterangan: float
    size_pt: float
    head_pt: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class SymbolSize:
    """Width and height of the symbols in millimetres."""

    width: float
    height: float
    diamond_width: float
    diamond_height: float
    pentagon: float = 6.0  # high and wide: room for two letters

    def of(self, drawn: Drawn) -> tuple[float, float]:
        """Width and height of one kind."""
        if drawn == "keputusan":
            return self.diamond_width, self.diamond_height
        if drawn == "konektor":
            return min(self.pentagon, self.width), self.pentagon
        return self.width, self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """Measured: columns, row heights and the bands in them, symbols' size, connectors, labels."""

    columns: Columns
    heights: tuple[float, ...]
    bands: Bands
    symbols: SymbolSize
    routing: Routing
    labels: tuple[LabelPlace, ...] = ()
