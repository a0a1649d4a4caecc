"""Keeping the board whole: what other instances keep of their partitions is taken from the database as they commit."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import cast

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import lease
from chassis.house import House
from chassis.listener import Listener
from chassis.trying import Trying
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
        self._until: dict[int, float] = {}
        self._last_whole: datetime | None = None
        self._trying = Trying("following waits")
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
        now = time.monotonic()
        if not all(self._keeps(one) or now < self._until.get(one, 0.0) for one in self._partitions):
            return False
        self._last_whole = self._house.clock.now()
        return True

    def readable(self) -> bool:
        """Whether the board may be shown: it is whole, or was until the database went away."""
        return self.whole() or self.alone()

    def alone(self) -> bool:
        """Whether the board was whole before, and has to do without the database now."""
        outage, lease_seconds = self._house.reserved.outage, self._house.settings.lease_seconds
        away = outage.away or (not self.whole() and outage.silent(lease_seconds))
        return away and self._last_whole is not None

    def as_of(self) -> datetime | None:
        """When the board was last seen whole, if it is not so now."""
        return None if self.whole() else self._last_whole

    async def catch_up(self) -> None:
        """Takes in all that others have committed by now."""
        if not all(map(self._keeps, self._partitions)):
            async with self.level():
                pass

    def _keeps(self, partition: int) -> bool:
        """Whether only this instance can store anything in a partition: it has the lease, not just asked for it."""
        reading = self._listener.readings.get(partition)
        return reading is not None and reading.held

    @asynccontextmanager
    async def level(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot, with the board just as that has it until the end."""
        begun = time.monotonic()
        async with self._listener.turn, self._house.reserved.reading() as conn:
            others = [one for one in self._partitions if not self._keeps(one)]
            await self._follow(conn, others)
            self._until |= dict.fromkeys(others, begun + self._house.settings.lease_seconds)
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
                self._trying.well()
                self.whole()
            except (SQLAlchemyError, OSError) as error:
                self._trying.failed(error)
            await asyncio.sleep(_LOOK_SECONDS)
