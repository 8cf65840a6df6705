"""Random flows: decisions with returns, joint steps, several symbols of an actor, lost actors."""

from __future__ import annotations

from random import Random

from sopextract.model.draft import Basis, Simbol
from sopextract.model.record import Alur, Bentuk, Langkah, Pelaksana, SopRecord
from tests.factories import langkah, record

NAMES = (
    "Sekretaris Daerah", "Asisten Umum", "Kepala Bagian", "Kasubbag Tata Laksana", "Analis",
    "Pengadministrasi Umum", "Arsiparis", "Operator", "Bendahara", "Inspektur", "Camat", "Lurah",
    "Verifikator", "Pimpinan", "Pemohon",
)  # fmt: skip


def _symbols(chance: Random, actors: list[str], simbol: Simbol, share: float) -> tuple[Bentuk, ...]:
    """The symbols of a row, one for each actor, its own kind last; in that share of rows more.

    Then an actor has two: a capsule and a box, a task and its decision in either order, or the
    first of several actors goes on after the last.
    """
    found: list[tuple[str, Simbol]] = [(actor, "proses") for actor in actors[:-1]]
    found.append((actors[-1], simbol))
    if chance.random() < share:
        if len(actors) > 1 and chance.random() < 0.5:
            found.append((actors[0], "proses"))
        elif simbol == "proses" or (simbol == "keputusan" and chance.random() < 0.5):
            found.append((actors[-1], "proses"))
        else:
            found.insert(len(found) - 1, (actors[-1], "proses"))
    return tuple(Bentuk(pelaksana=actor, simbol=kind) for actor, kind in found)


def _exits(urutan: int, ke: int, bentuk: tuple[Bentuk, ...], basis: Basis) -> list[Alur]:
    """The edge onward of a row; the Ya of a decision that is not its last symbol stays in it."""
    kinds = [b.simbol for b in bentuk]
    if "keputusan" not in kinds:
        return [Alur(dari=urutan, ke=ke, basis=basis)]
    if kinds[-1] == "keputusan":
        return [Alur(dari=urutan, ke=ke, label="Ya", basis=basis)]
    at = kinds.index("keputusan")
    source, target = bentuk[at].pelaksana, bentuk[at + 1].pelaksana
    inside = Alur(
        dari=urutan,
        ke=urutan,
        dari_pelaksana=source,
        ke_pelaksana=target,
        label="Ya",
        basis=basis,
    )
    last = bentuk[-1].pelaksana
    return [inside, Alur(dari=urutan, ke=ke, dari_pelaksana=last, basis=basis)]


def random_flow(seed: int, *, max_actors: int = 9, max_steps: int = 22) -> SopRecord:
    """A record whose flow is like those of real sheets: mostly onward, decisions going back."""
    chance = Random(seed)
    names = NAMES[: chance.randint(2, max_actors)]
    count = chance.randint(3, max_steps)
    steps: list[Langkah] = []
    alur: list[Alur] = []
    for urutan in range(1, count + 1):
        decides = 2 < urutan < count and chance.random() < 0.35
        simbol: Simbol = (
            "keputusan" if decides else "terminator" if urutan in (1, count) else "proses"
        )
        actors = chance.sample(names, 1 if chance.random() < 0.88 else min(2, len(names)))
        lost = 1 < urutan < count and not decides and chance.random() < 0.05
        bentuk = _symbols(chance, actors, simbol, 0.12)
        if urutan == 1:  # the capsule that begins comes first
            bentuk = bentuk[::-1]
        fields = {"simbol": simbol, "bentuk": () if lost else bentuk}
        steps.append(langkah(urutan, "Meneliti berkas", *(() if lost else actors), **fields))
        if urutan < count:
            alur += _exits(urutan, urutan + 1, bentuk, "text")
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
    """A record as full as forms get: 3 to 15 actors, 5 to 60 steps, up to five symbols in a row.

    Decisions lead back to any step before, or on over several; some steps lead on to a later one.
    """
    chance = Random(seed)
    names = NAMES[: chance.randint(3, 15)]
    count = chance.randint(5, 60)
    steps: list[Langkah] = []
    alur: list[Alur] = []
    for urutan in range(1, count + 1):
        decides = 1 < urutan < count and chance.random() < 0.3
        simbol: Simbol = (
            "keputusan" if decides else "terminator" if urutan in (1, count) else "proses"
        )
        joint = chance.choice((2, 2, 2, 3, 4)) if chance.random() < 0.2 else 1
        actors = chance.sample(names, min(joint, len(names)))
        bentuk = _symbols(chance, actors, simbol, 0.15)
        if urutan == 1:
            bentuk = bentuk[::-1]
        fields = {"simbol": simbol, "bentuk": bentuk}
        steps.append(langkah(urutan, "Meneliti kelengkapan berkas", *actors, **fields))
        if urutan < count:
            far = min(count, urutan + (chance.randint(2, 5) if chance.random() < 0.05 else 1))
            alur += _exits(urutan, far, bentuk, "drawn")
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
