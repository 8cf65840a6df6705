"""Every setting, one frozen section per stage; file, environment and flags merged once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sopextract.errors import ConfigError

SETTINGS_FILE = "sopextract.toml"
ENV_PREFIX = "SOPEXTRACT_"


class Section(BaseModel):
    """Base of every section: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestSettings(Section):
    """Reading files."""

    max_bytes: int = 50_000_000  # a text sheet has 5 kB; the largest compendium seen, 216 pages


class ParseSettings(Section):
    """Finding the form in the text."""

    label_min_score: float = 0.80  # share of a label's letters that must agree, see parse/labels.py
    actor_min_confidence: float = 0.75  # an actor inferred below this is left out


class NormaliseSettings(Section):
    """Correcting words and reading amounts."""

    jam_per_hari: float = 7.5  # working hours a day: 37.5 a week over five days (Perpres 21/2023)
    hari_per_minggu: int = 5
    hari_per_bulan: int = 20
    correct_words: bool = True  # False: only labels are normalised
    calibrate: bool = True  # False: raw scores instead of confidence, for fitting the table


class LintSettings(Section):
    """Checking the sheet. `levels` maps a rule id to error, warning, info or off."""

    profile: str = "nasional"
    levels: dict[str, Literal["error", "warning", "info", "off"]] = {}


class RenderSettings(Section):
    """Clean sheets."""

    paper: Literal["A4", "F4"] = "A4"
    clean: bool = False  # True: no marks for inferred or missing values
    templates: Path | None = None


class CompareSettings(Section):
    """Comparing agencies."""

    family_min_score: float = 0.55
    copy_min_score: float = 0.85
    mask: bool = False  # True: names and NIPs are masked in reports


class Settings(Section):
    """All sections."""

    ingest: IngestSettings = IngestSettings()
    parse: ParseSettings = ParseSettings()
    normalise: NormaliseSettings = NormaliseSettings()
    lint: LintSettings = LintSettings()
    render: RenderSettings = RenderSettings()
    compare: CompareSettings = CompareSettings()


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Merge defaults, `sopextract.toml` and the environment, the later winning.

    `SOPEXTRACT_NORMALISE__JAM_PER_HARI=8` sets `jam_per_hari` of `[normalise]`. Raises ConfigError
    for an unreadable file, an unknown key or a value of the wrong type. `path` None means
    `sopextract.toml` in the working directory, if there is one.
    """
    values = _load_file(path)
    for name, value in (os.environ if environ is None else environ).items():
        if name.startswith(ENV_PREFIX) and "__" in name:
            section, key = name.removeprefix(ENV_PREFIX).lower().split("__", 1)
            values.setdefault(section, {})[key] = value
    try:
        return Settings.model_validate(values)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"setting {where}: {first['msg']}") from exc


def _load_file(path: Path | None) -> dict[str, dict[str, object]]:
    if path is None:
        path = Path(SETTINGS_FILE)
        if not path.is_file():
            return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise ConfigError(f"{path}: cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not valid TOML: {exc}") from exc
