"""Layout F: `pdftotext -layout` (columns made of spaces) and `-raw` (cell after cell)."""

from __future__ import annotations

import random
import textwrap

from tools.make_sheets.form import PAIRS, items, label, upper_agency
from tools.make_sheets.gold import Shown
from tools.make_sheets.sheet import Sheet, Step
from tools.make_sheets.wording import Words

_LEFT = 62  # width of the left half of the identity box; chosen, not measured


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False) or [""]


def _beside(cells: list[list[str]], widths: list[int]) -> list[str]:
    """Wrapped cells side by side, each column at its own offset."""
    lines: list[str] = []
    for k in range(max(len(cell) for cell in cells)):
        line = ""
        at = 0
        for cell, width in zip(cells, widths, strict=True):
            if k < len(cell) and cell[k]:
                line = line.ljust(at) + cell[k]
            at += width
        lines.append(line.rstrip())
    return lines


def _facts(rng: random.Random, words: Words, sheet: Sheet) -> list[str]:
    """Label and value of the right half of the identity box, one line each or more."""
    signer = sheet.signer
    pairs = [(label(rng, words, "nomor_sop"), sheet.nomor)]
    pairs += [(label(rng, words, key), when.shown) for key, when in sheet.dates.items()]
    pairs.append((label(rng, words, "disahkan_oleh"), signer.jabatan.upper()))
    wide = max(len(name.rstrip(" :")) for name, _ in pairs) + 2
    lines: list[str] = []
    for name, value in pairs:
        first, *more = _wrap(value, 48)
        lines.append(f"{name.rstrip(' :'):<{wide}}: {first}".rstrip())
        lines += [" " * (wide + 2) + line for line in more]
    lines += ["", " " * (wide + 2) + signer.nama, " " * (wide + 2) + f"NIP. {sheet.nip_shown}", ""]
    title = _wrap(sheet.nama, 48)
    lines.append(f"{label(rng, words, 'nama_sop').rstrip(' :'):<{wide}}: {title[0]}")
    return lines + [" " * (wide + 2) + line for line in title[1:]]


def _numbered(texts: list[str], width: int) -> list[str]:
    if len(texts) == 1:
        return _wrap(texts[0], width)
    lines: list[str] = []
    for i, text in enumerate(texts, 1):
        first, *more = _wrap(text, width - 3)
        lines += [f"{i}. {first}", *[f"   {line}" for line in more]]
    return lines


def print_columns(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """The sheet as `pdftotext -layout` gives it; shapes leave no trace, words settle the actors."""
    agency = [*[""] * rng.randint(0, 2), *upper_agency(sheet, rng)]
    lines = [*_beside([agency, _facts(rng, words, sheet)], [_LEFT, 80]), ""]
    for left, right in PAIRS:
        heads = [[label(rng, words, left)], [label(rng, words, right)]]
        lines += _beside(heads, [_LEFT, 60])
        bodies = [_numbered(items(sheet, key), _LEFT - 4) for key in (left, right)]
        lines += [*_beside(bodies, [_LEFT, 60]), ""]
    lines += [
        "\f" if rng.random() < 0.5 else "",
        f"SOP {sheet.nama_title.upper()}".center(120).rstrip(),
        "",
    ]
    lines += _column_table(rng, words, sheet)
    return "\n".join(lines) + "\n", _nothing_seen(sheet)


def _nothing_seen(sheet: Sheet) -> Shown:
    count = len(sheet.steps)
    return Shown([False] * count, [None] * count)


def _step_cells(step: Step, actors: int, widths: list[int]) -> list[list[str]]:
    texts = [str(step.no), " ".join(step.kegiatan.shown.split()), *[""] * actors]
    texts += [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
    return [_wrap(text, width - 2) for text, width in zip(texts, widths, strict=True)]


def _column_table(rng: random.Random, words: Words, sheet: Sheet) -> list[str]:
    names = {key: label(rng, words, key) for key in words.columns}
    actors = len(sheet.actors)
    wide = max(15, *(len(word) + 2 for name in sheet.actors for word in name.split()))
    widths = [5, rng.randint(36, 44), *[wide] * actors, 26, 14, 24, 24]
    top = [names["no"], names["kegiatan"], names["pelaksana"], *[""] * (actors - 1)]
    top += ["", names["mutu_baku"], "", names["keterangan"]]
    lines = _beside([[text] for text in top], widths)
    below = ["", "", *sheet.actors, names["kelengkapan"], names["waktu"], names["output"], ""]
    cells = [_wrap(text, width - 2) for text, width in zip(below, widths, strict=True)]
    lines += _beside(cells, widths)
    if rng.random() < 0.4:
        lines += _beside([[str(i)] for i in range(1, len(widths) + 1)], widths)
    spaced = rng.random() < 0.6
    for step in sheet.steps:
        lines += _beside(_step_cells(step, actors, widths), widths)
        lines += [""] if spaced else []
    return lines


def print_raw(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """The sheet as `pdftotext -raw` gives it: the lines of one cell, then those of the next."""
    signer = sheet.signer
    lines = upper_agency(sheet, rng)
    lines.append(f"{label(rng, words, 'nomor_sop').rstrip(' :')} : {sheet.nomor}")
    for key, when in sheet.dates.items():
        lines.append(f"{label(rng, words, key).rstrip(' :')} : {when.shown}".rstrip())
    lines.append(f"{label(rng, words, 'disahkan_oleh').rstrip(' :')} : {signer.jabatan.upper()}")
    lines += [signer.nama, f"NIP. {sheet.nip_shown}"]
    lines.append(f"{label(rng, words, 'nama_sop').rstrip(' :')} : {sheet.nama}")
    for pair in PAIRS:
        for key in pair:
            lines.append(label(rng, words, key))
            lines += [line.strip() for line in _numbered(items(sheet, key), 60)]
    lines.append(f"SOP {sheet.nama_title.upper()}")
    names = {key: label(rng, words, key) for key in words.columns}
    lines += [names["no"], names["kegiatan"], names["pelaksana"], names["mutu_baku"]]
    lines += [names["keterangan"], *sheet.actors]
    lines += [names["kelengkapan"], names["waktu"], names["output"]]
    for step in sheet.steps:
        body = _wrap(" ".join(step.kegiatan.shown.split()), 40)
        lines += [f"{step.no} {body[0]}", *body[1:], *_wrap(step.kelengkapan.shown, 24)]
        lines += [step.waktu.shown, *_wrap(step.output.shown, 24)]
        lines += [step.keterangan] if step.keterangan else []
    return "\n".join(lines) + "\n", _nothing_seen(sheet)
