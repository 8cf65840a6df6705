"""FL-03: the actor stands in the column, not in the text."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import actor_at_head


@rule(
    "FL-03",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran: pelaksana dipisahkan dari kegiatan",
    good="Mengetik konsep surat",
    bad="Staf mengetik konsep surat",
    help="Hapus pelaku dari teks; simbol pada kolom Pelaksana sudah menyebutnya.",
)
def no_actor_in_text(record: SopRecord) -> Iterator[Hit]:
    """Teks langkah tidak menyebut pelakunya.

    Pelaku dinyatakan oleh letak simbol pada kolom Pelaksana.
    """
    labels = [a.nama for a in record.pelaksana] + [a.lengkap for a in record.pelaksana]
    for i, step in enumerate(record.langkah):
        actor = actor_at_head(step.kegiatan, labels)
        if actor:
            message = f'Langkah {quote(step.kegiatan, 60)} menyebut pelakunya ("{actor}").'
            yield Hit(f"/langkah/{i}/kegiatan", message)
