"""The directory of an OLE container: which streams and storages an old office file holds."""

from __future__ import annotations

import struct
from pathlib import Path

# [MS-CFB] 2.2 and 2.6: the header, the sector numbers with a meaning of their own, the entries.
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_HEADER = 109  # sectors of the allocation table that the header itself names
_ENTRY = 128
_SECTORS = (9, 12)  # powers of two: sectors of 512 and of 4,096 bytes
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it are no sectors
_MAX_ENTRIES = 20_000  # a Word file with hundreds of embedded objects has some thousands


def stream_names(location: Path) -> frozenset[str]:
    """The names of the streams and storages of a container; none when it is no whole container.

    The names under objects embedded in the file are among them.
    """
    try:
        data = location.read_bytes()
        return _names(data) if data.startswith(_SIGNATURE) else frozenset()
    except (OSError, struct.error):
        return frozenset()


def _names(data: bytes) -> frozenset[str]:
    power = struct.unpack_from("<H", data, 30)[0]
    if power not in _SECTORS:
        return frozenset()
    size = 1 << power
    sector = struct.unpack_from("<I", data, 48)[0]
    found: set[str] = set()
    seen: set[int] = set()
    while sector < _LAST_SECTOR and sector not in seen and len(seen) * size < _MAX_ENTRIES * _ENTRY:
        seen.add(sector)
        block = data[(sector + 1) * size : (sector + 2) * size]
        for at in range(0, len(block) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", block, at + 64)[0]
            kind = block[at + 66]
            if kind in (1, 2) and 2 <= length <= 64:  # a storage or a stream
                found.add(block[at : at + length - 2].decode("utf-16-le", errors="replace"))
        sector = _next(data, size, sector)
    return frozenset(found)


def _next(data: bytes, size: int, sector: int) -> int:
    """The sector after one, by the allocation table; of large files only its first part is read.

    What the header does not name (files above 7 MB) is further on, and the directory seldom there.
    """
    table, place = divmod(sector, size // 4)
    if table >= _IN_HEADER:
        return _LAST_SECTOR
    start = struct.unpack_from("<I", data, 76 + 4 * table)[0]
    if start >= _LAST_SECTOR:
        return _LAST_SECTOR
    following: int = struct.unpack_from("<I", data, (start + 1) * size + 4 * place)[0]
    return following
