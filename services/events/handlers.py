"""What this service does when others speak."""

from chassis.hearing import Handlers
from chassis.work import Work
from contracts.membership import SocietyRegistered
from services.events.store import societies

handlers = Handlers()


@handlers.hears(SocietyRegistered)
async def note_registration(event: SocietyRegistered, work: Work) -> None:
    """From now on activities and journals of this society can be recorded."""
    await societies.know(work.conn, event.subject, event.name)
