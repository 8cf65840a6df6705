"""`sopextract lint`: the findings."""

from __future__ import annotations

from typing import Literal

import rich_click as click

from sopextract.cli.options import Common, common_options, examples, finish, give
from sopextract.cli.records import load_and_tell
from sopextract.errors import ConfigError
from sopextract.model.finding import Kind, Severity
from sopextract.model.record import SopRecord


@click.command(
    epilog=examples(
        "sopextract lint parsed",
        "sopextract lint parsed --fail-on warning --format sarif > findings.sarif",
        "sopextract lint --explain ID-01",
    )
)
@click.argument("parsed", nargs=-1)
@click.option(
    "--format", "fmt", type=click.Choice(["text", "json", "sarif"]), default="text",
    show_default=True, help="Form of the findings on stdout.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="error",
    show_default=True, help="Exit 1 if a finding about a sheet is this bad or worse.",
)  # fmt: skip
@click.option("--profile", help="Rule levels to use, in place of the settings' profile.")
@click.option("--explain", metavar="ID", help="Say what a rule checks, and why; reads no records.")
@common_options
def lint(
    common: Common,
    parsed: tuple[str, ...],
    fmt: Literal["text", "json", "sarif"],
    fail_on: str,
    profile: str | None,
    explain: str | None,
) -> None:
    """Check records against the rules.

    PARSED are records (.json), folders of them or globs.

    Doubts of our own reading are listed, but do not count for --fail-on.
    """
    from sopextract import validate

    if explain is not None:
        give(validate.explain(explain))
        return
    if not parsed:
        raise ConfigError("lint needs records, or --explain ID")
    settings = common.settings.lint
    if profile is not None:
        settings = settings.model_copy(update={"profile": profile})
    loaded = load_and_tell(parsed)
    across = validate.validate_archive(loaded.records, settings)
    records = [
        record.with_findings(validate.validate(record, settings) + more)
        for record, more in zip(loaded.records, across, strict=True)
    ]
    give(validate.format_findings(records, fmt))
    finish(not loaded.failed and not _reached(records, fail_on))


def _reached(records: list[SopRecord], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    level = Severity(fail_on).rank
    return any(
        finding.severity.rank >= level and finding.kind is Kind.DOCUMENT
        for record in records
        for finding in record.findings
    )
