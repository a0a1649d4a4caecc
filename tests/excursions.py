"""A service of the tests' own with one kind of record: there is nothing of it but event, definition and tables."""

from datetime import date
from enum import StrEnum

from fastapi import FastAPI
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.clock import Clock
from chassis.house import House
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.settings import Settings
from chassis.tables import NAMING
from chassis.web import router
from contracts.event import PlainRecord, RecordId, SocietyId, Withdrawal
from contracts.values import Count, Day, Several
from records import Record, RecordType, field, part, values
from records.doors import open_doors
from records.recording import Register
from records.store import Store
from records.tables import tables_of
from services.rights import DONE_BY_A_SOCIETY

REGISTERED_ON = date(1991, 6, 30)
NOWHERE = "nowhere"


class Ground(StrEnum):
    WETLAND = "wetland"
    FOREST = "forest"


class ExcursionMade(PlainRecord, type="excursions.excursion-made.v1"):
    """A society went out to look at birds. Told once."""

    ground: Ground
    walkers: Several
    members: Count
    made_on: Day


class ExcursionWithdrawn(Withdrawal, type="excursions.record-withdrawn.v1", of=PlainRecord):
    """The record of an excursion was wrong."""

    record: RecordId


class Excursion(Record, path="excursions", label=N_("Activity"), event=ExcursionMade, day="made_on"):
    """Excursions of a society."""

    ground: Ground = field(N_("Kind"))
    walkers: values.Several = field(N_("Participants"), example=12)
    members: values.Count = field(N_("Members"), example=9)
    made_on: values.Day = field(N_("Held on"), example="2025-06-28")


class UnknownGround(Refusal):
    slug = "unknown-ground"
    status = 404


async def require_ground(conn: AsyncConnection, society: SocietyId, ground: Ground) -> None:
    if society == "A-19" and ground == Ground.WETLAND:
        raise UnknownGround(field="ground", value=ground)


EXCURSIONS = RecordType(
    Excursion, DONE_BY_A_SOCIETY, rules=(part("members", of="walkers"),), refers={"ground": require_ground}
)
METADATA = MetaData(naming_convention=NAMING)
TABLES = tables_of(METADATA)


async def _lock(conn: AsyncConnection, society: SocietyId) -> date:
    return REGISTERED_ON


def build(settings: Settings, clock: Clock) -> FastAPI:
    """The service as an ASGI app."""
    routes = router("excursions")
    open_doors(routes, Register(Store(TABLES), _lock, ExcursionWithdrawn), (EXCURSIONS,))
    return House("excursions", settings, clock).app(routes, title="Excursions", description="Records of excursions.")


async def create_tables(app: FastAPI) -> None:
    async with app.state.service.db.writing() as conn:
        await conn.run_sync(METADATA.create_all)
