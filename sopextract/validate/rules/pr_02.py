"""PR-02: the stock sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sopextract.core.text import words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, archive_rule
from sopextract.validate.sheet import quote

_MAX_OTHERS = 2  # the catalogue: not identical to three or more other SOPs


@archive_rule(
    "PR-02",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Identitas butir 10; 158 dari 348 SOP satu "
    "instansi memakai kalimat yang sama",
    good="Peringatan yang menyebut akibat prosedur ini",
    bad="Kalimat yang sama pada empat SOP atau lebih",
    help="Tulis Peringatan yang khusus bagi prosedur ini.",
)
def no_stock_warning(records: Sequence[SopRecord]) -> Iterator[tuple[int, Hit]]:
    """Peringatan tidak disalin dari SOP lain.

    Kalimat yang sama pada banyak SOP tidak memperingatkan apa pun.
    """
    uses: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, record in enumerate(records):
        for i, item in enumerate(record.peringatan):
            uses[" ".join(words(item))].append((place, i))
    for key, where in uses.items():
        others = len({records[place].id for place, _ in where}) - 1
        if not key or others <= _MAX_OTHERS:
            continue
        for place, i in where:
            text = quote(records[place].peringatan[i])
            message = f"Peringatan {text} sama dengan {others} SOP lain."
            yield place, Hit(f"/peringatan/{i}", message)
