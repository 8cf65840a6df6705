"""Workbook files that hold no trace of when they were made: same content, same bytes."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can hold
_PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_EPOCH_TEXT = b"1980-01-01T00:00:00Z"


class DatelessZip(zipfile.ZipFile):
    """A zip file to write in which every date is 1 January 1980.

    openpyxl's ExcelWriter fills it, so that a workbook of any size goes to disk piece by piece.
    """

    def __init__(self, target: Path | io.BytesIO) -> None:
        super().__init__(target, "w", zipfile.ZIP_DEFLATED)

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part that is in memory."""
        given = zinfo_or_arcname
        name = given if isinstance(given, str) else given.filename
        if name == _PROPERTIES:
            body = data.encode("utf-8") if isinstance(data, str) else data
            data = _TIME.sub(rb"\g<1>" + _EPOCH_TEXT + rb"\g<3>", body)
        super().writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part that is on disk."""
        info = zipfile.ZipInfo(os.fspath(arcname or filename), _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = os.stat(filename).st_size  # decides on zip64
        with open(filename, "rb") as source, self.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)
