"""Paper that ink encloses: found by the outlines of its holes.

Naming every region of a page and measuring it (connected components with their sizes) takes thirty
times as long as following outlines, and most regions are looked at no further.
"""

from __future__ import annotations

import cv2
import numpy as np

from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.raster import Grey

Box = tuple[int, int, int, int]


def find_holes(ink: Grey) -> list[Box]:
    """The boxes (left, top, width, height in pixels) of the paper that ink encloses, from the top.

    Ink hangs together at corners, paper does not; what is open to the edge is not enclosed.
    """
    outlines, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return []
    holes = [o for o, place in zip(outlines, tree[0], strict=True) if place[3] >= 0]
    boxes = [(x + 1, y + 1, w - 2, h - 2) for x, y, w, h in map(cv2.boundingRect, holes)]
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def paper_of(ink: Grey, hole: Box) -> Grey:
    """1 where the paper of a hole lies, in its box: no two regions are as wide and as high."""
    x, y, w, h = hole
    paper = cv2.bitwise_not(ink[y : y + h, x : x + w] * 255)
    _, names, stats = connected(paper, 4)
    whole = (stats[1:, cv2.CC_STAT_WIDTH] == w) & (stats[1:, cv2.CC_STAT_HEIGHT] == h)
    region: Grey = (names == 1 + int(np.argmax(whole))).astype(np.uint8)
    return region
