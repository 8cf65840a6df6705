"""The identity sheet: which text belongs to which label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sopextract.core.text import squeeze
from sopextract.lexicon.instansi import level_of
from sopextract.lexicon.labels import IDENTITY_GROUPS, LabelHit, match_label
from sopextract.model.source import Cell, Emphasis, Place
from sopextract.parse.dim_labels import doubt_at
from sopextract.parse.identitas.disorder import doubt_scrambled
from sopextract.parse.identitas.kop import KopLine
from sopextract.parse.identitas.pair import split_pair
from sopextract.parse.identitas.runs import (
    LabelRun,
    assign_values,
    doubt_dates,
    find_run,
    fits,
    fits_any,
)
from sopextract.parse.labels import Found, LabelAt, find_in_row
from sopextract.parse.nip import find_nip
from sopextract.parse.rows import Row
from sopextract.parse.signature import begins_signature

_LEADING_COLON = re.compile(r"^\s*[:：]\s*")
_HEADING = re.compile(r"(?<=[\n\v])STANDARD?\s+OPERASIONAL\s+PROSEDUR\s*(?=[\n\v]|$)")
_LINE = re.compile(r"(^|[\n\v])([^\n\v]*)")  # names of agencies end at either break
_NIP_LINE = re.compile(r"\s*NIP\b", re.IGNORECASE)
_TABLE_HEADING = re.compile(r"(?:SOP\b|STANDAR OPERASIONAL|BAGAN ALIR|FLOW ?CHART)", re.IGNORECASE)
_UNSURE = 0.8  # below the sure line: nothing told two sections apart
_LONGEST_FOREIGN = 40  # characters; the longest label of an identity field has 34
_AGENCY_BETWEEN = 12  # lines, blank ones counted


@dataclass(slots=True)
class Identity:
    """Labels with their values, and the lines that belong to none (with their positions)."""

    found: list[Found] = field(default_factory=list)
    loose: list[KopLine] = field(default_factory=list)
    emphasis: dict[int, Emphasis] = field(default_factory=dict)
    scrambled: bool = False

    def of(self, name: str) -> list[Found]:
        """All labels of one field, in reading order."""
        return [f for f in self.found if f.name == name]


def read_identity(rows: Sequence[Row], taken: Iterable[tuple[int, int]]) -> Identity:
    """Gather labels and values from the rows outside the step table (`taken` ranges)."""
    identity = Identity()
    inside = {i for start, end in taken for i in range(start, end)}
    reader = _Reader(identity)
    i = 0
    while i < len(rows):
        if i in inside:
            reader.close()
            i += 1
            continue
        run = find_run(rows, i, inside) if rows[i].grid is None else None
        if run is not None:
            i = reader.take_run(rows, run, inside)
            continue
        reader.take(rows[i], i)
        i += 1
    reader.close()
    _give_back_nip(identity)
    identity.scrambled = doubt_scrambled(identity.found)
    return identity


def _heading_apart(cell: Cell) -> tuple[Cell, Cell | None]:
    """A cell of a scan, and the heading of the step table that stands below its text.

    It does where the border goes on from the identity sheet to that table, and the rule between
    them was not seen.
    """
    found = _HEADING.search(cell.text) if cell.place.score < 1.0 else None
    if found is None:
        return cell, None
    above, below = cell.text[: found.start()], cell.text[found.start() :]
    return replace(cell, text=above), replace(cell, text=below)


def _kop_lines(cell: Cell, position: int) -> Iterator[KopLine]:
    """The lines of a cell that no label owns."""
    for before, line in _LINE.findall(cell.text):
        if text := squeeze(line):
            yield KopLine(position, text, cell.place, wrapped=before == "\v")


def _give_back_nip(identity: Identity) -> None:
    """A signer's NIP that stands a little low, in the cell of the title, goes back to its block."""
    signers, titles = identity.of("disahkan_oleh"), identity.of("nama_sop")
    for title in titles:
        if not signers or not title.pieces:
            continue
        text, place, row = title.pieces[0]
        first, newline, rest = text.partition("\n")
        if newline and _NIP_LINE.match(first) and find_nip(first) is not None:
            signers[-1].pieces.append((first, place, row))
            title.pieces[0] = (rest, place, row)


class _Reader:
    """Walks the rows and hands each piece of text to the label that owns it."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self._columns: list[Found] = []  # open labels of the current grid, left to right
        self._grid: int | None = None
        self._line: list[Found] = []  # open labels of running text; two for a pair
        self._gap = 0
        self._broken = False  # a pair of sections whose cells go over several lines

    def take(self, row: Row, position: int) -> None:
        """One row: its labels are opened, its other texts given to the open ones."""
        if row.grid is None:
            self._take_line(row, position)
        else:
            self._take_grid_row(row, position)

    def close(self) -> None:
        """Nothing that follows belongs to the open labels."""
        self._settle_pair()
        self._columns, self._line, self._grid = [], [], None

    def take_run(self, rows: Sequence[Row], run: LabelRun, inside: set[int]) -> int:
        """Labels first, values later: the values go to the labels in order, each to one it fits."""
        self.close()
        labels = [self._open(at, row, rows[row].place) for at, row in run.labels]
        values: list[tuple[str, Place, int]] = []
        i = run.end
        while i < len(rows) and i not in inside and rows[i].grid is None:
            raw = rows[i].cells[0].text
            text = squeeze(raw)
            if text:
                if level_of(text) and not values and i - run.end <= _AGENCY_BETWEEN:
                    # the agency at the left of the box, between its labels and their values
                    self.identity.loose.append(KopLine(i, text, rows[i].place))
                    i += 1
                    continue
                if find_in_row(rows[i]) or level_of(text):
                    break
                if not _LEADING_COLON.match(raw) and values and len(values) >= len(labels):
                    break
                if not _LEADING_COLON.match(raw) and not values and not fits_any(labels, text):
                    break
                values.append((squeeze(_LEADING_COLON.sub("", raw)), rows[i].place, i))
            i += 1
        for label, value in assign_values(labels, values):
            label.pieces.append(value)
        doubt_dates(labels)
        return i

    def _open(self, at: LabelAt, position: int, place: Place) -> Found:
        found = Found(at.hit, at.text, place, position, at.column)
        self.identity.found.append(found)
        if at.rest is not None:
            found.inline = True
            rest = _LEADING_COLON.sub("", at.rest)
            if squeeze(rest):
                found.pieces.append((rest, place, position))
        return found

    # -- running text ------------------------------------------------------------------------

    def _take_line(self, row: Row, position: int) -> None:
        raw = row.cells[0].text
        text = squeeze(raw)
        self.identity.emphasis[position] = row.emphasis
        if not text:
            self._gap += 1
            return
        labels = find_in_row(row)
        if self._grid is not None:
            self._line = self._open_below()
            self._columns, self._grid = [], None
        if labels and not self._in_sentence(labels):
            self._settle_pair()
            self._line = [self._open(at, position, row.place) for at in labels]
        elif self._line and self._belongs(row, text):
            value = squeeze(_LEADING_COLON.sub("", raw))
            self._line[0].pieces.append((value, row.place, position))
        else:
            self._settle_pair()
            self._line = []
            self.identity.loose.append(KopLine(position, text, row.place))
        self._gap = 0

    def _in_sentence(self, labels: Sequence[LabelAt]) -> bool:
        """A wrapped line that happens to begin like the heading "Standar Operasional Prosedur"."""
        first = labels[0]
        owner = self._line[0] if self._line else None
        if owner is None or not owner.pieces or owner.hit.group != "bagian":
            return False
        if first.weak:
            return True
        heading = not first.text.casefold().startswith(("nama", "judul"))
        return first.hit.field == "nama_sop" and heading and self._gap == 0

    def _belongs(self, row: Row, text: str) -> bool:
        """Whether a line goes on with the open label's value."""
        owner = self._line[0]
        if owner.hit.group == "identitas":
            if owner.name == "disahkan_oleh":
                return len(owner.pieces) < 8 and level_of(text) is None
            if owner.name == "nama_sop":
                heading = not owner.text.casefold().lstrip("[(").startswith(("nama", "judul"))
                if level_of(text) is not None and (owner.pieces or heading):
                    return False  # the agency below a cover's heading
                return not (owner.pieces and self._gap > 0)
            return not owner.pieces and self._gap <= 2 and fits(owner.name, text)
        if row.emphasis is not Emphasis.PLAIN and owner.pieces:
            return False
        if owner.pieces and find_nip(text) is not None:
            return False
        if owner.pieces and self._gap > 2 and begins_signature(text):
            return False
        if owner.pieces and text.isupper() and level_of(text) is not None:
            return False
        heading = owner.name != "keterkaitan" and _TABLE_HEADING.match(text) is not None
        return not (owner.pieces and heading and (self._gap > 1 or text.isupper()))

    def _open_below(self) -> list[Found]:
        """The labels that reach below the grid that has just ended.

        That is a label still without a value; both of a pair, as the cells of tab-separated text
        may be broken over lines; and the right one of a pair whose cells were broken, for its rest.
        """
        waiting = [f for f in self._columns if not f.pieces]
        pair = [f for f in self._columns if f.hit.group == "bagian"]
        if len(pair) == 2 and waiting == pair:
            return pair
        if self._broken and self._gap == 0:
            return pair[1:]
        return waiting[-1:]

    def _goes_on_beside(self, row: Row) -> bool:
        """Whether a grid row without labels holds the rest of a pair whose left cell is broken."""
        left_only = len(self._line) == 2 and bool(self._line[0].pieces) and not self._line[1].pieces
        return left_only and self._gap == 0 and len(row.filled) > 1 and not find_in_row(row)

    def _settle_pair(self) -> None:
        if len(self._line) == 2 and not self._line[1].pieces:
            left, right = self._line
            split = split_pair(left.name, right.name, left.pieces)
            left.pieces, right.pieces = split.left, split.right
            if not split.sure:
                left.doubt, right.doubt = min(left.doubt, _UNSURE), min(right.doubt, _UNSURE)

    # -- grids ---------------------------------------------------------------------------------

    def _open_grid(self, row: Row) -> None:
        """A grid begins: what is open above it goes on in it, or is settled."""
        if self._goes_on_beside(row):
            self._columns, self._line, self._broken = self._line, [], True
            for found in self._columns:
                found.doubt = min(found.doubt, _UNSURE)
        else:
            self._settle_pair()
            waiting = [f for f in self._line if not f.pieces and f.hit.group == "bagian"]
            self._columns, self._line, self._broken = waiting[:1], [], False
        self._grid = row.grid

    def _take_grid_row(self, row: Row, position: int) -> None:
        if row.grid != self._grid:
            self._open_grid(row)
        labels = self._drop_values(row, find_in_row(row))
        if row.wrapped and any(f.hit.group == "bagian" and f.pieces for f in self._columns):
            labels = [at for at in labels if at.hit.group == "bagian"]
        if not labels and (foreign := self._foreign_label(row)) is not None:
            labels = [foreign]
        labels = [at for at in labels if not self._is_text_of_section(at)]
        labels = _with_lost_partner(labels, self._columns, row)
        for at in labels:
            self._columns = [f for f in self._columns if not _replaced(f, at)]
        opened = [self._open(at, position, row.cells[at.column].place) for at in labels]
        for found in opened:
            found.doubt = min(found.doubt, doubt_at(row, found.column))
            if not found.text:
                found.doubt = _UNSURE
        here = {f.column for f in opened}
        for column, cell in enumerate(row.cells):
            text = squeeze(cell.text)
            if not text or column in here or text in (":", "："):
                continue
            owner = _owner(opened, column)
            if owner is None and not opened:
                owner = _owner_of_value_below(self._columns, column, text) or _owner_below(
                    self._columns, column, False
                )
            if owner is None:
                self.identity.loose.extend(_kop_lines(cell, position))
            else:
                own, heading = _heading_apart(cell)
                owner.pieces.append((_LEADING_COLON.sub("", own.text), own.place, position))
                if heading is not None:
                    self.identity.loose.extend(_kop_lines(heading, position))
        self._columns = sorted([*self._columns, *opened], key=lambda f: f.column)
        self._gap = 0

    def _is_text_of_section(self, at: LabelAt) -> bool:
        """Whether a label outside the form ("Maksud dan tujuan: …") is how a section's text begins.

        It stands with its text right below a section's heading that has none yet.
        """
        if at.hit.group != "lainnya" or not at.rest:
            return False
        return any(
            f.column == at.column and f.hit.group == "bagian" and not f.pieces
            for f in self._columns
        )

    def _foreign_label(self, row: Row) -> LabelAt | None:
        """A label that is none of the form's, in the column of the labels: "Unit kerja | : …".

        What stands beside it is its own value, not the rest of the label above. The second half of
        a label ("Disahkan" above "Oleh") is no label.
        """
        open_labels = [f for f in self._columns if f.hit.group in ("identitas", "lainnya")]
        if not open_labels:
            return None
        above = open_labels[-1]
        filled = [(j, t) for j, cell in enumerate(row.cells) if (t := squeeze(cell.text))]
        own = next((t for j, t in filled if j == above.column), "")
        beside = [t for j, t in filled if j > above.column]
        if not own[:1].isupper() or len(own) > _LONGEST_FOREIGN or not beside:
            return None
        if match_label(f"{above.text} {own}", IDENTITY_GROUPS) is not None or level_of(own):
            return None
        hit = LabelHit("lainnya", "lainnya", own.rstrip(" :"), 0.9, False)
        return LabelAt(above.column, hit, own, None)

    def _drop_values(self, row: Row, labels: list[LabelAt]) -> list[LabelAt]:
        """Only the first label of a row of identity values counts; the second may be a value.

        "Nama SOP | Pengesahan" is a label and its value; two section labels are a pair.
        """
        if len(labels) < 2:
            return labels
        first = labels[0]
        if first.hit.group == "identitas" and first.rest is None:
            after = [
                at
                for at in labels[1:]
                if (at.column == first.column + 1 and not _no_value(first, at))
                or (
                    all(
                        squeeze(c.text) in ("", ":")
                        for c in row.cells[first.column + 1 : at.column]
                    )
                    and at.column > first.column + 1
                )
            ]
            return [at for at in labels if at not in after or at.hit.group == "bagian"]
        return labels


_PARTNERS = (
    ("dasar_hukum", "kualifikasi_pelaksana"),
    ("keterkaitan", "peralatan_perlengkapan"),
    ("peringatan", "pencatatan_pendataan"),
)


def _with_lost_partner(labels: list[LabelAt], above: Sequence[Found], row: Row) -> list[LabelAt]:
    """The labels of a row, and the one that the form has beside a section's where none is printed.

    Only under a pair of sections, in an empty cell of its column: what stands below that cell would
    else go to the section above. The label's text is empty, its value is doubted.
    """
    sections = [f.column for f in above if f.hit.group == "bagian"]
    if len(labels) != 1 or len(sections) != 2 or labels[0].hit.group != "bagian":
        return labels
    at = labels[0]
    if at.rest is not None or at.column not in sections:
        return labels
    other = sections[1 - sections.index(at.column)]
    if other >= len(row.cells) or any(squeeze(c.text) for c in row.cells if c.text != at.text):
        return labels
    for left, right in _PARTNERS:
        lost = right if at.hit.field == left else left if at.hit.field == right else None
        if lost is not None and (other > at.column) == (lost == right):
            hit = LabelHit("bagian", lost, "", _UNSURE, False)
            return sorted([at, LabelAt(other, hit, "", None)], key=lambda a: a.column)
    return labels


def _no_value(first: LabelAt, at: LabelAt) -> bool:
    """Whether a label can not be the value of the one before it: a date's beside the number's."""
    short = first.hit.field == "nomor_sop" or first.hit.field.startswith("tanggal")
    return short and at.hit.group == "identitas" and not fits(first.hit.field, at.text)


def _replaced(found: Found, at: LabelAt) -> bool:
    """Whether a new label takes over the columns of an open one."""
    if at.hit.group == "identitas" and found.hit.group == "identitas":
        return True
    return found.column >= at.column or found.hit.group == "identitas"


def _owner(opened: Sequence[Found], column: int) -> Found | None:
    """The label of this row that a cell stands beside."""
    before = [f for f in opened if f.column < column]
    return before[-1] if before and (before[-1].hit.group != "bagian" or len(opened) == 1) else None


def _owner_below(open_labels: Sequence[Found], column: int, has_labels: bool) -> Found | None:
    """The open label above a cell: the last that begins at or before its column."""
    if has_labels:
        return None
    above = [f for f in open_labels if f.column <= column]
    if not above:
        return None
    owner = above[-1]
    return owner if owner.hit.group == "bagian" or owner.column < column else None


def _owner_of_value_below(open_labels: Sequence[Found], column: int, text: str) -> Found | None:
    """The label of a number or date right above a cell that fits it, both labels in one row."""
    for f in open_labels:
        if f.column == column and not f.pieces and f.name != "nama_sop":
            short = f.name == "nomor_sop" or f.name.startswith("tanggal")
            beside = any(g.row == f.row and g is not f for g in open_labels)
            return f if short and beside and fits(f.name, text) else None
    return None
