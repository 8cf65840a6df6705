"""ID-06: one agency in the header, the signer's post and the number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold, words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import agency_kind, quote

_POST = re.compile(r"\bkepala (dinas|badan|biro|inspektorat)\b\s*(.*)$")
_REGION = re.compile(r"\b(?:provinsi|propinsi|kabupaten|kab\.?|kota)\s.*$")
_EMPTY = frozenset(
    """
    dan daerah provinsi kabupaten kota kab prov kepala dinas badan biro
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
# Codes of agencies in SOP numbers that mean the same everywhere, with a word of the full name.
_CODES = {
    "kominfo": "komunikasi",
    "diskominfo": "komunikasi",
    "dinkes": "kesehatan",
    "disdik": "pendidikan",
    "dinsos": "sosial",
    "dishub": "perhubungan",
    "dukcapil": "kependudukan",
    "disdukcapil": "kependudukan",
    "dpmptsp": "modal",
    "bkpsdm": "kepegawaian",
    "bkd": "kepegawaian",
    "dpupr": "pekerjaan",
    "kesbangpol": "kesatuan",
    "satpolpp": "polisi",
    "bpbd": "bencana",
}


@rule(
    "ID-06",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 1, 2, dan 6",
    good="Dinas Perikanan, disahkan Kepala Dinas Perikanan",
    bad="Dinas Perikanan, disahkan Kepala Dinas Kesehatan",
    help="Samakan nama instansi pada kepala lembar, nomor, dan pengesahan.",
)
def one_agency(record: SopRecord) -> Iterator[Hit]:
    """Instansi pada kepala lembar, jabatan pengesah, dan kode nomor adalah instansi yang sama.

    Perbedaan berarti lembar disalin dari instansi lain atau identitasnya belum diperbarui.
    """
    agency = record.instansi.perangkat_daerah
    if agency is None:
        return
    header = "/instansi/perangkat_daerah"
    post = record.disahkan_oleh.jabatan
    if post and _other_post(agency, post, agency_kind(record)):
        message = f"Jabatan pengesah {quote(post)} bukan dari {quote(agency)}."
        path = "/disahkan_oleh/jabatan"
        yield Hit(path, message, grounds=(path, header))
    name = words(agency)
    for code in words(record.nomor_sop or ""):
        full = _CODES.get(code)
        if full and full not in name and code not in name:
            message = f'Kode "{code.upper()}" pada Nomor SOP bukan kode {quote(agency)}.'
            yield Hit("/nomor_sop", message, grounds=("/nomor_sop", header))


def _other_post(agency: str, post: str, kind: str | None) -> bool:
    match = _POST.search(fold(post))
    if not match:
        return False
    if kind in {"dinas", "badan", "inspektorat"} and match[1] != kind:
        return True
    named = [w for w in words(_REGION.sub("", match[2])) if w not in _EMPTY]
    own = {w for w in words(_REGION.sub("", fold(agency))) if w not in _EMPTY}
    if not named or not own or len(named) == 1:
        return False  # a single word is as a rule the agency's short name
    return not own.intersection(named)
