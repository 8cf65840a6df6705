"""Layout E: pdftotext output in one column, the flow before the identity sheet."""

from __future__ import annotations

import random
import re
import textwrap

from tools.make_sheets.form import items, label
from tools.make_sheets.gold import Shown
from tools.make_sheets.sheet import Sheet
from tools.make_sheets.wording import Words


def _gap(rng: random.Random) -> list[str]:
    return rng.choice(([" ", ""], [" ", " ", ""], [" ", "", " ", " ", ""]))


def _broken(rng: random.Random, text: str, width: int) -> list[str]:
    """A cell over several lines, each with a space at its end, some with an empty line between."""
    lines: list[str] = []
    wide = rng.random() < 0.5
    for line in textwrap.wrap(text, width, break_on_hyphens=False):
        lines += [line + " "] + ([""] if wide else [])
    return lines[:-1] if wide else lines


def _header(rng: random.Random, words: Words, sheet: Sheet) -> list[str]:
    lines = ["NO ", " ", "", f"{label(rng, words, 'kegiatan')} "]
    lines += [f"{label(rng, words, 'pelaksana')}  ", "", " ", ""]
    lines += [f"{rng.choice(('Persyaratan', 'Kelengkapan'))} ", *_gap(rng)]
    lines += [f"{label(rng, words, 'waktu')} ", *_gap(rng)]
    lines += [f"{label(rng, words, 'output').replace('Out Put', 'Output')} ", " ", ""]
    for name in sheet.actors:
        lines += [*_broken(rng, name, 14), "", " ", ""]
    return lines


def _row(rng: random.Random, sheet: Sheet, i: int, first: bool) -> list[str]:
    step = sheet.steps[i]
    body = _broken(rng, " ".join(step.kegiatan.shown.split()), rng.randint(30, 38))
    if rng.random() < 0.5:
        lines = [f"{step.no} {body[0]}", *body[1:]]
    else:
        lines = [f"{step.no} ", "", *([" ", ""] if rng.random() < 0.5 else []), *body]
    lines += ["", " ", *([" "] if rng.random() < 0.5 else []), ""]
    if first:
        lines += [rng.choice(("ULAI ", "MULAI ", "Mulai ")), "", "     ", ""]
    pad = rng.choice(("", " ", "     ")) if not first else ""
    need = _broken(rng, step.kelengkapan.shown, rng.randint(24, 32))
    lines += [pad + need[0], *need[1:], "", *([" ", " ", ""] if rng.random() < 0.6 else [])]
    waktu = (
        re.sub(r"^(\d+) ", r"\1  ", step.waktu.shown) if rng.random() < 0.4 else step.waktu.shown
    )
    out = _broken(rng, step.output.shown, rng.randint(16, 22))
    if rng.random() < 0.35 and re.fullmatch(r"\d+ +\w+", waktu):
        lines += [f"{waktu} {out[0]}", *out[1:]]
    else:
        lines += [f"{waktu} ", "", *([" ", " ", ""] if rng.random() < 0.5 else []), *out]
    return [*lines, "", " ", ""] if rng.random() < 0.6 else [*lines, ""]


def _flow(rng: random.Random, words: Words, sheet: Sheet) -> tuple[list[str], list[bool]]:
    heading = rng.choice(("II.  DOKUMEN DASAR SOP ", "B.  ALUR PROSEDUR ", "LAMPIRAN SOP "))
    lines = [heading, *[f"{t} " for t in textwrap.wrap(sheet.nama.upper(), 50)], "", " ", " ", ""]
    lines += _header(rng, words, sheet)
    starts = rng.random() < 0.4
    for i in range(len(sheet.steps)):
        lines += _row(rng, sheet, i, starts and i == 0)
    lines += [" ", "", " ", " ", "", " ", ""]
    if starts or rng.random() < 0.5:
        lines += ["MULAI ", "", "SELESAI ", ""]
    return [*lines, "", "", " ", "", " ", "", " ", ""], [False] * len(sheet.steps)


def _identity(rng: random.Random, words: Words, sheet: Sheet) -> list[str]:
    lines = [f"{sheet.pemerintah.upper()} ", "", f" {sheet.perangkat_daerah.upper()}   ", ""]
    for unit in sheet.unit_kerja:
        lines += [f"{unit.upper()} ", ""]
    number = label(rng, words, "nomor_sop")
    if rng.random() < 0.4:
        lines += ["Nomor Standar Oprasional ", ""]
        number = "Prosedur"
        sheet.faults.append("number label over two lines")
    keys = list(sheet.dates)
    lines += [f"{number} {label(rng, words, keys[0])} ", ""]
    for key in keys[1:]:
        lines += [f"{label(rng, words, key)} ", ""]
    lines += [f"{label(rng, words, 'disahkan_oleh').rstrip(' :')} ", ""]
    gap = re.sub(r"/ /", "/       /", sheet.nomor)
    lines += [f": {gap} ", ""]
    for key in keys:
        when = sheet.dates[key]
        if when.iso is not None and len(when.iso) == 7 and rng.random() < 0.5:
            lines += [f":         {when.shown} ", ""]
        else:
            lines += [f": {when.shown} ".replace(":  ", ": "), ""]
    return lines


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for line in textwrap.wrap(text, 100, break_on_hyphens=False):
        lines += [f"{line} ", ""]
    return lines


def print_linear(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """The text of one sheet: step table, then the identity sheet with labels before values."""
    for step in sheet.steps:
        step.keterangan = ""  # this layout has no such column
    flow, marks = _flow(rng, words, sheet)
    lines = flow + _identity(rng, words, sheet)
    signer = sheet.signer
    signed = rng.random() < 0.5
    if signed:
        lines += [f": {signer.jabatan.upper()} ", "", " ", "", f"{signer.nama} ", ""]
        lines += [f"NIP. {sheet.nip_shown} ", ""]
    else:
        sheet.faults.append("no signer")
        signer.jabatan, signer.nama, signer.nip = "", "", None
    lines += [" ", "", " ", "", "Standar Operasional Prosedur (SOP ) ", "", f"{sheet.nama} ", ""]
    for left, right in (
        ("dasar_hukum", "kualifikasi_pelaksana"),
        ("keterkaitan", "peralatan_perlengkapan"),
        ("peringatan", "pencatatan_pendataan"),
    ):
        heads = [label(rng, words, key).rstrip(" :") for key in (left, right)]
        lines += [f"{heads[0]} : {heads[1]} : ", ""]
        if left == "keterkaitan" and len(items(sheet, left)) == 1 and rng.random() < 0.7:
            first, *others = items(sheet, right)
            lines += [f"1. {items(sheet, left)[0]} 1. {first} ", ""]
            lines += [t for i, o in enumerate(others, 2) for t in (f"{i}. {o} ", "")]
            continue
        for key in (left, right):
            texts = items(sheet, key)
            single = len(texts) == 1 and key in ("peringatan", "pencatatan_pendataan")
            for i, text in enumerate(texts, 1):
                lines += _wrapped(text if single else f"{i}. {text}")
            if key == "dasar_hukum" and rng.random() < 0.3:
                lines += [f"{len(texts) + 1}.  ", ""]
                sheet.faults.append("empty item")
        if left == "dasar_hukum":
            lines += [" ", "", " ", ""]
    kinds: list[str | None] = [None] * len(marks)
    kinds[0] = kinds[-1] = "?"  # loose MULAI and SELESAI may be read as theirs
    shown = Shown(marks, kinds)
    shown.signer = {
        "jabatan": signer.jabatan or None,
        "nama": signer.nama or None,
        "nip": signer.nip,
        "pangkat": None,
        "status": None,
        "tanda_tangan_elektronik": False,
    }
    return "\n".join(lines) + "\n ", shown
