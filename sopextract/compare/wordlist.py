"""Figures in the words of the report (Bahasa Indonesia): decimal comma, "≥" for lower bounds."""

from __future__ import annotations

from sopextract.compare.comparison import Figures

STATUS_WORDS = {
    "berlaku": "berlaku",
    "dicabut": "dicabut",
    "diubah": "diubah",
    None: "status belum diketahui",
}


def percent(share: float | None) -> str:
    """A share as a whole percentage, never rounded up to 100; "–" for None.

    >>> percent(0.999), percent(None)
    ('99%', '–')
    """
    return "–" if share is None else f"{int(share * 100)}%"


def amount(value: float) -> str:
    """At most two decimals, decimal comma.

    >>> amount(0.5), amount(3.0)
    ('0,5', '3')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def hours(figures: Figures) -> str:
    """Total working time in hours and minutes; "≥" when a step's time is not known or a range.

    None known: "tidak diketahui". Days are not used, their length is a setting of the reading.
    """
    if figures.menit_kerja is None:
        return "tidak diketahui"
    whole = int(figures.menit_kerja)
    text = " ".join(
        part
        for part in (
            f"{whole // 60} jam" if whole >= 60 else "",
            f"{amount(figures.menit_kerja - whole // 60 * 60)} menit"
            if figures.menit_kerja % 60 or whole < 60
            else "",
        )
        if part
    )
    return f"≥ {text}" if figures.time_unknown or figures.time_ranges else text


def whole(count: int) -> str:
    """A count with points between thousands.

    >>> whole(1250)
    '1.250'
    """
    return f"{count:,}".replace(",", ".")
