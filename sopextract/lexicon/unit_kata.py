"""Words that names of offices are made of: they tell a post from the name of its holder."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def unit_words() -> frozenset[str]:
    """Folded words of agencies, units and posts (`data/unit_kata.txt`), none a personal name."""
    text = (files(__package__) / "data/unit_kata.txt").read_text(encoding="utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )
