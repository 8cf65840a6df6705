"""What a sheet says about itself: the legend of its marks, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sopextract.core.marks import INFERRED_SIGN, UNREAD_TEXT
from sopextract.core.text import strip_controls
from sopextract.model.record import SopRecord
from sopextract.render.sheet.measure import text_height_mm, wrap_lines
from sopextract.render.sheet.model import Field, Mark, Row, SheetModel
from sopextract.render.sheet.rows import FILL

LEGEND_PT = 7.0
LEGEND_AIR_MM = 3.0  # above, between and below the two


def has_mark(sheet: SheetModel, mark: Mark) -> bool:
    """Whether any value of the sheet carries this mark."""
    if mark is Mark.INFERRED and any(lane.inferred for lane in sheet.lanes):
        return True
    if mark is Mark.UNREAD and any(not lane.known for lane in sheet.lanes):
        return True
    return any(field.mark is mark for field in fields_of(sheet))


def fields_of(sheet: SheetModel) -> Iterator[Field]:
    """Every value of the sheet, names of lanes left out."""
    identity = sheet.identity
    yield from (*identity.agency, *(f for _, f in identity.rows), identity.nama_sop)
    yield from (identity.jabatan, identity.nama, identity.nip)
    for pair in identity.blocks:
        for block in pair:
            yield from block.items or (block.empty,)
    for row in sheet.rows:
        yield from (row.kegiatan, row.kelengkapan, row.waktu, row.output, row.keterangan)


def legend_of(sheet: SheetModel) -> tuple[str, ...]:
    """The legend, a sentence for each mark that the sheet bears; for sheets with marks."""
    lines = []
    if has_mark(sheet, Mark.INFERRED):
        lines.append(f"{INFERRED_SIGN} disimpulkan dari bagian lain naskah")
    if any(s.dashed for s in sheet.symbols):
        lines.append("garis putus-putus: simbol atau pelaksananya disimpulkan, tidak terbaca")
    if has_mark(sheet, Mark.UNREAD):
        lines.append(f"{UNREAD_TEXT}: ada pada naskah, tetapi tidak dapat dibaca")
    unsettled = print_unsettled(sheet.rows)
    if unsettled:
        lines.append(
            f"kolom abu-abu: pelaksana langkah {unsettled} belum dapat dipastikan dari naskah"
        )
    drawn, reasoned = count_edges(sheet)
    if drawn and reasoned:
        lines.append(
            f"garis alur: {drawn} terbaca dari gambar, {reasoned} disimpulkan dari teks atau "
            "urutan langkah"
        )
    elif reasoned:
        lines.append(
            "garis alur disimpulkan dari teks atau urutan langkah; gambarnya tidak terbaca"
        )
    elif drawn:
        lines.append("garis alur terbaca dari gambar")
    return tuple(lines)


def count_edges(sheet: SheetModel) -> tuple[int, int]:
    """How many of the sheet's lines were read off a drawing, and how many reasoned.

    The bare arrows between symbols of one row are neither: the record holds their order, not them.
    """
    rows = [symbol.row for symbol in sheet.symbols]
    said = [e for e in sheet.edges if e.label or rows[e.source] != rows[e.target]]
    drawn = sum(not e.inferred for e in said)
    return drawn, len(said) - drawn


def origin_of(record: SopRecord) -> str:
    """Where the sheet comes from, and that it is not the signed one."""
    source = " ".join(strip_controls(record.source.path).split())
    return f"Disusun ulang dari {source}; yang sah adalah naskah yang ditandatangani."


def foot_rows_mm(legend: Sequence[str], origin: str, width_mm: float) -> tuple[float, float]:
    """The heights that legend and origin take below the table."""
    lines = [wrap_lines(text, width_mm * FILL, LEGEND_PT) for text in (join_legend(legend), origin)]
    first, second = (text_height_mm(len(x), LEGEND_PT) + LEGEND_AIR_MM / 2 for x in lines)
    return first, second


def foot_mm(legend: Sequence[str], origin: str, width_mm: float) -> float:
    """The height that both take."""
    return sum(foot_rows_mm(legend, origin, width_mm))


def join_legend(legend: Sequence[str]) -> str:
    """The legend as one text."""
    return "   ".join(legend)


def running_title(sheet: SheetModel) -> str:
    """What stands at the foot of every page."""
    return " — ".join(t for t in (sheet.title, sheet.nomor) if t)


def print_unsettled(rows: Sequence[Row]) -> str:
    """The numbers of the rows that nobody is known to do, rows in turn as a range; '' if none.

    Rows 2, 3, 4 and 7 give '2–4, 7'. Numbers are those printed on the sheet.
    """
    runs: list[list[str]] = []
    before = False
    for row in rows:
        if row.unread_actor and before:
            runs[-1].append(row.no)
        elif row.unread_actor:
            runs.append([row.no])
        before = row.unread_actor
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
