"""The societies that membership has told of."""

from collections.abc import Collection, Container
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.federation.store.tables import societies


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
    registered = select(societies.c.code, societies.c.registered_on).where(societies.c.code.in_(codes))
    return {row.code: row.registered_on for row in await conn.execute(registered)}
