"""FL-06: decisions and their exits."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import Alur, Langkah, SopRecord
from sopextract.validate.doubt import doubts
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import names_decision


@rule(
    "FL-06",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran: belah ketupat mempunyai dua jalan, ya dan tidak",
    good="Keputusan dengan panah Ya ke langkah 4 dan Tidak ke langkah 2",
    bad='"Jika tidak setuju dikembalikan", tetapi simbolnya kotak proses',
    help="Gambar belah ketupat dengan dua panah berlabel Ya dan Tidak.",
)
def decisions_have_exits(record: SopRecord) -> Iterator[Hit]:
    """Keputusan mempunyai dua jalan berlabel, dan teks yang bercabang bersimbol keputusan.

    Tanpa label dan tujuan, pelaksana tidak tahu ke mana pekerjaan berlanjut.
    """
    drawn = any(edge.basis == "drawn" for edge in record.alur)
    last = len(record.langkah)
    for i, step in enumerate(record.langkah):
        path = f"/langkah/{i}/simbol"
        unread = step.simbol is None or doubts(record, path)
        if names_decision(step.kegiatan) and (unread or step.simbol != "keputusan"):
            yield _no_symbol(i, step, unread)
        if step.simbol != "keputusan":
            continue
        exits = [edge for edge in record.alur if edge.dari == step.urutan]
        if _labelled(exits) < 2 and not names_decision(step.kegiatan):
            message = f"Keputusan pada langkah {i + 1} tidak mempunyai dua jalan keluar berlabel."
            kind = None if drawn else Kind.READING  # arrows that text cannot show blame nobody
            arrows = [f"/alur/{j}" for j, edge in enumerate(record.alur) if edge in exits]
            yield Hit(path, message, grounds=(path, *arrows), kind=kind)
    for j, edge in enumerate(record.alur):
        if not (1 <= edge.dari <= last and 1 <= edge.ke <= last):
            message = f"Panah dari langkah {edge.dari} menuju langkah {edge.ke} yang tidak ada."
            yield Hit(f"/alur/{j}", message)


def _no_symbol(i: int, step: Langkah, unread: bool) -> Hit:
    text = f"Langkah {i + 1} memuat keputusan ({quote(step.kegiatan, 60)})"
    if unread:
        message = f"{text}, tetapi simbol keputusannya tidak terbaca."
        advice = "Periksa pada dokumen sumber apakah ada belah ketupat dengan jalan Ya dan Tidak."
        return Hit(f"/langkah/{i}/simbol", message, advice, kind=Kind.READING)
    return Hit(f"/langkah/{i}/simbol", f'{text}, tetapi simbolnya "{step.simbol}".')


def _labelled(exits: list[Alur]) -> int:
    """How many different labels the exits carry."""
    return len({edge.label or edge.label_teks for edge in exits} - {None})
