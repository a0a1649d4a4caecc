"""What a service does when others speak: handlers by event class, or one function for whole batches."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.wire import Heard
from chassis.work import Work
from contracts.event import Event

E = TypeVar("E", bound=Event)


class Ear(Protocol):
    """Something that listens: whom it hears, and what it makes of a batch in the order of positions."""

    @property
    def speakers(self) -> frozenset[str]:
        """The services whose streams are read."""
        ...

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Whether anything would come of a batch; if not, no transaction is spent on it."""
        ...

    async def begin(self, conn: AsyncConnection, mine: Callable[[str], bool]) -> None:
        """Prepares for the subjects of one partition, which `mine` tells, when this instance has taken its seat."""
        ...

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Applies a batch within the work's transaction; raises to have it tried event by event."""
        ...


class Handlers:
    """An ear made of one handler per event class. Types nobody handles are passed over."""

    def __init__(self) -> None:
        self._handlers: dict[str, Callable[[Any, Work], Awaitable[None]]] = {}

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

    def cares(self, batch: Sequence[Heard]) -> bool:
        """Whether any event of a batch has a handler."""
        return any(heard.type in self._handlers for heard in batch)

    async def begin(self, conn: AsyncConnection, mine: Callable[[str], bool]) -> None:
        """Handlers remember nothing outside the database."""

    async def apply(self, batch: Sequence[Heard], work: Work) -> None:
        """Gives each event to its handler, in order."""
        for heard in batch:
            handler = self._handlers.get(heard.type)
            if handler is not None:
                work.hearing = heard
                await handler(heard.event(), work)
