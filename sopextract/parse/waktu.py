"""The Waktu column: amounts (the grammar is in `lexicon/satuan.py`) and how to know the column."""

from __future__ import annotations

import re

from sopextract.core.text import squeeze
from sopextract.lexicon.satuan import WaktuDraft, find_unit, parse_waktu

__all__ = ["WaktuDraft", "find_unit", "looks_like_duration", "parse_waktu"]

_AMOUNT_IN_TEXT = re.compile(
    r"(?:\d|½|satu|dua|tiga|setengah)\S*\s*(?:menit|mnt|jam|hari|minggu|bulan|bln|tahun|detik)\b"
    r"(?!\s*\d{4})"  # "Nomor 43 Tahun 2009"
)
_OPEN = re.compile(
    r"""
    \b(?: sesuai\s+(?:jadwal|kebutuhan|waktu|agenda|undangan|ketentuan)
        | menyesuaikan | tentatif | insidentil | insidental | situasional | kondisional
        | (?:triwulan|semester|bulan|tahun|minggu|hari)an
        | (?:se)?tiap\s+(?:hari|bulan|minggu|tahun)
        | sepanjang\s+(?:tahun|waktu) | 1\s+semester | per\s+(?:triwulan|semester|bulan|tahun)
        | tanggal\s+\d
    )\b""",
    re.VERBOSE,
)
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\s?-\s?\d{1,3})?")

# Order of trust, so that the reader can add up a column: an amount is a duration; an amount that
# begins other words nearly always; an open phrase may stand in Keterangan too; an amount further on
# and a number may be anything.
_AMOUNT, _AT_START, _OPEN_PHRASE, _IN_TEXT, _NUMBER_ALONE = 1.0, 0.8, 0.7, 0.4, 0.3
_BEFORE_AMOUNT = 16  # characters: "paling lambat ", "waktu selama "
_LONGEST_IN_TEXT = 40  # characters; longer texts with an amount in them are Kegiatan or Keterangan


def looks_like_duration(text: str) -> float:
    """How much a cell looks like one of the time column, 0 to 1.

    Open phrases ("Sesuai jadwal", "Triwulanan") count as well. One cell proves nothing: sheets do
    print "7 Hari" under Output and "Laporan Semesteran" under Waktu; add up the column.
    """
    draft = parse_waktu(squeeze(text))
    if draft.durasi or draft.durasi_maks:
        return _AMOUNT
    low = squeeze(text).casefold()
    if len(low) <= _LONGEST_IN_TEXT and (amount := _AMOUNT_IN_TEXT.search(low)):
        return _AT_START if amount.start() <= _BEFORE_AMOUNT else _IN_TEXT
    if _OPEN.match(low):
        return _OPEN_PHRASE
    return _NUMBER_ALONE if _BARE_NUMBER.fullmatch(low) else 0.0
