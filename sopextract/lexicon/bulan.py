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


def print_tanggal(iso: str) -> str:
    """An ISO date in Indonesian at its own precision; what is no ISO date stays as it is.

    >>> print_tanggal("2024-05-08"), print_tanggal("2020-12"), print_tanggal("2021")
    ('8 Mei 2024', 'Desember 2020', '2021')
    """
    parts = iso.split("-")
    if not all(p.isdecimal() for p in parts) or len(parts) > 3:
        return iso
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return iso
    names = [
        parts[0],
        *(NAMA_BULAN[int(p) - 1] for p in parts[1:2]),
        *(str(int(p)) for p in parts[2:]),
    ]
    return " ".join(reversed(names))
