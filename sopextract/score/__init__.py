"""Accuracy against hand-made records."""

from sopextract.score.report import Bin, Observation, ScoreReport, Tally
from sopextract.score.score import score
from sopextract.score.seal import is_sealed, seal, seal_text

__all__ = [
    "Bin",
    "Observation",
    "ScoreReport",
    "Tally",
    "is_sealed",
    "score",
    "seal",
    "seal_text",
]
