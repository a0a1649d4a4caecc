"""What was appended, relayed and applied, compared: nothing lost, nothing twice, order per society."""

from collections import defaultdict
from dataclasses import dataclass

from hall import Hall, kept
from sqlalchemy import select
from waiting import wait_until

from chassis import bus, wire
from chassis.house import House
from chassis.tables import dead_letters, log, positions


@dataclass(frozen=True)
class History:
    """One speaker's log by position, its stream by entry id, and what one listener kept, in its order."""

    appended: dict[int, str]
    unnumbered: int
    relayed: dict[int, str]
    applied: list[tuple[str, str]]
    dead: set[str]
    position: int

    def settled(self) -> bool:
        """Whether the listener is where the log ends."""
        return not self.unnumbered and self.position == max(self.appended, default=0)

    def check(self, *, in_order: bool = True) -> None:
        """Raises AssertionError at the first promise that is broken."""
        assert list(self.appended) == list(range(1, len(self.appended) + 1)), "positions are not contiguous"
        assert len(set(self.appended.values())) == len(self.appended), "an event has two positions"
        for position, event in self.relayed.items():
            assert self.appended.get(position) == event, f"the stream has another event at {position}"
        told = [event for event, _ in self.applied]
        assert len(set(told)) == len(told), "an event was applied twice"
        assert set(told) | self.dead == set(self.appended.values()), "an event was lost, or came from nowhere"
        assert not set(told) & self.dead, "a dead event was applied"
        if in_order:
            self._check_order()

    def _check_order(self) -> None:
        place = {event: position for position, event in self.appended.items()}
        by_subject: dict[str, list[int]] = defaultdict(list)
        for event, subject in self.applied:
            by_subject[subject].append(place[event])
        for subject, heard in by_subject.items():
            assert heard == sorted(heard), f"events of {subject} were applied out of order"


async def history(hall: Hall, speaker: House, listener: House) -> History:
    """What can be seen now."""
    async with speaker.db.reading() as conn:
        rows = (await conn.execute(select(log.c.position, log.c.id).order_by(log.c.position))).all()
    async with listener.db.reading() as conn:
        # The position first: each statement sees what was committed before it, and the position says enough was.
        position = await conn.scalar(select(positions.c.position))
        applied = (await conn.execute(select(kept.c.event, kept.c.subject).order_by(kept.c.ordinal))).all()
        dead = set((await conn.scalars(select(dead_letters.c.id))).all())
    entries = await hall.bus.xrange(bus.stream("membership", 0))
    return History(
        appended={row.position: row.id for row in rows if row.position is not None},
        unnumbered=sum(row.position is None for row in rows),
        relayed={bus.position_of(id_): wire.decode(fields[b"event"]).id for id_, fields in entries},
        applied=[(event, subject) for event, subject in applied],
        dead=dead,
        position=position or 0,
    )


async def settle(hall: Hall, speaker: House, listener: House, seconds: float = 30.0) -> History:
    """Waits until the listener is where the log ends, and returns the history."""
    seen: list[History] = []

    async def settled() -> bool:
        seen[:] = [await history(hall, speaker, listener)]
        return seen[0].settled()

    await wait_until(settled, seconds)
    return seen[0]


async def kept_by(listener: House) -> int:
    """How many events a listener keeps."""
    async with listener.db.reading() as conn:
        return len((await conn.execute(select(kept.c.event))).all())
