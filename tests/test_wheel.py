"""What an installed wheel holds, and where resources are found."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from sopextract.core.resources import templates_dir

ROOT = Path(__file__).resolve().parent.parent


def test_templates_of_the_checkout_are_used() -> None:
    assert templates_dir() == ROOT / "templates"


def test_the_wheel_holds_templates_and_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, prefix in ((ROOT / "templates", "sopextract/"), (ROOT / "sopextract", "")):
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."):
                assert f"{prefix}{path.relative_to(ROOT).as_posix()}" in names
