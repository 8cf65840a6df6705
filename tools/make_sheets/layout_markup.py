"""Layouts C and D: OCR output with markup; half tables over pages, and parts with squares."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tools.make_sheets.form import PAIRS, items, label
from tools.make_sheets.gold import Shown
from tools.make_sheets.sheet import Gold, Sheet
from tools.make_sheets.wording import Words

_SECTIONS = ("dasar_hukum", "keterkaitan", "peringatan")
_RIGHT = ("kualifikasi_pelaksana", "peralatan_perlengkapan", "pencatatan_pendataan")


def agency_lines(sheet: Sheet) -> list[str]:
    """`DINAS …` and the region below it, without a line for the government."""
    region = sheet.pemerintah.removeprefix("Pemerintah ").upper()
    return [f"{sheet.perangkat_daerah.upper()}  ", region]


def _bold(lines: list[str]) -> list[str]:
    return [f"**{lines[0].rstrip()}", *lines[1:-1], f"{lines[-1]}**"]


def _html_list(rng: random.Random, texts: list[str], items_tagged: bool, closed: bool) -> str:
    numbered = [f"{i}. {t}" for i, t in enumerate(texts, 1)]
    body = " ".join(f"<li>{t}</li>" if items_tagged else t for t in numbered)
    return f'<ol style="list-style-type: none"> {body}' + (" </ol>" if closed else "")


def _end_block(rng: random.Random, sheet: Sheet) -> list[str]:
    signer = sheet.signer
    lines = [f"{signer.status} {signer.jabatan}" if signer.status else signer.jabatan]
    lines += ["", "", "", "  ", f" {signer.nama}  "]
    if signer.pangkat:
        lines.append(f" {signer.pangkat}  ")
    return [*lines, f" NIP. {sheet.nip_shown}"]


def _cover(rng: random.Random, sheet: Sheet) -> list[str]:
    region = sheet.pemerintah.removeprefix("Pemerintah ")
    address = f"{sheet.address} Kecamatan {region.split()[-1]}"
    cut = len(address) - rng.randint(3, 6)
    lines = ["", "", "", "", " ", "---", "", "STANDAR OPERASIONAL PROSEDUR (SOP)", ""]
    lines += [f"**{sheet.nama}**", "", *agency_lines(sheet), ""]
    if rng.random() < 0.5:
        lines += [
            address[:cut],
            "",
            "",
            "",
            f"{address[cut:]} Kode Pos {rng.randint(22000, 97000)}",
        ]
    else:
        lines += [address]
    return [*lines, "", "", "", *_bold(agency_lines(sheet)), ""]


def print_halves(rng: random.Random, words: Words, sheet: Sheet, clues: bool) -> tuple[str, Shown]:
    """Layout C: headings for the left half, a table for the right, steps in half tables."""
    lines = _cover(rng, sheet)
    for key in _SECTIONS:
        lines += [f"**{label(rng, words, key)}**", ""]
        lines += [f"{i}. {t}" for i, t in enumerate(items(sheet, key), 1)] + [""]
    lines.append(" ")
    colon = ":" if rng.random() < 0.7 else ""
    lines.append(f"{label(rng, words, 'nomor_sop')}\t{colon}\t{sheet.nomor}")
    for key, when in sheet.dates.items():
        row = f"{label(rng, words, key)}\t{colon}\t{when.shown}"
        if when.shown == "-":
            row = f"{label(rng, words, key)}\t-\t"
        lines.append(row)
    lines.append(f"{label(rng, words, 'disahkan_oleh')}\t<b>{sheet.signer.jabatan}</b>\t")
    lines.append(f"{label(rng, words, 'nama_sop')}\t<b>{sheet.nama}</b>\t")
    closed = rng.random() < 0.7
    for key in _RIGHT:
        lines.append(f"<b>{label(rng, words, key)}</b>\t\t")
        texts = items(sheet, key)
        lines.append(f"{_html_list(rng, texts, rng.random() < 0.7, closed)}\t\t")
    lines += ["", " ", " ", " ", f"**SOP : {sheet.nama.upper()}**", ""]
    table, shown = _halves(rng, words, sheet, clues)
    lines += [*table, *_end_block(rng, sheet)]
    return "\n".join(lines) + ("\n" if rng.random() < 0.5 else ""), shown


@dataclass(frozen=True)
class _Half:
    """The column labels of a half table and what holds the group header."""

    split: int
    group: tuple[str, str]


def _halves(rng: random.Random, words: Words, sheet: Sheet, clues: bool) -> tuple[list[str], Shown]:
    names = {key: label(rng, words, key) for key in words.columns}
    count = len(sheet.actors)
    lost = rng.randrange(1, count - 1) if count >= 3 and rng.random() < 0.35 else None
    if lost is not None and any(s.actor == lost for s in sheet.steps) and clues:
        lost = None
    marks = [False] * len(sheet.steps)
    kinds: list[str | None] = [None] * len(sheet.steps)
    texts = _mark_words(rng, sheet, marks, kinds, lost)
    lines: list[str] = []
    rows = len(sheet.steps)
    cut = rng.randint(max(2, rows // 2), rows) if rows > 5 else rows
    splits = (rng.randint(1, count - 1), rng.randint(1, count - 1))
    for part, (start, stop) in enumerate(((0, cut), (cut, rows))):
        if start == stop:
            continue
        group = ("PELAK", "KASANA") if part or rng.random() < 0.3 else ("PELAKSANA", "")
        half = _Half(splits[part], group)
        lines += _half_tables(rng, names, sheet, half, (start, stop), (lost, texts, part))
    if not clues:
        for i, step in enumerate(sheet.steps):
            if not marks[i]:
                hint = step.kegiatan.truth.lower().startswith(("mengarsip", "menyimpan"))
                step.known = None if hint else False
    actors = [a for i, a in enumerate(sheet.actors) if i != lost]
    sheet.faults.append("half tables")
    if lost is not None:
        sheet.faults.append("column label and number lost")
    return lines, Shown(marks, kinds, actors=actors, kolom=lost is None)


def _mark_words(
    rng: random.Random,
    sheet: Sheet,
    marks: list[bool],
    kinds: list[str | None],
    lost: int | None,
) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, word in ((0, "Mulai"), (len(sheet.steps) - 1, "Selesai")):
        if rng.random() < 0.7 and sheet.steps[at].actor != lost:
            found[at], marks[at], kinds[at] = word, True, "terminator"
    return found


def _half_tables(
    rng: random.Random,
    names: dict[str, str],
    sheet: Sheet,
    half: _Half,
    rows: tuple[int, int],
    more: tuple[int | None, dict[int, str], int],
) -> list[str]:
    lost, texts, part = more
    count, split = len(sheet.actors), half.split
    labels = ["" if i == lost else a for i, a in enumerate(sheet.actors)]
    numbers = [str(i) for i in range(1, count + 7)]
    if lost is not None:
        numbers[2 + lost] = ""
    left_top = [names["no"], names["kegiatan"], half.group[0], *[""] * (split - 1)]
    lines = ["\t".join(left_top), "\t".join(["", "", *labels[:split]])]
    lines.append("\t".join(numbers[: 2 + split]))
    for i in range(*rows):
        step = sheet.steps[i]
        cells = [texts.get(i, "") if step.actor == c else "" for c in range(count)]
        dot = "." if rng.random() < 0.9 else ""
        text = " ".join(step.kegiatan.shown.split())
        lines.append("\t".join([f"{step.no}{dot}", text, *cells[:split]]))
    lines.append("")
    if part == 0 and rng.random() < 0.5:
        lines += [f"## {rng.choice(('INDIKATOR CAPAIAN', 'ALUR KERJA', 'LEMBAR KEDUA'))}", "", " "]
        sheet.faults.append("heading noise")
    rest = labels[split:]
    if len(rest) == 1 and not half.group[1]:  # one column left: its label spans both header rows
        right_top, below = [rest[0]], [""]
    else:
        right_top, below = [half.group[1], *[""] * (len(rest) - 1)], list(rest)
    right_top += [names["mutu_baku"], "", "", names["keterangan"]]
    below += [names["kelengkapan"], names["waktu"], names["output"], ""]
    lines += ["\t".join(right_top), "\t".join(below), "\t".join(numbers[2 + split :])]
    for i in range(*rows):
        step = sheet.steps[i]
        cells = [texts.get(i, "") if step.actor == c else "" for c in range(count)]
        tail = [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
        lines.append("\t".join([*cells[split:], *tail]))
    return [*lines, ""]


def print_parts(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """Layout D: HTML-ish lists in cells, squares and arrows, the table in parts, e-signed."""
    signer = sheet.signer
    signer.elektronik = True
    signed_nip = rng.random() < 0.2
    lines = ["", "", "", "", f"STANDAR OPERASIONAL PROSEDUR (SOP) {sheet.nama.upper()}", ""]
    plain = [line.rstrip() for line in agency_lines(sheet)]
    lines += [*plain, "", "", "", *_bold(plain), ""]
    lines.append(f"{label(rng, words, 'nomor_sop')}\t:\t{sheet.nomor}")
    lines += [f"{label(rng, words, key)}\t:\t{w.shown}" for key, w in sheet.dates.items()]
    lines.append(f"{label(rng, words, 'disahkan_oleh')}\t{signer.jabatan}\t")
    lines += [f"{label(rng, words, 'nama_sop')}\t{sheet.nama}\t", ""]
    for left, right in PAIRS:
        lines.append(f"{label(rng, words, left)}\t{label(rng, words, right)}")
        closed = rng.random() < 0.2
        cells = [_html_list(rng, items(sheet, key), False, closed) for key in (left, right)]
        lines.append(f"{cells[0]} \t{cells[1]}")
    lines += ["", f"SOP : {sheet.nama.upper()}", ""]
    table, shown = _parts(rng, words, sheet)
    lines += [*table, "", "", "Ditandatangani secara elektronik oleh", ""]
    post = signer.jabatan.upper() if rng.random() < 0.7 else signer.jabatan
    lines += [post, "", signer.nama] + ([f"NIP. {sheet.nip_shown}"] if signed_nip else [])
    if not signed_nip:
        signer.nip = None
    return "\n".join(lines), shown


def _parts(rng: random.Random, words: Words, sheet: Sheet) -> tuple[list[str], Shown]:
    rows = len(sheet.steps)
    cuts = sorted(rng.sample(range(3, rows), min(rng.randint(0, 2), max(0, rows - 3))))
    bounds = list(zip([0, *cuts], [*cuts, rows], strict=True))
    names = {key: label(rng, words, key) for key in words.columns}
    shifted = rng.randrange(rows) if rng.random() < 0.6 else None
    kind_known = "proses"
    lines: list[str] = []
    for part, (start, stop) in enumerate(bounds):
        trailing = [""] if rng.random() < 0.5 else []
        labels = list(sheet.actors)
        if part and rng.random() < 0.5:
            labels = _other_labels(rng, sheet, (start, stop))
        lines += _part_head(names, labels, trailing)
        if part and rng.random() < 0.5:
            at = sheet.steps[start].actor
            arrow = ["", "", *["↓" if c == at else "" for c in range(len(labels))], "", "", "", ""]
            lines.append("\t".join(arrow + trailing))
        for i in range(start, stop):
            lines.append(_square_row(rng, sheet, i, i == shifted, trailing))
        lines.append("")
    if shifted is not None:
        sheet.faults.append("one row shifted by an extra cell")
    if len(bounds) > 1:
        sheet.faults.append("table in parts")
    for step in sheet.steps:
        step.simbol = "proses"
    return lines, Shown([True] * rows, [kind_known] * rows)


def _other_labels(rng: random.Random, sheet: Sheet, rows: tuple[int, int]) -> list[str]:
    """The labels with one changed that no row of this part uses."""
    used = {sheet.steps[i].actor for i in range(*rows)}
    free = [c for c in range(len(sheet.actors)) if c not in used]
    labels = list(sheet.actors)
    if free:
        labels[rng.choice(free)] = rng.choice(("Kepala Unit", "Pejabat Fungsional", "Koordinator"))
        sheet.faults.append("actor label changes between parts")
    return labels


def _part_head(names: dict[str, str], labels: list[str], trailing: list[str]) -> list[str]:
    count = len(labels)
    top = [names["no"], names["kegiatan"], names["pelaksana"], *[""] * (count - 1)]
    top += [names["mutu_baku"], "", "", names["keterangan"], *trailing]
    below = ["", "", *labels, names["kelengkapan"], names["waktu"], names["output"], "", *trailing]
    numbers = [str(i) for i in range(1, count + 7)] + trailing
    return ["\t".join(top), "\t".join(below), "\t".join(numbers)]


def _square_row(
    rng: random.Random, sheet: Sheet, i: int, shifted: bool, trailing: list[str]
) -> str:
    step = sheet.steps[i]
    symbol = rng.choice(("□", "□", "□", "↓ □", "↓ □ ↓")) if i else "□"
    cells = [symbol if c == step.actor else "" for c in range(len(sheet.actors))]
    if shifted:
        cells.append("")
    text = " ".join(step.kegiatan.shown.split())
    tail = [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
    return "\t".join([f"{step.no}.", text, *cells, *tail, *([] if shifted else trailing)])


def signature_gold(sheet: Sheet) -> Gold:
    """The signer as layouts C and D print it."""
    signer = sheet.signer
    return {
        "jabatan": signer.jabatan,
        "nama": signer.nama,
        "nip": signer.nip,
        "pangkat": signer.pangkat,
        "status": signer.status,
        "tanda_tangan_elektronik": signer.elektronik,
    }
