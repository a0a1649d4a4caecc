"""The kinds of scores; importing the package registers them."""

from services.evaluation.domain.scores import amounts, questions, share, table, tiers
from services.evaluation.domain.scores.score import NOT_APPLICABLE, UNKNOWN, Award, Flaw, Outcome, Score, scores

__all__ = [
    "NOT_APPLICABLE",
    "UNKNOWN",
    "Award",
    "Flaw",
    "Outcome",
    "Score",
    "amounts",
    "questions",
    "scores",
    "share",
    "table",
    "tiers",
]
