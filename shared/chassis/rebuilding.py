"""Rebuilding a listener: back to the last position it shares with each speaker's log, and on from there. Rule 8."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import structlog

from chassis import dead_letters, lease, positions
from chassis.clock import Clock
from chassis.database import Database
from chassis.foreign import ForeignEvent
from chassis.hearing import Ear, Partition, Told
from chassis.ids import new_id
from chassis.language import N_
from chassis.positions import Place
from chassis.refusals import Refusal
from chassis.settings import Settings
from chassis.speakers import Speakers
from chassis.work import Work


class SpeakerSilent(Refusal):
    """A speaker's log cannot be read, so nobody can say what is still in it."""

    slug = "speaker-silent"
    status = 503
    title = N_("A speaker's log cannot be read")
    detail = N_("The log of {value} could not be read ({reason}). Nothing of this partition was changed; try again.")


class ForeignInLog(Refusal):
    """A speaker's log has what another service said, so it tells nobody what to keep."""

    slug = "foreign-in-log"
    status = 409
    title = N_("A speaker's log has an event of another")
    detail = N_(
        "The log of {value}, partition {partition}, has at position {position} an event of source {source} and type "
        "{type}. Nothing of this partition was changed; put that log right first."
    )


class RebuildOvertaken(Refusal):
    """Somebody else took the seat meanwhile."""

    slug = "rebuild-overtaken"
    status = 409
    title = N_("Another rebuild was quicker")
    detail = N_("Partition {value} of {listener} was taken by another instance meanwhile; nothing of it was changed.")


@dataclass(frozen=True, slots=True)
class Rewound:
    """One speaker in one partition: where the listener stood, where it goes on, where the log ends."""

    speaker: str
    partition: int
    before: int
    common: int
    head: int


class Rebuilding:
    """Makes one listener agree again with the logs as they are now."""

    def __init__(self, listener: str, ear: Ear, settings: Settings, *, db: Database, clock: Clock) -> None:
        self._listener = listener
        self._ear = ear
        self._settings = settings
        self._db = db
        self._clock = clock

    async def rebuild(self) -> list[Rewound]:
        """Goes back, partition by partition; whoever sits there is fenced off and takes its seat anew afterwards.

        Raises:
            SpeakerSilent: a log cannot be read.
            ForeignInLog: a log has what is not its speaker's.
            RebuildOvertaken: another rebuild is under way.
        """
        speakers = Speakers.of(self._listener, self._settings)
        done: list[Rewound] = []
        try:
            for partition in range(self._settings.partitions):
                try:
                    done += await self._partition(speakers, partition)
                except lease.Fenced:
                    raise RebuildOvertaken(field="partition", value=partition, listener=self._listener) from None
        finally:
            await speakers.close()
        structlog.get_logger().warning("listener rebuilt", listener=self._listener, common=_told(done))
        return done

    async def _partition(self, speakers: Speakers, partition: int) -> list[Rewound]:
        async with self._seized(partition) as epoch:
            logs = [await _read(speakers, speaker, partition) for speaker in sorted(self._ear.speakers)]
            work: Work | None = None
            try:
                async with self._db.writing() as conn:
                    work = Work(self._listener, conn, self._clock, self._settings.partitions)
                    await lease.confirm(conn, self._listener, partition, epoch, self._settings.lease_seconds)
                    rewound = [await self._rewind(work, told, partition) for told in logs]
                    await work.flush()
            except BaseException:
                if work is not None:
                    work.rolled_back()
                raise
            work.committed()
            return rewound

    async def _rewind(self, work: Work, told: Told, partition: int) -> Rewound:
        conn, listener, speaker = work.conn, self._listener, told.speaker
        part = Partition(partition, self._settings.partitions)
        before = (await positions.load(conn, listener, partition)).get(speaker, Place())
        dead = await dead_letters.dead(conn, listener, speaker, partition)
        common = _common(told.ids, await self._ear.kept(conn, speaker, part) | dead.keys())
        await self._ear.forget(work, told, part)
        await dead_letters.forget_beyond(conn, listener, speaker, partition, common)
        place = Place(common, told.ids[common - 1]) if common else Place()
        await positions.save(conn, listener, speaker, partition, place)
        return Rewound(speaker, partition, before.position, common, len(told.ids))

    @asynccontextmanager
    async def _seized(self, partition: int) -> AsyncIterator[int]:
        """Holds the partition's lease for as long as reading the logs takes."""
        seconds = self._settings.lease_seconds
        async with self._db.writing() as conn:
            epoch = await lease.seize(conn, self._listener, partition, new_id(), seconds)
        holding = asyncio.create_task(self._hold(partition, epoch), name=f"rebuild of partition {partition}")
        try:
            yield epoch
        finally:
            holding.cancel()
            await asyncio.wait([holding])
            async with self._db.writing() as conn:
                await lease.release(conn, self._listener, partition, epoch)

    async def _hold(self, partition: int, epoch: int) -> None:
        seconds = self._settings.lease_seconds
        with contextlib.suppress(lease.Fenced):
            while True:
                await asyncio.sleep(seconds / 4)
                async with self._db.writing() as conn:
                    await lease.confirm(conn, self._listener, partition, epoch, seconds)


async def _read(speakers: Speakers, speaker: str, partition: int) -> Told:
    ids: list[str] = []
    subjects: dict[str, set[str]] = defaultdict(set)
    try:
        while page := await speakers.page(speaker, partition, len(ids)):
            for heard in page:
                ids.append(heard.id)
                subjects[heard.type].add(heard.subject)
    except httpx2.HTTPError as error:
        raise SpeakerSilent(field="speaker", value=speaker, reason=type(error).__name__) from error
    except ForeignEvent as error:
        found = error.found
        where = {"partition": partition, "position": found.position, "source": found.source, "type": found.type}
        raise ForeignInLog(field="speaker", value=speaker, **where) from error
    return Told(speaker, ids, subjects)


def _common(ids: Sequence[str], known: AbstractSet[str]) -> int:
    """The last position up to which everything the log tells was applied."""
    return next((place for place, id_ in enumerate(ids) if id_ not in known), len(ids))


def _told(done: Sequence[Rewound]) -> dict[str, int]:
    return {f"{one.speaker}/{one.partition}": one.common for one in done}
