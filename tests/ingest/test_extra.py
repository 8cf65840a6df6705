"""Without the extra `scan` everything but scans is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.ingest.pdf.raw import HELVETICA, LINES, Sheet, make_pdf, picture, show

ROOT = Path(__file__).resolve().parents[2]
# Reads a file as where the packages are missing, and says what of ours was loaded for it.
PROGRAM = """
import sys
from importlib import util
blocked = {"cv2", "onnxruntime", "rapidocr", "tesserocr"}
found = util.find_spec
util.find_spec = lambda name, package=None: None if name in blocked else found(name, package)
for name in blocked:
    sys.modules[name] = None
from pathlib import Path
from sopextract.errors import SourceError
from sopextract.ingest import ingest
from sopextract.model.source import SourceFile
from sopextract.settings import IngestSettings
path = Path(sys.argv[1])
source = SourceFile(path.name, "0" * 64, sys.argv[2], path, path.stat().st_size)
try:
    for page in ingest(source, IngestSettings()).pages:
        print(len(page.blocks), page.untrusted, page.picture_flow)
except SourceError as exc:
    print(exc, exc.hint)
"""


def said(path: Path, media_type: str) -> list[str]:
    done = subprocess.run(  # fixed program
        [sys.executable, "-c", PROGRAM, str(path), media_type],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_pdf_of_text_with_a_picture(tmp_path: Path) -> None:
    content = show(LINES) + b"q 400 0 0 300 100 200 cm /Im Do Q\n"
    both = (("Font", "F1", HELVETICA), ("XObject", "Im", picture()))
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([Sheet(content, both)]))
    assert said(path, "application/pdf") == [f"{len(LINES)} None True"]


def test_a_picture_is_named_with_what_to_install(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "a.png"
    Image.new("L", (827, 1169), 255).save(path)
    (line,) = said(path, "image/png")
    assert line == "is a picture to read it install the extra: pip install 'sopextract[scan]'"
