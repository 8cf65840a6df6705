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
Relation = Literal["pecah", "gabung", "tukar"]
LeftoverKind = Literal["jenis", "wilayah", "instansi", "jabatan"]


class TimeSpan(Frozen):
    """Working minutes: at least `min`, at most `max`.

    `unknown` counts steps on the way whose time is not known ("sesuai jadwal", empty, unread);
    they are never taken as zero: where there is one, `max` is None, no upper end is known. `min`
    is None where no step's time is known. A range of a step ("1–3 hari") widens both ends.
    """

    min: float | None
    max: float | None
    unknown: int = 0


class FlowTimes(Frozen):
    """How long a SOP takes along its flow; see `compare/flowtime.py` for what is counted.

    `main`: from the first row by "Ya" (where it leads on) to an end, no loop taken; `path` has its
    rows (`urutan`). `best`: the quickest way to an end; where another way passes an unknown step
    by, `max` is that one's. `worst`: the slowest way on which every edge that leads back is gone at
    most once. Both None where no flow was read; `worst` also where
    too many edges lead back. `assumed` counts rows whose exit was not read and is taken to be the
    next row, or the end.
    """

    main: TimeSpan
    best: TimeSpan | None
    worst: TimeSpan | None
    path: tuple[int, ...]
    assumed: int = 0


class Figures(Frozen):
    """What one SOP costs. Every total is a lower bound when its `…_unknown` is not 0.

    `menit_kerja` sums the steps whose time is known; None when no step's is. `time_ranges` counts
    steps printed with an upper end ("1–3 hari"): the sum holds their lower end. `handovers` counts
    changes of actor down the rows; `handovers_unknown` counts rows whose actor is not known.
    `loops` counts edges that lead back to the same or an earlier row. `calendar_days` counts
    steps whose days are said to be calendar days (five sevenths of them are worked), `open_days`
    those printed in days that do not say which (taken as working days). `flow` is None without
    steps.
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
    calendar_days: int = 0
    open_days: int = 0
    flow: FlowTimes | None = None


class SheetLegal(Frozen):
    """A sheet's legal basis beside the register's and its family's; numbers are rows of
    `Comparison.legal.rows`.

    `read` False: the legal basis is on the sheet and was not read, so nothing can be missing.
    `revoked`: cited and revoked by the register. `amended`: amended by the register, and none of
    the amending acts is cited with it. `missing`: cited by at least half of the other sheets of
    the family whose legal basis was read (two or more), and not by this one.
    """

    read: bool
    revoked: tuple[int, ...] = ()
    amended: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


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
    tanggal_pengesahan: str | None = None
    disahkan_oleh: str | None
    nip: str | None
    states: dict[str, Item]
    figures: Figures
    findings: FindingCount
    family: int | None = None
    legal: SheetLegal | None = None

    @property
    def valid_from(self) -> str | None:
        """The date that the inventory shows: of effect; on forms that have none, of approval."""
        return self.tanggal_efektif or self.tanggal_pengesahan


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
    nothing could be read. `office` is its name without the government, None where the government
    is not known.
    """

    number: int
    name: str
    short: str
    office: str | None = None
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
    `waktu`, `output`, `kelengkapan`, `simbol`. A value that is missing on either side is not a
    difference; `unread` names those that stand on the sheet and could not be read. `peran` are the
    actors' posts made comparable ("kepala subbagian tata usaha"); `pelaksana` stays as printed.

    `relation` tells a cell that is no plain pair: `pecah` = this sheet does in several steps (this
    one and `more`) what the row does in one; `gabung` = one step of this sheet does this row and
    the one before or after, in which it is told again; `tukar` = it stands at another place in
    this sheet's order.
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
    kelengkapan: str | None = None
    simbol: str | None = None
    peran: tuple[str, ...] = ()
    relation: Relation | None = None
    more: tuple[Cell, ...] = ()


class Row(Frozen):
    """Steps that do the same, at most one per sheet, in the family's order of members."""

    cells: tuple[Cell | None, ...]


class Spread(Frozen):
    """One figure over the members of a family: how many have it, and its spread.

    `name`: `langkah`, `pelaksana`, `serah_terima`, `keputusan`, `putaran`, `waktu_utama`,
    `waktu_tercepat`, `waktu_terlama` (working minutes). `unknown` counts members whose figure is
    not known for sure (a step without known time, an actor or symbol not read): they are not in
    the spread. Of a range of times the spread holds both ends. None where no member has it.
    """

    name: str
    known: int
    unknown: int
    min: float | None = None
    median: float | None = None
    max: float | None = None


class FamilyLaw(Frozen):
    """One regulation in a family: which members cite it. `law` is a row of the legal matrix."""

    law: int
    cited_by: tuple[int, ...]
    lacking: tuple[int, ...]


class Family(Frozen):
    """Sheets of the same procedure. `members` begins with the reference sheet.

    `corrected` says that the user's file of corrections made or parted it. `laws`: the most cited
    first; sheets whose legal basis was not read are neither among `cited_by` nor `lacking`.
    """

    number: int
    title: str
    reference: int
    members: tuple[int, ...]
    agencies: tuple[int, ...]
    score: float
    links: tuple[Link, ...]
    rows: tuple[Row, ...]
    corrected: bool = False
    figures: tuple[Spread, ...] = ()
    laws: tuple[FamilyLaw, ...] = ()


class Difference(Frozen):
    """One difference between two copies: where it stands, and what each sheet says."""

    what: str
    where: str
    left: str
    right: str


class Leftover(Frozen):
    """Words on a sheet that name an agency which is not its own, e.g. "lingkup Badan".

    `kind`: `jenis` another kind of agency, `wilayah` another region, `instansi` another agency's
    name, `jabatan` a post that the sheet does not have. `agency` is the agency among those
    compared whose words they are, None where none of them is known.
    """

    sop: int
    path: str
    words: str
    text: str
    kind: LeftoverKind = "jenis"
    agency: int | None = None


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
    """The whole comparison; see the classes of its parts.

    `notes` say in Bahasa Indonesia what of the user's corrections could not be followed, and why.
    """

    schema_version: Literal["1"] = "1"
    masked: bool
    sheets: tuple[Sheet, ...]
    agencies: tuple[Agency, ...]
    families: tuple[Family, ...]
    copies: tuple[CopyGroup, ...]
    legal: LegalMatrix
    notes: tuple[str, ...] = ()
