"""Names of months as sheets print them: full, old spelling, short, on machine stamps English,
and misspelt in a way that leaves one month only.

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
    "januari jan january januarl jnauari janurari janauri",
    "februari pebruari feb peb february febuari pebuari februri febuary febrauri",
    "maret mar march maert",
    "april apr aprll",
    "mei may",
    "juni jun june junl",
    "juli jul july jull",
    "agustus ags agt agu agust aug august agusutus agutus",
    "september sep sept setember septembar septermber",
    "oktober okt oct october oktobar oktobe",
    "november nopember nov nop novembar nopembar novmber",
    "desember des dec december desembar desmber disember",
)

BULAN = MappingProxyType(
    {name: month for month, names in enumerate(_VARIANTS, 1) for name in names.split()}
)
"""Lower-case name → 1 … 12."""
