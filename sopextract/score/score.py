"""Records against hand-made ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sopextract.model.record import SopRecord
from sopextract.score.judge import Judge, Judgement
from sopextract.score.report import ScoreReport

Key = tuple[str, int]


def score(gold: Iterable[Mapping[str, object]], parsed: Sequence[SopRecord]) -> ScoreReport:
    """How far the records agree with the truth.

    A gold is JSON in the record's shape; keys it leaves out are not judged, texts may be sealed
    (`seal`). It belongs to the record with the same `source.path` and `source.index` (0 when left
    out). `{"source": {"path": …}, "not_a_sop": true}` says that a file holds no SOP. Records of
    files that gold does not know are ignored. The values of a SOP that was not found count as
    missed.
    """
    golds: dict[Key, Mapping[str, object]] = {}
    paths: set[str] = set()
    for one in gold:
        key = _key(one)
        paths.add(key[0])
        if not one.get("not_a_sop"):
            golds[key] = one
    found = {(r.source.path, r.source.index): r for r in parsed if r.source.path in paths}
    judgements: list[Judgement] = []
    for key, one in golds.items():
        record = found.get(key)
        got = record.model_dump(mode="json") if record else {}
        judgements += Judge(one, got, _name(key)).judge()
    return ScoreReport(
        tuple(judgements),
        tuple(_name(key) for key in golds),
        tuple(_name(key) for key in golds if key not in found),
        tuple(_name(key) for key in found if key not in golds),
    )


def _key(gold: Mapping[str, object]) -> Key:
    source = gold.get("source")
    if not isinstance(source, Mapping):
        return "", 0
    return str(source.get("path", "")), int(source.get("index") or 0)


def _name(key: Key) -> str:
    return f"{key[0]}#{key[1]}"
