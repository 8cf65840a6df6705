"""The notes taken while a record is put together: grounds for every value, and every change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sopextract.core.text import squeeze, strip_controls
from sopextract.model.clarity import dim_words
from sopextract.model.draft import Change, Method, Reading
from sopextract.model.record import Correction, Provenance
from sopextract.model.source import Place
from sopextract.normalise.confidence import OWN_DOUBT, calibrate

_POSITION = re.compile(r"/\d+(?=/|$)")


@dataclass(slots=True)
class Ledger:
    """Provenance, doubtful words and corrections by JSON pointer, in the order they are noted.

    `calibrated` False leaves raw scores in place of confidence: what a table is fitted to.
    `page_factors` say what the confidence of a page's values loses, by its number. `scanned` are
    the pages that were read from pixels; where there are any, a value without a page is of them.
    """

    calibrated: bool = True
    page_factors: Mapping[int | None, float] = field(default_factory=dict)
    scanned: frozenset[int | None] = frozenset()
    provenance: dict[str, Provenance] = field(default_factory=dict)
    doubtful_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)

    def ground(
        self,
        path: str,
        reading: Reading[object],
        *,
        factor: float = 1.0,
        method: Method | None = None,
    ) -> None:
        """Note on what ground the value at `path` stands; `factor` is what its corrections cost."""
        self.place(path, reading.place, method or reading.method, reading.score, factor=factor)
        self.doubt(path, dim_words(reading.text, reading.place, OWN_DOUBT))

    def doubt(self, path: str, words: Iterable[str]) -> None:
        """Note words of the value at `path` that may be misread."""
        known = self.doubtful_words.get(path, ())
        both = tuple(dict.fromkeys((*known, *words)))
        if both:
            self.doubtful_words[path] = both

    def place(
        self, path: str, place: Place, method: Method, score: float, *, factor: float = 1.0
    ) -> None:
        """As `ground`, for a value that has no reading of its own."""
        confidence = score
        if self.calibrated:
            scan = place.page in self.scanned or (place.page is None and bool(self.scanned))
            confidence = calibrate(field_of(path), method, score, scan=scan)
            confidence *= self.page_factors.get(place.page, 1.0)
        self.provenance[path] = Provenance(
            page=place.page,
            bbox=place.bbox,
            line=place.line,
            where=place.where,
            method=method,
            confidence=round(confidence * factor, 4),
        )

    def cap(self, path: str, most: float) -> None:
        """The value at `path` is no surer than `most`: it is made of another that is no surer."""
        known = self.provenance[path]
        if known.confidence > most:
            self.provenance[path] = known.model_copy(update={"confidence": most})

    def change(self, path: str, changes: Iterable[Change]) -> float:
        """Log changes made to the value at `path`; gives the lowest of their scores, 1 for none."""
        lowest = 1.0
        for change in changes:
            target = path + change.path
            self.corrections.append(
                Correction(
                    path=target,
                    before=change.before,
                    after=change.after,
                    rule=change.rule,
                    score=change.score,
                )
            )
            lowest = min(lowest, change.score)
        return lowest


def clean_text(text: str) -> str:
    """The text without control characters and with single spaces: no correction, only its form."""
    return squeeze(strip_controls(text))


def field_of(path: str) -> str:
    """The pointer without its positions: "/langkah/3/waktu" → "langkah/waktu"."""
    return _POSITION.sub("", path)[1:]
