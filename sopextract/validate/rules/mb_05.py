"""MB-05: units and size of the times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopextract.core.text import fold
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote

_UNIT = re.compile(r"\b(menit|jam|hari|minggu|bulan|tahun)\b")
_MOST_UNITS = 3  # minutes, hours and days stand together in most sheets seen; more is a choice
_JUMP = 450.0  # a working day (7.5 hours of 60 minutes) for every minute of the step before


@rule(
    "MB-05",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: Waktu; praktik telaah SOP",
    good="30 menit, 2 jam, 60 menit",
    bad="30 menit, 2 jam, 3 hari, 1 minggu",
    help="Pakai satuan waktu yang seragam dan periksa kewajarannya.",
    doubtful="drop",
)
def times_consistent(record: SopRecord) -> Iterator[Hit]:
    """Satuan waktu seragam dan lompatannya wajar.

    "Hari" dan "hari kerja" dalam satu lembar membuat jumlah waktu tidak jelas.
    """
    units: list[str] = []
    kinds: list[str] = []
    longest: float | None = None
    for i, step in enumerate(record.langkah):
        if step.waktu is None or step.waktu.durasi is None:
            continue
        path = f"/langkah/{i}/waktu"
        text = quote(step.waktu.teks)
        for unit in _UNIT.findall(fold(step.waktu.teks)):
            if unit not in units:
                units.append(unit)
                if len(units) == _MOST_UNITS + 1:
                    message = f"Waktu {text}: satuan keempat dalam lembar ini ({', '.join(units)})."
                    yield Hit(path, message)
        if "hari" in fold(step.waktu.teks):
            kind = f"hari {step.waktu.hari}" if step.waktu.hari else "hari"
            if kinds and kind not in kinds:
                message = f'Waktu {text}: lembar ini mencampur "{kinds[0]}" dan "{kind}".'
                yield Hit(path, message)
            kinds.append(kind)
        minutes = step.waktu.menit_kerja
        if minutes and longest and max(minutes, longest) / min(minutes, longest) > _JUMP:
            yield Hit(path, f"Waktu {text} jauh berbeda dari langkah sebelumnya.")
        longest = minutes or longest
