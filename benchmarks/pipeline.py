"""Ours: log → relay → stream → listener → facts and ratings under the whole policy, exactly once."""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

import redis

from benchmarks import ground
from benchmarks.history import documents
from chassis import log
from chassis.clock import SystemClock
from chassis.house import House
from services.evaluation.handlers import LiveRatings

SPEAKERS = ("membership", "events")
_START_SECONDS = 120.0


async def append(urls: dict[str, str], many: int) -> None:
    """Writes a history into the speakers' logs, as their endpoints would have."""
    said: dict[str, list[log.Said]] = {speaker: [] for speaker in urls}
    for speaker, subject, document in documents(many):
        said[speaker].append(_said(subject, document))
    for speaker, rows in said.items():
        house = House(speaker, ground.settings(urls[speaker], "redis://127.0.0.1:1/0"), SystemClock())
        for start in range(0, len(rows), 5_000):
            async with house.db.writing() as conn:
                await log.append(conn, rows[start : start + 5_000])
        await house.db.close()


def relay(urls: dict[str, str], bus: str, ready: Signal, go: Signal, over: Signal) -> None:
    """A process of its own: the relays of all speakers, from the word go until it is over."""

    async def run() -> None:
        houses = [House(name, ground.settings(url, bus), SystemClock()) for name, url in urls.items()]
        ready.set()
        await asyncio.to_thread(go.wait)
        for house in houses:
            await house.start()
        await asyncio.to_thread(over.wait)
        for house in houses:
            await house.stop()

    asyncio.run(run())


async def throughput(many: int, bus: str, server: str | None = None) -> float:
    """Events a second from the logs into the ratings; the logs are full when the clock starts, the bus is empty.

    Raises:
        AssertionError: an event was lost or counted twice.
    """
    async with _full_logs(many, bus, server) as (urls, database), _relaying(urls, bus) as go:
        return await _applied(many, bus, database, go.set)


async def listening(many: int, bus: str) -> float:
    """Events a second of the listener alone: the streams are full, and nobody else works, when the clock starts.

    Raises:
        AssertionError: an event was lost or counted twice.
    """
    async with _full_logs(many, bus, None) as (urls, database):
        async with _relaying(urls, bus) as go:
            go.set()
            await asyncio.to_thread(_filled, bus, many)
        return await _applied(many, bus, database, lambda: None)


@asynccontextmanager
async def _full_logs(many: int, bus: str, server: str | None) -> AsyncIterator[tuple[dict[str, str], str]]:
    """The speakers' databases with so many events in their logs, and an empty one of evaluation; the bus is empty."""
    ground.flush(bus)
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as name:
        directory = Path(name)
        urls = {speaker: await ground.database(speaker, directory, server) for speaker in SPEAKERS}
        await append(urls, many)
        yield urls, await ground.database("evaluation", directory, server)


@asynccontextmanager
async def _relaying(urls: dict[str, str], bus: str) -> AsyncIterator[Signal]:
    """The relays' process, which waits for the word."""
    context = multiprocessing.get_context("spawn")
    ready, go, over = (context.Event() for _ in range(3))
    speakers = context.Process(target=relay, args=(urls, bus, ready, go, over), daemon=True)
    speakers.start()
    await asyncio.to_thread(ready.wait, _START_SECONDS)
    try:
        yield go
    finally:
        over.set()
        await asyncio.to_thread(speakers.join)


async def _applied(many: int, bus: str, database: str, begin: Callable[[], None]) -> float:
    live = LiveRatings()
    all_applied = asyncio.Event()
    live.on_commit = lambda: all_applied.set() if live.applied >= many else None
    house = House("evaluation", ground.settings(database, bus), SystemClock(), hears=live)
    started = time.perf_counter()
    await house.start()
    try:
        begin()
        await all_applied.wait()
        return many / (time.perf_counter() - started)
    finally:
        await house.stop()


def _filled(bus: str, many: int) -> None:
    with redis.Redis.from_url(bus) as client:
        while sum(client.xlen(key) for key in client.scan_iter(_type="stream")) < many:
            time.sleep(0.05)


def _said(subject: str, document: str) -> log.Said:
    id_ = document.split('"id":"', 1)[1][:36]
    type_ = document.split('"type":"', 1)[1].split('"', 1)[0]
    recorded = document.split('"recordedtime":"', 1)[1][:27]
    return log.Said(id_, 0, type_, subject, recorded, document)


def main(arguments: Sequence[str]) -> None:
    """For profiling: `python -m benchmarks.pipeline MANY [listening]`."""
    import uvloop  # noqa: PLC0415

    contest = listening if "listening" in arguments else throughput
    with ground.valkey() as bus:
        print(round(uvloop.run(contest(int(arguments[0]), bus))))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
