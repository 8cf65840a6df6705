"""Copies: sheets whose steps and times are nearly the same text, whatever their titles say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from sopextract.compare.alignment import pair_steps
from sopextract.compare.cells import same_time
from sopextract.compare.comparison import Copy, CopyGroup, Difference
from sopextract.compare.completeness import is_doubtful
from sopextract.compare.families import neighbours
from sopextract.compare.features import Features, find_title, step_key
from sopextract.compare.leftovers import find_foreign, find_leftovers
from sopextract.compare.legal import is_unread, legal_key
from sopextract.compare.wording import match_posts
from sopextract.core.text import fold, words
from sopextract.model.record import Langkah, SopRecord

# Shorter flows are alike by chance ("menerima", "memeriksa", "mengarsipkan").
STEPS_MIN = 4
# Two steps are the same text when this share of their letters agrees: a typing error or a word
# added ("bidang/triwulan", "Bidang Per Triwulan") stays above it, a reworded step does not.
STEP_SAME = 0.88
TEXT_WEIGHT, TIME_WEIGHT = 0.7, 0.3
# Sheets that share a step are compared with this many neighbours; groups join through them.
POSTING_MAX = 8
SHARED_MIN = 0.3  # share of steps word for word the same before the exact score is worth its time

_STEP = "Langkah "
_LISTS = (
    ("kualifikasi_pelaksana", "Kualifikasi Pelaksana"),
    ("keterkaitan", "Keterkaitan"),
    ("peralatan_perlengkapan", "Peralatan/Perlengkapan"),
    ("peringatan", "Peringatan"),
    ("pencatatan_pendataan", "Pencatatan dan Pendataan"),
)


def find_copies(
    records: Sequence[SopRecord],
    features: Sequence[Features],
    min_score: float,
    agency_of: Sequence[int] = (),
) -> tuple[CopyGroup, ...]:
    """Groups of copies, the largest first; each sheet is in one group at most. `agency_of` has the
    number of each sheet's agency."""
    linked: dict[int, set[int]] = defaultdict(set)
    for a, b in sorted({*_candidates(features), *_equals(records)}):
        if _match(records[a], records[b]) >= min_score:
            linked[a].add(b)
            linked[b].add(a)
    groups: list[CopyGroup] = []
    for component in _components(linked):
        rest = component
        while len(rest) > 1:
            first = max(rest, key=lambda sop: (len(linked[sop]), -sop))
            # the score alone is cheap: a long chain of versions has many that are no copies of it
            alike = [
                sop
                for sop in rest
                if sop != first and _match(records[first], records[sop]) >= min_score
            ]
            pairs = [compare_copy(records, first, sop, agency_of) for sop in alike]
            members = (first, *alike)
            if pairs:
                groups.append(CopyGroup(members=members, pairs=tuple(pairs)))
            gone = frozenset(members)
            rest = [sop for sop in rest if sop not in gone]
    return tuple(sorted(groups, key=lambda group: (-len(group.members), group.members)))


def _components(linked: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """Sheets joined by links, directly or through others; sorted."""
    seen: set[int] = set()
    for start in sorted(linked):
        if start in seen:
            continue
        seen.add(start)
        found, open_ = [start], [start]
        while open_:
            new = sorted(linked[open_.pop()] - seen)
            seen.update(new)
            found.extend(new)
            open_.extend(new)
        yield sorted(found)


def score_copy(a: SopRecord, b: SopRecord) -> tuple[float, int, int, int]:
    """Score, same steps, same times, times compared. Times unknown on a side are not compared."""
    longest = max(len(a.langkah), len(b.langkah))
    if not a.langkah or not b.langkah:
        return 0.0, 0, 0, 0
    same = [(a.langkah[i], b.langkah[j]) for i, j in _same_steps(a, b)]
    times = [t for x, y in same if (t := same_time(x, y)) is not None]
    text = len(same) / longest
    score = text
    if times:
        score = TEXT_WEIGHT * text + TIME_WEIGHT * sum(times) / len(times)
    return score, len(same), sum(times), len(times)


def _match(a: SopRecord, b: SopRecord) -> float:
    """The score; of one file under two names 1, whatever was read of it."""
    return 1.0 if _is_same_file(a, b) else score_copy(a, b)[0]


def _is_same_file(a: SopRecord, b: SopRecord) -> bool:
    """The same bytes, and the same place in them."""
    return _file_key(a) == _file_key(b)


def _same_steps(a: SopRecord, b: SopRecord) -> list[tuple[int, int]]:
    """The most steps that are the same text in the same order, by position."""
    left, right = ([step_key(s.kegiatan) for s in r.langkah] for r in (a, b))
    alike = process.cdist(left, right, scorer=fuzz.ratio) >= STEP_SAME * 100
    same: list[list[bool]] = alike.tolist()
    for i, one in enumerate(left):  # texts without a word are the same when both are
        for j, other in enumerate(right):
            same[i][j] = same[i][j] or one == other
    best = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            most = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(most, best[i + 1][j + 1] + 1) if same[i][j] else most
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if same[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def compare_copy(
    records: Sequence[SopRecord], a: int, b: int, agency_of: Sequence[int] = ()
) -> Copy:
    """One pair with its differences named, and what each has of the other."""
    left, right = records[a], records[b]
    score, same_steps, same_times, compared = score_copy(left, right)
    same_file = _is_same_file(left, right)
    return Copy(
        a=a,
        b=b,
        kind="berkas_sama" if same_file else "salinan",
        score=1.0 if same_file else round(score, 4),
        steps=(len(left.langkah), len(right.langkah)),
        same_steps=same_steps,
        same_times=same_times,
        compared_times=compared,
        differences=gather_differences(_differences(left, right)),
        leftovers=(
            *find_leftovers(left, a),
            *find_foreign(left, a, right, agency_of[b] if agency_of else None),
            *find_leftovers(right, b),
            *find_foreign(right, b, left, agency_of[a] if agency_of else None),
        ),
    )


def _candidates(features: Sequence[Features]) -> Iterator[tuple[int, int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for sop, found in enumerate(features):
        if len(found.step_keys) >= STEPS_MIN:
            for key in set(found.step_keys):
                postings[key].append(sop)
    for a, b in neighbours(postings.values(), POSTING_MAX):
        left, right = features[a].step_keys, features[b].step_keys
        if len(set(left) & set(right)) >= SHARED_MIN * max(len(left), len(right)):
            yield a, b


def _equals(records: Sequence[SopRecord]) -> Iterator[tuple[int, int]]:
    """Sheets that need no likeness of steps: one file under several names; title and table word
    for word the same, however short. Each with the first of its kind."""
    first: dict[object, int] = {}
    for sop, record in enumerate(records):
        for key in (_file_key(record), _whole_text(record)):
            if key is not None and (other := first.setdefault(key, sop)) != sop:
                yield other, sop


def _file_key(record: SopRecord) -> object:
    return record.source.sha256, record.source.index, record.id


def _whole_text(record: SopRecord) -> object:
    """Title and steps as read; None where one of them is missing."""
    title = fold(find_title(record))
    if not title or not any(step.kegiatan.strip() for step in record.langkah):
        return None
    return title, tuple(
        (s.kegiatan, s.kelengkapan, s.waktu.teks if s.waktu else None, s.output)
        for s in record.langkah
    )


def _differences(a: SopRecord, b: SopRecord) -> Iterator[Difference]:
    if fold(find_title(a)) != fold(find_title(b)):
        yield Difference(what="judul", where="Nama SOP", left=find_title(a), right=find_title(b))
    yield from _label_differences(a, b)
    yield from _step_differences(a, b)
    yield from list_differences(a, b)


def list_differences(a: SopRecord, b: SopRecord) -> Iterator[Difference]:
    """Items of the identity sheet's lists and legal bases that only one of two sheets has; nothing
    of a list that was not read on either."""
    for name, label in _LISTS:
        left, right = getattr(a, name), getattr(b, name)
        if not (
            is_doubtful(a, f"/{name}", empty=not left)
            or is_doubtful(b, f"/{name}", empty=not right)
        ):
            yield from _list_differences(label, left, right)
    if is_unread(a) or is_unread(b):
        return
    laws = {legal_key(d): d.teks for d in a.dasar_hukum}
    others = {legal_key(d): d.teks for d in b.dasar_hukum}
    for key in [k for k in laws if k not in others]:
        yield Difference(what="dasar hukum", where="Dasar Hukum", left=laws[key], right="")
    for key in [k for k in others if k not in laws]:
        yield Difference(what="dasar hukum", where="Dasar Hukum", left="", right=others[key])


def gather_differences(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """The same difference in several rows is one: "Langkah 2, 3, 6"."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for d in found:
        places.setdefault((d.what, d.left, d.right), []).append(d.where)
    return tuple(
        Difference(what=what, where=_join_places(where), left=left, right=right)
        for (what, left, right), where in places.items()
    )


def _join_places(where: Sequence[str]) -> str:
    steps = [w.removeprefix(_STEP) for w in where if w.startswith(_STEP)]
    others = [w for w in where if not w.startswith(_STEP)]
    return "; ".join(others + ([_STEP + ", ".join(steps)] if steps else []))


def _label_differences(a: SopRecord, b: SopRecord) -> Iterator[Difference]:
    left = [p.nama for p in a.pelaksana]
    right = [p.nama for p in b.pelaksana]
    if [fold(x) for x in left] != [fold(x) for x in right]:
        yield Difference(
            what="pelaksana", where="Kolom pelaksana", left="; ".join(left), right="; ".join(right)
        )
    one, other = _printed_labels(a), _printed_labels(b)
    for name in one:
        # "Ket." and "ket", "Out Put" and "OUTPUT" are the same label
        if name in other and "".join(words(one[name])) != "".join(words(other[name])):
            where = f"Kolom {name.replace('_', ' ')}"
            yield Difference(what="label", where=where, left=one[name], right=other[name])


def _printed_labels(record: SopRecord) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in record.bagian_tabel:
        for name, label in part.label.items():
            found.setdefault(name, label)
    return found


def _step_differences(a: SopRecord, b: SopRecord) -> Iterator[Difference]:
    for x, y in pair_steps(a.langkah, b.langkah):
        if x is None or y is None:
            step = x or y
            if step is not None:
                where = f"{_STEP}{step.urutan}"
                left, right = (x.kegiatan if x else ""), (y.kegiatan if y else "")
                yield Difference(what="langkah", where=where, left=left, right=right)
            continue
        where = f"{_STEP}{x.urutan}"
        unread = _unread_parts(a, x) | _unread_parts(b, y)
        if words(x.kegiatan) != words(y.kegiatan):
            yield Difference(what="kegiatan", where=where, left=x.kegiatan, right=y.kegiatan)
        role = match_posts(x.pelaksana, y.pelaksana)
        if role is not None and role < 1.0 and "pelaksana" not in unread:
            left, right = "; ".join(x.pelaksana), "; ".join(y.pelaksana)
            yield Difference(what="pelaksana", where=where, left=left, right=right)
        if same_time(x, y) is False and x.waktu and y.waktu and "waktu" not in unread:
            yield Difference(what="waktu", where=where, left=x.waktu.teks, right=y.waktu.teks)
        for name in ("kelengkapan", "output"):
            one, other = getattr(x, name), getattr(y, name)
            if one and other and words(one) != words(other) and name not in unread:
                yield Difference(what=name, where=where, left=one, right=other)


def _unread_parts(record: SopRecord, step: Langkah) -> frozenset[str]:
    """The parts of a step that are more likely wrong than right."""
    pointer = f"/langkah/{step.urutan - 1}"
    parts = ("pelaksana", "waktu", "kelengkapan", "output")
    return frozenset(name for name in parts if is_doubtful(record, f"{pointer}/{name}"))


def _list_differences(
    label: str, left: Sequence[str], right: Sequence[str]
) -> Iterator[Difference]:
    """Items that only one sheet has; two that are nearly alike stand side by side."""
    here = [x for x in left if words(x) not in [words(y) for y in right]]
    there = [y for y in right if words(y) not in [words(x) for x in left]]
    for x in here:
        near = max(there, key=lambda y: fuzz.ratio(fold(x), fold(y)), default="")
        if near and fuzz.ratio(fold(x), fold(near)) >= 60:
            there.remove(near)
        else:
            near = ""
        yield Difference(what="isi", where=label, left=x, right=near)
    for y in there:
        yield Difference(what="isi", where=label, left="", right=y)
