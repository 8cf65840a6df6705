"""What a comparison says: frozen values that become `comparison.json`.

A sheet is named by `sop`, its position in the sequence of records given (from 0), because two
copies of one file have the same id. Counts of what could not be read stand apart from counts of
what is missing, everywhere.
"""

from __future__ import annotations

from typing import Literal

from sopextract.model.record import Frozen

Item = Literal["terisi", "kosong", "tak_terbaca"]
CellState = Literal["acuan", "sama", "mirip", "berbeda", "tambahan"]


class Figures(Frozen):
    """What one SOP costs. Every total is a lower bound when its `…_unknown` is not 0.

    `menit_kerja` sums the steps whose time is known; None when no step's is. `time_ranges` counts
    steps printed with an upper end ("1–3 hari"): the sum holds their lower end. `handovers` counts
    changes of actor down the rows; `handovers_unknown` counts rows whose actor is not known.
    `loops` counts edges that lead back to the same or an earlier row.
    """

    steps: int
    actors: int
    menit_kerja: float | None
    time_unknown: int
    time_ranges: int
    handovers: int
    handovers_unknown: int
    decisions: int
    decisions_unknown: int
    loops: int


class FindingCount(Frozen):
    """Findings by severity. `reading` are our doubts: they never count against the agency."""

    error: int = 0
    warning: int = 0
    info: int = 0
    reading: int = 0


class Sheet(Frozen):
    """One SOP in the inventory. `family` is the number of its family, None when it is alone.

    `states` gives, for the identity items that the inventory prints, whether an empty one is
    missing from the sheet or only unread.
    """

    sop: int
    id: str
    path: str
    index: int
    agency: int
    nomor_sop: str | None
    nama_sop: str | None
    title: str
    tanggal_efektif: str | None
    disahkan_oleh: str | None
    nip: str | None
    states: dict[str, Item]
    figures: Figures
    findings: FindingCount
    family: int | None = None


class ItemCount(Frozen):
    """How many sheets (or steps) of an agency have one item, lack it, or could not be read."""

    item: str
    terisi: int
    kosong: int
    tak_terbaca: int


class Agency(Frozen):
    """One perangkat daerah: its sheets, how complete they are, what was found on them.

    `share` is filled items over all items that could be read (13 identity items without the date
    of revision, which a first version lacks rightly, and the columns of every step); None when
    nothing could be read.
    """

    number: int
    name: str
    short: str
    sheets: tuple[int, ...]
    items: tuple[ItemCount, ...]
    share: float | None
    unread: int
    findings: FindingCount
    rules: tuple[tuple[str, int], ...]


class Link(Frozen):
    """Why two sheets are the same procedure: the score and its parts; a part is None when one of
    the sheets has nothing to compare."""

    a: int
    b: int
    score: float
    title: float | None
    steps: float | None
    outputs: float | None
    legal: float | None


class Segment(Frozen):
    """A run of words, against the reference: as there, other than there, or only there."""

    text: str
    mark: Literal["sama", "beda", "hilang"]


class Cell(Frozen):
    """One step of one sheet in an aligned row.

    `score` and the parts in `why` compare it with the row's first step (the reference sheet's,
    where it has one); None for that step itself. `differs` names what differs: `pelaksana`,
    `waktu`, `output`. A value that is missing on either side is not a difference; `unread` names
    those that stand on the sheet and could not be read.
    """

    sop: int
    urutan: int
    state: CellState
    kegiatan: tuple[Segment, ...]
    pelaksana: tuple[str, ...]
    waktu: str | None
    output: str | None
    unread: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    score: float | None = None
    why: tuple[tuple[str, float], ...] = ()


class Row(Frozen):
    """Steps that do the same, at most one per sheet, in the family's order of members."""

    cells: tuple[Cell | None, ...]


class Family(Frozen):
    """Sheets of the same procedure. `members` begins with the reference sheet."""

    number: int
    title: str
    reference: int
    members: tuple[int, ...]
    agencies: tuple[int, ...]
    score: float
    links: tuple[Link, ...]
    rows: tuple[Row, ...]


class Difference(Frozen):
    """One difference between two copies: where it stands, and what each sheet says."""

    what: str
    where: str
    left: str
    right: str


class Leftover(Frozen):
    """Words on a sheet that name a kind of agency which is not its own, e.g. "lingkup Badan"."""

    sop: int
    path: str
    words: str
    text: str


class Copy(Frozen):
    """Two sheets whose steps and times are nearly all the same. Who copied whom is not said.

    `kind` is `berkas_sama` for the same bytes. `same_times` counts, of the `compared_times` pairs
    whose time is known on both sheets, those that are equal.
    """

    a: int
    b: int
    kind: Literal["salinan", "berkas_sama"]
    score: float
    steps: tuple[int, int]
    same_steps: int
    same_times: int
    compared_times: int
    differences: tuple[Difference, ...]
    leftovers: tuple[Leftover, ...]


class CopyGroup(Frozen):
    """Sheets that are copies of one another, each compared with the first."""

    members: tuple[int, ...]
    pairs: tuple[Copy, ...]


class LegalRow(Frozen):
    """One regulation and how many SOPs of each agency cite it (in the order of the agencies).

    `id` is None when the citation is too partial to be identified; it is then kept by its text.
    """

    id: str | None
    label: str
    tentang: str | None
    status: Literal["berlaku", "dicabut", "diubah"] | None
    counts: tuple[int, ...]
    sheets: tuple[int, ...]


class LegalMatrix(Frozen):
    """Dasar hukum × agency. `unread` counts, per agency, SOPs whose legal basis was not read."""

    rows: tuple[LegalRow, ...]
    unread: tuple[int, ...]


class Comparison(Frozen):
    """The whole comparison; see the classes of its parts."""

    schema_version: Literal["1"] = "1"
    masked: bool
    sheets: tuple[Sheet, ...]
    agencies: tuple[Agency, ...]
    families: tuple[Family, ...]
    copies: tuple[CopyGroup, ...]
    legal: LegalMatrix
