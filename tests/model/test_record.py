"""The record against its contract: names, and a schema that says what is always there."""

from __future__ import annotations

import json

from sopextract.model.record import SopRecord
from sopextract.store import render_record
from tests.factories import langkah, record

# The contract's keys, part by part. Adding is fine; renaming one breaks users' scripts.
CONTRACT = {
    "SopRecord": """schema_version id source instansi nomor_sop nama_sop tanggal_pembuatan
        tanggal_revisi tanggal_efektif tanggal_pengesahan disahkan_oleh dasar_hukum
        kualifikasi_pelaksana keterkaitan peralatan_perlengkapan peringatan pencatatan_pendataan
        pelaksana langkah alur corrections provenance findings""",
    "Source": "path sha256 media_type index pages ocr",
    "Ocr": "engine version mean_confidence",
    "Instansi": "pemerintah perangkat_daerah unit_kerja",
    "DisahkanOleh": "jabatan nama nip pangkat status tanda_tangan_elektronik",
    "DasarHukum": """teks jenis nomor tahun tentang daerah penerbit id diubah_dengan juncto
        status""",
    "Pelaksana": "nama lengkap kolom",
    "Langkah": """urutan no kegiatan pelaksana bentuk simbol kelengkapan waktu output
        keterangan""",
    "Bentuk": "pelaksana simbol",
    "Waktu": "teks durasi durasi_maks hari menit_kerja",
    "Alur": "dari ke dari_pelaksana ke_pelaksana label label_teks basis",
    "Correction": "path before after rule score",
    "Provenance": "page bbox line where method confidence",
    "Finding": "rule severity kind path message help",
}


def test_the_schema_has_every_key_of_the_contract_and_requires_it() -> None:
    schema = SopRecord.model_json_schema(mode="serialization")
    parts = {"SopRecord": schema, **schema["$defs"]}
    for part, names in CONTRACT.items():
        assert set(names.split()) <= set(parts[part]["required"]), part
        assert set(parts[part]["required"]) == set(parts[part]["properties"]), part
        assert parts[part]["additionalProperties"] is False, part


def test_a_record_on_disk_has_every_key_of_its_schema() -> None:
    schema = SopRecord.model_json_schema(mode="serialization")
    written = json.loads(render_record(record(langkah=(langkah(1, "Mencatat surat"),))))
    assert list(written) == list(schema["properties"])
    assert list(written["langkah"][0]) == list(schema["$defs"]["Langkah"]["properties"])
