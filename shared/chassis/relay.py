"""The relay: numbers what was committed, has it copied onto the bus, and trimmed there. Rules 2 and 3 of the design."""

import asyncio
import contextlib
from datetime import timedelta

import structlog

from chassis import log
from chassis.clock import Clock
from chassis.copier import Copier
from chassis.database import Database
from chassis.settings import Settings
from chassis.telemetry import Metrics, named
from chassis.trying import Trying
from contracts.calendar import instant

_TRIMMED_EVERY_SECONDS = 600.0
_BREATH_SECONDS = 0.005


class Relay:
    """Copies one service's log onto its streams, each by a copier of its own."""

    def __init__(self, speaker: str, settings: Settings, *, db: Database, clock: Clock, metrics: Metrics) -> None:
        self.speaker = speaker
        self._db = db
        self._clock = clock
        self._idle = settings.idle_seconds
        self._stream_days = settings.stream_days
        url = settings.redis_url.get_secret_value()
        self._copiers = [Copier(speaker, partition, db, url, metrics) for partition in range(settings.partitions)]
        metrics.relay_lag_events.set_function(lambda: sum(copier.behind for copier in self._copiers))
        self._ends: dict[int, int] = {}
        self._trying = Trying("relay waits", speaker=speaker)
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def trouble(self) -> str | None:
        """Why something said is not on the bus; None where nothing is in the way."""
        return self._trying.trouble or next((copier.trouble for copier in self._copiers if copier.trouble), None)

    def wake(self) -> None:
        """Says that something was committed."""
        self._woken.set()

    async def start(self) -> None:
        """Begins to copy, whether or not the bus is there yet."""
        self._stopping.clear()
        for copier in self._copiers:
            copier.start()
        self._tasks = [asyncio.create_task(self._run(), name=f"relay {self.speaker}")]
        if self._stream_days:
            self._tasks.append(asyncio.create_task(self._trim(), name=f"relay trims {self.speaker}"))

    async def stop(self) -> None:
        """Ends; what is not copied yet is copied after the next start."""
        # Drivers were seen to swallow a cancellation: this ends the loops all the same.
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks.clear()
        for copier in self._copiers:
            await copier.stop()

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._round(idle=not self._woken.is_set())
                self._trying.well()
            except Exception as error:  # noqa: BLE001 - a relay that is silent for ever is worse than one that tries again
                await asyncio.sleep(self._trying.failed(error))
                continue
            # What is said meanwhile is copied at once: a busy relay takes but a part of the time of who speaks.
            await asyncio.sleep(_BREATH_SECONDS)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._idle):
                    await self._woken.wait()

    async def _round(self, *, idle: bool) -> None:
        self._woken.clear()
        # Who was woken has something to number, but on SQLite, and need not look first.
        known = self._ends and not idle and self._db.dialect == "postgresql"
        waiting = True if known else await self._look()
        # Only opens a writing transaction when there is something to number: readers do not wait for nothing.
        while waiting:
            async with self._db.writing() as conn:
                grown, waiting = await log.number(conn)
            self._ends |= grown
        for copier in self._copiers:
            copier.ask(self._ends[copier.partition], anew=idle)

    async def _look(self) -> bool:
        """Where each partition ends; whether events wait for their number."""
        async with self._db.reading() as conn:
            self._ends = {head.partition: head.position for head in await log.heads(conn, len(self._copiers))}
            return self._db.dialect == "postgresql" and await log.unnumbered(conn) > 0

    async def _trim(self) -> None:
        """Takes off the streams what is older than they keep, by the clock by which it was recorded."""
        while not self._stopping.is_set():
            before = instant(self._clock.now() - timedelta(days=self._stream_days))
            for copier in self._copiers:
                try:
                    await copier.trim(before)
                except Exception as error:  # noqa: BLE001 - as above
                    structlog.get_logger().warning("stream is not trimmed", speaker=self.speaker, error=named(error))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TRIMMED_EVERY_SECONDS):
                    await self._stopping.wait()
