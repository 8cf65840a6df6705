"""FT-03: the template a sheet descends from."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import fold
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule

_LABELS = ("mutu buku", "uraian prosedur", "kelengkapan dan peralatan")
_LEAST = 3  # of five traits; every sheet seen with "Mutu Buku" has all, any other at most two


@rule(
    "FT-03",
    Severity.INFO,
    basis="kajian formulir: lembar dengan judul Mutu Buku berbagi ciri yang sama",
    good="Mutu Baku, Kegiatan, Kelengkapan",
    bad="Mutu Buku, Uraian Prosedur, Kelengkapan dan Peralatan",
    help="Pindahkan isi ke format baku PermenPANRB 35/2012.",
)
def template_family(record: SopRecord) -> Iterator[Hit]:
    """Formulir tidak berasal dari templat "Mutu Buku".

    Templat itu tersebar antarinstansi; cirinya membantu mengenali lembar salinan.
    """
    labels = {fold(text) for part in record.bagian_tabel for text in part.label.values()}
    labels |= {fold(c.before) for c in record.corrections if c.path.startswith("label:")}
    if "mutu buku" not in labels:
        return
    traits = sum(label in labels for label in _LABELS)
    traits += any(part.nomor_kolom for part in record.bagian_tabel)
    traits += "/tanggal_pengesahan" in record.provenance
    if traits >= _LEAST and record.bagian_tabel:
        message = 'Formulir memakai templat "Mutu Buku" yang tersebar antarinstansi.'
        yield Hit("/bagian_tabel/0/label", message)
