"""The kinds of folds; importing the package registers them."""

from typing import Annotated

from services.evaluation.domain.declared import Registered
from services.evaluation.domain.folds import distinct, extremes, members, records, reductions, tally, years
from services.evaluation.domain.folds.fold import Cells, Fold, Reader, Value, folds

AnyFold = Annotated[Fold, Registered("fold", folds)]
"""A fold of any kind, as a policy writes it."""

years.complete(AnyFold)

__all__ = [
    "AnyFold",
    "Cells",
    "Fold",
    "Reader",
    "Value",
    "distinct",
    "extremes",
    "folds",
    "members",
    "records",
    "reductions",
    "tally",
    "years",
]
