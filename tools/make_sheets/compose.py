"""Puts a sheet together from a topic, an agency and a throw of the dice."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from tools.make_sheets import (
    agencies,
    agencies_fresh,
    law,
    topics,
    topics_fresh,
    topics_held_out,
    wording,
    wording_fresh,
)
from tools.make_sheets.agencies import Agency
from tools.make_sheets.sheet import Printed, Sheet, Signer, Step, Time, When

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
FIRST_HELD_OUT_SEED = 9000  # seeds from here on are kept apart from tuning
FIRST_FRESH_SEED = 9500  # those before it were looked at; from here on nobody who tunes has


@dataclass(frozen=True)
class Style:
    """How a layout wants its sheet.

    `clues` is how the text tells who acts: `some` (symbols do), `all` (every hand-over is worded)
    or `none`. `max_actors` keeps wide tables printable. `gaps` is the chance that some cells are
    empty, "-" or hold the value of another column.
    """

    clues: str = "some"
    max_actors: int = 7
    typos: int = 3
    month_dates: float = 0.3
    tidy_law: bool = False
    jump: float = 0.2
    gaps: float = 0.0


@dataclass(frozen=True)
class Pool:
    """The vocabulary of one set of seeds.

    `apart`: 0 for tuning, 1 for the sheets kept apart first, 2 for the fresh ones. Each level may
    draw on the looks of those below it as well as on its own.
    """

    agencies: tuple[Agency, ...]
    topics: tuple[topics.Topic, ...]
    roles: dict[str, tuple[tuple[str, str | None], ...]]
    words: wording.Words
    apart: int = 0


TUNING_POOL = Pool(agencies.TUNING, topics.TUNING, agencies.ROLES, wording.TUNING)
HELD_OUT_POOL = Pool(
    agencies.HELD_OUT,
    topics_held_out.HELD_OUT,
    agencies.ROLES_HELD_OUT,
    wording.HELD_OUT,
    apart=1,
)
FRESH_POOL = Pool(
    agencies_fresh.FRESH,
    topics_fresh.FRESH,
    agencies_fresh.ROLES_FRESH,
    wording_fresh.FRESH,
    apart=2,
)


def pool_for(seed: int) -> Pool:
    """The vocabulary that belongs to a seed; kept-apart seeds have their own."""
    if seed >= FIRST_FRESH_SEED:
        return FRESH_POOL
    return HELD_OUT_POOL if seed >= FIRST_HELD_OUT_SEED else TUNING_POOL


def make_date(rng: random.Random, style: Style, year: int, month: int) -> When:
    """A date between the first of the month and its 28th, or only the month."""
    name = MONTHS[month - 1]
    if rng.random() < style.month_dates:
        return When(f"{name} {year}", f"{year}-{month:02}")
    day = rng.randint(1, 28)
    iso = f"{year}-{month:02}-{day:02}"
    forms = (
        f"{day} {name} {year}",
        f"{day} {name} {year}",
        f"{day:02} {name} {year}",
        f"{day} {name.upper()} {year}",
        f"{day:02}/{month:02}/{year}",
        f"{day:02}-{month:02}-{year}",
    )
    return When(rng.choice(forms), iso)


def make_dates(rng: random.Random, style: Style, year: int) -> dict[str, When]:
    """Creation, revision and effective or approval date in order of time."""
    month = rng.randint(1, 6)
    made = make_date(rng, style, year, month)
    revised = make_date(rng, style, year, month + rng.randint(2, 3))
    if rng.random() < 0.4:
        revised = When(rng.choice(("-", "")), None)
    third = "tanggal_pengesahan" if rng.random() < 0.3 else "tanggal_efektif"
    return {
        "tanggal_pembuatan": made,
        "tanggal_revisi": revised,
        third: make_date(rng, style, year, month + rng.randint(4, 6)),
    }


def make_nip(rng: random.Random) -> tuple[str, str]:
    """An invented NIP as 18 digits and as printed."""
    born = rng.randint(1964, 1985)
    birth = f"{born}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    start = f"{born + rng.randint(22, 28)}{rng.randint(1, 12):02}"
    sex, serial = rng.choice("12"), f"{rng.randint(1, 19):03}"
    digits = birth + start + sex + serial
    shown = rng.choice((f"{birth} {start} {sex} {serial}",) * 4 + (digits,))
    return digits, shown


def make_signer(rng: random.Random, agency: Agency) -> tuple[Signer, str]:
    """The head of the agency and the NIP as printed."""
    name = f"{rng.choice(agencies.FIRST)} {rng.choice(agencies.LAST)}"
    name = name.upper() if rng.random() < 0.6 else name
    full = rng.choice(agencies.PREFIXES) + name + rng.choice(agencies.TITLES)
    digits, shown = make_nip(rng)
    post = f"Kepala {agency.kind}" if rng.random() < 0.6 else f"Kepala {agency.nama}"
    return Signer(post, full, digits), shown


def make_nomor(rng: random.Random, agency: Agency, year: int) -> str:
    """A number in one of the shapes seen; some leave a blank to be filled in by hand."""
    n = rng.randint(1, 99)
    return rng.choice(
        (
            f"{n}/{agency.kode}/{year}",
            f"{n:03}/SOP/{agency.kode}/{year}",
            f"000.8.3.3/{n:03}/{agency.kode}/{year}",
            f"065/SOP-{n:02}/{agency.kode}/{year}",
            f"SOP.{n:02}/{agency.kode}/{rng.choice(('I', 'III', 'VII'))}/{year}",
            f"{rng.choice((800, 830, 470))}/ /{agency.kode}/{year}",
        )
    )


_OPEN_TIMES = (
    Time("Sesuai jadwal yang telah ditentukan", None),
    Time("Sesuai kebutuhan", None),
    Time("-", None),
    Time("Triwulanan", None),
)


def make_time(rng: random.Random, menit: int) -> Time:
    """A time allowance near the given length in one of its printed forms."""
    if rng.random() < 0.04:
        return rng.choice(_OPEN_TIMES)
    if menit < 60:
        return _minutes(rng, menit)
    return _hours(rng, menit) if menit < 480 else _days(rng, max(1, menit // 480))


def _minutes(rng: random.Random, menit: int) -> Time:
    n = menit // 5 * 5 if menit >= 5 else menit
    roll = rng.random()
    if roll < 0.06:
        return Time(f"{n}-{n + 5} menit", f"PT{n}M", f"PT{n + 5}M")
    if roll < 0.1:
        return Time(f"Maks. {n} menit", None, judged=False)
    if roll < 0.13:
        return Time(f"{n} menit/berkas", f"PT{n}M")
    return Time(f"{n} {rng.choice(('Menit', 'menit', 'Menit', 'mnt'))}", f"PT{n}M")


def _hours(rng: random.Random, menit: int) -> Time:
    n = menit // 60
    roll = rng.random()
    if roll < 0.06:
        return Time(f"1 - {n + 1} jam", "PT1H", f"PT{n + 1}H")
    if roll < 0.1:
        return rng.choice((Time("½ jam", "PT30M"), Time("1,5 jam", "PT90M")))
    if roll < 0.3:
        return Time(f"{menit} Menit", f"PT{menit}M")
    return Time(f"{n} {rng.choice(('Jam', 'jam'))}", f"PT{n}H")


def _days(rng: random.Random, n: int) -> Time:
    roll = rng.random()
    if n >= 5 and roll < 0.5:
        return Time(f"{n // 5} {rng.choice(('Minggu', 'minggu'))}", f"P{n // 5}W")
    if roll < 0.15:
        words = f"{n} (satu)" if n == 1 else f"{n}"
        return Time(f"{words} hari kerja", f"P{n}D", hari="kerja")
    if roll < 0.25:
        return Time(f"{n}-{n + 2} hari", f"P{n}D", f"P{n + 2}D")
    return Time(f"{n} {rng.choice(('Hari', 'hari', 'Hari'))}", f"P{n}D")


def make_actors(
    rng: random.Random, pool: Pool, topic: topics.Topic, agency: Agency, roles: list[str]
) -> tuple[list[str], dict[str, str]]:
    """The label of each role's column, and the expansions that are sure."""
    labels: list[str] = []
    lengkap: dict[str, str] = {}
    for role in roles:
        form, full = rng.choice(pool.roles[role])
        parts = {
            "kind": agency.kind,
            "bid": rng.choice(agency.bidang),
            "sub": rng.choice(agency.subbag),
        }
        label = form.format(**parts)
        labels.append(label)
        if full:
            lengkap[label] = full.format(**parts)
    return labels, lengkap


def _choose_acts(rng: random.Random, topic: topics.Topic) -> list[topics.Act]:
    acts = [a for a in topic.acts if not a.optional or rng.random() < 0.6]
    if rng.random() < 0.2:  # a short sheet
        keep = sorted(rng.sample(range(len(acts)), min(len(acts), rng.randint(4, 5))))
        acts = [acts[i] for i in keep]
    elif rng.random() < 0.35:  # a long one
        extra = rng.randint(2, 10)
        for _ in range(extra):
            text, kelengkapan, output, menit = rng.choice(wording.PADDING)
            at = rng.randint(1, len(acts) - 1)
            role = acts[at - 1].role
            if all(a.text != text for a in acts):
                acts.insert(at, topics.Act(role, text, kelengkapan, output, menit))
    return acts


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


class Narrator:
    """Words the rows of one procedure and keeps the truth about who acts and where loops lead."""

    def __init__(
        self, rng: random.Random, pool: Pool, style: Style, labels: dict[str, str]
    ) -> None:
        self.rng, self.words, self.style = rng, pool.words, style
        self.labels, self.columns = labels, list(labels)
        self.steps: list[Step] = []

    def refer(self, role: str) -> str:
        label = self.labels[role]
        return label.lower() if self.rng.random() < 0.1 else label

    def column(self, role: str) -> int:
        return self.columns.index(role)

    def tell(self, topic: topics.Topic, acts: list[topics.Act]) -> list[Step]:
        """All rows, an opening order first where the procedure has one."""
        first = self.column(acts[0].role)
        wanted = {"some": first > 0, "all": first == 1, "none": False}[self.style.clues]
        if wanted and self.rng.random() < 0.6:
            boss = self.columns[0 if first == 1 else self.rng.randrange(first)]
            if boss not in ("pemohon", "petugas"):
                order = self.rng.choice(self.words.order)
                text = order.format(next=self.labels[acts[0].role], tujuan=topic.tujuan)
                self._add(boss, text, "Nota dinas", 15, "Disposisi")
        for i, act in enumerate(acts):
            self._tell_act(act, acts[i + 1] if i + 1 < len(acts) else None)
        return self.steps

    def _add(self, role: str, text: str, kelengkapan: str, menit: int, output: str) -> Step:
        step = Step(
            self.column(role),
            Printed(text),
            Printed(kelengkapan),
            make_time(self.rng, menit),
            Printed(output),
        )
        self.steps.append(step)
        return step

    def _tell_act(self, act: topics.Act, after: topics.Act | None) -> None:
        text = act.text
        if self.style.clues == "all" and (
            not self.steps or (after is not None and self.rng.random() < 0.12)
        ):
            text = f"{self.labels[act.role]} {_lower(text)}"
        step = self._add(act.role, text, act.kelengkapan, act.menit, act.output)
        if act.review and after and self._decide(step, act, after, text):
            return
        if after is None or after.role == act.role or self.style.clues == "none":
            return
        if self.style.clues == "all" or self.rng.random() < 0.4:
            phrase = self.rng.choice(self.words.handover)
            step.kegiatan = Printed(phrase.format(text=text, next=self.refer(after.role)))

    def _decide(self, step: Step, act: topics.Act, after: topics.Act, text: str) -> bool:
        """Make the row a decision; True when its exits are worded."""
        me = len(self.steps) - 1
        others = [i for i in range(me) if self.steps[i].actor != step.actor]
        if not others:
            return False
        step.simbol = "keputusan"
        if self.style.clues == "none" or (self.style.clues == "some" and self.rng.random() < 0.25):
            return False
        step.back_to = others[-1]
        prev = self.columns[self.steps[others[-1]].actor]
        own = after.role == act.role
        phrase = self.rng.choice(self.words.decision_own if own else self.words.decision)
        step.kegiatan = Printed(
            phrase.format(text=text, prev=self.refer(prev), next=self.refer(after.role))
        )
        return True


def number_steps(rng: random.Random, style: Style, steps: list[Step]) -> bool:
    """Number the rows; True when numbers jump."""
    jumps = rng.random() < style.jump
    no = 0
    for step in steps:
        no += 1 + (1 if jumps and no and rng.random() < 0.3 else 0)
        step.no = no
    return no != len(steps)


def _spoil(rng: random.Random, text: str) -> tuple[str, str] | None:
    options = [(a, b) for a, b in wording.TYPOS if re.search(rf"\b{a}\b", text, re.IGNORECASE)]
    if not options:
        return None
    right, wrong = rng.choice(options)

    def put(match: re.Match[str]) -> str:
        return wrong.capitalize() if match[0][0].isupper() else wrong

    return re.sub(rf"\b{right}\b", put, text, count=1, flags=re.IGNORECASE), f"{right} -> {wrong}"


def add_typos(rng: random.Random, sheet: Sheet, count: int) -> None:
    """Spoil up to `count` texts; the truth stays, the fault is noted on the sheet."""
    texts = [s.kegiatan for s in sheet.steps] + [s.output for s in sheet.steps]
    texts += [s.kelengkapan for s in sheet.steps]
    texts += [p for items in sheet.lists.values() for p in items]
    rng.shuffle(texts)
    for text in texts:
        if count <= 0:
            return
        spoilt = _spoil(rng, text.shown)
        if spoilt:
            text.shown = spoilt[0]
            sheet.faults.append(spoilt[1])
            count -= 1


def compose(
    rng: random.Random,
    pool: Pool,
    style: Style,
    agency: Agency | None = None,
    topic: topics.Topic | None = None,
) -> Sheet:
    """One sheet, not yet printed; agency and topic are drawn where they are not given."""
    agency = agency or rng.choice(pool.agencies)
    topic = topic or rng.choice(pool.topics)
    acts = _choose_acts(rng, topic)
    used = [r for r in topic.order if any(a.role == r for a in acts)]
    if len(used) < 3:
        acts = list(topic.acts)
        used = [r for r in topic.order if any(a.role == r for a in acts)]
    roles = [r for r in topic.order if r in used or r in ("kepala", "sekretaris")]
    roles = roles[: style.max_actors] if set(used) <= set(roles[: style.max_actors]) else used
    labels, lengkap = make_actors(rng, pool, topic, agency, roles)
    narrator = Narrator(rng, pool, style, dict(zip(roles, labels, strict=True)))
    steps = narrator.tell(topic, acts)
    if rng.random() < 0.85:
        for end in (steps[0], steps[-1]):
            end.simbol = "terminator"
    faults = ["numbers jump"] if number_steps(rng, style, steps) else []
    _add_remarks(rng, steps)
    if rng.random() < style.gaps:
        faults.append("cells empty or misplaced")
        _add_gaps(rng, steps)
    nama, year = rng.choice(topic.nama), rng.randint(2018, 2024)
    signer, nip_shown = make_signer(rng, agency)
    sheet = Sheet(
        pemerintah=f"Pemerintah {agency.wilayah}",
        perangkat_daerah=agency.nama,
        unit_kerja=_units(rng, agency),
        address=agency.alamat,
        nomor=make_nomor(rng, agency, year),
        nama=nama,
        nama_title=nama.upper() if rng.random() < 0.4 else nama,
        dates=make_dates(rng, style, year),
        signer=signer,
        dasar_hukum=law.make_laws(rng, agency.wilayah, agency.nama, style.tidy_law),
        lists={
            "kualifikasi_pelaksana": _some(rng, topic.kualifikasi),
            "keterkaitan": _some(rng, topic.keterkaitan),
            "peralatan_perlengkapan": _some(rng, topic.peralatan),
            "peringatan": _some(rng, topic.peringatan),
            "pencatatan_pendataan": _some(rng, topic.pencatatan),
        },
        actors=labels,
        lengkap=lengkap,
        steps=steps,
        faults=faults,
        nip_shown=nip_shown,
    )
    add_typos(rng, sheet, rng.randint(0, style.typos))
    return sheet


def _units(rng: random.Random, agency: Agency) -> list[str]:
    roll = rng.random()
    if roll < 0.35:
        return []
    if roll < 0.7:
        return ["Sekretariat", f"Sub Bagian {rng.choice((agency.subbag[0], 'Perencanaan'))}"]
    return [f"Bidang {rng.choice(agency.bidang)}"]


def _some(rng: random.Random, items: tuple[str, ...]) -> list[Printed]:
    count = rng.randint(1, len(items))
    return [Printed(t) for t in items[:count]]


def _add_remarks(rng: random.Random, steps: list[Step]) -> None:
    roll = rng.random()
    for step in steps:
        if roll < 0.15 and rng.random() < 0.3:
            step.keterangan = rng.choice(("Tentatif", "SOP terkait", "Paling lambat pukul 12.00"))
        elif roll < 0.3:
            step.keterangan = "-"


def _add_gaps(rng: random.Random, steps: list[Step]) -> None:
    """Leave cells empty, and let an output repeat the row's time as some sheets do."""
    for step in rng.sample(steps, min(len(steps), rng.randint(1, 3))):
        fault = rng.randrange(4)
        if fault == 0:
            step.kelengkapan = Printed(" ")
        elif fault == 1:
            step.output = Printed("-")
        elif fault == 2:
            step.waktu = Time("", None)
        elif step.waktu.shown not in ("", "-"):
            step.output = Printed(step.waktu.shown)
