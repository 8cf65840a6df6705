"""Legal bases beside the register and beside the family."""

from __future__ import annotations

from sopextract.compare import compare
from sopextract.compare.comparison import Comparison, SheetLegal
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, PERMENPANRB_53, PP_12, UU_23, law, sheet
from tests.factories import provenance

UU_9 = law("uu/2015/9", "UU")


def family_of(*bases: tuple[DasarHukum, ...], **fields: object) -> Comparison:
    records: list[SopRecord] = [
        sheet(f"{i}.txt", f"Dinas {i}", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS,
              dasar_hukum=basis)
        for i, basis in enumerate(bases)
    ]  # fmt: skip
    records[-1] = records[-1].model_copy(update=fields)
    return compare(records, CompareSettings())


def legal(found: Comparison, sop: int) -> SheetLegal:
    got = found.sheets[sop].legal
    assert got is not None
    return got


def ids(found: Comparison, rows: tuple[int, ...]) -> list[str | None]:
    return [found.legal.rows[row].id for row in rows]


def test_what_most_of_the_family_cite_is_missing_where_it_is_not_cited() -> None:
    found = family_of((PP_12,), (PP_12,), (PP_12, PERMENPANRB_53), ())
    assert ids(found, legal(found, 3).missing) == ["pp/2019/12"]
    assert [legal(found, i).missing for i in range(3)] == [(), (), ()]
    (first, _) = found.families[0].laws
    assert (len(first.cited_by), first.lacking) == (3, (3,))


def test_a_revoked_regulation_is_told_and_never_missing() -> None:
    found = family_of((PERMENPANRB_53,), (PERMENPANRB_53,), (PP_12,))
    assert ids(found, legal(found, 0).revoked) == ["permen-panrb/2014/53"]
    assert legal(found, 2).missing == ()


def test_amended_counts_unless_an_amending_act_stands_beside_it() -> None:
    joined = UU_23.model_copy(update={"diubah_dengan": (UU_9,)})
    found = family_of((UU_23,), (UU_23, UU_9), (joined,))
    assert ids(found, legal(found, 0).amended) == ["uu/2014/23"]
    assert legal(found, 1).amended == ()
    assert legal(found, 2).amended == ()


def test_an_unread_legal_basis_lacks_nothing() -> None:
    unread = {"/dasar_hukum": provenance(0.9, "unread")}
    found = family_of((PP_12,), (PP_12,), (), provenance=unread)
    assert legal(found, 2) == SheetLegal(read=False)
    assert found.families[0].laws[0].lacking == ()
    assert found.legal.unread == (0, 0, 1)


def test_an_entry_that_was_hardly_read_may_be_the_missing_one() -> None:
    odd = DasarHukum(teks="P9P Nom0r l2")
    found = family_of((PP_12,), (PP_12,), (odd,), provenance={"/dasar_hukum/0": provenance(0.3)})
    assert legal(found, 2).missing == ()
    assert [w.lacking for w in found.families[0].laws if len(w.cited_by) == 2] == [()]
