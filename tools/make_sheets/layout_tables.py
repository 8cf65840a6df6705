"""Layout G: Markdown pipe tables and plain HTML files."""

from __future__ import annotations

import html
import random

from tools.make_sheets.form import PAIRS, SYMBOLS, glued, items, label, upper_agency
from tools.make_sheets.gold import Shown
from tools.make_sheets.sheet import Sheet, Step
from tools.make_sheets.wording import Words

_SIGNS = ("(Kotak)", "□", "√")


def _facts(rng: random.Random, words: Words, sheet: Sheet) -> list[tuple[str, str]]:
    signer = sheet.signer
    found = [(label(rng, words, "nomor_sop"), sheet.nomor)]
    found += [(label(rng, words, key), when.shown) for key, when in sheet.dates.items()]
    signed = f"{signer.jabatan} {signer.nama} NIP. {sheet.nip_shown}"
    found.append((label(rng, words, "disahkan_oleh"), signed))
    found.append((label(rng, words, "nama_sop"), sheet.nama))
    return found


def _marks(rng: random.Random, sheet: Sheet) -> tuple[list[str], Shown]:
    """The sign of each row, and what it says of the symbol's kind."""
    style = rng.choice(_SIGNS)
    kinds: list[str | None] = []
    signs: list[str] = []
    for step in sheet.steps:
        sign = SYMBOLS[step.simbol] if style == "(Kotak)" else style
        signs.append(sign)
        kinds.append(step.simbol if style == "(Kotak)" else ("proses" if style == "□" else "?"))
    return signs, Shown([True] * len(signs), kinds)


def _row(step: Step, actors: int, sign: str) -> list[str]:
    cells = [sign if c == step.actor else "" for c in range(actors)]
    text = " ".join(step.kegiatan.shown.split())
    tail = [step.kelengkapan.shown, step.waktu.shown, step.output.shown, step.keterangan]
    return [str(step.no), text, *cells, *tail]


def _pipe(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def print_markdown(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """The sheet as pipe tables with a heading."""
    lines = [f"# STANDAR OPERASIONAL PROSEDUR {sheet.nama.upper()}", ""]
    lines += [*upper_agency(sheet, rng), "", "| | |", "|---|---|"]
    lines += [_pipe(list(pair)) for pair in _facts(rng, words, sheet)] + [""]
    if rng.random() < 0.5:
        for pair in PAIRS:
            for key in pair:
                lines += [f"## {label(rng, words, key)}", ""]
                lines += [f"{i}. {text}" for i, text in enumerate(items(sheet, key), 1)] + [""]
    else:
        for left, right in PAIRS:
            lines += [_pipe([label(rng, words, left), label(rng, words, right)]), "|---|---|"]
            lines += [_pipe([glued(items(sheet, left)), glued(items(sheet, right))]), ""]
    names = {key: label(rng, words, key) for key in words.columns}
    head = [names["no"], names["kegiatan"], *sheet.actors]
    head += [names["kelengkapan"], names["waktu"], names["output"], names["keterangan"]]
    signs, shown = _marks(rng, sheet)
    lines += ["", _pipe(head), "|" + "---|" * len(head)]
    for step, sign in zip(sheet.steps, signs, strict=True):
        lines.append(_pipe(_row(step, len(sheet.actors), sign)))
    return "\n".join(lines) + "\n", shown


def _html_items(texts: list[str]) -> str:
    if len(texts) == 1:
        return html.escape(texts[0])
    return "<ol>" + "".join(f"<li>{html.escape(t)}</li>" for t in texts) + "</ol>"


def _tr(cells: list[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>"


def print_html(rng: random.Random, words: Words, sheet: Sheet) -> tuple[str, Shown]:
    """The sheet as an HTML file: three tables, header cells that span."""
    names = {key: label(rng, words, key) for key in words.columns}
    count = len(sheet.actors)
    lines = ["<!DOCTYPE html>", '<html><head><meta charset="utf-8">']
    lines += [f"<title>SOP {html.escape(sheet.nama)}</title>"]
    lines += ["<style>td { border: 1px solid }</style></head><body>"]
    lines.append("<p>" + "<br>".join(html.escape(t) for t in upper_agency(sheet, rng)) + "</p>")
    facts = _facts(rng, words, sheet)
    lines += ["<table>", *[_tr(list(pair)) for pair in facts], "</table>", "<table>"]
    for left, right in PAIRS:
        lines.append(_tr([label(rng, words, left), label(rng, words, right)], "th"))
        cells = [_html_items(items(sheet, key)) for key in (left, right)]
        lines.append(f"<tr><td>{cells[0]}</td><td>{cells[1]}</td></tr>")
    lines += ["</table>", f"<h2>SOP {html.escape(sheet.nama)}</h2>", "<table>", "<tr>"]
    lines += [f'<th rowspan="2">{names["no"]}</th><th rowspan="2">{names["kegiatan"]}</th>']
    lines += [f'<th colspan="{count}">{names["pelaksana"]}</th>']
    lines += [f'<th colspan="3">{names["mutu_baku"]}</th>']
    lines += [f'<th rowspan="2">{names["keterangan"]}</th></tr>']
    below = [*sheet.actors, names["kelengkapan"], names["waktu"], names["output"]]
    lines.append(_tr(below, "th"))
    signs, shown = _marks(rng, sheet)
    for step, sign in zip(sheet.steps, signs, strict=True):
        lines.append(_tr(_row(step, count, sign)))
    return "\n".join([*lines, "</table>", "</body></html>"]) + "\n", shown
