"""Data made small for the page: each text once, and JSON that is safe inside a script element."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sopextract.core.text import strip_controls

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

# "<" could end the element or open a comment in it; the others end a line in older scripts.
_ESCAPES = (
    ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"),
    ("\u2028", "\\u2028"), ("\u2029", "\\u2029"),
)  # fmt: skip
_LEVEL = 6  # of gzip: 9 takes twice as long for 1% less


@dataclass(slots=True)
class Strings:
    """Texts by number, each held once."""

    numbers: dict[str, int] = field(default_factory=dict)

    def put(self, text: str) -> int:
        """The number of a text. Control characters are left out: no reader shows them."""
        return self.numbers.setdefault(strip_controls(text), len(self.numbers))

    def may(self, text: str | None) -> int:
        """The number of a text, -1 for None and for an empty one."""
        return self.put(text) if text else -1

    def all(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self.numbers)


def dump(value: Json) -> str:
    """JSON of a value that can stand inside a script element: no "<", no line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


def pack(text: str) -> str:
    """Text as base64 of gzip; the same text gives the same bytes."""
    return base64.b64encode(gzip.compress(text.encode(), _LEVEL, mtime=0)).decode("ascii")
