"""A coat of arms that belongs to nobody: a shield of two colours as a PNG."""

from __future__ import annotations

import random
import struct
import zlib

_SIDE = 72


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def make_logo(rng: random.Random) -> bytes:
    """A small PNG; the colours are drawn by lot."""
    colors = [bytes(rng.randint(20, 220) for _ in range(3)) for _ in range(2)]
    rows = bytearray()
    for y in range(_SIDE):
        rows.append(0)
        half = _SIDE * 0.42 * (1 if y < _SIDE * 0.5 else 2 - 2 * y / _SIDE) + 1
        for x in range(_SIDE):
            off = abs(x - _SIDE / 2)
            rows += b"\xff\xff\xff" if off > half else colors[0 if off > half * 0.55 else 1]
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head)
    return png + _chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + _chunk(b"IEND", b"")
