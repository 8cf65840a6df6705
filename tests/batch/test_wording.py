"""What the readers say of a file in English, reports say in Bahasa Indonesia."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sopextract.batch.wording import in_indonesian
from sopextract.ingest.detect import _NAMES_AND_HINTS
from sopextract.parse.kind import _LOOKALIKES

ROOT = Path(__file__).resolve().parents[2]
FAULTS = {"SourceError", "NotASopError", "UnsupportedError"}
TABLE = tomllib.loads((ROOT / "templates/batch/pesan.toml").read_text(encoding="utf-8"))


def texts(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """What an expression can be, "{}" for what is filled in; nothing where it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, named)
        yield from texts(node.orelse, named)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from texts(named[node.id], {})


def said_of_files() -> set[str]:
    """Every message and hint of a fault of a file, as it stands in the code."""
    found: set[str] = set()
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for part in ("ingest", "parse", "batch")
        for path in sorted((ROOT / "sopextract" / part).rglob("*.py"))
    ]
    shared: dict[str, ast.expr] = {}  # constants that other files import: PRINT_AGAIN, RESCAN
    for tree in trees:
        shared |= _constants(tree)
    for tree in trees:
        named = shared | _constants(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in FAULTS:
                hints = [word.value for word in call.keywords if word.arg == "hint"]
                for node in (*call.args[:1], *hints):
                    found.update(texts(node, named))
    return found - {"is {}"}  # "is protected by a password", which the table has as a whole


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    return {
        one.targets[0].id: one.value
        for one in tree.body
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
    }


def test_every_fault_of_a_file_is_said_in_indonesian() -> None:
    found = said_of_files()
    assert len(found) > 80
    assert sorted(found - set(TABLE)) == []


def test_formats_and_look_alikes_are_named_in_indonesian() -> None:
    names = {f"{name}: {{}}" for name, _ in _NAMES_AND_HINTS.values()}
    names -= {"PDF: {}", "protected by a password: {}"}  # a reader has it; told otherwise
    names |= {hint for _, hint in _NAMES_AND_HINTS.values()} | {one for one, *_ in _LOOKALIKES}
    assert sorted(names - set(TABLE)) == []


def test_a_wording_keeps_what_is_filled_in() -> None:
    wrong = [k for k, v in TABLE.items() if k.count("{}") != v.count("{}")]
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("the file is empty", "berkas kosong"),
        ("is damaged or no Word file after all", "berkas rusak, atau isinya bukan berkas Word"),
        ("page 3: is damaged", "halaman 3: berkas rusak"),
        (
            "has a format that cannot be read yet (slides: application/x)",
            "formatnya belum dapat dibaca (salindia: application/x)",
        ),
        ("is no page: it has … × … pixels", "bukan halaman: hanya … × … piksel"),
        ("unpacks to too much (a(b).xml)", "isinya terlalu besar (a(b).xml)"),
        ("nothing that the table has: {x}", "nothing that the table has: {x}"),
        ("", ""),
    ],
)
def test_a_text_by_the_table(english: str, indonesian: str) -> None:
    assert in_indonesian(english) == indonesian
