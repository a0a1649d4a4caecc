"""The copy of one partition: a stream brought up to where the log ends. Rule 3 of the design."""

import asyncio
import contextlib
import hashlib

import structlog
from redis.exceptions import NoScriptError, ResponseError

from chassis import bus, log, wire
from chassis.database import Database
from chassis.telemetry import Metrics
from chassis.trying import Trying
from chassis.waypoints import passing

_PAGE = 1_000
# One command for a whole page, up to the first entry that is refused: a command for each costs the relay ten times as
# much. It touches one key.
_ADD = f"""
for i = 1, #ARGV, 2 do
    redis.call("XADD", KEYS[1], ARGV[i], "{wire.FIELD}", ARGV[i + 1])
end
"""
_ADD_SHA = hashlib.sha1(_ADD.encode(), usedforsecurity=False).hexdigest()


class Copier:
    """Copies one partition of a log, over a connection of its own: of a cluster, its node alone may be lost.

    Two at once do no harm: the bus refuses what it already has.
    """

    def __init__(self, speaker: str, partition: int, db: Database, url: str, metrics: Metrics) -> None:
        self.speaker = speaker
        self.partition = partition
        self._trying = Trying("relay waits", speaker=speaker, partition=partition)
        self._stream = bus.stream(speaker, partition)
        self._db = db
        self._client = bus.connect(url)
        self._metrics = metrics
        self._goal = 0
        self._copied = 0
        self._verified = False
        self._asked = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    @property
    def trouble(self) -> str | None:
        """Why the copy waits; None where nothing is in the way."""
        return self._trying.trouble

    @property
    def behind(self) -> int:
        """How many events the log has that the bus does not have yet."""
        return max(0, self._goal - self._copied)

    def start(self) -> None:
        """Begins to do what is asked."""
        self._stopping = False
        self._task = asyncio.create_task(self._run(), name=f"copy of {self._stream}")

    async def stop(self) -> None:
        """Ends; what is not copied yet is copied after the next start."""
        # Drivers were seen to swallow a cancellation: the flag ends the loop all the same.
        self._stopping = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await bus.hang_up(self._client)

    def ask(self, goal: int, *, anew: bool) -> None:
        """Says how far the log goes; `anew` has the stream looked at even if it was seen to go that far."""
        self._goal = goal
        if anew:
            self._verified = False
        if anew or self._copied != goal:
            self._asked.set()

    async def trim(self, before: str) -> None:
        """Takes entries off the stream that were recorded before an instant, about a hundred more or less.

        The last one stays: it shows whose copy the stream is. Who has not read the others finds them in the log.
        """
        end = await bus.end(self._client, self.speaker, self.partition)
        async with self._db.reading() as conn:
            old = await log.last_before(conn, self.partition, before, first=end.first, last=end.at - 1)
        if old < end.first:
            return
        # Of many, the server lets go of some ten thousand at a time.
        while gone := await self._client.xtrim(self._stream, minid=f"{old + 1}-0", approximate=True):
            self._metrics.stream_trimmed.labels(str(self.partition)).inc(gone)

    async def _run(self) -> None:
        while not self._stopping:
            await self._asked.wait()
            self._asked.clear()
            try:
                await self._copy()
                self._trying.well()
            except Exception as error:  # noqa: BLE001 - a relay that is silent for ever is worse than one that tries again
                self._verified = False
                await asyncio.sleep(self._trying.failed(error))
                self._asked.set()

    async def _copy(self) -> None:
        """Copies up to the goal. Where to go on is the stream's own last id."""
        if not self._verified or self._copied > self._goal:
            self._copied = await self._resume()
            self._verified = True
        while self._copied < self._goal:
            async with self._db.reading() as conn:
                page = await log.page(conn, self.partition, self._copied, _PAGE)
            if not page:
                return
            passing("before-relay")
            whole = await self._send(page)
            passing("after-relay")
            self._copied = page[-1][0] if whole else await self._resume()

    async def _resume(self) -> int:
        """The stream's last position, if what stands there is what the log has there; else the copy is begun anew."""
        end = await bus.end(self._client, self.speaker, self.partition)
        self._metrics.stream_entries.labels(str(self.partition)).set(end.entries)
        async with self._db.reading() as conn:
            known = await log.event_at(conn, self.partition, end.position)
            event = await log.event_at(conn, self.partition, end.at)
        if not end.position or (known and event == end.event):
            return end.position
        structlog.get_logger().error(
            "stream is not a copy of the log: copied anew", speaker=self.speaker, at=end.position
        )
        await self._client.delete(self._stream)
        return 0

    async def _send(self, page: list[tuple[int, str]]) -> bool:
        """Adds entries; false if the stream had gone as far already: another relay was here, or it is not our copy."""
        entries = [part for position, document in page for part in (f"{position}-0", document)]
        try:
            try:
                await self._client.evalsha(_ADD_SHA, 1, self._stream, *entries)
            except NoScriptError:
                # To this node alone: a cluster's client would load it into every node, and fail if one is lost.
                await self._client.eval(_ADD, 1, self._stream, *entries)
        except ResponseError as error:
            if "equal or smaller" not in str(error):
                raise
            return False
        return True
