"""Societies, in and out of the store."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import EventId, SocietyId
from contracts.vocabulary import Discipline
from services.membership.domain.societies import Society, UnknownSociety
from services.membership.store.tables import societies

_REGISTERING_LOCK = 0x50C1E701
_COLUMNS = (
    societies.c.code,
    societies.c.name,
    societies.c.credit_code,
    societies.c.discipline,
    societies.c.registered_on,
    societies.c.certified_reason,
)
_ALL = select(*_COLUMNS)
_ONE = _ALL.where(societies.c.code == bindparam("of_code"))
_HELD = _ONE.with_for_update(key_share=True)


async def load(conn: AsyncConnection, code: SocietyId) -> Society:
    """One society, to read. Raises UnknownSociety."""
    return await _one(conn, code, _ONE)


async def hold(conn: AsyncConnection, code: SocietyId) -> Society:
    """One society, held until the transaction ends, so that nobody else writes about it. Raises UnknownSociety."""
    return await _one(conn, code, _HELD)


async def bearing(conn: AsyncConnection, code: SocietyId, credit_code: str) -> list[Society]:
    """Societies that have this code or this credit code; nobody else registers until the transaction ends."""
    if conn.dialect.name == "postgresql":
        await conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _REGISTERING_LOCK})
    same = or_(societies.c.code == code, societies.c.credit_code == credit_code)
    return [_society(row) for row in await conn.execute(_ALL.where(same).order_by(societies.c.code))]


async def add(conn: AsyncConnection, society: Society, event: EventId) -> None:
    """Keeps a new society."""
    await conn.execute(societies.insert(), asdict(society) | {"event": event})


async def page(conn: AsyncConnection, after: SocietyId | None, limit: int) -> Sequence[Society]:
    """Up to `limit` societies after a code, in the order of the codes."""
    query = _ALL.order_by(societies.c.code).limit(limit)
    if after is not None:
        query = query.where(societies.c.code > after)
    return [_society(row) for row in await conn.execute(query)]


async def _one(conn: AsyncConnection, code: SocietyId, query: Select[*tuple[Any, ...]]) -> Society:
    row = (await conn.execute(query, {"of_code": code})).one_or_none()
    if row is None:
        raise UnknownSociety(field="society", value=code)
    return _society(row)


def _society(row: Row[*tuple[Any, ...]]) -> Society:
    discipline = Discipline(row.discipline)
    return Society(row.code, row.name, row.credit_code, discipline, row.registered_on, row.certified_reason)
