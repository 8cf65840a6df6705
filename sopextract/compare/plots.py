"""The report's plots as SVG pictures, drawn by matplotlib; the same input gives the same bytes."""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopextract.compare.comparison import Comparison
from sopextract.compare.words import Words, floor_share
from sopextract.core.text import strip_controls

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, LINE, BLUE, PALE = "#1b2430", "#5b6675", "#d9dee5", "#2c5f94", "#a9c3df"
WIDTH_IN, HEIGHT_IN = 6.4, 2.9
AGENCIES_MAX = 15  # bars that can be read in one picture; the table beside it has all
NAME_CHARS = 40  # characters of a line of an agency's name beside its bar
HANDOVERS_MAX = 15  # the last bar holds this many and more
# Working hours; the classes that people speak in: hours, a day (7.5), a week, a month, a quarter.
TIME_EDGES_H = (0.0, 1.0, 3.75, 7.5, 22.5, 37.5, 75.0, 150.0, 450.0)

_STYLE = {
    "svg.hashsalt": "sopextract",
    "svg.fonttype": "path",
    "text.parse_math": False,  # "$" in a name is a letter
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "figure.facecolor": "white",
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture, and what it shows in words for those who do not see it."""

    svg: bytes
    alt: str

    @property
    def base64(self) -> str:
        """The picture for a data address."""
        return base64.b64encode(self.svg).decode("ascii")


def draw_plots(comparison: Comparison, words: Words) -> Mapping[str, Plot]:
    """The pictures by name: `completeness`, `times`, `handovers`; one without data is left out."""
    drawn = {
        "completeness": _completeness(comparison, words),
        "times": _times(comparison, words),
        "handovers": _handovers(comparison, words),
    }
    return {name: plot for name, plot in drawn.items() if plot is not None}


def _completeness(c: Comparison, words: Words) -> Plot | None:
    """The share of empty items in the agencies that have most of them, worst on top."""
    known = [(a.share, a.short) for a in c.agencies if a.share is not None]
    if not known:
        return None
    worst = sorted(known)[:AGENCIES_MAX]
    empty = [
        100 - floor_share(share, 100) for share, _ in worst
    ]  # as in the tables: never 100% filled
    places = range(len(worst))
    with _figure(0.75 + 0.27 * len(worst)) as (figure, axes):
        axes.barh(places, empty, height=0.62, color=BLUE)
        axes.set_yticks(places, [_wrap(name) for _, name in worst], fontsize=7.5)
        axes.invert_yaxis()
        axes.set_xlim(0, max(*empty, 4) * 1.12)
        axes.locator_params(axis="x", integer=True, nbins=6)
        axes.xaxis.set_major_formatter("{x:.0f}%")
        axes.grid(axis="x", color=LINE, linewidth=0.6)
        axes.tick_params(length=0)
        for at, share in enumerate(empty):
            axes.annotate(f"{share}%", (share, at), xytext=(3, 0), textcoords="offset points",
                          va="center", fontsize=8)  # fmt: skip
        alt = words.say("plot.completeness_alt", n=len(worst), worst=worst[0][1],
                        share=f"{empty[0]}%")  # fmt: skip
        return Plot(_svg(figure), strip_controls(alt))


def _times(c: Comparison, words: Words) -> Plot | None:
    """Working time in classes; lower bounds are stacked apart, unknown times are not drawn."""
    sure: list[float] = []
    bounds: list[float] = []
    for s in c.sheets:
        f = s.figures
        if f.menit_kerja is not None:
            (bounds if f.time_unknown or f.time_ranges else sure).append(f.menit_kerja / 60)
    if not sure and not bounds:
        return None
    whole, part = _classes(sure), _classes(bounds)
    with _figure(HEIGHT_IN) as (figure, axes):
        _stack(axes, whole, part, words)
        names = [words.say(f"plot.class_{i}") for i in range(len(whole))]
        axes.set_xticks(range(len(whole)), names)
        axes.set_ylabel(words.say("plot.sheets"))
        alt = words.say("plot.times_alt", n=len(sure), bounds=len(bounds))
        return Plot(_svg(figure), alt)


def _handovers(c: Comparison, words: Words) -> Plot | None:
    """Hand-overs per sheet; sheets with rows of unknown actors apart."""
    with_steps = [s.figures for s in c.sheets if s.figures.steps]
    if not with_steps:
        return None
    whole, part = [0] * (HANDOVERS_MAX + 1), [0] * (HANDOVERS_MAX + 1)
    for f in with_steps:
        (part if f.handovers_unknown else whole)[min(f.handovers, HANDOVERS_MAX)] += 1
    used = max(i for i in range(HANDOVERS_MAX + 1) if whole[i] or part[i]) + 1
    with _figure(HEIGHT_IN) as (figure, axes):
        _stack(axes, whole[:used], part[:used], words)
        names = [str(i) for i in range(used)]
        if used > HANDOVERS_MAX:
            names[-1] = f"≥{HANDOVERS_MAX}"
        axes.set_xticks(range(used), names)
        axes.set_xlabel(words.say("plot.handovers"))
        axes.set_ylabel(words.say("plot.sheets"))
        alt = words.say("plot.handovers_alt", n=sum(whole), bounds=sum(part))
        return Plot(_svg(figure), alt)


def _classes(hours: Sequence[float]) -> list[int]:
    """How many fall into each class of `TIME_EDGES_H`, upper ends belonging to their class."""
    counts = [0] * len(TIME_EDGES_H)
    for value in hours:
        counts[max(sum(1 for edge in TIME_EDGES_H[1:] if value > edge), 0)] += 1
    return counts


def _stack(axes: Axes, whole: Sequence[int], part: Sequence[int], words: Words) -> None:
    places = range(len(whole))
    axes.bar(places, whole, width=0.78, color=BLUE, label=words.say("plot.known"))
    if any(part):
        axes.bar(places, part, width=0.78, bottom=whole, color=PALE, hatch="///", edgecolor="white",
                 linewidth=0, label=words.say("plot.bound"))  # fmt: skip
        axes.legend(frameon=False, fontsize=8, loc="upper right")
    most = max(a + b for a, b in zip(whole, part, strict=True))
    for at, (a, b) in enumerate(zip(whole, part, strict=True)):
        if a + b:
            axes.text(at, a + b + most * 0.02, words.whole(a + b), ha="center", fontsize=7.5)
    axes.set_ylim(0, most * 1.25)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.tick_params(length=0)
    axes.locator_params(axis="y", integer=True, nbins=5)


def _wrap(name: str) -> str:
    """A name in two lines at most."""
    lines = textwrap.wrap(strip_controls(name), NAME_CHARS, max_lines=2, placeholder=" …")
    return "\n".join(lines)


@contextmanager
def _figure(height_in: float) -> Iterator[tuple[Figure, Axes]]:
    """An empty picture. matplotlib is imported here: it takes half a second."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as NewFigure

    style: Any = _STYLE  # the stubs ask for literal keys
    with mpl.rc_context(style), warnings.catch_warnings():
        # a letter that the font does not have is drawn as a box; the table has the name itself
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = NewFigure(figsize=(WIDTH_IN, height_in), layout="constrained")
        yield figure, figure.add_subplot()


def _svg(figure: Figure) -> bytes:
    """The picture's bytes, without date and maker."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None,
                                                   "Type": None})  # fmt: skip
    return buffer.getvalue()
