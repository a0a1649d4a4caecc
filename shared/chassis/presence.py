"""Which instances of a listener are alive, so that they share its partitions out evenly."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Executable, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.lease import PRESENT
from chassis.tables import instances


def _noting(insert: Callable[[Table], Any]) -> Executable:
    statement = insert(instances)
    noted: Executable = statement.on_conflict_do_update(
        index_elements=["listener", "instance"], set_={"expires": statement.excluded.expires}
    )
    return noted


_NOTE = {"sqlite": _noting(sqlite.insert), "postgresql": _noting(postgresql.insert)}


async def note(conn: AsyncConnection, listener: str, instance: str, seconds: float) -> int:
    """Says that an instance is alive for so long; returns how many are, itself included."""
    now = float(await conn.scalar(select(PRESENT[conn.dialect.name])) or 0.0)
    ours = instances.c.listener == listener
    await conn.execute(delete(instances).where(ours, ~instances.c.expires.between(now, now + 2 * seconds)))
    await conn.execute(_NOTE[conn.dialect.name], {"listener": listener, "instance": instance, "expires": now + seconds})
    return int(await conn.scalar(select(func.count()).select_from(instances).where(ours)) or 1)


async def leave(conn: AsyncConnection, listener: str, instance: str) -> None:
    """Says that an instance ends."""
    gone = (instances.c.listener == listener) & (instances.c.instance == instance)
    await conn.execute(delete(instances).where(gone))
