"""OLE containers with invented directories."""

from __future__ import annotations

import struct


def container(*names: str) -> bytes:
    """An OLE container whose directory has these names: header, one table, one directory sector."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)  # sectors of 512 bytes
    struct.pack_into("<I", header, 48, 1)  # the directory begins in sector 1
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)  # the table is sector 0
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = bytearray(512)
    for at, name in enumerate(names):
        raw = name.encode("utf-16-le") + b"\0\0"
        directory[at * 128 : at * 128 + len(raw)] = raw
        struct.pack_into("<HB", directory, at * 128 + 64, len(raw), 2)
    return bytes(header) + table + bytes(directory)
