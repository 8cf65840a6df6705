"""What the comparison looks at in each sheet: weighted words of title, steps and outputs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log, sqrt
from sys import intern

from sopextract.compare.legal import is_unread, legal_key
from sopextract.compare.wording import canonical, load_synonyms
from sopextract.lexicon.wilayah import find_wilayah
from sopextract.model.record import SopRecord

Vector = dict[str, float]
Shares = tuple[tuple[str, float], ...]
SALIENT_MIN = 0.2  # share of steps from which on a word tells what a sheet is about
_LEVEL = r"(?i)\b(?:(?:kabupaten|kab\.?|kota|provinsi|prov\.?)\s+)?"
OWN_NAME_MIN = 8  # letters of an agency's name that is taken out of its titles; "Dinas" is not one


@dataclass(frozen=True, slots=True)
class Features:
    """One sheet's vectors, of length 1; an empty one means there is nothing to compare.

    `step_keys` are the steps' canonical wordings without agency kinds, `laws` the ids cited,
    `words` all stems of title, steps, inputs and outputs, `step_words` the same without the title.
    The title is without the agency's own name and region. `salient` has the words that many steps
    speak of with the share of steps that do, the most frequent first; `salient_title` those of
    them that stand in the title.
    """

    title_words: tuple[str, ...]
    words: frozenset[str]
    title: Vector
    steps: Vector
    outputs: Vector
    laws: Vector
    step_keys: tuple[str, ...]
    step_words: frozenset[str] = frozenset()
    salient: Shares = ()
    salient_title: Shares = ()


def find_title(record: SopRecord) -> str:
    """The title, or another one that the document gives the sheet; "" when there is none."""
    return record.nama_sop or next(iter(record.judul_lain), "")


def _title_words(record: SopRecord) -> tuple[str, ...]:
    known = load_synonyms()
    frame = known.agency | known.title_stop
    found = canonical(_bare_title(record))
    return tuple(w for w in found if w not in frame and not w.isdigit())


def _bare_title(record: SopRecord) -> str:
    """The title without the agency's own name and without regions: "… Dinas Sosial Kota Batu"."""
    title = find_title(record)
    instansi = record.instansi
    own = (instansi.perangkat_daerah, (instansi.pemerintah or "").removeprefix("Pemerintah "))
    for name in own:
        if name and len(name) >= OWN_NAME_MIN:
            title = re.sub(re.escape(name), " ", title, flags=re.IGNORECASE)
    for region in find_wilayah(title):
        title = re.sub(rf"{_LEVEL}{re.escape(region.partition(' ')[2])}", " ", title)
    return title


def build_features(records: Sequence[SopRecord]) -> tuple[Features, ...]:
    """The features of all sheets; rare words weigh more (tf-idf over these sheets)."""
    titles = [_title_words(r) for r in records]
    steps = [[w for s in r.langkah for w in _with_pairs(canonical(s.kegiatan))] for r in records]
    inputs = [[w for s in r.langkah for w in canonical(s.kelengkapan or "")] for r in records]
    outputs = [[w for s in r.langkah for w in canonical(s.output or "")] for r in records]
    laws = [
        () if is_unread(r) else tuple({legal_key(d): 1 for d in r.dasar_hukum}) for r in records
    ]
    title_idf, step_idf, output_idf, law_idf = (
        _idf(rows) for rows in (titles, steps, outputs, laws)
    )
    return tuple(
        Features(
            title_words=titles[i],
            words=frozenset(chain(titles[i], steps[i], inputs[i], outputs[i])),
            title=_vector(titles[i], title_idf),
            steps=_vector(steps[i], step_idf),
            outputs=_vector(outputs[i], output_idf),
            laws=_vector(laws[i], law_idf),
            step_keys=tuple(step_key(s.kegiatan) for s in record.langkah),
            step_words=frozenset(chain(*map(canonical, _texts(record)))),
            salient=(found := _salient(record)),
            salient_title=tuple(pair for pair in found if pair[0] in titles[i]),
        )
        for i, record in enumerate(records)
    )


def _texts(record: SopRecord) -> Iterator[str]:
    for step in record.langkah:
        yield from (step.kegiatan, step.kelengkapan or "", step.output or "")


def _salient(record: SopRecord) -> Shares:
    seen: Counter[str] = Counter()
    for step in record.langkah:
        texts = (step.kegiatan, step.kelengkapan or "", step.output or "")
        seen.update({word for text in texts for word in canonical(text)})
    count = len(record.langkah)
    shares = [(intern(w), n / count) for w, n in seen.items() if n >= SALIENT_MIN * count and n > 1]
    return tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))


def step_key(kegiatan: str) -> str:
    """A step's wording without the kind of agency, so that a copy with names changed still meets.

    >>> step_key("Mengolah data kinerja Dinas") == step_key("mengolah data kinerja badan.")
    True
    """
    kinds = load_synonyms().agency
    return " ".join(w for w in canonical(kegiatan) if w not in kinds)


def cosine(a: Vector, b: Vector) -> float | None:
    """Cosine of two vectors of length 1; None when one is empty."""
    if not a or not b:
        return None
    if len(b) < len(a):
        a, b = b, a
    return min(1.0, sum(weight * b[word] for word, weight in a.items() if word in b))


def match_titles(a: Vector, b: Vector) -> float | None:
    """Cosine, lowered when each title has words that the other lacks.

    "Monitoring Kinerja" within "Monitoring Kinerja Internal" is one procedure told more exactly;
    "Pengelolaan Arsip" and "Pengelolaan Aset" are two, though they share as much.
    """
    shared = cosine(a, b)
    if not shared:
        return shared
    missing = (
        sum(w * w for word, w in a.items() if word not in b),
        sum(w * w for word, w in b.items() if word not in a),
    )
    return shared * (1 - min(missing))


def missed_share(a: Shares, words: frozenset[str]) -> float:
    """In how many steps of one sheet the most frequent word stands that the other never says."""
    return next((share for word, share in a if word not in words), 0.0)


def foreign_share(a: Features, b: Features) -> float | None:
    """How much of the title of one is nowhere on the other's sheet, the lesser of both sides; None
    without a title. "Cuti Sakit" beside "Cuti Tahunan": each names what the other never does."""
    if not a.title or not b.title:
        return None
    sides = (
        sum(w * w for word, w in a.title.items() if word not in b.words),
        sum(w * w for word, w in b.title.items() if word not in a.words),
    )
    return min(sides)


def _with_pairs(found: tuple[str, ...]) -> Iterator[str]:
    """The words and each two that follow one another: "menelaah laporan" is more than both."""
    yield from found
    for a, b in pairwise(found):
        yield f"{a} {b}"


def _idf(rows: Sequence[Iterable[str]]) -> Vector:
    seen: Counter[str] = Counter()
    for row in rows:
        seen.update(set(row))
    # Smoothed as usual for small collections: a word in every sheet still weighs 1.
    return {word: 1.0 + log((1 + len(rows)) / (1 + df)) for word, df in seen.items()}


def _vector(found: Sequence[str], idf: Vector) -> Vector:
    raw = {intern(word): (1.0 + log(n)) * idf[word] for word, n in Counter(found).items()}
    length = sqrt(sum(w * w for w in raw.values()))
    return {word: weight / length for word, weight in raw.items()} if length else {}
