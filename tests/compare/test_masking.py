"""Masked reports: no name and no NIP of the input in any byte of any output."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from sopextract.batch import write_report
from sopextract.compare.masking import MASKED_NAME, MASKED_NIP, mask_records, name_words
from sopextract.compare.page import render
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import DisahkanOleh, SopRecord
from sopextract.settings import CompareSettings, Settings
from tests.compare.sheets import COPIED_STEPS, COPY_STEPS, sheet
from tests.factories import record

PEOPLE = (
    ("Drs. H. BAGUS WIRYAWAN PUTRA, M.Si", "197203151998031004"),
    ("Dra. Hj. Sekar Larasati", "198001012005012003"),
    ("Wironegoro", "196512311990031021"),
)
SECRETS = ("wiryawan", "sekar larasati", "larasati", "wironegoro", *(nip for _, nip in PEOPLE))


def spaced(nip: str) -> str:
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def archive() -> list[SopRecord]:
    """Three sheets; each names its own signer, and the others' where texts were copied."""
    (first, one), (second, two), (third, three) = PEOPLE
    steps = (*COPIED_STEPS, (f"Menghadap Bagus  Wiryawan Putra, NIP. {spaced(one)}", "Sekretaris",
                             "Sesuai jadwal", "Arahan Dra. Sekar Larasati"))  # fmt: skip
    copies = (*COPY_STEPS, ("Menghadap bagus wiryawan\nputra", "Sekretaris", "1 Jam", "Arahan"))
    finding = Finding(rule="ID-04", severity=Severity.ERROR, kind=Kind.READING, path="/disahkan",
                      message=f"NIP {two[:-1]} milik Sekar Larasati tidak sah.",
                      help=f"Cek {two}")  # fmt: skip
    return [
        sheet(f"a/sop-sekar_larasati-{one}.pdf", "Dinas Sosial", "Pemerintah Kota Tegal",
              f"Monev oleh {first}", steps, findings=(finding,),
              disahkan_oleh=DisahkanOleh(jabatan="Kepala Dinas", nama=first, nip=one)),
        sheet("b.pdf", "Dinas Pangan Sekar Larasati", "Pemerintah Kota Batu", "Monev", copies,
              peringatan=(f"Hubungi {second} ({spaced(two)}) atau BAGUS WIRYAWAN PUTRA",),
              disahkan_oleh=DisahkanOleh(jabatan="Plt. Kepala", nama=second, nip=two)),
        sheet("c-wironegoro.pdf", "Dinas Wisata", "Pemerintah Kota Batu", "Ketertiban",
              COPIED_STEPS[:4], nomor_sop="WIRONEGORO/1",
              keterkaitan=(f"nip {three}", "NRP 80010123"),
              disahkan_oleh=DisahkanOleh(jabatan="Kepala", nama=third, nip=three)),
    ]  # fmt: skip


def texts_of(name: str, data: bytes) -> Iterator[str]:
    """All that a file holds, unpacked."""
    yield data.decode("utf-8", "replace")
    if name.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                text = parts.read(part).decode()
                yield text
                yield re.sub(r"<[^>]+>", "", text)
    for packed in re.findall(rb"data-packed>([^<]+)<", data):
        yield gzip.decompress(b64decode(packed)).decode()
    for picture in re.findall(rb"data:image/svg\+xml;base64,([^\"]+)", data):
        yield b64decode(picture).decode()


@pytest.mark.parametrize("packed", [False, True])
def test_no_output_byte_tells_a_name_or_nip(
    tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if packed:
        monkeypatch.setattr(render, "PLAIN_MAX", 0)
    settings = Settings(compare=CompareSettings(mask=True, notes=True))
    write_report(archive(), tmp_path, settings)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 6
    for path in files:
        whole = [str(path.relative_to(tmp_path)), *texts_of(path.name, path.read_bytes())]
        for text in whole:
            for told in (text, text.replace(" ", ""), text.replace("\\n", " ")):
                found = [s for s in SECRETS if s in " ".join(told.lower().split())]
                assert found == [], path.name
    assert MASKED_NAME in (tmp_path / "comparison.json").read_text()


def test_the_same_search_finds_them_where_nothing_is_masked(tmp_path: Path) -> None:
    write_report(archive(), tmp_path, Settings(compare=CompareSettings(notes=True)))
    for name in ("index.html", "comparison.xlsx", "comparison.json"):
        whole = " ".join(texts_of(name, (tmp_path / name).read_bytes())).lower()
        assert all(secret in whole for secret in ("wiryawan", "larasati", PEOPLE[0][1])), name


def test_what_is_no_name_stays() -> None:
    made = record(
        disahkan_oleh=DisahkanOleh(jabatan="Kepala", nama="Surat", nip=None),
        nomor_sop="000.8.3.3/123/2024",
        peringatan=("UU 25/2009 dan 12 laporan",),
    )
    other = record(disahkan_oleh=DisahkanOleh(nama="Kepala Dinas", nip=None))
    masked, kept = mask_records([made, other])
    assert masked.nomor_sop == "000.8.3.3/123/2024"
    assert masked.peringatan == ("UU 25/2009 dan 12 laporan",)
    assert masked.langkah[0].kegiatan == f"Menerima {MASKED_NAME} masuk"  # its own signer's name
    assert kept.langkah[0].kegiatan == "Menerima surat masuk"
    assert masked.langkah[1].pelaksana == ("Kepala Seksi",)
    assert kept.disahkan_oleh.nama == MASKED_NAME


@pytest.mark.parametrize(
    "text",
    ["19800101 200501 2 003", "198001012005012003", "NIP. 130123456", "nip 1980 0101 2005 0120 0",
     "19800101-200501-2-003", "NIP I98OO101 2005O1 2 OO3"],
)  # fmt: skip
def test_every_way_to_write_a_nip(text: str) -> None:
    (masked,) = mask_records([record(peringatan=(f"Ali ({text}) hadir",))])
    assert MASKED_NIP in masked.peringatan[0]
    assert not re.search(r"\d", masked.peringatan[0])


def test_titles_are_no_part_of_a_name() -> None:
    assert name_words("Drs. H. BAGUS WIRYAWAN PUTRA, M.Si") == ("bagus", "wiryawan", "putra")
    assert name_words(None) == ()


def test_corrections_find_a_path_with_a_name_and_do_not_print_it(tmp_path: Path) -> None:
    file = tmp_path / "keluarga.toml"
    named = "Ratna Kusumadewi.pdf"
    file.write_text(
        f'[[pisah]]\nsop = ["{named}", "b.pdf", "lama/{named}"]\n[[keluarga]]\n'
        f'anggota = ["{named}"]\nnama = "Surat Ratna Kusumadewi"\n',
        encoding="utf-8",
    )
    made = record()
    records = [
        made.model_copy(update={"source": made.source.model_copy(update={"path": path})})
        for path in (named, "b.pdf")
    ]
    settings = Settings(compare=CompareSettings(mask=True, keluarga=file))
    outcome = write_report(records, tmp_path / "report", settings)
    text = (tmp_path / "report" / "comparison.json").read_text(encoding="utf-8")
    assert json.loads(text)["families"] == []  # parted, as the user said
    assert f'"lama/{MASKED_NAME}.pdf" tidak ada' in outcome.message
    assert "kusumadewi" not in (text + outcome.message).lower()
    assert "kusumadewi" not in (tmp_path / "report" / "index.html").read_text("utf-8").lower()
