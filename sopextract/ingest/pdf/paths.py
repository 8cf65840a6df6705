"""The vectors and pictures of a PDF page, read with pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfBitmap, PdfPage

from sopextract.core.geometry import BBox, Point, bbox_of, shared_area
from sopextract.ingest.page.strokes import Picture, Stroke

Matrix = tuple[float, float, float, float, float, float]
_MAX_DEPTH = 8  # forms in forms; printers make two
_CURVE_STEPS = 6  # chords per Bézier curve: of a capsule's end they stray less than 0.1 pt
# Share of a page: scanners leave margins off, and no picture in a text comes near it.
WHOLE_PAGE = 0.7
_SOLID = 0.9  # mean opacity of a picture that hides what lies under it
_MOVE, _LINE, _BEZIER = (
    pdfium.FPDF_SEGMENT_MOVETO,
    pdfium.FPDF_SEGMENT_LINETO,
    pdfium.FPDF_SEGMENT_BEZIERTO,
)


@dataclass
class Vectors:
    """What `read_vectors` collects. `cut`: the page has more than the limit, the rest is left.

    `covered` are the addresses of text objects over which a picture of the whole page was drawn.
    """

    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    cut: bool = False
    covered: frozenset[int] = frozenset()


def read_vectors(page: PdfPage, to_page: Matrix, box: BBox, limit: int) -> Vectors:
    """Strokes and pictures of a page, at most `limit` points and objects.

    `to_page` maps PDF coordinates to those of the page as seen, whose extent is `box`.
    """
    found = Vectors()
    budget = [limit]
    texts: list[int] = []
    objects = _objects(
        lambda k: pdfium.FPDFPage_GetObject(page, k),
        pdfium.FPDFPage_CountObjects(page),
        to_page,
        0,
        budget,
    )
    for number, (thing, kind, matrix) in enumerate(objects):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(ctypes.addressof(thing.contents))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.strokes.extend(_strokes(thing, matrix, number, budget))
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            place = bbox_of(apply(matrix, corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.pictures.append(Picture(place))
                if texts and share_of(box, place) >= WHOLE_PAGE and _hides(page, thing):
                    found.covered |= frozenset(texts)
                    texts.clear()
    found.cut = budget[0] <= 0
    return found


def _hides(page: PdfPage, picture: Any) -> bool:
    """Whether a picture lets nothing through: no water mark, no letters on clear ground."""
    if pdfium.FPDFPageObj_HasTransparency(picture):
        return False
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf, page, picture)
    if not bitmap:
        return True
    pixels = PdfBitmap.from_raw(bitmap)
    pixels.warn_on_close = False  # nothing of it is used after that
    try:
        array = pixels.to_numpy()
        clear = pixels.format == pdfium.FPDFBitmap_BGRA and array[..., 3].mean() < _SOLID * 255
        return not clear
    finally:
        pixels.close()


def share_of(whole: BBox, part: BBox) -> float:
    """Which share of a box another one covers."""
    size = (whole[2] - whole[0]) * (whole[3] - whole[1])
    return shared_area(whole, part) / size if size > 0 else 0.0


def _objects(
    get: Callable[[int], Any], count: int, outer: Matrix, depth: int, budget: list[int]
) -> Iterator[tuple[Any, int, Matrix]]:
    """All drawing objects in order, those of forms in place, with their full matrix.

    Each takes one of the budget: forms in forms multiply.
    """
    values = pdfium.FS_MATRIX()
    for k in range(count):
        budget[0] -= 1
        if budget[0] <= 0:
            return
        thing = get(k)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield thing, kind, outer
            continue
        pdfium.FPDFPageObj_GetMatrix(thing, values)
        matrix = _multiply((values.a, values.b, values.c, values.d, values.e, values.f), outer)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _MAX_DEPTH:
                yield from _objects(
                    lambda q, form=thing: pdfium.FPDFFormObj_GetObject(form, q),  # type: ignore[misc]
                    pdfium.FPDFFormObj_CountObjects(thing),
                    matrix,
                    depth + 1,
                    budget,
                )
        else:
            yield thing, kind, matrix


def _strokes(thing: Any, matrix: Matrix, number: int, budget: list[int]) -> list[Stroke]:
    """The subpaths of one path object."""
    count = pdfium.FPDFPath_CountSegments(thing)
    budget[0] -= count
    if count <= 1 or budget[0] < 0:
        return []
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, mode, stroked)
    fill = lightness(thing, pdfium.FPDFPageObj_GetFillColor) if mode.value else None
    line = lightness(thing, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None
    if fill is None and line is None:
        return []
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
    scale = (abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) ** 0.5
    dashed = line is not None and pdfium.FPDFPageObj_GetDashCount(thing) > 0
    return [
        Stroke(tuple(points), number, closed, fill, line, width.value * scale, bool(dashed))
        for points, closed in _subpaths(thing, count, matrix)
        if len(points) > 1
    ]


def _subpaths(thing: Any, count: int, matrix: Matrix) -> list[tuple[list[Point], bool]]:
    """The points of every subpath, and whether it is closed."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[tuple[list[Point], bool]] = []
    points: list[Point] = []
    curve: list[Point] = []
    closed = False
    for k in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, k)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        if kind == _MOVE:
            if points:
                found.append((points, closed))
            points, closed, curve = [at], False, []
        elif kind == _BEZIER:
            curve.append(at)
            if len(curve) == 3 and points:
                points.extend(_flatten(points[-1], *curve))
                curve = []
        else:
            points.append(at)
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if points:
        found.append((points, closed))
    return found


def _flatten(p0: Point, p1: Point, p2: Point, p3: Point) -> list[Point]:
    """Points on a cubic Bézier curve after its first."""
    points = []
    for k in range(1, _CURVE_STEPS + 1):
        t = k / _CURVE_STEPS
        u = 1 - t
        b0, b1, b2, b3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append(
            (
                b0 * p0[0] + b1 * p1[0] + b2 * p2[0] + b3 * p3[0],
                b0 * p0[1] + b1 * p1[1] + b2 * p2[1] + b3 * p3[1],
            )
        )
    return points


def lightness(thing: Any, get: Callable[..., Any]) -> float | None:
    """0 black to 1 white; None when it is transparent."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not get(thing, r, g, b, a):
        return 0.0
    if a.value < 13:  # under a twentieth: nobody sees it
        return None
    return (0.299 * r.value + 0.587 * g.value + 0.114 * b.value) / 255


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def apply(m: Matrix, p: Point) -> Point:
    """A point under a matrix."""
    return p[0] * m[0] + p[1] * m[2] + m[4], p[0] * m[1] + p[1] * m[3] + m[5]
