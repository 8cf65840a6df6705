"""Archives in which most procedures have one sheet, and few have two or three."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tools.made_families.families import MadeSop, make_families
from tools.made_families.many import make_many

MANY = 2000  # sheets of one template, of which a hundred procedures are taken
SIZES = (1, 1, 1, 1, 2, 2, 3)


def make_sparse(rng: random.Random, seed: int, count: int) -> Iterator[list[MadeSop]]:
    """`count` archives of a seed's topics and their look-alikes, then as many of one template."""
    for whole in (list(make_families(seed)), list(make_many(MANY, seed))):
        members: dict[str, list[MadeSop]] = {}
        for one in whole:
            members.setdefault(one.family, []).append(one)
        for _ in range(count):
            made = [
                one
                for own in members.values()
                for one in rng.sample(own, min(len(own), rng.choice(SIZES)))
            ]
            rng.shuffle(made)
            yield made
