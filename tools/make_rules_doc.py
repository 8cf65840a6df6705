"""Writes docs/rules.md from the rules themselves; `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from sopextract.model.finding import Kind
from sopextract.validate.explain import LEVELS, facts
from sopextract.validate.profiles import profile_names
from sopextract.validate.registry import Rule, load_rules

TARGET = Path(__file__).parents[1] / "docs" / "rules.md"

HEAD = """# The rules

Made by `tools/make_rules_doc.py`; do not edit. `sopextract lint --explain ID` shows the same text.

A finding of kind `document` is a fault of the sheet; one of kind `reading` is a doubt about our
reading and never counts against the agency. A rule of kind `document` that leans on a value read
with a confidence below 0.9, on an inferred or an unread one reports a `reading` finding or none.

Levels are changed by a profile or in `sopextract.toml`:

```toml
[lint]
profile = "nasional"        # or the path of a .toml file of your own
[lint.levels]
"FL-07" = "off"             # error, warning, info, off
```

Profiles that come with the program: {profiles}. Rules of your own are plugged in by an entry point
of the group `sopextract.rules` that names a module or a rule.
"""


def rules_page() -> str:
    """The page as Markdown: an index, then every rule."""
    rules = load_rules()
    first = {rule.id: rule for rule in reversed(rules)}
    lines = [HEAD.format(profiles=", ".join(f"`{name}`" for name in profile_names()))]
    lines += ["| id | level | kind | rule |", "|---|---|---|---|"]
    lines += [
        f"| [{i}](#{i.lower()}) | {r.severity.value} | {r.kind.value} | {_cell(r.summary)} |"
        for i, r in sorted(first.items())
    ]
    for rule_id, rule in sorted(first.items()):
        lines += ["", f"## {rule_id}", "", f"**{rule.summary}**", "", *_facts(rule)]
        lines += [
            f"- Seluruh arsip: {other.summary}"
            for other in rules
            if other.id == rule_id and other is not rule
        ]
    return "\n".join(lines) + "\n"


def _facts(rule: Rule) -> list[str]:
    kind = "reading" if rule.kind is Kind.READING else "document"
    lines = [f"- Tingkat: {LEVELS[rule.severity]} (`{rule.severity.value}`), jenis `{kind}`"]
    return lines + [f"- {label}: {text}" for label, text in facts(rule) if text]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page; with `--check` compare only, 1 when it differs."""
    page = rules_page()
    if "--check" in sys.argv[1:]:
        same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page
        print("docs/rules.md is up to date" if same else "docs/rules.md is old; run this tool")
        return 0 if same else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
