"""PR-01: the warning is a condition with its consequence, or a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_CONDITION = re.compile(
    r"\b(?:jika|apabila|bila|bilamana|kalau|dalam hal|akibat\w*|akan|"
    r"menyebabkan|menimbulkan|merugikan|berisiko|berpotensi|sehingga|meng?akibatkan|berdampak|"
    r"dapat (?:meny|meng|men|mem|ter)\w+)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:paling (?:lambat|lama|cepat)|selambat\w*|batas waktu|tepat waktu|maksimal|sebelum|"
    r"jangka waktu|\d+\s*(?:\(\w+\)\s*)?(?:menit|jam|hari|minggu|bulan))\b",
    re.IGNORECASE,
)


@rule(
    "PR-01",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 10",
    good="Jika surat tidak dicatat maka surat tidak dapat dilacak",
    bad="Surat masuk",
    help='Tulis Peringatan dalam bentuk "jika … maka …" atau sebagai batas waktu.',
)
def warning_is_condition(record: SopRecord) -> Iterator[Hit]:
    """Peringatan menyebut akibat ("jika … maka …") atau batas waktu.

    Peringatan menjelaskan kemungkinan yang terjadi bila prosedur tidak dilaksanakan.
    """
    items = record.peringatan
    if items and not any(_CONDITION.search(t) or _DEADLINE.search(t) for t in items):
        message = f"Peringatan {quote(items[0])} tidak menyebut akibat atau batas waktu."
        yield Hit("/peringatan/0", message)
