"""The relay: numbers what was committed and copies it onto the bus. Rules 2 and 3 of the design."""

import asyncio
import contextlib
from typing import Any

import msgspec
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError
from sqlalchemy.exc import SQLAlchemyError

from chassis import bus, log, wire
from chassis.database import Database
from chassis.telemetry import Metrics
from chassis.waypoints import passing
from chassis.work import CHANNEL

_PAGE = 1_000
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
        self._metrics = metrics
        self._partitions = partitions
        self._idle = idle
        self._copied: dict[int, int] = {}
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ear: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Says that something was committed."""
        self._woken.set()

    async def start(self) -> None:
        """Begins to copy, whether or not the bus is there yet."""
        self._task = asyncio.create_task(self._run(), name=f"relay {self.speaker}")
        if self._db.dialect == "postgresql":
            self._ear = asyncio.create_task(self._hear_commits(), name=f"relay ear {self.speaker}")

    async def stop(self) -> None:
        """Ends; what is not copied yet is copied after the next start."""
        for task in (self._task, self._ear):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                await self._round(idle=not self._woken.is_set())
                failures, self.trouble = 0, None
            except (RedisError, SQLAlchemyError, OSError) as error:
                self._report(error, first=failures == 0)
                failures += 1
                self._copied.clear()
                await asyncio.sleep(_BACKOFF[min(failures, len(_BACKOFF)) - 1])
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._idle)

    async def _round(self, *, idle: bool) -> None:
        self._woken.clear()
        if idle:
            self._copied.clear()
        await self._number()
        async with self._db.reading() as conn:
            heads = await log.heads(conn, self._partitions)
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
            self._measure(waiting)
            async with self._db.writing() as conn:
                if not await log.number(conn, self._partitions):
                    return

    async def _copy(self, head: log.Head) -> None:
        """Copies one partition up to its head. Where to go on is the stream's own last id."""
        partition = head.partition
        if partition not in self._copied:
            self._copied[partition] = await self._resume(head)
        while self._copied[partition] < head.position:
            async with self._db.reading() as conn:
                page = await log.page(conn, partition, self._copied[partition], _PAGE)
            if not page:
                return
            passing("before-relay")
            await self._send(partition, page)
            passing("after-relay")
            self._copied[partition] = page[-1][0]

    async def _resume(self, head: log.Head) -> int:
        """The stream's last position, if what stands there is what the log has there; else the copy is begun anew."""
        last = await bus.last_entry(self._redis, self.speaker, head.partition)
        if last is None:
            return 0
        position, document = last
        async with self._db.reading() as conn:
            event = await log.event_at(conn, head.partition, position)
        with contextlib.suppress(msgspec.DecodeError):
            if event and wire.decode(document).id == event:
                return position
        structlog.get_logger().error("stream is not a copy of the log: copied anew", speaker=self.speaker, at=position)
        await self._redis.delete(bus.stream(self.speaker, head.partition))
        return 0

    async def _send(self, partition: int, page: list[tuple[int, str]]) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            for position, document in page:
                pipe.xadd(bus.stream(self.speaker, partition), {wire.FIELD: document}, id=f"{position}-0")
            answers = await pipe.execute(raise_on_error=False)
        for answer in answers:
            # "equal or smaller": another relay, or this one before it was interrupted, was here already.
            if isinstance(answer, Exception) and not (
                isinstance(answer, ResponseError) and "equal or smaller" in str(answer)
            ):
                raise answer

    def _measure(self, lag: int) -> None:
        self.lag = lag
        self._metrics.relay_lag_events.set(lag)

    def _report(self, error: Exception, *, first: bool) -> None:
        self.trouble = f"{type(error).__name__}: {error}"
        if first:
            structlog.get_logger().warning("relay waits", speaker=self.speaker, error=self.trouble)

    async def _hear_commits(self) -> None:
        """On PostgreSQL, another process' commit wakes this relay as well."""
        while True:
            with contextlib.suppress(SQLAlchemyError, OSError):
                async with self._db.engine.connect() as conn:
                    driver: Any = (await conn.get_raw_connection()).driver_connection
                    closed = asyncio.Event()
                    driver.add_termination_listener(lambda _, gone=closed: gone.set())
                    await driver.add_listener(CHANNEL, lambda *_: self.wake())
                    await closed.wait()
            await asyncio.sleep(self._idle)
