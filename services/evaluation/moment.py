"""When a question is about: how things stood at the end of a day, by what was recorded up to an instant."""

from datetime import date, timedelta
from typing import NamedTuple

from contracts.calendar import day_of, instant, midnight, parse_instant


class Moment(NamedTuple):
    """A day, and a wire instant; without the one it is today, without the other everything is known."""

    as_of: date | None = None
    known_at: str | None = None

    def reached(self, time: str, recorded: str) -> bool:
        """Whether what happened at one wire instant and was recorded at another belongs to it."""
        happened = self.as_of is None or time < self._next_day
        return happened and (self.known_at is None or recorded <= self.known_at)

    def day(self, today: date) -> date:
        """The day that is asked about; nobody knows more of a day than of the one on which it is known."""
        if self.as_of is not None:
            return self.as_of
        return today if self.known_at is None else min(today, day_of(parse_instant(self.known_at)))

    @property
    def _next_day(self) -> str:
        return instant(midnight((self.as_of or date.min) + timedelta(days=1)))


NOW = Moment()
"""Today, and everything known."""
