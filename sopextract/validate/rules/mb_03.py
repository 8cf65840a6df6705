"""MB-03: the output is a product."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_AMOUNT = r"(?:\d+(?:[.,/]\d+)?|½|se|satu|dua|tiga|empat|lima|tujuh|sepuluh)"
_DURATION = re.compile(
    rf"""(?:±|\+/-|maks\w*\.?|paling\ lama|<)?\s*
        {_AMOUNT}\s*(?:(?:-|–|s/d|sampai)\s*{_AMOUNT}\s*)?(?:\(\s*\w+\s*\)\s*)?
        (?:detik|menit|mnt|jam|hari|hr|minggu|mgg|bulan|bln|tahun|thn)
        (?:\s+(?:kerja|kalender|efektif))?\s*\.?""",
    re.IGNORECASE | re.VERBOSE,
)


@rule(
    "MB-03",
    Severity.ERROR,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: Output",
    good="Laporan kinerja",
    bad="7 hari",
    help="Isi Output dengan hasil langkah; pindahkan lama waktu ke kolom Waktu.",
)
def output_is_product(record: SopRecord) -> Iterator[Hit]:
    """Output adalah hasil langkah, bukan lama waktu.

    Lama waktu pada kolom Output berarti isinya salah kolom.
    """
    for i, step in enumerate(record.langkah):
        if step.output and _DURATION.fullmatch(step.output.strip()):
            message = f"Output {quote(step.output)} pada langkah {i + 1} adalah lama waktu."
            yield Hit(f"/langkah/{i}/output", message)
