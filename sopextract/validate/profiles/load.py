"""Reads profiles: TOML with `title`, `basis`, `extends` and `[levels]`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sopextract.errors import ConfigError
from sopextract.settings import Level, LintSettings


class Profile(BaseModel):
    """One profile file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    basis: str = ""
    extends: str | None = None
    levels: dict[str, Level] = {}


def profile_names() -> tuple[str, ...]:
    """The profiles that come with the program."""
    folder = files("sopextract.validate.profiles")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def levels_of(settings: LintSettings) -> dict[str, Level]:
    """The level of every rule that the profile or the settings change, the settings winning.

    `settings.profile` is the name of a profile that comes with the program, or the path of a
    `.toml` file. Raises ConfigError when it cannot be used, or when profiles extend in a circle.
    """
    return {**_profile_levels(settings.profile, ()), **settings.levels}


def _profile_levels(name: str, seen: tuple[str, ...]) -> dict[str, Level]:
    if name in seen:
        raise ConfigError(f"lint profile {name} extends itself")
    profile = _load(name)
    base = _profile_levels(profile.extends, (*seen, name)) if profile.extends else {}
    return {**base, **profile.levels}


@lru_cache(maxsize=16)
def _load(name: str) -> Profile:
    try:
        if name.endswith(".toml"):
            text = Path(name).read_text(encoding="utf-8")
        elif name in profile_names():
            text = files("sopextract.validate.profiles").joinpath(f"{name}.toml").read_text("utf-8")
        else:
            known = ", ".join(profile_names())
            raise ConfigError(f"no lint profile {name}; there are {known}, or give a .toml file")
        return Profile.model_validate(tomllib.loads(text))
    except OSError as exc:
        raise ConfigError(f"lint profile {name} cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"lint profile {name} is not valid TOML: {exc}") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"lint profile {name}, {where}: {first['msg']}") from exc
