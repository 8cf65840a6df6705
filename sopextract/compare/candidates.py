"""Which sheets may be the same procedure: for each the few most alike, without comparing all pairs.

Sparse top-k over an inverted index: a sheet looks along the lists of its most telling words only,
and in a long list only near itself (lists stand in the order of titles). The work grows with the
number of sheets times a bounded number of neighbours; docs/adr/0011 says why not MinHash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sopextract.compare.features import Features, Vector

TOP = 12  # neighbours of a sheet that get an exact score
# The most telling words of each part of a sheet, and what a part counts here. Enough that reworded
# sheets of one procedure meet: tools/measure_families.py finds 0.999 of their pairs joined.
TITLE_WORDS, STEP_WORDS, OUTPUT_WORDS = 8, 16, 6
TITLE_SHARE, STEP_SHARE, OUTPUT_SHARE = 0.5, 0.35, 0.15
WINDOW = 120  # a word in more sheets than that is looked up among this many neighbours on each side

Terms = list[tuple[str, float]]
Posting = tuple[NDArray[np.intp], NDArray[np.float64]]  # places that have a word, and its weight


def find_candidates(features: Sequence[Features], of: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs among the sheets `of`, the smaller first, each once; in the order of the sheets."""
    order = sorted(of, key=lambda i: (features[i].title_words, i))
    terms = [list(_terms(features[i])) for i in order]
    listed: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, found in enumerate(terms):
        for term, weight in found:
            places, weights = listed[term]
            places.append(place)
            weights.append(weight)
    postings = {
        term: (np.array(places, dtype=np.intp), np.array(weights))
        for term, (places, weights) in listed.items()
        if len(places) > 1
    }
    seen: set[tuple[int, int]] = set()
    for place, found in enumerate(terms):
        for other in _nearest(place, found, postings):
            one, two = order[place], order[other]
            seen.add((one, two) if one < two else (two, one))
    yield from sorted(seen)


def _terms(sheet: Features) -> Iterator[tuple[str, float]]:
    """The telling words of a sheet with what they count; those of each part by themselves."""
    for mark, vector, count, share in (
        ("t", sheet.title, TITLE_WORDS, TITLE_SHARE),
        ("s", sheet.steps, STEP_WORDS, STEP_SHARE),
        ("o", sheet.outputs, OUTPUT_WORDS, OUTPUT_SHARE),
    ):
        root = share**0.5  # on both sides: the product is the share
        for word in heaviest(vector, count):
            yield f"{mark}/{word}", vector[word] * root


def heaviest(vector: Vector, count: int) -> list[str]:
    """The words that weigh most; among equals by the alphabet."""
    return sorted(vector, key=lambda word: (-vector[word], word))[:count]


def _nearest(place: int, found: Terms, postings: Mapping[str, Posting]) -> list[int]:
    """The places of the sheets most alike, by the weight of shared telling words."""
    near: list[NDArray[np.intp]] = []
    scores: list[NDArray[np.float64]] = []
    for term, weight in found:
        if term not in postings:
            continue
        places, weights = postings[term]
        part = slice(None)
        if len(places) > 2 * WINDOW:
            at = int(np.searchsorted(places, place))
            part = slice(max(0, at - WINDOW), at + WINDOW + 1)
        near.append(places[part])
        scores.append(weights[part] * weight)
    if not near:
        return []
    others, at_other = np.unique(np.concatenate(near), return_inverse=True)
    sums = np.round(np.bincount(at_other, weights=np.concatenate(scores)), 9)
    sums[others == place] = -1.0
    best = np.lexsort((others, -sums))[:TOP]
    return [int(others[k]) for k in best if sums[k] > 0]
