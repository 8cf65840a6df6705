"""Names of months as sheets print them: full, old spelling, short, and on machine stamps English.

Origin: the date forms counted in 2,561 dates of BPS sheets and in local-government sheets.
"""

from __future__ import annotations

from types import MappingProxyType

NAMA_BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

_VARIANTS: tuple[str, ...] = (
    "januari jan january",
    "februari pebruari feb peb february",
    "maret mar march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus ags agt agu agust aug august",
    "september sep sept",
    "oktober okt oct october",
    "november nopember nov nop",
    "desember des dec december",
)

BULAN = MappingProxyType(
    {name: month for month, names in enumerate(_VARIANTS, 1) for name in names.split()}
)
"""Lower-case name → 1 … 12."""
