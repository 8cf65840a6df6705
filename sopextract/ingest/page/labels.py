"""Which words name which way out of a decision."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.geometry import (
    BBox,
    Point,
    centre,
    contains,
    distance_to_box,
    distance_to_polyline,
    grow,
    length,
)
from sopextract.ingest.page.joints import Joint
from sopextract.ingest.page.places import Places
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.page.symbols import Form
from sopextract.ingest.page.text import box_of, line_text, lines_of, phrases_of
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import Outline as Kind

# Points. On the real sheets exits stand 0 to 14 from their line; one loop is labelled 30 beside.
_NEAR = 18.0
_FAR = 34.0
_BESIDE = 6.0  # as near to its line a phrase is its own, and so much nearer it is another's
_GAIN = 3.0  # points: what an exchange must save
_MAX_WORDS = 5
_YES = ("ya", "iya", "y")  # never the second word of a name: "Tidak Ya" is two
LINE_MARKS = " .,:;!|[]{}()'`\"_~-"  # what pieces of a line beside a word are read as
_LETTERED, _SURE_LETTER = frozenset("BCDEFG"), 0.9  # ways out that are named by letters
_RUN_TOGETHER = re.compile(r"(Tidak|Ya|TIDAK|YA)(Tidak|Ya|TIDAK|YA)")
# Half of a diamond's width and height together reach to its sides; words inside keep off them,
# words in two lines reach a little over.
_DIAMOND = 0.55
_MAX_ODD = 6  # words; more are text with a change of lettering
_NO_DECISION = 7.0  # a label at a line that leaves no decision must be that much nearer
_ON_LINE = 2.5  # from the middle of a word to its line: it stands on it, wherever that is
_ALONG = 0.05  # per point along the line from the decision


def attach_labels(
    phrases: Sequence[Sequence[Word]],
    joints: Sequence[Joint],
    forms: Sequence[Form],
    unread: Sequence[Sequence[Point]] = (),
) -> dict[int, int]:
    """Which phrase (by number) labels which joint. Each has one at most.

    A phrase that stands nearer to one of the `unread` lines, which were not followed to both ends,
    is left to it. The costs are the distance from the line and, less, how far along the line from
    the decision the phrase stands; pairs are taken from the cheapest, then exchanged where that
    costs less.
    """
    costs: dict[tuple[int, int], float] = {}
    places = Places(grow(joint.bbox, _FAR) for joint in joints)
    for k, phrase in enumerate(phrases):
        if len(phrase) > _MAX_WORDS:
            continue
        box = box_of(phrase)
        for j in places.near(box):
            cost = _cost(box, joints[j], forms)
            if cost is not None and not _is_of_another(box, joints[j], unread):
                costs[k, j] = cost
    found: dict[int, int] = {}
    labelled: set[int] = set()
    for _, k, j in sorted((cost, k, j) for (k, j), cost in costs.items()):
        if k not in found and j not in labelled:
            found[k] = j
            labelled.add(j)
    _swap(found, costs)
    return found


def _swap(found: dict[int, int], costs: dict[tuple[int, int], float]) -> None:
    """Give a phrase a free line where another phrase, farther off its own, then gets the nearer.

    So of two words beside one line that both belong to other lines too neither goes astray.
    """
    for k, j in list(found.items()):
        free = {b for a, b in costs if a == k} - set(found.values())
        rivals = [a for a, b in costs if b == j and a != k]
        best: tuple[float, int, int] | None = None
        for other in free:
            for rival in rivals:
                now = costs[k, j] + (costs[rival, found[rival]] if rival in found else _FAR)
                gain = now - costs[k, other] - costs[rival, j]
                if gain > _GAIN and (best is None or gain > best[0]):
                    best = (gain, other, rival)
        if best is not None:
            found[k], found[best[2]] = best[1], j


def _cost(box: BBox, joint: Joint, forms: Sequence[Form]) -> float | None:
    """How badly a phrase fits a joint as its label; None when it cannot be it."""
    if joint.tail is None:
        return None
    decision = forms[joint.tail].kind is Kind.DIAMOND
    if not joint.directed and not (decision and joint.head is not None):
        return None  # of lines that lost their head only a decision's other way can have a word
    gap, along = _to_line(box, joint.points)
    if gap > (_FAR if decision else _NEAR):
        return None
    cost = gap + _ALONG * along + (0.0 if decision else _NO_DECISION)
    if decision and distance_to_polyline(centre(box), joint.points) > _ON_LINE:
        # beside the decision itself the label stands at the corner that its line leaves
        cost += 0.15 * math.dist(centre(box), joint.points[0])
    return cost


def _is_of_another(box: BBox, joint: Joint, unread: Sequence[Sequence[Point]]) -> bool:
    """Whether a phrase off a joint stands clearly nearer to a line that was not followed."""
    gap, _ = _to_line(box, joint.points)
    return gap > _BESIDE and any(_to_line(box, line)[0] < gap - _BESIDE for line in unread)


def _to_line(box: BBox, points: Sequence[Point]) -> tuple[float, float]:
    """The distance of a box from a line, and how far along the line its nearest place is."""
    best, at = math.inf, 0.0
    done = 0.0
    for a, b in itertools.pairwise(points):
        piece = length((a, b))
        steps = max(1, int(piece / 4))
        for k in range(steps + 1):
            t = k / steps
            p = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
            gap = distance_to_box(p, box)
            if gap < best - 0.5:
                best, at = gap, done + t * piece
        done += piece
    return best, at


def odd_phrases(words: Sequence[Word]) -> list[list[Word]]:
    """Short phrases of a cell that are not part of its text.

    Their lettering is another in font and size; or they name an exit and differ from the text in
    one of these, or stand off its lines.
    """
    if len(words) < 2:
        return []
    usual, size = Counter((w.font, round(w.size_pt * 2)) for w in words).most_common(1)[0][0]
    lines = Counter(round(w.bbox[3]) for w in words)

    def differs(word: Word) -> int:
        return (word.font != usual) + (abs(round(word.size_pt * 2) - size) >= 1)

    def off_line(word: Word) -> bool:
        base = round(word.bbox[3])
        return sum(lines[base + k] for k in (-1, 0, 1)) <= _MAX_WORDS - 2

    odd = [w for w in words if differs(w) or off_line(w)]
    phrases = [p for p in phrases_of(odd) if len(p) <= _MAX_WORDS]
    found = [
        p
        for p in phrases
        if all(differs(w) == 2 for w in p) or is_exit(" ".join(w.text for w in p))
    ]
    return found if sum(map(len, found)) <= _MAX_ODD else []


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that a reader takes as one; `drawn` are the words of the page that they are made of."""

    words: tuple[Word, ...]
    drawn: tuple[Word, ...]


def split_exits(phrases: Sequence[Sequence[Word]]) -> list[Phrase]:
    """The phrases, those that name two ways out cut in two: "Tidak Ya", and "TidakYa".

    For pages read from pixels: words put on both sides of a line are read as one there.
    """
    found: list[Phrase] = []
    for phrase in phrases:
        pieces = [(part, word) for word in phrase for part in _pieces(word)]
        cut = _between_exits([part.text for part, _ in pieces])
        for half in (pieces[:cut], pieces[cut:]) if cut else (pieces,):
            found.append(Phrase(tuple(p for p, _ in half), tuple(w for _, w in half)))
    return found


def _pieces(word: Word) -> tuple[Word, ...]:
    """A word that is two names run together, as two."""
    names = _RUN_TOGETHER.fullmatch(word.text)
    if names is None:
        return (word,)
    x0, y0, x1, y1 = word.bbox
    cut = x0 + (x1 - x0) * len(names[1]) / len(word.text)
    return (
        replace(word, text=names[1], bbox=(x0, y0, cut, y1)),
        replace(word, text=names[2], bbox=(cut, y0, x1, y1)),
    )


def _between_exits(texts: Sequence[str]) -> int:
    """Where two names of ways out meet, when the words are just these; else 0."""
    if is_exit(" ".join(texts)) and texts[-1].casefold() not in _YES:
        return 0
    cuts = (
        k
        for k in range(1, len(texts))
        if is_exit(" ".join(texts[:k])) and is_exit(" ".join(texts[k:]))
    )
    return next(cuts, 0)


def near_line(box: BBox, points: Sequence[Point]) -> bool:
    """Whether a phrase stands right beside a line."""
    return _to_line(box, points)[0] <= _NEAR


def words_in(forms: Sequence[Form], words: Sequence[Word]) -> dict[int, list[Word]]:
    """The words that stand inside each symbol; in the corners beside a diamond is outside."""
    found: dict[int, list[Word]] = {}
    places = Places(grow(form.bbox, 1) for form in forms)
    for word in words:
        middle = centre(word.bbox)
        for k in places.near((*middle, *middle)):
            if _holds(forms[k], middle):
                found.setdefault(k, []).append(word)
                break
    return found


def _holds(form: Form, point: Point) -> bool:
    """Whether a point lies in a symbol."""
    if not contains(grow(form.bbox, 1), point):
        return False
    if form.kind is not Kind.DIAMOND:
        return True
    x0, y0, x1, y1 = form.bbox
    x, y = centre(form.bbox)
    return abs(point[0] - x) / (x1 - x0) + abs(point[1] - y) / (y1 - y0) <= _DIAMOND


def without_marks(phrase: Phrase) -> Phrase | None:
    """A phrase read from pixels without what its line left on it: ":Tolak", "Setuju|".

    None where nothing of it is a word: a lone letter is a piece of a line or of a head, but for
    those that no piece looks like ("B").
    """
    kept = [replace(w, text=w.text.strip(LINE_MARKS)) for w in phrase.words]
    words = tuple(w for w in kept if any(c.isalnum() for c in w.text))
    text = "".join(w.text for w in words)
    lettered = text in _LETTERED and all(w.score >= _SURE_LETTER for w in words)
    if len(text) < 2 and not is_exit(text) and not lettered:
        return None
    return replace(phrase, words=words)


def phrase_text(phrase: Sequence[Word]) -> str:
    """The text of a phrase on one line."""
    return " ".join(line_text(line) for line in lines_of(phrase))
