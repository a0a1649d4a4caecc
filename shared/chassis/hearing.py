"""What a service does when others speak: handlers by event class, or one function for whole batches."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.log import partition_of
from chassis.wire import Heard
from chassis.work import Work
from contracts.event import Event

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Partition:
    """One of so many parts of what is heard; every subject belongs to one of them."""

    number: int = 0
    of: int = 1

    def __contains__(self, subject: object) -> bool:
        """Whether a subject belongs to it."""
        return isinstance(subject, str) and partition_of(subject, self.of) == self.number


@dataclass(frozen=True, slots=True)
class Told:
    """What one partition of a speaker's log tells now: every event's id, in order, and the subjects of each type."""

    speaker: str
    ids: Sequence[str]
    subjects: Mapping[str, AbstractSet[str]]

    def of(self, event: type[Event]) -> AbstractSet[str]:
        """The subjects of which an event class is told."""
        return self.subjects.get(event.type, frozenset())


KeepOnly = Callable[[AsyncConnection, Told, Partition], Awaitable[None]]
"""Lets go of what followed, in a partition, from events that are not told any more."""


class Ear(Protocol):
    """Something that listens: whom it hears, and what it makes of a batch in the order of positions."""

    @property
    def speakers(self) -> frozenset[str]:
        """The services whose streams are read."""
        ...

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Whether anything would come of a batch; if not, no transaction is spent on it."""
        ...

    def refused(self, batch: Sequence[Heard]) -> list[tuple[Heard, ValueError]]:
        """The events of a batch that are dead letters without being applied, each with what is wrong in it."""
        ...

    async def begin(self, conn: AsyncConnection, partition: Partition) -> None:
        """Prepares for the subjects of one partition, when this instance has taken its seat."""
        ...

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Applies a batch within the work's transaction; raises to have it tried event by event."""
        ...

    def unsettled(self, partition: Partition) -> bool:
        """Whether something is to be kept of a partition although nothing is heard in it."""
        ...

    async def settle(self, work: Work, partition: Partition) -> None:
        """Keeps it, within the work's transaction."""
        ...

    async def kept(self, conn: AsyncConnection, speaker: str, partition: Partition) -> AbstractSet[str]:
        """Ids of the kept events of a speaker in one partition; none where only what followed from them is kept."""
        ...

    async def forget(self, work: Work, told: Told, partition: Partition) -> None:
        """Lets go of what followed, in one partition, from events that the speaker's log does not tell any more.

        Every event beyond the last common position is applied again afterwards.
        """
        ...


class Handlers:
    """An ear made of one handler per event class. Types nobody handles are passed over."""

    def __init__(self) -> None:
        self._handlers: dict[str, Callable[[Any, Work], Awaitable[None]]] = {}
        self._forgetting: list[KeepOnly] = []

    @property
    def speakers(self) -> frozenset[str]:
        """The services whose events are handled."""
        return frozenset(type_.partition(".")[0] for type_ in self._handlers)

    @property
    def types(self) -> frozenset[str]:
        """The event types that are handled."""
        return frozenset(self._handlers)

    def hears(
        self, event: type[E]
    ) -> Callable[[Callable[[E, Work], Awaitable[None]]], Callable[[E, Work], Awaitable[None]]]:
        """Marks the handler of one event class."""

        def mark(handler: Callable[[E, Work], Awaitable[None]]) -> Callable[[E, Work], Awaitable[None]]:
            self._handlers[event.type] = handler
            return handler

        return mark

    def forgets(self, keep_only: KeepOnly) -> KeepOnly:
        """Marks what is done, for each speaker, when the listener is rebuilt."""
        self._forgetting.append(keep_only)
        return keep_only

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Whether any event of a batch has a handler."""
        return any(heard.type in self._handlers for heard in batch)

    def refused(self, _batch: Sequence[Heard]) -> list[tuple[Heard, ValueError]]:
        """None: each is read in its own class when its handler gets it, and nobody else's is read."""
        return []

    async def begin(self, conn: AsyncConnection, partition: Partition) -> None:
        """Handlers remember nothing outside the database."""

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Gives each event to its handler, in order."""
        for heard in batch:
            handler = self._handlers.get(heard.type)
            if handler is not None:
                work.hearing = heard
                await handler(heard.event(), work)

    def unsettled(self, _partition: Partition) -> bool:
        """What one partition makes of an event, no other has to keep."""
        return False

    async def settle(self, _work: Work, _partition: Partition) -> None:
        """There is never anything."""

    async def kept(self, _conn: AsyncConnection, _speaker: str, _partition: Partition) -> AbstractSet[str]:
        """Handlers keep no events: whoever is rebuilt begins at the first, so hearing one again must be harmless."""
        return frozenset()

    async def forget(self, work: Work, told: Told, partition: Partition) -> None:
        """Has whatever was marked let go of it."""
        for keep_only in self._forgetting:
            await keep_only(work.conn, told, partition)
