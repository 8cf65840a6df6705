"""A province's archive of made records: agencies, empty and unread items, statuses of regulations.

The sheets are those of `made_families.make_many`; here they are given to agencies that stand to
one another as in a province (the same kinds of office in several governments), and made as
incomplete as sheets seen are. Records alone, nothing printed or read. Every person is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sopextract.model.record import (
    DasarHukum,
    DisahkanOleh,
    Instansi,
    Provenance,
    SopRecord,
    Source,
)
from tools.made_families.many import make_many
from tools.make_sheets.agencies import TUNING as AGENCIES

REGIONS = (
    "Kabupaten Banyumas", "Kabupaten Cilacap", "Kabupaten Sleman", "Kabupaten Wonogiri",
    "Kota Salatiga", "Kota Tegal", "Kabupaten Kebumen", "Kota Magelang",
)  # fmt: skip
_NAMES = ("ADI", "BUDI", "CITRA", "DEWI", "EKO", "FITRI", "GALIH", "HENDRA", "INDAH", "JOKO")
_MAY_LACK = ("nomor_sop", "tanggal_efektif", "peringatan", "keterkaitan", "dasar_hukum")
Status = Literal["berlaku", "dicabut", "diubah"] | None
STATUSES: tuple[Status, ...] = ("berlaku", "berlaku", "diubah", "dicabut", None)
EMPTY, UNREAD = 0.08, 0.03  # shares of these items, as files seen have them
_UNREAD = Provenance(page=1, method="unread", confidence=0.3)


@dataclass(frozen=True)
class _Agency:
    pemerintah: str
    nama: str
    signer: DisahkanOleh


def make_archive(count: int, seed: int, agency_count: int = 128) -> Iterator[SopRecord]:
    """`count` records, family after family; the same for the same seed."""
    rng = random.Random(f"archive/{seed}")
    agencies = _agencies(rng, agency_count)
    family, turn = "", 0
    for number, made in enumerate(make_many(count, seed)):
        if made.family != family:
            family, turn = made.family, 0
            rng.shuffle(agencies)
        yield _put(rng, made.record, agencies[turn % len(agencies)], number)
        turn += 1


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


def _put(rng: random.Random, record: SopRecord, agency: _Agency, number: int) -> SopRecord:
    """The sheet in an agency's hands, with what it lacks and what was not read."""
    path = f"{agency.nama}, {agency.pemerintah}/{number:05}.pdf".lower()
    digest = sha256(path.encode()).hexdigest()
    year = 2015 + number % 9
    unread = [name for name in _MAY_LACK if rng.random() < UNREAD]
    lost = {*unread, *(name for name in _MAY_LACK if rng.random() < EMPTY)}
    changed = {
        "id": digest[:16] + "-00",
        "source": Source(path=path, sha256=digest, media_type="application/pdf", index=0),
        "instansi": Instansi(pemerintah=agency.pemerintah, perangkat_daerah=agency.nama),
        "disahkan_oleh": agency.signer,
        "nomor_sop": f"{number}/SOP/{year}",
        "tanggal_pembuatan": f"{year}-03-01",
        "tanggal_efektif": f"{year}-03-0{number % 9 + 1}",
        "dasar_hukum": tuple(
            d.model_copy(update={"status": _status(d)}) for d in record.dasar_hukum
        ),
    }
    none = {name: () if isinstance(getattr(record, name), tuple) else None for name in lost}
    provenance = {f"/{name}": _UNREAD for name in unread}
    return record.model_copy(update=changed | none | {"provenance": provenance})


def _status(law: DasarHukum) -> Status:
    """The same for the same regulation."""
    chosen = random.Random(f"law/{law.id or law.teks}").randrange(len(STATUSES))
    return STATUSES[chosen]
