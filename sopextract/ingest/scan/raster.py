"""A page as pixels, whatever it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # (height, width, 3), red green blue
Grey = npt.NDArray[np.uint8]  # (height, width), 0 black to 255 white
Mask = npt.NDArray[np.bool_]  # (height, width)

# Dots an inch at which pages are read: 150 to 300 give the same words, below 150 small type and
# tables go first, 600 only cost time (docs/accuracy.md).
READING_DPI = 200


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """The pixels of one page as it is seen; `per_pt` pixels are one point of the page.

    `dpi` are the dots an inch of the picture that they were made of, where it had fewer: enlarging
    makes nothing visible. None: not known, or as many as there are.
    """

    pixels: Pixels
    per_pt: float
    dpi: float | None = None

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape[:2]
        return width / self.per_pt, height / self.per_pt
