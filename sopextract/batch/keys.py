"""What a record depends on beside its source, as short keys: change one and it is made anew.

Nobody has to remember to raise a version: the program's own files are part of the keys.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from sopextract.core.resources import templates_dir
from sopextract.ingest.libreoffice import READ_BY_LIBREOFFICE, find_libreoffice, missing_parts
from sopextract.settings import Settings
from sopextract.validate import levels_of

_PACKAGE = Path(__file__).resolve().parents[1]
# What decides what a record says before findings: everything below `pipeline` but the rules, with
# the word lists and the register of laws among `lexicon`.
_OF_RECORDS = (
    "core", "lexicon", "settings.py", "model", "ingest", "parse", "normalise", "pipeline.py",
    "store.py",
)  # fmt: skip
_OF_INGEST = ("core", "settings.py", "model/source.py", "ingest")
_OF_FINDINGS = ("validate",)
_OF_SHEETS = ("render",)
_OF_REPORTS = ("render", "compare")
# Packages whose versions may change what is read; "" for those that are not installed.
_READERS = (
    "charset-normalizer", "lxml", "numpy", "onnxruntime", "opencv-python-headless", "openpyxl",
    "pdfminer.six", "pdfplumber", "pillow", "pydantic", "pypdfium2", "rapidfuzz", "rapidocr",
    "tesserocr",
)  # fmt: skip
_WRITERS = ("docxtpl", "jinja2", "matplotlib", "pandas", "typst")
# Settings that say what work may cost and where it is kept: no record depends on them.
_COSTS = frozenset(("ocr_cache", "office_timeout_s"))


@dataclass(frozen=True, slots=True)
class Keys:
    """Hex digests. `pages` is of what readers make of a source, `office` of LibreOffice."""

    pages: str
    record: str
    findings: str
    office: str

    def of_pages(self, media_type: str) -> str:
        """What reading the pages of a source of this type depends on."""
        return self._with_office(self.pages, media_type)

    def of_record(self, media_type: str) -> str:
        """What the record of a source of this type depends on, findings apart."""
        return self._with_office(self.record, media_type)

    def _with_office(self, key: str, media_type: str) -> str:
        return _digest((key, self.office)) if media_type in READ_BY_LIBREOFFICE else key


def keys_of(settings: Settings) -> Keys:
    """The keys of this program with these settings on this machine.

    Raises ConfigError for a profile of rules that cannot be used.
    """
    ingest = settings.ingest.model_dump(mode="json", exclude=set(_COSTS))
    of_stages = [settings.parse.model_dump(mode="json"), settings.normalise.model_dump(mode="json")]
    packages = [*map(_version, _READERS), _plugins("sopextract.readers")]
    return Keys(
        pages=_digest((_files(_OF_INGEST), ingest, packages)),
        record=_digest((_files(_OF_RECORDS), ingest, of_stages, packages)),
        findings=_digest(
            (_files(_OF_FINDINGS), levels_of(settings.lint), _plugins("sopextract.rules"))
        ),
        office=_libreoffice(),
    )


def key_of_sheets(settings: Settings) -> str:
    """What a clean sheet depends on beside its record."""
    own = settings.render.templates
    packages = [_version(name) for name in _WRITERS]
    folders = [_folder(templates_dir() / "sheet"), _folder(own) if own else ""]
    options = settings.render.model_dump(mode="json")
    return _digest((_files(("core", "model", "lexicon", *_OF_SHEETS)), options, folders, packages))


def key_of_reports(settings: Settings) -> str:
    """What a comparison report depends on beside its records and the sheets it points at."""
    packages = [_version(name) for name in (*_READERS, *_WRITERS)]
    sections = (settings.compare, settings.lint, settings.normalise)
    options = [section.model_dump(mode="json") for section in sections]
    files = _files(("core", "model", "lexicon", "validate", *_OF_REPORTS))
    return _digest((files, options, _folder(templates_dir()), packages))


def _digest(parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


@once
def _files(names: tuple[str, ...]) -> str:
    """The content of these files and folders of the program."""
    return _digest([_folder(_PACKAGE / name) for name in names])


def _folder(root: Path) -> str:
    digest = hashlib.sha256()
    for path in _walk(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode("utf-8", "surrogatepass"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _walk(root: Path) -> Iterable[Path]:
    if root.is_file():
        return (root,)
    found = (p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _plugins(group: str) -> list[str]:
    """Outsiders of a seam, with the version of what brings them."""
    found = entry_points(group=group)
    return sorted(f"{e.name} {e.value} {e.dist.version if e.dist else ''}" for e in found)


@once
def _libreoffice() -> str:
    """Which LibreOffice converts old files here: another one may place things otherwise."""
    program = find_libreoffice()
    if program is None:
        return ""
    real = Path(shutil.which(program) or program).resolve()
    return _digest([str(real), real.stat().st_mtime_ns, *missing_parts(program)])
