"""When something may be said to have happened: not in the future, not before the society was registered."""

from collections.abc import Iterator
from datetime import date

from chassis.language import N_
from chassis.refusals import Refusal


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


def faults_of_day(field: str, day: date, *, registered_on: date, today: date) -> Iterator[Refusal]:
    """What is wrong with a day; late records are welcome, so nothing else is."""
    if day > today:
        yield InTheFuture(field=field, value=day, today=today)
    elif day < registered_on:
        yield BeforeRegistration(field=field, value=day, registered_on=registered_on)


def check_day(field: str, day: date, *, registered_on: date, today: date) -> None:
    """Raises InTheFuture or BeforeRegistration."""
    for fault in faults_of_day(field, day, registered_on=registered_on, today=today):
        raise fault
