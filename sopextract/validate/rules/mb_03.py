"""MB-03: the output is a product."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import is_duration


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
        if step.output and is_duration(step.output):
            message = f"Output {quote(step.output)} pada langkah {i + 1} adalah lama waktu."
            yield Hit(f"/langkah/{i}/output", message)
