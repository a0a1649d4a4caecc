"""Keeping the board whole: what other instances keep of their partitions is taken from the database as they commit."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import cast

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import lease
from chassis.house import House
from chassis.listener import Listener
from services.evaluation.handlers import LiveRatings

_LOOK_SECONDS = 0.1


class Following:
    """Follows the partitions that this instance does not hold; a standby so has everything when it takes over."""

    def __init__(self, house: House, live: LiveRatings) -> None:
        self._house = house
        self._live = live
        self._listener = cast("Listener", house.listener)
        self._partitions = range(house.settings.partitions)
        self._epochs: dict[int, int] = {}
        self._until = 0.0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to look for what others have kept."""
        self._task = asyncio.create_task(self._keep(), name="following")

    async def stop(self) -> None:
        """Ends."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def whole(self) -> bool:
        """Whether the board is whole: what is held is held for certain, the rest was followed not long ago."""
        held = all(reading.held for reading in self._listener.readings.values())
        return held and time.monotonic() < self._until

    async def catch_up(self) -> None:
        """Takes in all that others have committed by now."""
        if any(not self._listener.holds(partition) for partition in self._partitions):
            async with self.level():
                pass
        else:
            self._until = time.monotonic() + self._house.settings.lease_seconds

    @asynccontextmanager
    async def level(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot, with the board just as that has it until the end."""
        begun = time.monotonic()
        async with self._listener.turn, self._house.reserved.reading() as conn:
            await self._follow(conn, [one for one in self._partitions if not self._listener.holds(one)])
            self._until = begun + self._house.settings.lease_seconds
            yield conn

    async def _follow(self, conn: AsyncConnection, partitions: Sequence[int]) -> None:
        if not partitions:
            return
        epochs = await lease.epochs(conn, self._house.name)
        for partition in partitions:
            if self._epochs.get(partition) == epochs.get(partition, 0) and self._live.knows(partition):
                await self._live.follow(conn, partition)
            else:
                # It has changed hands, and may have been rebuilt.
                await self._live.take_up(conn, partition)
                self._epochs[partition] = epochs.get(partition, 0)

    async def _keep(self) -> None:
        while True:
            try:
                await self.catch_up()
            except (SQLAlchemyError, OSError) as error:
                structlog.get_logger().warning("following waits", error=repr(error))
            await asyncio.sleep(_LOOK_SECONDS)
