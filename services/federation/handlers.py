"""What this service does when others speak."""

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.hearing import Handlers, Partition, Told
from chassis.work import Work
from contracts.membership import SocietyRegistered
from services.federation.store import societies

handlers = Handlers()


@handlers.hears(SocietyRegistered)
async def note_registration(event: SocietyRegistered, work: Work) -> None:
    """From now on this society can found and join federations."""
    await societies.know(work.conn, event.subject, event.name, event.registered_on)


@handlers.forgets
async def forget_others(conn: AsyncConnection, told: Told, partition: Partition) -> None:
    """A society whose registration is not told any more is not known; what was recorded of it stays."""
    if told.speaker == SocietyRegistered.speaker:
        await societies.keep_only(conn, told.of(SocietyRegistered), partition)
