"""A province's archive of made records: many agencies, procedures that several of them have.

Records alone, nothing printed or read. Agencies stand to one another as in a province: the same
kinds of office in several governments. Every person is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

from sopextract.model.record import (
    Alur,
    DasarHukum,
    DisahkanOleh,
    Instansi,
    Langkah,
    Pelaksana,
    Provenance,
    SopRecord,
    Source,
    Waktu,
)
from tools.make_sheets.agencies import TUNING as AGENCIES
from tools.make_sheets.topics import TUNING as TOPICS
from tools.make_sheets.topics import Act, Topic

REGIONS = (
    "Kabupaten Banyumas", "Kabupaten Cilacap", "Kabupaten Sleman", "Kabupaten Wonogiri",
    "Kota Salatiga", "Kota Tegal", "Kabupaten Kebumen", "Kota Magelang",
)  # fmt: skip
THINGS = (
    "Arsip", "Bantuan", "Cagar Budaya", "Data", "Embung", "Fasilitas", "Gedung", "Hibah", "Irigasi",
    "Jalan", "Kendaraan", "Lahan", "Magang", "Naskah", "Organisasi", "Pasar", "Rapat", "Sanitasi",
    "Tenaga Ahli", "Usaha Mikro", "Vaksin", "Wisata", "Yayasan", "Zakat", "Aset", "Beasiswa",
    "Cuti", "Dana Desa", "Ekspor", "Festival", "Gizi", "Hutan", "Izin", "Jaringan", "Koperasi",
    "Laboratorium", "Museum", "Nelayan", "Obat", "Perpustakaan",
)  # fmt: skip
# What agencies word in their own way: real archives repeat themselves less than a generator does.
WORDS = tuple((files("sopextract.lexicon") / "data" / "kata_domain.txt").read_text().split())
_NAMES = ("ADI", "BUDI", "CITRA", "DEWI", "EKO", "FITRI", "GALIH", "HENDRA", "INDAH", "JOKO")
_MINUTES = (5, 10, 15, 30, 60, 120, 240)
_DAYS = (1, 2, 3, 5, 7)
_DAY_MIN = 450.0
STEP_KEPT, TIME_KNOWN, TEXT_CHANGED, READ = 0.9, 0.93, 0.3, 0.97  # shares, as files seen have them


@dataclass(frozen=True)
class _Agency:
    pemerintah: str
    nama: str
    signer: DisahkanOleh


def make_archive(count: int, seed: int, agency_count: int = 128) -> Iterator[SopRecord]:
    """`count` records, family after family of 2 to 40 sheets; the same for the same seed."""
    rng = random.Random(f"archive/{seed}")
    agencies = _agencies(rng, agency_count)
    made = number = 0
    while made < count:
        topic, first = TOPICS[number % len(TOPICS)], number // len(TOPICS)
        thing = f"{THINGS[first % len(THINGS)]} {THINGS[(number * 7 + first + 1) % len(THINGS)]}"
        size = min(rng.choice((1, 2, 3, 6, 12, 20, 40)), count - made, len(agencies))
        laws = _laws(rng)
        for agency in rng.sample(agencies, size):
            yield _record(rng, agency, topic, thing, laws, made)
            made += 1
        number += 1


def _agencies(rng: random.Random, count: int) -> list[_Agency]:
    found = []
    for i in range(count):
        base, region = AGENCIES[i // len(REGIONS) % len(AGENCIES)], REGIONS[i % len(REGIONS)]
        name = f"{rng.choice(_NAMES)} {rng.choice(_NAMES)} {rng.choice(_NAMES)}, S.Sos"
        born = f"19{rng.randint(60, 89)}0{rng.randint(1, 9)}1{rng.randint(0, 9)}"
        nip = f"{born}20100{i % 9 + 1}1{i:03}"
        signer = DisahkanOleh(jabatan=f"Kepala {base.nama}", nama=name, nip=nip)
        found.append(_Agency(f"Pemerintah {region}", base.nama, signer))
    return found


def _laws(rng: random.Random) -> tuple[DasarHukum, ...]:
    kinds = ("UU", "PP", "Perpres", "PermenPANRB", "Permendagri")
    found = []
    for _ in range(rng.randint(2, 8)):
        jenis, nomor, tahun = rng.choice(kinds), rng.randint(1, 60), rng.randint(2004, 2023)
        status = rng.choice(("berlaku", "berlaku", "diubah", "dicabut", None))
        found.append(DasarHukum(
            teks=f"{jenis} Nomor {nomor} Tahun {tahun}", jenis=jenis, nomor=str(nomor), tahun=tahun,
            id=f"{jenis.lower()}/{tahun}/{nomor}", status=status,
            tentang="Penyelenggaraan Urusan Pemerintahan",
        ))  # fmt: skip
    return tuple(found)


def _record(
    rng: random.Random, agency: _Agency, topic: Topic, thing: str, laws: tuple[DasarHukum, ...],
    number: int,
) -> SopRecord:  # fmt: skip
    acts = [a for a in topic.acts if rng.random() < STEP_KEPT] or list(topic.acts)
    roles = [r for r in topic.order if any(a.role == r for a in acts)]
    steps = tuple(_step(rng, i, act, thing) for i, act in enumerate(acts, 1))
    path = f"{agency.nama}, {agency.pemerintah}/{number:05}.pdf".lower()
    digest = sha256(path.encode()).hexdigest()
    fields = ("nomor_sop", "tanggal_efektif", "peringatan", "keterkaitan")
    unread = {f"/{f}" for f in fields if rng.random() > READ}
    empty = {f for f in fields if rng.random() > 0.9}
    year = 2015 + number % 9
    kept = {
        "nomor_sop": f"{number}/SOP/{year}",
        "tanggal_efektif": f"{year}-03-0{number % 9 + 1}",
    }
    texts = {k: v for k, v in kept.items() if k not in empty and f"/{k}" not in unread}
    return SopRecord(
        id=digest[:16] + "-00",
        source=Source(path=path, sha256=digest, media_type="application/pdf", index=0),
        instansi=Instansi(pemerintah=agency.pemerintah, perangkat_daerah=agency.nama),
        nomor_sop=texts.get("nomor_sop"),
        nama_sop=f"{topic.nama[0].split()[0]} {thing}",
        tanggal_pembuatan=texts.get("tanggal_efektif"),
        tanggal_efektif=texts.get("tanggal_efektif"),
        disahkan_oleh=agency.signer,
        dasar_hukum=tuple(law for law in laws if rng.random() < 0.8),
        kualifikasi_pelaksana=topic.kualifikasi,
        keterkaitan=() if "keterkaitan" in empty else topic.keterkaitan,
        peralatan_perlengkapan=topic.peralatan,
        peringatan=() if "peringatan" in empty else topic.peringatan,
        pencatatan_pendataan=topic.pencatatan,
        pelaksana=tuple(Pelaksana(nama=r.title(), lengkap=r.title(), kolom=i)
                        for i, r in enumerate(roles, 1)),
        langkah=steps,
        alur=_flow(rng, steps),
        provenance={p: Provenance(page=1, method="unread", confidence=0.3) for p in unread},
    )  # fmt: skip


def _step(rng: random.Random, number: int, act: Act, thing: str) -> Langkah:
    text = act.text
    if rng.random() < TEXT_CHANGED:
        text = f"{text} {rng.choice(WORDS)} {rng.choice(WORDS)}"
    text = f"{text} {thing.lower()}"
    return Langkah(
        urutan=number,
        no=number,
        kegiatan=text,
        pelaksana=(act.role.title(),),
        simbol="keputusan" if act.review else "terminator" if number == 1 else "proses",
        kelengkapan=f"{act.kelengkapan} {rng.choice(WORDS)}",
        waktu=_time(rng),
        output=f"{act.output} {thing.lower()}",
    )


def _time(rng: random.Random) -> Waktu:
    if rng.random() > TIME_KNOWN:
        return Waktu(teks="Sesuai jadwal")
    if rng.random() < 0.7:
        minutes = rng.choice(_MINUTES)
        return Waktu(teks=f"{minutes} Menit", durasi=f"PT{minutes}M", menit_kerja=minutes)
    days = rng.choice(_DAYS)
    return Waktu(teks=f"{days} Hari", durasi=f"P{days}D", menit_kerja=days * _DAY_MIN)


def _flow(rng: random.Random, steps: tuple[Langkah, ...]) -> tuple[Alur, ...]:
    edges = []
    for a, b in pairwise(steps):
        label = "Ya" if a.simbol == "keputusan" else None
        edges.append(Alur(dari=a.urutan, ke=b.urutan, label=label, basis="drawn"))
        if a.simbol == "keputusan" and a.urutan > 1:
            back = rng.randint(1, a.urutan - 1)
            edges.append(Alur(dari=a.urutan, ke=back, label="Tidak", basis="drawn"))
    return tuple(edges)
