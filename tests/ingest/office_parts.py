"""Marks of tests that need LibreOffice, or one of its parts alone."""

from __future__ import annotations

import pytest

from sopextract.ingest.libreoffice import find_libreoffice, missing_parts


def needs(*parts: str) -> pytest.MarkDecorator:
    """Skips a test where LibreOffice is not installed, or lacks one of these parts."""
    program = find_libreoffice()
    lacking = parts if program is None else [p for p in parts if p in missing_parts(program)]
    return pytest.mark.skipif(bool(lacking), reason=f"no LibreOffice {' and '.join(lacking)}")
