"""Both matrices of a made archive, every cell against a plan: dasar hukum × agency, and coverage.

Five procedures, twelve agencies (three offices in four governments), one sheet for most pairs. The
plan says for each what it cites and what was not read; the truth is counted from the plan alone.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sopextract.compare import compare
from sopextract.compare.comparison import Comparison
from sopextract.compare.coverage import Gap, find_gaps
from sopextract.model.record import DasarHukum, Provenance, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import Step, law, sheet
from tests.factories import provenance

OFFICES = ("Dinas Arsip", "Dinas Pangan", "Dinas Pemuda, Olahraga dan Pariwisata")
REGIONS = ("Kota Batu", "Kota Palu", "Kota Solok", "Kota Tegal")
AGENCIES = tuple((office, region) for office in OFFICES for region in REGIONS)
PROCEDURES = ("Vaksinasi Ternak", "Pemadaman Kebakaran", "Tera Timbangan", "Lelang Kendaraan",
              "Penanaman Mangrove")  # fmt: skip
_ACTS = ("Mencatat", "Memeriksa", "Menimbang", "Menetapkan", "Mengumumkan")

UU_9 = law("uu/2015/9", "UU", status="berlaku")
UU_23 = law("uu/2014/23", "UU", status="diubah")
UU_23_WITH_9 = UU_23.model_copy(update={"diubah_dengan": (UU_9,)})
PP_12 = law("pp/2019/12", "PP", status="berlaku")
PP_38 = law("pp/2007/38", "PP", status="dicabut")
PP_38_UNKNOWN = PP_38.model_copy(update={"status": None})  # the same act, read without a status
PERGUB = DasarHukum(teks="Peraturan Gubernur tentang Tata Naskah")
PERGUB_AGAIN = DasarHukum(teks="PERATURAN GUBERNUR  tentang tata naskah.")
POOL = (UU_9, UU_23, UU_23_WITH_9, PP_12, PP_38, PP_38_UNKNOWN, PERGUB, PERGUB_AGAIN)

# What each entry of the pool means, said by hand: regulations cited, and those told as out of date.
CITED = {
    "UU 9/2015": (UU_9, UU_23_WITH_9),
    "UU 23/2014": (UU_23, UU_23_WITH_9),
    "PP 12/2019": (PP_12,),
    "PP 38/2007": (PP_38, PP_38_UNKNOWN),
    "Pergub": (PERGUB, PERGUB_AGAIN),
}
STATUS = {"UU 9/2015": "berlaku", "UU 23/2014": "diubah", "PP 12/2019": "berlaku",
          "PP 38/2007": "dicabut", "Pergub": None}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One sheet: of which procedure and agency, what it cites, and what was read of it."""

    procedure: int
    agency: int
    cites: tuple[DasarHukum, ...]
    basis: str  # read, absent, unread, partly (one more entry hardly read)
    lost: bool  # neither title nor steps were read

    @property
    def laws(self) -> frozenset[str]:
        return frozenset(n for n, forms in CITED.items() if any(c in forms for c in self.cites))


@lru_cache(maxsize=1)
def plan() -> tuple[Planned, ...]:
    rng = random.Random(7)
    found = []
    for procedure in range(len(PROCEDURES)):
        for agency in range(len(AGENCIES)):
            basis = rng.choice(("read",) * 6 + ("absent", "unread", "partly"))
            cites = (
                tuple(rng.sample(POOL, rng.randint(1, 4))) if basis in ("read", "partly") else ()
            )
            cites += cites[:1]  # twice on one sheet is once
            if rng.random() < 0.85:
                found.append(Planned(procedure, agency, cites, basis, rng.random() < 0.08))
    return tuple(found)


def made(planned: Planned) -> SopRecord:
    office, region = AGENCIES[planned.agency]
    thing = PROCEDURES[planned.procedure]
    steps: tuple[Step, ...] = tuple(
        (f"{act} {thing} {i}", "Kepala", "1 Jam", f"{thing} {i}") for i, act in enumerate(_ACTS)
    )
    grounds: dict[str, Provenance] = {}
    basis = planned.cites
    if planned.basis == "absent":
        grounds["/dasar_hukum"] = provenance(0.99, "absent")
    elif planned.basis == "unread":
        grounds["/dasar_hukum"] = provenance(0.9, "unread")
    elif planned.basis == "partly":
        grounds[f"/dasar_hukum/{len(basis)}"] = provenance(0.3)
        basis += (DasarHukum(teks="P3rda N0m0r l2"),)
    if planned.lost:
        grounds["/nama_sop"] = provenance(0.9, "unread")
    record = sheet(f"{planned.procedure}-{planned.agency}.pdf", office, f"Pemerintah {region}",
                   thing, () if planned.lost else steps, dasar_hukum=basis)  # fmt: skip
    changed = {"provenance": grounds} | ({"nama_sop": None} if planned.lost else {})
    return record.model_copy(update=changed)


@lru_cache(maxsize=1)
def compared() -> Comparison:
    return compare([made(one) for one in plan()], CompareSettings())


def agency_number(agency: int) -> int:
    """The number that the comparison gives, by name."""
    office, region = AGENCIES[agency]
    name = f"{office}, Pemerintah {region}"
    return next(a.number for a in compared().agencies if a.name == name)


def label(text: str) -> str:
    return "Pergub" if "gubernur" in text.lower() else text


def test_the_plan_holds_every_case() -> None:
    assert {one.basis for one in plan()} == {"read", "absent", "unread", "partly"}
    assert any(one.lost for one in plan())
    assert 45 <= len(plan()) < 60
    assert {name for one in plan() for name in one.laws} == set(CITED)


def test_every_cell_of_the_legal_matrix() -> None:
    truth = Counter((law, agency_number(one.agency)) for one in plan() for law in one.laws)
    rows = [row for row in compared().legal.rows if "P3rda" not in row.label]
    found = {(label(r.label), a): n for r in rows for a, n in enumerate(r.counts) if n}
    assert found == dict(truth)
    assert [len(row.counts) for row in rows] == [len(AGENCIES)] * len(CITED)
    assert {label(row.label): row.status for row in rows} == STATUS
    for row in rows:
        citing = tuple(i for i, one in enumerate(plan()) if label(row.label) in one.laws)
        assert row.sheets == citing


def test_a_legal_basis_that_was_not_read_is_counted_apart() -> None:
    unread = Counter(agency_number(one.agency) for one in plan() if one.basis == "unread")
    assert compared().legal.unread == tuple(unread[a] for a in range(len(AGENCIES)))
    assert sum(compared().legal.unread) > 0


def test_what_each_sheet_has_out_of_date_and_lacks() -> None:
    rows = compared().legal.rows

    def names(numbers: tuple[int, ...]) -> set[str]:
        return {label(rows[n].label) for n in numbers}

    for sop, one in enumerate(plan()):
        legal = compared().sheets[sop].legal
        assert legal is not None
        assert legal.read == (one.basis != "unread")
        assert names(legal.revoked) == one.laws & {"PP 38/2007"}
        plain = UU_23 in one.cites and "UU 9/2015" not in one.laws
        assert names(legal.amended) == ({"UU 23/2014"} if plain else set())
        assert names(legal.missing) == set(missing(sop, one))


def missing(sop: int, one: Planned) -> Iterator[str]:
    """What half of the other sheets of the procedure cite, two or more, of those that were read."""
    if one.lost or one.basis in ("unread", "partly"):
        return
    others = [
        other
        for number, other in enumerate(plan())
        if number != sop and other.procedure == one.procedure and not other.lost
    ]
    for name in CITED:
        citing = [other for other in others if name in other.laws]
        # an entry hardly read may be any act: such a sheet is on neither side
        able = [o for o in others if name in o.laws or o.basis in ("read", "absent")]
        if name in one.laws or STATUS[name] == "dicabut":
            continue
        if len(citing) >= 2 and 2 * len(citing) >= len(able):
            yield name


def test_every_cell_of_the_coverage() -> None:
    family_of = {
        procedure: next(
            compared().sheets[sop].family
            for sop, one in enumerate(plan())
            if one.procedure == procedure and not one.lost
        )
        for procedure in range(len(PROCEDURES))
    }
    assert len(set(family_of.values())) == len(PROCEDURES)
    assert set(find_gaps(compared())) == {
        Gap(
            family=family_of[procedure] or 0,
            group=group,
            have=numbers(have),
            lacking=numbers([a for a in without if not loses(a)]),
            unsure=numbers([a for a in without if loses(a)]),
        )
        for procedure in range(len(PROCEDURES))
        for group in (None, *OFFICES)
        for have, without in [sides(procedure, group)]
        if without and len(have) > len(without)
    }
    gaps = find_gaps(compared())
    assert any(g.unsure for g in gaps)
    assert any(g.lacking for g in gaps)
    assert {g.group for g in gaps} >= {None, OFFICES[2]}


def sides(procedure: int, group: str | None) -> tuple[list[int], list[int]]:
    """The agencies of a group that have a sheet of the procedure that was read, and the others."""
    wanted = [a for a, (office, _) in enumerate(AGENCIES) if group in (None, office)]
    having = {one.agency for one in plan() if one.procedure == procedure and not one.lost}
    return [a for a in wanted if a in having], [a for a in wanted if a not in having]


def loses(agency: int) -> bool:
    return any(one.lost for one in plan() if one.agency == agency)


def numbers(agencies: list[int]) -> tuple[int, ...]:
    return tuple(sorted(agency_number(a) for a in agencies))
