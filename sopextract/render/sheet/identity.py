"""The identity page measured: type size, lines and heights, so that it fills one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sopextract.core.marks import NO_SIGNER
from sopextract.render.sheet.measure import text_height_mm, wrap_lines
from sopextract.render.sheet.model import Block, Field, Identity, Mark
from sopextract.render.sheet.paper import Paper
from sopextract.render.sheet.printed import official_capitals
from sopextract.render.sheet.rows import FILL, printed_text

# Type sizes tried from the first on until the page holds all; the last also runs over
SIZES_PT = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
TITLE_PT = 14.0
TITLE_MM = 10.0
AGENCY_SHARE = 0.465  # of the page's width, as on the official samples
LABEL_MM = 38.0  # "Tanggal Pengesahan" at 10 points
PADDING_MM = 1.8
INDENT_MM = 6.0  # of list items, their number in it
SIGN_MM = 15.0  # where one signs: own judgement, a stamp is 35 mm wide and may lie over it
LEAST_BLOCK_MM = 14.0
SLACK_MM = 4.0  # left at the foot: the borders of a dozen rows, and how engines differ
GAP_MM = 4.0  # between the box of facts and the six blocks
LOGO_MM = (22.0, 22.0)
LOGO_GAP_MM = 2.0  # below it
AGENCY_PT = 1.15  # of the page's type size

Labelled = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A value as printed: whole, line by line, and its mark."""

    whole: str
    lines: tuple[str, ...]
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of label and value, with its height."""

    label: str
    value: Text
    height_mm: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Post, name, rank and NIP; `absent`: neither name nor NIP is there."""

    post: Text
    name: Text
    rank: Text
    nip: Text
    electronic: bool
    absent: bool
    height_mm: float


@dataclass(frozen=True, slots=True)
class ListBlock:
    """One of the six blocks: its title and items line by line; more than one are numbered."""

    title: str
    items: tuple[Text, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class IdentityLayout:
    """The identity page in millimetres; `pairs` are left and right blocks with their height."""

    size_pt: float
    width_mm: float
    agency: tuple[Text, ...]
    facts: tuple[Fact, ...]
    signature: Signature
    nama: Fact
    pairs: tuple[tuple[ListBlock, ListBlock, float], ...]
    agency_air_mm: float  # above and below the emblem and the agency's lines
    head_mm: float  # of a block's title
    total_mm: float
    fits: bool

    @property
    def agency_mm(self) -> float:
        """Width of the agency's half."""
        return self.width_mm * AGENCY_SHARE

    @property
    def value_mm(self) -> float:
        """Width of a fact's value."""
        return self.width_mm - self.agency_mm - LABEL_MM


def lay_identity(
    identity: Identity,
    paper: Paper,
    label: Labelled,
    *,
    marks: bool,
    fill: bool = True,
    logo_mm: float = LOGO_MM[1],
) -> IdentityLayout:
    """The identity for this paper at the largest type that fits one page.

    With `fill` the blocks share out what the page has left. `label` names a field of the record.
    """
    for size in SIZES_PT:
        layout = _Measure(identity, paper, label, marks, size, logo_mm).layout(fill)
        if layout.fits:
            break
    return layout


@dataclass(frozen=True, slots=True)
class _Measure:
    identity: Identity
    paper: Paper
    label: Labelled
    marks: bool
    size: float
    logo_mm: float

    def layout(self, fill: bool) -> IdentityLayout:
        width, height = self.paper.body_mm
        identity = self.identity
        half = width * AGENCY_SHARE
        value = width - half - LABEL_MM
        agency = tuple(
            self.text(
                replace(f, text=official_capitals(f.text)), half, self.size * AGENCY_PT, bold=True
            )
            for f in identity.agency
        )
        facts = tuple(
            self.fact(name, field, value, strong=i == 0)
            for i, (name, field) in enumerate(identity.rows)
        )
        signature = self.signature(value)
        nama = self.fact("nama_sop", identity.nama_sop, value, strong=True)
        right = sum(f.height_mm for f in facts) + signature.height_mm + nama.height_mm
        lines = sum(len(a.lines) for a in agency)
        left = self.logo_mm + LOGO_GAP_MM + text_height_mm(lines, self.size * AGENCY_PT)
        if left + 2 * PADDING_MM > right:
            signature = _higher(signature, left + 2 * PADDING_MM - right)
            right = left + 2 * PADDING_MM
        head = text_height_mm(1, self.size) + 2.0
        pairs = [(self.block(a, width), self.block(b, width), 0.0) for a, b in identity.blocks]
        heights = [max(LEAST_BLOCK_MM, self.block_mm(a), self.block_mm(b)) for a, b, _ in pairs]
        total = TITLE_MM + right + GAP_MM + sum(heights) + head * len(pairs)
        fits = total + SLACK_MM <= height
        spare = max(0.0, height - total - SLACK_MM) / max(1, len(pairs)) if fits and fill else 0.0
        return IdentityLayout(
            self.size, width, agency, facts, signature, nama,
            tuple((a, b, tall + spare) for (a, b, _), tall in zip(pairs, heights, strict=True)),
            (right - left) / 2, head, total, fits,
        )  # fmt: skip

    def text(self, field: Field, width: float, size: float, *, bold: bool = False) -> Text:
        room = (width - 2 * PADDING_MM) * FILL
        whole = printed_text(field, self.marks)
        return Text(whole, wrap_lines(whole, room, size, bold), field.mark)

    def plain(self, text: str, width: float, *, bold: bool = False) -> Text:
        room = (width - 2 * PADDING_MM) * FILL
        return Text(text, wrap_lines(text, room, self.size, bold))

    def height(self, lines: int) -> float:
        return text_height_mm(max(1, lines), self.size) + PADDING_MM

    def fact(self, name: str, field: Field, width: float, *, strong: bool = False) -> Fact:
        value = self.text(field, width, self.size, bold=strong)
        title = wrap_lines(self.label(name), (LABEL_MM - 2 * PADDING_MM) * FILL, self.size)
        return Fact(self.label(name), value, self.height(max(len(value.lines), len(title))), strong)

    def signature(self, width: float) -> Signature:
        identity = self.identity
        post = self.text(identity.jabatan, width, self.size, bold=True)
        name = self.text(identity.nama, width, self.size, bold=True)
        rank = self.plain(identity.pangkat, width)
        nip = self.text(identity.nip, width, self.size)
        missing = (identity.nama, identity.nip)
        absent = not any(f.text or f.mark is Mark.UNREAD for f in missing)
        if absent:
            room = (width - 2 * PADDING_MM) * FILL
            said = NO_SIGNER if self.marks and identity.jabatan.text else ""
            name = Text(said, wrap_lines(said, room, self.size), Mark.ABSENT)
            nip = Text("", ())
        lines = sum(max(1, len(t.lines)) for t in (post, name, nip)) + len(rank.lines)
        return Signature(
            post, name, rank, nip, identity.electronic, absent, self.height(lines) + SIGN_MM
        )

    def block(self, block: Block, width: float) -> ListBlock:
        numbered = len(block.items) > 1
        room = width / 2 - (INDENT_MM if numbered else 0.0)
        items = tuple(self.text(f, room, self.size) for f in block.items)
        return ListBlock(
            self.label(block.name), items or (self.text(block.empty, room, self.size),), numbered
        )

    def block_mm(self, block: ListBlock) -> float:
        lines = sum(len(item.lines) for item in block.items)
        return text_height_mm(lines, self.size) + 2 * PADDING_MM


def _higher(signature: Signature, by_mm: float) -> Signature:
    return replace(signature, height_mm=signature.height_mm + by_mm)
