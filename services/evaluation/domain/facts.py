"""What evaluation was told, as it counts: one flat record per event."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, Self

from chassis.wire import Heard
from contracts.calendar import instant
from contracts.event import Event

_FIRST_HOUR_OF_TOMORROW = "16"


class Fact(NamedTuple):
    """One event in the terms of the evaluation; equal facts are repetitions of one telling.

    ``time`` and ``recorded`` are wire instants (UTC, 27 characters); ``day`` is the ordinal of the date at +08:00 on
    which it happened, the only time a window looks at.
    """

    id: str
    type: str
    subject: str
    time: str
    day: int
    recorded: str
    data: Mapping[str, Any]

    @classmethod
    def make(cls, *, id: str, type: str, subject: str, time: str, recorded: str, data: Mapping[str, Any]) -> Self:  # noqa: A002 — the attributes' names in CloudEvents
        """A fact from its stored columns."""
        return cls(id, type, subject, time, _day(time[:13]), recorded, data)

    @classmethod
    def of(cls, told: Heard) -> Self:
        """A fact from a CloudEvent just heard."""
        return cls(told.id, told.type, told.subject, told.time, _day(told.time[:13]), told.recordedtime, told.data)

    @classmethod
    def of_event(cls, event: Event, *, id: str, recorded: str) -> Self:  # noqa: A002 — the attribute's name in CloudEvents
        """A fact from an event not yet said: what a test or a what-if supposes."""
        return cls.make(
            id=id,
            type=event.type,
            subject=event.subject,
            time=instant(event.happened_at),
            recorded=recorded,
            data=event.data(),
        )

    @property
    def on(self) -> date:
        """The date at +08:00 on which it happened."""
        return date.fromordinal(self.day)


@lru_cache(maxsize=65_536)
def _day(hour: str) -> int:
    """The ordinal of the date at +08:00 of a UTC hour, ``YYYY-MM-DDTHH``."""
    utc = date.fromisoformat(hour[:10])
    return (utc + timedelta(days=hour[11:] >= _FIRST_HOUR_OF_TOMORROW)).toordinal()
