"""Every value of one record held against its truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopextract.model.record import DAFTAR
from sopextract.score.align import Pair, align_freely, align_in_order
from sopextract.score.equal import is_equal, is_given, nearness, softness
from sopextract.score.seal import is_sealed

Json = Mapping[str, object]

# The record's contract: a wrong value of this confidence or more, with no finding, is silent.
SILENT_FROM = 0.9

_TOP = (
    "nomor_sop",
    "nama_sop",
    "tanggal_pembuatan",
    "tanggal_revisi",
    "tanggal_efektif",
    "tanggal_pengesahan",
)
_GROUPS = {
    "instansi": ("pemerintah", "perangkat_daerah"),
    "disahkan_oleh": ("jabatan", "nama", "nip", "pangkat", "status", "tanda_tangan_elektronik"),
}
_LAW = ("teks", "id", "jenis", "nomor", "tahun", "tentang", "daerah", "status")
_STEP = ("no", "kegiatan", "kelengkapan", "output", "keterangan", "simbol")
_TIME = ("teks", "durasi", "durasi_maks", "hari")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value: what it should be, what it is, how sure the reader was.

    `path` points into the parsed record; None when nothing stands there. `confidence` is 1.0 for a
    value that carries no provenance: it is shown to the user without a doubt.
    """

    record: str
    field: str
    path: str | None
    gold: object
    got: object
    exact: bool
    soft: float
    method: str | None
    confidence: float
    silent: bool

    @property
    def wrong(self) -> bool:
        """A value is given and it is not the right one."""
        return is_given(self.got) and not self.exact


class Judge:
    """Holds one parsed record against one gold; `judge()` gives every judgement."""

    def __init__(self, gold: Json, got: Json, name: str) -> None:
        self.gold, self.got, self.name = gold, got, name
        self.provenance = _mapping(got.get("provenance"))
        findings = _rows(got.get("findings"))
        self.flagged = [str(f["path"]) for f in findings if f.get("path")]

    def judge(self) -> Iterator[Judgement]:
        """Values of the sheet in the order of the form; keys that gold leaves out are skipped."""
        for key in _TOP:
            if key in self.gold:
                yield self._value(key, f"/{key}", self.gold[key], self.got.get(key))
        for group, keys in _GROUPS.items():
            yield from self._object(
                group, f"/{group}", keys, self.gold.get(group), self.got.get(group)
            )
        if "unit_kerja" in (units := _mapping(self.gold.get("instansi"))):
            got = _mapping(self.got.get("instansi")).get("unit_kerja")
            yield from self._list(
                "instansi.unit_kerja", "/instansi/unit_kerja", units["unit_kerja"], got
            )
        for key in DAFTAR:
            if key in self.gold:
                yield from self._list(key, f"/{key}", self.gold[key], self.got.get(key))
        yield from self._laws()
        yield from self._actors()
        yield from self._steps()

    def _value(self, field: str, path: str | None, gold: object, got: object) -> Judgement:
        method, confidence = self._grounds(path)
        if method in ("absent", "unread"):
            got = None  # whatever stands there, the record says that it is no reading
        exact = is_equal(field, gold, got)
        soft = 1.0 if exact else softness(field, gold, got)
        wrong = is_given(got) and not exact
        silent = wrong and confidence >= SILENT_FROM and not self._is_flagged(path)
        return Judgement(self.name, field, path, gold, got, exact, soft, method, confidence, silent)

    def _grounds(self, path: str | None) -> tuple[str | None, float]:
        """Method and confidence at the value, or at what holds it."""
        while path:
            found = self.provenance.get(path)
            if isinstance(found, Mapping):
                return str(found.get("method")), float(str(found.get("confidence", 1.0)))
            path = path.rpartition("/")[0]
        return None, 1.0

    def _is_flagged(self, path: str | None) -> bool:
        """Whether a finding points at the value, at what holds it, or at a part of it."""
        return path is not None and any(
            path == f or path.startswith(f"{f}/") or f.startswith(f"{path}/") for f in self.flagged
        )

    def _object(
        self, field: str, path: str | None, keys: Sequence[str], gold: object, got: object
    ) -> Iterator[Judgement]:
        right, found = _mapping(gold), _mapping(got)
        for key in keys:
            if key in right:
                where = None if path is None else f"{path}/{key}"
                yield self._value(f"{field}.{key}", where, right.get(key), found.get(key))

    def _list(self, field: str, path: str, gold: object, got: object) -> Iterator[Judgement]:
        golds, gots = _items(gold), _items(got)
        pairs = align_freely(len(golds), len(gots), lambda i, j: nearness(field, golds[i], gots[j]))
        for i, j in pairs:
            where = None if j is None else f"{path}/{j}"
            yield self._value(field, where, _at(golds, i), _at(gots, j))

    def _laws(self) -> Iterator[Judgement]:
        if "dasar_hukum" not in self.gold:
            return
        golds, gots = _rows(self.gold["dasar_hukum"]), _rows(self.got.get("dasar_hukum"))

        def near(i: int, j: int) -> float:
            same = is_given(golds[i].get("id")) and golds[i].get("id") == gots[j].get("id")
            text = nearness("teks", golds[i].get("teks"), gots[j].get("teks"))
            return max(text, 0.9 if same else 0.0)

        for i, j in align_freely(len(golds), len(gots), near):
            gold, got = _row(golds, i), _row(gots, j)
            where = None if j is None else f"/dasar_hukum/{j}"
            for key in _LAW:
                if i is None or key in gold:
                    at = where and f"{where}/{key}"
                    yield self._value(f"dasar_hukum.{key}", at, gold.get(key), got.get(key))
            for key in ("diubah_dengan", "juncto"):
                if key in gold:
                    right = [law.get("id") for law in _rows(gold[key])]
                    found = [law.get("id") for law in _rows(got.get(key))]
                    yield self._value(
                        f"dasar_hukum.{key}", where and f"{where}/{key}", right, found
                    )

    def _actors(self) -> Iterator[Judgement]:
        if "pelaksana" not in self.gold:
            return
        golds, gots = _rows(self.gold["pelaksana"]), _rows(self.got.get("pelaksana"))
        pairs = align_in_order(
            len(golds),
            len(gots),
            lambda i, j: nearness("pelaksana.nama", golds[i].get("nama"), gots[j].get("nama")),
        )
        for i, j in pairs:
            gold, got = _row(golds, i), _row(gots, j)
            where = None if j is None else f"/pelaksana/{j}"
            for key in ("nama", "lengkap", "kolom"):
                if key in gold or (i is None and key == "nama"):
                    at = where and f"{where}/{key}"
                    yield self._value(f"pelaksana.{key}", at, gold.get(key), got.get(key))

    def _steps(self) -> Iterator[Judgement]:
        if "langkah" not in self.gold:
            return
        golds, gots = _rows(self.gold["langkah"]), _rows(self.got.get("langkah"))
        pairs = align_steps(golds, gots)
        for i, j in pairs:
            yield from self._step(_row(golds, i), _row(gots, j), i, j)
        if "alur" in self.gold:
            yield from self._edges(pairs)

    def _step(self, gold: Json, got: Json, i: int | None, j: int | None) -> Iterator[Judgement]:
        where = None if j is None else f"/langkah/{j}"
        for key in (*_STEP, "pelaksana"):
            if i is None or key in gold:
                at = where and f"{where}/{key}"
                yield self._value(f"langkah.{key}", at, gold.get(key), got.get(key))
        if i is not None and "bentuk" in gold:
            kinds, seen = (
                [b.get("simbol") for b in _rows(row.get("bentuk"))] for row in (gold, got)
            )
            yield self._value("langkah.bentuk", where and f"{where}/bentuk", kinds, seen)
        time, found = _mapping(gold.get("waktu")), _mapping(got.get("waktu"))
        if i is not None and "waktu" not in gold:
            return
        for key in _TIME:
            if key in time or (found and not time and key in ("teks", "durasi")):
                at = where and f"{where}/waktu/{key}"
                yield self._value(f"langkah.waktu.{key}", at, time.get(key), found.get(key))

    def _edges(self, pairs: list[Pair]) -> Iterator[Judgement]:
        """Edges as a bag; rows of the parsed sheet are named by the gold rows they stand for.

        Edges between the same rows with the same label differ by their symbols; which of them an
        edge joins is judged where the truth names it.
        """
        row_of = {j + 1: i + 1 for i, j in pairs if i is not None and j is not None}
        left = _rows(self.gold["alur"])
        for k, edge in enumerate(_rows(self.got.get("alur"))):
            dari, ke = (row_of.get(int(str(edge.get(end)))) for end in ("dari", "ke"))
            key: tuple[object, object, object] = (dari, ke, edge.get("label"))
            right = _take(left, key, edge)
            field = "alur.cabang" if _is_branch(edge) else "alur.urut"
            text = f"{dari}>{ke}:{key[2] or ''}"
            yield self._value(field, f"/alur/{k}", text if right else None, text)
            for end in ("dari_pelaksana", "ke_pelaksana"):
                if right and right.get(end) is not None:
                    at = f"/alur/{k}/{end}"
                    yield self._value("alur.pelaksana", at, right[end], edge.get(end))
        for gold in left:
            field = "alur.cabang" if _is_branch(gold) else "alur.urut"
            text = f"{gold.get('dari')}>{gold.get('ke')}:{gold.get('label') or ''}"
            yield self._value(field, None, text, None)


def _take(left: list[Json], key: tuple[object, object, object], edge: Json) -> Json | None:
    """The edge of the truth that this one is, taken out of those left; the likest of several."""
    same = [gold for gold in left if _edge(gold) == key]
    if not same:
        return None

    def agreeing(gold: Json) -> int:
        ends = ("dari_pelaksana", "ke_pelaksana")
        return sum(is_equal("alur.pelaksana", gold.get(end), edge.get(end)) for end in ends)

    best = max(same, key=agreeing)
    left.remove(best)
    return best


def align_steps(golds: Sequence[Json], gots: Sequence[Json]) -> list[Pair]:
    """Rows of the truth and of the record by what they say, in order.

    Sealed texts cannot be half right, so there the printed number counts as well.
    """

    def near(i: int, j: int) -> float:
        gold, got = golds[i], gots[j]
        text = nearness("langkah.kegiatan", gold.get("kegiatan"), got.get("kegiatan"))
        same_no = gold.get("no") is not None and gold.get("no") == got.get("no")
        return max(text, 0.6) if same_no and is_sealed(gold.get("kegiatan")) else text

    return align_in_order(len(golds), len(gots), near)


def _is_branch(edge: Json) -> bool:
    dari, ke = int(str(edge.get("dari"))), int(str(edge.get("ke")))
    return ke != dari + 1 or edge.get("label") is not None


def _edge(edge: Json) -> tuple[object, object, object]:
    return edge.get("dari"), edge.get("ke"), edge.get("label")


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _rows(value: object) -> list[Json]:
    return [_mapping(item) for item in _items(value)]


def _at(items: Sequence[object], i: int | None) -> object:
    return None if i is None else items[i]


def _row(rows: Sequence[Json], i: int | None) -> Json:
    return {} if i is None else rows[i]
