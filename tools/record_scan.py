"""Records what the engine says of some made pages, for tests of the whole chain without it.

    python -m tools.record_scan

Writes `tests/data/scan/NAME.png` (or `.tif`), `NAME.ocr.json` (what the engine said) and
`NAME.gold.json` (the sheet's truth; its path is the picture's name). Needs the extra `scan`; to be
run anew when the engine, or what is shown to it, changes so much that tests no longer know the
pictures.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace

from PIL import Image

from sopextract.ingest.ocr import load_engines
from sopextract.settings import IngestSettings
from tools.make_sheets.scan.degrade import degrade
from tools.make_sheets.scan.kinds import Wear
from tools.make_sheets.scan.made import fitting_sheets
from tools.make_sheets.scan.pages import put_ink, render_pages
from tools.make_sheets.scan.warp import Bend, Warp, turn_picture
from tools.make_sheets.sheet import MadeSheet
from tools.measure import ROOT
from tools.recorded_ocr import Recorder, engines_replaced
from tools.scan_reading import ingest_made

FOLDER = ROOT / "tests" / "data" / "scan"
_COLOURS = 48  # of the pictures: enough for print and blue ink, and files stay small
_SEED = 11


@dataclass(frozen=True)
class Case:
    """One recording: the first sheet of a layout, worn, turned; `pages` of it are kept."""

    name: str
    layout: str
    wear: Wear
    bend: Bend
    turn: int = 0
    pages: tuple[int, int] = (0, 2)


CASES = (
    # as a fax: both pages of a sheet, bilevel
    Case("bilevel", "P", Wear(200, blur=0.4, noise=3, threshold=200, grey=True), Bend(0.8)),
    # a stamp and a signature over the table, lying on its side
    Case("stamped", "Q", Wear(150, blur=0.4, stamped=True, signed=True), Bend(-0.6), 90, (0, 1)),
    # a step table alone, photographed
    Case(
        "photo", "R", Wear(150, blur=0.4, paper=225, ink=40, grey=True),
        Bend(0.5, corners=((0.004, 0), (0, 0.006), (-0.005, 0), (0, 0))), 0, (1, 2),
    ),
)  # fmt: skip


def main() -> None:
    """Write all cases anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        made = picture_of(case)
        (FOLDER / made.name).write_bytes(made.data)
        gold = json.dumps(list(made.gold), ensure_ascii=False, indent=1)
        (FOLDER / f"{case.name}.gold.json").write_text(gold + "\n", encoding="utf-8")
        engine, _ = load_engines(None)
        recorder = Recorder(engine)
        with engines_replaced(recorder):
            pages = ingest_made(made, IngestSettings()).pages
        path = FOLDER / f"{case.name}.ocr.json"
        recorder.save(path)
        print(f"{made.name}: {len(made.data)} bytes, {len(pages)} pages, {path.stat().st_size}")


def picture_of(case: Case) -> MadeSheet:
    """The picture of a case with its truth."""
    sheet = next(fitting_sheets(1, _SEED, case.layout))
    pictures: list[Image.Image] = []
    for number, page in enumerate(
        list(render_pages(sheet.data, case.wear.dpi))[slice(*case.pages)]
    ):
        put_ink(page, case.wear, "Dinas Contoh", _SEED + number, apart=False)
        warp = Warp(case.bend, page.picture.size, case.turn)
        picture = turn_picture(degrade(page.picture, case.wear, warp, _SEED), case.turn)
        few = picture if picture.mode == "1" else _in_few_colours(picture)
        pictures.append(few)
    suffix = "tif" if len(pictures) > 1 else "png"
    name = f"{case.name}.{suffix}"
    gold = tuple(one | {"source": {"path": name, "index": 0}} for one in sheet.gold)
    return replace(sheet, name=name, data=_file(pictures, case.wear.dpi), gold=gold)


def _in_few_colours(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE)


def _file(pictures: list[Image.Image], dpi: int) -> bytes:
    out = io.BytesIO()
    first, *others = pictures
    if others:
        first.save(
            out, "TIFF", compression="group4", dpi=(dpi, dpi), save_all=True, append_images=others
        )
    else:
        first.save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
