"""Records for the supervisors, and leaders, in and out of the store."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import EventId, LeaderId, SocietyEvent, SocietyId
from contracts.membership import LeaderElected
from contracts.vocabulary import LeaderPost
from services.membership.domain.leaders import AGE_LIMIT, Leader, UnknownLeader
from services.membership.domain.records import Record, UnknownRecord
from services.membership.store.tables import elections, leaders, records

_RECORD = select(records)


async def unwithdrawn(
    conn: AsyncConnection, society: SocietyId, type_: type[SocietyEvent], **what: str
) -> Record | None:
    """The record of that type and `key`, or that is `alike`, if there is one that was not withdrawn."""
    same = [records.c[name] == value for name, value in what.items()]
    of_type = _RECORD.where(records.c.society == society, records.c.type == type_.type, *same)
    row = (await conn.execute(of_type.where(records.c.withdrawn_on.is_(None)))).first()
    return None if row is None else _record(row)


async def record(conn: AsyncConnection, society: SocietyId, id_: EventId) -> Record:
    """A record of the society, withdrawn or not. Raises UnknownRecord."""
    row = (await conn.execute(_RECORD.where(records.c.society == society, records.c.event == id_))).one_or_none()
    if row is None:
        raise UnknownRecord(field="event", value=id_)
    return _record(row)


async def add(conn: AsyncConnection, society: SocietyId, record: Record) -> None:
    """Keeps a record."""
    row = asdict(record)
    await conn.execute(records.insert(), row | {"happened_on": row.pop("on"), "society": society})


async def withdraw(conn: AsyncConnection, record: Record, *, today: date, reason: str) -> None:
    """Marks a record as withdrawn."""
    marked = update(records).where(records.c.event == record.event)
    await conn.execute(marked.values(withdrawn_on=today, reason=reason))


async def has_election(conn: AsyncConnection, society: SocietyId, **what: date) -> bool:
    """Whether an election of the council is recorded on that day, or with that end of its term."""
    same = [elections.c[name] == value for name, value in what.items()]
    query = select(elections.c.society).where(elections.c.society == society, elections.c.organ == "council", *same)
    return (await conn.execute(query.limit(1))).first() is not None


async def same_election(conn: AsyncConnection, leader: Leader) -> EventId | None:
    """The event that told of the election of the same person to the same post, if it was not withdrawn."""
    c = leaders.c
    told = (records.c.key == c.id) & (records.c.type == LeaderElected.type)
    query = select(records.c.event).join(leaders, told).where(c.withdrawn_on.is_(None))
    for name in ("society", "post", "born_on", "elected_on", "term_number"):
        query = query.where(c[name] == getattr(leader, name))
    found: EventId | None = await conn.scalar(query.limit(1))
    return found


async def add_leader(conn: AsyncConnection, leader: Leader) -> None:
    """Keeps a leader."""
    await conn.execute(leaders.insert(), asdict(leader))


async def leader(conn: AsyncConnection, society: SocietyId, id_: LeaderId) -> Leader:
    """A leader of the society. Raises UnknownLeader."""
    query = select(leaders).where(leaders.c.society == society, leaders.c.id == id_)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        raise UnknownLeader(field="leader", value=id_)
    return _leader(row)


async def update_leader(conn: AsyncConnection, id_: LeaderId, **changes: Any) -> None:
    """Changes what is kept of a leader."""
    await conn.execute(update(leaders).where(leaders.c.id == id_).values(changes))


async def leaders_of(conn: AsyncConnection, society: SocietyId, after: LeaderId | None, limit: int) -> Sequence[Leader]:
    """Up to `limit` leaders of a society after an id, in the order in which they were recorded."""
    query = select(leaders).where(leaders.c.society == society).order_by(leaders.c.id).limit(limit)
    if after is not None:
        query = query.where(leaders.c.id > after)
    return [_leader(row) for row in await conn.execute(query)]


async def near_the_limit(conn: AsyncConnection, day: date) -> Sequence[Leader]:
    """Leaders of whom something of the age limit may have to be told by that day."""
    born_before = date(day.year - AGE_LIMIT + 1, day.month, 1)
    query = select(leaders).where(leaders.c.born_on < born_before, ~leaders.c.reached, leaders.c.withdrawn_on.is_(None))
    query = query.order_by(leaders.c.id)
    return [_leader(row) for row in await conn.execute(query)]


def _record(row: Row[*tuple[Any, ...]]) -> Record:
    return Record(row.event, row.type, row.key, row.happened_on, row.recorded_by, row.withdrawn_on, row.alike)


def _leader(row: Row[*tuple[Any, ...]]) -> Leader:
    return Leader(
        row.id,
        row.society,
        LeaderPost(row.post),
        row.born_on,
        row.elected_on,
        row.left_on,
        row.warned,
        row.reached,
        row.term_number,
        row.withdrawn_on,
    )
