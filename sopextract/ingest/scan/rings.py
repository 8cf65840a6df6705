"""Rings of stamps in coloured ink: where it stands at one distance from a middle, all around.

What bends tells worn rings badly from broken lines; no symbol of a form is a circle of their size.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.ingest.scan.raster import Mask
from sopextract.ingest.scan.spots import PixelBox

Floats = npt.NDArray[np.float64]

_LEAST, _MOST = 22.0, 70.0  # points: radii of stamps; start symbols of the form have 15 at most
# Of the way around: 31 of 36 parts and more of worn rings with print over them, 26 of the outline
# of a coat of arms, 23 of a table in colour (49 rings on 118 pages).
_SECTORS, _FULL = 36, 0.8
_INNER = 12.0  # points: inner lines of a ring
_BAND, _THICK = 1.0, 2.5  # points to either side of the circle on which a ring lies; with its blur
_BEYOND, _EMPTY = (4.0, 8.0), 0.12  # around it there is next to no ink of its colour
_INKED = 0.3  # of a point's square
_EDGE = 0.08  # of a slope from paper to ink within a point
_SLANTED = 0.26  # sine of 15 degrees: less is level or upright
_FEWEST = 60  # points of edges; a ring has hundreds
_AT_MOST = 3  # on a page


@dataclass(frozen=True, slots=True)
class Ring:
    """The lines of a ring around one middle, in pixels: the radii of all, the outermost first."""

    x: float
    y: float
    radii: tuple[float, ...]
    per_pt: float

    @property
    def bbox(self) -> PixelBox:
        """The box around it; it may reach over the page's edge."""
        reach = self.radii[0] + _THICK * self.per_pt
        low = round(self.x - reach), round(self.y - reach)
        return *low, round(self.x + reach) + 1, round(self.y + reach) + 1

    def masks(self, box: PixelBox) -> tuple[Mask, Mask]:
        """What of a box lies within the ring, and what on its lines."""
        x0, y0, x1, y1 = box
        far = np.hypot(np.arange(x0, x1) - self.x, np.arange(y0, y1)[:, None] - self.y)
        thick = _THICK * self.per_pt
        on_line = np.zeros(far.shape, np.bool_)
        for radius in self.radii:
            on_line |= np.abs(far - radius) <= thick
        return far <= self.radii[0] + thick, on_line


def find_rings(coloured: Mask, per_pt: float) -> list[Ring]:
    """The rings of a page's stamps, the clearest first; `coloured` is where its ink has colour."""
    scale = 1 / per_pt
    small = cv2.resize(
        coloured.astype(np.float32), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    found: list[Ring] = []
    for _ in range(_AT_MOST):
        ring = _clearest(np.asarray(small, np.float64))
        if ring is None:
            break
        x, y, radii = ring
        at = ((x + 0.5) * per_pt, (y + 0.5) * per_pt)
        found.append(Ring(*at, tuple(radius * per_pt for radius in radii), per_pt))
        cv2.circle(small, (round(x), round(y)), round(radii[0] + _THICK), 0, -1)
    return found


def _clearest(ink: Floats) -> tuple[float, float, list[float]] | None:
    """Middle and radii of the ring that most edges point to."""
    soft = cv2.GaussianBlur(ink, (0, 0), 1.0)
    dx, dy = cv2.Sobel(soft, cv2.CV_64F, 1, 0) / 8, cv2.Sobel(soft, cv2.CV_64F, 0, 1) / 8
    steep = np.hypot(dx, dy)
    # rules have no slanted edges
    ys, xs = np.nonzero((steep > _EDGE) & (np.minimum(np.abs(dx), np.abs(dy)) > _SLANTED * steep))
    if len(xs) < _FEWEST:
        return None
    ways = np.stack([dx[ys, xs], dy[ys, xs]]) / steep[ys, xs]
    reach = np.arange(_LEAST, _MOST)[:, None]
    votes = np.zeros(ink.shape)
    for sign in (-1, 1):
        ax = np.rint(xs + sign * reach * ways[0]).astype(np.int64)
        ay = np.rint(ys + sign * reach * ways[1]).astype(np.int64)
        inside = (ax >= 0) & (ax < ink.shape[1]) & (ay >= 0) & (ay < ink.shape[0])
        np.add.at(votes, (ay[inside], ax[inside]), 1.0)
    y, x = np.unravel_index(int(cv2.blur(votes, (5, 5)).argmax()), votes.shape)
    radii = _radii(ink, float(x), float(y))
    return (float(x), float(y), radii) if radii else None


def _radii(ink: Floats, x: float, y: float) -> list[float]:
    """At which radii ink stands nearly all around, if none does beyond the largest."""
    ys, xs = np.nonzero(ink > _INKED)
    far = np.hypot(xs - x, ys - y)
    sector = ((np.arctan2(ys - y, xs - x) / (2 * np.pi) + 0.5) * _SECTORS).astype(np.int64)
    full = [
        radius
        for radius in np.arange(_MOST, _INNER - 1, -1.0).tolist()
        if len(np.unique(sector[np.abs(far - radius) <= _BAND] % _SECTORS)) >= _FULL * _SECTORS
    ]
    if not full or full[0] < _LEAST:
        return []
    low, high = (full[0] + reach for reach in _BEYOND)
    beyond = int(((far > low) & (far <= high)).sum())
    return full if beyond <= _EMPTY * np.pi * (high**2 - low**2) else []
