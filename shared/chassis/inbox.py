"""What was read of a stream and is not applied yet: one batch waits while another is applied."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from chassis import bus, wire
from chassis.foreign import Foreign, own
from chassis.wire import Heard

_FIELD = wire.FIELD.encode()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the bus delivered at once: its events up to the first entry that is damaged or not where its id says.

    `foreign` is an entry that the stream's speaker cannot have written; where there is one, the events end before it.
    """

    events: list[Heard]
    whole: bool
    last: int
    foreign: Foreign | None = None

    @classmethod
    def of(cls, entries: list[tuple[bytes, list[bytes]]], speaker: str, partition: int) -> "Delivery":
        """The entries of a speaker's stream, at least one, as the bus has them: an id, and names and values in turn."""
        events: list[Heard] = []
        foreign: Foreign | None = None
        is_own = own(speaker)
        try:
            for id_, (field, raw) in entries:
                heard = wire.decode(raw)
                if not is_own(heard):
                    foreign = Foreign(speaker, partition, bus.position_of(id_), heard.source, heard.type)
                    break
                if field != _FIELD or int(heard.sequence) != bus.position_of(id_):
                    break
                events.append(heard)
        except (msgspec.DecodeError, ValueError):
            pass
        return cls(events, len(events) == len(entries), bus.position_of(entries[-1][0]), foreign)


class Inbox:
    """Hands deliveries on one after the other, and takes one more while the database is busy with the last."""

    def __init__(self, hand_on: Callable[[Delivery], Awaitable[None]], name: str) -> None:
        """`hand_on` lets no error out."""
        self._hand_on = hand_on
        self._waiting: asyncio.Queue[Delivery | None] = asyncio.Queue(1)
        self._task = asyncio.create_task(self._empty(), name=name)

    async def put(self, delivery: Delivery) -> None:
        """Takes a delivery as soon as there is room for it."""
        await self._waiting.put(delivery)

    async def close(self) -> None:
        """Finishes the batch in hand; the one that waits is read again by whoever reads next."""
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)
        await asyncio.wait([self._task])

    async def _empty(self) -> None:
        while (delivery := await self._waiting.get()) is not None:
            await self._hand_on(delivery)
