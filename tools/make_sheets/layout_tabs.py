"""Layouts A and B: tab-separated OCR output, with typed symbols or with all symbols lost."""

from __future__ import annotations

import random

from tools.make_sheets.form import PAIRS, SYMBOLS, glued, items, label, upper_agency
from tools.make_sheets.gold import Shown
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words


def _identity(rng: random.Random, words: Words, sheet: Sheet, empty_name: bool) -> list[str]:
    lines = [f"{label(rng, words, 'nomor_sop')}\t{sheet.nomor}"]
    for key, when in sheet.dates.items():
        lines.append(f"{label(rng, words, key)}\t{when.shown}")
    return [*lines, "", f"{label(rng, words, 'nama_sop')}\t{'' if empty_name else sheet.nama}"]


def _signature(rng: random.Random, sheet: Sheet) -> tuple[str, list[str]]:
    """The cell beside Disahkan oleh and the lines at the end."""
    signer = sheet.signer
    nip = rng.choice(("NIP. ", "NIP ", "NIP.")) + sheet.nip_shown
    post = signer.jabatan.upper() if rng.random() < 0.6 else signer.jabatan
    style = rng.choice(("inside", "inside", "both", "end"))
    inside = f"{post} {signer.nama} {nip}" if style != "end" else post
    return inside, ([] if style == "inside" else ["", "", "", signer.nama, nip])


def print_tabs(rng: random.Random, words: Words, sheet: Sheet, lost: bool) -> tuple[str, Shown]:
    """The text of one sheet and what of it can be seen; `lost` leaves no symbol (layout B)."""
    empty_name = lost and rng.random() < 0.5
    lines = [""] * rng.randint(2, 5)
    for i, line in enumerate(upper_agency(sheet, rng)):
        lines.append(line if i == 0 or rng.random() < 0.5 else f" {line}")
        if i == 0 and rng.random() < 0.3:
            lines.append("")
    lines.append("")
    inside, block = _signature(rng, sheet)
    identity = _identity(rng, words, sheet, empty_name)
    disahkan = f"{label(rng, words, 'disahkan_oleh')}\t{rng.choice(('', ' '))}{inside}"
    lines += [*identity[:-2], disahkan, identity[-1], ""]
    for left, right in PAIRS:
        lines.append(f"{label(rng, words, left)}\t{label(rng, words, right)}")
        lines.append(f"{glued(items(sheet, left))}\t{glued(items(sheet, right))}")
    title = sheet.nama if rng.random() < 0.7 else sheet.nama_title
    lines += ["", f"SOP {title}", ""]
    table, shown = _table(rng, words, sheet, lost)
    lines += table + (block or [""])
    if empty_name:
        shown.nama = title
    return "\n".join(lines) + ("\n" if rng.random() < 0.5 else ""), shown


def _table(rng: random.Random, words: Words, sheet: Sheet, lost: bool) -> tuple[list[str], Shown]:
    count = len(sheet.actors)
    names = {key: label(rng, words, key) for key in words.columns}
    shift = lost and rng.random() < 0.5
    span = count - 1 if shift and rng.random() < 0.5 else count
    top = [names["no"], names["kegiatan"], names["pelaksana"], *[""] * (span - 1)]
    top += [names["mutu_baku"], "", "", names["keterangan"]]
    below = ["", "", *sheet.actors, names["kelengkapan"], names["waktu"], names["output"]]
    if shift:
        sheet.faults.append("header shifted")
        top.append("")
        below.insert(-1, "")
    else:
        below.append("")
    lines = ["\t".join(top), "\t".join(below)]
    marks, kinds = _lost_marks(sheet) if lost else _typed_marks(rng, sheet)
    stray = _stray(rng, sheet) if lost else {}
    for i, step in enumerate(sheet.steps):
        cells = [""] * count
        if marks[i]:
            cells[step.actor] = SYMBOLS[step.simbol]
        if i in stray:
            cells[stray[i][0]] = stray[i][1]
        row = [str(step.no), " ".join(step.kegiatan.shown.split()), *cells]
        row += [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
        lines.append("\t".join(row))
    return lines, Shown(marks, kinds)


def _typed_marks(rng: random.Random, sheet: Sheet) -> tuple[list[bool], list[str | None]]:
    marks = [True] * len(sheet.steps)
    if rng.random() < 0.25 and len(marks) > 4:  # one row without its symbol
        at = rng.randrange(1, len(marks) - 1)
        marks[at] = False
        sheet.steps[at].known = None
        sheet.faults.append("symbol missing")
    kinds = [s.simbol if seen else None for s, seen in zip(sheet.steps, marks, strict=True)]
    return marks, list(kinds)


def _lost_marks(sheet: Sheet) -> tuple[list[bool], list[str | None]]:
    sheet.faults.append("all symbols lost")
    return [False] * len(sheet.steps), [None] * len(sheet.steps)


def _stray(rng: random.Random, sheet: Sheet) -> dict[int, tuple[int, str]]:
    """Letters of exits left standing in a neighbouring actor's column of a decision row."""
    if rng.random() < 0.5:
        return {}
    found: dict[int, tuple[int, str]] = {}
    for i, step in enumerate(sheet.steps):
        if step.back_to is not None and rng.random() < 0.6:
            others = [c for c in range(len(sheet.actors)) if c != step.actor]
            found[i] = (rng.choice(others), rng.choice("YT"))
    if found:
        sheet.faults.append("stray Y or T")
    return found
