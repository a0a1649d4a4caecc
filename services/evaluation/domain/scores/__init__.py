"""The kinds of scores; importing the package registers them."""

from typing import Annotated

from services.evaluation.domain.declared import Registered
from services.evaluation.domain.scores import (
    amounts,
    arithmetic,
    composed,
    deductions,
    lists,
    questions,
    share,
    steps,
    table,
    tiers,
)
from services.evaluation.domain.scores.score import Award, Flaw, Outcome, Score, scores

AnyScore = Annotated[Score, Registered("kind", scores)]
"""A score of any kind, as a policy writes it."""

composed.complete(AnyScore)

__all__ = [
    "AnyScore",
    "Award",
    "Flaw",
    "Outcome",
    "Score",
    "amounts",
    "arithmetic",
    "composed",
    "deductions",
    "lists",
    "questions",
    "scores",
    "share",
    "steps",
    "table",
    "tiers",
]
