"""One row of an alignment while it grows."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopextract.compare.comparison import Relation

# Steps of a row that a newcomer is compared with. More change little (tools/measure_families.py:
# 8 instead of 6 gives 0.0002 of F1) and take time.
ROW_SAMPLE = 6


@dataclass(slots=True)
class Placed:
    """One row while it grows: steps by their position in the bank, with the sheet of each and how
    it belongs there; `sample` are those that a newcomer is compared with."""

    steps: list[int] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    relations: list[Relation | None] = field(default_factory=list)
    sample: list[int] = field(default_factory=list)

    def add(self, step: int, sheet: int, relation: Relation | None = None) -> None:
        """One more step; it joins the sample while that is short."""
        self.steps.append(step)
        self.sheets.append(sheet)
        self.relations.append(relation)
        if len(self.sample) < ROW_SAMPLE and relation in (None, "tukar"):
            self.sample.append(step)

    def mark(self, step: int, sheet: int, relation: Relation | None) -> None:
        """Say how a step belongs to the row; it is added where it does not stand there yet."""
        if step in self.steps:
            self.relations[self.steps.index(step)] = relation
        else:
            self.add(step, sheet, relation)

    def drop(self, sheet: int) -> None:
        """Without the steps of a sheet."""
        gone: set[int] = set()
        while sheet in self.sheets:  # once or twice, in a list of as many as there are sheets
            at = self.sheets.index(sheet)
            gone.add(self.steps.pop(at))
            del self.sheets[at], self.relations[at]
        sample = [step for step in self.sample if step not in gone]
        for step, relation in zip(self.steps, self.relations, strict=True):
            if len(sample) >= ROW_SAMPLE:
                break
            if step not in sample and relation in (None, "tukar"):
                sample.append(step)
        self.sample = sample or self.steps[:1]
