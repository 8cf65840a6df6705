"""The flow in four steps: rows read, columns decoded, actors and kinds settled, edges found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.lexicon.jabatan import Post, is_archivist, parse_posts, rank_jabatan
from sopextract.model.draft import Flow, LangkahDraft, PelaksanaDraft, StepRow
from sopextract.model.source import Page
from sopextract.parse.alur.actors import find_actors
from sopextract.parse.alur.decode import Columns, RowEvidence, decode
from sopextract.parse.alur.doubts import with_doubted_forks, with_doubted_jumps, with_lines_down
from sopextract.parse.alur.drawn import read_drawing
from sopextract.parse.alur.edges import chances_of, find_edges
from sopextract.parse.alur.kinds import build_langkah, with_remark
from sopextract.parse.alur.mentions import find_sources
from sopextract.parse.alur.rows import read_rows
from sopextract.parse.alur.table import FlowTable
from sopextract.parse.alur.unexplained import unexplained_rows
from sopextract.settings import ParseSettings

# Actors of a scan's row with ink that nothing explains, or with symbols that no arrows put in
# order: below 0.9, so that a finding points at it.
_DOUBTED = 0.85


def decode_flow(
    pelaksana: Sequence[PelaksanaDraft],
    rows: Sequence[StepRow],
    settings: ParseSettings,
    pages: Sequence[Page] = (),
) -> Flow:
    """Decode the flow of one step table.

    An actor whose symbol stands in the row is read (`shape`, or `cell` for a tick or a word), and
    a symbol always wins over the wording; where they disagree its score falls to 0.85. All others
    are reasoned (`inferred`, the score is the posterior); below `settings.actor_min_confidence`
    nobody is named. A column without a label is never inferred. A row's kind is None when no
    symbol was read, except where the text names both exits: `keputusan`, inferred. `pages` hold
    the lines between drawn symbols, which settle edges and the order of symbols in a row.
    """
    posts = tuple(_posts(p) for p in pelaksana)
    drawing = with_lines_down(read_drawing(with_doubted_forks(pages), rows), pages)
    drawing = with_doubted_jumps(drawing, pages)
    read = read_rows(pelaksana, posts, rows, drawing.orders)
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
    scan = any(page.scan is not None for page in pages)
    unexplained = unexplained_rows(pages, rows)
    for i, row in enumerate(read):
        before = langkah[-1].actors[-1].value if langkah and langkah[-1].actors else None
        actors = find_actors(row, decoded[i] if decoded else None, pelaksana, before, settings)
        if i in unexplained or (scan and i in drawing.guessed):
            actors = tuple(replace(a, score=min(a.score, _DOUBTED)) for a in actors)
        begins = i == 0 and any(s.begins for r in read for _, s in r.loose)
        last = i == len(read) - 1
        step = build_langkah(
            row,
            actors,
            pelaksana,
            begins=begins,
            last=last,
            torn=i in drawing.torn,
            odd_end=scan and i > 0 and not last,
        )
        langkah.append(with_remark(step, row, first=i == 0, last=last))
    table = FlowTable(
        rows=read,
        langkah=langkah,
        columns=[p.kolom for p in pelaksana],
        names=[p.nama.value if p.nama else f"kolom {p.kolom}" for p in pelaksana],
        chances=[chances_of(r, d) for r, d in zip(read, decoded, strict=bool(decoded))],
        threshold=settings.actor_min_confidence,
        drawing=drawing,
        scan=scan,
    )
    found = find_edges(table)
    return Flow(tuple(langkah), found.edges, found.unmet)


def _posts(column: PelaksanaDraft) -> tuple[Post, ...]:
    labels = [*([column.nama] if column.nama else []), *column.also]
    return tuple(post for label in labels for post in parse_posts(label.value))


def _columns(pelaksana: Sequence[PelaksanaDraft]) -> Columns:
    names = [p.nama.value if p.nama else "" for p in pelaksana]
    return Columns(tuple(map(rank_jabatan, names)), tuple(map(is_archivist, names)))


def _text_of(row: StepRow) -> str:
    return (row.kelengkapan.value if row.kelengkapan else None) or ""
