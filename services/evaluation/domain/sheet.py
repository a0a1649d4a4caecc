"""The measured values of one society, and what people call them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, TypeVar

from services.evaluation.domain.folds.fold import Value
from services.evaluation.domain.points import Number, exact, number_text
from services.evaluation.domain.texts import Text

Values = Mapping[str, Value]
Entry = TypeVar("Entry")


class Sheet(NamedTuple):
    """The values of the measures with their titles, for those who have to put them in words."""

    values: Values
    titles: Mapping[str, Text]

    def number(self, measure: str) -> Number:
        """A measure's value for arithmetic in words; 0 if it cannot be told."""
        value = self.values[measure]
        return value if isinstance(value, int | Fraction) else 0

    def shown(self, measure: str) -> str:
        """A measure's value as people read it; a dash if it cannot be told."""
        value = self.values[measure]
        return "–" if value is None else value if isinstance(value, str) else number_text(value)


def numbers(values: Values, *measures: str) -> list[Number] | None:
    """The measures as numbers; None if one of them cannot be told."""
    found = [values[measure] for measure in measures]
    known = [value for value in found if isinstance(value, int | Fraction)]
    return known if len(known) == len(found) else None


def looked_up(table: Mapping[str, Entry], value: Number | str, otherwise: Entry) -> Entry:
    """What a table says of a word, or of a number that is written in it in any way."""
    if isinstance(value, Fraction):
        return next((entry for word, entry in table.items() if exact(word) == value), otherwise)
    return table.get(str(value), otherwise)
