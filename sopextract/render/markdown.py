"""The sheet as Markdown, its flow as a Mermaid chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sopextract.model.record import SopRecord
from sopextract.render.changes import Changes, changes_of
from sopextract.render.form import Labels, load_form
from sopextract.render.prepare import prepare
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.legend import legend_of, origin_of
from sopextract.render.sheet.model import Drawn, Field, Identity, SheetModel
from sopextract.render.sheet.rows import printed_text
from sopextract.settings import RenderSettings

# Characters that mean something to Markdown (CommonMark 2.4) or to the HTML it may hold
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~>$-])")
# Mermaid reads what stands between these as text; every other sign is given by its number
_SHAPES: dict[Drawn, tuple[str, str]] = {
    "terminator": ("([", "])"),
    "proses": ("[", "]"),
    "keputusan": ("{", "}"),
    "konektor": ("[", "]"),
}


def render_markdown(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as Markdown, UTF-8. Raises ConfigError when the user's own form is wrong."""
    form, marks = load_form(settings), not settings.clean
    ready = prepare(record, settings)
    sheet = build_sheet(ready)
    title = sheet.title or "tanpa nama"
    parts = [
        f"# {_text(form.title)}: {_text(title)}",
        "\n".join(_identity(sheet.identity, form.labels, marks)),
        *_blocks(sheet.identity, form.labels, marks),
        f"## {_text(form.labels.kegiatan)}",
        "\n".join(_steps(sheet, form.labels, marks)),
        "\n".join(_chart(sheet, marks)),
    ]
    if marks:
        parts += [f"- {_text(line)}" for line in legend_of(sheet)]
        parts.append(f"_{_text(origin_of(ready))}_")
    if settings.changes:
        parts += _changes(changes_of(record))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _text(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))


def _value(field: Field, marks: bool) -> str:
    return _text(printed_text(field, marks))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _identity(identity: Identity, labels: Labels, marks: bool) -> Iterator[str]:
    agency = " / ".join(v for f in identity.agency if (v := _value(f, marks)))
    yield _row(("", agency))
    yield _row(("---", "---"))
    for name, field in identity.rows:
        yield _row((_text(labels.of(name)), _value(field, marks)))
    signer = [_value(f, marks) for f in (identity.jabatan, identity.nama)]
    signer += [_text(identity.pangkat)]
    nip = _value(identity.nip, marks)
    signer += [f"NIP. {nip}"] if nip else []
    signer += ["ditandatangani secara elektronik"] if identity.electronic else []
    yield _row((_text(labels.disahkan_oleh), "<br>".join(s for s in signer if s)))
    yield _row((_text(labels.nama_sop), _value(identity.nama_sop, marks)))


def _blocks(identity: Identity, labels: Labels, marks: bool) -> Iterator[str]:
    for pair in identity.blocks:
        for block in pair:
            yield f"## {_text(labels.of(block.name))}"
            items = [_value(item, marks) for item in block.items]
            if len(items) > 1:
                yield "\n".join(f"{i}. {item}" for i, item in enumerate(items, 1))
            else:
                yield items[0] if items else _value(block.empty, marks) or "–"


def _steps(sheet: SheetModel, labels: Labels, marks: bool) -> Iterator[str]:
    names = ("no", "kegiatan", "pelaksana", "kelengkapan", "waktu", "output", "keterangan")
    yield _row(_text(labels.of(name)) for name in names)
    yield _row("---" for _ in names)
    for index, row in enumerate(sheet.rows):
        mine = [sheet.lanes[s.lane].nama for s in sheet.symbols if s.row == index]
        actors = dict.fromkeys(mine)  # each once
        note = f"<br>{_text(row.told)}" if row.note else ""
        missing = "[belum terbaca]" if row.unread_actor and marks else ""
        yield _row(
            (
                _text(row.no),
                _value(row.kegiatan, marks) + note,
                _text(", ".join(actors) or missing),
                *(
                    _value(f, marks)
                    for f in (row.kelengkapan, row.waktu, row.output, row.keterangan)
                ),
            )
        )


def _chart(sheet: SheetModel, marks: bool) -> Iterator[str]:
    """Every symbol in its actor's group, and the lines between them."""
    yield "```mermaid"
    yield "flowchart TD"
    for lane, actor in enumerate(sheet.lanes):
        mine = [i for i, s in enumerate(sheet.symbols) if s.lane == lane]
        if not mine:
            continue
        yield f'  subgraph P{lane + 1}["{_quoted(actor.nama)}"]'
        for i in mine:
            symbol = sheet.symbols[i]
            row = sheet.rows[symbol.row]
            word = f"{symbol.text}: " if symbol.text else ""
            left, right = _SHAPES[symbol.drawn_as]
            text = _quoted(f"{row.no}. {word}{printed_text(row.kegiatan, marks)}")
            yield f'    S{i + 1}{left}"{text}"{right}'
        yield "  end"
    for edge in sheet.edges:
        label = f"|{_quoted(edge.label)}|" if edge.label else ""
        yield f"  S{edge.source + 1} -->{label} S{edge.target + 1}"
    dashed = [f"S{i + 1}" for i, s in enumerate(sheet.symbols) if s.dashed and marks]
    if dashed:
        yield "  classDef disimpulkan stroke-dasharray: 4 3"
        yield f"  class {','.join(dashed)} disimpulkan"
    yield "```"


def _quoted(text: str) -> str:
    """Text between Mermaid's quotes: letters, digits and harmless signs, others by number."""
    return "".join(c if c.isalnum() or c in " .,:/()-?!" else f"#{ord(c)};" for c in text)


def _changes(changes: Changes) -> Iterator[str]:
    yield "## Lembar Perubahan"
    yield "\n".join(_table(("Bagian", "Tertulis", "Menjadi", "Aturan"), changes.corrections))
    yield "\n".join(_table(("Tingkat", "Bagian", "Temuan"), changes.findings))


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(names)
    yield _row("---" for _ in names)
    for row in rows:
        yield _row(_text(cell) for cell in row)
