"""ID-02: the number of the SOP."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sopextract.core.text import fold
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, archive_rule, rule
from sopextract.validate.sheet import quote

_BASIS = "PermenPANRB 35/2012, lampiran, Bagian Identitas butir 2; tata naskah dinas"
_GAP = re.compile(r"[/.\-]\s+[/.\-]|//|\.{2,}|…|_{2,}|\s_|^\s*[/\-]|\d\s+/\s*$")
_TAIL = re.compile(r"[/\-]\s*$")
_TEMPLATE = re.compile(
    r"\[[^\]]*\]|\b(?:x{2,}|yy(?:yy)?|nomor komponen|nomor urut|kode unit|diisi|contoh)\b",
    re.IGNORECASE,
)
_STRAY_DOT = re.compile(r"\.(?=/)|\.\s*$")


@rule(
    "ID-02",
    Severity.ERROR,
    basis=_BASIS,
    good="000.8.3.3/005/DISKAN/2024",
    bad="830/ /IV.16/2021",
    help="Lengkapi nomor menurut tata naskah dinas instansi.",
)
def number_complete(record: SopRecord) -> Iterator[Hit]:
    """Nomor SOP lengkap: tanpa bagian kosong, garis miring di ujung, atau sisa templat.

    Nomor yang belum lengkap tidak dapat dirujuk dan biasanya berarti SOP belum diregistrasi.
    """
    number = record.nomor_sop
    if number is None:
        return
    if _TEMPLATE.search(number):
        yield Hit("/nomor_sop", f"Nomor SOP {quote(number)} masih memuat isian templat.")
    elif _GAP.search(number):
        yield Hit("/nomor_sop", f"Nomor SOP {quote(number)} mempunyai bagian yang kosong.")
    elif _TAIL.search(number):
        yield Hit("/nomor_sop", f"Nomor SOP {quote(number)} berakhir dengan tanda pemisah.")
    elif not any(c.isdigit() for c in number):
        yield Hit("/nomor_sop", f"Nomor SOP {quote(number)} tidak memuat angka.")
    elif _STRAY_DOT.search(number):
        message = f"Nomor SOP {quote(number)} memuat titik yang berlebih."
        yield Hit("/nomor_sop", message, "Hapus titik sebelum garis miring.", Severity.WARNING)


@archive_rule(
    "ID-02",
    Severity.ERROR,
    basis=_BASIS,
    help="Beri setiap SOP nomor sendiri, atau hapus salinan yang tidak berlaku.",
)
def number_unique(records: Sequence[SopRecord]) -> Iterator[tuple[int, Hit]]:
    """Satu nomor hanya dipakai satu SOP dalam satu instansi."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        agency = fold(record.instansi.perangkat_daerah or "")
        if record.nomor_sop and agency:
            groups[agency, "".join(fold(record.nomor_sop).split())].append(place)
    for places in groups.values():
        if len({records[p].id for p in places}) < 2:
            continue  # copies of one file carry one number rightly
        for place in places:
            other = next(p for p in places if records[p].id != records[place].id)
            number = quote(records[place].nomor_sop or "")
            message = f"Nomor SOP {number} juga dipakai {quote(records[other].nama_sop or '-')} "
            yield place, Hit("/nomor_sop", f"{message}({records[other].source.path}).")
