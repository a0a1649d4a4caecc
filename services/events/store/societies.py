"""The societies that membership has told of."""

from collections.abc import Collection, Container

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.domain.refusals import UnknownSociety
from services.events.store.tables import societies


async def know(conn: AsyncConnection, code: str, name: str) -> None:
    """Keeps a society, or its name if it is kept already."""
    same = societies.c.code == code
    if (await conn.execute(societies.update().where(same).values(name=name))).rowcount == 0:
        await conn.execute(societies.insert().values(code=code, name=name))


async def keep_only(conn: AsyncConnection, codes: Collection[str], among: Container[str]) -> None:
    """Lets go of the societies, among some, that have none of the codes."""
    kept = await conn.scalars(select(societies.c.code))
    for code in [one for one in kept if one in among and one not in codes]:
        await conn.execute(societies.delete().where(societies.c.code == code))


async def known(conn: AsyncConnection, codes: Collection[str]) -> frozenset[str]:
    """Those of the codes that belong to a society."""
    return frozenset(await conn.scalars(select(societies.c.code).where(societies.c.code.in_(codes))))


async def hold(conn: AsyncConnection, code: str) -> None:
    """Holds a society until the transaction ends, so that nobody else records of it. Raises UnknownSociety."""
    found = await conn.scalar(select(societies.c.code).where(societies.c.code == code).with_for_update(key_share=True))
    if found is None:
        raise UnknownSociety(field="society", value=code)
