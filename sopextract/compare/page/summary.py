"""What the report says first: a few figures, and in plain words what is worth looking at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopextract.compare.build import UNKNOWN_AGENCY
from sopextract.compare.comparison import Comparison, Family
from sopextract.compare.completeness import OPTIONAL_ITEMS, filled_share
from sopextract.compare.coverage import Gap
from sopextract.compare.words import Words

TIMES_APART = 2.0  # how many times as long the slowest takes before it is worth telling; own choice


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number with what it counts; `target` is the part of the page that shows it."""

    value: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence with its link."""

    text: str
    target: str
    link: str


@dataclass(frozen=True, slots=True)
class Summary:
    """`answer` in one or two sentences; `points` what to act on; `doubts` what is only unsure."""

    answer: str
    figures: tuple[Figure, ...]
    points: tuple[Point, ...]
    doubts: tuple[Point, ...]


def summarise(comparison: Comparison, gaps: Sequence[Gap], words: Words) -> Summary:
    """The first part of the report, for the page and the workbook."""
    return Summary(
        answer=_answer(comparison, words),
        figures=tuple(_figures(comparison, words)),
        points=tuple(_points(comparison, gaps, words)),
        doubts=tuple(_doubts(comparison, gaps, words)),
    )


def count_revoked(comparison: Comparison) -> int:
    """SOPs that cite a regulation which the register says is revoked."""
    rows = comparison.legal.rows
    return len({sop for row in rows if row.status == "dicabut" for sop in row.sheets})


def _answer(c: Comparison, words: Words) -> str:
    known = sum(a.name != UNKNOWN_AGENCY for a in c.agencies)
    agencies = words.say("answer.agencies", n=known)
    if known:
        start = words.say("answer.read", n=len(c.sheets), agencies=agencies)
    else:
        start = words.say("answer.read_unknown", n=len(c.sheets))
    if not c.families:
        return f"{start} {words.say('answer.no_family')}"
    covered = sum(len(f.members) for f in c.families)
    return f"{start} " + words.say("answer.families", n=len(c.families), sheets=covered)


def _figures(c: Comparison, words: Words) -> Iterator[Figure]:
    known = sum(a.name != UNKNOWN_AGENCY for a in c.agencies)
    share = filled_share([i for a in c.agencies for i in a.items])
    for name, value, target in (
        ("sheets", words.whole(len(c.sheets)), "#daftar"),
        ("agencies", words.whole(known), "#kelengkapan"),
        ("families", words.whole(len(c.families)), "#keluarga"),
        ("share", words.percent(share), "#kelengkapan"),
        ("copies", words.whole(len(c.copies)), "#salinan"),
        ("revoked", words.whole(count_revoked(c)), "#hukum?status=dicabut"),
    ):
        yield Figure(value, words.say(f"tile.{name}"), target)


def _points(c: Comparison, gaps: Sequence[Gap], words: Words) -> Iterator[Point]:
    def point(name: str, target: str, **values: str | int) -> Point:
        return Point(words.say(f"point.{name}", **values), target, words.say(f"go.{name}"))

    spans = [found for f in c.families if (found := _apart(c, f)) is not None]
    if apart := [found for found in spans if found.times >= TIMES_APART]:
        widest = max(apart, key=lambda found: (found.times, -found.family.number))
        title = widest.family.title or words.say("word.untitled")
        yield point("times", f"#keluarga-{widest.family.number}", n=len(apart),
                    title=title, least=words.minutes(widest.least),
                    most=words.minutes(widest.most))  # fmt: skip
    if errors := sum(a.findings.error for a in c.agencies):
        sheets = sum(1 for s in c.sheets if s.findings.error)
        yield point("errors", "#temuan?tingkat=2", n=errors, sheets=sheets)
    if revoked := count_revoked(c):
        yield point("revoked", "#hukum?status=dicabut", n=revoked)
    if missing := sum(1 for s in c.sheets if s.legal and s.legal.missing):
        yield point("missing", "#daftar?padanan=hukum", n=missing)
    if c.copies:
        left = sum(len(p.leftovers) for g in c.copies for p in g.pairs)
        sheets = sum(len(g.members) for g in c.copies)
        name = "leftovers" if left else "copies"
        yield point(name, "#salinan", n=len(c.copies), sheets=sheets, left=left)
    empty = sum(i.kosong for a in c.agencies for i in a.items if i.item not in OPTIONAL_ITEMS)
    if empty:
        yield point("empty", "#kelengkapan", n=empty)
    if lacking := [g for g in gaps if g.lacking]:
        yield point("lacking", "#cakupan", n=len({g.family for g in lacking}),
                    agencies=len({a for g in lacking for a in g.lacking}))  # fmt: skip


def _doubts(c: Comparison, gaps: Sequence[Gap], words: Words) -> Iterator[Point]:
    def doubt(name: str, target: str, n: int) -> Iterator[Point]:
        if n:
            yield Point(words.say(f"doubt.{name}", n=n), target, words.say(f"go.{name}"))

    nameless = sum(len(a.sheets) for a in c.agencies if a.name == UNKNOWN_AGENCY)
    yield from doubt("agency", "#kelengkapan", nameless)
    yield from doubt("unread", "#kelengkapan", sum(a.unread for a in c.agencies))
    yield from doubt("reading", "#temuan?jenis=baca", sum(a.findings.reading for a in c.agencies))
    open_times = sum(1 for s in c.sheets if s.figures.time_unknown)
    yield from doubt("times_unsure", "#waktu?lengkap=0", open_times)
    yield from doubt("laws", "#hukum", sum(c.legal.unread))
    yield from doubt("unsure", "#cakupan", sum(1 for g in gaps if g.unsure))
    for note in c.notes:
        yield Point(note, "", "")


@dataclass(frozen=True, slots=True)
class _Apart:
    """The shortest time of a procedure in one agency and the longest in another, in minutes: the
    upper end of the one and the lower end of the other, where they are ranges."""

    family: Family
    least: float
    most: float

    @property
    def times(self) -> float:
        """How many times as long the slowest surely takes."""
        return self.most / self.least


def _apart(c: Comparison, family: Family) -> _Apart | None:
    """How far apart the agencies of a family are along the main way; None where the time is not
    known in two of them."""
    least: dict[int, float] = {}
    most: dict[int, float] = {}
    for sop in family.members:
        sheet = c.sheets[sop]
        span = sheet.figures.flow.main if sheet.figures.flow else None
        if c.agencies[sheet.agency].name == UNKNOWN_AGENCY:
            continue  # it may be one of the others
        if span is not None and span.min is not None and span.max:
            least[sheet.agency] = min(least.get(sheet.agency, span.max), span.max)
            most[sheet.agency] = max(most.get(sheet.agency, span.min), span.min)
    quick = sorted(least, key=lambda agency: (least[agency], agency))[:2]
    slow = sorted(most, key=lambda agency: (-most[agency], agency))[:2]
    pairs = [(most[b] / least[a], a, b) for a in quick for b in slow if a != b]
    if not pairs:
        return None
    _, a, b = max(pairs)
    return _Apart(family, least[a], most[b])
