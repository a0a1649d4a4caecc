"""Days of the calendar here, instants on the wire."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

CST = timezone(timedelta(hours=8), "CST")
"""China standard time, UTC+8 all the year: the calendar in which every ``*_on`` date is meant."""

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def midnight(day: date) -> datetime:
    """The first instant of a day, aware, at +08:00."""
    return datetime.combine(day, time.min, CST)


def day_of(instant: datetime) -> date:
    """The date at +08:00 on which an aware instant falls.

    Raises:
        ValueError: the instant has no time zone, so it falls on no date.
    """
    return _aware(instant).astimezone(CST).date()


def instant(moment: datetime) -> str:
    """An aware moment in wire form, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``: UTC, 27 characters, sorts as it follows in time.

    Raises:
        ValueError: the moment has no time zone.
    """
    return _aware(moment).astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_instant(text: str) -> datetime:
    """The aware UTC moment that a wire form says.

    Raises:
        ValueError: the text is not exactly ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, or no such moment exists.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"not an instant of the form YYYY-MM-DDTHH:MM:SS.ffffffZ: {text!r}")
    return datetime.fromisoformat(text)


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"has no time zone: {moment!r}")
    return moment
