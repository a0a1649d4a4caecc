"""Days on which something is said to have happened."""

from datetime import date

from services.events.domain.refusals import InTheFuture


def happened(day: date, *, field: str, today: date) -> None:
    """Lets today and every day before pass; records may be late.

    Raises:
        InTheFuture: the day is after today.
    """
    if day > today:
        raise InTheFuture(field=field, value=day, today=today)
