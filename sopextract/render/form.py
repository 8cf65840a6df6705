"""The form that sheets are written on: paper, labels and logo, ours or the user's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sopextract.core.resources import templates_dir
from sopextract.errors import ConfigError
from sopextract.render.sheet.paper import Paper, paper_of
from sopextract.settings import RenderSettings

FORM_FILE = "form.toml"
LOGO_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Page(_Part):
    paper: Literal["A4", "F4"]
    orientation: Literal["landscape", "portrait"]
    parts: Literal["one", "two"]


class _Logo(_Part):
    file: str
    text: str


class _Title(_Part):
    judul: str


class Buku(_Part):
    """What the cover of many sheets says, and what its table of contents is called."""

    judul: str
    daftar_isi: str


class Labels(_Part):
    """What the form's fields and columns are called."""

    nomor_sop: str
    tanggal_pembuatan: str
    tanggal_revisi: str
    tanggal_efektif: str
    tanggal_pengesahan: str
    disahkan_oleh: str
    nama_sop: str
    dasar_hukum: str
    kualifikasi_pelaksana: str
    keterkaitan: str
    peralatan_perlengkapan: str
    peringatan: str
    pencatatan_pendataan: str
    no: str
    kegiatan: str
    pelaksana: str
    mutu_baku: str
    kelengkapan: str
    waktu: str
    output: str
    keterangan: str

    def of(self, field: str) -> str:
        """The label of a field by its name in the record."""
        return str(getattr(self, field))


class _FormFile(_Part):
    page: _Page
    logo: _Logo
    title: _Title
    buku: Buku
    label: Labels


@dataclass(frozen=True, slots=True)
class Logo:
    """The agency's emblem: the bytes of a PNG or JPEG, and its size in pixels."""

    data: bytes
    kind: str  # "png" or "jpeg"
    width: int
    height: int

    def fit(self, width_mm: float, height_mm: float) -> tuple[float, float]:
        """Its size in millimetres within a box, in its own proportions."""
        scale = min(width_mm / self.width, height_mm / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Form:
    """Everything about a sheet that is not in the record."""

    paper: Paper
    together: bool  # identity and flow on one page where both fit
    title: str
    buku: Buku
    labels: Labels
    logo: Logo | None
    logo_text: str


def load_form(settings: RenderSettings) -> Form:
    """The form of these settings; the paper that they name goes before the form's own.

    Raises ConfigError for a form file or logo of the user's that cannot be used.
    """
    return _load(settings.templates, settings.paper)


@lru_cache(maxsize=8)
def _load(own: Path | None, paper: str | None) -> Form:
    values = _read(templates_dir() / "sheet" / FORM_FILE)
    folders = [own / "sheet", own] if own else []
    path = next((f / FORM_FILE for f in folders if (f / FORM_FILE).is_file()), None)
    if path is not None:
        mine = _read(path)
        values = {name: {**values.get(name, {}), **mine.get(name, {})} for name in values | mine}
    try:
        form = _FormFile.model_validate(values)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        problem = "there is no such entry in a form" if unknown else first["msg"]
        raise ConfigError(f"{path}: {where}: {problem}") from exc
    logo = _load_logo(path.parent / form.logo.file) if path and form.logo.file else None
    return Form(
        paper_of(paper or form.page.paper, form.page.orientation),
        form.page.parts == "one",
        form.title.judul,
        form.buku,
        form.label,
        logo,
        form.logo.text,
    )


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise ConfigError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not valid TOML: {exc}") from exc
    loose = next((name for name, part in found.items() if not isinstance(part, dict)), None)
    if loose is not None:
        raise ConfigError(f"{path}: {loose}: must stand below a [heading]")
    return found


def _load_logo(path: Path) -> Logo:
    from PIL import Image, UnidentifiedImageError

    try:
        data = path.read_bytes()
        kind = next((k for start, k in LOGO_KINDS.items() if data.startswith(start)), "")
        if not kind:
            raise ConfigError(f"{path}: a logo must be PNG or JPEG")
        with Image.open(path) as picture:
            picture.load()
            return Logo(data, kind, *picture.size)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as exc:
        raise ConfigError(f"{path}: the logo cannot be read: {exc}") from exc
