"""Names and NIPs masked, for reports that leave the house (UU 27/2022)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from sopextract.core.text import fold
from sopextract.lexicon.jabatan import rank_jabatan
from sopextract.model.record import SopRecord

MASKED_NAME = "[nama disamarkan]"
MASKED_NIP = "[NIP disamarkan]"

# 18 digits of a NIP however they are grouped; 15 or more that may be one with digits lost; and
# what follows its label (also the police's and army's NRP): the old 9 digits, letters of an OCR.
_NIP = re.compile(
    r"(?<!\d)\d(?:[ .\-]{0,3}\d){17}(?!\d)"
    r"|(?<!\d)\d(?:[ .]{0,3}\d){14,}"
    r"|(?<=NIP|NRP)[ .:]*[\dOoIlSB](?:[ .\-]?[\dOoIlSB]){6,}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# Titles before a name; those behind it stand after a comma.
_TITLES = frozenset({
    "dr", "drs", "dra", "drg", "drh", "ir", "h", "hj", "prof", "apt", "ns", "kh", "r", "rr", "rd",
    "st", "tb", "lettu", "kapten", "mayor", "kolonel",
})  # fmt: skip
_KEPT = frozenset({"schema_version", "id", "source", "provenance", "doubtful_words"})


@dataclass(slots=True)
class People:
    """The names to look for, folded, by their first word, the longest first; `known` holds texts
    that were masked before."""

    by_first: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def mask(self, text: str) -> str:
        """The text with every name and every NIP masked."""
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = _NIP.sub(MASKED_NIP, self._mask_names(text))
        return found

    def _mask_names(self, text: str) -> str:
        tokens = [(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
        parts: list[str] = []
        at = done = 0
        while at < len(tokens):
            length = self._match([word for word, _, _ in tokens[at : at + 8]])
            if length:
                parts += [text[done : tokens[at][1]], MASKED_NAME]
                done = tokens[at + length - 1][2]
            at += length or 1
        return "".join([*parts, text[done:]]) if parts else text

    def _match(self, words: Sequence[str]) -> int:
        """How many of the first words are a name."""
        for name in self.by_first.get(words[0], ()):
            if tuple(words[: len(name)]) == name:
                return len(name)
        return 0


def mask_records(records: Sequence[SopRecord]) -> list[SopRecord]:
    """The records with the names of all their signers and every NIP masked, wherever they stand.

    A name of one word, and one that is a post ("Kepala Dinas": misread), is looked for in its own
    record alone, or it would take words out of every other. Names in the path of a file go too.
    Single words that were doubted go: they may be parts of a name, which alone cannot be told
    from others.
    """
    names = [name_words(r.disahkan_oleh.nama) for r in records]
    common = [n for n, r in zip(names, records, strict=True) if is_telling(n, r)]
    everyone = make_people(common)
    masked = []
    for own, record in zip(names, records, strict=True):
        if own and own not in everyone.by_first.get(own[0], ()):
            record = mask_record(record, make_people([own]))
        masked.append(mask_record(record, everyone))
    return masked


def mask_texts(texts: Iterable[str], records: Sequence[SopRecord]) -> tuple[str, ...]:
    """Texts about the records, without the names of their signers and without NIPs."""
    people = make_people([name_words(r.disahkan_oleh.nama) for r in records])
    return tuple(people.mask(text) for text in texts)


def mask_record(record: SopRecord, people: People | None = None) -> SopRecord:
    """One record masked; without `people` its own signer is looked for."""
    if people is None:
        people = make_people([name_words(record.disahkan_oleh.nama)])
    data: dict[str, JsonValue] = record.model_dump(mode="json", exclude=set(_KEPT))
    changed = {key: _mask(value, people) for key, value in data.items()}
    if record.disahkan_oleh.nama:
        signer = record.disahkan_oleh.model_copy(update={"nama": MASKED_NAME})
        changed["disahkan_oleh"] = _mask(signer.model_dump(mode="json"), people)
    source = record.source.model_copy(update={"path": people.mask(record.source.path)})
    return SopRecord.model_validate({
        **changed, "id": record.id, "source": source, "provenance": record.provenance,
    })  # fmt: skip


def name_words(name: str | None) -> tuple[str, ...]:
    """The words of a name without its titles, folded; none for None.

    >>> name_words("Hj. RATNA KUSUMADEWI, S.Pi")
    ('ratna', 'kusumadewi')
    """
    words = [fold(w) for w in _WORD.findall((name or "").split(",")[0])]
    while words and words[0] in _TITLES:
        words.pop(0)
    return tuple(words)


def is_telling(words: Sequence[str], record: SopRecord) -> bool:
    """Whether a name can be looked for in other records too."""
    return len(words) > 1 and rank_jabatan(record.disahkan_oleh.nama or "") is None


def make_people(names: Iterable[tuple[str, ...]]) -> People:
    """Names ready to be looked for; those of one or two letters in all are none."""
    by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in names:
        if len("".join(name)) > 2:
            by_first[name[0]].add(name)
    return People(
        {first: sorted(found, key=lambda n: (-len(n), n)) for first, found in by_first.items()}
    )


def _mask(value: JsonValue, people: People) -> JsonValue:
    if isinstance(value, str):
        return people.mask(value)
    if isinstance(value, list):
        return [_mask(v, people) for v in value]
    if isinstance(value, dict):
        return {k: _mask(v, people) for k, v in value.items()}
    return value
