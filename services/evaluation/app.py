"""The evaluation service: its rooms put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.house import House
from chassis.settings import Settings
from services.evaluation import api
from services.evaluation.calendar import Calendar
from services.evaluation.handlers import LiveRatings
from services.evaluation.stream import Audience


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app; it listens to everybody, its own calendar included."""
    live = LiveRatings()
    house = House("evaluation", settings, clock, hears=live)
    audience = Audience(live.board)
    live.on_commit = lambda: audience.note(live.applied)
    calendar = Calendar(house)
    house.starting += [audience.start, calendar.start]
    house.stopping += [calendar.stop, audience.stop]
    app = house.app(
        *api.routers,
        title="Societas · evaluation",
        description="Ratings (评价) of societies: live, explained, and reproducible on any past day.",
    )
    app.state.board = live.board
    app.state.audience = audience
    app.state.calendar = calendar
    return app
