"""One text of the record: cleaned, fixed, grounded; the same way for every field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sopextract.model.clarity import clarity
from sopextract.model.draft import Change, MaybeText, Reading
from sopextract.normalise.garbled import looks_garbled
from sopextract.normalise.ledger import Ledger, clean_text, field_of
from sopextract.normalise.pixel_words import suspects
from sopextract.normalise.slips import may_hold_dirt
from sopextract.normalise.typos import correct_words

# These bring a sure text below the sure line, so that a finding points at it.
_GARBLED = 0.85
_SUSPECT = 0.9  # of words that nobody knows and that are near one of the form's most are misread
_DIRTY = 0.9  # of 24 made scans two had a dash before a single item: both were specks

Fix = Callable[[str], tuple[str, tuple[Change, ...]]]


@dataclass(frozen=True, slots=True)
class Corrector:
    """Applies fixes to texts and notes them; `correct` False leaves all words as printed."""

    ledger: Ledger
    correct: bool = True

    def text(
        self, path: str, reading: MaybeText | None, *fixes: Fix, words: bool = False
    ) -> str | None:
        """The value at `path`, grounded; None for no label, an absent and an unread one.

        `fixes` run in their order, then, where `words` says so, the word rules; of a scan these
        come first, as a word that was torn or run together is no word to the others.
        """
        if reading is None:
            return None
        text = clean_text(reading.value) if reading.value is not None else ""
        lowest = 1.0
        if text:
            for fix in self._steps(path, reading, fixes, words=words):
                text, changes = fix(text)
                lowest = min(lowest, self.ledger.change(path, changes))
        if words and looks_garbled(text):
            lowest = min(lowest, _GARBLED)
        weighed = words and self.correct and reading.place.score < 1.0
        strange = suspects(text) if weighed else ()
        if strange:
            lowest = min(lowest, _SUSPECT)
        if weighed and may_hold_dirt(text):
            lowest = min(lowest, _DIRTY)
        self.ledger.ground(path, reading, factor=lowest)
        self.ledger.doubt(path, strange)
        return text or None

    def texts(
        self, path: str, readings: tuple[Reading[str], ...], *fixes: Fix, words: bool = False
    ) -> tuple[str, ...]:
        """The values of a list without those that say nothing; positions count the kept ones."""
        kept: list[str] = []
        for reading in readings:
            if clean_text(reading.value):
                kept.append(self.text(f"{path}/{len(kept)}", reading, *fixes, words=words) or "")
        return tuple(kept)

    def _steps(
        self, path: str, reading: MaybeText, fixes: tuple[Fix, ...], *, words: bool
    ) -> tuple[Fix, ...]:
        if not words or not self.correct:
            return fixes
        by_word = self._words(path, reading)
        return (by_word, *fixes) if reading.place.score < 1.0 else (*fixes, by_word)

    def _words(self, path: str, reading: MaybeText) -> Fix:
        field, place = field_of(path), reading.place
        seen = partial(clarity, place=place) if place.score < 1.0 else None
        return lambda text: correct_words(text, field, seen)
