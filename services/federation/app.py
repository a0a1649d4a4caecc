"""The federation service: its rooms put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.house import House
from chassis.settings import Settings
from services.federation import api
from services.federation.handlers import handlers


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app; it listens to membership."""
    house = House("federation", settings, clock, hears=handlers)
    return house.app(
        *api.routers,
        title="Societas · federation",
        description="Federations of societies (学会联合体): founding, members, joint activities.",
    )
