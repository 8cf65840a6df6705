"""The sheet as one HTML file: no script, no network, lines that follow the rows they pass."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from sopextract.core.marks import INFERRED_SIGN
from sopextract.core.resources import templates_dir
from sopextract.errors import ConfigError
from sopextract.model.record import SopRecord
from sopextract.model.source import SIGNS, Outline
from sopextract.render.changes import changes_of
from sopextract.render.form import Logo, load_form
from sopextract.render.prepare import prepare
from sopextract.render.sheet.cells import cut
from sopextract.render.sheet.labels import label_pt
from sopextract.render.sheet.layout import BORDERS_MM, MARGIN_MM, sheet_of
from sopextract.render.sheet.legend import count_edges, has_mark, origin_of, print_unsettled
from sopextract.render.sheet.measure import MM_PER_PT, count_lines
from sopextract.render.sheet.model import (
    CHANNELS,
    Block,
    Drawn,
    Identity,
    Layout,
    Mark,
    SheetModel,
    Symbol,
)
from sopextract.render.sheet.outline import arrow_head, entered_sides, number, outline
from sopextract.render.sheet.placed import word_pt
from sopextract.settings import RenderSettings

_NO_DATA = str.maketrans("", "", ";=<>")  # what parts the flow as data
UNREAD_KIND = "belum"  # what the sheet says in data of a symbol whose kind was not read
_OUTLINES: dict[Drawn, Outline] = {
    "terminator": Outline.CAPSULE,
    "proses": Outline.BOX,
    "keputusan": Outline.DIAMOND,
    "konektor": Outline.OFF_PAGE,
}
# The identity's lists in print: type size and indent as in the style; lines that fit beneath the
# head on one A4 page at that size and at the smaller one, counted on printed pages
IDENTITY_PT, LIST_INDENT_MM = 9.5, 12.0
ROOMY_LINES, DENSE_LINES = 15, 23


@dataclass(frozen=True, slots=True)
class SymbolBox:
    """A symbol as drawn: outline and arrow heads in millimetres, word and its size.

    `at` is the height of its middle in its cell. `said` is its number and kind as data; `sign`
    stands for it where the table is copied as text.
    """

    width: str
    height: str
    at: str
    left: str
    top: str
    outline: str
    heads: str
    dashed: bool
    said: str
    sign: str
    text: str
    text_mm: str
    text_x: str
    text_y: str
    alt: str


@dataclass(frozen=True, slots=True)
class LabelBox:
    """A label: its text and CSS position in its cell."""

    text: str
    left: str
    top: str
    pt: str  # its type size where that is not the sheet's usual one


@dataclass(frozen=True, slots=True)
class LaneCell:
    """One cell of the flow columns; `path` is SVG path data in channel units, `tall` of them high.

    `unsettled`: nobody is known to do this row, so that the cell is grey.
    """

    path: str
    tall: int
    symbols: tuple[SymbolBox, ...]
    labels: tuple[LabelBox, ...]
    unsettled: bool

    @property
    def said(self) -> str:
        """What the cell says as data of its symbols, from the top down."""
        return ";".join(symbol.said for symbol in self.symbols)


def render_html(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as a self-contained HTML page, UTF-8.

    Raises ConfigError when one of the user's own templates (`settings.templates`) is wrong.
    """
    try:
        return _render(record, settings).encode("utf-8", "replace")
    except TemplateError as exc:
        if settings.templates is None:
            raise  # ours: a bug
        raise ConfigError(f"template in {settings.templates}: {_where(exc)}{exc}") from exc


def _where(exc: TemplateError) -> str:
    """The file and line of a syntax error; nothing where Jinja does not know them."""
    if isinstance(exc, TemplateSyntaxError) and exc.name:
        return f"{exc.name}, line {exc.lineno}: "
    return ""


def _render(record: SopRecord, settings: RenderSettings) -> str:
    form = load_form(settings)
    page = form.paper.width_mm
    ready = prepare(record, settings)
    sheet, layout = sheet_of(ready, page)
    drawn, reasoned = count_edges(sheet)
    return _environment(settings.templates).get_template("sheet.html.j2").render(
        sheet=sheet,
        layout=layout,
        edges=_edges(sheet),
        cells=_cells(sheet, layout, marks=not settings.clean),
        marks=not settings.clean,
        sign=INFERRED_SIGN,
        page_mm=number(page),
        short_mm=number(form.paper.height_mm),
        labels=form.labels,
        changes=changes_of(record) if settings.changes else None,
        title=form.title,
        logo=_data_uri(form.logo),
        logo_text=form.logo_text,
        margin_mm=number(MARGIN_MM),
        table_mm=number(page - 2 * MARGIN_MM - BORDERS_MM),
        drawn=drawn,
        reasoned=reasoned,
        has_inferred=has_mark(sheet, Mark.INFERRED),
        has_unread=has_mark(sheet, Mark.UNREAD),
        unsettled=print_unsettled(sheet.rows),
        dense=_is_dense(sheet.identity, page),
        has_dashed=any(s.dashed for s in sheet.symbols),
        label_pt=label_pt(layout.columns),
        origin=origin_of(ready),
        css_footer=_css_string(" — ".join(t for t in (sheet.title, sheet.nomor) if t)),
    )  # fmt: skip


def _edges(sheet: SheetModel) -> str:
    """The flow as data, for who reads the sheet: see `ingest/own_flow`."""
    return ";".join(
        f"{e.source + 1}>{e.target + 1}{f'={label}' if label else ''}"
        for e in sheet.edges
        for label in (e.label.translate(_NO_DATA),)
    )


def _data_uri(logo: Logo | None) -> str:
    if logo is None:
        return ""
    return f"data:image/{logo.kind};base64,{b64encode(logo.data).decode()}"


def _is_dense(identity: Identity, page_mm: float) -> bool:
    """Whether the identity needs the smaller print to stay on one page, and fits it then."""
    width = (page_mm - 2 * MARGIN_MM) / 2 - LIST_INDENT_MM

    def lines(block: Block) -> int:
        return sum(count_lines(f.text, width, IDENTITY_PT) for f in block.items) or 1

    total = sum(max(lines(left), lines(right)) for left, right in identity.blocks)
    return ROOMY_LINES < total <= DENSE_LINES


@lru_cache(maxsize=4)
def _environment(own: Path | None) -> Environment:
    return Environment(
        loader=FileSystemLoader([str(p) for p in _folders(own)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _folders(own: Path | None) -> list[Path]:
    """Where templates are looked for: the user's folder, then ours."""
    return [*([own / "sheet", own] if own else []), templates_dir() / "sheet"]


def _css_string(text: str) -> Markup:
    """A CSS string literal in which every character that could end it is escaped."""
    safe = "".join(
        c if (c.isalnum() and c.isascii()) or c == " " else f"\\{ord(c):06x} " for c in text
    )
    return Markup(f'"{safe}"')  # noqa: S704 - only letters, digits, spaces and \hex are left


def _cells(sheet: SheetModel, layout: Layout, *, marks: bool) -> list[list[LaneCell]]:
    paths, labels = _paths(layout), _labels(layout)
    symbols: dict[tuple[int, int], list[SymbolBox]] = {}
    boxes = zip(sheet.symbols, _symbol_boxes(sheet, layout, marks), strict=True)
    for symbol, box in sorted(boxes, key=lambda both: both[0].slot):
        symbols.setdefault((symbol.row, symbol.lane), []).append(box)
    return [
        [
            LaneCell(
                "".join(paths.get((row, lane), ())),
                layout.bands.counts[row] * CHANNELS,
                tuple(symbols.get((row, lane), ())),
                tuple(labels.get((row, lane), ())),
                step.unread_actor and marks,
            )
            for lane in range(len(sheet.lanes))
        ]
        for row, step in enumerate(sheet.rows)
    ]


def _paths(layout: Layout) -> dict[tuple[int, int], dict[str, None]]:
    """The pieces of all connectors, each once, by row and lane."""
    paths: dict[tuple[int, int], dict[str, None]] = {}
    for connector in layout.routing.connectors:
        for (band, lane), (x1, y1, x2, y2) in cut(connector):
            row, slot = layout.bands.place_of(band)
            down = slot * CHANNELS
            paths.setdefault((row, lane), {})[f"M{x1} {y1 + down}L{x2} {y2 + down}"] = None
    return paths


def _labels(layout: Layout) -> dict[tuple[int, int], list[LabelBox]]:
    """The labels by row and lane."""
    labels: dict[tuple[int, int], list[LabelBox]] = {}
    for place in layout.labels:
        band, y = divmod(place.y, CHANNELS)
        lane, x = divmod(place.x, CHANNELS)
        row, slot = layout.bands.place_of(band)
        pt = "" if place.size_pt == label_pt(layout.columns) else number(place.size_pt)
        left = _offset(x / CHANNELS, place.dx_mm)
        top = _offset((slot + y / CHANNELS) / layout.bands.counts[row], place.dy_mm)
        labels.setdefault((row, lane), []).append(LabelBox(place.text, left, top, pt))
    return labels


def _sign(symbol: Symbol) -> str:
    return SIGNS[_OUTLINES[symbol.drawn_as]]


def _offset(share: float, mm: float) -> str:
    return f"calc({_percent(share)} + {number(mm)}mm)"


def _percent(share: float) -> str:
    return f"{number(share * 100)}%"


def _symbol_boxes(sheet: SheetModel, layout: Layout, marks: bool) -> list[SymbolBox]:
    sides = entered_sides(sheet, layout)
    boxes = []
    for index, symbol in enumerate(sheet.symbols):
        width, height = layout.symbols.of(symbol.drawn_as)
        heads = "".join(arrow_head(side, width, height) for side in sides.get(index, ()))
        boxes.append(
            SymbolBox(
                width=number(width),
                height=number(height),
                at=_percent((symbol.slot + 0.5) / layout.bands.counts[symbol.row]),
                left=number(-width / 2),
                top=number(-height / 2),
                outline=outline(symbol.drawn_as, width, height),
                heads=heads,
                # a kind that was not read stays dashed on a clean sheet too: a plain box would
                # claim that it was read
                dashed=symbol.dashed if marks else symbol.simbol is None,
                said=f"{index + 1} {symbol.simbol or UNREAD_KIND} {symbol.text}".strip(),
                sign=_sign(symbol),
                text=symbol.text,
                text_mm=number(word_pt(symbol.text, width) * MM_PER_PT),
                text_x=number(width / 2),
                text_y=number(height / 2),
                alt=symbol.alt,
            )
        )
    return boxes
