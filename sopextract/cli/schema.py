"""`sopextract schema`: the record's JSON Schema."""

from __future__ import annotations

import json

import rich_click as click

from sopextract.cli.options import give
from sopextract.model.record import SopRecord


@click.command()
def schema() -> None:
    """Print the record's JSON Schema."""
    values = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SopRecord.model_json_schema(mode="serialization"),
    }
    give(json.dumps(values, ensure_ascii=False, indent=2))
