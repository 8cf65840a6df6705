"""What is in an archive, and in the archives in it: every file as an input of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sopextract.batch.container import (
    Member,
    Step,
    extract,
    list_members,
    packing_of,
    unpacked_tar,
)
from sopextract.errors import SourceError

_BOMB = "it may be a bomb; if not, unpack it, or raise the limit in [batch] of sopextract.toml"
# A small archive may well be packed tightly; from here on the share counts.
_RATIO_FROM = 100_000_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold with all that is in it; see `BatchSettings`."""

    members: int
    total_bytes: int
    ratio: float
    depth: int


@dataclass(frozen=True, slots=True)
class Inside:
    """Where an input lies that is no local file: at an address, in an archive, or both.

    `base` is the absolute path or the address of a file, `steps` the way from there. `fault` and
    `hint` say why it cannot be used; then it may be an archive itself. `mtime_ns` and `check` tell
    whether it has changed.
    """

    base: str
    steps: tuple[Step, ...]
    size: int = 0
    mtime_ns: int = 0
    check: int = 0
    fault: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One input: its path below the archive, "" for the archive itself, and the way to it."""

    name: str
    inside: Inside


class _Budget:
    """What is left of the bounds."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.members, self.bytes = bounds.members, bounds.total_bytes

    def spend(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise SourceError(f"unpacks to more than {self.bounds.total_bytes:,} bytes", hint=_BOMB)


def find_inside(path: Path, base: str, name: str, bounds: Bounds) -> list[Found]:
    """Every file in an archive, and in the archives in it.

    `path` is where it can be read, `base` what it is called in results, `name` what tells how it
    is packed. An archive that cannot be used is one input with a fault, inner ones likewise.
    Hidden names are passed over, as in folders.
    """
    with tempfile.TemporaryDirectory(prefix="sopextract-", ignore_cleanup_errors=True) as folder:
        budget = _Budget(bounds)
        return list(_walk(path, Inside(base, ()), name, "", budget, Path(folder), 1))


def _walk(
    path: Path, here: Inside, name: str, prefix: str, budget: _Budget, folder: Path, depth: int
) -> Iterator[Found]:
    packing = packing_of(name) or ""
    found: list[Found] = []
    try:
        if depth > budget.bounds.depth:
            raise SourceError(f"is the {depth}th archive in one another", hint=_BOMB)
        steps = here.steps
        if packing not in ("zip", ""):
            plain = folder / f"{depth}.tar"
            unpacked_tar(path, packing, plain, budget.bytes)
            size = plain.stat().st_size
            _check_ratio(size, path.stat().st_size, budget.bounds)
            budget.spend(size)
            steps = (*steps, Step(packing, 0, size))
            path = plain
        members = list_members(path, packing, budget.members)
        if packing == "zip":
            total = sum(member.step.size for member in members)
            _check_ratio(total, path.stat().st_size, budget.bounds)
            budget.spend(total)
        budget.members -= len(members)
        for member in members:
            found.extend(_one(path, here.base, steps, member, prefix, budget, folder, depth))
        if not members:
            raise SourceError("is an archive without files", hint="check what it should hold")
    except SourceError as exc:
        yield Found(prefix.rstrip("/"), _faulty(here, str(exc), exc.hint))
        return
    yield from found


def _one(
    path: Path, base: str, steps: tuple[Step, ...], member: Member, prefix: str,
    budget: _Budget, folder: Path, depth: int,
) -> Iterator[Found]:  # fmt: skip
    parts = [part for part in member.name.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or any((p.startswith(".") and p != "..") or p == "__MACOSX" for p in parts):
        return
    name = prefix + "/".join(parts)
    step = member.step
    inside = Inside(
        base, (*steps, step), step.size, member.mtime_ns, member.check, member.fault,
        "take it out of the archive by hand" if member.fault else "",
    )  # fmt: skip
    if member.fault is None and packing_of(name) is not None:
        inner = folder / f"{depth}.inner"
        try:
            extract(path, step, inner)
        except SourceError as exc:
            yield Found(name, _faulty(inside, str(exc), exc.hint))
            return
        yield from _walk(inner, inside, name, f"{name}/", budget, folder, depth + 1)
    else:
        yield Found(name, inside)


def _check_ratio(unpacked: int, packed: int, bounds: Bounds) -> None:
    if unpacked > _RATIO_FROM and unpacked > bounds.ratio * max(packed, 1):
        raise SourceError(f"unpacks to {unpacked / max(packed, 1):,.0f} times its size", hint=_BOMB)


def _faulty(inside: Inside, fault: str, hint: str) -> Inside:
    return Inside(
        inside.base, inside.steps, inside.size, inside.mtime_ns, inside.check, fault, hint
    )
