"""Values as they are printed on a sheet, with the mark that belongs to them."""

from __future__ import annotations

from sopextract.core.text import squeeze, strip_controls
from sopextract.lexicon.bulan import print_tanggal
from sopextract.lexicon.ejaan import KATA_TUGAS, SINGKATAN_NAMA
from sopextract.model.record import SopRecord
from sopextract.render.sheet.model import Block, Field, Identity, Mark

DATES = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "tanggal_pengesahan")
# The pairs of the official form, left and right (PermenPANRB 35/2012, appendix: samples)
BLOCKS = (
    ("dasar_hukum", "kualifikasi_pelaksana"),
    ("keterkaitan", "peralatan_perlengkapan"),
    ("peringatan", "pencatatan_pendataan"),
)


def print_nip(nip: str) -> str:
    """A NIP in its official groups; anything but 18 digits stays as it is.

    >>> print_nip("197001011995031001"), print_nip("130123456")
    ('19700101 199503 1 001', '130123456')
    """
    if len(nip) != 18 or not nip.isdecimal():
        return nip
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def clean_text(text: str) -> str:
    """Text fit for every writer: no control characters, white space squeezed."""
    return squeeze(strip_controls(text))


def method_of(record: SopRecord, *pointers: str) -> str:
    """The provenance method of the first of these JSON pointers that has one, else ''."""
    for pointer in pointers:
        if pointer in record.provenance:
            return record.provenance[pointer].method
    return ""


def field_of(record: SopRecord, value: str | None, *pointers: str) -> Field:
    """A value with its mark: inferred where it was reasoned, unread or absent where it is null."""
    text = clean_text(value or "")
    method = method_of(record, *pointers)
    if text:
        return Field(text, Mark.INFERRED if method == "inferred" else Mark.NONE)
    return Field("", Mark.UNREAD if method == "unread" else Mark.ABSENT)


def build_identity(record: SopRecord) -> Identity:
    """The identity page of a record."""
    signer = record.disahkan_oleh
    status = f"{signer.status} " if signer.status else ""
    jabatan = f"{status}{signer.jabatan}" if signer.jabatan else None
    rows = [("nomor_sop", field_of(record, record.nomor_sop, "/nomor_sop"))]
    for name in DATES:
        value: str | None = getattr(record, name)
        if name == "tanggal_pengesahan" and not value:
            continue  # not one of the form's thirteen items: shown only where the sheet has it
        printed = print_tanggal(value) if value else None
        rows.append((name, field_of(record, printed, f"/{name}")))
    return Identity(
        agency=_agency(record),
        rows=tuple(rows),
        nama_sop=field_of(record, record.nama_sop, "/nama_sop"),
        jabatan=field_of(record, jabatan, "/disahkan_oleh/jabatan"),
        nama=field_of(record, signer.nama, "/disahkan_oleh/nama"),
        pangkat=clean_text(signer.pangkat or ""),
        nip=field_of(record, print_nip(signer.nip) if signer.nip else None, "/disahkan_oleh/nip"),
        electronic=signer.tanda_tangan_elektronik,
        blocks=tuple((_block(record, left), _block(record, right)) for left, right in BLOCKS),
    )


def _agency(record: SopRecord) -> tuple[Field, ...]:
    instansi = record.instansi
    lines = [
        field_of(record, instansi.pemerintah, "/instansi/pemerintah"),
        field_of(record, instansi.perangkat_daerah, "/instansi/perangkat_daerah"),
    ]
    lines += [
        field_of(record, unit, f"/instansi/unit_kerja/{i}")
        for i, unit in enumerate(instansi.unit_kerja)
    ]
    # a form without a line for it is complete; only a line that could not be read is shown
    shown = tuple(line for line in lines if line.text or line.mark is Mark.UNREAD)
    return shown or (Field("", Mark.ABSENT),)


def _block(record: SopRecord, name: str) -> Block:
    if name == "dasar_hukum":
        items = tuple(
            field_of(record, d.teks, f"/dasar_hukum/{i}/teks", f"/dasar_hukum/{i}")
            for i, d in enumerate(record.dasar_hukum)
        )
    else:
        texts: tuple[str, ...] = getattr(record, name)
        items = tuple(field_of(record, t, f"/{name}/{i}") for i, t in enumerate(texts))
    return Block(name, items, field_of(record, None, f"/{name}"))


def official_capitals(text: str) -> str:
    """A name in capitals, as the head of a sheet prints it, where capitals lose nothing.

    What capitals would hide ("PUPR" is no word, "UPTd" has its own spelling) stays as it is.

    >>> official_capitals("Dinas Perikanan dan Peternakan"), official_capitals("Dinas eGov")
    ('DINAS PERIKANAN DAN PETERNAKAN', 'Dinas eGov')
    """
    words = text.replace("/", " ").replace("-", " ").replace(",", " ").replace(".", " ").split()
    return text.upper() if all(_plain(w, i == 0) for i, w in enumerate(words)) else text


def _plain(word: str, first: bool) -> bool:
    """Whether a word is written so that its capitals are read back as it is."""
    letters = "".join(c for c in word if c.isalpha())
    if not letters or not letters.isascii():
        return not letters
    has_vowel = bool(set(letters.casefold()) & set("aeiou"))
    if letters.upper() in SINGKATAN_NAMA or not has_vowel or set(letters) <= set("IVX"):
        return letters.isupper()
    if letters.casefold() in KATA_TUGAS and not first:
        return letters.islower()
    return letters == letters.capitalize()
