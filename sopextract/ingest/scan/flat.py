"""A page of pixels made flat: turned upright, straightened by its own rules.

Scanners feed paper askew, cameras see it from one side, bound paper bends. All three move a page's
level lines off the level by amounts that change smoothly over the page, so that one low polynomial
describes them. It is fitted to the lines that are there: every rule, underline and side of a box
must come to lie level or upright. What map came out is kept, so that every place on the flat page
can be told as a place on the page itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from sopextract.core.geometry import BBox, Point, bbox_of
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import opened, transposed, widened
from sopextract.ingest.scan.raster import Grey, Raster

Floats = npt.NDArray[np.float64]

# Degrees. Feeders and hands turn paper by up to three, photographs by more; beyond eight a page
# reads as turned on purpose.
_MAX_SKEW = 8.0
_COARSE, _FINE = 0.25, 0.02
_COARSE_DPI, _FINE_DPI = 50, 100  # 1 pixel over a page's width is 0.1 and 0.05 degrees
_MIN_LEVEL_PT, _MIN_UPRIGHT_PT = 70.0, 36.0  # shorter lines may be slanted connectors and letters
_OPEN_PT = 22.0  # a line askew by half a degree, one point thick, fills a box of that length
_STEP_PT = 8.0  # between the places at which a line is looked at
_MAX_THICK_PT = 4.0
_JUMP_PT = 0.5  # a pixel and a half; the two lines of a double rule stand 1 to 2.5 apart
_FEWEST = 4  # places that tell how a line runs
_ROUNDS = 3
_FEW_LINES = 4  # with fewer only the slant is fitted, not the bend
# Points: how far off a place of a trace is; its places are off together, so that they count as so
# many. By how much a page may be bent before any line is seen, and its uprights stand off what the
# turn of its level lines says.
_TRACED, _PLACES = 0.2, 4.0
_BENT, _STIFF = 1.0, 0.45
_TURNED = 0.4  # by how much its ends may be off for the turn, which is found to 0.05 degrees
_GRID = (
    15  # the map is smooth: every fifteenth pixel of it is computed; odd, so that it has a middle
)
_STILL_PT = 0.12  # a third of a pixel at 200 dots an inch: straightening would only blur


@dataclass(frozen=True, slots=True)
class Bend:
    """How far flat points lie from the page's: one coordinate's polynomial in both.

    Terms of `along` s and `across` t, each from -1 to 1 over the page: s, st, s², s²t, s³; points.
    """

    terms: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)

    def at(self, s: Floats, t: Floats) -> Floats:
        """The offset in points."""
        a, b, c, d, e = self.terms
        value: Floats = s * (a + b * t + s * (c + d * t + e * s))
        return value


@dataclass(frozen=True, slots=True)
class Flat:
    """The map from the flat page to the page as it lies; both in points, origin top left.

    `size_pt` is the size of the flat page. `turn` says by how many degrees the page was turned
    clockwise, `skew_deg` by how many it was turned after that; `level` and `upright` are what its
    lines were off after both. `scale` says how many times as large as the page the flat one is.
    """

    size_pt: tuple[float, float]
    turn: int = 0
    skew_deg: float = 0.0
    level: Bend = Bend()
    upright: Bend = Bend()
    scale: float = 1.0

    @property
    def own_size_pt(self) -> tuple[float, float]:
        """The size of the page as it lies."""
        width, height = (side / self.scale for side in self.size_pt)
        return (height, width) if self.turn in (90, 270) else (width, height)

    @property
    def is_still(self) -> bool:
        """Whether the page is flat as it lies, but for a turn by right angles."""
        ends = np.array([-1.0, 1.0])
        reach = max(float(np.abs(b.at(ends, t)).max()) for b in self._bends for t in (ends, -ends))
        slant = math.radians(abs(self.skew_deg)) * max(self.size_pt) / 2
        return reach + slant < _STILL_PT

    @property
    def _bends(self) -> tuple[Bend, Bend]:
        return self.level, self.upright

    def turned(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Where flat points lie on the page turned upright."""
        width, height = self.size_pt
        s, t = 2 * x / width - 1, 2 * y / height - 1
        bent_x, bent_y = x + self.upright.at(t, s), y + self.level.at(s, t)
        angle = math.radians(self.skew_deg)
        dx, dy = bent_x - width / 2, bent_y - height / 2
        cos, sin = math.cos(angle), math.sin(angle)
        return width / 2 + dx * cos - dy * sin, height / 2 + dx * sin + dy * cos

    def back(self, point: Point) -> Point:
        """Where a point of the flat page lies on the page itself."""
        tx, ty = self.turned(np.array(point[0]), np.array(point[1]))
        x, y = float(tx) / self.scale, float(ty) / self.scale
        width, height = (side / self.scale for side in self.size_pt)
        if self.turn == 90:
            return y, width - x
        if self.turn == 180:
            return width - x, height - y
        if self.turn == 270:
            return height - y, x
        return x, y

    def box_back(self, box: BBox) -> BBox:
        """The box around a flat box's corners on the page itself."""
        x0, y0, x1, y1 = box
        return bbox_of(self.back(p) for p in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def turned(raster: Raster, turn: int) -> Raster:
    """The page turned clockwise by 0, 90, 180 or 270 degrees."""
    if turn == 0:
        return raster
    return replace(raster, pixels=np.ascontiguousarray(np.rot90(raster.pixels, -(turn // 90))))


def flatten(raster: Raster, turn: int = 0, scale: float = 1.0) -> tuple[Raster, Flat]:
    """The page straightened, and the map back.

    `raster` stands upright, turned by `turn`, and is `scale` times as large as the page.
    """
    grey = np.asarray(cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    flat = Flat(raster.size_pt, turn, _skew(grey, raster.per_pt), scale=scale)
    straight = raster if flat.skew_deg == 0 else _remapped(raster, flat)
    for _ in range(_ROUNDS):
        level, upright = _lines(straight)
        better = _fitted(flat, level, upright)
        moved = max(
            abs(a - b)
            for old, new in zip(flat._bends, better._bends, strict=True)
            for a, b in zip(old.terms, new.terms, strict=True)
        )
        if moved < _STILL_PT:
            break
        flat = better
        straight = _remapped(raster, flat)
    return (
        (raster, replace(flat, skew_deg=0.0, level=Bend(), upright=Bend()))
        if (flat.is_still)
        else (straight, flat)
    )


def _remapped(raster: Raster, flat: Flat) -> Raster:
    """The pixels of the flat page."""
    height, width = raster.pixels.shape[:2]
    ys, xs = np.mgrid[0 : height + _GRID : _GRID, 0 : width + _GRID : _GRID].astype(np.float64)
    x, y = flat.turned((xs + 0.5) / raster.per_pt, (ys + 0.5) / raster.per_pt)
    first = _GRID // 2  # of the enlarged map: where its first pixel's middle comes to lie
    maps = [
        cv2.resize((m * raster.per_pt - 0.5).astype(np.float32), None, fx=_GRID, fy=_GRID)[
            first : first + height, first : first + width
        ]
        for m in (x, y)
    ]
    pixels = cv2.remap(
        raster.pixels, maps[0], maps[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(raster, pixels=np.asarray(pixels, np.uint8))


def _skew(grey: Grey, per_pt: float) -> float:
    """By how many degrees lines of text and rules rise to the right, from how they pile up.

    At the right angle the rows of the page are full or empty: their sums differ most from one to
    the next.
    """
    dpi = per_pt * 72
    small = _dark(_scaled(grey, _COARSE_DPI / dpi))
    if not small.any():
        return 0.0
    best = _best_angle(small, np.arange(-_MAX_SKEW, _MAX_SKEW + 1e-6, _COARSE))
    finer = _dark(_scaled(grey, _FINE_DPI / dpi))
    best = _best_angle(finer, np.arange(best - 0.3, best + 0.3, 0.05))
    best = _best_angle(finer, np.arange(best - 0.06, best + 0.061, _FINE))
    return 0.0 if abs(best) < 0.03 else float(best)


def _scaled(grey: Grey, by: float) -> Grey:
    small = cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _dark(grey: Grey) -> npt.NDArray[np.float32]:
    """Darkness against the paper round about, 0 to 1."""
    size = max(9, grey.shape[1] // 20) | 1
    paper = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (size, size))
    return np.clip((paper.astype(np.float32) - grey - 16) / 96, 0, 1).astype(np.float32)


def _best_angle(dark: npt.NDArray[np.float32], angles: Floats) -> float:
    height, width = dark.shape
    # without the margin: the paper's dark edge in a copy is a line of its own direction
    my, mx = height // 25, width // 25
    scores = []
    for angle in angles:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        turned_ = cv2.warpAffine(dark, matrix, (width, height))[my : height - my, mx : width - mx]
        scores.append(float(np.square(np.diff(turned_.sum(axis=1))).sum()))
    return float(angles[int(np.argmax(scores))])


@dataclass(frozen=True, slots=True, eq=False)
class _Trace:
    """The middle of one line at places along it, in points of the straightened page."""

    along: Floats
    across: Floats

    @property
    def is_smooth(self) -> bool:
        """Whether it is one line, not two that run into one another or a double rule."""
        middle = (self.along - self.along.mean()) / max(float(np.ptp(self.along)), 1.0)
        off = self.across - np.polyval(np.polyfit(middle, self.across, 2), middle)
        return float(np.abs(off).max()) <= _JUMP_PT

    def parted(self) -> list[_Trace]:
        """Its pieces, where these lie leveler than the whole; else the whole.

        Word processors draw a rule anew in every row, and not quite where it was: the pieces are
        level and the whole leans. Where a slant of one-bit pixels was turned level it is the other
        way round: saw teeth, each as slanted as the page was.
        """
        slopes = np.diff(self.across) / np.diff(self.along)
        level = self.across - float(np.median(slopes)) * self.along
        ahead = sliding_window_view(level, 2).mean(axis=1)
        jumps = np.abs(ahead[2:] - ahead[:-2])  # from two points to the next two
        peaks = (jumps > _JUMP_PT) & (jumps >= np.roll(jumps, 1)) & (jumps >= np.roll(jumps, -1))
        cuts = np.flatnonzero(peaks) + 2
        pairs = zip(np.split(self.along, cuts), np.split(self.across, cuts), strict=True)
        pieces = [_Trace(along, across) for along, across in pairs if len(along) >= _FEWEST]
        leans = [abs(piece.slope) for piece in pieces]
        return pieces if leans and float(np.median(leans)) < abs(self.slope) else [self]

    @property
    def slope(self) -> float:
        """How far it leans, per point of its length."""
        return float(np.polyfit(self.along - self.along.mean(), self.across, 1)[0])


def _lines(raster: Raster) -> tuple[list[_Trace], list[_Trace]]:
    """Level and upright lines of some length."""
    grey = cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY)
    block = int(12 * raster.per_pt) | 1
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18
    )
    return (
        _traces(np.asarray(dark, np.uint8), raster.per_pt, _MIN_LEVEL_PT),
        _traces(transposed(np.asarray(dark, np.uint8)), raster.per_pt, _MIN_UPRIGHT_PT),
    )


def _traces(dark: Grey, per_pt: float, shortest_pt: float) -> list[_Trace]:
    long = opened(dark, (int(_OPEN_PT * per_pt), 1))
    count, names, stats = connected(widened(long, (int(2 * per_pt), 3)))  # over steps of a slant
    step = max(1, int(_STEP_PT * per_pt))
    found: list[_Trace] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if w < shortest_pt * per_pt or h > w / 4:
            continue
        part = (names[y : y + h, x : x + w] == k) & (dark[y : y + h, x : x + w] > 0)
        columns = part[:, step // 2 :: step]
        sums = columns.sum(axis=0)
        good = (sums > 0) & (sums <= _MAX_THICK_PT * per_pt)
        if good.sum() < _FEWEST:
            continue
        rows = np.arange(h)[:, None]
        middle = (columns * rows).sum(axis=0)[good] / sums[good]
        places = np.flatnonzero(good) * step + step // 2
        along = np.asarray((x + places + 0.5) / per_pt, np.float64)
        trace = _Trace(along, (y + middle + 0.5) / per_pt)
        found += [piece for piece in trace.parted() if piece.is_smooth]
    return found


def _fitted(flat: Flat, level: Sequence[_Trace], upright: Sequence[_Trace]) -> Flat:
    """The map with its bends fitted to what the lines still are off.

    Paper that lies flat is turned as a whole: how upright lines stand is known from the level ones
    the better, the less these are bent.
    """
    width, height = flat.size_pt
    along = _fit(flat.level, level, width, height, np.zeros(5), _BENT)
    turn, *bent = along.terms
    like = np.array([-turn * height / width, 0.0, 0.0, 0.0, 0.0])
    easy = _STIFF + sum(map(abs, bent))
    down = _fit(flat.upright, upright, height, width, like, easy)
    return replace(flat, level=along, upright=down)


def _fit(
    bend: Bend,
    traces: Sequence[_Trace],
    along_pt: float,
    across_pt: float,
    like: Floats,
    easy: float,
) -> Bend:
    """The bend and what the lines are still off; each line is level at a height of its own.

    Before any line is seen, its terms are `like` these, `easy` points more or less; the turn less.
    """
    ease = np.full(5, (_TRACED / easy) ** 2)
    ease[0] = (_TRACED / min(easy, _TURNED)) ** 2
    columns, rows, shares = [np.zeros((0, 5))], [np.zeros(0)], [np.zeros(0)]
    for trace in traces:
        s, t = 2 * trace.along / along_pt - 1, 2 * trace.across / across_pt - 1
        terms = np.stack([s, s * t, s * s, s * s * t, s**3], axis=1)
        if len(traces) < _FEW_LINES:
            terms[:, 1:] = 0
        # the line's own height drops out when its means are taken away
        columns.append(terms - terms.mean(axis=0))
        rows.append(trace.across - trace.across.mean())
        shares.append(np.full(len(trace.along), _PLACES / len(trace.along)))
    a, b = np.concatenate(columns), np.concatenate(rows)
    b = b + a @ np.array(bend.terms)  # what the lines were off without the bend
    share = np.concatenate(shares)
    w, solution = share, like
    for _ in range(4):  # lines that are not level (slanted connectors) lose their weight
        aw = a * w[:, None]
        solution = np.linalg.solve(aw.T @ a + np.diag(ease), aw.T @ b + ease * like)
        off = np.abs(a @ solution - b)
        spread = max(0.15, 1.5 * float(np.median(off))) if len(off) else 1.0
        w = share / (1 + np.square(off / spread))
    a0, a1, a2, a3, a4 = (float(x) for x in solution)
    return Bend((a0, a1, a2, a3, a4))
