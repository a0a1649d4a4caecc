"""Duties that come back: by a date every year, so many times in every period."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from chassis.language import N_
from services.evaluation.domain.clocks.clock import Clock, Seen, Told, earliest
from services.evaluation.domain.clocks.duty import Duty
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, NUMBER, TEXT, Need
from services.evaluation.domain.windows import year_named

_MONTHS = 12
_LENGTHS = {"year": 12, "half-year": 6, "quarter": 3}
_LEAP_YEAR = 2000


def _day_of_the_year(text: str) -> str:
    try:
        found = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        found = None
    if found is None or (found.month, found.day) == (2, 29):
        raise ValueError(N_("a date that every year has is written MM-DD, such as 03-31"))
    return text


class Yearly(Clock, kind="yearly", frozen=True):
    """Something is told by a date of every year, of the year before (每年某日之前).

    `year` is the field that says of which year the record is, by a number, a date or a text that begins with one;
    without it, any record of the calendar year counts.
    """

    told: Told
    by: Annotated[str, AfterValidator(_day_of_the_year)]
    year: str | None = None

    def fields(self) -> Iterator[Need]:
        """The field that says the year."""
        if self.year is not None:
            yield Need(("year",), self.told.event, self.year, frozenset({DAY, NUMBER, TEXT}))

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One a year, from the year after the registration on; the last is the next to fall due."""
        facts = self.told.among(seen.records)
        begins = max(seen.registered, self.since.toordinal() if self.since else 1)
        year = max(date.fromordinal(begins).year, date.fromordinal(seen.registered).year + 1)
        while True:
            due = date.fromisoformat(f"{year}-{self.by}").toordinal()
            done = earliest(fact for fact in facts if self._is_of(fact, year))
            yield Duty(self.id, str(year - 1), due, done.day if done else None, (done.id,) if done else ())
            if due >= seen.day:
                return
            year += 1

    def _is_of(self, fact: Fact, year: int) -> bool:
        """Whether a record fulfils what is due in a year."""
        return fact.on.year == year if self.year is None else year_named(fact.data.get(self.year)) == year - 1


class AtLeast(Clock, kind="at-least", frozen=True):
    """Something happens so many times in every period of the calendar (每期至少若干次).

    What happens after a period that went without cures it, late, and counts for its own period too.
    """

    told: Told
    per: Literal["year", "half-year", "quarter"]
    at_least: Annotated[int, Field(ge=1, le=366)] = 1

    def arising(self, seen: Seen) -> Iterator[Duty]:
        """One a period, from that of the registration on; the last is the one that goes on."""
        facts = self.told.among(seen.records)
        begins = date.fromordinal(max(seen.registered, self.since.toordinal() if self.since else 1))
        length = _LENGTHS[self.per]
        first = date(begins.year, (begins.month - 1) // length * length + 1, 1)
        while first.toordinal() <= seen.day:
            after = _later(first, length)
            counted = [fact for fact in facts if fact.day >= first.toordinal()][: self.at_least]
            done = counted[-1].day if len(counted) == self.at_least else None
            last = after - timedelta(days=1)
            yield Duty(self.id, _name(first, self.per), last.toordinal(), done, tuple(fact.id for fact in counted))
            first = after


def _later(first: date, months: int) -> date:
    year, month = divmod(first.year * _MONTHS + first.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)


def _name(first: date, per: str) -> str:
    if per == "year":
        return str(first.year)
    letter = "H" if per == "half-year" else "Q"
    return f"{first.year}{letter}{(first.month - 1) // _LENGTHS[per] + 1}"
