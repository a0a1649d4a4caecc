"""Connections of a service that are all in use."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from waiting import wait_until

from chassis.database import Database


@asynccontextmanager
async def used_up(db: Database) -> AsyncIterator[None]:
    """Every connection that requests may have is held by somebody, until the block ends."""
    pool: Any = db.engine.pool
    most = pool.size() + pool._max_overflow  # noqa: SLF001 - the pool has no other name for it
    enough = asyncio.Event()

    async def hold() -> None:
        async with db.reading():
            await enough.wait()

    holders = [asyncio.create_task(hold()) for _ in range(most)]
    await wait_until(lambda: pool.checkedout() == most)
    try:
        yield
    finally:
        enough.set()
        await asyncio.gather(*holders)
