"""Whole SOP sheets as workbooks; every person and office in them is invented."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

_SIDE = Side("thin")
_RULED = Border(_SIDE, _SIDE, _SIDE, _SIDE)

IDENTITY = (
    ("G", "Nomor SOP", ": 12/DISPUSIP/2024"),
    ("G", "Tanggal Pembuatan", ": 4 Maret 2024"),
    ("G", "Tanggal Revisi", ": -"),
    ("G", "Tanggal Efektif", ": 1 April 2024"),
    ("G", "Disahkan oleh", "KEPALA DINAS\n\nMARTEN LEWA, S.Sos\nNIP. 19710203 199703 1 004"),
    ("G", "Nama SOP", "Peminjaman Buku"),
)
SECTIONS = (
    ("Dasar Hukum", ("1. Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan",
                     "2. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"),
     "Kualifikasi Pelaksana", ("1. Memahami layanan sirkulasi",
      "2. Mampu mengoperasikan komputer")),
    ("Keterkaitan", ("1. SOP Pengembalian Buku",),
     "Peralatan/Perlengkapan", ("1. Komputer", "2. Buku pinjam")),
    ("Peringatan", ("Jika kartu tidak sah maka buku tidak dipinjamkan",),
     "Pencatatan dan Pendataan", ("Disimpan sebagai data elektronik",)),
)  # fmt: skip
HEADER = (
    ("A", "No"), ("B", "Kegiatan"), ("E", "Pelaksana"), ("H", "Mutu Baku"), ("L", "Keterangan"),
)  # fmt: skip
NAMES = (
    ("E", "Petugas Layanan"), ("F", "Kepala Seksi"), ("G", "Kepala Dinas"), ("H", "Kelengkapan"),
    ("J", "Waktu"), ("K", "Output"),
)  # fmt: skip
STEPS = (
    ("Menerima kartu anggota", "Kartu anggota", "5 menit", "Kartu diterima"),
    ("Memeriksa kartu", "Kartu anggota", "10 menit", "Kartu sah"),
    ("Menyerahkan buku", "Buku", "2 menit", "Buku dipinjam"),
)


def put_identity(sheet: Worksheet, top: int = 1, nomor: str = "12/DISPUSIP/2024") -> int:
    """The identity box over A to L from row `top`; gives the first row below it."""
    row = top
    sheet[f"A{row}"] = "PEMERINTAH KABUPATEN SIKKA\nDINAS PERPUSTAKAAN DAN KEARSIPAN"
    sheet.merge_cells(f"A{row}:F{row + 5}")
    for column, label, value in IDENTITY:
        sheet[f"{column}{row}"] = label
        sheet.merge_cells(f"{column}{row}:H{row}")
        sheet[f"I{row}"] = value.replace("12/DISPUSIP/2024", nomor)
        sheet.merge_cells(f"I{row}:L{row}")
        row += 1
    for left, left_items, right, right_items in SECTIONS:
        sheet[f"A{row}"], sheet[f"G{row}"] = left, right
        row += 1
        for i in range(max(len(left_items), len(right_items))):
            if i < len(left_items):
                sheet[f"A{row}"] = left_items[i]
            if i < len(right_items):
                sheet[f"G{row}"] = right_items[i]
            sheet.merge_cells(f"A{row}:F{row}")
            sheet.merge_cells(f"G{row}:L{row}")
            row += 1
    rule(sheet, top, row)
    return row


def put_steps(sheet: Worksheet, top: int) -> int:
    """The step table over A to L from row `top`; gives the first row below it.

    Kegiatan is B to D, Kelengkapan H and I, so that the columns fit the identity box above.
    """
    for column, text in HEADER:
        sheet[f"{column}{top}"] = text
    for column, text in NAMES:
        sheet[f"{column}{top + 1}"] = text
    for merged in ("A{0}:A{1}", "B{0}:D{1}", "E{0}:G{0}", "H{0}:K{0}", "L{0}:L{1}", "H{1}:I{1}"):
        sheet.merge_cells(merged.format(top, top + 1))
    row = top + 2
    for number, (kegiatan, kelengkapan, waktu, output) in enumerate(STEPS, 1):
        values: tuple[str | int, ...] = (number, kegiatan, kelengkapan, waktu, output)
        for column, value in zip("ABHJK", values, strict=True):
            sheet[f"{column}{row}"] = value
        sheet.merge_cells(f"B{row}:D{row}")
        sheet.merge_cells(f"H{row}:I{row}")
        row += 1
    rule(sheet, top, row)
    return row


def rule(sheet: Worksheet, start: int, end: int) -> None:
    """Rules round every cell from row `start` to before `end`."""
    for row in range(start, end):
        sheet.row_dimensions[row].height = 40
        for column in "ABCDEFGHIJKL":
            sheet[f"{column}{row}"].border = _RULED


def sop_workbook(*, gap: int = 1, title: str = "SOP PEMINJAMAN BUKU") -> tuple[Workbook, int]:
    """Identity and steps on one sheet; and the row of the header of the steps."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "SOP 1"
    row = put_identity(sheet) + gap
    if title:
        sheet[f"A{row}"] = title
        sheet.merge_cells(f"A{row}:L{row}")
        row += 1
    put_steps(sheet, row)
    return workbook, row
