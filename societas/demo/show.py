"""The demo as a whole: a platform of its own, a story told to it, a report, and an open house afterwards."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import httpx

from chassis.clock import SteppedClock
from chassis.language import N_
from contracts.calendar import midnight
from societas.commands.session import FAILED, Session
from societas.commands.welcome import welcome
from societas.demo.driver import AT_ONCE, Driver
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.progress import Progress
from societas.demo.report import Report, logged, report, settle
from societas.demo.societies import societies
from societas.loop import asked_to_stop
from societas.running import running

if TYPE_CHECKING:
    from societas.embedded import Embedded

MEMORY = "demo.db"
DONE = N_(
    "{societies} societies, {appended} events appended, {relayed} relayed, {applied} applied, {dead} dead, "
    "{missing} missing, {events_per_second} events/s in {seconds} s"
)
HASHES = N_("Ratings: live {hash_live}, folded anew {hash_replayed}")
GOING_ON = N_("The story goes on, one day every {seconds} seconds. Look at {url}")
RESUMED = N_("Going on with day {day}.")
INTERRUPTED = N_("Stopped on the way; the same command goes on from there.")


class Show:
    """One run of the demo on a data directory; a run after an interruption goes on where it was."""

    def __init__(self, session: Session, *, days: int, seed: int, days_a_minute: float | None, port: int) -> None:
        """`days_a_minute` is the pace of the first `days` days; None is as fast as it goes."""
        self.session = session
        self.days = days
        self.pace = days_a_minute
        self.port = port
        self.plan = Plan(societies(), seed)
        self._report: Report | None = None

    async def run(self, *, go_on: float | None) -> int:
        """Tells the story, reports, and goes on at that many days a minute if asked; returns the exit status."""
        async with AsyncExitStack() as stack:
            memory = stack.enter_context(Memory(self.session.data / MEMORY, self.plan.seed))
            clock = SteppedClock(midnight(self.plan.date_of(max(0, memory.next_day - 1))))
            platform = await stack.enter_async_context(running(self.session.data, self.port, clock, demo=True))
            if not self.session.as_json:
                welcome(self.session, platform)
            http = await stack.enter_async_context(_client(platform))
            driver = Driver(self.plan, memory, http, clock.set)
            return await self._until_stopped(self._tell(driver, memory, http, platform, go_on))

    async def _until_stopped(self, story: Coroutine[Any, Any, None]) -> int:
        telling, asked = asyncio.create_task(story), asyncio.create_task(asked_to_stop())
        await asyncio.wait({telling, asked}, return_when=asyncio.FIRST_COMPLETED)
        for task in (telling, asked):
            task.cancel()
        try:
            await telling
        except asyncio.CancelledError:
            if self._report is None:
                self.session.note(INTERRUPTED)
                return 130
        return 0 if self._report is not None and self._report.good else FAILED

    async def _tell(
        self, driver: Driver, memory: Memory, http: httpx.AsyncClient, platform: "Embedded", go_on: float | None
    ) -> None:
        before, begun = logged(await settle(http)), time.monotonic()
        await self._tell_days(driver, memory, http)
        seconds = time.monotonic() - begun
        self._report = await report(http, platform.bus.url, seconds, before)
        self._show(self._report)
        if go_on is None:
            return
        self.session.note(GOING_ON, seconds=round(60 / go_on), url=platform.url)
        while True:
            await driver.tell(memory.next_day, seconds=60 / go_on)

    async def _tell_days(self, driver: Driver, memory: Memory, http: httpx.AsyncClient) -> None:
        if 0 < memory.next_day <= self.days:
            self.session.note(RESUMED, day=memory.next_day)
        with Progress(self.session, http, days=self.days + 1, done=memory.next_day) as progress:
            for day in range(memory.next_day, self.days + 1):
                await driver.tell(day, seconds=60 / self.pace if self.pace else 0.0)
                await progress.day_is_over(self.plan.date_of(day).isoformat())

    def _show(self, result: Report) -> None:
        if self.session.as_json:
            self.session.result(result.as_json())
            return
        values = result.as_json()
        for text in (DONE, HASHES):
            self.session.note(text, **values)


def _client(platform: "Embedded") -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {platform.admin_token}", "Accept-Language": "en"}
    limits = httpx.Limits(max_connections=AT_ONCE + 2, max_keepalive_connections=AT_ONCE + 2)
    return httpx.AsyncClient(base_url=platform.url, headers=headers, limits=limits, timeout=120)
