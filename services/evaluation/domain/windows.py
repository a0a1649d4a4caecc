"""Which days a measure looks at: everything up to the day asked about, or a window that ends on it or before it."""

import calendar
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag, model_validator

from chassis.language import N_

BEGINNING = 1
"""The ordinal of the first date there is: where an endless window begins."""

_MONTHS = 12
_YEAR = len("YYYY")


Span = tuple[int, int]
"""The ordinals of the first and the last day, both included."""

NOTHING: Span = (BEGINNING, BEGINNING - 1)
"""A span without days."""

Times = Annotated[int, Field(ge=0, le=100)]


class Rolling(BaseModel, frozen=True, extra="forbid"):
    """The last so many days, months or years, the day asked about included; ``back``: so many such lengths earlier.

    Months and years are those of the calendar: one month up to 31 March begins on 1 March, up to 30 March too, because
    the day before is the last of February.
    """

    days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    months: Annotated[int, Field(ge=1, le=1_200)] | None = None
    years: Annotated[int, Field(ge=1, le=100)] | None = None
    back: Times = 0

    @model_validator(mode="before")
    @classmethod
    def _one_unit(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(data.keys() - {"back"}) != 1:
            raise ValueError(N_("a window has one length: days, months or years"))
        return data

    def span(self, as_of: int) -> Span:
        """The days it looks at when asked about one."""
        return self._begins(as_of, self.back + 1) + 1, self._begins(as_of, self.back)

    def _begins(self, as_of: int, lengths: int) -> int:
        """The day before the one on which so many lengths begin."""
        if self.days is not None:
            return max(BEGINNING - 1, as_of - lengths * self.days)
        if lengths == 0:
            return as_of
        return _months_before(as_of, lengths * ((self.months or 0) + _MONTHS * (self.years or 0)))


DAY_FORM = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

DayOfYear = Annotated[str, Field(pattern=DAY_FORM)]
"""A day of any year, ``MM-DD``; one that a month does not have is the last it has."""


class CalendarYears(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """So many calendar years (自然年度); the last of them lies ``back`` years before that of the day asked about.

    With ``back: 0`` the last of them is the current year, up to the day asked about. It may begin on a later day of its
    first year, and end on an earlier one of its last.
    """

    calendar_years: Annotated[int, Field(ge=1, le=100)]
    back: Times = 0
    begins: Annotated[DayOfYear, Field(alias="from")] = "01-01"
    ends: Annotated[DayOfYear, Field(alias="until")] = "12-31"

    @model_validator(mode="after")
    def _has_days(self) -> "CalendarYears":
        if self.calendar_years == 1 and self.ends < self.begins:
            raise ValueError(N_("The dates cross: until lies before from"))
        return self

    def span(self, as_of: int) -> Span:
        """The days it looks at when asked about one."""
        year = year_on(as_of) - self.back
        if year < 1:
            return NOTHING
        first, last = _on(max(1, year - self.calendar_years + 1), self.begins), min(as_of, _on(year, self.ends))
        return (first, last) if first <= last else NOTHING


class Fixed(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """From a day on, until a day, both included; without an end, until the day asked about (起止日期)."""

    begins: Annotated[date, Field(alias="from")]
    ends: Annotated[date | None, Field(alias="until")] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Fixed":
        if self.ends is not None and self.ends < self.begins:
            raise ValueError(N_("The dates cross: until lies before from"))
        return self

    def span(self, as_of: int) -> Span:
        """The days it looks at when asked about one."""
        last = as_of if self.ends is None else min(as_of, self.ends.toordinal())
        return (self.begins.toordinal(), last) if self.begins.toordinal() <= last else NOTHING


def _form(data: Any) -> str:
    if not isinstance(data, dict | Rolling | CalendarYears | Fixed):
        return "<word>"
    keys: Any = data if isinstance(data, dict) else ()
    return "<years>" if "calendar_years" in keys else "<fixed>" if "from" in keys or "until" in keys else "<rolling>"


def _word(data: Any) -> Any:
    if data != "calendar-year":
        raise ValueError(N_("a window is calendar-year, or days, months, years, calendar_years, or from and until"))
    return data


Window = (
    Annotated[
        Annotated[Rolling, Tag("<rolling>")]
        | Annotated[CalendarYears, Tag("<years>")]
        | Annotated[Fixed, Tag("<fixed>")]
        | Annotated[Literal["calendar-year"], BeforeValidator(_word), Tag("<word>")],
        Discriminator(_form),
    ]
    | None
)


def span_of(window: Window, as_of: int) -> Span:
    """The days a window looks at when asked about one: up to it, and never beyond."""
    if window is None:
        return BEGINNING, as_of
    if isinstance(window, str):
        return year_of(year_on(as_of))[0], as_of
    return window.span(as_of)


def year_on(day: int) -> int:
    """The calendar year in which a day lies."""
    return date.fromordinal(day).year


def year_named(told: object) -> int | None:
    """The calendar year that a field names: a number, a date, or a text that begins with four digits."""
    if isinstance(told, int):
        return told
    named = str(told)[:_YEAR]
    return int(named) if len(named) == _YEAR and named.isascii() and named.isdigit() else None


def day_named(told: object) -> int | None:
    """The day that a field names, as an ordinal; None if it names none."""
    try:
        return date.fromisoformat(str(told)).toordinal()
    except ValueError:
        return None


def year_of(year: int) -> Span:
    """The days of a calendar year."""
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def _on(year: int, day: str) -> int:
    """The ordinal of a day of the year."""
    month = int(day[:2])
    return date(year, month, min(int(day[3:]), calendar.monthrange(year, month)[1])).toordinal()


def _months_before(ordinal: int, months: int) -> int:
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    if year < 1:
        return 0
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).toordinal()
