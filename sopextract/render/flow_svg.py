"""The flow of a record as one small SVG picture, for reports."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from sopextract.model.record import SopRecord
from sopextract.render.sheet.bands import bands_for
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.labels import Scale, centre_of, place_labels, scale_of
from sopextract.render.sheet.layout import size_symbols
from sopextract.render.sheet.measure import MM_PER_PT, text_width_mm
from sopextract.render.sheet.model import Columns, Layout, SheetModel
from sopextract.render.sheet.outline import arrow_head, entered_sides, number, outline
from sopextract.render.sheet.placed import word_pt
from sopextract.render.sheet.router import route

# Millimetres: the smallest at which the labels beside a diamond are still read on a screen
LANE_MM, ROW_MM, NO_MM, HEAD_PT = 18.0, 14.0, 7.0, 6.5
# every rule names the picture's class: inside a page, an SVG's style holds for the whole page
_STYLE = "".join(
    f".sop-flow {rule}"
    for rule in (
        "text{font-family:Arial,Helvetica,'Liberation Sans',sans-serif;fill:#111}",
        ".g{fill:none;stroke:#999;stroke-width:.2}",
        ".l{fill:none;stroke:#111;stroke-width:.3}",
        ".s{fill:#fff;stroke:#111;stroke-width:.35}",
        ".d{stroke-dasharray:1.1 .8}",
        ".h{fill:#111}",
        ".u{fill:#efefef}",
        ".w{fill:#fff}",
    )
)


def flow_svg(record: SopRecord) -> str:
    """Lanes, symbols and connectors as one SVG element; without steps, the lanes alone."""
    sheet = build_sheet(record)
    columns = Columns(NO_MM, 0, LANE_MM, 0, 0, 0, 0, 8.0, HEAD_PT)
    bands = bands_for((s.place for s in sheet.symbols), len(sheet.rows))
    routing = route(sheet.symbols, sheet.edges, len(sheet.lanes), bands)
    band_mm = ROW_MM + (2.5 if routing.dense else 0.0)
    heights = tuple(band_mm * count for count in bands.counts)
    size = size_symbols(columns, routing.dense)
    layout = place_labels(sheet, Layout(columns, heights, bands, size, routing))
    heads = [_wrap(lane.nama, LANE_MM - 1.5) for lane in sheet.lanes]
    head_mm = 2.5 + max(len(h) for h in heads) * HEAD_PT * 1.15 * MM_PER_PT
    width, height = NO_MM + LANE_MM * len(sheet.lanes), head_mm + sum(heights)
    title = f"Bagan alir {sheet.title or 'SOP'}: {len(sheet.rows)} langkah"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}mm" '
        f'height="{number(height)}mm" viewBox="0 0 {number(width)} {number(height)}" role="img" '
        f'aria-label={quoteattr(title)} class="sop-flow"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style>",
        f'<rect class="w" width="{number(width)}" height="{number(height)}"/>',
        *_frame(sheet, heads, head_mm, heights, width, height),
        f'<g transform="translate({number(NO_MM)} {number(head_mm)})">',
        *_flow(sheet, layout, scale_of(layout)),
        "</g></svg>",
    ]
    return "".join(parts)


def _wrap(text: str, width_mm: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width_mm(longer, HEAD_PT, bold=True) > width_mm:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _text(x: float, y: float, size_mm: float, text: str, extra: str = "") -> str:
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size_mm)}" '
        f'text-anchor="middle"{extra}>{escape(text)}</text>'
    )


def _frame(
    sheet: SheetModel,
    heads: list[list[str]],
    head_mm: float,
    heights: tuple[float, ...],
    width: float,
    height: float,
) -> Iterator[str]:
    size = HEAD_PT * MM_PER_PT
    lines = [f"M0 0H{number(width)}V{number(height)}H0Z"]
    for i, words in enumerate(heads):
        left = NO_MM + i * LANE_MM
        lines.append(f"M{number(left)} 0V{number(height)}")
        for n, line in enumerate(words):
            room = (LANE_MM - 1.5) / max(text_width_mm(line, HEAD_PT, bold=True), 0.1)
            y = 1.3 + size * (0.8 + 1.15 * n)
            yield _text(left + LANE_MM / 2, y, size * min(1, room), line, ' font-weight="bold"')
    y = head_mm
    for row, tall in zip(sheet.rows, heights, strict=True):
        lines.append(f"M0 {number(y)}H{number(width)}")
        if row.unread_actor:  # nobody is known to do this row
            lanes_mm = number(width - NO_MM)
            yield (
                f'<rect x="{number(NO_MM)}" y="{number(y)}" width="{lanes_mm}" '
                f'height="{number(tall)}" class="u"/>'
            )
        yield _text(NO_MM / 2, y + tall / 2 + size * 0.35, size, row.no)
        y += tall
    yield f'<path class="g" d="{"".join(lines)}"/>'


def _flow(sheet: SheetModel, layout: Layout, scale: Scale) -> Iterator[str]:
    for connector in layout.routing.connectors:
        points = "L".join(f"{number(scale.x(x))} {number(scale.y(y))}" for x, y in connector.points)
        yield f'<path class="l" d="M{points}"/>'
    sides = entered_sides(sheet, layout)
    for i, symbol in enumerate(sheet.symbols):
        width, height = layout.symbols.of(symbol.drawn_as)
        x, y = centre_of(symbol, layout, scale)
        dashed = " d" if symbol.dashed else ""
        heads = "".join(arrow_head(side, width, height) for side in sides.get(i, ()))
        yield f'<g transform="translate({number(x - width / 2)} {number(y - height / 2)})">'
        yield f"<title>{escape(symbol.alt)}</title>"
        yield f'<path class="s{dashed}" d="{outline(symbol.drawn_as, width, height)}"/>'
        if symbol.text:
            size = word_pt(symbol.text, width) * MM_PER_PT
            yield _text(width / 2, height / 2 + size * 0.35, size, symbol.text)
        yield (f'<path class="h" d="{heads}"/>' if heads else "") + "</g>"
    for place in layout.labels:
        x, y = scale.x(place.x) + place.dx_mm, scale.y(place.y) + place.dy_mm
        size = place.size_pt * MM_PER_PT
        yield (
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(place.width_mm)}" '
            f'height="{number(place.height_mm)}" class="w"/>'
        )
        yield _text(x + place.width_mm / 2, y + place.height_mm / 2 + size * 0.35, size, place.text)
