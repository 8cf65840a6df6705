"""What a rule means, for `lint --explain ID`."""

from __future__ import annotations

from sopextract.errors import ConfigError
from sopextract.model.finding import Kind, Severity
from sopextract.validate.registry import Rule, find_rule, load_rules

LEVELS = {Severity.ERROR: "kesalahan", Severity.WARNING: "peringatan", Severity.INFO: "informasi"}


def explain(rule_id: str) -> str:
    """The rule in Bahasa Indonesia: what, why, source, examples, what to do.

    Raises ConfigError for an id that no rule has, naming those that start alike.
    """
    rule = find_rule(rule_id)
    if rule is None:
        alike = sorted({r.id for r in load_rules() if r.id[:2] == rule_id.strip().upper()[:2]})
        known = ", ".join(alike or sorted({r.id for r in load_rules()}))
        raise ConfigError(f"no rule {rule_id.strip()}; there are {known}")
    lines = [f"{rule.id} ({LEVELS[rule.severity]}): {rule.summary}", ""]
    lines += [f"{label}: {text}" for label, text in facts(rule) if text]
    return "\n".join(lines) + "\n"


def facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    """Label and text of everything that is known of a rule; "" where nothing is."""
    about = "pembacaan program" if rule.kind is Kind.READING else "lembar SOP"
    scope = "" if rule.check else "seluruh arsip (perlu beberapa rekaman)"
    return (
        ("Menilai", about),
        ("Lingkup", scope),
        ("Alasan", rule.reason),
        ("Dasar", rule.basis),
        ("Contoh baik", rule.good),
        ("Contoh salah", rule.bad),
        ("Perbaikan", rule.help),
    )
