"""Evaluation notes of one SOP as a Word document, to be pasted into a letter.

What is complete, what was found by severity with what to do, what is only doubted apart, and how
the sheet stands to others of the same procedure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopextract.compare.comparison import Family, Segment, Sheet, Spread
from sopextract.compare.completeness import IDENTITY_ITEMS, OPTIONAL_ITEMS, STEP_ITEMS, check_steps
from sopextract.compare.tables import Content
from sopextract.compare.words import Lang, rule_title
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.render.changes import name_part
from sopextract.render.docx.document import Document
from sopextract.render.docx.words import Cell, Look, gap, paragraph, row, run, table
from sopextract.render.sheet.paper import SIDES_MM, Paper

_SIDE_MM = 20.0
_PAPER = Paper(*SIDES_MM["A4"])
_WIDTH_MM = _PAPER.width_mm - 2 * _SIDE_MM
_TEXT_PT, _TABLE_PT = 10.0, 9.0
_FILL = "E9EEF4"
_BODY = Look(_TEXT_PT, after_mm=1.6)
_EPOCH_S = 315_532_800  # 1 January 1980: no clock in the file
_LISTED_MAX = 12  # steps told one by one before the rest is only counted


def render_note(content: Content, sop: int) -> bytes:
    """The document's bytes; the same content gives the same bytes."""
    words, sheet = content.words, content.comparison.sheets[sop]
    record = content.records[sop]
    document = Document()
    parts = [
        document.heading(words.say("note.title"), 14.0, 1.0),
        paragraph(run(content.title(sop), 11.5, bold=True), Look(11.5, align="center", after_mm=4)),
        _facts(content, sheet),
        *_completeness(content, sheet, record, document),
        *_findings(content, record, document),
        *_laws(content, sheet, document),
        *_family(content, sheet, document),
        *_copies(content, sheet, document),
        *_doubts(content, record, document),
    ]
    running = words.say("note.running", title=content.title(sop))
    section = document.section(_PAPER, running, _SIDE_MM)
    title = f"{words.say('note.title')}: {content.title(sop)}"
    return document.file("".join(parts), section, title, content.agency(sop), _EPOCH_S)


def _heading(document: Document, text: str) -> str:
    return gap(2.5) + document.heading(text, 11.0, 1.5, level=2)


def _text(text: str) -> str:
    return paragraph(run(text, _TEXT_PT), _BODY)


def _items(document: Document, texts: Sequence[str]) -> str:
    """A numbered list."""
    number = document.numbering()
    look = Look(_TEXT_PT, after_mm=0.8)
    return "".join(
        paragraph(run(t, _TEXT_PT), look, numbering=number, indent_mm=6.0) for t in texts
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: str) -> str:
    """A table with a head that repeats; `widths` in shares of the page ("1 3 3")."""
    shares = [float(share) for share in widths.split()]
    mm = [_WIDTH_MM * share / sum(shares) for share in shares]
    lines = [
        row(
            [_cell(text, width, _FILL, bold=True) for text, width in zip(heads, mm, strict=True)],
            6.0,
            head=True,
        )
    ]
    lines += [
        row([_cell(text, width) for text, width in zip(texts, mm, strict=True)], 5.0, split=True)
        for texts in rows
    ]
    return table("".join(lines), mm, caption, 1.5, first_row=True) + gap(1.5)


def _cell(text: str, width_mm: float, fill: str = "", *, bold: bool = False) -> Cell:
    look = Look(_TABLE_PT, bold=bold, before_mm=0.6, after_mm=0.6)
    return Cell(paragraph(run(text, _TABLE_PT, bold=bold), look), width_mm, fill=fill)


def _facts(content: Content, sheet: Sheet) -> str:
    """What the note is about, as label and value."""
    words = content.words
    values = (
        ("column.title", sheet.title, "Nama SOP"),
        ("column.number", sheet.nomor_sop, "Nomor SOP"),
        ("column.agency", content.agency(sheet.sop), ""),
        ("column.date", sheet.valid_from and words.date(sheet.valid_from),
         "Tanggal Efektif"),
        ("column.signer", sheet.disahkan_oleh, "Disahkan oleh"),
        ("column.file", sheet.path, ""),
    )  # fmt: skip
    widths = (_WIDTH_MM * 0.26, _WIDTH_MM * 0.74)
    lines = [
        row(
            [
                _cell(words.say(key), widths[0], _FILL, bold=True),
                _cell(value or content.missing(sheet.states.get(item, "kosong")), widths[1]),
            ],
            5.0,
            split=True,
        )
        for key, value, item in values
    ]
    return table("".join(lines), widths, words.say("note.title"), 1.5, first_row=False)


def _completeness(
    content: Content, sheet: Sheet, record: SopRecord, document: Document
) -> Iterator[str]:
    words = content.words
    asked = [name for name in IDENTITY_ITEMS if name not in OPTIONAL_ITEMS]
    filled = sum(1 for name in asked if sheet.states[name] == "terisi")
    yield _heading(document, words.say("note.complete"))
    yield _text(words.say("note.filled", n=filled, all=len(asked)))
    for state in ("kosong", "tak_terbaca"):
        names = [words.item(n) for n in asked if sheet.states[n] == state]
        if names:
            yield _text(words.say(f"note.items_{state}", names="; ".join(names)))
    states = check_steps(record)
    if not states:
        yield _text(words.say("sheet.no_steps"))
    for i, name in enumerate(STEP_ITEMS if states else ()):
        for state in ("kosong", "tak_terbaca"):
            steps = [str(n) for n, found in enumerate(states, 1) if found[i] == state]
            if steps:
                item, numbers = words.item(name), ", ".join(steps)
                yield _text(words.say(f"note.steps_{state}", item=item, steps=numbers))


def _findings(content: Content, record: SopRecord, document: Document) -> Iterator[str]:
    """What the sheet breaks, the worst first, each with its place and what to do."""
    words = content.words
    yield _heading(document, words.say("sheet.findings"))
    found = [f for f in record.findings if f.kind is Kind.DOCUMENT]
    if not found:
        yield _text(words.say("sheet.no_findings"))
        return
    heads = [words.say(k) for k in ("column.rule", "column.place", "column.finding",
                                    "column.advice")]  # fmt: skip
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        rows = [_told(words.lang, record, f) for f in found if f.severity is severity]
        if rows:
            title = words.say(f"note.rank_{severity}", n=len(rows))
            look = Look(_TEXT_PT, bold=True, before_mm=1.0, after_mm=1.2, keep=True)
            yield paragraph(run(title, _TEXT_PT, bold=True), look)
            yield _table(title, heads, rows, "1.1 2.2 5 4.2")


def _told(lang: Lang, record: SopRecord, finding: Finding) -> tuple[str, str, str, str]:
    """Rule, place, finding and advice; in English after what the rule asks, findings being data."""
    place = name_part(record, finding.path)
    title = "" if lang == "id" else rule_title(lang, finding.rule)
    message = f"{title} – “{finding.message}”" if title else finding.message
    return finding.rule, place, message, finding.help


def _laws(content: Content, sheet: Sheet, document: Document) -> Iterator[str]:
    """What is revoked, amended, or cited by the others; nothing where the basis was not read."""
    words, legal = content.words, sheet.legal
    if legal is None:
        return
    if not legal.read:
        yield _heading(document, words.say("sheet.laws"))
        yield _text(words.say("note.laws_unread"))
        return
    kinds = (("revoked", legal.revoked), ("amended", legal.amended), ("missing", legal.missing))
    if not any(numbers for _, numbers in kinds):
        return
    yield _heading(document, words.say("sheet.laws"))
    for name, numbers in kinds:
        if numbers:
            yield _text(words.say(f"note.laws_{name}"))
            rows = [content.comparison.legal.rows[n] for n in numbers]
            yield _items(document, [
                f"{r.label} tentang {r.tentang}" if r.tentang else r.label for r in rows
            ])  # fmt: skip


def _family(content: Content, sheet: Sheet, document: Document) -> Iterator[str]:
    """The sheet beside the others of its procedure."""
    words = content.words
    yield _heading(document, words.say("note.family"))
    if sheet.family is None:
        yield _text(words.say("sheet.alone"))
        return
    family = content.comparison.families[sheet.family - 1]
    yield _text(words.say("note.family_of", n=len(family.members), agencies=len(family.agencies)))
    rows = [
        (words.say(f"spread.{s.name}"), _own(content, sheet, s.name),
         *(_amount(content, s, value) for value in (s.min, s.median, s.max)),
         words.whole(s.unknown) if s.unknown else "–")
        for s in family.figures
    ]  # fmt: skip
    if rows:
        heads = [words.say(f"column.{k}") for k in ("figure", "this_sheet", "least", "median",
                                                    "most", "unsure")]  # fmt: skip
        yield _table(words.say("family.spreads"), heads, rows, "3.2 2 2 2 2 1.4")
    # of a sheet whose table was not read nobody knows what it lacks
    for name, texts in _unlike_steps(family, sheet.sop) if sheet.figures.steps else ():
        if texts:
            yield _text(words.say(f"note.steps_{name}"))
            yield _items(document, texts[:_LISTED_MAX])
            if len(texts) > _LISTED_MAX:
                yield _text(words.say("word.and_more", n=len(texts) - _LISTED_MAX))


def _own(content: Content, sheet: Sheet, name: str) -> str:
    """The sheet's own figure; "≥" or "not known" where it is not sure."""
    words, f = content.words, sheet.figures
    whole = {
        "langkah": (f.steps, 0), "pelaksana": (f.actors, 0),
        "serah_terima": (f.handovers, f.handovers_unknown),
        "keputusan": (f.decisions, f.decisions_unknown), "putaran": (f.loops, 0),
    }  # fmt: skip
    if name in whole:
        value, unknown = whole[name]
        flow_read = bool(f.loops or (f.flow and f.flow.best))
        if not (f.steps and (value or not unknown) and (name != "putaran" or flow_read)):
            return words.say("time.unknown")
        return f"≥ {words.whole(value)}" if unknown else words.whole(value)
    if f.flow is None:
        return words.say("time.unknown")
    spans = {
        "waktu_utama": f.flow.main,
        "waktu_tercepat": f.flow.best,
        "waktu_terlama": f.flow.worst,
    }
    span = spans.get(name)
    if span is None or span.min is None:
        return words.say("time.unknown")
    if span.unknown:
        return f"≥ {words.minutes(span.min)}"
    if span.max is None or span.max == span.min:
        return words.minutes(span.min)
    return f"{words.minutes(span.min)} – {words.minutes(span.max)}"


def _amount(content: Content, spread: Spread, value: float | None) -> str:
    if value is None:
        return "–"
    if spread.name.startswith("waktu"):
        return content.words.minutes(value)
    return content.words.amount(value)


def _unlike_steps(family: Family, sop: int) -> Iterator[tuple[str, list[str]]]:
    """Steps that most of the other sheets have and this one lacks, and those that it alone has."""
    column = family.members.index(sop)
    lacking: list[str] = []
    alone: list[str] = []
    for line in family.rows:
        others = [c for i, c in enumerate(line.cells) if c is not None and i != column]
        own = line.cells[column]
        if own is None and len(others) * 2 > len(family.members) - 1:
            lacking.append(_wording(others[0].kegiatan))
        elif own is not None and not others:
            alone.append(_wording(own.kegiatan))
    yield "lacking", lacking
    yield "alone", alone


def _wording(segments: Sequence[Segment]) -> str:
    return " ".join(s.text for s in segments if s.mark != "hilang")


def _copies(content: Content, sheet: Sheet, document: Document) -> Iterator[str]:
    """What was left in the sheet of another agency, and whose copy it is."""
    words = content.words
    for group in content.comparison.copies:
        if sheet.sop not in group.members:
            continue
        yield _heading(document, words.say("view.salinan"))
        others = [content.agency(sop) for sop in group.members if sop != sheet.sop]
        yield _text(words.say("note.copy_of", names="; ".join(dict.fromkeys(others))))
        pairs = [p for p in group.pairs if sheet.sop in (p.a, p.b)]
        left = {
            (k.path, k.words): k for p in pairs for k in p.leftovers if k.sop == sheet.sop
        }.values()
        if left:
            record = content.records[sheet.sop]
            yield _text(words.say("note.leftovers"))
            yield _items(document, [
                f"{name_part(record, k.path)}: “{k.words}” – {k.text}" for k in left
            ])  # fmt: skip


def _doubts(content: Content, record: SopRecord, document: Document) -> Iterator[str]:
    """What we are unsure of, apart from everything that is held against the sheet."""
    words = content.words
    found = [f for f in record.findings if f.kind is Kind.READING]
    if not found:
        return
    yield _heading(document, words.say("sheet.doubts"))
    yield _text(words.say("note.reading"))
    heads = [words.say(k) for k in ("column.place", "column.doubt", "column.advice")]
    rows = [(name_part(record, f.path), f.message, f.help) for f in found]
    yield _table(words.say("sheet.doubts"), heads, rows, "2.2 5 4.2")
