"""The comparison as an Excel workbook to work on: frozen heads, filters, no live formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sopextract.compare.comparison import Cell as StepCell
from sopextract.compare.comparison import Comparison, Family
from sopextract.compare.wordlist import STATUS_WORDS, hours
from sopextract.core.text import strip_controls
from sopextract.core.workbook import fix_dates
from sopextract.model.record import SopRecord

Value = str | int | float | None
Style = tuple[StyleArray, StyleArray]  # for text as it is, for text that looks like a formula
TEXT_MAX = 32_767  # what a cell of an .xlsx file may hold
WIDTH_MIN, WIDTH_MAX = 8, 60  # characters; longer texts wrap
NAME_MAX = 31  # what Excel allows for a sheet's name
_FORMULA = ("=", "+", "-", "@")
_HEAD = PatternFill("solid", fgColor="1F3A5F")
_WRAP = Alignment(vertical="top", wrap_text=True)


def render_workbook(
    comparison: Comparison, records: Sequence[SopRecord], links: Sequence[str | None]
) -> bytes:
    """The workbook's bytes; `links` as in `render_report`."""
    book = Workbook(write_only=True)
    book.properties.creator = "sopextract"
    _add(book, "Daftar SOP", _inventory(comparison, links))
    _add(book, "Keluarga", _families(comparison))
    _add(book, "Langkah Sejajar", _aligned(comparison))
    _add(book, "Salinan", _copies(comparison))
    _add(book, "Dasar Hukum", _legal(comparison))
    _add(book, "Kelengkapan", _completeness(comparison))
    _add(book, "Waktu dan Serah Terima", _figures(comparison))
    _add(book, "Temuan", _findings(comparison, records))
    buffer = io.BytesIO()
    book.save(buffer)
    return fix_dates(buffer.getvalue())


def _add(book: Workbook, name: str, rows: Iterable[Sequence[Value]]) -> None:
    table = [list(row) for row in rows]
    sheet = book.create_sheet(name[:NAME_MAX])
    columns = len(table[0])
    for column in range(columns):
        longest = max(len(str(row[column] or "")) for row in table)
        letter = get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = min(max(longest + 2, WIDTH_MIN), WIDTH_MAX)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{len(table)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    head, text = _styles(sheet)
    sheet.append([_cell(sheet, value, head) for value in table[0]])
    for row in table[1:]:
        sheet.append([_cell(sheet, value, text) for value in row])


def _styles(sheet: WriteOnlyWorksheet) -> tuple[Style, Style]:
    """Head and text. Made once per sheet: set cell by cell they take longer than all the rest."""
    head, text, quoted_head, quoted_text = (WriteOnlyCell(sheet) for _ in range(4))
    for cell in (head, text, quoted_head, quoted_text):
        cell.alignment = _WRAP
    for cell in (head, quoted_head):
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _HEAD
    for cell in (quoted_head, quoted_text):
        cell.quotePrefix = True
    arrays = [c._style for c in (head, quoted_head, text, quoted_text)]  # type: ignore[attr-defined]  # missing in the stubs
    return (arrays[0], arrays[1]), (arrays[2], arrays[3])


def _cell(sheet: WriteOnlyWorksheet, value: Value, style: Style) -> Cell | int | float | None:
    """A cell whose text is text: a leading "=" is neither a formula now nor after an edit."""
    if not isinstance(value, str):
        return value
    text = strip_controls(value)[:TEXT_MAX]
    cell = Cell(sheet, 1, 1, text, style[text.lstrip().startswith(_FORMULA)])
    cell.data_type = "s"
    return cell


def _inventory(c: Comparison, links: Sequence[str | None]) -> Iterator[Sequence[Value]]:
    yield (
        "Perangkat daerah", "Nomor SOP", "Nama SOP", "Tanggal efektif", "Disahkan oleh",
        "Langkah", "Pelaksana", "Kesalahan", "Peringatan", "Catatan", "Keraguan pembacaan",
        "Keluarga", "Berkas sumber", "Lembar rapi",
    )  # fmt: skip
    for s in c.sheets:
        f = s.findings
        yield (
            c.agencies[s.agency].name,
            s.nomor_sop or _missing(s.states["Nomor SOP"]),
            s.title or _missing(s.states["Nama SOP"]),
            s.tanggal_efektif or _missing(s.states["Tanggal Efektif"]),
            s.disahkan_oleh or _missing(s.states["Disahkan oleh"]),
            s.figures.steps, s.figures.actors, f.error, f.warning, f.info, f.reading,
            s.family, s.path, links[s.sop],
        )  # fmt: skip


def _families(c: Comparison) -> Iterator[Sequence[Value]]:
    yield (
        "Keluarga", "Prosedur", "Perangkat daerah", "Nama SOP", "Peran", "Kemiripan dengan acuan",
        "Judul", "Langkah", "Output", "Dasar hukum",
    )  # fmt: skip
    for family in c.families:
        links = {(link.b if link.a == family.reference else link.a): link for link in family.links}
        for sop in family.members:
            link = links.get(sop)
            yield (
                family.number, family.title, c.agencies[c.sheets[sop].agency].name,
                c.sheets[sop].title, "pembanding" if link else "acuan",
                link.score if link else None, link.title if link else None,
                link.steps if link else None, link.outputs if link else None,
                link.legal if link else None,
            )  # fmt: skip


def _aligned(c: Comparison) -> Iterator[Sequence[Value]]:
    yield (
        "Keluarga", "Baris", "Perangkat daerah", "Nama SOP", "Langkah", "Kegiatan", "Pelaksana",
        "Waktu", "Output", "Kesesuaian", "Berbeda pada", "Skor",
    )  # fmt: skip
    for family in c.families:
        yield from _aligned_rows(c, family)


def _aligned_rows(c: Comparison, family: Family) -> Iterator[Sequence[Value]]:
    """A step that a sheet lacks is a row of its own only where the reference has that step: a
    step that one of many sheets adds would else be told for each of the others."""
    asked = family.members.index(family.reference)
    for number, row in enumerate(family.rows, start=1):
        for sop, cell in zip(family.members, row.cells, strict=True):
            if cell is None and row.cells[asked] is None:
                continue
            sheet = c.sheets[sop]
            start = (family.number, number, c.agencies[sheet.agency].name, sheet.title)
            if cell is None:
                yield (*start, None, None, None, None, None, "tidak ada", None, None)
                continue
            yield (
                *start, cell.urutan, " ".join(s.text for s in cell.kegiatan if s.mark != "hilang"),
                *_values(cell), cell.state,
                ", ".join(cell.differs), cell.score,
            )  # fmt: skip


def _values(cell: StepCell) -> Iterator[Value]:
    printed = ("; ".join(cell.pelaksana), cell.waktu, cell.output)
    for name, value in zip(("pelaksana", "waktu", "output"), printed, strict=True):
        yield value or (_missing("tak_terbaca") if name in cell.unread else None)


def _copies(c: Comparison) -> Iterator[Sequence[Value]]:
    yield (
        "Kelompok", "Lembar A", "Lembar B", "Jenis", "Skor", "Langkah sama", "Waktu sama",
        "Perbedaan", "Letak", "Pada A", "Pada B",
    )  # fmt: skip
    for number, group in enumerate(c.copies, start=1):
        for pair in group.pairs:
            start = (
                number, _sheet_name(c, pair.a), _sheet_name(c, pair.b), pair.kind, pair.score,
                f"{pair.same_steps} dari {max(pair.steps)}",
                f"{pair.same_times} dari {pair.compared_times}",
            )  # fmt: skip
            if not pair.differences and not pair.leftovers:
                yield (*start, "tidak ada", None, None, None)
            for d in pair.differences:
                yield (*start, d.what, d.where, d.left, d.right)
            for left in pair.leftovers:
                texts = (left.text, None) if left.sop == pair.a else (None, left.text)
                yield (*start, "mungkin tertinggal", left.words, *texts)


def _legal(c: Comparison) -> Iterator[Sequence[Value]]:
    yield ("Peraturan", "Tentang", "Status", "Jumlah SOP", *(a.short for a in c.agencies))
    for row in c.legal.rows:
        counts = [n or None for n in row.counts]
        yield (row.label, row.tentang, STATUS_WORDS[row.status], len(row.sheets), *counts)
    yield ("(dasar hukum belum terbaca)", None, None, sum(c.legal.unread), *c.legal.unread)


def _completeness(c: Comparison) -> Iterator[Sequence[Value]]:
    yield ("Perangkat daerah", "Butir", "Terisi", "Kosong", "Belum terbaca")
    for agency in c.agencies:
        for item in agency.items:
            yield (agency.name, item.item, item.terisi, item.kosong, item.tak_terbaca)


def _figures(c: Comparison) -> Iterator[Sequence[Value]]:
    yield (
        "Perangkat daerah", "Nama SOP", "Waktu", "Menit kerja (yang diketahui)",
        "Langkah tanpa waktu pasti", "Langkah dengan rentang", "Serah terima",
        "Langkah tanpa pelaksana terbaca", "Keputusan", "Langkah tanpa simbol terbaca", "Putaran",
    )  # fmt: skip
    for s in c.sheets:
        f = s.figures
        yield (
            c.agencies[s.agency].name, s.title, hours(f), f.menit_kerja, f.time_unknown,
            f.time_ranges, f.handovers, f.handovers_unknown, f.decisions, f.decisions_unknown,
            f.loops,
        )  # fmt: skip


def _findings(c: Comparison, records: Sequence[SopRecord]) -> Iterator[Sequence[Value]]:
    yield ("Perangkat daerah", "Nama SOP", "Aturan", "Tingkat", "Jenis", "Letak", "Temuan", "Saran")
    for s in c.sheets:
        for f in records[s.sop].findings:
            kind = "lembar SOP" if f.kind.value == "document" else "keraguan pembacaan"
            yield (
                c.agencies[s.agency].name, s.title, f.rule, f.severity.value, kind, f.path,
                f.message, f.help,
            )  # fmt: skip


def _sheet_name(c: Comparison, sop: int) -> str:
    sheet = c.sheets[sop]
    return f"{sheet.title or sheet.path} – {c.agencies[sheet.agency].short}"


def _missing(state: str) -> str:
    return "(belum terbaca)" if state == "tak_terbaca" else "(kosong)"
