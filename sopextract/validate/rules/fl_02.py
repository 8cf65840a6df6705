"""FL-02: a step opens with an active verb."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import (
    actor_at_head,
    head_words,
    is_action_noun,
    is_active,
    is_passive,
)

_ENDS = frozenset({"mulai", "selesai", "start", "end"})


@rule(
    "FL-02",
    Severity.WARNING,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: kata kerja aktif",
    good="Memeriksa kelengkapan surat",
    bad="Pemeriksaan kelengkapan surat",
    help="Awali langkah dengan kata kerja aktif (me-, ber-), tanpa menyebut pelaku.",
)
def step_opens_with_verb(record: SopRecord) -> Iterator[Hit]:
    """Langkah diawali kata kerja aktif.

    Bukan kata benda (pe-…-an) dan bukan bentuk pasif (di-).
    """
    labels = [name for actor in record.pelaksana for name in (actor.nama, actor.lengkap)]
    for i, step in enumerate(record.langkah):
        head = head_words(step.kegiatan)
        if not head or head[0] in _ENDS or is_active(head[0]):
            continue
        if actor_at_head(step.kegiatan, labels):
            continue  # FL-03
        path = f"/langkah/{i}/kegiatan"
        text = quote(step.kegiatan, 60)
        if is_action_noun(head[0]):
            yield Hit(path, f"Langkah {text} diawali kata benda, bukan kata kerja aktif.")
        elif is_passive(head[0]):
            yield Hit(path, f"Langkah {text} ditulis pasif.")
        else:
            message = f"Langkah {text} tidak diawali kata kerja aktif."
            yield Hit(path, message, severity=Severity.INFO)
