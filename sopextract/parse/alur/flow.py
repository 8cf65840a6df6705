"""The flow: who does each row, with which symbol, and the edges between rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sopextract.lexicon.jabatan import Post, is_archivist, parse_posts, rank_jabatan
from sopextract.model.draft import (
    BentukDraft,
    EdgeDraft,
    Flow,
    LangkahDraft,
    Mark,
    Method,
    PelaksanaDraft,
    Reading,
    Simbol,
    StepRow,
)
from sopextract.model.source import Place
from sopextract.parse.alur.decode import Columns, Decoded, RowEvidence, decode
from sopextract.parse.alur.mentions import (
    Role,
    StepText,
    TextExit,
    find_sources,
    read_remark,
    read_step,
)
from sopextract.parse.alur.simbol import MarkSigns, parse_mark
from sopextract.settings import ParseSettings

# Raw scores; normalise/confidence.py makes them promises. Their order is what matters here.
_DRAWN = 0.98
_TICKED = 0.95
_AGREED = 0.99  # symbol and wording say the same
_DOUBTED = 0.85  # symbol and wording disagree: below 0.9, so that a finding points at it
_INFERRED_MAX = 0.97
_INFERRED_KIND = 0.85
_LOOSE_WORD = 0.9  # Mulai or Selesai of the row, outside its columns
_ORDER_EDGE = 0.97
_ORDER_EDGE_DOUBTED = 0.85  # the wording hands over to somebody else
_ORDER_EDGE_GAP = 0.9  # printed numbers jump: a row may be lost in between
_TEXT_EDGE = 0.95
_LONGEST_SIGN = 10  # characters; a cell with more holds words beside its symbol
_YES = 0.85  # where a Ya beside the symbol leads is not drawn
_RULED_OUT = 0.25  # below it in every earlier row, the actor has no earlier step
# The wording contradicts a symbol when without the symbol another column would reach this …
_CONTRADICTED_BY = 0.75
# … and the symbol's own columns together no more than this.
_CONTRADICTED = 0.1


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with its signs: `drawn` by column position; `loose` without a column."""

    row: StepRow
    text: StepText
    signs: tuple[tuple[int, Mark, MarkSigns], ...]
    loose: tuple[tuple[Mark, MarkSigns], ...]
    gap: bool
    remarks: tuple[TextExit, ...] = ()

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


def decode_flow(
    pelaksana: Sequence[PelaksanaDraft], rows: Sequence[StepRow], settings: ParseSettings
) -> Flow:
    """Decode the flow of one step table.

    An actor whose symbol stands in the row is read (`shape`, or `cell` for a tick or a word), and
    a symbol always wins over the wording; where they disagree its score falls to 0.85. All others
    are reasoned (`inferred`, the score is the posterior); below `settings.actor_min_confidence`
    nobody is named. A column without a label is never inferred. A row's kind is None when no
    symbol was read, except where the text names both exits: `keputusan`, inferred.
    """
    posts = tuple(_posts(p) for p in pelaksana)
    read = _read_rows(pelaksana, posts, rows)
    decoded = decode(
        [
            RowEvidence(
                tuple((c, s) for c, _, s in r.signs),
                r.text,
                find_sources(_text_of(r.row), posts),
                r.gap,
            )
            for r in read
        ],
        _columns(pelaksana),
    )
    langkah: list[LangkahDraft] = []
    for i, row in enumerate(read):
        before = langkah[-1].actors[-1].value if langkah and langkah[-1].actors else None
        actors = _actors(row, decoded[i] if decoded else None, pelaksana, before, settings)
        begins = i == 0 and any(s.begins for r in read for _, s in r.loose)
        last = i == len(read) - 1
        step = _langkah(row, actors, pelaksana, begins=begins, last=last)
        langkah.append(_with_remark(step, row, first=i == 0, last=last))
    table = _Table(
        rows=read,
        langkah=langkah,
        columns=[p.kolom for p in pelaksana],
        chances=[_chances(r, d) for r, d in zip(read, decoded, strict=bool(decoded))],
        threshold=settings.actor_min_confidence,
    )
    return Flow(tuple(langkah), _edges(table))


def _posts(column: PelaksanaDraft) -> tuple[Post, ...]:
    labels = [*([column.nama] if column.nama else []), *column.also]
    return tuple(post for label in labels for post in parse_posts(label.value))


def _columns(pelaksana: Sequence[PelaksanaDraft]) -> Columns:
    names = [p.nama.value if p.nama else "" for p in pelaksana]
    return Columns(tuple(map(rank_jabatan, names)), tuple(map(is_archivist, names)))


def _text_of(row: StepRow) -> str:
    return (row.kelengkapan.value if row.kelengkapan else None) or ""


def _read_rows(
    pelaksana: Sequence[PelaksanaDraft],
    posts: tuple[tuple[Post, ...], ...],
    rows: Sequence[StepRow],
) -> list[_Row]:
    position = {p.kolom: i for i, p in enumerate(pelaksana)}
    read: list[_Row] = []
    number: int | None = None
    for row in rows:
        signs, loose = [], []
        for mark in row.marks:
            parsed = parse_mark(mark.text)
            if mark.kolom in position:
                signs.append((position[mark.kolom], mark, parsed))
            elif mark.kolom is None:
                loose.append((mark, parsed))
        no = row.no.value if row.no else None
        gap = no is not None and number is not None and no != number + 1
        text = read_step(row.kegiatan.value, posts)
        remark = (row.keterangan.value if row.keterangan else None) or ""
        # A cell beside the symbol may say it as well: "Tidak (kembali ke 1)".
        told = [remark, *(mark.text for mark in row.marks if len(mark.text) > _LONGEST_SIGN)]
        remarks = next((r for t in told if t and (r := read_remark(t, posts))), ())
        read.append(_Row(row, text, tuple(signs), tuple(loose), gap, remarks))
        number = no if no is not None else (number + 1 if number is not None else None)
    return read


def _actors(
    row: _Row,
    decoded: Decoded | None,
    pelaksana: Sequence[PelaksanaDraft],
    before: int | None,
    settings: ParseSettings,
) -> tuple[Reading[int], ...]:
    if decoded is None:
        return ()
    if row.drawn:
        return _drawn_actors(row, decoded, pelaksana, before)
    best = max(range(len(pelaksana)), key=lambda c: decoded.posterior[c])
    score = decoded.posterior[best]
    if score < settings.actor_min_confidence or pelaksana[best].nama is None:
        return ()
    place = row.row.kegiatan.place
    score = round(min(score, _INFERRED_MAX), 3)
    return (Reading(pelaksana[best].kolom, "", place, Method.INFERRED, score),)


def _drawn_actors(
    row: _Row, decoded: Decoded, pelaksana: Sequence[PelaksanaDraft], before: int | None
) -> tuple[Reading[int], ...]:
    wording = decoded.without_symbols
    agreed = sum(wording[c] for c in row.drawn)
    against = max((p for c, p in enumerate(wording) if c not in row.drawn), default=0.0)
    readings = []
    for c in _flow_order(row, pelaksana, before):
        mark, signs = next((m, s) for k, m, s in row.signs if k == c and s.shapes)
        typed = all(s.typed for s in signs.shapes)
        score = _TICKED if typed else _DRAWN
        if agreed >= _CONTRADICTED_BY:
            score = _AGREED
        elif agreed <= _CONTRADICTED and against >= _CONTRADICTED_BY:
            score = _DOUBTED
        score = min(score, mark.score)
        method = Method.CELL if typed else Method.SHAPE
        readings.append(Reading(pelaksana[c].kolom, mark.text, mark.place, method, score))
    return tuple(readings)


def _flow_order(
    row: _Row, pelaksana: Sequence[PelaksanaDraft], before: int | None
) -> tuple[int, ...]:
    """The drawn columns as the flow meets them.

    Arrows across the row decide; without any, the flow starts at the end nearer to the column of
    the row before.
    """
    drawn = row.drawn
    arrows = [a for _, _, s in row.signs for a in s.arrows]
    right, left = arrows.count("right"), arrows.count("left")
    if right != left:
        return drawn if right > left else drawn[::-1]
    position = next((i for i, p in enumerate(pelaksana) if p.kolom == before), None)
    if position is None or abs(drawn[0] - position) <= abs(drawn[-1] - position):
        return drawn
    return drawn[::-1]


def _langkah(
    row: _Row,
    actors: tuple[Reading[int], ...],
    pelaksana: Sequence[PelaksanaDraft],
    *,
    begins: bool,
    last: bool,
) -> LangkahDraft:
    kinds: list[Reading[Simbol]] = []
    bentuk: list[BentukDraft] = []
    inferred = _inferred_decision(row)
    for actor in actors:
        if actor.method is Method.INFERRED:
            continue
        for c, mark, signs in row.signs:
            if pelaksana[c].kolom != actor.value:
                continue
            for shape in signs.shapes:
                kind = _kind(shape.simbol, mark, typed=shape.typed)
                bentuk.append(BentukDraft(actor.value, kind))
                kinds += [kind] if kind else []
    kinds += _loose_kinds(row, begins=begins, last=last)
    simbol = _strongest(kinds)
    if simbol is None and inferred:
        simbol = inferred
        if len(actors) == 1 and len(bentuk) <= 1:
            bentuk = [BentukDraft(actors[0].value, inferred)]
    return LangkahDraft(row.row, actors, tuple(bentuk), simbol)


def _with_remark(step: LangkahDraft, row: _Row, *, first: bool, last: bool) -> LangkahDraft:
    """Mulai or Selesai in Keterangan: sheets that type their actors put the ends there."""
    remark = row.row.keterangan
    if step.simbol is not None or remark is None or not remark.value:
        return step
    signs = parse_mark(remark.value)
    if signs.rest or not ((signs.begins and first) or (signs.ends and last)):
        return step
    kind: Reading[Simbol] = Reading(
        "terminator", remark.text, remark.place, Method.INFERRED, _INFERRED_KIND
    )
    return replace(step, simbol=kind)


def _kind(simbol: Simbol | None, mark: Mark, *, typed: bool) -> Reading[Simbol] | None:
    if simbol is None:
        return None
    method, score = (Method.CELL, _TICKED) if typed else (Method.SHAPE, _DRAWN)
    return Reading(simbol, mark.text, mark.place, method, score)


def _loose_kinds(row: _Row, *, begins: bool, last: bool) -> list[Reading[Simbol]]:
    """Kinds from signs without a column: Mulai counts in the first row, Selesai in the last."""
    kinds: list[Reading[Simbol]] = []
    for mark, signs in row.loose:
        if (signs.begins and begins) or (signs.ends and last):
            kinds.append(Reading("terminator", mark.text, mark.place, Method.CELL, _LOOSE_WORD))
        for shape in signs.shapes:
            if shape.simbol and not shape.typed:
                kinds.append(
                    Reading(shape.simbol, mark.text, mark.place, Method.SHAPE, _LOOSE_WORD)
                )
    if begins and not kinds:
        kinds.append(Reading("terminator", "", Place(), Method.INFERRED, _LOOSE_WORD))
    return kinds


def _strongest(kinds: Sequence[Reading[Simbol]]) -> Reading[Simbol] | None:
    """The row in one word: decision before terminator before process."""
    order = ("keputusan", "terminator", "proses")
    return min(kinds, key=lambda k: (order.index(k.value), -k.score), default=None)


def _inferred_decision(row: _Row) -> Reading[Simbol] | None:
    """A row whose text names both exits is a decision; letters beside it may name the other."""
    labels = {e.label for e in row.text.exits}
    if labels and len(labels) < 2:
        labels |= {e for _, _, s in row.signs for e, _ in s.exits}
        labels |= {e for _, s in row.loose for e, _ in s.exits}
    if labels != {"Ya", "Tidak"}:
        return None
    kegiatan = row.row.kegiatan
    words = ", ".join(e.words for e in row.text.exits)
    return Reading("keputusan", words, kegiatan.place, Method.INFERRED, _INFERRED_KIND)


@dataclass(frozen=True, slots=True)
class _Table:
    """The decoded table as the edges need it: `chances` holds, by row, each column's chance."""

    rows: Sequence[_Row]
    langkah: Sequence[LangkahDraft]
    columns: Sequence[int]  # `kolom` by position
    chances: Sequence[tuple[float, ...]]
    threshold: float

    def numbered(self, no: int) -> int | None:
        """The row that carries this printed number; None when none or several do."""
        numbers = [r.row.no.value if r.row.no else None for r in self.rows]
        return numbers.index(no) if numbers.count(no) == 1 else None

    def does(self, i: int, positions: Iterable[int]) -> float:
        """The chance that one of the columns at `positions` does row `i`."""
        return min(sum(self.chances[i][c] for c in positions), 1.0) if self.chances else 0.0

    def next_to(self, where: range, positions: Iterable[int]) -> tuple[int, float] | None:
        """The row of `where` that is most surely the first one done by one of these columns.

        A row in between that nobody could be settled for lowers the chance. None below the
        threshold.
        """
        wanted = tuple(positions)
        missed = 1.0
        for j in where:
            chance = self.does(j, wanted)
            if missed * chance >= self.threshold:
                return j, missed * chance
            missed *= 1 - chance
        return None


def _chances(row: _Row, decoded: Decoded) -> tuple[float, ...]:
    """A read symbol settles the row; else the posterior."""
    if not row.drawn:
        return decoded.posterior
    return tuple(_DRAWN if c in row.drawn else 0.0 for c in range(len(decoded.posterior)))


def _edges(table: _Table) -> tuple[EdgeDraft, ...]:
    edges: list[EdgeDraft] = []
    for i, row in enumerate(table.rows):
        no, yes = (next((e for e in row.exits if e.label == k), None) for k in ("Tidak", "Ya"))
        if no is not None and (back := _back_edge(i, no, table)):
            edges.append(back)
        if i + 1 == len(table.rows):
            continue
        if yes is not None and no is not None:
            edges.append(_ahead_edge(i, yes, table))
        elif not _ends_here(row):
            edges.append(_order_edge(i, table))
    return tuple(_with_columns(e, table.langkah) for e in edges)


def _ends_here(row: _Row) -> bool:
    return any(s.ends and not s.begins for _, _, s in row.signs)


def _order_edge(i: int, table: _Table) -> EdgeDraft:
    score = _ORDER_EDGE_GAP if table.rows[i + 1].gap else _ORDER_EDGE
    receivers = [m for m in table.rows[i].text.mentions if m.role in (Role.ORDER, Role.TO)]
    if receivers and receivers[-1].columns and table.langkah[i + 1].actors:
        meant = {table.columns[c] for c in receivers[-1].columns}
        if not meant & {a.value for a in table.langkah[i + 1].actors}:
            score = min(score, _ORDER_EDGE_DOUBTED)
    if yes := _drawn_yes(table.rows[i]):
        return EdgeDraft(i + 1, i + 2, "order", min(score, _YES), label="Ya", label_teks=yes)
    return EdgeDraft(i + 1, i + 2, "order", score)


def _drawn_yes(row: _Row) -> str | None:
    """The word for Ya beside a drawn decision: that exit goes on, as nearly every one does."""
    if not any(shape.simbol == "keputusan" for _, _, s in row.signs for shape in s.shapes):
        return None
    return next((w for _, _, s in row.signs for e, w in s.exits if e == "Ya"), None)


def _back_edge(i: int, leaving: TextExit, table: _Table) -> EdgeDraft | None:
    """The Tidak edge: to the step named by number, or to the last step of the named actor.

    An actor who has no earlier step may get the very next row. None when nobody is named, or the
    step cannot be settled.
    """
    if leaving.step is not None:
        number = table.numbered(leaving.step)
        return None if number is None else _text_edge(i, number, leaving, table, _TEXT_EDGE)
    if leaving.target is None or not leaving.target.columns:
        return None
    wanted = leaving.target.columns
    found = table.next_to(range(i - 1, -1, -1), wanted)
    if found is None and all(table.does(j, wanted) < _RULED_OUT for j in range(i)):
        found = table.next_to(range(i + 1, min(i + 2, len(table.rows))), wanted)
    return _text_edge(i, found[0], leaving, table, _TEXT_EDGE * found[1]) if found else None


def _ahead_edge(i: int, leaving: TextExit, table: _Table) -> EdgeDraft:
    """The Ya edge: to the step named by number, the next row, or the named actor's next step."""
    if leaving.step is not None and (number := table.numbered(leaving.step)) is not None:
        return _text_edge(i, number, leaving, table, _TEXT_EDGE)
    if leaving.target is None or not leaving.target.columns:
        return _text_edge(i, i + 1, leaving, table, _TEXT_EDGE)
    following = range(i + 1, len(table.rows))
    found = table.next_to(following, leaving.target.columns)
    if found is None or not table.langkah[i + 1].actors:
        return _text_edge(i, i + 1, leaving, table, _ORDER_EDGE_DOUBTED)
    target, chance = found
    limit = _TEXT_EDGE if target == i + 1 else _ORDER_EDGE_DOUBTED
    return _text_edge(i, target, leaving, table, min(_TEXT_EDGE * chance, limit))


def _text_edge(i: int, target: int, leaving: TextExit, table: _Table, score: float) -> EdgeDraft:
    return EdgeDraft(
        i + 1,
        target + 1,
        "text",
        round(score, 3),
        label=leaving.label,
        label_teks=leaving.words,
        place=table.rows[i].row.kegiatan.place,
    )


def _with_columns(edge: EdgeDraft, langkah: Sequence[LangkahDraft]) -> EdgeDraft:
    """Name the symbol where a row holds several: the flow leaves the last, enters the first."""
    leaving, entering = langkah[edge.dari - 1].actors, langkah[edge.ke - 1].actors
    return replace(
        edge,
        dari_kolom=leaving[-1].value if len(leaving) > 1 else None,
        ke_kolom=entering[0].value if len(entering) > 1 else None,
    )
