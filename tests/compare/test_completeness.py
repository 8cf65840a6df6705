"""Empty is not unread, and neither is guessed."""

from __future__ import annotations

from sopextract.compare import compare
from sopextract.compare.completeness import (
    IDENTITY_ITEMS,
    check_identity,
    check_steps,
    filled_share,
)
from sopextract.compare.figures import measure
from sopextract.compare.legal import build_matrix
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.settings import CompareSettings
from tests.compare.sheets import PERMENPANRB_53, UU_23
from tests.factories import langkah, provenance, record


def state(item: str, **fields: object) -> str:
    return check_identity(record(**fields))[IDENTITY_ITEMS.index(item)]


def test_absent_unread_and_doubtful_stand_apart() -> None:
    def number(method: str, confidence: float, value: str | None = None) -> str:
        entry = {"/nomor_sop": provenance(confidence, method)}
        return state("Nomor SOP", nomor_sop=value, provenance=entry)

    assert number("absent", 0.99) == "kosong"
    assert number("unread", 0.99) == "tak_terbaca"
    assert number("cell", 0.3, "01/X") == "tak_terbaca"
    assert number("cell", 0.99, "01/X") == "terisi"
    assert state("Nomor SOP", nomor_sop=None) == "kosong"


def test_lists_are_unread_only_when_all_their_entries_are() -> None:
    weak, sure = provenance(0.2), provenance(0.99)
    both = {"/peringatan/0": weak, "/peringatan/1": sure}
    assert state("Peringatan", peringatan=("a", "b"), provenance=both) == "terisi"
    assert state("Peringatan", peringatan=("a",), provenance=both) == "tak_terbaca"
    unread = {"/peringatan": provenance(0.99, "unread")}
    assert state("Peringatan", peringatan=(), provenance=unread) == "tak_terbaca"


def test_tanggal_pengesahan_serves_and_signature_needs_post_and_name() -> None:
    dates = {"tanggal_efektif": None, "tanggal_pengesahan": "2024-05-08"}
    assert state("Tanggal Efektif", **dates) == "terisi"
    assert state("Disahkan oleh", disahkan_oleh={"jabatan": "Bupati", "nama": "X"}) == "terisi"
    assert state("Disahkan oleh", disahkan_oleh={"jabatan": "Bupati"}) == "kosong"


def test_steps_count_actor_and_mutu_baku() -> None:
    made = record(
        langkah=(langkah(1, "Mencatat", waktu=None, output=None),),
        provenance={"/langkah/0/waktu": provenance(0.9, "unread")},
    )
    assert check_steps(made) == (("kosong", "terisi", "tak_terbaca", "kosong"),)


def test_share_leaves_out_unread_and_the_date_of_revision() -> None:
    unread = {"/nomor_sop": provenance(0.9, "unread")}
    found = compare(
        [record(nomor_sop=None, provenance=unread, dasar_hukum=(UU_23,))], CompareSettings()
    )
    (agency,) = found.agencies
    assert agency.share == 1.0
    assert agency.unread == 1
    assert found.sheets[0].states["Nomor SOP"] == "tak_terbaca"
    revision = next(i for i in agency.items if i.item == "Tanggal Revisi")
    assert revision.kosong == 1
    assert filled_share(()) is None


def test_doubts_of_the_reading_never_count_against_the_agency() -> None:
    def finding(kind: Kind, severity: Severity) -> Finding:
        return Finding(rule="X1", severity=severity, kind=kind, path="", message="m", help="")

    findings = (
        finding(Kind.DOCUMENT, Severity.ERROR),
        finding(Kind.READING, Severity.ERROR),
        finding(Kind.DOCUMENT, Severity.INFO),
    )
    (agency,) = compare([record(findings=findings)], CompareSettings()).agencies
    counted = agency.findings
    assert (counted.error, counted.warning, counted.info, counted.reading) == (1, 0, 1, 1)
    assert agency.rules == (("X1", 2),)


def test_legal_matrix_counts_sops_and_shows_status() -> None:
    partial = UU_23.model_copy(update={"id": None, "nomor": None, "teks": "UU tentang Desa"})
    records = [
        record(dasar_hukum=(PERMENPANRB_53, UU_23, UU_23)),
        record(dasar_hukum=(UU_23, partial)),
        record(dasar_hukum=(), provenance={"/dasar_hukum": provenance(0.9, "unread")}),
    ]
    matrix = build_matrix(records, [0, 1, 1])
    rows = {row.label: row for row in matrix.rows}
    assert rows["UU 23/2014"].counts == (1, 1)
    assert rows["UU 23/2014"].status == "diubah"
    assert rows["PermenPANRB 53/2014"].counts == (1, 0)
    assert rows["PermenPANRB 53/2014"].status == "dicabut"
    assert rows["UU tentang Desa"].id is None
    assert matrix.unread == (0, 1)
    assert matrix.rows[0].label == "UU 23/2014"


def test_amending_regulations_are_rows_of_their_own() -> None:
    amended = UU_23.model_copy(update={"diubah_dengan": (PERMENPANRB_53,)})
    matrix = build_matrix([record(dasar_hukum=(amended,))], [0])
    assert {row.id for row in matrix.rows} == {"uu/2014/23", "permen-panrb/2014/53"}


def test_what_a_doubt_of_the_reading_points_at_is_unread() -> None:
    """RD-04 says that an actor could not be settled: the agency did not leave it out."""

    def of(kind: Kind) -> str:
        finding = Finding(
            rule="RD-04", severity=Severity.WARNING, kind=kind, path="/langkah/0/pelaksana",
            message="x", help="y",
        )  # fmt: skip
        made = record(langkah=(langkah(1, "Mencatat"),), provenance={}, findings=(finding,))
        return check_steps(made)[0][0]

    assert of(Kind.READING) == "tak_terbaca"
    assert of(Kind.DOCUMENT) == "kosong"


def test_a_doubt_about_a_value_that_was_read_takes_it_from_nobody() -> None:
    paths = ("/langkah/0/waktu", "/langkah/1/pelaksana", "/dasar_hukum")
    doubts = tuple(
        Finding(rule="RD-02", severity=Severity.INFO, kind=Kind.READING, path=path, message="m",
                help="")
        for path in paths
    )  # fmt: skip
    made = record(dasar_hukum=(UU_23,), findings=doubts)
    assert measure(made) == measure(record())
    assert check_steps(made) == (("terisi",) * 4,) * 3
    assert state("Dasar Hukum", dasar_hukum=(UU_23,), findings=doubts) == "terisi"
    assert state("Dasar Hukum", findings=doubts) == "tak_terbaca"
