"""The membership service: its rooms put together."""

from fastapi import FastAPI

from chassis.clock import Clock
from chassis.house import House
from chassis.settings import Settings
from chassis.web import MIB
from services.membership import api
from services.membership.handlers import handlers

_BATCHES = ("/societies/{society}/members/bulk", "/societies/{society}/members/end-bulk")


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app; it listens to evaluation: its calendar, and what reviews decide."""
    house = House("membership", settings, clock, hears=handlers)
    return house.app(
        *api.routers,
        title="Societas · membership",
        description="The register of societies (学会), their members, organs, meetings, rule books and branches.",
        body_limits=dict.fromkeys(_BATCHES, 2 * MIB),
    )
