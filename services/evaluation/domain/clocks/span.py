"""Lengths of time, counted from a day on or back: days, working days, months, years."""

import calendar
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, model_validator

from chassis.language import N_

_MONTHS = 12
_SATURDAY = 5
_UNITS = frozenset({"days", "working_days", "months", "years"})


class Span(BaseModel, frozen=True, extra="forbid"):
    """So many days, working days, months or years.

    Months and years are those of the calendar; a day that the month does not have is its last one. Working days are
    Monday to Friday, unless `holidays` takes days away and `workdays` adds some (调休).
    """

    days: Annotated[int, Field(ge=0, le=36_600)] | None = None
    working_days: Annotated[int, Field(ge=1, le=1_000)] | None = None
    months: Annotated[int, Field(ge=1, le=1_200)] | None = None
    years: Annotated[int, Field(ge=1, le=100)] | None = None
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _one_unit(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(_UNITS & data.keys()) != 1:
            raise ValueError(N_("a span has one length: days, working_days, months or years"))
        return data

    def after(self, day: int) -> int:
        """The ordinal of the day so long after."""
        return self._from(day, 1)

    def before(self, day: int) -> int:
        """The ordinal of the day so long before."""
        return self._from(day, -1)

    def _from(self, day: int, step: int) -> int:
        if self.days is not None:
            return day + step * self.days
        if self.working_days is not None:
            return self._working(day, step, self.working_days)
        return _months_from(day, step * ((self.months or 0) + _MONTHS * (self.years or 0)))

    def _working(self, day: int, step: int, left: int) -> int:
        while left:
            day += step
            left -= self._works(date.fromordinal(day))
        return day

    def _works(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.holidays)


def _months_from(ordinal: int, months: int) -> int:
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).toordinal()
