"""Every setting, one frozen section per stage; file, environment and flags merged once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, DirectoryPath, Field, ValidationError

from sopextract.errors import ConfigError

SETTINGS_FILE = "sopextract.toml"
ENV_PREFIX = "SOPEXTRACT_"
EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Level = Literal["error", "warning", "info", "off"]


class Section(BaseModel):
    """Base of every section: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(Section):
    """Reading files.

    `max_bytes`: larger ones are refused; `max_bytes_pdf` is for PDF and pictures.
    `office_timeout_s`: how long LibreOffice may take to convert one old office file. `ocr` "off"
    leaves alone what is only pixels. `ocr_cache` is a folder for what was read from pixels, which
    costs seconds a page; None keeps nothing.
    """

    # A text sheet has 5 kB and the largest compendium seen 216 pages: far more than either needs,
    # and still little enough for every worker to hold one in memory.
    max_bytes: int = Field(10_000_000, gt=0)
    # Scans bring their pictures along, 100 kB to 1 MB a page. The pages are read one by one from
    # disk, so that memory does not grow with the file.
    max_bytes_pdf: int = Field(1_000_000_000, gt=0)
    # A sheet takes 3 seconds on a small machine that does nothing else: far more than one needs.
    office_timeout_s: float = Field(120.0, gt=0, le=3600, allow_inf_nan=False)
    ocr: Literal["auto", "off"] = "auto"
    ocr_cache: Path | None = None

    def bytes_allowed(self, media_type: str) -> int:
        """The limit for files of a media type."""
        of_pictures = media_type == "application/pdf" or media_type.startswith("image/")
        return self.max_bytes_pdf if of_pictures else self.max_bytes


class ParseSettings(Section):
    """Finding the form in the text. `actor_min_confidence`: an actor inferred below it is none."""

    # Over generated flows at least 97 in 100 actors given 0.75 are right: see parse/alur/decode.py.
    actor_min_confidence: Share = 0.75


class NormaliseSettings(Section):
    """Correcting words and reading amounts.

    `correct_words` False normalises labels only. `calibrate` False leaves raw scores in place of
    confidence: what the table of confidence is fitted to.
    """

    jam_per_hari: float = Field(7.5, gt=0, le=24)  # 37.5 hours over five days: Perpres 21/2023
    hari_per_minggu: int = Field(5, ge=1, le=7)  # as above; 6 where a region works six
    hari_per_bulan: int = Field(20, ge=1, le=31)  # four weeks of five days; no source fixes it
    correct_words: bool = True
    calibrate: bool = True


class LintSettings(Section):
    """Checking the sheet. `levels` maps a rule id to error, warning, info or off."""

    profile: str = "nasional"
    levels: dict[str, Level] = {}


class RenderSettings(Section):
    """Clean sheets. `clean` True leaves out the marks for inferred and missing values.

    `templates` is a folder whose files are used in place of those that come with the program;
    `paper` goes before the paper of its form. `wording` "asli" prints what stood in the source in
    place of what was corrected. `changes` adds a page of corrections and findings. `dasar_hukum`
    "hierarki" sorts the legal basis by rank. `attach` puts the record into PDF sheets.
    `epoch_s` dates the files, in seconds since 1970; SOURCE_DATE_EPOCH sets it.
    """

    paper: Literal["A4", "F4"] | None = None
    clean: bool = False
    templates: DirectoryPath | None = None
    wording: Literal["benar", "asli"] = "benar"
    changes: bool = False
    dasar_hukum: Literal["naskah", "hierarki"] = "naskah"
    attach: bool = False
    # 1 January 1980, where the dates of zip files begin; the most is the last that they can name
    epoch_s: int = Field(315_532_800, ge=0, le=4_354_819_198)


class CompareSettings(Section):
    """Comparing agencies. `mask` True hides names and NIPs in the report.

    `notes` True adds evaluation notes of every SOP. `lang` is the language of the report.
    `page_data` "plain" never packs the page's data, which browsers older than 2023 cannot unpack.
    `keluarga` is the user's file of corrections to families (`compare/corrections.py`).

    `family_min_score` is the probability that two sheets are one procedure, from a fit to made
    families (`tools/fit_families.py`); `copy_min_score` is own judgement, checked on the seeds:
    see `compare/copies.py`.
    """

    family_min_score: Share = 0.5
    copy_min_score: Share = 0.85
    mask: bool = False
    notes: bool = False
    lang: Literal["id", "en"] = "id"
    page_data: Literal["auto", "plain"] = "auto"
    keluarga: Path | None = None


class BatchSettings(Section):
    """What one document may cost before its worker process is ended.

    A document may take `timeout_s`, and `timeout_mb_s` more for each megabyte of its file and
    `timeout_page_s` for each page that was read from pixels so far. `memory_bytes` is for the
    worker and what it starts, `file_bytes` for each file that they write. `keep_pages` keeps what
    was read of each PDF, picture and office file beside the records, some 2 kB a page.

    An archive may hold `archive_members` files, `archive_bytes` unpacked, with all archives in it;
    each may unpack to `archive_ratio` times its size, and lie in one another `archive_depth` deep.
    """

    # LibreOffice alone may take `office_timeout_s`; a text sheet takes 20 ms, a PDF page 0.1 s.
    timeout_s: float = Field(180.0, gt=0, le=86_400, allow_inf_nan=False)
    # PDF pages with text and lines have 20 kB or more and take 0.1 s: 5 s a megabyte, twice over.
    timeout_mb_s: float = Field(10.0, ge=0, le=3600, allow_inf_nan=False)
    # A scanned page takes 3 to 6 seconds on a small machine that does nothing else.
    timeout_page_s: float = Field(60.0, ge=0, le=3600, allow_inf_nan=False)
    # The most that a worker has been seen to take for scans is 1.5 GB: twice that.
    memory_bytes: int = Field(3_000_000_000, ge=200_000_000)
    file_bytes: int = Field(1_000_000_000, ge=1_000_000)
    keep_pages: bool = True
    # The largest archives spoken of have 100,000 files, some 200 kB each.
    archive_members: int = Field(200_000, gt=0)
    archive_bytes: int = Field(50_000_000_000, gt=0)
    # Texts and office files pack to a fifth or less, PDF and scans hardly; deflate ends at 1,032.
    archive_ratio: float = Field(100.0, gt=1, allow_inf_nan=False)
    archive_depth: int = Field(4, ge=1, le=20)


class Settings(Section):
    """All sections."""

    ingest: IngestSettings = IngestSettings()
    parse: ParseSettings = ParseSettings()
    normalise: NormaliseSettings = NormaliseSettings()
    lint: LintSettings = LintSettings()
    render: RenderSettings = RenderSettings()
    compare: CompareSettings = CompareSettings()
    batch: BatchSettings = BatchSettings()


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Merge defaults, `sopextract.toml` and the environment, the later winning.

    `SOPEXTRACT_NORMALISE__JAM_PER_HARI=8` sets `jam_per_hari` of `[normalise]`, and
    `SOPEXTRACT_LINT__LEVELS__FL-07=off` the level of one rule. `path` None means `sopextract.toml`
    in the working directory, if there is one. SOURCE_DATE_EPOCH dates the sheets. Raises
    ConfigError for an unreadable file, an unknown name and a value of the wrong type or out of
    range; it says where the wrong value was set.
    """
    if path is None and Path(SETTINGS_FILE).is_file():
        path = Path(SETTINGS_FILE)
    values = _load_file(path) if path is not None else {}
    _check(values, str(path))  # before the environment, so that the fault is laid where it is
    variables = os.environ if environ is None else environ
    if EPOCH_VARIABLE in variables:
        values = _put(values, ("render", "epoch_s"), variables[EPOCH_VARIABLE])
        _check(values, EPOCH_VARIABLE)
    for name, value in sorted(variables.items()):
        if name.startswith(ENV_PREFIX):
            values = _with_variable(values, name, value)
            _check(values, name)
    return _check(values, ENV_PREFIX)


def with_render(settings: Settings, options: Mapping[str, object]) -> Settings:
    """The settings with these of the section `render` changed; None and False change nothing.

    Raises ConfigError for a value that does not fit.
    """
    given = {name: value for name, value in options.items() if value not in (None, False)}
    values = settings.model_dump()
    values["render"] = {**values["render"], **given}
    return _check(values, "options")


def _load_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise ConfigError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not valid TOML: {exc}") from exc


def _with_variable(values: Mapping[str, object], name: str, value: str) -> dict[str, object]:
    """The values with one more, at the place that the variable's name spells."""
    section, *keys = name.removeprefix(ENV_PREFIX).split("__")
    if not keys or not all((section, *keys)):
        raise ConfigError(f"{name}: names no setting; write {ENV_PREFIX}SECTION__SETTING=value")
    # Settings are written small; what follows them (the id of a rule) is not a setting's name.
    return _put(values, (section.lower(), keys[0].lower(), *keys[1:]), value)


def _put(values: Mapping[str, object], keys: tuple[str, ...], value: str) -> dict[str, object]:
    first, *rest = keys
    below = values.get(first, {})
    inner = _put(below if isinstance(below, Mapping) else {}, tuple(rest), value) if rest else value
    return {**values, first: inner}


def _check(values: Mapping[str, object], origin: str) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        problem = "there is no such setting" if unknown else first["msg"]
        raise ConfigError(f"{origin}: {where}: {problem}") from exc
