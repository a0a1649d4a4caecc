"""The turn of the day: said once a new day has come, by the instance that listens."""

import asyncio
import contextlib

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.house import House
from contracts.calendar import day_of, midnight
from contracts.evaluation import DayTurned
from services.evaluation import store


class Calendar:
    """Looks at the clock now and then. A day that is said twice turns once."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to look."""
        self._task = asyncio.create_task(self._keep(), name="calendar")

    async def stop(self) -> None:
        """Ends."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._house.settings.idle_seconds)
            if self._house.listener is None or not self._house.listener.readings:
                continue
            try:
                await self._turn()
            except (SQLAlchemyError, OSError) as error:
                structlog.get_logger().warning("calendar waits", error=repr(error))

    async def _turn(self) -> None:
        async with self._house.db.reading() as conn:
            current = await store.current_day(conn)
        today = day_of(self._house.clock.now())
        if current is None or today > current:
            async with self._house.work() as work:
                work.say(DayTurned(happened_at=midnight(today), day=today))
