"""RD-15: symbols of a drawn flow that no arrow joins."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote


@rule(
    "RD-15",
    Severity.WARNING,
    basis="kontrak rekaman: alur drawn; yang tidak tergambar tidak diisi",
    good="Setiap simbol dimasuki dan ditinggalkan panah",
    bad="Tidak ada panah terbaca dari langkah 3",
    help="Lihat panah pada dokumen sumber dan lengkapi alurnya.",
    kind=Kind.READING,
)
def symbol_not_joined(record: SopRecord) -> Iterator[Hit]:
    """Simbol pada alur yang tergambar tidak terhubung panah mana pun yang terbaca.

    Panahnya mungkin tidak terbaca, mungkin memang tidak digambar; rekaman tidak menebaknya.
    """
    if all(edge.basis != "drawn" for edge in record.alur):
        return
    between = [edge for edge in record.alur if edge.dari != edge.ke]
    left, entered = {edge.dari for edge in between}, {edge.ke for edge in between}
    for i, step in enumerate(record.langkah):
        if not step.bentuk:
            continue  # RD-09 tells that no symbol was read
        ends = step.simbol == "terminator" or i + 1 == len(record.langkah)
        missing = []
        if i > 0 and step.urutan not in entered:
            missing.append("menuju")
        if not (ends and i > 0) and step.urutan not in left:
            missing.append("meninggalkan")
        if missing:
            message = f"Tidak ada panah terbaca yang {' atau '.join(missing)} langkah {i + 1}"
            yield Hit(f"/langkah/{i}/bentuk", f"{message} ({quote(step.kegiatan, 50)}).")
