"""Names and NIPs masked, for reports that leave the house (UU 27/2022)."""

from __future__ import annotations

import re

from pydantic import JsonValue

from sopextract.model.record import SopRecord

MASKED_NAME = "[nama disamarkan]"
MASKED_NIP = "[NIP disamarkan]"

# 18 digits of a NIP, or the 9 of the old one after its label, however they are grouped.
_NIP = re.compile(r"(?<!\d)\d(?:[ .]{0,3}\d){17}(?!\d)|(?<=NIP)[ .:]*\d(?:[ .]?\d){8}(?!\d)")


def mask_record(record: SopRecord) -> SopRecord:
    """The record with its signer's name and every NIP masked, wherever they stand in its texts.

    The source path stays, because links need it. Single words that were doubted go: they may be
    parts of a name, which alone cannot be told from others.
    """
    data: dict[str, JsonValue] = record.model_dump(
        mode="json", exclude={"source", "doubtful_words"}
    )
    name = _name_pattern(record.disahkan_oleh.nama)
    masked = {key: _mask(value, name) for key, value in data.items()}
    return SopRecord.model_validate({**masked, "source": record.source.model_dump()})


def _name_pattern(name: str | None) -> re.Pattern[str] | None:
    """The name as printed, or without the titles after its comma."""
    if not name:
        return None
    bare = name.split(",")[0].strip()
    forms = [f for f in (name.strip(), bare) if len(f) > 2]
    return re.compile("|".join(re.escape(f) for f in forms), re.IGNORECASE) if forms else None


def _mask(value: JsonValue, name: re.Pattern[str] | None) -> JsonValue:
    if isinstance(value, str):
        if name is not None:
            value = name.sub(MASKED_NAME, value)
        return _NIP.sub(MASKED_NIP, value)
    if isinstance(value, list):
        return [_mask(v, name) for v in value]
    if isinstance(value, dict):
        return {k: _mask(v, name) for k, v in value.items()}
    return value
