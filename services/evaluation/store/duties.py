"""What was told of duties, so that each breach is told once, also after a restart."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from services.evaluation.store.tables import announced_duties


class DutyName(NamedTuple):
    """Which duty of whom."""

    society: str
    clock: str
    key: str


class Announced(NamedTuple):
    """What was told of a duty and stands: the events of its breach and its late fulfilment, and their days."""

    due: int
    breach: str
    fulfilled: int | None = None
    cure: str | None = None


async def duties_announced(conn: AsyncConnection) -> dict[DutyName, Announced]:
    """Everything that was told and stands."""
    rows = (await conn.execute(select(announced_duties))).all()
    return {
        DutyName(row.society, row.clock, row.key): Announced(row.due, row.breach, row.fulfilled, row.cure)
        for row in rows
    }


async def note_duties(conn: AsyncConnection, told: Mapping[DutyName, Announced | None]) -> None:
    """Notes what is told now in the place of what was; None: nothing stands."""
    if not told:
        return
    table, names = announced_duties, list(told)
    for start in range(0, len(names), 200):
        named = tuple_(table.c.society, table.c.clock, table.c.key).in_(names[start : start + 200])
        await conn.execute(table.delete().where(named))
    rows = [name._asdict() | one._asdict() for name, one in told.items() if one is not None]
    if rows:
        await conn.execute(table.insert(), rows)
