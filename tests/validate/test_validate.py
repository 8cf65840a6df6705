"""The runner: order, doubt, levels, plug-ins; and a property over all doubtful values."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopextract.errors import ConfigError
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import Provenance, SopRecord
from sopextract.settings import LintSettings
from sopextract.validate import registry, validate, validate_archive
from sopextract.validate.doubt import SURE
from sopextract.validate.registry import Hit, Rule, load_rules, rule
from sopextract.validate.sheet import existing
from tests import factories

LAW = {"teks": "x", "id": "permen-panrb/2012/35", "jenis": "PermenPANRB", "nomor": "35"}
LAW |= {
    "tahun": "2012",
    "tentang": "Pedoman Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan",
}
POINTERS = (
    "/nama_sop",
    "/nomor_sop",
    "/disahkan_oleh/nip",
    "/langkah/0/kegiatan",
    "/langkah/0/pelaksana/0",
    "/langkah/1/simbol",
    "/langkah/1/waktu/teks",
    "/langkah/2/output",
    "/peringatan/0",
    "/alur/1",
    "/pelaksana/1/nama",
)


def codes(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f.path) for f in found]


def test_a_complete_sheet_has_no_finding() -> None:
    record = factories.record(dasar_hukum=(LAW,), tanggal_efektif="2016-02-01")
    record = record.model_copy(update={"tanggal_pembuatan": "2016-01-02"})
    assert codes(validate(record, LintSettings())) == []


def test_findings_are_ordered_worst_first() -> None:
    steps = tuple(factories.langkah(i, "Membuat surat", "Petugas Loket") for i in (1, 3, 12))
    found = validate(factories.record(langkah=steps, nomor_sop=None), LintSettings())
    ranks = [f.severity.rank for f in found]
    assert ranks == sorted(ranks, reverse=True)
    assert found == validate(factories.record(langkah=steps, nomor_sop=None), LintSettings())


@given(
    st.dictionaries(
        st.sampled_from(POINTERS),
        st.tuples(st.sampled_from(["cell", "label", "inferred", "unread"]), st.floats(0, 1)),
    )
)
def test_no_doubtful_value_is_silent_and_none_blames_the_agency(
    grounds: dict[str, tuple[str, float]],
) -> None:
    given_ = {p: Provenance(line=1, method=m, confidence=c) for p, (m, c) in grounds.items()}
    found = validate(factories.record(provenance=given_), LintSettings())
    doubtful = {p for p, (m, c) in grounds.items() if c < SURE or m in ("inferred", "unread")}
    for pointer in doubtful:
        near = [f for f in found if pointer == f.path or pointer.startswith(f.path + "/")]
        assert any(f.kind is Kind.READING for f in near)
        assert not any(f.kind is Kind.DOCUMENT and f.path == pointer for f in near)


def test_every_pointer_resolves() -> None:
    record = factories.record(nomor_sop=None, dasar_hukum=(), pelaksana=(), judul_lain=("Lain",))
    for finding in validate(record, LintSettings()):
        assert existing(record, finding.path) == finding.path


def test_levels_of_the_settings_win_over_the_profile() -> None:
    record = factories.record(nomor_sop="1/X/")
    off = LintSettings(levels={"ID-02": "off"})
    info = LintSettings(levels={"ID-02": "info"})
    assert "ID-02" not in {f.rule for f in validate(record, off)}
    [found] = [f for f in validate(record, info) if f.rule == "ID-02"]
    assert found.severity is Severity.INFO


def test_regional_profile_changes_levels() -> None:
    steps = (factories.langkah(1, "Pemeriksaan berkas", "Kepala Seksi"),)
    record = factories.record(langkah=steps, alur=())
    national = {f.rule: f.severity for f in validate(record, LintSettings())}
    regional = {f.rule: f.severity for f in validate(record, LintSettings(profile="contoh-daerah"))}
    assert national["FL-02"] is Severity.WARNING
    assert regional["FL-02"] is Severity.INFO
    assert "FL-07" in national
    assert "FL-07" not in regional


def test_own_profile_file(tmp_path: Path) -> None:
    path = tmp_path / "kami.toml"
    path.write_text('title = "Kami"\nextends = "nasional"\n[levels]\n"ID-01" = "off"\n')
    found = validate(factories.record(), LintSettings(profile=str(path)))
    assert "ID-01" not in {f.rule for f in found}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title = ", "not valid TOML"),
        ('title = "x"\n[levels]\n"ID-01" = "fatal"\n', "levels.ID-01"),
        ("[levels]\n", "title"),
    ],
)
def test_bad_profile_is_a_config_error(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "buruk.toml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=message):
        validate(factories.record(), LintSettings(profile=str(path)))


def test_a_level_for_no_rule_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="no rule ID-2, id-01;"):
        validate(factories.record(), LintSettings(levels={"id-01": "off", "ID-2": "off"}))


def test_unknown_profile_names_the_known() -> None:
    with pytest.raises(ConfigError, match=r"contoh-daerah, nasional"):
        validate(factories.record(), LintSettings(profile="bulan"))


def test_profile_circle_is_a_config_error(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'title = "A"\nextends = "{path}"\n')
    with pytest.raises(ConfigError, match="extends itself"):
        validate(factories.record(), LintSettings(profile=str(path)))


@rule("XX-01", Severity.INFO, basis="uji")
def plugged(record: SopRecord) -> Iterator[tuple[str, str]]:
    """Aturan dari luar."""
    yield "/nama_sop", "Ditemukan."


@pytest.fixture
def fresh_rules() -> Iterator[None]:
    load_rules.cache_clear()
    yield
    load_rules.cache_clear()


@pytest.mark.usefixtures("fresh_rules")
def test_rules_plug_in_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("x", "tests.validate.test_validate:plugged", registry.ENTRY_POINTS)
    monkeypatch.setattr(EntryPoint, "load", lambda self: plugged)
    monkeypatch.setattr(registry, "entry_points", lambda group: (point,))
    found = validate(factories.record(), LintSettings())
    assert ("XX-01", "/nama_sop") in codes(found)


def test_rules_have_texts_and_stable_ids() -> None:
    for one in load_rules():
        assert one.basis
        assert one.summary.endswith(".")
        assert one.id[2] == "-"
        assert one.id[3:].isdigit()
        assert isinstance(one, Rule)


def test_archive_findings_keep_the_order_of_the_records() -> None:
    records = [factories.record(id=i, nomor_sop=n) for i, n in (("a", "1/X"), ("b", "1/X"))]
    first, second = validate_archive(records, LintSettings())
    assert [f.rule for f in first] == ["ID-02"]
    assert [f.rule for f in second] == ["ID-02"]
    assert validate_archive([], LintSettings()) == ()


def test_hit_never_raises_the_level() -> None:
    @rule("XX-02", Severity.INFO, basis="uji")
    def loud(record: SopRecord) -> Iterator[Hit]:
        """Keras."""
        yield Hit("/nama_sop", "Keras.", severity=Severity.ERROR)

    from sopextract.validate.check import _findings

    assert loud.check is not None
    [found] = _findings(factories.record(), loud, Severity.INFO, loud.check(factories.record()))
    assert found.severity is Severity.INFO


def test_a_date_of_odd_digits_stops_no_rule() -> None:
    found = validate(factories.record(tanggal_efektif="²024-01-02"), LintSettings())
    assert "LB-04" not in {f.rule for f in found}


def test_findings_write_dates_as_sheets_do() -> None:
    record = factories.record(tanggal_pembuatan="2024-03", tanggal_efektif="2023-12-01")
    said = [f.message for f in validate(record, LintSettings()) if f.rule == "ID-03"]
    assert 'Tanggal Pembuatan "Maret 2024" tanpa hari.' in said
    assert 'Tanggal Efektif "1 Desember 2023" mendahului Tanggal Pembuatan "Maret 2024".' in said
    grounds = {"/tanggal_efektif": factories.provenance(0.6)}
    record = factories.record(tanggal_efektif="2024-05-08", provenance=grounds)
    (doubt,) = (f for f in validate(record, LintSettings()) if f.rule == "RD-02")
    assert doubt.message.startswith('Tanggal Efektif "8 Mei 2024" diragukan')
