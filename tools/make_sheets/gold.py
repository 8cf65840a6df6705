"""The truth of a sheet in the shape of the record; keys that are left out are not judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.make_sheets.sheet import Gold, Sheet, Step


@dataclass
class Shown:
    """What a layout really printed, where that differs from the sheet.

    `marks`: which rows show a symbol in the right column; `kinds`: its kind where it can be read,
    None where there is none, "?" where the sheet leaves it open.
    `missing`: keys the form does not show, with the value a right reading has.
    """

    marks: list[bool]
    kinds: list[str | None]
    nama: str | None = None
    missing: Gold = field(default_factory=dict)
    signer: Gold | None = None
    actors: list[str] | None = None
    kolom: bool = True
    unjudged: tuple[str, ...] = ()


def _waktu(step: Step) -> Gold | None:
    if step.waktu.shown in ("-", ""):
        return None
    found: Gold = {"teks": step.waktu.shown}
    if step.waktu.judged:
        found |= {
            "durasi": step.waktu.durasi,
            "durasi_maks": step.waktu.durasi_maks,
            "hari": step.waktu.hari,
        }
    return found


def _cell(text: str) -> str | None:
    return None if text.strip() in ("", "-") else text


def _langkah(sheet: Sheet, shown: Shown) -> list[Gold]:
    rows: list[Gold] = []
    for i, step in enumerate(sheet.steps):
        row: Gold = {
            "urutan": i + 1,
            "no": step.no,
            "kegiatan": step.kegiatan.truth,
            "kelengkapan": _cell(step.kelengkapan.truth),
            "waktu": _waktu(step),
            "output": _cell(step.output.truth),
            "keterangan": _cell(step.keterangan),
        }
        known = True if shown.marks[i] else step.known
        if known is not None:
            row["pelaksana"] = [sheet.actors[step.actor]] if known else []
        if shown.kinds[i] != "?" and (shown.kinds[i] is not None or step.back_to is None):
            row["simbol"] = shown.kinds[i]
        rows.append(row)
    return rows


def _alur(sheet: Sheet) -> list[Gold]:
    edges: list[Gold] = []
    for i, step in enumerate(sheet.steps):
        if i + 1 < len(sheet.steps):
            label = "Ya" if step.back_to is not None else None
            edges.append({"dari": i + 1, "ke": i + 2, "label": label})
        if step.back_to is not None:
            edges.append({"dari": i + 1, "ke": step.back_to + 1, "label": "Tidak"})
    return edges


def make_gold(sheet: Sheet, shown: Shown, path: str, index: int = 0) -> Gold:
    """The record's truth for one SOP of the file `path`."""
    signer = sheet.signer
    actors = sheet.actors if shown.actors is None else shown.actors
    gold: Gold = {
        "source": {"path": path, "index": index},
        "instansi": {
            "pemerintah": sheet.pemerintah,
            "perangkat_daerah": sheet.perangkat_daerah,
            "unit_kerja": list(sheet.unit_kerja),
        },
        "nomor_sop": sheet.nomor,
        "nama_sop": shown.nama or sheet.nama,
        "tanggal_pembuatan": None,
        "tanggal_revisi": None,
        "tanggal_efektif": None,
        "tanggal_pengesahan": None,
    }
    gold |= {key: when.iso for key, when in sheet.dates.items()}
    gold["disahkan_oleh"] = shown.signer or {
        "jabatan": signer.jabatan,
        "nama": signer.nama,
        "nip": signer.nip,
        "pangkat": signer.pangkat,
        "status": signer.status,
        "tanda_tangan_elektronik": signer.elektronik,
    }
    gold["dasar_hukum"] = [entry.gold for entry in sheet.dasar_hukum]
    gold |= {key: [item.truth for item in items] for key, items in sheet.lists.items()}
    gold["pelaksana"] = [_pelaksana(sheet, shown, name, i) for i, name in enumerate(actors, 1)]
    gold["langkah"] = _langkah(sheet, shown)
    gold["alur"] = _alur(sheet)
    gold |= shown.missing
    return {key: value for key, value in gold.items() if key not in shown.unjudged}


def _pelaksana(sheet: Sheet, shown: Shown, name: str, kolom: int) -> Gold:
    found: Gold = {"nama": name}
    if name in sheet.lengkap:
        found["lengkap"] = sheet.lengkap[name]
    if shown.kolom:
        found["kolom"] = kolom
    return found
