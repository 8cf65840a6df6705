"""Where a signature begins: told by the table that ends above it and by the sheet around it."""

from __future__ import annotations

import re

# Who may sign in somebody's place, the heads of agencies, and what stands above them. Origin: the
# signature blocks of domain notes 2.8; `identitas/pengesahan` reads the block itself.
_IN_PLACE = r"(?:plt|plh|pj|pjs|a\.?n)?\.?"
_HEADS = r"kepala|sekretaris|camat|lurah|bupati|wali\s?kota|gubernur|direktur|inspektur"
_LEAD_IN = r"(?:telah\s)?ditandatangani|ditetapkan|disahkan di|mengetahui"
_SIGNATURE = re.compile(rf"^\W*{_IN_PLACE}\s*(?:{_HEADS}|{_LEAD_IN})\b", re.IGNORECASE)


def begins_signature(text: str) -> bool:
    """Whether a line may begin a signature: "Plt. Camat …", "Ditetapkan di …", "Mengetahui".

    The text of a step may begin so too ("Kepala Dinas menerima …"): callers ask only behind a gap.
    """
    return _SIGNATURE.match(text) is not None
