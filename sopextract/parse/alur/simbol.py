"""What stands in an actor's cell of the flow: symbols, arrows, exits and what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sopextract.core.text import fold, squeeze
from sopextract.model.draft import Mark, Simbol
from sopextract.model.source import SIGNS, Outline, Symbol

Arrow = Literal["down", "up", "left", "right"]
Exit = Literal["Ya", "Tidak"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One symbol. `simbol` None: it says that this actor does the step, but not its kind (√, x, a
    sheet of paper).

    `typed` means that it is a word or a tick and not a drawn form. `symbol` is the drawn one that
    the page has there, where the reader saw the drawing itself.
    """

    simbol: Simbol | None
    typed: bool
    symbol: Symbol | None = None


@dataclass(frozen=True, slots=True)
class MarkSigns:
    """The signs of one cell, each in reading order.

    `exits` are branch labels with the word as it stood. `begins` and `ends` say whether Mulai and
    Selesai stand there. `connector` is an off-page pentagon or its letter. `rest` is text that is
    no sign at all.
    """

    shapes: tuple[Shape, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    exits: tuple[tuple[Exit, str], ...] = ()
    begins: bool = False
    ends: bool = False
    connector: bool = False
    rest: str = ""


# Forms as OCR describers, typists and fonts render them (survey of sheets, domain notes 2.4), in
# Indonesian and in the English of general image describers; a bracket of any kind stands round
# them, or they are all that stands in the cell.
# "(Bintang)", star, is a describer's word for the diamond.
_TERMINATOR = r"oval|kapsul|elips|ellipse|capsule|terminator|rounded(?:\ rectangle)?|lonjong"
_DECISION = r"bintang|belah\ ?ketupat|ketupat|wajik|diamond|rhombus|keputusan|decision"
_PROCESS = (
    r"kotak|persegi(?:\ panjang)?|segi\ ?empat|proses|process|box|rectangle|square|aktivitas"
    r"|activity"
)


def _described(words: str) -> str:
    return rf"[(\[{{]\s*(?:{words})\s*[)\]}}] | ^\s*(?:{words})\s*$"


# A word in brackets alone is a describer's name for a form that we do not know: it says who. Not
# one that speaks of exits or ways.
_SAYS_MORE = (
    r"[^)\]]*\b(?:ya|y|t|tidak|tdk|belum|setuju|disetujui|ditolak|lengkap|sesuai|benar|salah"
    r"|kembali|lanjut|ke|jika|bila)\b"
)
_NO_STEP = r"(?<!ke\ )(?<!no\ )(?<!no\.\ )(?<!nomor\ )(?<!langkah\ )"  # "kembali ke 1"
_SIGNS = re.compile(
    rf"""
      (?P<mulai>   \(?\b(?:mulai|ulai|start|begin)\b\)? )
    | (?P<selesai> \(?\b(?:selesai|elesai|finish|end)\b\)? )
    | (?P<terminator> {_described(_TERMINATOR)} | \b(?:kapsul|oval)\b | [⬭○◯⚪] | \(\s*\) )
    | (?P<keputusan>  {_described(_DECISION)}
                    | \b(?:belah\ ketupat|wajik)\b | [◊◇⬦⟡◆⋄♢🔷🔶🔹🔸] | <\s*> )
    | (?P<proses>     {_described(_PROCESS)} | \bkotak\b | \[\s*\]
                    | [□▢▭■◻⬜☐▯⬛▬🔲🔳🟦] )
    | (?P<connector>  [⌂⬠⯂] | \((?:segi\ ?lima|konektor)\) )
    | (?P<question>   \b(?:ya|setuju|disetujui|lengkap|sesuai|benar|valid)\s*\? )
    | (?P<tidak>      \b(?:tidak|tdk|belum|tak)\b
                      (?:\s+(?:setuju|disetujui|lengkap|sesuai|benar|valid))?
                    | \b(?:ditolak|salah)\b )
    | (?P<ya>         \b(?:ya|iya|setuju|disetujui|lengkap|sesuai|benar|diterima)\b )
    | (?P<down>  ↓|⬇|▼|\bv\b(?=\s*[□▢])|\(?\bpanah\ (?:ke\ )?bawah\b\)? )
    | (?P<up> ↑|⬆|▲|\(?\bpanah\ (?:ke\ )?atas\b\)? )
    | (?P<right> →|➔|➜|⮕|►|=>|-+>|\(?\bpanah\ (?:ke\ )?kanan\b\)? )
    | (?P<left> ←|⬅|◄|<-+|<=|\(?\bpanah\ (?:ke\ )?kiri\b\)? )
    | (?P<tick>  [√✓✔☑✗✘×●⚫•✅❌] | (?<![\w.]) {_NO_STEP} [vx1*o](?![\w.])
                | ^\s*[(\[] (?!{_SAYS_MORE}) [^\W\d_][\w\ /\-]{{2,24}} [)\]]\s*$ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A cell with more words than this holds a sentence; the signs in it ("tidak", "x") are words.
_MAX_WORDS = 4
_WRITTEN_TICKS = frozenset("vx1o*")  # ticks that are part of words and numbers as well
_LETTER = re.compile(r"\(?([A-Z])\)?")
_EXIT_LETTERS: dict[str, Exit] = {"Y": "Ya", "T": "Tidak", "N": "Tidak"}
_CONNECTOR_LETTERS = frozenset("ABCDE")
_ARROWS: dict[str, Arrow] = {"down": "down", "up": "up", "left": "left", "right": "right"}
_KINDS: dict[str, Simbol] = {
    "terminator": "terminator",
    "keputusan": "keputusan",
    "proses": "proses",
}


@lru_cache(maxsize=2048)
def parse_mark(text: str) -> MarkSigns:
    """Read the text of one actor cell.

    Reads "(Oval)", "(Kotak)", "(Bintang)", "□", "↓ □ ↓", "◇", "√", "x", "1", "Mulai", "ULAI" (cut),
    "Y", "T", "Tidak Ya". A tick tells who, not what: its kind is None. Refused: a "1" inside a
    number, a "v" inside a word; other text is `rest`, not a symbol.

    >>> parse_mark("↓ □ ↓").shapes[0].simbol
    'proses'
    """
    shapes: list[Shape] = []
    arrows: list[Arrow] = []
    exits: list[tuple[Exit, str]] = []
    found: set[str] = set()
    rest: list[str] = []
    last = written = 0
    for match in _SIGNS.finditer(text):
        rest.append(text[last : match.start()])
        last = match.end()
        name = match.lastgroup or ""
        found.add(name)
        if name in _KINDS:
            shapes.append(Shape(_KINDS[name], typed=False))
        elif name in _ARROWS:
            arrows.append(_ARROWS[name])
        elif name == "question":
            shapes.append(Shape("keputusan", typed=True))
        elif name in ("mulai", "selesai"):
            shapes.append(Shape("terminator", typed=True))
        elif name == "tick":
            shapes.append(Shape(None, typed=True))
            written += match[0].strip().casefold() in _WRITTEN_TICKS
        elif name in ("ya", "tidak"):
            exits.append(("Ya" if name == "ya" else "Tidak", squeeze(match[0])))
    rest.append(text[last:])
    left, letters = _take_letters(squeeze(" ".join(rest)))
    exits += letters
    if written and any(len(word) > 2 and word.isalpha() for word in left.split()):
        shapes = [
            s for s in shapes if s.simbol is not None or not s.typed
        ]  # "rangkap 2", "loket 1"
    if len(left.split()) > _MAX_WORDS:
        return MarkSigns(rest=squeeze(text))
    return MarkSigns(
        shapes=_merged(shapes),
        arrows=tuple(arrows),
        exits=tuple(exits),
        begins="mulai" in found,
        ends="selesai" in found,
        connector="connector" in found or left in _CONNECTOR_LETTERS,
        rest="" if left in _CONNECTOR_LETTERS else left,
    )


# The form's symbols by their outline; the off-page pentagon is no step's symbol, and the sheet of
# paper is one of none of the form's kinds.
_DRAWN: dict[Outline, Simbol | None] = {
    Outline.CAPSULE: "terminator",
    Outline.BOX: "proses",
    Outline.DIAMOND: "keputusan",
    Outline.DOCUMENT: None,
}


def read_mark(mark: Mark) -> MarkSigns:
    """The signs of a cell: its drawn symbols by their outline, all else by its text.

    The words inside a capsule say whether the flow begins or ends there. Such a word beside another
    symbol, outside of any, is a capsule that nobody drew or saw.
    """
    if not mark.symbols:
        return parse_mark(mark.text)
    text = mark.text
    for symbol in mark.symbols:
        text = text.replace(SIGNS[symbol.outline], " ", 1)
    signs = parse_mark(squeeze(text))
    words = [parse_mark(symbol.text) for symbol in mark.symbols if symbol.text]
    drawn = tuple(
        Shape(_DRAWN[symbol.outline], typed=False, symbol=symbol)
        for symbol in mark.symbols
        if symbol.outline in _DRAWN
    )
    ends = () if "terminator" in [s.simbol for s in drawn] else signs.shapes
    typed = tuple(s for s in ends if s.typed and s.simbol == "terminator")
    return replace(
        signs,
        shapes=(*drawn, *typed) if drawn else signs.shapes,
        begins=signs.begins or any(w.begins for w in words),
        ends=signs.ends or any(w.ends for w in words),
        connector=signs.connector or len(drawn) < len(mark.symbols),
    )


def without_ticks(mark: Mark, signs: MarkSigns) -> MarkSigns:
    """The signs of a cell in a row that has drawn symbols: a "1" or "v" alone is no symbol there.

    Sheets that tick their actors tick all of them; what stands alone beside a drawing is dirt or a
    piece of a line that was read as a letter.
    """
    if mark.symbols or mark.text.strip().casefold() not in _WRITTEN_TICKS:
        return signs
    return replace(signs, shapes=())


def exit_label(words: str) -> Exit | None:
    """Which exit the word at a line names; None for a name of its own ("A", "Rutin").

    >>> exit_label("Tidak lengkap"), exit_label("SETUJU"), exit_label("Tidak ada revisi")
    ('Tidak', 'Ya', 'Ya')
    >>> exit_label("Tidakvalid")
    'Tidak'
    """
    text = fold(words)
    if len(text.split()) > _MAX_LABEL_WORDS:
        return None
    if _NO_FAULT.search(text):
        return "Ya"
    if _EXIT_NO.search(text):
        return "Tidak"
    return "Ya" if _EXIT_YES.search(text) else None


_MAX_LABEL_WORDS = (
    5  # "Belum lengkap, kembalikan ke pemohon" is the longest kind met; a sentence is no label
)
# Words at lines of the sheets surveyed (domain notes, 1.5 and 2.4) and of their making.
_FAULT = r"(?:revisi|perbaikan|koreksi|kesalahan|kekurangan|catatan|masalah)"
_NO_FAULT = re.compile(rf"\b(?:tidak|tdk|tak|tanpa)\s*(?:ada\s*|perlu\s*|terdapat\s*)?{_FAULT}\b")
# Scans run words together: "Tidakvalid".
_EXIT_NO = re.compile(
    rf"\b(?:tidak\w*|tdk|tak|belum|blm|kurang|bukan|t|n|no|ditolak|tolak|menolak|salah|gagal|keliru"
    rf"|direvisi|diperbaiki|perbaiki|dikembalikan|kembali|{_FAULT})\b"
)
_EXIT_YES = re.compile(
    r"\b(?:ya|iya|y|yes|ok|oke|acc|setuju|disetujui|menyetujui|lengkap|sesuai|benar|betul|valid|sah"
    r"|diterima|terima|memenuhi|layak|lolos|lulus|cukup|sudah|perlu|butuh|ada|tersedia|normal"
    r"|berhasil|selesai)\b"
)


def exit_of(words: str) -> Exit:
    """Say which exit a condition in words is: "belum lengkap" is Tidak, "setuju" is Ya."""
    return "Tidak" if _NEGATIVE.search(fold(words)) else "Ya"


# "ada kesalahan", "terdapat koreksi": a yes that sends the paper back is the record's Tidak.
_NEGATIVE = re.compile(
    r"\b(?:tidak|tdk|tak|belum|kurang|bukan|ditolak|salah|kesalahan|keliru|kekurangan|koreksi"
    r"|perbaikan|revisi|kekeliruan)\b"
)


def _take_letters(rest: str) -> tuple[str, list[tuple[Exit, str]]]:
    """Single letters Y, T and N are exits; they leave the rest."""
    exits: list[tuple[Exit, str]] = []
    kept: list[str] = []
    for word in rest.split():
        letter = _LETTER.fullmatch(word)
        if letter and letter[1] in _EXIT_LETTERS:
            exits.append((_EXIT_LETTERS[letter[1]], letter[1]))
        elif any(c.isalnum() for c in word):
            kept.append(word)
    return " ".join(kept), exits


def _merged(shapes: list[Shape]) -> tuple[Shape, ...]:
    """A form and the word inside it are one symbol: "(Oval) Mulai"."""
    drawn = [s for s in shapes if not s.typed]
    kinds = {s.simbol for s in drawn}
    kept = [s for s in shapes if not (s.typed and s.simbol in kinds)]
    if drawn:
        kept = [s for s in kept if s.simbol is not None]
    return tuple(kept)
