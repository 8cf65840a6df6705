"""FL-07: columns in the order in which actors appear."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote


@rule(
    "FL-07",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran: kolom pelaksana menurut urutan kemunculan",
    good="Langkah pertama pada kolom paling kiri",
    bad="Langkah pertama pada kolom ketiga",
    help="Urutkan kolom pelaksana menurut urutan langkah, bukan pangkat.",
    doubtful="drop",
)
def columns_in_order(record: SopRecord) -> Iterator[Hit]:
    """Kolom pelaksana berurutan menurut kemunculannya, mulai dari kiri.

    Alur yang mulai di kiri lebih mudah dibaca.
    """
    columns = {a.nama: a.kolom for a in record.pelaksana}
    order: list[str] = []
    paths: list[str] = []
    for i, step in enumerate(record.langkah):
        for actor in step.pelaksana:
            if actor in columns and actor not in order:
                order.append(actor)
                paths.append(f"/langkah/{i}/pelaksana")
    if not order or len(columns) < 2:
        return
    first = min(record.pelaksana, key=lambda a: a.kolom).nama
    if order[0] != first:
        message = f"Langkah pertama pada kolom {quote(order[0])}, bukan kolom paling kiri "
        yield Hit(paths[0], f"{message}({quote(first)}).")
        return
    for i in range(1, len(order)):
        if columns[order[i]] < columns[order[i - 1]]:
            message = f"Kolom {quote(order[i])} muncul sesudah {quote(order[i - 1])} dalam alur, "
            grounds = tuple(paths[: i + 1])
            yield Hit(paths[i], f"{message}tetapi berada di sebelah kirinya.", grounds=grounds)
            return
