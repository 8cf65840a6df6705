"""Text outside tables, as lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from sopextract.core.geometry import BBox
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.text import box_of, lines_of, scores_of
from sopextract.model.source import Block, Emphasis, Place, TextLine

_COLUMN_GAP = 1.5  # of the size: words of one line that stand farther apart are columns


def loose_lines(
    words: Sequence[Word], place: Callable[[BBox], Place]
) -> list[tuple[float, float, Block]]:
    """The lines of words outside tables, each with its top and left; empty ones between paragraphs.

    Gaps between words become runs of spaces, as on the page. `place` is that of a box.
    """
    sizes = sorted(w.size_pt for w in words)
    if not sizes:
        return []
    advance = max(2.0, 0.5 * sizes[len(sizes) // 2])
    left = min(w.bbox[0] for w in words)
    blocks: list[tuple[float, float, Block]] = []
    last = None
    for line in lines_of(words):
        box = box_of(line)
        if last is not None and box[1] - last > 1.2 * line[0].size_pt:
            blank = TextLine("", place((box[0], last, box[2], box[1])))
            blocks.append((last + 0.01, box[0], blank))
        last = box[3]
        text, end = "", 0.0
        for word in line:
            column = int((word.bbox[0] - left) / advance)
            apart = word.bbox[0] - end if text else math.inf
            wide = apart > _COLUMN_GAP * word.size_pt
            gap = max(column - len(text), 3 if text else 0) if wide else 1
            text += " " * gap + word.text
            end = word.bbox[2]
        emphasis = Emphasis.BOLD if all(w.bold for w in line) else Emphasis.PLAIN
        blocks.append((box[1], box[0], TextLine(text, place(box), emphasis, *scores_of(line))))
    return blocks
