"""Which sheets are the same procedure."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from sopextract.compare import compare
from sopextract.compare.candidates import find_candidates
from sopextract.compare.clusters import NEVER, Clusters, make_group
from sopextract.compare.corrections import Constraints
from sopextract.compare.features import build_features, cosine
from sopextract.compare.pairs import Scorer, log_odds
from sopextract.compare.profiles import PROFILE_KINDS, Profile, match_profiles
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, PERPRES_29, UU_23, five, sheet
from tools.made_families.families import make_families
from tools.made_families.many import make_many

SETTINGS = CompareSettings()


def families(records: list[SopRecord]) -> set[frozenset[int]]:
    return {frozenset(f.members) for f in compare(records, SETTINGS).families}


def test_five_sheets_fall_into_two_families_and_one_alone() -> None:
    assert families(five()) == {frozenset({0, 4}), frozenset({2, 3})}


def test_family_says_why() -> None:
    found = next(f for f in compare(five(), SETTINGS).families if 0 in f.members)
    assert found.reference == found.members[0]
    (link,) = found.links
    assert link.legal == 1.0
    assert link.title is not None
    assert link.title > 0.6
    assert link.score >= SETTINGS.family_min_score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pengelolaan Surat Masuk", "Pengelolaan Surat Keluar"),
        ("Pengangkatan Pegawai", "Pemberhentian Pegawai"),
        ("Penyusunan Laporan Bulanan", "Penyusunan Laporan Tahunan"),
    ],
)
def test_opposite_acts_are_two_procedures_however_alike_the_sheets(one: str, other: str) -> None:
    steps = COPIED_STEPS[:4]
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", one, steps),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", other, steps),
    ]
    assert families(records) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penyusunan LAKIP", "Penyusunan LKjIP"),
        ("Monev Kinerja", "Pemantauan dan Evaluasi Kinerja"),
        ("Penyusunan Renja", "Mekanisme Penyusunan Rencana Kerja"),
    ],
)
def test_abbreviations_and_synonyms_meet(one: str, other: str) -> None:
    steps = COPIED_STEPS[:5]
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", one, steps[:4]),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", other, steps[1:]),
    ]
    assert families(records) == {frozenset({0, 1})}


def test_a_missing_title_or_legal_basis_is_left_out_not_held_against() -> None:
    records = five()
    records[3] = records[3].model_copy(update={"nama_sop": None, "dasar_hukum": ()})
    found = next(f for f in compare(records, SETTINGS).families if 3 in f.members)
    assert set(found.members) == {2, 3}
    assert found.links[0].title is None
    assert found.links[0].legal is None


def test_another_title_of_the_document_serves() -> None:
    records = five()
    records[4] = records[4].model_copy(
        update={"nama_sop": None, "judul_lain": ("Monitoring dan Evaluasi Kinerja",)}
    )
    assert frozenset({0, 4}) in families(records)


def test_candidates_do_not_grow_with_the_square() -> None:
    def count(n: int) -> int:
        steps = COPIED_STEPS[:6]
        records = [
            sheet(f"{i}.txt", f"Dinas {i}", "Pemerintah Kota Tegal", "Monev Kinerja", steps)
            for i in range(n)
        ]
        return len(list(find_candidates(build_features(records), range(n))))

    assert count(400) < 2.3 * count(200)


def test_no_records_and_empty_records_compare() -> None:
    assert compare([], SETTINGS).families == ()
    bare = [sheet(f"{i}.txt", "", "", "", (), dasar_hukum=(), pelaksana=()) for i in range(3)]
    assert families(bare) == set()


def test_order_of_input_does_not_change_families() -> None:
    records = five()
    turned = [records[i] for i in (4, 3, 2, 1, 0)]
    assert families(turned) == {frozenset({0, 4}), frozenset({1, 2})}


def test_shared_legal_basis_alone_makes_no_family() -> None:
    laws = (UU_23, PERPRES_29)
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Peminjaman Kendaraan Dinas",
              [("Mengisi formulir pinjam", "Staf", "5 Menit", "Formulir")], dasar_hukum=laws),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "Pelayanan Rekomendasi Benih",
              [("Menguji contoh benih", "Analis", "3 Hari", "Hasil uji")], dasar_hukum=laws),
    ]  # fmt: skip
    assert families(records) == set()


def test_sheets_of_one_template_part_by_what_every_sheet_of_a_procedure_says() -> None:
    """Procedures of one object, "Pasar Rakyat": their sheets share half of the title and most words
    of the steps, and are less alike across than among themselves."""
    made = [
        one for one in make_many(1000, seed=32) if "Pasar Rakyat" in (one.record.nama_sop or "")
    ]
    truth: dict[str, set[int]] = {}
    for sop, one in enumerate(made):
        truth.setdefault(one.family, set()).add(sop)
    assert sorted(map(len, truth.values())) == [5, 30, 40]
    assert families([one.record for one in made]) == {frozenset(own) for own in truth.values()}


def test_two_titles_of_one_procedure_meet_by_what_all_their_sheets_share() -> None:
    """A procedure under two titles of other words, and a look-alike under a title like one of them:
    groups grow by titles first, and then what all their sheets say decides."""
    made = [one for one in make_families(22) if one.family in ("22/11", "22/24")]
    sheets = random.Random(22).sample(made, len(made))
    truth: dict[str, set[int]] = {}
    for sop, one in enumerate(sheets):
        truth.setdefault(one.family, set()).add(sop)
    assert families([one.record for one in sheets]) == {frozenset(own) for own in truth.values()}


def test_words_that_part_two_groups_weigh_more_the_more_sheets_say_so() -> None:
    def group(count: int, step: str) -> Profile:
        rows = tuple((f"{step} berkas {i}", "Kepala", "1 Jam", step) for i in range(3))
        made = [
            sheet(f"{i}.txt", f"Dinas {i}", "Pemerintah Kota Tegal", "Izin", rows)
            for i in range(count)
        ]
        return Profile(build_features(made))

    def contrast(a: Profile, b: Profile) -> float:
        return match_profiles(a, b)[PROFILE_KINDS.index("contrast")]

    # one word of five parts them; of n sheets n / (n + 1) are believed on each side
    assert contrast(group(1, "Mencetak"), group(1, "Menghapus")) == pytest.approx(1 / 4 / 5)
    assert contrast(group(9, "Mencetak"), group(9, "Menghapus")) == pytest.approx(81 / 100 / 5)
    assert contrast(group(9, "Mencetak"), group(9, "Mencetak")) == 0.0


def test_a_group_is_the_sum_of_its_sheets_whoever_comes_and_goes() -> None:
    features = build_features(five())
    profile = Profile(features[:4])
    profile.add(Profile(features[4:]))
    profile.add(Profile(features[1:2]), -1)
    again = Profile([features[0], *features[2:]])
    assert profile.count == again.count == 4
    for part, other in zip(profile.parts, again.parts, strict=True):
        assert part.within == pytest.approx(other.within)
    within = [
        cosine(features[a].steps, features[b].steps) for a, b in combinations((0, 2, 3, 4), 2)
    ]
    assert again.parts[1].within == pytest.approx(sum(w or 0.0 for w in within) / 6)


def test_a_group_of_several_procedures_is_parted_by_its_titles() -> None:
    """Of sheets of one object, all put into one group: each act is a procedure."""
    made = [
        one for one in make_many(1000, seed=32) if "Pasar Rakyat" in (one.record.nama_sop or "")
    ]
    clusters = Clusters(Scorer(build_features([one.record for one in made])), 0.5, Constraints())
    for sop in range(1, len(made)):
        clusters.unite(0, sop)
    assert clusters.part() == 2
    assert sorted(len(group) for group in clusters.groups()) == [5, 30, 40]
    assert all(len({made[sop].family for sop in group}) == 1 for group in clusters.groups())
    assert clusters.part() == 0  # nothing changed, nothing goes


def test_what_the_user_put_together_is_never_parted() -> None:
    made = [
        one for one in make_many(1000, seed=32) if "Pasar Rakyat" in (one.record.nama_sop or "")
    ]
    together = Constraints(together=(tuple(range(len(made))),))
    clusters = Clusters(Scorer(build_features([one.record for one in made])), 0.5, together)
    assert clusters.part() == 0
    assert [len(group) for group in clusters.groups()] == [len(made)]


def test_two_sheets_alone_are_one_family_by_their_own_score_only() -> None:
    scorer = Scorer(build_features(five()))
    clusters = Clusters(scorer, 0.5, Constraints())
    for a, b in combinations(range(5), 2):
        alone = [make_group(scorer, [sop]) for sop in (a, b)]
        score = scorer.link(a, b).score
        expected = NEVER if score == 0.0 else log_odds(score)
        assert clusters.odds(*alone) == pytest.approx(expected)
