"""The societies that membership has told of."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.store.tables import societies


async def know(conn: AsyncConnection, code: str, name: str) -> None:
    """Keeps a society, or its name if it is kept already."""
    same = societies.c.code == code
    if (await conn.execute(societies.update().where(same).values(name=name))).rowcount == 0:
        await conn.execute(societies.insert().values(code=code, name=name))


async def known(conn: AsyncConnection, codes: Collection[str]) -> frozenset[str]:
    """Those of the codes that belong to a society."""
    return frozenset(await conn.scalars(select(societies.c.code).where(societies.c.code.in_(codes))))
