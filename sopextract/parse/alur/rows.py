"""The rows of a step table as the flow needs them: wording and signs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.lexicon.jabatan import Post
from sopextract.model.draft import Mark, PelaksanaDraft, StepRow
from sopextract.parse.alur.mentions import StepText, TextExit, read_remark, read_step
from sopextract.parse.alur.simbol import MarkSigns, Shape, read_mark, without_ticks

# Raw scores, own judgement: their order is what matters, normalise/confidence.py makes them
# promises. A form is said outright; a tick or a word may be a slip of the column.
DRAWN = 0.98
TICKED = 0.95
_LONGEST_SIGN = (
    10  # characters, as "Terminator" has; a cell with more holds words beside its symbol
)


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One row with its signs: `signs` by column position, `loose` those without a column.

    `gap` tells that printed numbers jump before the row; `remarks` are the exits that Keterangan or
    a cell beside the symbol describes. `order` are the ids of its drawn symbols in the order in
    which the drawn arrows meet them.
    """

    row: StepRow
    text: StepText
    signs: tuple[tuple[int, Mark, MarkSigns], ...]
    loose: tuple[tuple[Mark, MarkSigns], ...]
    gap: bool
    remarks: tuple[TextExit, ...] = ()
    order: tuple[int, ...] = ()

    @property
    def shapes(self) -> tuple[tuple[int, Mark, Shape], ...]:
        """Its symbols with column and cell: the drawn ones in the flow's order, then the others.

        A typed Mulai beside drawn symbols goes before them.
        """
        found = [(c, mark, shape) for c, mark, signs in self.signs for shape in signs.shapes]
        drawn = {s.symbol.id: (c, m, s) for c, m, s in found if s.symbol is not None}
        others = [
            (c, m, s) for c, m, s in found if s.symbol is None or s.symbol.id not in self.order
        ]
        in_order = [drawn[id_] for id_ in self.order if id_ in drawn]
        begins = {c for c, _, signs in self.signs if signs.begins and not signs.ends}
        first = [o for o in others if in_order and o[2].simbol == "terminator" and o[0] in begins]
        return (*first, *in_order, *(o for o in others if o not in first))

    @property
    def exits(self) -> tuple[TextExit, ...]:
        """What the text of the step says, and where it says nothing the remark beside it."""
        said = {e.label for e in self.text.exits if e.step is not None or e.target is not None}
        if said:
            return self.text.exits
        told = {e.label for e in self.remarks}
        return (*self.remarks, *(e for e in self.text.exits if e.label not in told))

    @property
    def drawn(self) -> tuple[int, ...]:
        """Positions of the columns with a symbol, left to right."""
        return tuple(sorted({c for c, _, s in self.signs if s.shapes}))


def read_rows(
    pelaksana: Sequence[PelaksanaDraft],
    posts: tuple[tuple[Post, ...], ...],
    rows: Sequence[StepRow],
    orders: Sequence[tuple[int, ...]] = (),
) -> list[FlowRow]:
    """Read wording and signs of every row; `posts` are those that each column stands for.

    A mark in a column that no actor has is left out. `orders` are those of the drawn symbols.
    """
    position = {p.kolom: i for i, p in enumerate(pelaksana)}
    read: list[FlowRow] = []
    number: int | None = None
    for i, row in enumerate(rows):
        signs: list[tuple[int, Mark, MarkSigns]] = []
        loose: list[tuple[Mark, MarkSigns]] = []
        for mark in row.marks:
            parsed = read_mark(mark)
            if mark.kolom in position:
                signs.append((position[mark.kolom], mark, parsed))
            elif mark.kolom is None:
                loose.append((mark, parsed))
        if any(mark.symbols for mark in row.marks):
            signs = [(c, mark, without_ticks(mark, parsed)) for c, mark, parsed in signs]
        no = row.no.value if row.no else None
        gap = no is not None and number is not None and no != number + 1
        text = read_step(row.kegiatan.value, posts)
        remark = (row.keterangan.value if row.keterangan else None) or ""
        # A cell beside the symbol may say it as well: "Tidak (kembali ke 1)".
        told = [remark, *(mark.text for mark in row.marks if len(mark.text) > _LONGEST_SIGN)]
        remarks = next((r for t in told if t and (r := read_remark(t, posts))), ())
        order = orders[i] if i < len(orders) else ()
        read.append(FlowRow(row, text, tuple(signs), tuple(loose), gap, remarks, order))
        number = no if no is not None else (number + 1 if number is not None else None)
    return read
