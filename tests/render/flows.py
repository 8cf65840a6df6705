"""Random flows for the router: decisions with returns, joint steps, lost actors."""

from __future__ import annotations

from random import Random

from sopextract.model.record import Alur, Bentuk, Langkah, Pelaksana, SopRecord
from tests.factories import langkah, record

NAMES = (
    "Sekretaris Daerah", "Asisten Umum", "Kepala Bagian", "Kasubbag Tata Laksana", "Analis",
    "Pengadministrasi Umum", "Arsiparis", "Operator", "Bendahara", "Inspektur", "Camat", "Lurah",
    "Verifikator", "Pimpinan", "Pemohon",
)  # fmt: skip


def random_flow(seed: int, *, max_actors: int = 9, max_steps: int = 22) -> SopRecord:
    """A record whose flow is like those of real sheets: mostly onward, decisions going back."""
    chance = Random(seed)
    names = NAMES[: chance.randint(2, max_actors)]
    count = chance.randint(3, max_steps)
    steps: list[Langkah] = []
    alur: list[Alur] = []
    for urutan in range(1, count + 1):
        decides = 2 < urutan < count and chance.random() < 0.35
        simbol = "keputusan" if decides else "terminator" if urutan in (1, count) else "proses"
        actors = chance.sample(names, 1 if chance.random() < 0.88 else min(2, len(names)))
        lost = 1 < urutan < count and not decides and chance.random() < 0.05
        bentuk = [Bentuk(pelaksana=a, simbol="proses") for a in actors[:-1]]
        bentuk.append(Bentuk(pelaksana=actors[-1], simbol=simbol))
        fields = {"simbol": simbol, "bentuk": () if lost else tuple(bentuk)}
        steps.append(langkah(urutan, "Meneliti berkas", *(() if lost else actors), **fields))
        if urutan < count:
            label = "Ya" if decides else None
            alur.append(Alur(dari=urutan, ke=urutan + 1, label=label, basis="text"))
        if decides:
            back = chance.randint(max(1, urutan - 6), urutan - 1)
            alur.append(Alur(dari=urutan, ke=back, label="Tidak", basis="text"))
    pelaksana = tuple(Pelaksana(nama=n, lengkap=n, kolom=i) for i, n in enumerate(names, 1))
    return record(pelaksana=pelaksana, langkah=tuple(steps), alur=tuple(alur))


def muddle(seed: int) -> SopRecord:
    """A record as bad reading could leave it: arrows to nowhere, twice, in circles, lost actors."""
    chance = Random(seed)
    names = NAMES[: chance.choice((0, 1, 3, 6))]
    count = chance.choice((0, 1, 6, 9))
    steps = tuple(
        langkah(
            chance.choice((i, i, i, 1)),
            chance.choice(("", "x" * 300, "Meneliti berkas")),
            *chance.sample((*names, "Tamu"), min(len(names) + 1, chance.choice((0, 1, 1, 3)))),
            simbol=chance.choice((None, "proses", "keputusan", "terminator")),
        )
        for i in range(1, count + 1)
    )
    alur = tuple(
        Alur(
            dari=chance.randint(0, count + 1),
            ke=chance.randint(0, count + 1),
            label=chance.choice((None, None, "Ya", "Tidak")),
            dari_pelaksana=chance.choice((None, "Camat", *names[:1])),
            basis="order",
        )
        for _ in range(chance.choice((0, count, 2 * count)))
    )
    pelaksana = tuple(
        Pelaksana(nama=n, lengkap=n, kolom=chance.choice((i, i, 2 * i, 1)))
        for i, n in enumerate(names, 1)
    )
    return record(pelaksana=pelaksana, langkah=steps, alur=alur)


def crowded_flow(seed: int) -> SopRecord:
    """A record as full as forms get: 3 to 15 actors, 5 to 60 steps, up to four symbols in a row.

    Decisions lead back to any step before, or on over several; some steps lead on to a later one.
    """
    chance = Random(seed)
    names = NAMES[: chance.randint(3, 15)]
    count = chance.randint(5, 60)
    steps: list[Langkah] = []
    alur: list[Alur] = []
    for urutan in range(1, count + 1):
        decides = 1 < urutan < count and chance.random() < 0.3
        simbol = "keputusan" if decides else "terminator" if urutan in (1, count) else "proses"
        joint = chance.choice((2, 2, 2, 3, 4)) if chance.random() < 0.2 else 1
        actors = chance.sample(names, min(joint, len(names)))
        bentuk = [Bentuk(pelaksana=a, simbol="proses") for a in actors[:-1]]
        bentuk.append(Bentuk(pelaksana=actors[-1], simbol=simbol))
        fields = {"simbol": simbol, "bentuk": tuple(bentuk)}
        steps.append(langkah(urutan, "Meneliti kelengkapan berkas", *actors, **fields))
        if urutan < count:
            far = min(count, urutan + (chance.randint(2, 5) if chance.random() < 0.05 else 1))
            alur.append(Alur(dari=urutan, ke=far, label="Ya" if decides else None, basis="drawn"))
        if decides:
            onward = chance.random() < 0.15
            other = min(count, urutan + chance.randint(2, 8)) if onward else 0
            back = chance.randint(max(1, urutan - chance.choice((3, 3, 8, 60))), urutan - 1)
            alur.append(Alur(dari=urutan, ke=other or back, label="Tidak", basis="drawn"))
    pelaksana = tuple(Pelaksana(nama=n, lengkap=n, kolom=i) for i, n in enumerate(names, 1))
    return record(pelaksana=pelaksana, langkah=tuple(steps), alur=tuple(alur))


def sized_flow(seed: int, count: int) -> SopRecord:
    """A record of just so many steps with five actors, as one in the middle of those met."""
    sop = random_flow(seed + 1000, max_actors=5, max_steps=count)
    step = 1001
    while len(sop.langkah) != count:
        sop = random_flow(seed + 1000 * step, max_actors=5, max_steps=count)
        step += 1
    return sop
