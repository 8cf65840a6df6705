"""Families of made sheets with known truth: which sheets are one procedure, which steps one.

Records alone, nothing printed or read. A sheet's steps know their atoms: a step
and its halves share them, two sheets' steps are a true pair when they share one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sopextract.lexicon.jabatan import expand_jabatan
from sopextract.model.record import (
    Alur,
    Bentuk,
    DasarHukum,
    DisahkanOleh,
    Instansi,
    Langkah,
    Pelaksana,
    SopRecord,
    Source,
)
from sopextract.normalise.durations import read_waktu
from sopextract.settings import NormaliseSettings
from tools.made_families import lookalikes
from tools.made_families.rewording import APART, TUNING, Rewording, reword, reword_noun
from tools.make_sheets import law, wording
from tools.make_sheets.agencies import Agency
from tools.make_sheets.compose import (
    FIRST_HELD_OUT_SEED,
    Pool,
    make_actors,
    make_nomor,
    make_signer,
    make_time,
    pool_for,
)
from tools.make_sheets.topics import Act, Topic

Atoms = frozenset[str]
_SETTINGS = NormaliseSettings()
# How often a sheet of a family does otherwise than the topic; judged by the seeds and by BPS sheets
# of one procedure: most steps stay, one or two in ten are added, cut or put together.
P_SKIP, P_ADD, P_SPLIT, P_MERGE, P_SWAP = 0.10, 0.12, 0.08, 0.08, 0.05
P_LOOSE = 0.12  # a sheet written anew: few of the steps, others between, other words
P_EMPTY = 0.05  # a cell left empty
P_OTHER = 0.10  # a cell that says something else, as the next sheet's author saw it
_ANY = ("Dokumen", "Berkas", "Disposisi", "Surat", "Laporan", "Data", "Komputer, ATK", "Arahan")


@dataclass(frozen=True)
class MadeSop:
    """One sheet: the procedure it belongs to, and for each step the work that it does."""

    record: SopRecord
    family: str
    atoms: tuple[Atoms, ...]


@dataclass(frozen=True)
class _Work:
    act: Act
    atoms: Atoms
    decision: bool = False


@dataclass(frozen=True)
class _Teller:
    """One family's way of making sheets."""

    rng: random.Random
    pool: Pool
    words: Rewording
    topic: Topic
    family: str
    laws: tuple[DasarHukum, ...]


def make_families(seed: int, sizes: tuple[int, int] = (5, 40)) -> Iterator[MadeSop]:
    """All topics of the seed's vocabulary and their look-alikes, as many sheets each as `sizes`.

    Seeds from 9000 have topics, agencies, labels and rewordings of their own.
    """
    rng = random.Random(f"families/{seed}")
    pool = pool_for(seed)
    words = APART if seed >= FIRST_HELD_OUT_SEED else TUNING
    known = lookalikes.APART if seed >= FIRST_HELD_OUT_SEED else lookalikes.TUNING
    topics = [*pool.topics, *lookalikes.look_alikes(rng, pool.topics, known)]
    for number, topic in enumerate(topics):
        # a hidden skew: small families are more frequent than large ones
        count = rng.randint(sizes[0], sizes[1] if rng.random() < 0.3 else max(sizes[0], 15))
        yield from make_family(rng, pool, words, topic, f"{seed}/{number}", count)


def make_family(
    rng: random.Random, pool: Pool, words: Rewording, topic: Topic, family: str, count: int
) -> Iterator[MadeSop]:
    """`count` sheets of one procedure, each of another agency as far as there are any."""
    teller = _Teller(rng, pool, words, topic, family, _laws_of(rng))
    for number in range(count):
        yield _make(teller, number)


def _make(teller: _Teller, number: int) -> MadeSop:
    rng, topic = teller.rng, teller.topic
    agency = _agency(rng, teller.pool)
    loose = rng.random() < P_LOOSE
    work = _write_anew(rng, teller) if loose else _vary(rng, teller)
    roles = [r for r in topic.order if any(w.act.role == r for w in work)]
    labels, _ = make_actors(rng, teller.pool, topic, agency, roles)
    named = dict(zip(roles, labels, strict=True))
    strength = 0.9 if loose else rng.choice((0.0, 0.3, 0.5, 0.7))
    langkah = tuple(_step(teller, i, w, named, strength) for i, w in enumerate(work, 1))
    path = f"{teller.family.replace('/', '-')}/{number:03}.pdf"
    signer, _ = make_signer(rng, agency)
    record = SopRecord(
        id=sha256(path.encode()).hexdigest()[:16] + "-00",
        source=Source(
            path=path,
            sha256=sha256(path.encode()).hexdigest(),
            media_type="application/pdf",
            index=0,
        ),
        instansi=Instansi(pemerintah=f"Pemerintah {agency.wilayah}", perangkat_daerah=agency.nama),
        nomor_sop=make_nomor(rng, agency, 2022),
        nama_sop=_title(rng, teller, agency, strength),
        tanggal_efektif="2022-03-01",
        disahkan_oleh=DisahkanOleh(jabatan=signer.jabatan, nama=signer.nama, nip=signer.nip),
        dasar_hukum=_cite(rng, teller.laws),
        kualifikasi_pelaksana=topic.kualifikasi,
        keterkaitan=topic.keterkaitan,
        peralatan_perlengkapan=topic.peralatan,
        peringatan=topic.peringatan,
        pencatatan_pendataan=topic.pencatatan,
        pelaksana=tuple(
            Pelaksana(nama=name, lengkap=expand_jabatan(name), kolom=i)
            for i, name in enumerate(dict.fromkeys(labels), 1)
        ),
        langkah=langkah,
        alur=_flow(work),
    )
    return MadeSop(record, teller.family, tuple(w.atoms for w in work))


def _write_anew(rng: random.Random, teller: _Teller) -> list[_Work]:
    """A sheet that shares the procedure with the others and little of their words: some acts of
    the topic, and between them what other procedures do."""
    kept = [(i, a) for i, a in enumerate(teller.topic.acts) if rng.random() < 0.45]
    kept = kept if len(kept) >= 2 else list(enumerate(teller.topic.acts))[:3]
    work = [_Work(act, frozenset({f"{i}.1", f"{i}.2"}), bool(act.review)) for i, act in kept]
    others = [
        act
        for topic in teller.pool.topics
        if topic is not teller.topic
        for act in topic.acts
        if act.role in teller.topic.order
    ]
    for act in rng.sample(others, min(len(others), rng.randint(2, 4))):
        at = rng.randint(1, len(work))
        work.insert(at, _Work(replace(act, review=None), frozenset({f"+{act.text}"})))
    return work


def _vary(rng: random.Random, teller: _Teller) -> list[_Work]:
    """The topic's acts as one agency does them: some skipped, added, split, merged, swapped."""
    acts = list(enumerate(teller.topic.acts))
    kept = [(i, a) for i, a in acts if rng.random() >= P_SKIP * (1 + a.optional)]
    kept = kept if len(kept) >= 4 else acts
    work: list[_Work] = []
    for i, act in kept:
        atoms = frozenset({f"{i}.1", f"{i}.2"})
        if rng.random() < P_SPLIT:
            work.extend(_split(act, i))
        else:
            work.append(_Work(act, atoms, bool(act.review)))
    work = _merge(rng, work)
    if len(work) > 4 and rng.random() < P_SWAP * len(work):
        at = rng.randint(1, len(work) - 3)
        work[at], work[at + 1] = work[at + 1], work[at]
    pool = [*teller.words.added, *wording.PADDING]
    for at in reversed(range(1, len(work))):
        if rng.random() < P_ADD:
            text, needs, gives, menit = rng.choice(pool)
            if all(w.act.text != text for w in work):
                act = Act(work[at - 1].act.role, text, needs, gives, menit)
                work.insert(at, _Work(act, frozenset({f"+{text}"})))
    return work


def _split(act: Act, number: int) -> list[_Work]:
    """One act in two steps: its two verbs, or its preparation and itself."""
    first, joined, second = act.text.partition(" dan me")
    if joined:
        texts = (first, f"Me{second}")
    else:
        verb, _, rest = act.text.partition(" ")
        texts = (f"Menyiapkan bahan untuk {verb.lower()} {rest}", act.text)
    return [
        _Work(
            replace(act, text=text, menit=max(5, act.menit // 2), review=None),
            frozenset({f"{number}.{half}"}),
        )
        for half, text in enumerate(texts, 1)
    ]


def _merge(rng: random.Random, work: Sequence[_Work]) -> list[_Work]:
    """Two neighbouring acts of one actor, or of two, in one step."""
    done: list[_Work] = []
    for one in work:
        before = done[-1] if done else None
        whole = before is not None and len(before.atoms) == 2 and len(one.atoms) == 2
        if before and whole and rng.random() < P_MERGE and not before.decision:
            text = f"{before.act.text} serta {one.act.text[:1].lower()}{one.act.text[1:]}"
            menit = before.act.menit + one.act.menit
            act = replace(one.act, text=text, kelengkapan=before.act.kelengkapan, menit=menit)
            done[-1] = _Work(act, before.atoms | one.atoms, one.decision)
        else:
            done.append(one)
    return done


def _step(
    teller: _Teller, urutan: int, work: _Work, named: dict[str, str], strength: float
) -> Langkah:
    rng, act = teller.rng, work.act
    text = reword(rng, teller.words, act.text, strength)
    label = named[act.role]
    if rng.random() < 0.15 * strength:
        text = f"{label} {text[:1].lower()}{text[1:]}"
    if rng.random() < 0.12:
        other = rng.choice(list(named.values()))
        text = rng.choice(teller.pool.words.handover).format(text=text, next=other)
    if work.decision and rng.random() < 0.5:
        text = f"{text}, jika tidak setuju dikembalikan, jika setuju diparaf"
    simbol = "keputusan" if work.decision else "proses"
    if urutan == 1:
        simbol = "terminator"
    drawn = rng.random() >= P_EMPTY
    time = make_time(rng, act.menit * rng.choice((1, 1, 1, 2)))
    shown = None if rng.random() < P_EMPTY else read_waktu(time.shown, None, _SETTINGS)
    return Langkah.model_validate(
        {
            "urutan": urutan,
            "no": urutan,
            "kegiatan": text,
            "pelaksana": (label,) if drawn else (),
            "bentuk": (Bentuk.model_validate({"pelaksana": label, "simbol": simbol}),)
            if drawn
            else (),
            "simbol": simbol if drawn else None,
            "kelengkapan": _cell(teller, act.kelengkapan, strength),
            "waktu": shown,
            "output": _cell(teller, act.output, strength),
        }
    )


def _cell(teller: _Teller, text: str, strength: float) -> str | None:
    roll = teller.rng.random()
    if roll < P_EMPTY:
        return None
    if roll < P_EMPTY + P_OTHER:
        return teller.rng.choice(_ANY)
    return reword_noun(teller.rng, teller.words, text, strength)


def _flow(work: Sequence[_Work]) -> tuple[Alur, ...]:
    found: list[Alur] = []
    for i, one in enumerate(work, 1):
        back = i > 1 and one.decision and i < len(work)
        if i < len(work):
            found.append(Alur(dari=i, ke=i + 1, label="Ya" if back else None, basis="drawn"))
        if back:
            found.append(Alur(dari=i, ke=i - 1, label="Tidak", basis="drawn"))
    return tuple(found)


def _title(rng: random.Random, teller: _Teller, agency: Agency, strength: float) -> str:
    """One of the topic's titles, framed and reworded; "Pengelolaan Surat Masuk Dinas" is both."""
    first, *others = teller.topic.nama
    nama = first if rng.random() < 0.6 else rng.choice(others)
    nama = nama if rng.random() < 0.6 else reword_noun(rng, teller.words, nama, strength * 0.6)
    frame = rng.choice(teller.words.titles)
    return frame.format(nama=nama, instansi=agency.nama, wilayah=agency.wilayah)


def _agency(rng: random.Random, pool: Pool) -> Agency:
    """An agency of the pool in some region: forty sheets need more regions than there are."""
    agency = rng.choice(pool.agencies)
    if rng.random() < 0.6:
        return replace(agency, wilayah=rng.choice(_REGIONS))
    return agency


_REGIONS = (
    "Kabupaten Bantul", "Kabupaten Cilacap", "Kabupaten Jepara", "Kabupaten Kudus",
    "Kabupaten Lamongan", "Kabupaten Magetan", "Kabupaten Ngawi", "Kabupaten Paser",
    "Kabupaten Sinjai", "Kabupaten Takalar", "Kota Ambon", "Kota Binjai", "Kota Dumai",
    "Kota Kediri", "Kota Palopo", "Kota Salatiga", "Provinsi Banten", "Provinsi Gorontalo",
)  # fmt: skip


# What every sheet may cite, whatever it is about.
_GENERAL, P_GENERAL = 5, 0.35


def _laws_of(rng: random.Random, count: int = 3) -> tuple[DasarHukum, ...]:
    """What sheets of a family cite beside what every sheet cites."""
    return tuple(_law(act) for act in rng.sample(law.ACTS[_GENERAL:], count))


def _law(act: law.Act) -> DasarHukum:
    return DasarHukum(
        teks=f"{act.forms[-1]} Nomor {act.nomor} Tahun {act.tahun}",
        jenis=act.jenis,
        nomor=act.nomor,
        tahun=act.tahun,
        tentang=act.tentang,
        id=f"{act.segment}/{act.tahun}/{act.nomor}",
    )


def _cite(rng: random.Random, laws: Sequence[DasarHukum]) -> tuple[DasarHukum, ...]:
    kept = [one for one in laws if rng.random() < 0.65]
    kept.extend(_law(act) for act in law.ACTS[:_GENERAL] if rng.random() < P_GENERAL)
    if rng.random() < 0.4:
        kept.extend(one for one in _laws_of(rng, 2) if one not in kept)
    return tuple(kept) if rng.random() >= P_EMPTY else ()
