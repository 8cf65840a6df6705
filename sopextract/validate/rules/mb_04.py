"""MB-04: the chain of outputs and inputs."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.core.text import words
from sopextract.model.finding import Severity
from sopextract.model.record import SopRecord
from sopextract.validate.registry import Hit, rule
from sopextract.validate.sheet import quote
from sopextract.validate.vocabulary import is_duration

_MIN_LINKS = 3  # own judgement: fewer links show no habit
_USUAL = 0.75  # a sheet whose links mostly hold means to chain; else a break says nothing
_EMPTY = frozenset({"dan", "atau", "yang", "dari", "untuk", "data", "hasil", "draft", "draf"})


@rule(
    "MB-04",
    Severity.INFO,
    basis="PermenPANRB 35/2012, lampiran, Bagian Flowchart: Kelengkapan dan Output",
    good='Output "Konsep surat", Kelengkapan langkah berikutnya "Konsep surat"',
    bad='Output "Konsep surat", Kelengkapan langkah berikutnya "Kuitansi"',
    help="Cantumkan hasil langkah sebelumnya dalam Kelengkapan.",
    doubtful="drop",
)
def outputs_chain(record: SopRecord) -> Iterator[Hit]:
    """Output suatu langkah muncul lagi dalam Kelengkapan langkah berikutnya.

    Hanya dilaporkan pada lembar yang sebagian besar langkahnya memang berantai.
    """
    links: list[tuple[int, bool]] = []
    for i, (step, after) in enumerate(zip(record.langkah, record.langkah[1:], strict=False), 1):
        if step.output and after.kelengkapan and not is_duration(step.output):
            links.append((i, bool(_telling(step.output) & _telling(after.kelengkapan))))
    held = sum(holds for _, holds in links)
    if len(links) < _MIN_LINKS or held < _USUAL * len(links):
        return
    for i, holds in links:
        if not holds:
            output = quote(record.langkah[i - 1].output or "", 50)
            message = f"Output langkah {i} ({output}) tidak muncul dalam Kelengkapan langkah "
            grounds = (f"/langkah/{i}/kelengkapan", f"/langkah/{i - 1}/output")
            yield Hit(f"/langkah/{i}/kelengkapan", f"{message}{i + 1}.", grounds=grounds)


def _telling(text: str) -> frozenset[str]:
    return frozenset(words(text)) - _EMPTY
