"""Kill a run at random moments and start it again: the end must be that of an undisturbed run.

    python -m tools.check_resume [--kills 20] [--seed 1] [--sheets 40] [--scans 0]

What is killed (SIGKILL) is the first process, or at times one of its workers. After each kill the
run is started anew and left to end; then every record, sheet and file of the report is compared by
its bytes, and the ledger without times and places. Prints what differed; status 1 if anything did.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sopextract.batch.folder import open_ledger
from sopextract.batch.ledger import export_rows
from sopextract.batch.tree import children_of
from tools.make_sheets import make_sheets

# Of ten kills three go to a worker, whose document is then read again by another one.
_WORKER_SHARE = 0.3


def main() -> None:
    """Print one line per kill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheets", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        wrong = check(Path(name), args.kills, args.seed, args.sheets)
    print(f"{args.kills} kills, {wrong} runs ended otherwise than an undisturbed one")
    sys.exit(1 if wrong else 0)


def check(
    folder: Path, kills: int, seed: int, sheets: int, command: str = "run", say: bool = True
) -> int:
    """Kill so many runs; how many ended otherwise. `command` may be `parse`, which is faster."""
    rng = random.Random(seed)
    raw = make_small_archive(folder / "raw", sheets)
    start = time.perf_counter()
    run(raw, folder / "straight", command).wait()
    whole = time.perf_counter() - start
    expected = state(folder / "straight")
    wrong = 0
    for number in range(kills):
        out = folder / f"out{number}"
        moment = rng.uniform(0.0, whole)
        what = kill(run(raw, out, command), moment, rng)
        run(raw, out, command).wait()
        found = state(out)
        differs = sorted(set(expected.items()) ^ set(found.items()))
        wrong += bool(differs)
        if say:
            names = ", ".join(sorted({name for name, _ in differs})[:5]) or "the same"
            print(f"{number + 1:3}. {what} killed after {moment:.2f} s of {whole:.2f}: {names}")
        shutil.rmtree(out)
    return wrong


def make_small_archive(raw: Path, sheets: int) -> Path:
    """Sheets, copies of some of them, letters and a broken file."""
    raw.mkdir(parents=True)
    for number, made in enumerate(make_sheets(sheets, 7)):
        (raw / made.name).write_bytes(made.data)
        if number % 8 == 0:
            (raw / f"salinan-{made.name}").write_bytes(made.data)
    for number in range(3):
        (raw / f"surat-{number}.txt").write_text(f"Yth. Kepala\n\nDengan hormat {number}", "utf-8")
    (raw / "kosong.pdf").write_bytes(b"")
    (raw / "rusak.pdf").write_bytes(b"%PDF-1.7\nrusak")
    return raw


def run(raw: Path, out: Path, command: str = "run") -> subprocess.Popen[bytes]:
    """A run of the program, in a session of its own."""
    words = [sys.executable, "-m", "sopextract", command, str(raw), "-o", str(out)]
    return subprocess.Popen(
        [*words, "-q", "-j", "2"], stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes], moment: float, rng: random.Random) -> str:
    """Kill a run, or one of its workers, at a moment; what was killed."""
    time.sleep(moment)
    victims = _workers(process.pid)
    if rng.random() < _WORKER_SHARE and victims:
        os.kill(rng.choice(victims), signal.SIGKILL)
        process.wait()
        return "worker"
    process.kill()
    process.wait()
    return "parent"


def _workers(pid: int) -> list[int]:
    """Children of children: the process that forks stands between."""
    return [worker for child in children_of(pid) for worker in children_of(child)]


def state(out: Path) -> dict[str, bytes]:
    """What is compared: every file that is not hidden, and the ledger as its lines."""
    found = {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".sopextract" not in path.parts
    }
    parsed = out / "parsed" if (out / "parsed").is_dir() else out
    with open_ledger(parsed, read_only=True) as ledger:
        found["ledger"] = "\n".join(export_rows(ledger.rows())).encode("utf-8")
    left = [p.name for p in out.rglob(".tmp-*")]
    return found | ({"left behind": str(sorted(left)).encode()} if left else {})


if __name__ == "__main__":
    main()
