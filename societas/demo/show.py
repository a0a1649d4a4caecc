"""The demo as a whole: a platform of its own, a story told to it, a report, and an open house afterwards."""

import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import httpx2

from chassis.clock import SteppedClock
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from societas.commands.session import FAILED, Session
from societas.commands.welcome import welcome
from societas.demo.apart import Apart
from societas.demo.driver import caller
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.progress import Progress, Ticker
from societas.demo.report import Report, logged, report, settle
from societas.demo.societies import societies
from societas.premises import Premises
from societas.running import running

if TYPE_CHECKING:
    from societas.embedded import Embedded

MEMORY = "demo.db"
STOPPED = 130
FOUNDING = N_("Founding: {societies} societies")
CHECKING = N_("Checking: every log is folded again")
DONE = N_(
    "{societies} societies, {appended} events appended, {relayed} relayed, {applied} applied, {dead} dead, "
    "{missing} missing, {events_per_second} events/s in {seconds} s"
)
HASHES = N_("Ratings: live {hash_live}, folded anew {hash_replayed}")
GOING_ON = N_("The story goes on, one day every {seconds} seconds. Look at {url}")
RESUMED = N_("Going on with day {day}.")
INTERRUPTED = N_("Stopped on the way; the same command goes on from there.")


class RealRecords(Refusal):
    """The data directory holds records that nobody has marked as made up."""

    slug = "real-records"
    title = N_("This data directory holds records of its own")
    detail = N_(
        "A platform keeps its records in {value}; a demo would mix made-up ones with them. "
        "Choose another directory with --data."
    )


class Show:
    """One run of the demo on its premises; a run after an interruption goes on where it was."""

    def __init__(
        self, session: Session, premises: Premises, *, days: int, seed: int, days_a_minute: float | None
    ) -> None:
        """`days_a_minute` is the pace of the first `days` days; None is as fast as it goes.

        Raises:
            RealRecords: the data directory is not a demo's.
        """
        if premises.used and not premises.generated:
            raise RealRecords(field="data", value=session.directory)
        self.session = session
        self.premises = premises
        self.days = days
        self.pace = days_a_minute
        self.plan = Plan(societies(), seed)
        self._next_day = 0
        self._report: Report | None = None

    async def run(self, *, go_on: float | None) -> None:
        """Tells the story, reports, and goes on at that many days a minute if asked, until it is cancelled."""
        async with AsyncExitStack() as stack:
            memory = self.premises.data / MEMORY
            with Memory(memory, self.plan.seed) as known:
                self._next_day = known.next_day
            self.premises.mark_generated()
            clock = SteppedClock(midnight(self.plan.date_of(max(0, self._next_day - 1))))
            platform = await stack.enter_async_context(running(self.premises, clock))
            if not self.session.as_json:
                welcome(self.session, platform)
            http = await stack.enter_async_context(caller(platform.url, platform.admin_token))
            driver = Apart(self.plan, memory, platform.url, platform.admin_token, clock.set)
            await self._tell(await stack.enter_async_context(driver), http, platform, go_on)

    def status(self) -> int:
        """The exit status: whether what was told came out well, or that it was interrupted before, which is said."""
        if self._report is None:
            self.session.note(INTERRUPTED)
            return STOPPED
        return 0 if self._report.good else FAILED

    async def _tell(self, driver: Apart, http: httpx2.AsyncClient, platform: "Embedded", go_on: float | None) -> None:
        async with Progress(self.session.language, http) as progress:
            before, begun = logged(await settle(http)), time.monotonic()
            await self._tell_days(driver, progress)
            seconds = time.monotonic() - begun
            progress.counting.part(self.session.say(CHECKING))
            self._report = await report(http, platform.bus.url, seconds, before)
        self._show(self._report)
        if go_on is None:
            return
        self.session.note(GOING_ON, seconds=round(60 / go_on), url=platform.url)
        async with Ticker(self.session.language, http):
            while True:
                await self._tell_day(driver, seconds=60 / go_on)

    async def _tell_days(self, driver: Apart, progress: Progress) -> None:
        """Day 0 has as many requests as a fifth of the year: they are counted; of the others, the days."""
        if self._next_day:
            self.session.note(RESUMED, day=self._next_day)
        else:
            requests = len(self.plan.day(0))
            progress.counting.part(self.session.say(FOUNDING, societies=len(self.plan.cast)), total=requests)
            await self._tell_day(driver, on_answers=progress.counting.step)
        if self._next_day > self.days:
            return
        first = self.plan.date_of(self._next_day).isoformat()
        progress.counting.part(first, total=self.days, done=self._next_day - 1)
        while self._next_day <= self.days:
            await self._tell_day(driver, seconds=60 / self.pace if self.pace else 0.0)
            progress.counting.step(what=self.plan.date_of(self._next_day - 1).isoformat())

    async def _tell_day(
        self, driver: Apart, seconds: float = 0.0, on_answers: Callable[[int], None] = lambda _: None
    ) -> None:
        await driver.tell(self._next_day, seconds, on_answers)
        self._next_day += 1

    def _show(self, result: Report) -> None:
        if self.session.as_json:
            self.session.result(result.as_json())
            return
        values = result.as_json()
        for text in (DONE, HASHES):
            self.session.note(text, **values)
