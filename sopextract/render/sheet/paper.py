"""The paper a sheet is printed on."""

from __future__ import annotations

from dataclasses import dataclass

# Millimetres, short side and long side; F4 as sold in Indonesia: 215 × 330 mm
SIDES_MM = {"A4": (210.0, 297.0), "F4": (215.0, 330.0)}
# Own judgement: office printers leave out up to 5 mm, and the footer needs its line
SIDE_MM, TOP_MM, BOTTOM_MM = 12.0, 11.0, 14.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A page in millimetres as it is held."""

    width_mm: float
    height_mm: float

    @property
    def body_mm(self) -> tuple[float, float]:
        """Width and height within the margins."""
        return self.width_mm - 2 * SIDE_MM, self.height_mm - TOP_MM - BOTTOM_MM


def paper_of(name: str, orientation: str) -> Paper:
    """The paper of this name ("A4", "F4"), lying ("landscape") or standing ("portrait")."""
    short, long = SIDES_MM[name]
    return Paper(long, short) if orientation == "landscape" else Paper(short, long)
