"""Which days a measure looks at: everything up to the day asked about, or a window that ends on it."""

import calendar
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from chassis.language import N_

BEGINNING = 1
"""The ordinal of the first date there is: where an endless window begins."""

_MONTHS = 12


class Rolling(BaseModel, frozen=True, extra="forbid"):
    """The last so many days, months or years, the day asked about included.

    Months and years are those of the calendar: one month up to 31 March begins on 1 March, up to 30 March too, because
    the day before is the last of February.
    """

    days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    months: Annotated[int, Field(ge=1, le=1_200)] | None = None
    years: Annotated[int, Field(ge=1, le=100)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_unit(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(data) != 1:
            raise ValueError(N_("a window has one length: days, months or years"))
        return data

    def begins(self, as_of: int) -> int:
        """The ordinal of its first day."""
        if self.days is not None:
            return max(BEGINNING, as_of - self.days + 1)
        return max(BEGINNING, _months_before(as_of, (self.months or 0) + _MONTHS * (self.years or 0)) + 1)


Window = Rolling | Literal["calendar-year"] | None


def first_day(window: Window, as_of: int) -> int:
    """The ordinal of the first day a window looks at when it ends on ``as_of``, which is its last."""
    if window is None:
        return BEGINNING
    if isinstance(window, Rolling):
        return window.begins(as_of)
    return date(date.fromordinal(as_of).year, 1, 1).toordinal()


def _months_before(ordinal: int, months: int) -> int:
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    if year < 1:
        return 0
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).toordinal()
