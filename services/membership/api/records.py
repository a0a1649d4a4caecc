"""The records of membership that are defined once, at their addresses."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.web import router
from contracts.event import SocietyId
from contracts.membership import RecordWithdrawn
from records import types_in
from records.doors import open_doors
from records.recording import Register
from records.store import Store
from services.membership import records
from services.membership.store import societies
from services.membership.store.tables import plain_records

routes = router("records")


async def _lock(conn: AsyncConnection, society: SocietyId) -> date:
    return (await societies.hold(conn, society)).registered_on


open_doors(routes, Register(Store(plain_records), _lock, RecordWithdrawn), types_in(records))
