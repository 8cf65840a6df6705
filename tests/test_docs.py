"""The docs name what there is, and only that."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sopextract import errors
from sopextract.cli import cli
from sopextract.errors import ExitStatus, SopextractError
from sopextract.model.draft import Method
from sopextract.model.outcome import Status
from sopextract.model.record import SopRecord

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
RECORD = (ROOT / "docs/record.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"| `sopextract {name}" in README


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"`(?:\.venv/bin/)?sopextract ([a-z]+)", README + ERRORS + RECORD))
    assert named
    assert named <= set(cli.commands)


def test_every_option_of_the_readme_exists() -> None:
    for row in re.findall(r"^\| `sopextract ([a-z]+)(.*?)\|", README.replace("\\|", "/"), re.M):
        name, rest = row
        options = {opt for p in cli.commands[name].params for opt in p.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest)) <= options, name


def test_every_command_and_option_has_help() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "fmt":
                assert option.help, f"{name} {option.name}"


@pytest.mark.parametrize("status", list(ExitStatus))
def test_every_exit_status_is_documented(status: ExitStatus) -> None:
    assert f"| {status.value} | `{status.name}` |" in ERRORS
    assert f"{status.value} = " in README


@pytest.mark.parametrize("status", list(Status))
def test_every_outcome_is_documented(status: Status) -> None:
    assert f"| `{status.value}` |" in ERRORS


def test_every_error_is_documented() -> None:
    kinds = [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, SopextractError)
        and kind is not SopextractError
    ]
    assert len(kinds) >= 4
    assert [name for name in kinds if f"| `{name}` |" not in ERRORS] == []


@pytest.mark.parametrize("key", list(SopRecord.model_fields))
def test_every_key_of_the_record_is_documented(key: str) -> None:
    assert f"`{key}`" in RECORD


@pytest.mark.parametrize("method", list(Method))
def test_every_method_of_provenance_is_documented(method: Method) -> None:
    assert f"| `{method.value}` |" in RECORD


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.M)) <= targets
    assert "make test" in CI


def test_links_of_the_docs_lead_somewhere() -> None:
    for file in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for link in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), f"{file.name}: {link}"
