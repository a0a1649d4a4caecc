"""The reader: what one speaker puts on the bus, for one seat. Rules 4 and 5 of the design."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from faststream import AckPolicy
from faststream.redis import RedisBroker, RedisClusterBroker, StreamSub
from faststream.redis.message import RedisBatchStreamMessage

from chassis import bus
from chassis.foreign import Foreign
from chassis.inbox import Delivery, Inbox
from chassis.seat import Diverged, Seat
from chassis.settings import Settings
from chassis.telemetry import Metrics
from chassis.trying import Trying

_POLL_MS = 1_000
_log = logging.getLogger(__name__)


class _NotTheBusAgain(logging.Filter):
    """Keeps out what FastStream says of a bus that is away, at every try and with a traceback: the reader says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is about anything else."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, bus.AWAY)


_log.addFilter(_NotTheBusAgain())
_log.setLevel(logging.WARNING)


def in_one(response: Any, **_options: Any) -> list[tuple[bytes, list[tuple[bytes, Any]]]]:
    """What the bus answers to XREAD, all that was read of a stream as one entry: the last's id, and the entries.

    So nobody goes through them on the way: neither redis-py, which makes a dict of each, nor FastStream.
    """
    streams = response.items() if isinstance(response, dict) else response or ()
    return [(name, [(entries[-1][0], entries)]) for name, entries in streams]


async def raw_batch(message: Any) -> RedisBatchStreamMessage:
    """Hands the entries over as they came: what is in them is for the seat to say."""
    return RedisBatchStreamMessage(
        raw_message=message,
        body=message["data"][0],
        consumer=None,  # type: ignore[arg-type] # there is no consumer group, and nothing to acknowledge
        group=None,
    )


def broker_of(url: str) -> RedisBroker:
    """A broker of the bus, not connected yet."""
    cluster = bus.seeds(url)
    if cluster is None:
        return RedisBroker(
            url,
            logger=_log,
            apply_types=False,
            socket_connect_timeout=bus.CONNECT_SECONDS,
            socket_timeout=bus.ANSWER_SECONDS,
        )
    return RedisClusterBroker(
        cluster.url,
        startup_nodes=cluster.others,
        logger=_log,
        apply_types=False,
        socket_connect_timeout=bus.CONNECT_SECONDS,
        socket_timeout=bus.NODE_SECONDS,
        retry=bus.once_more(),
    )


@dataclass
class Lag:
    """How far a seat is behind one speaker: in events, since when, and since when it has not moved."""

    events: int = 0
    since: float | None = None
    position: int = 0
    moved: float = 0.0


class Reader:
    """Reads one speaker's stream over a connection of its own: of a cluster, its node alone may be lost."""

    def __init__(
        self,
        speaker: str,
        seat: Seat,
        settings: Settings,
        metrics: Metrics,
        *,
        lost: asyncio.Event,
        fail: Callable[[Exception], None],
    ) -> None:
        """`lost` ends it together with the seat; `fail` is told what the seat cannot survive."""
        self.speaker = speaker
        self.lag = Lag(moved=time.monotonic())
        self._trying = Trying("reader waits", listener=seat.listener, speaker=speaker, partition=seat.partition)
        self._seat = seat
        self._settings = settings
        self._metrics = metrics
        self._lost = lost
        self._fail = fail
        self._broker = broker_of(settings.redis_url.get_secret_value())
        self._client: bus.Client
        self._subscriber: Any = None
        self._inbox: Inbox | None = None
        self._read = 0

    @property
    def trouble(self) -> str | None:
        """Why nothing is read; None where nothing is in the way."""
        return self._trying.trouble

    @property
    def seconds_behind(self) -> float:
        """Since when there is a lag, in seconds; 0 where there is none."""
        return time.monotonic() - self.lag.since if self.lag.since else 0.0

    async def run(self) -> None:
        """Keeps a subscriber alive, and looks for what the bus does not tell, until the seat is lost."""
        pause = min(self._settings.idle_seconds, self._settings.lease_seconds / 4)
        while not self._lost.is_set():
            try:
                self._client = bus.independent(await self._broker.connect())
                self._client.set_response_callback("XREAD", in_one)
                # First: a subscriber that is started where nobody answers complains, at length, once a second.
                await self._look(time.monotonic())
                await self._subscribe()
                self._trying.well()
            except bus.AWAY as error:
                self._trying.failed(error)
                await self._hush()
            except Exception as error:  # noqa: BLE001 - whatever it was, the seat is taken anew
                self._fail(error)
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._lost.wait()

    async def close(self) -> None:
        """Stops reading, once the batch in hand is done, and hangs up."""
        await self._hush()
        with contextlib.suppress(Exception):
            await self._broker.stop()

    async def _hush(self) -> None:
        """Stops the subscriber; it is made again where the seat is by then."""
        subscriber, inbox = self._subscriber, self._inbox
        self._subscriber, self._inbox, self._read = None, None, 0
        if subscriber is not None:
            with contextlib.suppress(Exception):
                await subscriber.stop()
        if inbox is not None:
            await inbox.close()

    async def _subscribe(self) -> None:
        """A subscriber, made after the position is known; made again should it have stopped."""
        if self._subscriber is not None and self._subscriber.running:
            return
        await self._hush()
        with contextlib.suppress(httpx2.HTTPError, Diverged):
            await self._seat.compare(self.speaker)

        async def delivered(message: Any) -> Delivery:
            return Delivery.of(message.body, self.speaker, self._seat.partition)

        stream = bus.stream(self.speaker, self._seat.partition)
        bus.aim(self._client, stream)
        subscriber = self._broker.subscriber(
            stream=StreamSub(
                stream,
                last_id=f"{self._seat.place(self.speaker).position}-0",
                batch=True,
                max_records=self._settings.batch_size,
                polling_interval=_POLL_MS,
            ),
            parser=raw_batch,
            decoder=delivered,
            ack_policy=AckPolicy.MANUAL,
            no_reply=True,
            persistent=False,
            include_in_schema=False,
        )

        inbox = Inbox(self._apply, name=f"{self._seat.listener} applies what {self.speaker} says")

        async def hear(delivery: Delivery) -> None:
            self._read = delivery.last
            await inbox.put(delivery)

        subscriber(hear)
        # Before it is started: one whose start fails goes on trying by itself, and has to be stopped like any other.
        self._subscriber, self._inbox = subscriber, inbox
        await subscriber.start()

    async def _apply(self, delivery: Delivery) -> None:
        """Never lets an error out: a subscriber goes on past a batch anyhow, and who sits down next finds the gap."""
        if self._lost.is_set():
            return
        try:
            await self._seat.absorb(self.speaker, delivery)
        except Diverged:
            pass
        except Exception as error:  # noqa: BLE001 - see above
            self._fail(error)

    async def _look(self, now: float) -> None:
        """Compares our position with the stream's end: the lag, or a stream that ends before what we have applied."""
        # Before the stream, which only grows: what is beyond its end now was taken away, or is another history.
        place, read = self._seat.place(self.speaker), self._read
        end = await bus.end(self._client, self.speaker, self._seat.partition)
        lag = self.lag
        lag.events = max(0, end.position - place.position)
        lag.since = (lag.since or now) if lag.events else None
        if place.position != lag.position or not lag.events:
            lag.position, lag.moved = place.position, now
        labels = self.speaker, str(self._seat.partition)
        self._metrics.listener_lag_events.labels(*labels).set(lag.events)
        self._metrics.oldest_unapplied_seconds.labels(*labels).set(now - lag.since if lag.since else 0.0)
        if read > max(end.position, place.position):
            # The reader waits for positions long to come: the stream was made anew.
            await self._hush()
        foreign = self._seat.diverged.get(self.speaker)
        with contextlib.suppress(httpx2.HTTPError, Diverged):
            if foreign is not None:
                await self._look_again(foreign)
            elif end.position < place.position or (end.at == place.position and end.event != place.event):
                await self._seat.compare(self.speaker)
            elif lag.events and now - lag.moved > self._settings.lease_seconds:
                await self._seat.catch_up(self.speaker)

    async def _look_again(self, foreign: Foreign) -> None:
        """Goes on where an event that was not the speaker's is gone, from the stream and from the log."""
        at = f"{foreign.position}-0"
        entries: Any = await self._client.xrange(foreign.stream, at, at)
        raw = [(id_, [part for pair in fields.items() for part in pair]) for id_, fields in entries]
        if raw and Delivery.of(raw, self.speaker, foreign.partition).foreign is not None:
            return
        await self._seat.compare_after(foreign)
        # What came after it was passed over: it is read again.
        await self._hush()
