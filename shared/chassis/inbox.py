"""What was read of a stream and is not applied yet: one batch waits while another is applied."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from chassis import bus, wire
from chassis.wire import Heard

_FIELD = wire.FIELD.encode()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the bus delivered at once: its events up to the first entry that is damaged or not where its id says."""

    events: list[Heard]
    whole: bool
    last: int

    @classmethod
    def of(cls, entries: list[tuple[bytes, list[bytes]]]) -> "Delivery":
        """The entries, which are at least one, as the bus has them: an id, and names and values in turn."""
        events: list[Heard] = []
        try:
            for id_, (field, raw) in entries:
                heard = wire.decode(raw)
                if field != _FIELD or int(heard.sequence) != bus.position_of(id_):
                    break
                events.append(heard)
        except (msgspec.DecodeError, ValueError):
            pass
        return cls(events, len(events) == len(entries), bus.position_of(entries[-1][0]))


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
