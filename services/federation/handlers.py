"""What this service does when others speak."""

from chassis.hearing import Handlers
from chassis.work import Work
from contracts.membership import SocietyRegistered
from services.federation.store import societies

handlers = Handlers()


@handlers.hears(SocietyRegistered)
async def note_registration(event: SocietyRegistered, work: Work) -> None:
    """From now on this society can found and join federations."""
    await societies.know(work.conn, event.subject, event.name)
