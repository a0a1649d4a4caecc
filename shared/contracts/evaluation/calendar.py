"""The turn of the day."""

from typing import Literal

from contracts.event import Event
from contracts.values import Day


class DayTurned(Event, type="evaluation.day-turned.v1"):
    """A new day began in the platform's calendar (日切). Told once per day, in order; compliance clocks run on it."""

    subject: Literal["calendar"] = "calendar"
    day: Day
