"""LB-07: law of another region."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.lexicon.wilayah import canonical_wilayah, provinsi_of
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.legal import citations, is_regional, short_name
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import own_region


@rule(
    "LB-07",
    Severity.ERROR,
    basis="UU 12/2011 pasal 7-8: peraturan daerah berlaku di daerahnya",
    good="Kabupaten Banyumas mengutip Perda Kabupaten Banyumas",
    bad="Kabupaten Banyumas mengutip Perda Kota Mataram",
    help="Ganti dengan peraturan daerah sendiri; periksa apakah SOP disalin.",
)
def own_regional_law(record: SopRecord) -> Iterator[Hit]:
    """Peraturan daerah yang dikutip milik daerah sendiri.

    Kabupaten/kota boleh mengutip peraturan provinsi.
    """
    own = own_region(record)
    if own is None:
        return
    for path, entry in citations(record):
        region = canonical_wilayah(entry.daerah or "") if is_regional(entry) else None
        if region is None or region in (own, provinsi_of(own)):
            continue
        where = f"{path}/daerah"
        message = f"{short_name(entry)} adalah peraturan {region}, bukan {own}."
        yield Hit(where, message, grounds=(where, path, "/instansi/pemerintah"))
