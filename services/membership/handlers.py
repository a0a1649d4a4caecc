"""What this service does when others speak."""

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.hearing import Handlers, Partition, Told
from chassis.work import Work
from contracts.calendar import day_of
from contracts.evaluation import ClassAssigned, DayTurned, SanctionImposed
from services.membership.domain.credit import CreditEntry, CreditKind
from services.membership.notices import tell
from services.membership.store import credit
from services.membership.store import supervision as store

handlers = Handlers()


@handlers.hears(ClassAssigned)
async def note_class(event: ClassAssigned, work: Work) -> None:
    """The class that a review gave goes into the society's credit record."""
    entry = CreditEntry(
        event=_heard(work),
        kind=CreditKind.CLASS,
        review=event.review,
        value=event.category,
        as_of=event.as_of,
        recorded_on=day_of(event.happened_at),
    )
    await credit.enter(work.conn, event.subject, entry)


@handlers.hears(SanctionImposed)
async def note_sanction(event: SanctionImposed, work: Work) -> None:
    """So does a sanction, with its end if it has one."""
    entry = CreditEntry(
        event=_heard(work),
        kind=CreditKind.SANCTION,
        review=event.review,
        value=event.sanction.value,
        as_of=None,
        recorded_on=day_of(event.happened_at),
        until=event.until,
    )
    await credit.enter(work.conn, event.subject, entry)


@handlers.hears(DayTurned)
async def look_at_ages(event: DayTurned, work: Work) -> None:
    """Tells of every leader whom the day brings near the limit, or over it."""
    for leader in await store.near_the_limit(work.conn, event.day):
        await tell(leader, event.day, work)


@handlers.forgets
async def forget_entries(conn: AsyncConnection, told: Told, partition: Partition) -> None:
    """An entry whose event is not told any more leaves the credit record."""
    if told.speaker == ClassAssigned.speaker:
        await credit.keep_only(conn, frozenset(told.ids), partition)


def _heard(work: Work) -> str:
    return work.hearing.id if work.hearing is not None else ""
