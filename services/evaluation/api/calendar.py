"""HTTP of the calendar: the day the live ratings are of, and its turn."""

from datetime import date
from typing import cast

from fastapi import Request
from pydantic import BaseModel

from chassis import days
from chassis.web import Writing, router
from services.evaluation.api.asked import board_of
from services.evaluation.api.refusals import FutureDay
from services.evaluation.board import NOT_YET
from services.evaluation.calendar import Calendar
from services.rights import EVALUATION

calendar = router("calendar")


class Turned(BaseModel):
    """The day of the calendar, and whether this request turned it."""

    day: date
    turned: bool


@calendar.get("/days/current", dependencies=[EVALUATION["days"].may_read])
async def current_day(request: Request) -> Turned:
    """The day the live ratings are of."""
    board = board_of(request)
    return Turned(day=board.day, turned=board.day != NOT_YET)


class Day(BaseModel, extra="forbid"):
    """A day to turn to."""

    day: days.Day


@calendar.post("/days", dependencies=[EVALUATION["days"].may_record])
async def turn_day(wanted: Day, request: Request, work: Writing) -> Turned:
    """Turns the calendar to a day that has come; a day that was turned already stays as it is."""
    if wanted.day > work.today():
        raise FutureDay(field="day", value=wanted.day.isoformat(), today=work.today().isoformat())
    later = await cast("Calendar", request.app.state.calendar).turn(work, wanted.day)
    return Turned(day=later or wanted.day, turned=later is None)
