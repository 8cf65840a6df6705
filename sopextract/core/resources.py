"""Where the files that are data, not code, lie: in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_dir() -> Path:
    """The folder of templates.

    In a checkout it is `templates/` beside `pyproject.toml`, so that an edit takes effect at once;
    in an installed wheel it lies inside the package.
    """
    root = _PACKAGE.parent
    if (root / "pyproject.toml").is_file() and (root / "templates").is_dir():
        return root / "templates"
    return _PACKAGE / "templates"
