"""The unit of work: what one request or one batch does, keeps and says, committed together at the edge."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import log, wire
from chassis.clock import Clock
from chassis.correlation import correlation_id, traceparent
from chassis.ids import new_id
from chassis.tokens import Caller
from contracts.calendar import day_of, instant
from contracts.event import Event


class Work:
    """One transaction of one service, and the events it will say if it commits."""

    def __init__(
        self,
        speaker: str,
        conn: AsyncConnection,
        clock: Clock,
        partitions: int,
        hearing: wire.Heard | None = None,
        *,
        caller: Caller | None = None,
    ) -> None:
        """`caller` makes the request whose work this is; what follows from an event or the calendar has none."""
        self.speaker = speaker
        self.conn = conn
        self.clock = clock
        self.hearing = hearing
        self.caller = caller
        self._partitions = partitions
        self._said: list[log.Said] = []
        self._after_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The instant at which whatever is recorded now is recorded."""
        return self.clock.now()

    def today(self) -> date:
        """The day it is in China."""
        return day_of(self.clock.now())

    def new_id(self) -> str:
        """An identifier for a new record."""
        return new_id()

    def say(self, event: Event) -> str:
        """Adds an event to the log when this work commits; returns the event's id.

        Raises:
            ValueError: it is another service's to say.
        """
        if event.speaker != self.speaker:
            raise ValueError(f"{self.speaker} cannot say {event.type}: it is for {event.speaker} to say")
        id_, recorded = new_id(), self.now()
        cause = self.hearing
        document = wire.encode(
            event,
            id_=id_,
            recorded_at=recorded,
            correlation=cause.correlationid if cause else correlation_id(),
            traceparent=cause.traceparent if cause else traceparent(),
            causation=cause.id if cause else "",
        )
        partition = log.partition_of(event.subject, self._partitions)
        account, role = (self.caller.account, self.caller.role) if self.caller else (None, None)
        said = log.Said(id_, partition, event.type, event.subject, instant(recorded), document, account, role)
        self._said.append(said)
        return id_

    def after_commit(self, act: Callable[[], None]) -> None:
        """Does something once the transaction is durable."""
        self._after_commit.append(act)

    def after_rollback(self, act: Callable[[], None]) -> None:
        """Undoes something outside the database if the transaction is not."""
        self._after_rollback.append(act)

    def part(self, hearing: wire.Heard) -> "Work":
        """A part of this work that may fail alone, on a savepoint of the caller's."""
        return Work(self.speaker, self.conn, self.clock, self._partitions, hearing, caller=self.caller)

    def include(self, part: "Work") -> None:
        """Takes over what a part has said and will do."""
        # The same class: a part is this work's own.
        self._said += part._said  # noqa: SLF001
        self._after_commit += part._after_commit  # noqa: SLF001
        self._after_rollback += part._after_rollback  # noqa: SLF001

    async def flush(self) -> None:
        """Writes what was said into the log; the last thing before the commit."""
        await log.append(self.conn, self._said)

    def committed(self) -> bool:
        """Runs what was to be done after the commit; true if anything was said."""
        for act in self._after_commit:
            act()
        return bool(self._said)

    def rolled_back(self) -> None:
        """Runs what was to be undone."""
        for act in reversed(self._after_rollback):
            act()
