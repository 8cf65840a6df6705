"""Settings: file, then environment; a wrong one is named with the place where it was set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sopextract.errors import ConfigError
from sopextract.settings import Settings, load_settings

DOC = (Path(__file__).resolve().parent.parent / "docs/settings.md").read_text(encoding="utf-8")


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_file_and_environment_all_is_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={"HOME": "/x"}) == Settings()


def test_the_file_of_the_working_directory_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sopextract.toml").write_text('[render]\npaper = "F4"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}).render.paper == "F4"


def test_the_environment_wins_over_the_file_and_leaves_the_rest(tmp_path: Path) -> None:
    text = '[normalise]\njam_per_hari = 8\nhari_per_minggu = 6\n[lint.levels]\n"FL-01" = "info"\n'
    environ = {
        "SOPEXTRACT_NORMALISE__JAM_PER_HARI": "7",
        "SOPEXTRACT_LINT__LEVELS__FL-07": "off",
        "SOPEXTRACT_COMPARE__MASK": "true",
    }
    settings = load_settings(settings_file(tmp_path, text), environ)
    assert (settings.normalise.jam_per_hari, settings.normalise.hari_per_minggu) == (7, 6)
    assert settings.lint.levels == {"FL-01": "info", "FL-07": "off"}
    assert settings.compare.mask is True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[foo]\nx = 1\n", "foo: there is no such setting"),
        ("[render]\npapre = 1\n", "render.papre: there is no such setting"),
        ('[render]\npaper = "A3"\n', "render.paper: Input should be 'A4' or 'F4'"),
        ('[render]\ntemplates = "nowhere"\n', "render.templates: Path does not point to"),
        ("lint = 3\n", "lint: "),
        ("[ingest]\nmax_bytes = -1\n", "ingest.max_bytes: Input should be greater than 0"),
        ("[normalise]\njam_per_hari = nan\n", "normalise.jam_per_hari: "),
        ("[compare]\ncopy_min_score = 85\n", "compare.copy_min_score: "),
        ("[compare\n", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = settings_file(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path, {"SOPEXTRACT_LINT__PROFILE": "nasional"})
    assert str(caught.value).startswith(f"{path}: {said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SOPEXTRACT_NORMALISE__JAM_PER_HARI", "delapan", "normalise.jam_per_hari: "),
        ("SOPEXTRACT_NORMALIZE__JAM_PER_HARI", "8", "normalize: there is no such setting"),
        ("SOPEXTRACT_RENDER_PAPER", "A4", "names no setting; "),
        ("SOPEXTRACT_RENDER__", "A4", "names no setting; "),
        ("SOPEXTRACT_LINT__LEVELS", "off", "lint.levels: "),
        ("SOPEXTRACT_RENDER__PAPER__X", "A4", "render.paper: "),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(settings_file(tmp_path, ""), {name: value})
    assert str(caught.value).startswith(f"{name}: {said}")


@pytest.mark.parametrize("path", ["nowhere.toml", "."])
def test_a_file_that_cannot_be_read_is_named(path: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(Path(path), {})


def test_every_setting_is_documented_with_its_default() -> None:
    documented = re.findall(r"^\| `\[(\w+)\]` \| `(\w+)` \| `(.+?)` \|", DOC, re.M)
    expected = []
    for section, values in Settings():
        for name, default in values:
            said = "none" if default is None or default == {} else str(default)
            expected.append((section, name, said.lower() if isinstance(default, bool) else said))
    assert documented == expected
