"""The kinds of folds; importing the package registers them."""

from services.evaluation.domain.folds import distinct, extremes, records, tally
from services.evaluation.domain.folds.fold import Cells, Fold, Reader, Value, folds

__all__ = ["Cells", "Fold", "Reader", "Value", "distinct", "extremes", "folds", "records", "tally"]
