"""The page's bytes: template, style, script, texts and data put into one file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sopextract.compare.comparison import Comparison
from sopextract.compare.coverage import Gap
from sopextract.compare.page.columns import Json, dump, pack
from sopextract.compare.page.core import Links, build_core
from sopextract.compare.page.detail import build_blocks
from sopextract.compare.page.summary import summarise
from sopextract.compare.plots import Plot
from sopextract.compare.words import Words
from sopextract.core.resources import templates_dir
from sopextract.core.text import strip_controls
from sopextract.model.record import SopRecord

# The script in the order in which its parts need one another.
SCRIPTS = (
    "dom", "words", "data", "state", "table", "sheets", "agencies", "findings", "laws", "families",
    "aligned", "flow", "figures", "copies", "coverage", "sheet", "main",
)  # fmt: skip
# The parts of the page in the order of its menu; also the first words of their addresses.
VIEWS = (
    "ringkasan", "daftar", "kelengkapan", "temuan", "hukum", "keluarga", "waktu", "salinan",
    "cakupan",
)  # fmt: skip
# Smaller data is left as it is, so that browsers that cannot unpack (before 2023) show it too.
PLAIN_MAX = 3_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Data of one script element: `packed` says that it is base64 of gzip."""

    id: str
    text: str
    packed: bool


def render_page(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Links,
    gaps: Sequence[Gap],
    plots: Mapping[str, Plot],
    words: Words,
    data: Literal["auto", "plain"] = "auto",
) -> str:
    """The page as text."""
    folder = templates_dir() / "report"
    script = read_script(folder)
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    return env.get_template("index.html.j2").render(
        w=words,
        masked=comparison.masked,
        summary=summarise(comparison, gaps, words),
        plots=plots,
        views=VIEWS,
        total=len(comparison.sheets),
        css=(folder / "report.css").read_text(encoding="utf-8"),
        script=script,
        script_digest=digest,
        chunks=make_chunks(comparison, records, links, gaps, words, data),
    )


def read_script(folder: Path) -> str:
    """The parts of the script as one function of its own, so that nothing is left global."""
    parts = [(folder / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '"use strict";\n(function () {\n' + "\n".join(parts) + "})();\n"


def make_chunks(
    comparison: Comparison,
    records: Sequence[SopRecord],
    links: Links,
    gaps: Sequence[Gap],
    words: Words,
    data: Literal["auto", "plain"],
) -> list[Chunk]:
    """Texts, tables and blocks; packed where all of it is large, unless `data` is "plain"."""
    blocks = build_blocks(comparison, records)
    core = build_core(comparison, records, links, gaps, words) | {"block": list(blocks.of_sheet)}
    texts: Json = {"texts": dict(words.texts), "single": dict(words.single)}
    found = {"data-words": dump(texts), "data-core": dump(core)}
    found |= {f"data-{i}": dump(block) for i, block in enumerate(blocks.blocks)}
    packed = data == "auto" and sum(map(len, found.values())) > PLAIN_MAX
    return [
        Chunk(name, pack(text), True)
        if packed and name != "data-words"
        else Chunk(name, text, False)
        for name, text in found.items()
    ]


def _clean(value: object) -> object:
    """Control characters of the content are left out of the page; markup of our own keeps its
    type, or it would be escaped."""
    return strip_controls(value) if type(value) is str else value
