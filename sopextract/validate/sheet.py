"""What several rules ask about a sheet: the Indonesian name of a place, agency kind, region."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sopextract.core.text import fold, squeeze, words
from sopextract.lexicon.wilayah import find_wilayah, provinsi_of
from sopextract.model.record import DAFTAR, SopRecord

NAMES = {
    "instansi": "Nama instansi",
    "pemerintah": "Nama pemerintah",
    "perangkat_daerah": "Perangkat daerah",
    "unit_kerja": "Unit kerja",
    "nomor_sop": "Nomor SOP",
    "nama_sop": "Nama SOP",
    "tanggal_pembuatan": "Tanggal Pembuatan",
    "tanggal_revisi": "Tanggal Revisi",
    "tanggal_efektif": "Tanggal Efektif",
    "tanggal_pengesahan": "Tanggal Pengesahan",
    "disahkan_oleh": "Disahkan Oleh",
    "jabatan": "Jabatan",
    "nama": "Nama",
    "lengkap": "Nama lengkap",
    "nip": "NIP",
    "pangkat": "Pangkat",
    "status": "Status",
    "tanda_tangan_elektronik": "Tanda tangan elektronik",
    "dasar_hukum": "Dasar Hukum",
    "kualifikasi_pelaksana": "Kualifikasi Pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan_perlengkapan": "Peralatan/Perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan_pendataan": "Pencatatan dan Pendataan",
    "pelaksana": "Pelaksana",
    "langkah": "Langkah",
    "no": "Nomor",
    "kegiatan": "Kegiatan",
    "bentuk": "Simbol",
    "simbol": "Simbol",
    "kelengkapan": "Kelengkapan",
    "waktu": "Waktu",
    "durasi": "Lama waktu",
    "output": "Output",
    "keterangan": "Keterangan",
    "alur": "Alur",
    "judul_lain": "Judul lain",
    "bagian_tabel": "Bagian tabel",
    "page_notes": "Catatan halaman",
    "lainnya": "Isian lain",
    "daerah": "Daerah",
    "tentang": "Judul peraturan",
    "diubah_dengan": "Peraturan perubahan",
    "juncto": "Peraturan juncto",
}


_KINDS = (  # first match wins: a secretariat's bureau is not an agency of its own
    ("setda", r"\bsekretariat daerah\b|\bsetda\b|^biro\b"),
    ("setwan", r"\bsekretariat (dprd|dewan|dpr)\b|\bsetwan\b"),
    ("dinas", r"\bdinas\b"),
    ("rumah_sakit", r"\brumah sakit\b|\brsud\b"),
    ("badan", r"\bbadan\b"),
    ("inspektorat", r"\binspektorat\b"),
    ("satuan", r"\bsatuan polisi\b|\bsatpol\b"),
    ("kecamatan", r"\bkecamatan\b"),
    ("desa", r"\b(kelurahan|desa|nagari|gampong|pekon|kampung)\b"),
    ("kementerian", r"\bkementerian\b"),
)


def quote(text: str, limit: int = 80) -> str:
    """The text in quotes, squeezed, cut at `limit` characters (what fits one line of a report)."""
    text = squeeze(text)
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return f'"{text}"'


def name_of(pointer: str) -> str:
    """A pointer in words: `/langkah/2/waktu` is "langkah ke-3, Waktu"."""
    parts = [p for p in pointer.split("/") if p]
    said: list[str] = []
    for i, part in enumerate(parts):
        if part.isdecimal() and said:
            number = int(part) + 1
            last = parts[i - 1]
            if last == "alur":
                said[-1] = "Panah"
            elif last == "langkah":
                said[-1] = f"langkah ke-{number}"
            else:
                said[-1] = f"{said[-1]} butir {number}"
        elif part in {"teks", "perangkat_daerah", "pemerintah"} and said:
            if part != "teks":
                said[-1] = NAMES[part]
        else:
            said.append(NAMES.get(part, part))
    text = ", ".join(said) or "dokumen"
    return text[0].upper() + text[1:]


def value_at(record: SopRecord, pointer: str) -> object:
    """The value that a pointer names; None when it leads nowhere."""
    value: object = record
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, tuple):
            if not part.isdecimal() or int(part) >= len(value):
                return None
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
        if value is None:
            return None
    return value


def existing(record: SopRecord, pointer: str) -> str:
    """The pointer, cut until it leads to something in the record; "" is the whole record."""
    while pointer and not _exists(record, pointer):
        pointer = pointer.rpartition("/")[0]
    return pointer


def _exists(record: SopRecord, pointer: str) -> bool:
    parent, _, leaf = pointer.rpartition("/")
    holder = value_at(record, parent) if parent else record
    if isinstance(holder, tuple):
        return leaf.isdecimal() and int(leaf) < len(holder)
    if isinstance(holder, dict):
        return leaf in holder
    return leaf in getattr(type(holder), "model_fields", {})


def agency_kind(record: SopRecord) -> str | None:
    """What sort of agency made the sheet: "dinas", "badan", "setda" …; None when not told."""
    name = fold(record.instansi.perangkat_daerah or "")
    for kind, pattern in _KINDS:
        if re.search(pattern, name):
            return kind
    return None


def own_region(record: SopRecord) -> str | None:
    """The region the sheet belongs to ("Kabupaten Balangan"); None when it is not told or known."""
    for text in (record.instansi.pemerintah, record.instansi.perangkat_daerah):
        found = find_wilayah(text or "")
        if found:
            return found[0]
    return None


def is_foreign(region: str, own: str) -> bool:
    """Whether a region is neither the sheet's own, nor its province, nor a part of it."""
    return region != own and provinsi_of(own) != region and provinsi_of(region) != own


def texts_of(record: SopRecord) -> list[tuple[str, str]]:
    """Every free text of the sheet with its pointer, the legal basis and the agency apart."""
    found: list[tuple[str, str]] = []
    for name in DAFTAR:
        found += [(f"/{name}/{i}", t) for i, t in enumerate(getattr(record, name))]
    for i, step in enumerate(record.langkah):
        for name in ("kegiatan", "kelengkapan", "output", "keterangan"):
            text = getattr(step, name)
            if text:
                found.append((f"/langkah/{i}/{name}", text))
    return found


def actor_words(text: str) -> frozenset[str]:
    """The telling words of a post, abbreviations opened, for comparing two names of one actor."""
    return frozenset(_OPEN.get(w, w) for w in words(text) if w not in _EMPTY)


_EMPTY = frozenset({"ka", "dan", "di", "pada", "selaku", "para", "the", "sub"})
_OPEN = {
    "kasubag": "kasubbag",
    "subag": "kasubbag",
    "subbag": "kasubbag",
    "subbagian": "kasubbag",
    "kasie": "kasi",
    "sekdis": "sekretaris",
    "sekr": "sekretaris",
    "staff": "staf",
    "kadin": "kadis",
}


def runs(positions: Sequence[int]) -> list[list[int]]:
    """Rising positions cut into runs without gaps: [0, 1, 2, 5] → [[0, 1, 2], [5]]."""
    out: list[list[int]] = []
    for position in positions:
        if out and out[-1][-1] + 1 == position:
            out[-1].append(position)
        else:
            out.append([position])
    return out
