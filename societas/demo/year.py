"""Years of the story: the first begins on its first day, the next on the anniversary."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the story by its index from 0; both days are included."""

    index: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """How references and titles call it."""
        return str(self.first.year)


def year(first_day: date, index: int) -> Year:
    """The year of that index. The first day is never 29 February."""
    first = first_day.replace(year=first_day.year + index)
    return Year(index, first, first.replace(year=first.year + 1) - timedelta(days=1))


def year_of(first_day: date, day: date) -> int:
    """The index of the year a day is in; negative before the first day."""
    years = day.year - first_day.year
    return years - ((day.month, day.day) < (first_day.month, first_day.day))
