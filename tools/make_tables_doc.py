"""Writes the last part of docs/tables.md from the schema; `--check` only says whether it is so."""

from __future__ import annotations

import sys
from pathlib import Path

from sopextract.export.schema import TABLES, Table

TARGET = Path(__file__).parents[1] / "docs" / "tables.md"
_MARK = "do not edit below. -->\n"
_TYPES = {"TEXT": "text", "BIGINT": "integer"}


def tables_page(text: str) -> str:
    """The page with the part below its mark made anew."""
    head, _, _ = text.partition(_MARK)
    return head + _MARK + "".join(_section(table) for table in TABLES)


def _section(table: Table) -> str:
    links = {own: f" → {other}" for own, other, _ in table.references}
    rows = []
    for column in table.columns:
        kind = _TYPES.get(column.kind.value, column.kind.value.lower())
        key = "**key**" if column.name in ("kunci", *table.key) else ""
        link = " → sop" if column.name == "kunci" and table.name != "sop" else ""
        link = links.get(column.name, link)
        rows.append(f"| `{column.name}` | {kind} | {key}{link} | {column.help} |\n")
    head = f"\n### {table.name}\n\n{table.help[0].upper()}{table.help[1:]}.\n\n"
    return head + "| column | type | | |\n|---|---|---|---|\n" + "".join(rows)


def main() -> None:
    """Write the page, or with `--check` fail when it is not what it should be."""
    text = TARGET.read_text(encoding="utf-8")
    made = tables_page(text)
    if "--check" in sys.argv:
        sys.exit(0 if made == text else f"{TARGET.name} is out of date: run {Path(__file__).name}")
    TARGET.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
