"""Federations and their memberships, in and out of the store."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.vocabulary import FederationField
from services.federation.domain.federations import Federation, Membership
from services.federation.domain.refusals import UnknownFederation
from services.federation.store.tables import federations, memberships

_FOUNDING_LOCK = 0x50C1E703


async def taken(conn: AsyncConnection, id_: str) -> bool:
    """Whether a federation has this id; nobody else founds any until the transaction ends."""
    if conn.dialect.name == "postgresql":
        await conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FOUNDING_LOCK})
    return await conn.scalar(select(federations.c.id).where(federations.c.id == id_)) is not None


async def add(conn: AsyncConnection, federation: Federation) -> None:
    """Keeps a new federation with its founders."""
    row = {"id": federation.id, "name": federation.name, "field": federation.field.value}
    await conn.execute(federations.insert(), row | {"founded_on": federation.founded_on})
    for place in range(len(federation.memberships)):
        await add_membership(conn, federation, place)


async def add_membership(conn: AsyncConnection, federation: Federation, place: int = -1) -> None:
    """Keeps one membership of a federation, the last unless told otherwise."""
    position = range(len(federation.memberships))[place]
    one = federation.memberships[position]
    await conn.execute(
        memberships.insert().values(
            federation=federation.id,
            place=position,
            society=one.society,
            founder=one.founder,
            admitted_on=one.admitted_on,
        )
    )


async def end_membership(conn: AsyncConnection, federation: Federation, society: str, reason: str) -> None:
    """Keeps when, and why, a society's latest membership ended."""
    places = [place for place, one in enumerate(federation.memberships) if one.society == society]
    same = (memberships.c.federation == federation.id) & (memberships.c.place == places[-1])
    released_on = federation.memberships[places[-1]].released_on
    await conn.execute(memberships.update().where(same).values(released_on=released_on, reason=reason))


async def load(conn: AsyncConnection, id_: str) -> Federation:
    """One federation, to read. Raises UnknownFederation."""
    return await _one(conn, id_, locked=False)


async def hold(conn: AsyncConnection, id_: str) -> Federation:
    """One federation, held until the transaction ends, so that nobody else changes it. Raises UnknownFederation."""
    return await _one(conn, id_, locked=True)


async def page(conn: AsyncConnection, *, after: str | None, limit: int) -> list[Federation]:
    """Up to `limit` federations after an id, in the order of their ids."""
    query = select(federations).order_by(federations.c.id).limit(limit)
    if after is not None:
        query = query.where(federations.c.id > after)
    return await _whole(conn, (await conn.execute(query)).all())


async def _one(conn: AsyncConnection, id_: str, *, locked: bool) -> Federation:
    query = select(federations).where(federations.c.id == id_)
    rows = (await conn.execute(query.with_for_update(key_share=True) if locked else query)).all()
    if not rows:
        raise UnknownFederation(field="federation", value=id_)
    return (await _whole(conn, rows))[0]


async def _whole(conn: AsyncConnection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Federation]:
    theirs = memberships.c.federation.in_([row.id for row in rows])
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in await conn.execute(select(memberships).where(theirs).order_by(memberships.c.place)):
        found[row.federation].append(Membership(row.society, row.founder, row.admitted_on, row.released_on))
    return [
        Federation(row.id, row.name, FederationField(row.field), row.founded_on, tuple(found[row.id])) for row in rows
    ]
