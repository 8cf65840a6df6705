"""Working time along a flow: the main way, the quickest and the slowest, as ranges.

What is counted:

- A step's time is a range [least, most] of working minutes. "1–3 hari" is its two ends, "paling
  lama 3 hari" is 0 to 3 days, "2 menit/berkas" counts one piece. Calendar days count by their
  working share (`normalise/durations.py`). "Sesuai jadwal", an empty cell and an unread one are
  not known: at least 0, no upper end.
- A way begins at the first row, follows edges between rows and ends at a row without exit.
- Main: never back; of several exits "Ya", then an unlabelled one, then the nearest row.
- Quickest: the least over all ways. Slowest: the most over all ways on which every edge that leads
  back (to the same or an earlier row) is gone at most `LOOPS` times.

Least and most of each are those of the same question asked of all lower and of all upper ends; both
questions grow with every step's time, so the range holds exactly what can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from sopextract.compare.comparison import FlowTimes, TimeSpan
from sopextract.compare.completeness import is_doubtful
from sopextract.model.record import Alur, Langkah, SopRecord, Waktu
from sopextract.normalise.durations import working_minutes
from sopextract.settings import NormaliseSettings

LOOPS = 1  # "Tidak" sends a draft back once; how often it does in truth no sheet says
# Ways are counted per set of edges gone back: 2^10 sets × 40 rows take 0.1 s. Sheets have 0 to 5.
BACK_EDGES_MAX = 10

Range = tuple[float, float]  # working minutes; the upper end is infinite where none is known
UNKNOWN: Range = (0.0, inf)


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow by positions of rows (from 0). `forward` and `back` are edges; `assumed` counts exits
    that were taken to be the next row, or the end behind the last one, where `last_ends`."""

    size: int
    forward: tuple[tuple[int, ...], ...]
    back: tuple[tuple[int, int], ...]
    assumed: int = 0
    last_ends: bool = False

    def ends(self) -> frozenset[int]:
        """Rows at which a way may end: those without exit, and a last row that only sends back."""
        leaving = {tail for tail, _ in self.back}
        found = {i for i in range(self.size) if not self.forward[i] and i not in leaving}
        return frozenset(found | ({self.size - 1} if self.last_ends else set()))


def read_ranges(record: SopRecord, settings: NormaliseSettings) -> list[Range]:
    """The range of every step; one that was hardly read is `UNKNOWN`."""
    return [
        UNKNOWN if is_doubtful(record, f"/langkah/{i}/waktu") else step_range(step.waktu, settings)
        for i, step in enumerate(record.langkah)
    ]


def measure_flow(record: SopRecord, times: Sequence[Range]) -> FlowTimes | None:
    """The times of one sheet; None without steps. Where no edge was read, only `main` is given.

    `times` has the range of every step. Edges that only follow the order of rows were not read.
    """
    if not record.langkah:
        return None
    was_read = any(edge.basis != "order" for edge in record.alur)
    flow = build_flow(record.langkah, record.alur) if was_read else None
    path = find_main(flow) if flow else None
    if flow is None or path is None:
        rows = tuple(range(len(times)))
        return FlowTimes(
            main=_along(times, rows),
            best=None,
            worst=None,
            path=tuple(step.urutan for step in record.langkah),
            assumed=len(times) - 1,
        )
    return FlowTimes(
        main=_along(times, path),
        best=find_best(flow, times),
        worst=find_worst(flow, times),
        path=tuple(record.langkah[i].urutan for i in path),
        assumed=flow.assumed,
    )


def step_range(waktu: Waktu | None, settings: NormaliseSettings) -> Range:
    """The working minutes of a step. The record's own `menit_kerja` is kept; the upper end stands
    to it as the two durations do."""
    if waktu is None or waktu.menit_kerja is None:
        return UNKNOWN
    least = waktu.menit_kerja
    if not 0 <= least < inf:  # of a record written by other hands
        return UNKNOWN
    if waktu.durasi is None:
        return 0.0, least  # only a bound was printed, and `menit_kerja` is the bound's
    if waktu.durasi_maks is None:
        return least, least
    try:
        ends = [working_minutes(d, waktu.hari, settings) for d in (waktu.durasi, waktu.durasi_maks)]
    except ValueError:  # no duration of ours: a record written by other hands
        return UNKNOWN
    most = least * ends[1] / ends[0] if ends[0] else ends[1]
    return least, max(least, round(most, 2))


def build_flow(steps: Sequence[Langkah], alur: Iterable[Alur]) -> Flow | None:
    """The flow between rows; None where no edge was read.

    Edges inside a row, from one symbol to another, take no time of their own. A row that has no
    exit though it is no end, or only one labelled exit and that back, goes on to the next row;
    the last row ends then ("Tidak" is drawn, "Ya" is the end).
    """
    at = {step.urutan: i for i, step in enumerate(steps)}
    exits: list[dict[int, str | None]] = [{} for _ in steps]
    for edge in alur:
        across = edge.dari == edge.ke and edge.dari_pelaksana != edge.ke_pelaksana
        if not across and edge.dari in at and edge.ke in at:
            leaving = exits[at[edge.dari]]
            if leaving.get(at[edge.ke]) is None:
                leaving[at[edge.ke]] = edge.label
    if not any(exits):
        return None
    assumed = 0
    for i, leaving in enumerate(exits[:-1]):
        ended = not leaving and i > 0 and steps[i].simbol == "terminator"
        if not ended and _lacks_exit(i, leaving):
            leaving[i + 1] = None
            assumed += 1
    last_ends = bool(exits[-1]) and _lacks_exit(len(steps) - 1, exits[-1])
    return Flow(
        size=len(steps),
        forward=tuple(_in_order(i, leaving) for i, leaving in enumerate(exits)),
        back=tuple((i, j) for i, leaving in enumerate(exits) for j in sorted(leaving) if j <= i),
        assumed=assumed + last_ends,
        last_ends=last_ends,
    )


def find_main(flow: Flow) -> tuple[int, ...] | None:
    """The main way's rows; None where no way that never goes back comes to an end."""
    alive = _reach_end(flow, with_back=False)
    if 0 not in alive:
        return None
    path = [0]
    while ahead := [j for j in flow.forward[path[-1]] if j in alive]:
        path.append(ahead[0])
    return tuple(path)


def find_best(flow: Flow, times: Sequence[Range]) -> TimeSpan:
    """The quickest way. It may go back, where only an earlier row leads to a near end. `flow` must
    have a main way."""
    onward = [list(ahead) for ahead in flow.forward]
    for tail, head in flow.back:
        onward[tail].append(head)
    ends = flow.ends()
    nowhere = (inf, 0, 0)
    least: list[tuple[float, int, int]] = [nowhere] * flow.size  # minutes, unknown, known
    most = [inf] * flow.size
    for _ in range(len(flow.back) + 1):  # each round lets one more edge back be gone
        for i in reversed(range(flow.size)):
            low, unknown, known = min((least[j] for j in onward[i]), default=nowhere)
            high = min((most[j] for j in onward[i]), default=inf)
            if i in ends:
                (low, unknown, known), high = (0.0, 0, 0), 0.0
            lost = times[i] == UNKNOWN
            least[i] = (low + times[i][0], unknown + lost, known + (not lost))
            most[i] = times[i][1] + high
    low, unknown, known = least[0]
    return _span(low if known else None, most[0], unknown)


def find_worst(flow: Flow, times: Sequence[Range]) -> TimeSpan | None:
    """The slowest way with each edge back gone at most once; None for too many such edges."""
    if len(flow.back) > BACK_EDGES_MAX:
        return None
    on_ways = _reach_end(flow, with_back=True) & _reach(flow)
    unknown = sum(1 for i in on_ways if times[i] == UNKNOWN)
    least = _slowest(flow, [low for low, _ in times])
    most = _slowest(flow, [high for _, high in times]) if not unknown else inf
    return _span(least if unknown < len(on_ways) else None, most, unknown)


def _slowest(flow: Flow, minutes: Sequence[float]) -> float:
    """`found[used][i]`: the most minutes from row i to an end when the edges in the bit set `used`
    are gone already; minus infinity where no end can be reached."""
    ends = flow.ends()
    back: list[list[tuple[int, int]]] = [[] for _ in range(flow.size)]
    for number, (tail, head) in enumerate(flow.back):
        back[tail].append((1 << number, head))
    found: dict[int, list[float]] = {}
    for used in reversed(range(1 << len(flow.back))):
        row = found[used] = [-inf] * flow.size
        for i in reversed(range(flow.size)):
            most = 0.0 if i in ends else -inf
            for j in flow.forward[i]:
                most = max(most, row[j])
            for bit, j in back[i]:
                if not used & bit:
                    most = max(most, found[used | bit][j])
            row[i] = minutes[i] + most
    return found[0][0]


def _along(times: Sequence[Range], rows: Sequence[int]) -> TimeSpan:
    unknown = sum(1 for i in rows if times[i] == UNKNOWN)
    least = sum(times[i][0] for i in rows)
    return _span(least if unknown < len(rows) else None, sum(times[i][1] for i in rows), unknown)


def _span(least: float | None, most: float, unknown: int) -> TimeSpan:
    return TimeSpan(
        min=None if least is None else round(least, 2),
        max=None if most == inf else round(most, 2),
        unknown=unknown,
    )


def _lacks_exit(row: int, leaving: dict[int, str | None]) -> bool:
    if any(j > row for j in leaving):
        return False
    labels = set(leaving.values())
    return len(labels) <= 1 and None not in labels


def _in_order(row: int, leaving: dict[int, str | None]) -> tuple[int, ...]:
    """Rows ahead, the main way's first."""
    rank = {"Ya": 0, None: 1, "Tidak": 2}
    return tuple(sorted((j for j in leaving if j > row), key=lambda j: (rank[leaving[j]], j)))


def _reach_end(flow: Flow, *, with_back: bool) -> frozenset[int]:
    """Rows from which some way comes to an end."""
    before: list[list[int]] = [[] for _ in range(flow.size)]
    for i, ahead in enumerate(flow.forward):
        for j in ahead:
            before[j].append(i)
    for tail, head in flow.back if with_back else ():
        before[head].append(tail)
    return _spread(flow.ends(), before)


def _reach(flow: Flow) -> frozenset[int]:
    """Rows that some way from the first row comes to."""
    after = [list(ahead) for ahead in flow.forward]
    for tail, head in flow.back:
        after[tail].append(head)
    return _spread({0}, after)


def _spread(start: Iterable[int], onward: Sequence[Sequence[int]]) -> frozenset[int]:
    seen = set(start)
    open_ = list(seen)
    while open_:
        for j in onward[open_.pop()]:
            if j not in seen:
                seen.add(j)
                open_.append(j)
    return frozenset(seen)
