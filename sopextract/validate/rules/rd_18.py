"""RD-18: words that were read from a scan with doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubtful_values import WHOLES_AND_LISTS, grouped, percentage
from sopextract.validate.registry import Hit, rule
from sopextract.validate.scans import dim_texts, doubted
from sopextract.validate.sheet import name_of

_LABEL = re.compile(r"/pelaksana/\d+/nama")


@rule(
    "RD-18",
    Severity.WARNING,
    basis="kontrak rekaman: doubtful_words, kepercayaan di bawah 0,9",
    good="Kata terbaca jelas",
    bad='Kata "pemeriksn" dari hasil pindai yang buram',
    help="Cocokkan dengan dokumen sumber.",
    kind=Kind.READING,
)
def words_doubtful(record: SopRecord) -> Iterator[Hit]:
    """Kata pada hasil pindai dibaca dengan ragu.

    Tiga isian atau lebih dari satu langkah, atau sebagian besar butir satu daftar, dilaporkan
    bersama. Judul kolom pelaksana yang diragukan dilaporkan sekali, tidak pada tiap langkahnya.
    """
    wanted = dim_texts(record, figures=False)
    for path, worst in grouped(record, wanted, WHOLES_AND_LISTS):
        message = f"{name_of(path)}:{doubted(record, path)} diragukan"
        surely = f"(kepercayaan {percentage(worst)})"
        if _LABEL.fullmatch(path):  # what is made of the label is in doubt with it
            column = path.removesuffix("/nama")
            yield Hit(column, f"{message} {surely}, juga pada langkah di kolomnya.")
        else:
            yield Hit(path, f"{message} {surely}.")
