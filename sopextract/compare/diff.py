"""Two versions of SOPs: what changed, in the words of the comparison (Bahasa Indonesia).

Left is the older version, right the newer. What one version has and the other was not read at is no
change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from sopextract.compare.alignment import pair_steps
from sopextract.compare.comparison import Difference, Figures, TimeSpan
from sopextract.compare.completeness import IDENTITY_ITEMS, check_identity, is_doubtful
from sopextract.compare.copies import gather_differences, list_differences
from sopextract.compare.features import find_title
from sopextract.compare.figures import measure
from sopextract.compare.wording import canonical, name_post
from sopextract.compare.words import load_words
from sopextract.core.text import fold, strip_controls, words
from sopextract.model.record import Alur, Frozen, Langkah, SopRecord
from sopextract.settings import NormaliseSettings

Matched = Literal["id", "nomor", "judul", "pasangan"]
_UNREAD = "(belum terbaca)"
_NO_STEPS = "(tidak ada langkah yang terbaca)"
_UNKNOWN = "tidak diketahui"
_OWN_DATES = {"Tanggal Efektif": "/tanggal_efektif", "Tanggal Pengesahan": "/tanggal_pengesahan"}
_COUNTS = ("Jumlah langkah", "Jumlah pelaksana", "Serah terima", "Keputusan", "Putaran")
_FIELDS = ("kelengkapan", "output", "keterangan")


class Version(Frozen):
    """Which SOP of which file."""

    path: str
    index: int
    nomor_sop: str | None
    title: str


class FigureChange(Frozen):
    """One figure before and after, in words; "tidak diketahui" where it is not known."""

    name: str
    old: str
    new: str


class SopDiff(Frozen):
    """One SOP in both versions; only `old` or only `new` where the other side has none like it.

    `matched` says by what the two were found to be one: the same bytes (`id`), the same number, the
    same title, or because just two were given (`pasangan`).
    """

    old: Version | None
    new: Version | None
    matched: Matched | None
    differences: tuple[Difference, ...] = ()
    figures: tuple[FigureChange, ...] = ()


class ArchiveDiff(Frozen):
    """All SOPs of two versions of an archive: changed and unchanged ones in the order of the newer,
    then those that only the older has."""

    schema_version: Literal["1"] = "1"
    sops: tuple[SopDiff, ...]


def diff_archives(
    old: Sequence[SopRecord],
    new: Sequence[SopRecord],
    reading: NormaliseSettings | None = None,
) -> ArchiveDiff:
    """Match the records of two versions and compare each pair. `reading`: see `compare`."""
    partner = dict(_match(old, new))
    left = set(range(len(old))) - {i for i, _ in partner.values()}
    found: list[SopDiff] = []
    for j, record in enumerate(new):
        if j in partner:
            i, matched = partner[j]
            found.append(diff_sops(old[i], record, matched, reading))
        else:
            found.append(SopDiff(old=None, new=_version(record), matched=None))
    found.extend(SopDiff(old=_version(old[i]), new=None, matched=None) for i in sorted(left))
    return ArchiveDiff(sops=tuple(found))


def diff_sops(
    old: SopRecord, new: SopRecord, matched: Matched, reading: NormaliseSettings | None = None
) -> SopDiff:
    """What changed from one version of a SOP to the next."""
    return SopDiff(
        old=_version(old),
        new=_version(new),
        matched=matched,
        differences=gather_differences(_differences(old, new)),
        figures=tuple(_figure_changes(measure(old, reading), measure(new, reading))),
    )


def render_text(found: ArchiveDiff) -> str:
    """The whole as plain text, one paragraph per SOP; without control characters."""
    counts = {"berubah": 0, "tanpa perubahan": 0, "baru": 0, "tidak ada lagi": 0}
    lines: list[str] = []
    for sop in found.sops:
        state = _state(sop)
        counts[state] += 1
        if state != "tanpa perubahan":
            lines.extend((*_paragraph(sop, state), ""))
    lines.append("; ".join(f"{name}: {count}" for name, count in counts.items()))
    return "\n".join(strip_controls(line) for line in lines) + "\n"


def _state(sop: SopDiff) -> str:
    if sop.old is None:
        return "baru"
    if sop.new is None:
        return "tidak ada lagi"
    return "berubah" if sop.differences else "tanpa perubahan"


def _paragraph(sop: SopDiff, state: str) -> Iterator[str]:
    shown = sop.new or sop.old
    if shown is None:
        return
    nomor = f" ({shown.nomor_sop})" if shown.nomor_sop else ""
    yield f"{_line(shown.title) or shown.path}{nomor}: {state}"
    for label, version in (("lama", sop.old), ("baru", sop.new)):
        if version is not None:
            yield f"  {label}: {version.path}#{version.index}"
    for d in sop.differences:
        yield f"  {d.what} · {d.where}"
        if d.left:
            yield f"    - {_line(d.left)}"
        if d.right:
            yield f"    + {_line(d.right)}"
    for change in sop.figures:
        yield f"  {change.name}: {change.old} → {change.new}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _match(
    old: Sequence[SopRecord], new: Sequence[SopRecord]
) -> Iterator[tuple[int, tuple[int, Matched]]]:
    """For each newer record that has one, the older one, and by what. A key counts only where it
    is one record's alone on both sides: two SOPs of one title are not guessed apart."""
    if len(old) == len(new) == 1:
        yield 0, (0, "pasangan")
        return
    keys: tuple[tuple[Matched, Callable[[SopRecord], str | None]], ...] = (
        ("nomor", _number_key),
        ("judul", _title_key),
    )
    left, right = set(range(len(old))), set(range(len(new)))
    for i, j in _same_bytes(old, new):
        yield j, (i, "id")
        left.discard(i)
        right.discard(j)
    for name, key in keys:
        ours, theirs = _unique(old, left, key), _unique(new, right, key)
        for value, i in ours.items():
            if value in theirs:
                yield theirs[value], (i, name)
                left.discard(i)
                right.discard(theirs[value])


def _same_bytes(old: Sequence[SopRecord], new: Sequence[SopRecord]) -> Iterator[tuple[int, int]]:
    """Pairs of records of one id. Of several copies of a file those at one place are a pair, the
    others in their order: they say the same."""
    at = {(r.id, r.source.path, r.source.index): i for i, r in enumerate(old)}
    pairs: dict[int, int] = {}
    for j, record in enumerate(new):
        here = at.pop((record.id, record.source.path, record.source.index), None)
        if here is not None:
            pairs[j] = here
    taken = set(pairs.values())
    free: dict[str, deque[int]] = {}
    for i, record in enumerate(old):
        if i not in taken:
            free.setdefault(record.id, deque()).append(i)
    for j, record in enumerate(new):
        if j not in pairs and free.get(record.id):
            pairs[j] = free[record.id].popleft()
    for j, i in pairs.items():
        yield i, j


def _unique(
    records: Sequence[SopRecord], open_: Iterable[int], key: Callable[[SopRecord], str | None]
) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for i in sorted(open_):
        if value := key(records[i]):
            found.setdefault(value, []).append(i)
    return {value: places[0] for value, places in found.items() if len(places) == 1}


def _number_key(record: SopRecord) -> str | None:
    """Number and agency; None for a number that still has its blank ("830/ /IV")."""
    number = record.nomor_sop
    if not number or " " in number.strip() or number.rstrip().endswith("/"):
        return None
    return f"{_agency(record)}|{fold(number)}"


def _title_key(record: SopRecord) -> str | None:
    title = " ".join(canonical(find_title(record)))
    return f"{_agency(record)}|{title}" if title else None


def _agency(record: SopRecord) -> str:
    instansi = record.instansi
    return fold(f"{instansi.perangkat_daerah or ''} {instansi.pemerintah or ''}")


def _version(record: SopRecord) -> Version:
    return Version(
        path=record.source.path,
        index=record.source.index,
        nomor_sop=record.nomor_sop,
        title=find_title(record),
    )


def _differences(old: SopRecord, new: SopRecord) -> Iterator[Difference]:
    yield from _identity(old, new)
    yield from list_differences(old, new)
    yield from _idle_columns(old, new)
    yield from _steps(old, new)
    yield from _flow(old, new)


def _identity(old: SopRecord, new: SopRecord) -> Iterator[Difference]:
    """The identity items that are one value; unread ones are said to be so."""
    left, right = _items(old), _items(new)
    for name in left:
        a, b = left[name], right[name]
        if words(a) != words(b) and _UNREAD not in (a, b):
            yield Difference(what="identitas", where=name, left=a, right=b)


def _items(record: SopRecord) -> dict[str, str]:
    words_ = load_words("id")
    signer = record.disahkan_oleh
    dates = {
        "Tanggal Pembuatan": record.tanggal_pembuatan,
        "Tanggal Revisi": record.tanggal_revisi,
        "Tanggal Efektif": record.tanggal_efektif,
        "Tanggal Pengesahan": record.tanggal_pengesahan,
    }
    values = {
        "Nama satuan kerja": ", ".join(
            p for p in (record.instansi.perangkat_daerah, record.instansi.pemerintah) if p
        ),
        "Nomor SOP": record.nomor_sop or "",
        "Nama SOP": find_title(record),
        **{name: words_.date(iso) if iso else "" for name, iso in dates.items()},
        "Disahkan oleh": ", ".join(
            p for p in (signer.status, signer.jabatan, signer.nama, signer.nip) if p
        ),
    }
    states = dict(zip(IDENTITY_ITEMS, check_identity(record), strict=True))
    unread = {name for name, state in states.items() if state == "tak_terbaca"} - set(_OWN_DATES)
    for name, pointer in _OWN_DATES.items():  # of the inventory's item either of them is enough
        if is_doubtful(record, pointer, empty=not values[name]):
            unread.add(name)
    return {name: _UNREAD if name in unread else value for name, value in values.items()}


def _idle_columns(old: SopRecord, new: SopRecord) -> Iterator[Difference]:
    """Actors' columns in which no step stands, and that only one version has: no step tells of
    them. Nothing where the columns of a version were not read."""
    if any(is_doubtful(r, "/pelaksana", empty=not r.pelaksana) or not r.pelaksana
           for r in (old, new)):  # fmt: skip
        return
    where = "Kolom pelaksana tanpa langkah"
    for name in _idle(old, new):
        yield Difference(what="pelaksana", where=where, left=name, right="")
    for name in _idle(new, old):
        yield Difference(what="pelaksana", where=where, left="", right=name)


def _idle(record: SopRecord, other: SopRecord) -> Iterator[str]:
    used = {name for step in record.langkah for name in step.pelaksana}
    known = {name_post(p.nama) for p in other.pelaksana}
    for i, one in enumerate(record.pelaksana):
        doubtful = is_doubtful(record, f"/pelaksana/{i}") or is_doubtful(
            record, f"/pelaksana/{i}/nama"
        )
        if one.nama not in used and name_post(one.nama) not in known and not doubtful:
            yield one.nama


def _steps(old: SopRecord, new: SopRecord) -> Iterator[Difference]:
    """Steps that came, went or say something else, by their numbers in the newer sheet; where one
    version has no step at all, this alone is told: its table was hardly read."""
    if not old.langkah or not new.langkah:
        if old.langkah or new.langkah:
            left, right = (
                f"{len(r.langkah)} langkah" if r.langkah else _NO_STEPS for r in (old, new)
            )
            yield Difference(what="tabel langkah", where="Tabel langkah", left=left, right=right)
        return
    for a, b in pair_steps(old.langkah, new.langkah):
        if a is None or b is None:
            step = b or a
            if step is not None and step.kegiatan.strip():
                what = "langkah baru" if a is None else "langkah dihapus"
                side = "left" if b is None else "right"
                texts = {"left": "", "right": "", side: step.kegiatan}
                yield Difference(what=what, where=f"Langkah {step.urutan}", **texts)
            continue
        moved = "" if a.urutan == b.urutan else f" (dahulu {a.urutan})"
        where = f"Langkah {b.urutan}{moved}"
        for name, one, other in _values(a, b):
            if words(one) == words(other):
                continue
            if not _unread(old, a, name, one) and not _unread(new, b, name, other):
                yield Difference(what=name, where=where, left=one, right=other)


def _values(a: Langkah, b: Langkah) -> Iterator[tuple[str, str, str]]:
    yield "kegiatan", a.kegiatan, b.kegiatan
    yield "pelaksana", "; ".join(a.pelaksana), "; ".join(b.pelaksana)
    yield "simbol", a.simbol or "", b.simbol or ""
    yield "waktu", a.waktu.teks if a.waktu else "", b.waktu.teks if b.waktu else ""
    for name in _FIELDS:
        yield name, getattr(a, name) or "", getattr(b, name) or ""


def _unread(record: SopRecord, step: Langkah, name: str, value: str) -> bool:
    """Whether a value may stand on the sheet though we do not have it; a symbol always may."""
    if name == "simbol":
        return not value
    return is_doubtful(record, f"/langkah/{step.urutan - 1}/{name}", empty=not value)


def _flow(old: SopRecord, new: SopRecord) -> Iterator[Difference]:
    """Edges between paired steps that came or went, those to the next row left out; nothing where a
    side's flow was not read."""
    if not old.alur or not new.alur:
        return
    number = {a.urutan: b.urutan for a, b in pair_steps(old.langkah, new.langkah) if a and b}
    paired = set(number.values())
    before = {
        (number[e.dari], number[e.ke], e.label)
        for e in old.alur
        if e.dari in number and e.ke in number and not _is_plain(e)
    }
    after = {
        (e.dari, e.ke, e.label) for e in new.alur if {e.dari, e.ke} <= paired and not _is_plain(e)
    }
    by_place = sorted(before ^ after, key=lambda e: (e[0], e[1], e[2] or ""))
    for edge in by_place:
        sides = {"left": "", "right": ""}
        sides["left" if edge in before else "right"] = _edge(edge)
        yield Difference(what="alur", where=f"Langkah {edge[0]}", **sides)


def _is_plain(edge: Alur) -> bool:
    return edge.label is None and edge.ke == edge.dari + 1


def _edge(edge: tuple[int, int, str | None]) -> str:
    label = f" ({edge[2]})" if edge[2] else ""
    return f"langkah {edge[0]} → langkah {edge[1]}{label}"


def _figure_changes(old: Figures, new: Figures) -> Iterator[FigureChange]:
    rows = (
        *zip(_COUNTS, _counts(old), _counts(new), strict=True),
        *(
            (name, _span(_of(old, part)), _span(_of(new, part)))
            for name, part in (
                ("Waktu jalur utama", "main"),
                ("Waktu tercepat", "best"),
                ("Waktu terlama", "worst"),
            )
        ),
    )
    for name, one, other in rows:
        if one != other:
            yield FigureChange(name=name, old=one, new=other)


def _counts(figures: Figures) -> Iterator[str]:
    """The figures of `_COUNTS` in words. Without steps, actors or a flow nothing is known of them;
    where some rows were not read, what was counted is the least."""
    f, flow = figures, figures.flow
    yield str(f.steps or _UNKNOWN)
    yield str(f.actors or _UNKNOWN)
    yield _count(f.handovers, f.handovers_unknown) if f.steps else _UNKNOWN
    yield _count(f.decisions, f.decisions_unknown) if f.steps else _UNKNOWN
    yield str(f.loops) if f.loops or (flow and flow.best) else _UNKNOWN


def _count(count: int, unknown: int) -> str:
    if not unknown:
        return str(count)
    return f"≥ {count}" if count else _UNKNOWN


def _of(figures: Figures, part: str) -> TimeSpan | None:
    flow = figures.flow
    if flow is None:
        return None
    return {"main": flow.main, "best": flow.best, "worst": flow.worst}[part]


def _span(span: TimeSpan | None) -> str:
    """A range of working time in words: "2 jam – 3 jam", "≥ 2 jam"."""
    said = load_words("id")
    if span is None or span.min is None:
        return _UNKNOWN
    least = said.minutes(span.min)
    if span.max is None:
        return f"≥ {least}"
    return least if span.min == span.max else f"{least} – {said.minutes(span.max)}"
