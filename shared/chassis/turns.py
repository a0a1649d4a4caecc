"""Work that is done one at a time: who asks waits for a turn, and is refused where too many wait already."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chassis.holding import waits_for
from chassis.language import N_
from chassis.refusals import Refusal

_LONGEST_SECONDS = 60


class TooManyWait(Refusal):
    """As many callers as may wait for their turn wait already."""

    slug = "too-many-wait"
    status = 503
    title = N_("Too many are waiting for this")
    detail = N_(
        "What you ask for is worked out one at a time, and {waiting} callers wait for it already. "
        "Try again in {seconds} seconds."
    )


class Turns:
    """Gives out turns in the order of asking; at most `most_waiting` callers wait, besides the one whose turn it is."""

    def __init__(self, purpose: str, most_waiting: int) -> None:
        """`purpose` names the work in faults of the program."""
        self.waiting = 0
        self._purpose = purpose
        self._most = most_waiting
        self._lock = asyncio.Lock()
        self._seconds = 1.0
        """How long the last turn took."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The caller's turn, once it has come.

        Raises:
            TooManyWait: it would take too long to come.
            WaitsWhileHolding: the caller holds a database connection.
        """
        waits_for(self._purpose)
        if self._lock.locked() and self.waiting >= self._most:
            raise self._refusal()
        self.waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self.waiting -= 1
        begun = time.monotonic()
        try:
            yield
        finally:
            self._seconds = time.monotonic() - begun
            self._lock.release()

    def _refusal(self) -> TooManyWait:
        seconds = min(_LONGEST_SECONDS, math.ceil(self._seconds * (self.waiting + 1)))
        refusal = TooManyWait(waiting=self.waiting, seconds=seconds)
        refusal.retry_after = seconds
        return refusal
