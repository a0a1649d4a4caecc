"""What was appended, relayed and applied, compared: nothing lost, nothing twice, order per society."""

from collections import defaultdict
from dataclasses import dataclass

from hall import Hall, kept
from sqlalchemy import func, select
from waiting import wait_until

from chassis import bus, wire
from chassis.house import House
from chassis.tables import dead_letters, log, positions

Place = tuple[int, int]
"""Partition and position."""


@dataclass(frozen=True)
class History:
    """One speaker's log and its streams by place, and what one listener kept, in its order."""

    appended: dict[Place, str]
    unnumbered: int
    relayed: dict[Place, str]
    applied: list[tuple[str, str]]
    dead: set[str]
    heard: dict[int, int]

    @property
    def ends(self) -> dict[int, int]:
        """Where each partition of the log ends, of those that say anything."""
        return dict(sorted(self.appended))

    def settled(self) -> bool:
        """Whether the listener is where the log ends."""
        return not self.unnumbered and self.heard == self.ends

    def check(self, *, in_order: bool = True) -> None:
        """Raises AssertionError at the first promise that is broken."""
        for partition, end in self.ends.items():
            positions = [position for part, position in self.appended if part == partition]
            assert positions == list(range(1, end + 1)), f"positions of partition {partition} are not contiguous"
        assert len(set(self.appended.values())) == len(self.appended), "an event has two positions"
        for place, event in self.relayed.items():
            assert self.appended.get(place) == event, f"the stream has another event at {place}"
        told = [event for event, _ in self.applied]
        assert len(set(told)) == len(told), "an event was applied twice"
        assert set(told) | self.dead == set(self.appended.values()), "an event was lost, or came from nowhere"
        assert not set(told) & self.dead, "a dead event was applied"
        if in_order:
            self._check_order()

    def _check_order(self) -> None:
        place = {event: place for place, event in self.appended.items()}
        by_subject: dict[str, list[Place]] = defaultdict(list)
        for event, subject in self.applied:
            by_subject[subject].append(place[event])
        for subject, heard in by_subject.items():
            assert len({partition for partition, _ in heard}) == 1, f"{subject} is on several streams"
            assert heard == sorted(heard), f"events of {subject} were applied out of order"


async def history(hall: Hall, speaker: House, listener: House) -> History:
    """What can be seen now."""
    async with speaker.db.reading() as conn:
        rows = (
            await conn.execute(
                select(log.c.partition, log.c.position, log.c.id).order_by(log.c.partition, log.c.position)
            )
        ).all()
    async with listener.db.reading() as conn:
        # The positions first: each statement sees what was committed before it, and the positions say enough was.
        heard = (await conn.execute(select(positions.c.partition, positions.c.position))).all()
        applied = (await conn.execute(select(kept.c.event, kept.c.subject).order_by(kept.c.ordinal))).all()
        dead = set((await conn.scalars(select(dead_letters.c.id))).all())
    return History(
        appended={(row.partition, row.position): row.id for row in rows if row.position is not None},
        unnumbered=sum(row.position is None for row in rows),
        relayed=await _relayed(hall),
        applied=[(event, subject) for event, subject in applied],
        dead=dead,
        heard=dict(map(tuple, heard)),
    )


async def _relayed(hall: Hall) -> dict[Place, str]:
    return {
        (partition, bus.position_of(id_)): wire.decode(fields[b"event"]).id
        for partition in range(hall.partitions)
        for id_, fields in await hall.bus.xrange(bus.stream("membership", partition))
    }


async def settle(hall: Hall, speaker: House, listener: House, seconds: float = 90.0) -> History:
    """Waits until the listener is where the log ends, and returns the history."""
    await wait_until(lambda: _settled(speaker, listener), seconds)
    seen = await history(hall, speaker, listener)
    assert seen.settled(), "something was said meanwhile"
    return seen


async def _settled(speaker: House, listener: House) -> bool:
    async with speaker.db.reading() as conn:
        # Before the ends: each statement sees what was numbered before it.
        unnumbered = await conn.scalar(select(func.count()).select_from(log).where(log.c.position.is_(None)))
        ends = (await conn.execute(select(log.c.partition, func.max(log.c.position)).group_by(log.c.partition))).all()
    async with listener.db.reading() as conn:
        heard = (await conn.execute(select(positions.c.partition, positions.c.position))).all()
    return not unnumbered and {tuple(row) for row in heard} == {tuple(row) for row in ends}


async def kept_by(listener: House) -> int:
    """How many events a listener keeps."""
    async with listener.db.reading() as conn:
        return len((await conn.execute(select(kept.c.event))).all())
