"""The listener: one seat per partition, each taken by one instance at a time, each reading every speaker's stream."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis import dead_letters, lease, presence
from chassis.clock import Clock
from chassis.database import Database, unavailable
from chassis.hearing import Ear
from chassis.ids import new_id
from chassis.reader import Reader
from chassis.seat import Seat
from chassis.settings import Settings
from chassis.speakers import Speakers
from chassis.telemetry import Metrics, named

# Where the partitions' troubles are kept, the trouble of sharing them out.
_SHARING = -1


@dataclass
class Reading:
    """One held seat, and a reader for each speaker.

    The lease is certainly held up to `until`, a reading of the monotonic clock.
    """

    seat: Seat
    until: float
    readers: list[Reader] = field(default_factory=list)
    lost: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None

    @property
    def held(self) -> bool:
        """Whether nobody else can have taken the seat: not so for an instance that was stopped in its tracks."""
        return not self.lost.is_set() and time.monotonic() < self.until

    def fail(self, error: Exception) -> None:
        """Gives the seat up: whoever takes it next finds in the database what was done."""
        self.fault = error
        self.lost.set()


class Listener:
    """Hears what others say, and keeps what follows from it."""

    def __init__(
        self, name: str, ear: Ear, settings: Settings, *, db: Database, clock: Clock, metrics: Metrics
    ) -> None:
        self.name = name
        self.ear = ear
        self.said = asyncio.Event()
        self.turn = asyncio.Lock()
        self.instance = new_id()
        self.readings: dict[int, Reading] = {}
        self._settings = settings
        self._db = db
        self._clock = clock
        self._metrics = metrics
        self._speakers = Speakers.of(name, settings)
        self._troubles: dict[int, str] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._held: set[int] = set()
        self._share = 0
        self._stopping = False
        self.database_away = False

    @property
    def trouble(self) -> str | None:
        """Why something is not heard; None where nothing is in the way."""
        readers = (reader for reading in self.readings.values() for reader in reading.readers)
        return next((one for one in (*self._troubles.values(), *(reader.trouble for reader in readers)) if one), None)

    async def start(self) -> None:
        """Tries for every partition; those that another instance holds are waited for."""
        self._stopping = False
        self._speakers = Speakers.of(self.name, self._settings)
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

    async def _keep(self, partition: int) -> None:
        """Takes the seat whenever it is free, and sits on it until it is lost."""
        while not self._stopping:
            try:
                until = time.monotonic() + self._settings.lease_seconds
                epoch = await self._acquire(partition)
                if epoch is not None:
                    await self._sit(partition, epoch, until)
                elif not self.database_away:
                    # Another instance has it, or takes it: what was wrong with it here is over.
                    self._well(partition)
            except (SQLAlchemyError, OSError, lease.Fenced) as error:
                self._report(partition, error)
            except Exception as error:  # noqa: BLE001 - a listener that is silent for ever is worse than one that tries again
                if named(error) not in self._troubles.values():
                    structlog.get_logger().exception("listener stumbled", listener=self.name)
                self._troubles[partition] = named(error)
            # Whoever takes over waits so much longer than the lease lasts, at most.
            await asyncio.sleep(self._settings.lease_seconds / 16)

    def _report(self, partition: int, error: Exception) -> None:
        first = not self._troubles
        self.database_away = unavailable(error)
        self._troubles[partition] = named(error)
        if first:
            structlog.get_logger().warning("listener waits", listener=self.name, error=self._troubles[partition])

    def _well(self, partition: int) -> None:
        """Nothing is in a partition's way any more."""
        self.database_away = False
        if self._troubles.pop(partition, None) is not None and not self._troubles:
            structlog.get_logger().info("listener goes on", listener=self.name)

    async def _acquire(self, partition: int) -> int | None:
        """The epoch of the lease; None where another instance holds it, or this one has its share already."""
        if len(self._held) >= self._share:
            return None
        self._held.add(partition)
        epoch = None
        try:
            async with self._db.writing() as conn:
                epoch = await lease.acquire(conn, self.name, partition, self.instance, self._settings.lease_seconds)
            self.database_away = False
        except BaseException:
            # The epoch may be known by now, and its commit have failed: it would never be asked for again.
            epoch = None
            raise
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
                self._well(_SHARING)
            except (SQLAlchemyError, OSError) as error:
                self._report(_SHARING, error)
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
            batch_size=self._settings.batch_size,
            lease_seconds=self._settings.lease_seconds,
            said=self.said,
            turn=self.turn,
            epoch=epoch,
        )
        await seat.take()
        reading = self.readings[partition] = Reading(seat, until)
        reading.readers = [
            Reader(speaker, seat, self._settings, self._metrics, lost=reading.lost, fail=reading.fail)
            for speaker in self.ear.speakers
        ]
        duties = [asyncio.create_task(self._hold(reading), name=f"{self.name} holds partition {partition}")]
        duties += [
            asyncio.create_task(reader.run(), name=f"{self.name} reads {reader.speaker}.{partition}")
            for reader in reading.readers
        ]
        try:
            await self._tend(reading)
        finally:
            self.readings.pop(partition, None)
            reading.lost.set()
            for duty in duties:
                duty.cancel()
            await asyncio.wait(duties)
            await asyncio.gather(*(reader.close() for reader in reading.readers))
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
                reading.fail(error)
            await asyncio.sleep(seconds / 4)

    async def _tend(self, reading: Reading) -> None:
        """Keeps what no batch brings with it, until the seat is lost, or given up so that another has its share."""
        seat = reading.seat
        pause = min(self._settings.idle_seconds, self._settings.lease_seconds / 4)
        while not reading.lost.is_set():
            await seat.note_places()
            await seat.redrive()
            await seat.settle()
            if len(self._held) > self._share and seat.partition == max(self._held):
                return
            async with self._db.reading() as conn:
                self._metrics.dead_letters.set(await dead_letters.count(conn))
            self._well(seat.partition)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await reading.lost.wait()
        if reading.fault is not None:
            raise reading.fault
