"""The page of changes: what was corrected, and which findings are open."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.lexicon.labels import canonical_label
from sopextract.model.record import SopRecord
from sopextract.render.sheet.printed import clean_text

SEVERITIES = {"error": "harus dibetulkan", "warning": "perlu diperiksa", "info": "untuk diketahui"}
_OTHER = {
    "instansi": "Instansi",
    "pelaksana": "Pelaksana",
    "langkah": "Langkah",
    "alur": "Alur",
    "disahkan_oleh": "Disahkan oleh",
    "nama": "nama",
    "nip": "NIP",
    "jabatan": "jabatan",
    "pangkat": "pangkat",
    "status": "status",
    "pemerintah": "pemerintah",
    "perangkat_daerah": "perangkat daerah",
    "unit_kerja": "unit kerja",
    "teks": "",
    "durasi": "lama",
    "simbol": "simbol",
    "bentuk": "simbol",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Corrections as part, before, after and rule; findings as severity, part and message."""

    corrections: tuple[tuple[str, str, str, str], ...]
    findings: tuple[tuple[str, str, str], ...]


def changes_of(record: SopRecord) -> Changes:
    """What the page of changes of a record lists, in the record's order, nothing twice."""
    corrections = [
        (
            clean_text(name_part(record, c.path)),
            clean_text(c.before) or "(kosong)",
            clean_text(c.after) or "(dihapus)",
            clean_text(c.rule),
        )
        for c in record.corrections
    ]
    findings = [
        (SEVERITIES[f.severity], clean_text(name_part(record, f.path)), clean_text(f.message))
        for f in record.findings
    ]
    return Changes(tuple(dict.fromkeys(corrections)), tuple(dict.fromkeys(findings)))


def name_part(record: SopRecord, path: str) -> str:
    """The part of the sheet that a pointer of the record names, in words.

    `/langkah/3/kegiatan` is "Langkah 4, Kegiatan" where that step is numbered 4.
    """
    if path.startswith("label:"):
        return f"Label {_word(path.removeprefix('label:'))}"
    keys = [key for key in path.split("/") if key]
    if not keys:
        return "Lembar"
    words: list[str] = []
    for before, key in zip(["", *keys], keys, strict=False):
        if not key.isdecimal():
            word = _word(key)
            words += [word] if word else []
        elif before == "langkah" and int(key) < len(record.langkah):
            step = record.langkah[int(key)]
            words[-1] += f" {step.urutan if step.no is None else step.no}"
        elif words:
            words[-1] += f" {int(key) + 1}"
    return ", ".join(words)


def _word(key: str) -> str:
    if key in _OTHER:
        return _OTHER[key]
    try:
        return canonical_label(key)
    except KeyError:
        return key.replace("_", " ")
