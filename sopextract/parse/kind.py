"""Whether a document is a SOP AP sheet at all, and if not, what it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.core.text import fold
from sopextract.errors import NotASopError
from sopextract.lexicon.labels import match_label
from sopextract.model.source import Page, ScanReading
from sopextract.parse.rows import Row

# What each look-alike says, and in how many different ways at least. Origin: the look-alikes that
# lie in the same archives (domain notes, 1.1) and the forms they follow (UU 25/2009 for Standar
# Pelayanan, the puskesmas accreditation standard, the official letter of Permendagri 1/2023).
_LOOKALIKES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (
        "a puskesmas accreditation SOP",
        4,
        (
            r"\bpengertian\b",
            r"\btujuan\b",
            r"\bkebijakan\b",
            r"\breferensi\b",
            r"\bno\.?\s*dokumen\b",
            r"\bno\.?\s*revisi\b",
            r"\btanggal terbit\b",
            r"\bprosedur\s*/\s*langkah|langkah\s*[-–]\s*langkah\b",
            r"\bpuskesmas\b|\bklinik\b",
            r"\bunit terkait\b",
            r"\bdokumen terkait\b|rekaman historis",
            r"\bdiagram alir\b",
        ),
    ),
    (
        "a Standar Pelayanan",
        4,
        (
            r"\bstandar pelayanan\b",
            r"\bsistem,?\s*mekanisme",
            r"\bjangka waktu (?:penyelesaian|pelayanan)\b",
            r"\bbiaya\s*/\s*tarif\b",
            r"\bproduk (?:pelayanan|layanan)\b",
            r"\bkompetensi pelaksana\b",
            r"\bpenanganan pengaduan\b",
            r"\bjumlah pelaksana\b",
            r"\bjaminan pelayanan\b",
            r"\bmaklumat pelayanan\b",
            r"\bevaluasi kinerja pelaksana\b",
        ),
    ),
    (
        "a decree or regulation",
        3,
        (
            r"\bmenimbang\b",
            r"\bmengingat\b",
            r"\bmemutuskan\b",
            r"\bmenetapkan\b",
            r"\bkesatu\b",
            r"\bkedua\b",
            r"\bpasal \d+\b",
            r"\bdengan rahmat tuhan\b",
        ),
    ),
    (
        "a letter",
        3,
        (
            r"\bperihal\b|^\s*hal\s*:",
            r"\bsifat\s*:",
            r"\blampiran\s*:",
            r"\byth\b|kepada yang terhormat",
            r"\bdengan hormat\b",
            r"\bdemikian\b.*\b(?:disampaikan|terima kasih|maklum|perhatian)",
            r"\btembusan\b",
            r"\bsehubungan dengan\b",
            r"^\s*di\s*[-–]?\s*$|^\s*tempat\s*$",
            r"\bundangan\b",
        ),
    ),
    (
        "a budget",
        3,
        (
            r"\brencana kerja dan anggaran\b|\bdokumen pelaksanaan anggaran\b",
            r"\bbelanja\b",
            r"\bkode rekening\b",
            r"\bjumlah \(?rp\b|\brp\.?\s?[\d.]{5,}",
            r"\bpagu\b",
            r"\bvolume\b",
            r"\bsatuan\b",
            r"\bharga satuan\b",
            r"\bapb[dn]\b",
        ),
    ),
    (
        "slides or training material",
        3,
        (
            r"\bpengertian sop\b",
            r"\bmanfaat sop\b",
            r"\bprinsip\b.*\bsop\b",
            r"\bterima kasih\b",
            r"\bslide\b",
            r"\bbimbingan teknis\b|\bbimtek\b",
            r"\bjenis sop\b|\bformat sop\b",
        ),
    ),
)

# Labels that only this form has in this company; a sheet shows at least three of them.
_CORE = frozenset(
    (
        "nomor_sop",
        "tanggal_pembuatan",
        "tanggal_revisi",
        "tanggal_efektif",
        "tanggal_pengesahan",
        "disahkan_oleh",
        "nama_sop",
        "dasar_hukum",
        "kualifikasi_pelaksana",
        "keterkaitan",
        "peralatan_perlengkapan",
        "peringatan",
        "pencatatan_pendataan",
    )
)
# Labels of the form beside a step table, and alone: decrees and accreditation SOPs print some of
# the words as well. Own judgement, checked on the look-alikes among the made sheets.
_MIN_LABELS = 3
# With steps below them: no look-alike was seen with more than four. Asked for as well where a scan
# can hardly be read: so many labels are no accident, and fewer would give an invented record.
_PLAINLY_A_SHEET = 6
_MIN_LABELS_WITHOUT_TABLE = 5

# A list of SOPs has the form's labels as heads: so many in one row, over so many full rows. A form
# that prints its labels side by side has one row of values below them.
_HEADS, _ROWS_BELOW = 3, 3
_COLUMN_HEADS = 2  # of a step table in one row: there a list ends, if it was one
# Counts say how many sheets have an item; a form's value is a text or a date, seldom a mere year.
_COUNT = re.compile(r"[\d\s.,%–-]*\d[\d\s.,%–-]*")

_FEWEST_WORDS = 5  # fewer on a page are specks that an engine took for letters, or a page number
_PAGES_NAMED = 3  # of a scan that cannot be read; what fits a line


@dataclass(frozen=True, slots=True)
class Verdict:
    """`sop` or not; `likeness` names what else it looks like, None for nothing known."""

    sop: bool
    likeness: str | None
    labels: int


def judge(
    rows: Sequence[Row],
    labels: set[str],
    steps: int,
    filled: int | None = None,
    columns: frozenset[str] = frozenset(),
    *,
    picture: bool = False,
    dim: bool = False,
) -> Verdict:
    """Weigh the labels and steps found against the signs of the look-alikes.

    A sheet has several of the form's labels, or a step table with steps; without a table more
    labels are asked for, and more still when the text shows the signs of something else. `filled`
    is how many labels have a value (None: not counted): slides about the form print its labels
    alone (the last may take up the line below). `columns` are the column labels of the table; with
    Mutu Baku among them it is this form's even without an identity sheet (the second page alone).
    `picture` says that the steps stand in a picture: they count though nobody could read them.
    `dim` says that the pages are scans that can hardly be read.
    """
    core = len(labels & _CORE)
    if (steps or picture) and core >= _PLAINLY_A_SHEET:
        return Verdict(True, None, core)
    likeness, strength = _likeness(rows)
    if dim:
        return Verdict(core >= _PLAINLY_A_SHEET, likeness, core)
    wanted = _MIN_LABELS if steps or picture else _MIN_LABELS_WITHOUT_TABLE
    if strength > 0:
        wanted += 1 + strength
    if filled == 0 and not steps and core >= wanted:
        return Verdict(False, "a SOP form that nobody has filled in", core)
    if filled is not None and filled <= 1 and not steps and strength > 0:
        return Verdict(False, likeness, core)
    if steps >= 2 and strength <= 0 and (core + 2 >= wanted or "mutu_baku" in columns):
        return Verdict(True, likeness, core)
    return Verdict(core >= wanted, likeness, core)


def labels_of_forms(
    rows: Sequence[Row], found: Sequence[tuple[str, int, str]], tables: Sequence[tuple[int, int]]
) -> list[int]:
    """Which of the labels found, by position, are a form's: those of lists and tables are left out.

    `found` are fields with their row and their value; `tables` the rows that step tables take. Left
    out are labels that head the columns of a list, and all where half of the values are counts, as
    in a table of how many sheets have which item.
    """
    lists = _heads_of_lists(
        rows, found, {row for start, end in tables for row in range(start, end)}
    )
    kept = [i for i, (_, row, _) in enumerate(found) if row not in lists]
    core = [found[i][2] for i in kept if found[i][0] in _CORE]
    counts = sum(_COUNT.fullmatch(value) is not None for value in core)
    return [] if counts >= _MIN_LABELS and 2 * counts >= len(core) else kept


def _heads_of_lists(
    rows: Sequence[Row], found: Sequence[tuple[str, int, str]], in_tables: set[int]
) -> set[int]:
    by_row: dict[int, set[str]] = {}
    for name, row, _ in found:
        if name in _CORE:
            by_row.setdefault(row, set()).add(name)
    return {
        row
        for row, names in by_row.items()
        if len(names) >= _HEADS and _goes_on(rows, row, in_tables)
    }


def _goes_on(rows: Sequence[Row], head: int, in_tables: set[int]) -> bool:
    """Whether row after row of values stands below a row of heads, before any step table."""
    below = range(head + 1, head + 1 + _ROWS_BELOW)
    return below.stop <= len(rows) and all(
        k not in in_tables
        and len(rows[k].filled) >= _HEADS
        and sum(match_label(text, ("kolom",)) is not None for text in rows[k].filled)
        < _COLUMN_HEADS
        for k in below
    )


def _likeness(rows: Sequence[Row]) -> tuple[str | None, int]:
    """The look-alike whose signs are most above what it needs, and by how many."""
    text = "\n".join(fold(row.text) for row in rows[:400])
    best: tuple[str | None, int] = (None, -1)
    for name, needed, signs in _LOOKALIKES:
        count = sum(re.search(sign, text, re.MULTILINE) is not None for sign in signs)
        if count - needed > best[1]:
            best = (name, count - needed)
    return best[0], best[1] + 1 if best[1] >= 0 else 0


def cannot_be_read(scan: ScanReading) -> bool:
    """Whether nothing on a scanned page can be relied on: blank, a photograph, handwriting."""
    return scan.poor is not None or scan.words < _FEWEST_WORDS


def refusal(likeness: str | None, pages: Sequence[Page]) -> NotASopError:
    """Why a document holds no SOP: it is something else, or a scan that cannot be read."""
    if likeness is None and (unread := _unread(pages)):
        return NotASopError(
            f"is a scan that cannot be read ({unread})",
            hint="scan it again at 300 dpi, straight and in good light; handwriting cannot be read",
        )
    return NotASopError(
        f"holds no SOP sheet; it looks like {likeness}"
        if likeness
        else "holds no SOP sheet: neither its labels nor a step table were found",
        hint="if it is a SOP after all, check that its text was extracted completely",
    )


def _unread(pages: Sequence[Page]) -> str:
    """The first pages with what could be read of them; "" where a page could be read."""
    if any(page.scan is None or not cannot_be_read(page.scan) for page in pages):
        return ""
    shown = [
        f"page {page.number or 1}: {_how_much(page.scan)}"
        for page in pages[:_PAGES_NAMED]
        if page.scan
    ]
    more = len(pages) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _how_much(scan: ScanReading) -> str:
    if not scan.words or scan.known_share is None:
        return "no words"
    if scan.unread > scan.words:
        return f"{scan.unread} of {scan.unread + scan.words} words not readable, as in handwriting"
    return f"{round(scan.known_share * scan.words)} of {scan.words} words known"
