"""The relay: numbers what was committed and copies it onto the bus. Rules 2 and 3 of the design."""

import asyncio
import contextlib
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from chassis import bus, log, wire
from chassis.database import Database
from chassis.telemetry import Metrics, named
from chassis.waypoints import passing
from chassis.work import CHANNEL

_PAGE = 1_000
# One command for a whole page, up to the first entry that is refused: a command for each costs the relay ten times as
# much. It touches one key.
_ADD = f"""
for i = 1, #ARGV, 2 do
    redis.call("XADD", KEYS[1], ARGV[i], "{wire.FIELD}", ARGV[i + 1])
end
"""
_BACKOFF = (0.1, 0.2, 0.5, 1.0, 2.0)


class Relay:
    """Copies one service's log onto its streams. Two at once do no harm: the bus refuses what it already has."""

    def __init__(
        self, speaker: str, db: Database, redis: Redis, metrics: Metrics, *, partitions: int, idle: float
    ) -> None:
        self.speaker = speaker
        self.trouble: str | None = None
        self.lag = 0
        self._db = db
        self._redis = redis
        self._add = redis.register_script(_ADD)
        self._metrics = metrics
        self._partitions = partitions
        self._idle = idle
        self._copied: dict[int, int] = {}
        self._verified: set[int] = set()
        self._stopping = False
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ear: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Says that something was committed."""
        self._woken.set()

    async def start(self) -> None:
        """Begins to copy, whether or not the bus is there yet."""
        self._stopping = False
        self._task = asyncio.create_task(self._run(), name=f"relay {self.speaker}")
        if self._db.dialect == "postgresql":
            self._ear = asyncio.create_task(self._hear_commits(), name=f"relay ear {self.speaker}")

    async def stop(self) -> None:
        """Ends; what is not copied yet is copied after the next start."""
        # Drivers were seen to swallow a cancellation: the flag ends the loop all the same.
        self._stopping = True
        for task in (self._task, self._ear):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                await self._round(idle=not self._woken.is_set())
                failures, self.trouble = 0, None
            except Exception as error:  # noqa: BLE001 - a relay that is silent for ever is worse than one that tries again
                self._report(error, first=failures == 0)
                failures += 1
                self._verified.clear()
                await asyncio.sleep(_BACKOFF[min(failures, len(_BACKOFF)) - 1])
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._idle):
                    await self._woken.wait()

    async def _round(self, *, idle: bool) -> None:
        self._woken.clear()
        if idle:
            self._verified.clear()
        await self._number()
        async with self._db.reading() as conn:
            heads = await log.heads(conn, self._partitions)
        self._measure(sum(max(0, head.position - self._copied.get(head.partition, 0)) for head in heads))
        for head in heads:
            await self._copy(head)
        self._measure(0)

    async def _number(self) -> None:
        """Only opens a writing transaction when there is something to number: readers do not wait for nothing."""
        while True:
            async with self._db.reading() as conn:
                waiting = await log.unnumbered(conn)
            if not waiting:
                return
            async with self._db.writing() as conn:
                if not await log.number(conn, self._partitions):
                    return

    async def _copy(self, head: log.Head) -> None:
        """Copies one partition up to its head. Where to go on is the stream's own last id."""
        partition = head.partition
        if partition not in self._verified or self._copied[partition] > head.position:
            self._copied[partition] = await self._resume(partition)
            self._verified.add(partition)
        while self._copied[partition] < head.position:
            async with self._db.reading() as conn:
                page = await log.page(conn, partition, self._copied[partition], _PAGE)
            if not page:
                return
            passing("before-relay")
            whole = await self._send(partition, page)
            passing("after-relay")
            self._copied[partition] = page[-1][0] if whole else await self._resume(partition)

    async def _resume(self, partition: int) -> int:
        """The stream's last position, if what stands there is what the log has there; else the copy is begun anew."""
        end = await bus.end(self._redis, self.speaker, partition)
        async with self._db.reading() as conn:
            known = await log.event_at(conn, partition, end.position)
            event = await log.event_at(conn, partition, end.at)
        if not end.position or (known and event == end.event):
            return end.position
        structlog.get_logger().error(
            "stream is not a copy of the log: copied anew", speaker=self.speaker, at=end.position
        )
        await self._redis.delete(bus.stream(self.speaker, partition))
        return 0

    async def _send(self, partition: int, page: list[tuple[int, str]]) -> bool:
        """Adds entries; false if the stream had gone as far already: another relay was here, or it is not our copy."""
        entries = [part for position, document in page for part in (f"{position}-0", document)]
        try:
            await self._add(keys=[bus.stream(self.speaker, partition)], args=entries)
        except ResponseError as error:
            if "equal or smaller" not in str(error):
                raise
            return False
        return True

    def _measure(self, lag: int) -> None:
        self.lag = lag
        self._metrics.relay_lag_events.set(lag)

    def _report(self, error: Exception, *, first: bool) -> None:
        self.trouble = named(error)
        if first:
            structlog.get_logger().warning("relay waits", speaker=self.speaker, error=self.trouble)

    async def _hear_commits(self) -> None:
        """On PostgreSQL, another process' commit wakes this relay as well."""
        while True:
            with contextlib.suppress(Exception):
                async with self._db.engine.connect() as conn:
                    driver: Any = (await conn.get_raw_connection()).driver_connection
                    closed = asyncio.Event()
                    driver.add_termination_listener(lambda _, gone=closed: gone.set())
                    await driver.add_listener(CHANNEL, lambda *_: self.wake())
                    await closed.wait()
            await asyncio.sleep(self._idle)
