"""The extra `scan`: whether what reads pixels is installed, and how it is."""

from __future__ import annotations

from importlib.util import find_spec

from sopextract.settings import IngestSettings

# What the extra `scan` installs, by the names they are imported by.
SCAN_PACKAGES = {
    "cv2": "opencv-python-headless",
    "onnxruntime": "onnxruntime",
    "rapidocr": "rapidocr",
}
INSTALL_SCAN = "pip install 'sopextract[scan]'"


def missing_packages() -> tuple[str, ...]:
    """The packages that are missing for reading pixels, as pip calls them."""
    return tuple(package for name, package in SCAN_PACKAGES.items() if find_spec(name) is None)


def can_read_pixels(settings: IngestSettings) -> bool:
    """Whether pages that are only pixels are to be read, and can be."""
    return settings.ocr != "off" and not missing_packages()


def why_not(settings: IngestSettings) -> str:
    """What to do so that pixels are read, for the hint of an error."""
    if settings.ocr == "off":
        return "take out --no-ocr, or ocr = off in the [ingest] settings"
    return f"to read it install the extra: {INSTALL_SCAN}"
