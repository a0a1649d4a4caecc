"""The turn of the day."""

from datetime import date
from typing import Literal

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from contracts.calendar import day_of
from contracts.event import Event
from contracts.values import Day


class DayTurned(Event, type="evaluation.day-turned.v1"):
    """A new day began in the platform's calendar (日切). Told once per day, in order; compliance clocks run on it."""

    subject: Literal["calendar"] = "calendar"
    day: Day

    @field_validator("day")
    @classmethod
    def _of_its_own_time(cls, day: date, info: ValidationInfo) -> date:
        moment = info.data.get("happened_at")
        if moment is not None and day_of(moment) != day:
            raise PydanticCustomError("day_of_its_time", "a day turns at its own midnight")
        return day
