"""The events service: its rooms put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.house import House
from chassis.settings import Settings
from services.events import api
from services.events.handlers import handlers


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app; it listens to membership."""
    house = House("events", settings, clock, hears=handlers)
    return house.app(
        *api.routers,
        title="Societas · events",
        description="Academic activities (学术活动) and journals (期刊) of the societies.",
    )
