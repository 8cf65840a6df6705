"""Workbook files that hold no trace of when they were made: same content, same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can hold
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_EPOCH_TEXT = b"1980-01-01T00:00:00Z"


def fix_dates(data: bytes) -> bytes:
    """The same .xlsx file with every date of its making set to 1 January 1980."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name == _PROPERTIES:
                body = _TIME.sub(rb"\g<1>" + _EPOCH_TEXT + rb"\g<3>", body)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return result.getvalue()
