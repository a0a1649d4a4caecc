"""Credit records, in and out of the store."""

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import SocietyId
from services.membership.domain.credit import CreditEntry, CreditKind
from services.membership.store.tables import credit_entries

_INSERT: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


async def enter(conn: AsyncConnection, society: SocietyId, entry: CreditEntry) -> None:
    """Keeps an entry; one that is kept already stays as it is."""
    row = asdict(entry) | {"society": society, "kind": entry.kind.value}
    await conn.execute(_INSERT[conn.dialect.name](credit_entries).values(row).on_conflict_do_nothing())


async def keep_only(conn: AsyncConnection, events: Collection[str], among: Container[str]) -> None:
    """Lets go of the entries, of some societies, that come from none of the events."""
    kept = (await conn.execute(select(credit_entries.c.event, credit_entries.c.society))).all()
    for event in [one.event for one in kept if one.society in among and one.event not in events]:
        await conn.execute(credit_entries.delete().where(credit_entries.c.event == event))


async def entries_of(conn: AsyncConnection, society: SocietyId) -> list[CreditEntry]:
    """The credit record of a society, as it was entered."""
    query = select(credit_entries).where(credit_entries.c.society == society).order_by(credit_entries.c.event)
    return [
        CreditEntry(row.event, CreditKind(row.kind), row.review, row.value, row.as_of, row.recorded_on, row.until)
        for row in (await conn.execute(query)).all()
    ]
