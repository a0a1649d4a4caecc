"""The listener: one seat per partition, each taken by one instance at a time, each reading every speaker's stream."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import structlog
from faststream import AckPolicy
from faststream.redis import RedisBroker, StreamSub
from faststream.redis.message import RedisBatchStreamMessage
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from chassis import bus, dead_letters, lease, presence
from chassis.clock import Clock
from chassis.database import Database
from chassis.hearing import Ear
from chassis.ids import new_id
from chassis.seat import Diverged, Seat
from chassis.settings import Settings
from chassis.speakers import Speakers
from chassis.telemetry import Metrics, named
from chassis.wire import FIELD

_FIELD = FIELD.encode()
_POLL_MS = 1_000
_log = logging.getLogger(__name__)


class _NotTheBusAgain(logging.Filter):
    """Keeps out what FastStream says of a bus that is away, at every try and with a traceback: the listener says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is about anything else."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, RedisError | OSError)


_log.addFilter(_NotTheBusAgain())
_log.setLevel(logging.WARNING)


async def raw_batch(message: Any) -> RedisBatchStreamMessage:
    """Hands the entries over as they came: what is in them is for the seat to say."""
    return RedisBatchStreamMessage(
        raw_message=message,
        body=[
            (bus.position_of(id_), fields.get(_FIELD, b""))
            for id_, fields in zip(message["message_ids"], message["data"], strict=True)
        ],
        consumer=None,  # type: ignore[arg-type] # there is no consumer group, and nothing to acknowledge
        group=None,
    )


async def as_it_is(message: Any) -> Any:
    """The body, undecoded."""
    return message.body


@dataclass
class Lag:
    """How far a seat is behind one speaker: in events, since when, and since when it has not moved."""

    events: int = 0
    since: float | None = None
    position: int = 0
    moved: float = 0.0


@dataclass
class Reading:
    """One held seat: the broker's connection, its subscribers, how far each has read, and the lags last seen.

    The lease is certainly held up to `until`, a reading of the monotonic clock.
    """

    seat: Seat
    broker: RedisBroker
    until: float
    subscribers: dict[str, Any] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    lags: dict[str, Lag] = field(default_factory=dict)
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None

    @property
    def held(self) -> bool:
        """Whether nobody else can have taken the seat: not so for an instance that was stopped in its tracks."""
        return not self.lost.is_set() and time.monotonic() < self.until

    async def hush(self, *speakers: str) -> None:
        """Stops subscribers; they are made again where the seat is by then."""
        for speaker in speakers:
            self.read.pop(speaker, None)
            subscriber = self.subscribers.pop(speaker, None)
            if subscriber is not None:
                with contextlib.suppress(Exception):
                    await subscriber.stop()


class Listener:
    """Hears what others say, and keeps what follows from it."""

    def __init__(
        self, name: str, ear: Ear, settings: Settings, *, db: Database, clock: Clock, redis: Redis, metrics: Metrics
    ) -> None:
        self.name = name
        self.ear = ear
        self.said = asyncio.Event()
        self.turn = asyncio.Lock()
        self.instance = new_id()
        self.readings: dict[int, Reading] = {}
        self.trouble: str | None = None
        self._settings = settings
        self._db = db
        self._clock = clock
        self._redis = redis
        self._metrics = metrics
        self._speakers = Speakers(settings.peers, settings.service_token.get_secret_value())
        self._tasks: list[asyncio.Task[None]] = []
        self._held: set[int] = set()
        self._share = 0
        self._stopping = False

    async def start(self) -> None:
        """Tries for every partition; those that another instance holds are waited for."""
        self._stopping = False
        self._speakers = Speakers(self._settings.peers, self._settings.service_token.get_secret_value())
        partitions = self._settings.partitions
        self._share = 1 if partitions == 1 else 0
        self._tasks = [
            asyncio.create_task(self._keep(partition), name=f"{self.name} hears partition {partition}")
            for partition in range(partitions)
        ]
        if partitions > 1:
            self._tasks.append(asyncio.create_task(self._share_out(), name=f"{self.name} shares partitions out"))

    def holds(self, partition: int) -> bool:
        """Whether this instance has a partition's lease, as far as it knows."""
        return partition in self._held

    async def stop(self) -> None:
        """Finishes the batch in hand and gives the leases back."""
        # Drivers were seen to swallow a cancellation: the flags end the loops all the same.
        self._stopping = True
        for reading in self.readings.values():
            reading.lost.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._settings.partitions > 1:
            with contextlib.suppress(SQLAlchemyError, OSError):
                async with self._db.writing() as conn:
                    await presence.leave(conn, self.name, self.instance)
        await self._speakers.close()

    @staticmethod
    def seconds_behind(lag: Lag) -> float:
        """Since when a lag exists, in seconds; 0 when there is none."""
        return time.monotonic() - lag.since if lag.since else 0.0

    async def _keep(self, partition: int) -> None:
        """Takes the seat whenever it is free, and sits on it until it is lost."""
        while not self._stopping:
            try:
                until = time.monotonic() + self._settings.lease_seconds
                epoch = await self._acquire(partition)
                if epoch is not None:
                    await self._sit(partition, epoch, until)
                elif not self._held:
                    # Who only stands by is well as soon as it can ask for the lease again.
                    self.trouble = None
            except (SQLAlchemyError, RedisError, OSError, lease.Fenced) as error:
                self._report(error)
            except Exception as error:  # noqa: BLE001 - a listener that is silent for ever is worse than one that tries again
                self.trouble = named(error)
                structlog.get_logger().exception("listener stumbled", listener=self.name)
            await asyncio.sleep(self._settings.lease_seconds / 8)

    def _report(self, error: Exception) -> None:
        before, self.trouble = self.trouble, named(error)
        if before is None:
            structlog.get_logger().warning("listener waits", listener=self.name, error=self.trouble)

    async def _acquire(self, partition: int) -> int | None:
        """The epoch of the lease; None where another instance holds it, or this one has its share already."""
        if len(self._held) >= self._share:
            return None
        self._held.add(partition)
        epoch = None
        try:
            async with self._db.writing() as conn:
                epoch = await lease.acquire(conn, self.name, partition, self.instance, self._settings.lease_seconds)
        finally:
            if epoch is None:
                self._held.discard(partition)
        return epoch

    async def _share_out(self) -> None:
        """Counts the instances that are alive; of the partitions each takes its share, rounded up."""
        seconds = self._settings.lease_seconds
        while not self._stopping:
            try:
                async with self._db.writing() as conn:
                    alive = await presence.note(conn, self.name, self.instance, seconds / 2)
                self._share = -(-self._settings.partitions // alive)
            except (SQLAlchemyError, OSError) as error:
                self._report(error)
            await asyncio.sleep(seconds / 8)

    async def _sit(self, partition: int, epoch: int, until: float) -> None:
        try:
            await self._sit_down(partition, epoch, until)
        finally:
            self._held.discard(partition)

    async def _sit_down(self, partition: int, epoch: int, until: float) -> None:
        seat = Seat(
            listener=self.name,
            partition=partition,
            ear=self.ear,
            db=self._db,
            clock=self._clock,
            speakers=self._speakers,
            metrics=self._metrics,
            partitions=self._settings.partitions,
            lease_seconds=self._settings.lease_seconds,
            said=self.said,
            turn=self.turn,
            epoch=epoch,
        )
        await seat.take()
        broker = RedisBroker(
            self._settings.redis_url.get_secret_value(), logger=_log, socket_connect_timeout=2, socket_timeout=10
        )
        reading = self.readings[partition] = Reading(seat, broker, until)
        holding = asyncio.create_task(self._hold(reading), name=f"{self.name} holds partition {partition}")
        try:
            await self._tend(reading)
        finally:
            self.readings.pop(partition, None)
            holding.cancel()
            await asyncio.wait([holding])
            with contextlib.suppress(Exception):
                await broker.stop()
            with contextlib.suppress(SQLAlchemyError, OSError):
                async with seat.turn, self._db.writing() as conn:
                    await lease.release(conn, self.name, partition, epoch)

    async def _hold(self, reading: Reading) -> None:
        """Keeps the lease, however long the bus or a speaker takes to answer."""
        seat, seconds = reading.seat, self._settings.lease_seconds
        while not reading.lost.is_set():
            until = time.monotonic() + seconds
            try:
                async with self._db.writing() as conn:
                    await lease.confirm(conn, self.name, seat.partition, seat.epoch, seconds)
                reading.until = until
            except Exception as error:  # noqa: BLE001 - whatever it was, the seat is taken anew
                reading.fault = error
                reading.lost.set()
            await asyncio.sleep(seconds / 4)

    async def _tend(self, reading: Reading) -> None:
        """Keeps the subscribers alive, looks for what the bus does not tell, measures the lag."""
        seat = reading.seat
        while not reading.lost.is_set():
            try:
                for speaker in self.ear.speakers:
                    await self._subscribe(reading, speaker)
                    await self._look(reading, speaker, time.monotonic())
                self.trouble = None
            except (RedisError, OSError) as error:
                self._report(error)
                await reading.hush(*self.ear.speakers)
            await seat.note_places()
            await seat.redrive()
            await seat.settle()
            if len(self._held) > self._share and seat.partition == max(self._held):
                return
            async with self._db.reading() as conn:
                self._metrics.dead_letters.set(await dead_letters.count(conn))
            pause = min(self._settings.idle_seconds, self._settings.lease_seconds / 4)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await reading.lost.wait()
        if reading.fault is not None:
            raise reading.fault

    async def _subscribe(self, reading: Reading, speaker: str) -> None:
        """A subscriber per speaker, made after the position is known; made again should it have stopped."""
        current = reading.subscribers.get(speaker)
        if current is not None and current.running:
            return
        with contextlib.suppress(httpx.HTTPError, Diverged):
            await reading.seat.compare(speaker)
        if current is None:
            await reading.broker.connect()
        subscriber = reading.broker.subscriber(
            stream=StreamSub(
                bus.stream(speaker, reading.seat.partition),
                last_id=f"{reading.seat.place(speaker).position}-0",
                batch=True,
                max_records=self._settings.batch_size,
                polling_interval=_POLL_MS,
            ),
            parser=raw_batch,
            decoder=as_it_is,
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
            persistent=False,
            include_in_schema=False,
        )

        async def hear(entries: list[Any]) -> None:
            await self._hear(reading, speaker, entries)

        subscriber(hear)
        # Before it is started: one whose start fails goes on trying by itself, and has to be stopped like any other.
        reading.subscribers[speaker] = subscriber
        await subscriber.start()

    async def _hear(self, reading: Reading, speaker: str, entries: Sequence[tuple[int, bytes]]) -> None:
        """Never lets an error out: a subscriber goes on past a batch anyhow, and who sits down next finds the gap."""
        if reading.lost.is_set():
            return
        reading.read[speaker] = entries[-1][0]
        try:
            await reading.seat.absorb(speaker, entries)
        except Diverged:
            pass
        except Exception as error:  # noqa: BLE001 - see above
            reading.fault = error
            reading.lost.set()

    async def _look(self, reading: Reading, speaker: str, now: float) -> None:
        """Compares our position with the stream's end: the lag, or a stream that ends before what we have applied."""
        seat = reading.seat
        # Before the stream, which only grows: what is beyond its end now was taken away, or is another history.
        place, read = seat.place(speaker), reading.read.get(speaker, 0)
        end = await bus.end(self._redis, speaker, seat.partition)
        lag = reading.lags.setdefault(speaker, Lag(moved=now))
        lag.events = max(0, end.position - place.position)
        lag.since = (lag.since or now) if lag.events else None
        if place.position != lag.position or not lag.events:
            lag.position, lag.moved = place.position, now
        labels = speaker, str(seat.partition)
        self._metrics.listener_lag_events.labels(*labels).set(lag.events)
        self._metrics.oldest_unapplied_seconds.labels(*labels).set(now - lag.since if lag.since else 0.0)
        if read > max(end.position, place.position):
            # The reader waits for positions long to come: the stream was made anew.
            await reading.hush(speaker)
        with contextlib.suppress(httpx.HTTPError, Diverged):
            if end.position < place.position or (end.at == place.position and end.event != place.event):
                await seat.compare(speaker)
            elif lag.events and now - lag.moved > self._settings.lease_seconds:
                await seat.catch_up(speaker)
