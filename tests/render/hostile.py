"""Records that no form holds: nasty texts in every field, and flows that name what is not there."""

from __future__ import annotations

from itertools import product
from typing import Any

from sopextract.model.draft import Simbol
from sopextract.model.record import (
    Alur,
    Bentuk,
    Correction,
    DasarHukum,
    Langkah,
    Pelaksana,
    SopRecord,
)
from tests.factories import langkah, record

NASTY = {
    "typst": '#let x = 1 #eval("1") $x$ *b* @ref <label> // ``` #include "a" \\',
    "templates": "{{ 7*7 }} {% raw %} {# x #} {%p for d in x %}",
    "markup": "</w:t></p><script>alert(1)</script><img src=x onerror=alert(1)> ]]> <?php --> &x;",
    "formula": '=HYPERLINK("http://x";"y")',
    "markdown": '# x | y ![a](javascript:b) [x](y) `c` *** ```\n"] --> B; click A "x" %%{init}%%',
    "controls": "a\x00\x07\x1b\x7f\x85\ud800\ufffe\uffff\ufeff\u2028\u200f\u202eb",
    "marks": "a\u0301\u0302\u0303" * 20,
    "right to left": "السلام عليكم \u202eabc\u202c עברית",
    "other scripts": "你好 こんにちは ไทย 😀👩‍👩‍👧 ✅ ≥ \ue000",
    "codes of feet": '&L&"Arial"&P &A "; } body{display:none} </style>',
    "only a mark": "\u0301",
    "nothing": "",
}
_TEXTS = (
    "nama_sop nomor_sop pemerintah perangkat_daerah jabatan nama nip pangkat status teks tentang "
    "daerah lengkap kegiatan pelaksana kelengkapan output keterangan label_teks before after rule "
    "dari_pelaksana ke_pelaksana tanggal_revisi unit_kerja peringatan keterkaitan path"
)
_FREE = frozenset(_TEXTS.split())


def everywhere(text: str) -> SopRecord:
    """A record with this text wherever a text may stand; two symbols of one actor in a step."""
    bentuk = (Bentuk(pelaksana="A", simbol="proses"), Bentuk(pelaksana="A", simbol="keputusan"))
    sop = record(
        instansi={"pemerintah": "a", "perangkat_daerah": "b", "unit_kerja": ("c", "d")},
        disahkan_oleh={"jabatan": "a", "nama": "b", "nip": "c", "pangkat": "d", "status": "e"},
        dasar_hukum=(DasarHukum(teks="UU 1", jenis="UU", nomor="1", tahun=2014),) * 2,
        tanggal_revisi="2020",
        pelaksana=(Pelaksana(nama="A", lengkap="A", kolom=1),),
        langkah=tuple(langkah(i, "x", "A", keterangan="y", bentuk=bentuk) for i in (1, 2)),
        alur=(
            Alur(dari=1, ke=2, label="Ya", label_teks="x", dari_pelaksana="A", basis="drawn"),
            Alur(dari=2, ke=9, label="Tidak", basis="drawn"),
        ),
        corrections=(Correction(path="/peringatan/0", before="a", after="b", rule="c", score=1.0),),
    )
    return SopRecord.model_validate(_filled(sop.model_dump(), text, ""))


def _filled(value: Any, text: str, key: str) -> Any:
    if isinstance(value, dict):
        return {k: v if k == "source" else _filled(v, text, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(v, text, key) for v in value]
    return text if isinstance(value, str) and key in _FREE else value


def _marks(*marks: tuple[str, Simbol]) -> tuple[Bentuk, ...]:
    return tuple(Bentuk(pelaksana=p, simbol=s) for p, s in marks)


def _actors(*names: str) -> tuple[Pelaksana, ...]:
    return tuple(Pelaksana(nama=n, lengkap=n, kolom=i) for i, n in enumerate(names, 1))


def _ring(names: tuple[str, ...], count: int) -> SopRecord:
    """Decisions in turn through the actors, each with a way on and a way back."""
    steps = tuple(
        langkah(i, "Memeriksa", names[i * 7 % len(names)], simbol="keputusan")
        for i in range(1, count + 1)
    )
    alur = [Alur(dari=i, ke=i + 1, label="Ya", basis="drawn") for i in range(1, count)]
    alur += [Alur(dari=i, ke=i - 2, label="Tidak", basis="drawn") for i in range(3, count)]
    return record(pelaksana=_actors(*names), langkah=steps, alur=tuple(alur))


def _piled(urutan: int, simbol: Simbol, count: int) -> Langkah:
    return langkah(urutan, "x", "Petugas Loket", bentuk=_marks(("Petugas Loket", simbol)) * count)


_LOKET, _SEKSI = "Petugas Loket", "Kepala Seksi"
ODD: dict[str, SopRecord] = {
    "nothing read": SopRecord(**{k: getattr(record(), k) for k in ("id", "source")}),
    "no steps, but edges": record(langkah=()),
    "one actor": _ring(("Camat",), 9),
    "thirty actors": _ring(tuple(f"Kepala Bidang Ke {i}" for i in range(30)), 12),
    "actors of one name": record(
        pelaksana=_actors("A", "A", "A"),
        langkah=(langkah(1, "x", "A", "A"), langkah(2, "y", "A")),
    ),
    "actors without name or place": record(
        pelaksana=(
            Pelaksana(nama="", lengkap="", kolom=0),
            Pelaksana(nama="B", lengkap="B", kolom=-3),
        )
    ),
    "edges to nowhere": record(
        alur=tuple(
            Alur(dari=a, ke=b, label=label, basis="drawn")
            for a, b, label in product((-1, 1, 2, 99), (0, 1, 2, 10**9), (None, "Ya", "Tidak"))
        )
    ),
    "edges of a row to itself": record(
        alur=tuple(
            Alur(dari=i, ke=i, label=label, dari_pelaksana=a, ke_pelaksana=b, basis="drawn")
            for i, label, a, b in product(
                (1, 2, 3), (None, "Ya", "Tidak"), (None, _LOKET, "x"), (None, _SEKSI)
            )
        )
    ),
    "steps of one place": record(langkah=(langkah(1, "x", _LOKET),) * 4),
    "numbers beyond any": record(
        langkah=(langkah(1, "x", _LOKET, no=10**30), langkah(2, "y", no=-5))
    ),
    "more symbols than a page": record(
        langkah=(
            langkah(1, "x", _LOKET, bentuk=_marks((_LOKET, "proses"), (_SEKSI, "keputusan")) * 20),
            _piled(2, "keputusan", 30),
            _piled(3, "terminator", 3),
        )
    ),
    "everything to everything": record(
        langkah=tuple(
            langkah(i, "x", (_LOKET, _SEKSI)[i % 2], simbol="keputusan") for i in range(1, 8)
        ),
        alur=tuple(
            Alur(dari=a, ke=b, label="Ya" if b > a else "Tidak", basis="drawn")
            for a, b in product(range(1, 8), repeat=2)
        ),
    ),
}
