"""A seat: one partition of one listener, held by lease; reads, fills gaps, applies exactly once. Rules 4 to 8."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import NoReturn

import httpx2
import structlog

from chassis import dead_letters, lease, positions
from chassis.clock import Clock
from chassis.database import Database, unavailable
from chassis.foreign import Foreign, ForeignEvent
from chassis.hearing import Ear, Partition
from chassis.inbox import Delivery
from chassis.positions import Place
from chassis.speakers import Speakers
from chassis.telemetry import Metrics
from chassis.waypoints import passing
from chassis.wire import Heard
from chassis.work import Work
from contracts.calendar import parse_instant

_AT_FIRST = 500
_LONG_SECONDS = 0.05


class Diverged(Exception):  # noqa: N818 - a state of affairs
    """A speaker's log no longer has the event that was applied at our position, or tells what is not the speaker's."""


@dataclass
class Seat:
    """What one instance knows of the partition it holds. All effects go through `absorb`, one batch at a time.

    `turn` is shared by the seats of an instance: what an ear has in memory is one, whatever the partition.
    """

    listener: str
    partition: int
    ear: Ear
    db: Database
    clock: Clock
    speakers: Speakers
    metrics: Metrics
    partitions: int
    batch_size: int
    lease_seconds: float
    said: asyncio.Event
    turn: asyncio.Lock
    epoch: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)
    diverged: dict[str, Foreign | None] = field(default_factory=dict)
    """Speakers of whom nothing is applied: for an event that is not theirs, or None for a history that was changed."""
    over: bool = False
    appetite: int = _AT_FIRST
    """How many events go into one transaction: more while it is short, fewer when it takes long."""

    def __post_init__(self) -> None:
        """Takes no more at once than it may."""
        self.appetite = min(self.appetite, self.batch_size)

    @property
    def part(self) -> Partition:
        """The partition, as the ear has it."""
        return Partition(self.partition, self.partitions)

    def place(self, speaker: str) -> Place:
        """How far this listener has come with one speaker."""
        return self.places.get(speaker, Place())

    async def take(self) -> None:
        """Reads where to go on, once the lease is held."""
        async with self.turn, self.db.reading() as conn:
            self.places = await positions.load(conn, self.listener, self.partition)
            await self.ear.begin(conn, self.part)
        for speaker in self.ear.speakers:
            self.metrics.diverged.labels(speaker, str(self.partition)).set(0)
        self.diverged.clear()

    async def compare(self, speaker: str) -> None:
        """Asks the speaker whether we still share a history; a speaker that is away is asked at the next back-fill.

        Raises:
            Diverged: we do not.
        """
        try:
            shared = await self.speakers.shares(speaker, self.partition, self.place(speaker))
        except ForeignEvent as error:
            self._part_from(speaker, error.found)
        if not shared:
            self._part_from(speaker)
        if self.diverged.get(speaker) is None:
            self._rejoin(speaker)

    async def compare_after(self, foreign: Foreign) -> None:
        """The same, where an event that was not the speaker's is gone from the stream: it may be in the log.

        Raises:
            Diverged: it is, or we do not share a history.
        """
        try:
            await self.speakers.page(foreign.speaker, self.partition, foreign.position - 1, 1)
        except ForeignEvent as error:
            self._part_from(foreign.speaker, error.found)
        self._rejoin(foreign.speaker)
        await self.compare(foreign.speaker)

    def _rejoin(self, speaker: str) -> None:
        self.diverged.pop(speaker, None)
        self.metrics.diverged.labels(speaker, str(self.partition)).set(0)

    def _part_from(self, speaker: str, foreign: Foreign | None = None) -> NoReturn:
        log = structlog.get_logger()
        if speaker not in self.diverged and foreign is None:
            log.error("speaker's history differs from what was applied", listener=self.listener, speaker=speaker)
        if foreign is not None and self.diverged.get(speaker) != foreign:
            log.error("an event is not its speaker's", listener=self.listener, **asdict(foreign))
            self.metrics.foreign_events.labels(speaker, str(self.partition)).inc()
        self.diverged[speaker] = foreign
        self.metrics.diverged.labels(speaker, str(self.partition)).set(1)
        raise Diverged(speaker)

    async def absorb(self, speaker: str, delivery: Delivery) -> None:
        """Applies what the bus delivered: each event once, in order, nothing skipped.

        Any other error than these ends the seat. A commit whose answer was lost may have happened, and only who takes
        the seat anew, with a new epoch, can tell from the database.

        Raises:
            Diverged: the speaker's history was changed.
            lease.Fenced: another instance has the seat.
        """
        async with self.turn:
            if self.over:
                return
            try:
                await self._absorb(speaker, delivery)
            except httpx2.HTTPError as error:
                # The speaker's log is away and there is a gap: it stays until `catch_up`; others need not wait.
                structlog.get_logger().warning("gap stays open", speaker=speaker, error=repr(error))
            except Diverged:
                raise
            except BaseException:
                self.over = True
                raise

    async def catch_up(self, speaker: str) -> None:
        """Applies everything the speaker's log has beyond our position, without the bus."""
        async with self.turn:
            await self._fill(speaker, None)

    async def note_places(self) -> None:
        """Stores how far was read where nothing came of it; until then it would only be read again."""
        async with self.turn:
            if not self.passed_over:
                return
            async with self.db.writing() as conn:
                await lease.confirm(conn, self.listener, self.partition, self.epoch, self.lease_seconds)
                for speaker in self.passed_over:
                    await positions.save(conn, self.listener, speaker, self.partition, self.place(speaker))
            self.passed_over.clear()

    async def settle(self) -> None:
        """Keeps what the ear has still to keep of this partition, though nothing was heard in it."""
        async with self.turn:
            if self.ear.unsettled(self.part):
                work = await self._in_one_transaction(lambda work: self.ear.settle(work, self.part))
                if work.committed():
                    self.said.set()

    async def redrive(self) -> None:
        """Tries again the dead letters somebody asked to have tried again."""
        async with self.turn:
            async with self.db.reading() as conn:
                waiting = await dead_letters.to_redrive(conn, self.listener, self.partition)
            for heard in waiting:
                if heard.speaker not in self.diverged:
                    await self._commit([heard], heard.speaker, None, single=True)

    async def _absorb(self, speaker: str, delivery: Delivery) -> None:
        if speaker in self.diverged:
            return
        passing("after-read")
        here = self.place(speaker)
        if delivery.last <= here.position:
            return
        if delivery.foreign is not None:
            self._part_from(speaker, delivery.foreign)
        batch = delivery.events
        if batch and batch[0].position <= here.position:
            batch = [heard for heard in batch if heard.position > here.position]
        if delivery.whole and _continues(here, batch):
            await self._take_in(batch, speaker)
        else:
            await self._fill(speaker, delivery.last)

    async def _take_in(self, batch: list[Heard], speaker: str) -> None:
        """Applies a batch that goes on where we are, in as many transactions as it takes."""
        while batch:
            now, batch = batch[: self.appetite], batch[self.appetite :]
            started = time.perf_counter()
            await self._commit(now, speaker, Place(now[-1].position, now[-1].id))
            seconds = time.perf_counter() - started
            if seconds > 2 * _LONG_SECONDS:
                self.appetite = max(1, self.appetite // 2)
            elif seconds < _LONG_SECONDS and len(now) == self.appetite:
                self.appetite = min(2 * self.appetite, self.batch_size)

    async def _fill(self, speaker: str, upto: int | None) -> None:
        """Fetches from the speaker's log what the bus did not deliver, or did not deliver whole."""
        await self.compare(speaker)
        self.metrics.gap_backfills.labels(speaker, str(self.partition)).inc()
        while upto is None or self.place(speaker).position < upto:
            try:
                batch = await self.speakers.page(speaker, self.partition, self.place(speaker).position)
            except ForeignEvent as error:
                self._part_from(speaker, error.found)
            if not batch:
                return
            if not _continues(self.place(speaker), batch):
                self._part_from(speaker)
            await self._take_in(batch, speaker)

    async def _commit(self, batch: list[Heard], speaker: str, to: Place | None, *, single: bool = False) -> None:
        """One transaction: effects, what is said in turn, and the new position; event by event if the batch fails."""
        if to is not None and not self.ear.cares(batch):
            self.places[speaker] = to
            self.passed_over.add(speaker)
            return
        started = time.perf_counter()
        try:
            work = await self._transact(batch, speaker, to, single=single)
        except Exception as error:
            if isinstance(error, lease.Fenced) or unavailable(error):
                raise
            structlog.get_logger().warning("batch failed, going event by event", speaker=speaker, error=repr(error))
            work = await self._transact(batch, speaker, to, single=True)
        passing("after-commit")
        if to is not None:
            self.places[speaker] = to
        if work.committed():
            self.said.set()
        self.metrics.batch_seconds.labels(speaker).observe(time.perf_counter() - started)
        self.metrics.events_applied.labels(speaker).inc(len(batch))
        age = (self.clock.now() - parse_instant(batch[-1].recordedtime)).total_seconds()
        self.metrics.listener_lag_seconds.labels(speaker, str(self.partition)).set(age)

    async def _transact(self, batch: list[Heard], speaker: str, to: Place | None, *, single: bool) -> Work:
        async def act(work: Work) -> None:
            sound = await self._sound(batch, work)
            if single:
                await self._one_by_one(sound, work)
            elif sound:
                await self.ear.apply(sound, work)
            if to is not None:
                await positions.save(work.conn, self.listener, speaker, self.partition, to)

        return await self._in_one_transaction(act)

    async def _in_one_transaction(self, act: Callable[[Work], Awaitable[None]]) -> Work:
        """Does something while the lease is held, and writes what is said; nothing of it remains if it fails."""
        work: Work | None = None
        try:
            async with self.db.writing() as conn:
                work = Work(self.listener, conn, self.clock, self.partitions)
                await lease.confirm(conn, self.listener, self.partition, self.epoch, self.lease_seconds)
                await act(work)
                await work.flush()
                passing("before-commit")
        except BaseException:
            if work is not None:
                work.rolled_back()
            raise
        return work

    async def _sound(self, batch: list[Heard], work: Work) -> list[Heard]:
        """A batch without what its own class refuses: that is buried, and keeps nobody waiting."""
        refused = self.ear.refused(batch)
        if not refused:
            return batch
        for heard, error in refused:
            await self._bury(work, heard, error)
        buried = {heard.id for heard, _ in refused}
        return [heard for heard in batch if heard.id not in buried]

    async def _one_by_one(self, batch: list[Heard], work: Work) -> None:
        for heard in batch:
            part = work.part(heard)
            try:
                async with work.conn.begin_nested():
                    await self.ear.apply([heard], part)
            except BaseException as error:
                part.rolled_back()
                if not isinstance(error, Exception) or unavailable(error):
                    raise
                await self._bury(work, heard, error)
            else:
                await dead_letters.forget(work.conn, self.listener, heard.id)
                work.include(part)

    async def _bury(self, work: Work, heard: Heard, error: Exception) -> None:
        structlog.get_logger().error("event buried", listener=self.listener, id=heard.id, type=heard.type)
        await dead_letters.bury(work, self.listener, self.partition, heard, error)


def _continues(place: Place, batch: Sequence[Heard]) -> bool:
    """Whether a batch goes on exactly where we are: each event names the one before it, and none is left out."""
    before = [place.event, *[heard.id for heard in batch]]
    before.pop()
    chained = [heard.previousid for heard in batch] == before
    return chained and batch[-1].position == place.position + len(batch)
