"""Days and moments as a request may name them, and when something may be said to have happened."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

from chassis.language import N_
from chassis.refusals import Refusal
from contracts import values
from contracts.calendar import midnight

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""No society of today is older, and nothing is planned for later. A century more or less is a date all the same."""


_INSTANT = re.compile("[0-9]{4}-")


def _outside() -> PydanticCustomError:
    first, last = str(FIRST_DAY), str(LAST_DAY)
    return PydanticCustomError("day_bounds", "a day from {first} to {last} is meant", {"first": first, "last": last})


def _near(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _outside()
    return day


def _written_as_an_instant(value: Any) -> Any:
    # pydantic alone would read 0.5 as seconds since 1970.
    if isinstance(value, str) and not _INSTANT.match(value):
        raise PydanticCustomError("datetime_form", "an instant is written YYYY-MM-DDTHH:MM:SS and its zone")
    return value


def _on_a_near_day(moment: datetime) -> datetime:
    if not midnight(FIRST_DAY) <= moment < midnight(LAST_DAY) + timedelta(days=1):
        raise _outside()
    return moment


Day = Annotated[values.Day, AfterValidator(_near)]
"""A day as a request may name it. Events are read whatever day they name: what was told once is never narrowed."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written_as_an_instant), AfterValidator(_on_a_near_day)]
"""An instant with its time zone, on such a day."""


class InTheFuture(Refusal):
    """Only what has happened is recorded."""

    slug = "in-the-future"
    title = N_("A day in the future")
    detail = N_("{value} has not come yet; the latest possible day is {today}.")


class BeforeRegistration(Refusal):
    """A society does nothing before it is registered."""

    slug = "before-registration"
    title = N_("Before the society was registered")
    detail = N_("{value} is before the society was registered on {registered_on}.")


def faults_of_day(field: str, day: date, *, registered_on: date | None, today: date | None) -> Iterator[Refusal]:
    """What is wrong with a day; late records are welcome, so nothing else is.

    `registered_on` is None where nobody has told, `today` where the day may lie ahead.
    """
    if today is not None and day > today:
        yield InTheFuture(field=field, value=day, today=today)
    elif registered_on is not None and day < registered_on:
        yield BeforeRegistration(field=field, value=day, registered_on=registered_on)


def check_day(field: str, day: date, *, registered_on: date | None = None, today: date | None = None) -> None:
    """Raises InTheFuture or BeforeRegistration."""
    for fault in faults_of_day(field, day, registered_on=registered_on, today=today):
        raise fault
