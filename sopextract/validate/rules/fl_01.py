"""FL-01: step numbers."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.draft import Method
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.doubt import method_of
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote


@rule(
    "FL-01",
    Severity.ERROR,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: kolom No",
    good="1, 2, 3",
    bad="1, 2, 4",
    help="Nomori langkah berurutan mulai dari 1; pastikan tidak ada langkah yang hilang.",
)
def numbers_run(record: SopRecord) -> Iterator[Hit]:
    """Nomor langkah berurutan dari 1, tanpa loncatan atau ulangan.

    Nomor yang meloncat dapat berarti ada langkah yang terhapus.
    """
    last: int | None = None
    last_at = -1
    for i, step in enumerate(record.langkah):
        path = f"/langkah/{i}/no"
        if step.no is None:
            if method_of(record, path) == Method.ABSENT:
                yield Hit(path, f"Langkah {quote(step.kegiatan, 50)} tidak bernomor.")
            continue
        expected = i + 1 if last is None else last + (i - last_at)
        between = range(last_at + 1, i)
        unread = any(method_of(record, f"/langkah/{j}/no") == Method.UNREAD for j in between)
        # "1a", "1b" before it may count nothing; they never count twice, nor backwards
        uncertain = unread and (last or 0) < step.no < expected
        if step.no != expected and not uncertain:
            grounds = (path,) if last is None else (path, f"/langkah/{last_at}/no")
            yield Hit(path, _message(last, expected, step.no), grounds=grounds)
        last, last_at = step.no, i


def _message(last: int | None, expected: int, number: int) -> str:
    if last is None:
        return f'Langkah pertama bernomor "{number}", bukan "{expected}".'
    if number == last:
        return f'Nomor langkah "{number}" berulang.'
    if number < expected:
        return f'Nomor langkah "{number}" mundur sesudah "{last}".'
    missing = ", ".join(str(n) for n in range(expected, number))
    return f'Nomor langkah meloncat dari "{last}" ke "{number}"; nomor {missing} tidak ada.'
