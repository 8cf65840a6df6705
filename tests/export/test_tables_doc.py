"""docs/tables.md is what there is, and its examples run."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

from sopextract.cli import cli
from tools.make_tables_doc import TARGET, tables_page

PAGE = TARGET.read_text(encoding="utf-8")
GOLDEN = Path(__file__).parents[1] / "golden/parsed"
EXAMPLES = [
    (section.partition("\n")[0], language, code)
    for section in re.split(r"^## ", PAGE, flags=re.M)
    for language, code in re.findall(r"^```(\w+)\n(.*?)^```", section, re.M | re.S)
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the page were run on the records of the samples."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copytree(GOLDEN, folder / "parsed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for _, language, code in EXAMPLES:
            for line in code.splitlines() if language == "sh" else ():
                result = CliRunner().invoke(cli, shlex.split(line)[1:])
                assert result.exit_code == 0, line + result.output
    return folder


def test_the_tables_are_described_as_they_are() -> None:
    assert tables_page(PAGE) == PAGE, "run python -m tools.make_tables_doc"


def test_the_page_has_examples_for_everyone() -> None:
    assert {(place, language) for place, language, _ in EXAMPLES if language != "sh"} == {
        ("pandas", "python"),
        ("DuckDB", "sql"),
        ("Datasette and SQLite", "sql"),
    }


@pytest.mark.parametrize(
    ("place", "code"),
    [(place, code) for place, language, code in EXAMPLES if language != "sh"],
    ids=lambda text: text.strip().splitlines()[0][:40],
)
def test_an_example_gives_rows(
    archive: Path, place: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    assert len(run(place, code)) > 0


def run(place: str, code: str) -> pd.DataFrame:
    """The answer to an example, in the program that the page names."""
    if place == "pandas":
        names: dict[str, pd.DataFrame] = {}
        exec(code, names)  # noqa: S102 - our own documentation
        return names["hasil"]
    if place == "DuckDB":
        with duckdb.connect("arsip.duckdb", read_only=True) as base:
            return base.execute(code).df()
    with closing(sqlite3.connect("arsip.sqlite")) as lite:
        return pd.read_sql(code, lite)


def test_formats_agree_on_an_answer(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    query = "SELECT kunci, count(*) AS n FROM langkah GROUP BY kunci ORDER BY kunci"
    with duckdb.connect("arsip.duckdb", read_only=True) as base:
        first = base.execute(query).fetchall()
        second = base.execute(
            query.replace("langkah", "'arsip.parquet/langkah.parquet'")
        ).fetchall()
    basis = sqlite3.connect("arsip.sqlite")
    third = basis.execute(query).fetchall()
    basis.close()
    sheet = pd.read_excel("arsip.xlsx", sheet_name="langkah").groupby("kunci").size()
    table = pd.read_csv("arsip.csv/langkah.csv").groupby("kunci").size()
    assert first == second == third == list(sheet.items()) == list(table.items())
    assert len(first) == len(list(GOLDEN.glob("*.json")))
