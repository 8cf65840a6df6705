"""ID-04: the signer and the NIP."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sopextract.core.text import fold, squeeze, words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, archive_rule, rule
from sopextract.validate.sheet import quote

_BASIS = "PermenPANRB 35/2012, lampiran, Bagian Identitas butir 6; Perka BKN 22/2007 (NIP)"
_ELECTED = re.compile(r"^\W*(?:wakil )?(?:gubernur|bupati|wali ?kota)\b")
_UNIFORMED = re.compile(r"\b(?:polri|kapolres|kapolsek|dandim|danramil|tni)\b")
_ACTING = frozenset({"plt", "plh", "pj", "pjs", "pgs"})
_PPPK_MONTH = 21  # positions 13-14 of the NIP of a contract employee
_BLOCK = re.compile(r"(?P<name>.+?)\W*\bNIP\b\W*(?P<nip>[\d. ]{18,24})", re.IGNORECASE)
_MIN_AGE = 17  # youngest appointment seen in the rule's own examples; the law says 18
_TITLE = re.compile(r",.*$|\b(?:[a-z]{1,5}\.)+[a-z]{0,4}\b|\b(?:dr|drs|dra|ir|hj?|drg)\b\.?")


@rule(
    "ID-04",
    Severity.ERROR,
    basis=_BASIS,
    good="Kepala Dinas Perikanan; nama; NIP 19800101 200501 2 003",
    bad="Kepala Dinas Perikanan; nama; tanpa NIP",
    help="Lengkapi blok pengesahan: jabatan, nama, dan NIP pejabat.",
)
def signer_complete(record: SopRecord) -> Iterator[Hit]:
    """Pejabat yang mengesahkan tercantum dengan jabatan, nama, dan NIP yang sah.

    NIP memuat tanggal lahir, bulan pengangkatan, jenis kelamin, dan nomor urut; gubernur, bupati,
    dan wali kota tidak mempunyai NIP.
    """
    signer = record.disahkan_oleh
    if signer.jabatan is None and signer.nama is None and signer.nip is None:
        return  # ID-01
    if signer.jabatan is None:
        yield Hit("/disahkan_oleh/jabatan", "Jabatan pejabat yang mengesahkan tidak tercantum.")
    if signer.nama is None:
        yield Hit("/disahkan_oleh/nama", "Nama pejabat yang mengesahkan tidak tercantum.")
    post = fold(signer.jabatan or "")
    if signer.nip is not None:
        problem = _nip_problem(signer.nip)
        if problem:
            yield Hit("/disahkan_oleh/nip", f"NIP {quote(signer.nip)} tidak sah: {problem}.")
    elif signer.nama is not None and not _ELECTED.search(post) and not _UNIFORMED.search(post):
        extra = " pada tanda tangan elektronik" if signer.tanda_tangan_elektronik else ""
        message = f"NIP pejabat yang mengesahkan tidak tercantum{extra}."
        yield Hit("/disahkan_oleh/nip", message, severity=Severity.WARNING)
    yield from _other_name(record)
    if signer.status and fold(signer.status).strip(". ") in _ACTING:
        yield _acting(record, signer.status)


def _other_name(record: SopRecord) -> Iterator[Hit]:
    """A second block with the signer's NIP and another name, kept among the other values."""
    signer = record.disahkan_oleh
    if not signer.nip or not signer.nama:
        return
    for i, other in enumerate(record.lainnya):
        match = _BLOCK.fullmatch(squeeze(other.teks))
        if not match or re.sub(r"\D", "", match["nip"]) != signer.nip:
            continue
        if _bare_name(match["name"]) != _bare_name(signer.nama):
            name = match["name"].strip(" /|;")
            message = f"NIP yang sama bernama {quote(signer.nama)} dan {quote(name)}."
            path = "/disahkan_oleh/nama"
            advice = "Cocokkan nama dengan data kepegawaian; salah satunya salah tulis atau baca."
            grounds = (path, f"/lainnya/{i}/teks")
            yield Hit(path, message, advice, Severity.WARNING, grounds)


def _acting(record: SopRecord, status: str) -> Hit:
    label = record.provenance.get("/disahkan_oleh/jabatan")
    block = record.provenance.get("/disahkan_oleh/status")
    apart = label and block and (label.page, label.line) != (block.page, block.line)
    if apart:
        message = f'Blok tanda tangan menyebut "{status}", baris "Disahkan oleh" tidak.'
    else:
        message = f'Pengesahan oleh "{status}"; baris "Disahkan oleh" harus menyebutnya juga.'
    advice = 'Samakan "Disahkan oleh" dengan blok tanda tangan.'
    severity = Severity.WARNING if apart else Severity.INFO
    return Hit("/disahkan_oleh/status", message, advice, severity)


def _nip_problem(nip: str) -> str | None:
    """What is wrong with a NIP; None for one that could be right."""
    digits = re.sub(r"\D", "", nip)
    if len(digits) == 9:
        return "sembilan angka, bentuk sebelum 2008"
    if len(digits) != 18 or digits != re.sub(r"[\s.]", "", nip):
        return f"{len(digits)} angka, seharusnya 18"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return "delapan angka pertama bukan tanggal lahir"
    year, month = int(digits[8:12]), int(digits[12:14])
    if born.year < 1940:
        return "tahun lahir tidak wajar"
    if not (1 <= month <= 12 or month == _PPPK_MONTH):
        return "bulan pengangkatan tidak ada"
    if year < born.year + _MIN_AGE:
        return "tahun pengangkatan terlalu dini"
    if digits[14] not in "12":
        return "angka ke-15 harus 1 atau 2"
    return "nomor urut 000" if digits[15:] == "000" else None


@archive_rule(
    "ID-04",
    Severity.WARNING,
    basis=_BASIS,
    help="Cocokkan nama dan NIP dengan data kepegawaian.",
)
def one_nip_one_name(records: Sequence[SopRecord]) -> Iterator[tuple[int, Hit]]:
    """Satu NIP selalu dengan nama yang sama, dan satu nama dengan NIP yang sama."""
    for own, other in (("nip", "nama"), ("nama", "nip")):
        groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, record in enumerate(records):
            signer = record.disahkan_oleh
            if signer.nip and signer.nama:
                keys = {"nip": signer.nip, "nama": _bare_name(signer.nama)}
                groups[keys[own]][keys[other]].append(place)
        for variants in groups.values():
            if len(variants) < 2:
                continue
            for variant, places in variants.items():
                rest = next(v for v in variants if v != variant)
                for place in places:
                    yield place, _clash(records[place], records[variants[rest][0]], other)


def _clash(record: SopRecord, rest: SopRecord, field: str) -> Hit:
    mine, theirs = getattr(record.disahkan_oleh, field), getattr(rest.disahkan_oleh, field)
    said = "NIP yang sama bernama" if field == "nama" else "Nama yang sama ber-NIP"
    message = f"{said} {quote(mine)} di sini dan {quote(theirs)} di {rest.source.path}."
    path = f"/disahkan_oleh/{field}"
    return Hit(path, message, grounds=("/disahkan_oleh/nama", "/disahkan_oleh/nip"))


def _bare_name(name: str) -> str:
    """The name without titles, for telling people apart."""
    return " ".join(words(_TITLE.sub(" ", fold(name)))) or fold(name)
