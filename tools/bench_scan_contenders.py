"""Programs that read scanned pages, for `tools.bench_contender`: each gives words found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pypdfium2 as pdfium
from PIL import Image

from sopextract.ingest.scan.raster import READING_DPI

Read = Callable[[Path], int]
OURS = "sopextract, pixels to page"
ENGINE = "rapidocr alone, as it comes"
_POINTS = 72.0


def pages_of(path: Path) -> Iterator[Image.Image]:
    """Every page as we render it."""
    document = pdfium.PdfDocument(path)
    try:
        for page in document:
            bitmap = page.render(scale=READING_DPI / _POINTS, rev_byteorder=True)
            yield bitmap.to_pil().convert("RGB")
    finally:
        document.close()


def sopextract(witness: bool) -> Callable[[], Read]:
    """Pixels to understood pages: flat, ink, rules, symbols, words, layout; nothing is cached."""

    def load() -> Read:
        from sopextract.ingest import ingest
        from sopextract.ingest.ocr import load_engines
        from sopextract.model.source import SourceFile
        from sopextract.settings import IngestSettings

        engine, second = load_engines(None)
        if witness and second is None:
            raise ImportError("no second engine is installed")
        if not witness:
            patch("sopextract.ingest.scan.read.load_engines", lambda cache: (engine, None)).start()

        def read(path: Path) -> int:
            size = path.stat().st_size
            source = SourceFile(path.name, "0" * 64, "application/pdf", path, size)
            pages = ingest(source, IngestSettings()).pages
            return sum(page.scan.words for page in pages if page.scan is not None)

        return read

    return load


def rapidocr(side: int | None = None, turned: bool = True) -> Callable[[], Read]:
    """RapidOCR on the whole page: lines found and read. `side` None: its own longest side."""

    def load() -> Read:
        import numpy as np
        from rapidocr import RapidOCR

        params: dict[str, int | str | bool] = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
            "Global.use_cls": turned,
        }
        if side is not None:
            params["Global.max_side_len"] = side
        engine = RapidOCR(params=params)

        def read(path: Path) -> int:
            found = 0
            for page in pages_of(path):
                said = engine(np.asarray(page)[:, :, ::-1])
                found += sum(len(text.split()) for text in getattr(said, "txts", None) or ())
            return found

        return read

    return load


def tesseract() -> Read:
    """Tesseract on the whole page, Indonesian."""
    tesserocr = import_module("tesserocr")
    folder = _tessdata()
    engine = tesserocr.PyTessBaseAPI(path=folder, lang="ind", psm=tesserocr.PSM.AUTO)

    def read(path: Path) -> int:
        found = 0
        for page in pages_of(path):
            engine.SetImage(page)
            found += len(engine.GetUTF8Text().split())
        return found

    return read


def _tessdata() -> str:
    """The folder with the language; ImportError where there is none, as for a missing package."""
    for folder in sorted(Path("/usr/share").glob("tesseract-ocr/*/tessdata")):
        if (folder / "ind.traineddata").is_file():
            return str(folder)
    raise ImportError("no tessdata with ind.traineddata")


# The first is that whose time all are held against.
SCAN_CONTENDERS: dict[str, Callable[[], Read]] = {
    ENGINE: rapidocr(),
    "rapidocr alone, side 1600, not turned": rapidocr(1600, turned=False),
    OURS: sopextract(witness=False),
    "sopextract with tesseract as witness": sopextract(witness=True),
    "tesseract ind, whole page": tesseract,
}
