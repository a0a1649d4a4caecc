"""The societies that membership has told of."""

from collections.abc import Collection, Container
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.domain.refusals import UnknownSociety
from services.events.store.tables import societies

_REGISTERED = select(societies.c.code, societies.c.registered_on)
_HELD = _REGISTERED.where(societies.c.code == bindparam("of_code")).with_for_update(key_share=True)


async def know(conn: AsyncConnection, code: str, name: str, registered_on: date) -> None:
    """Keeps a society, or what is told of one that is kept already."""
    told = {"name": name, "registered_on": registered_on}
    if (await conn.execute(societies.update().where(societies.c.code == code).values(told))).rowcount == 0:
        await conn.execute(societies.insert(), told | {"code": code})


async def keep_only(conn: AsyncConnection, codes: Collection[str], among: Container[str]) -> None:
    """Lets go of the societies, among some, that have none of the codes."""
    kept = await conn.scalars(select(societies.c.code))
    for code in [one for one in kept if one in among and one not in codes]:
        await conn.execute(societies.delete().where(societies.c.code == code))


async def known(conn: AsyncConnection, codes: Collection[str]) -> dict[str, date | None]:
    """Those of the codes that belong to a society, with the day of its registration where that was told."""
    found = await conn.execute(_REGISTERED.where(societies.c.code.in_(codes)))
    return {row.code: row.registered_on for row in found}


async def lock(conn: AsyncConnection, code: str) -> None:
    """Holds a society, if it is known, until the transaction ends."""
    await conn.execute(_HELD, {"of_code": code})


async def hold(conn: AsyncConnection, code: str) -> date | None:
    """Holds a society until the transaction ends, so that nobody else records of it; the day of its registration.

    Raises:
        UnknownSociety: membership has not told of it.
    """
    found = (await conn.execute(_HELD, {"of_code": code})).one_or_none()
    if found is None:
        raise UnknownSociety(field="society", value=code)
    registered_on: date | None = found.registered_on
    return registered_on
