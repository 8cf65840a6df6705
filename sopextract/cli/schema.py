"""`sopextract schema`: the JSON Schema of the record or of the comparison."""

from __future__ import annotations

import json

import rich_click as click

from sopextract.cli.options import give
from sopextract.model.record import SopRecord


@click.command()
@click.option("--comparison", is_flag=True, help="That of comparison.json in place of a record's.")
def schema(comparison: bool) -> None:
    """Print the record's JSON Schema."""
    from sopextract.compare.comparison import Comparison

    model = Comparison if comparison else SopRecord
    values = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="serialization"),
    }
    give(json.dumps(values, ensure_ascii=False, indent=2))
