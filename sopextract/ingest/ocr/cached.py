"""What an engine said, kept on disk by the content of what it was shown."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING

from sopextract.ingest.ocr.engine import Engine, FoundLine, ReadLine

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Grey

log = getLogger(__name__)


class CachedEngine:
    """An engine that asks another one only for what it was not shown before.

    An entry is one file: all lines found on a picture, or all that a call of `read_lines` read. It
    is found by the pictures' pixels and the engine's key, so a new version or setting reads anew;
    a damaged entry counts as none. Where the folder cannot be written nothing is kept.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.name, self.version, self.key = engine.name, engine.version, engine.key
        self._engine, self._folder = engine, folder

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Where lines of text stand, from the cache or from the engine."""
        path = self._path("find", [picture])
        kept = _found(_load(path))
        if kept is not None:
            return kept
        found = self._engine.find_lines(picture)
        _save(path, [[*line.bbox, line.score] for line in found])
        return found

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What pictures of lines say, from the cache or from the engine."""
        if not pictures:
            return ()
        path = self._path("read", pictures)
        kept = _read(_load(path), len(pictures))
        if kept is not None:
            return kept
        read = self._engine.read_lines(pictures)
        _save(path, [line.words for line in read])
        return read

    def _path(self, task: str, pictures: Sequence[Grey]) -> Path:
        digest = hashlib.sha256(f"{task} {self.key}".encode())
        for picture in pictures:
            digest.update(repr(picture.shape).encode())
            digest.update(picture.tobytes())
        name = digest.hexdigest()
        return self._folder / name[:2] / f"{name}.json"


def _load(path: Path) -> object:
    """What an entry holds; None where there is none, or it is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _found(entry: object) -> tuple[FoundLine, ...] | None:
    if not isinstance(entry, list):
        return None
    lines = []
    for line in entry:
        if not isinstance(line, list) or len(line) != 5 or not all(map(_is_number, line)):
            return None
        x0, y0, x1, y1, score = (float(value) for value in line)
        lines.append(FoundLine((x0, y0, x1, y1), score))
    return tuple(lines)


def _read(entry: object, count: int) -> tuple[ReadLine, ...] | None:
    if not isinstance(entry, list) or len(entry) != count:
        return None
    lines = []
    for line in entry:
        if not isinstance(line, list):
            return None
        words = []
        for word in line:
            if not isinstance(word, list) or len(word) != 4 or not isinstance(word[0], str):
                return None
            if not all(map(_is_number, word[1:])):
                return None
            words.append((word[0], float(word[1]), float(word[2]), float(word[3])))
        lines.append(ReadLine(tuple(words)))
    return tuple(lines)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _save(path: Path, entry: object) -> None:
    """Write an entry whole or not at all: another worker may read it, the run may be stopped."""
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError as exc:
        log.debug("not kept in the cache of what was read: %s", exc)
        if name is not None:
            Path(name).unlink(missing_ok=True)
