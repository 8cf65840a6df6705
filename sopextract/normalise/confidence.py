"""Raw scores to confidence: a promise, fitted to data.

The table in `lexicon/data/confidence.json` holds one rising curve per group of fields and method,
and one per method over all fields for groups with too little data. Values read from pixels have
curves of their own ("sel|cell|scan"), as there the score says as well how surely the words were
read. `fit` makes such a table from observations; of the values given 0.95 or more, at least 99 in
100 must be right.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from sopextract.model.draft import Method

Curve = tuple[tuple[float, float], ...]

INFERRED_MAX = 0.89  # the contract: silent means 0.90 or more, and what is inferred is never silent
# What the reader itself doubted stays doubtful, however often it was right on made sheets: these
# are gentler than what agencies send.
OWN_DOUBT = 0.9
# Nulls are not judged by the score, so their curves are set by hand: "absent" is as sure as the
# label beside it, "unread" claims nothing. From pixels it may be a word that the engine passed
# over; the label was found or it would be none, and how clearly it was seen says little more.
NULLS: Mapping[str, Curve] = MappingProxyType(
    {
        "*|absent": ((0.0, 0.05), (0.5, 0.4), (0.8, 0.75), (1.0, 0.96)),
        "*|unread": ((0.0, 0.0), (1.0, 0.89)),
        "*|absent|scan": ((0.0, 0.05), (0.5, 0.6), (0.8, 0.9), (1.0, 0.93)),
    }
)
_POOLED, _SCAN = "*", "scan"
_PROMISE, _PROMISED_SHARE = 0.95, 0.99  # the contract of the record
_BELOW_PROMISE = 0.94
_ALMOST = 0.995  # no finite sample proves more
# Fewer observations than this do not make a curve of their own: the rule of three gives an upper
# bound of 3/300 = 1 % wrong only from 300 right ones on.
_MIN_FOR_CURVE = 300
# As how many values the prior counts: a half of two after Laplace; of a group what its method has,
# which tells where there is but a handful of the group's own.
_LAPLACE, _POOLED_WEIGHT = 2.0, 20.0
_BIN_WIDTH = 0.05
_SCAN_BIN_WIDTH = 0.01  # engines give nearly all they read 0.9 to 1, and the last hundredths tell

_UNFITTED: Curve = ((0.0, 0.0), (1.0, INFERRED_MAX))  # no data: nothing is promised
Table = Mapping[str, Curve]


class Observation(NamedTuple):
    """A value that was compared with its gold: its raw score, and whether it was right.

    `scan` says that its page was read from pixels.
    """

    field: str
    method: Method
    score: float
    correct: bool
    scan: bool = False


_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "nomor_sop": "identitas",
        "nama_sop": "identitas",
        "tanggal_pembuatan": "tanggal",
        "tanggal_revisi": "tanggal",
        "tanggal_efektif": "tanggal",
        "tanggal_pengesahan": "tanggal",
        "instansi": "instansi",
        "disahkan_oleh": "pengesahan",
        "dasar_hukum": "dasar_hukum",
        "kualifikasi_pelaksana": "daftar",
        "keterkaitan": "daftar",
        "peralatan_perlengkapan": "daftar",
        "peringatan": "daftar",
        "pencatatan_pendataan": "daftar",
        "pelaksana": "kolom",
        "alur": "alur",
        "langkah/pelaksana": "aktor",
        "langkah/simbol": "simbol",
        "langkah/bentuk": "simbol",
        "langkah": "sel",
    }
)


def group_of(field: str) -> str:
    """The group that a field's curve belongs to; `field` is a pointer without its positions.

    >>> group_of("langkah/pelaksana"), group_of("langkah/output"), group_of("disahkan_oleh/nip")
    ('aktor', 'sel', 'pengesahan')
    """
    parts = field.split("/")
    return _GROUPS.get("/".join(parts[:2]), _GROUPS.get(parts[0], "lain"))


@lru_cache(maxsize=8192)
def calibrate(field: str, method: Method, score: float, *, scan: bool = False) -> float:
    """The confidence for a raw score, 0 to 1, rising with it; never above 0.89 for inferred values.

    What an engine doubted is no surer than it said, however often it was right on made scans.
    `field` is the record's pointer without positions: `langkah/pelaksana`. `scan` says that its
    page was read from pixels. A person's word is certain.
    """
    if method is Method.REVIEWED:
        return 1.0
    value = _interpolate(_curve_of(field, method, scan=scan), min(max(score, 0.0), 1.0))
    if method is Method.INFERRED or score < OWN_DOUBT:
        value = min(value, INFERRED_MAX)
    if scan and score < OWN_DOUBT:
        value = min(value, score)
    return round(value, 4)


def _curve_of(field: str, method: Method, *, scan: bool) -> Curve:
    """The curve of the field's group, else the pooled one; for pixels their own where there are."""
    table = _table()
    if scan:
        own, pooled = _keys(field, method, scan=True)
        curve = table.get(own) or table.get(pooled)
        if curve is not None:
            return curve
    own, pooled = _keys(field, method, scan=False)
    return table.get(own) or table.get(pooled) or _UNFITTED


def _keys(field: str, method: Method, *, scan: bool) -> tuple[str, str]:
    """The names of the group's curve and of the pooled one."""
    end = f"{method}|{_SCAN}" if scan else f"{method}"
    return f"{group_of(field)}|{end}", f"{_POOLED}|{end}"


def fit(observations: Iterable[Observation]) -> dict[str, Curve]:
    """A table from what was right and wrong.

    Scores are binned, the share right is smoothed, and neighbours that fall are pooled until the
    curve rises. A bin reaches 0.95 only when its smoothed share is 0.99 or more. The pooled curve
    of a method is smoothed after Laplace, those of its groups towards the pooled one. Groups with
    few observations get no curve of their own: `calibrate` then uses the pooled one. Methods never
    observed have no curve: `calibrate` then promises nothing.
    """
    bins: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    totals: dict[str, int] = defaultdict(int)
    for one in observations:
        width = _SCAN_BIN_WIDTH if one.scan else _BIN_WIDTH
        place = min(int(one.score / width + 1e-9), round(1 / width))
        for key in _keys(one.field, one.method, scan=one.scan):
            bins[key][place][0] += one.correct
            bins[key][place][1] += 1
            totals[key] += 1
    curves: dict[str, Curve] = {}
    for key, counts in sorted(bins.items()):  # the pooled ones come first: "*" sorts before letters
        width = _SCAN_BIN_WIDTH if key.endswith(f"|{_SCAN}") else _BIN_WIDTH
        if key.startswith(_POOLED):
            curves[key] = _curve(counts, width, ((0.0, 0.5),), _LAPLACE)
        elif totals[key] >= _MIN_FOR_CURVE:
            pooled = curves[_POOLED + key[key.index("|") :]]
            curves[key] = _curve(counts, width, pooled, _POOLED_WEIGHT)
    return curves


def load_table(text: str) -> dict[str, Curve]:
    """A table from its JSON; see `dump_table`."""
    curves: dict[str, list[list[float]]] = json.loads(text)["curves"]
    return {key: tuple((x, y) for x, y in points) for key, points in curves.items()}


def dump_table(table: Table, origin: str) -> str:
    """A table as the JSON that ships; `origin` says which data it was fitted to."""
    body = {"origin": origin, "curves": {key: [list(p) for p in c] for key, c in table.items()}}
    return json.dumps(body, indent=1, sort_keys=True) + "\n"


class _Block(NamedTuple):
    """Bins taken together; `expected` is how many of their values the prior has right."""

    right: int
    all: int
    expected: float
    bins: tuple[int, ...]

    def share(self, weight: float) -> float:
        """The share right, with the prior as so many more values."""
        prior = self.expected / self.all
        return (self.right + weight * prior) / (self.all + weight)


def _curve(counts: Mapping[int, list[int]], width: float, prior: Curve, weight: float) -> Curve:
    """Pool adjacent violators over the smoothed shares, from the lowest bin up."""
    blocks: list[_Block] = []
    for place in sorted(counts):
        right, total = counts[place]
        block = _Block(right, total, total * _interpolate(prior, place * width), (place,))
        while blocks and blocks[-1].share(weight) >= block.share(weight):
            last = blocks.pop()
            block = _Block(
                last.right + block.right, last.all + block.all,
                last.expected + block.expected, last.bins + block.bins,
            )  # fmt: skip
        blocks.append(block)
    points = []
    for block in blocks:
        share = block.share(weight)
        if share < _PROMISED_SHARE:
            share = min(share, _BELOW_PROMISE)
        ends = dict.fromkeys((block.bins[0], block.bins[-1]))
        points += [(round(p * width, 4), round(min(share, _ALMOST), 4)) for p in ends]
    return tuple(points)


def _interpolate(curve: Curve, score: float) -> float:
    """Straight lines between the points, except that nothing before a promise comes near it."""
    place = bisect_right(curve, (score, 2.0))
    if place == 0:
        first = curve[0]
        return first[1] * score / first[0] if first[0] else first[1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    value = y0 + (y1 - y0) * (score - x0) / (x1 - x0)
    return min(value, _BELOW_PROMISE) if y0 < _PROMISE else value


@cache
def _table() -> Table:
    data = files("sopextract.lexicon") / "data" / "confidence.json"
    return MappingProxyType(load_table(data.read_text(encoding="utf-8")))
