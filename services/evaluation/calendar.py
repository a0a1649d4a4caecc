"""The turn of the day: said once a new day has come, by the instance that hears the calendar."""

import asyncio
import contextlib
from datetime import date

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.house import House
from chassis.log import partition_of
from chassis.work import Work
from contracts.calendar import day_of, midnight
from contracts.evaluation import DayTurned
from services.evaluation import store
from services.evaluation.reviewing import desk

_FIRST_LOOK_SECONDS = 0.1


class Calendar:
    """Says a day once it has come. A day that two instances say turns once: the second is no later than the first."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._said: date | None = None
        self._partition = partition_of("calendar", house.settings.partitions)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to look at the clock now and then."""
        self._task = asyncio.create_task(self._keep(), name="calendar")

    async def stop(self) -> None:
        """Ends."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def turn(self, work: Work, day: date) -> date | None:
        """Says that a day began; the later day that was said already, if there is one."""
        current = await store.current_day(work.conn)
        if self._said is not None:
            current = max(self._said, current or self._said)
        if current is not None and day <= current:
            return current
        work.say(DayTurned(happened_at=midnight(day), day=day))
        await desk.find_late(work, day)

        def remember() -> None:
            self._said = day

        work.after_commit(remember)
        return None

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._house.settings.idle_seconds if self._said else _FIRST_LOOK_SECONDS)
            listener = self._house.listener
            today = day_of(self._house.clock.now())
            if listener is None or not listener.holds(self._partition):
                continue
            if self._said is not None and today <= self._said:
                continue
            try:
                async with self._house.work(db=self._house.reserved) as work:
                    await self.turn(work, today)
            except (SQLAlchemyError, OSError) as error:
                structlog.get_logger().warning("calendar waits", error=repr(error))
