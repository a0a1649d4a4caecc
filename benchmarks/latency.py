"""From append to rating: a speaker in a process of its own says one event a millisecond, and evaluation rates it.

`python -m benchmarks.latency [EVENTS]` prints the 50th and 99th percentile in milliseconds, from the moment before an
event's own transaction begins to the commit of its fact and its rating.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from typing import NamedTuple

from benchmarks import ground
from benchmarks.history import events
from chassis.clock import SystemClock
from chassis.house import House
from contracts.event import Event
from services.evaluation.domain import Fact
from services.evaluation.handlers import LiveRatings

OFFERED = 1_000
"""Events a second."""
WARMING = 500
"""Events that are said before the clock starts."""
_START_SECONDS = 60.0


def speak(url: str, bus: str, many: int, *, ready: Signal, go: Signal, told: Connection) -> None:
    """The speaker's process: one event, one transaction, at the pace that is offered; tells when each was begun.

    As with requests, one does not wait for the one before it; what waits for its turn to write has not begun yet.
    """
    import uvloop  # noqa: PLC0415 - in the process that speaks

    async def run() -> None:
        house = House("membership", ground.settings(url, bus), SystemClock())
        await house.start()
        begun: dict[str, float] = {}

        async def say(event: Event) -> None:
            async with house.work() as work:
                now = time.monotonic()
                begun[work.say(event)] = now

        own = (event for event in events(3 * many + 2 * WARMING) if event.speaker == "membership")
        for event in islice(own, WARMING):
            await say(event)
        warm = set(begun)
        ready.set()
        await asyncio.to_thread(go.wait)
        first = time.monotonic()
        async with asyncio.TaskGroup() as requests:
            for number, event in enumerate(islice(own, many)):
                await asyncio.sleep(max(0.0, first + number / OFFERED - time.monotonic()))
                requests.create_task(say(event))
        told.send((warm, begun))
        await asyncio.to_thread(told.recv)
        await house.stop()

    uvloop.run(run())


class Taken(NamedTuple):
    """Percentiles in milliseconds, and the events a second that the speaker came to of those offered."""

    p50: float
    p99: float
    pace: float


async def latencies(many: int, bus: str, server: str | None = None) -> Taken:
    """How long events took, and at what pace they came.

    Raises:
        AssertionError: an event was lost.
    """
    ground.flush(bus)
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as name:
        url = await ground.database("membership", Path(name), server)
        return await _run(many, url, bus, await ground.database("evaluation", Path(name), server))


async def _run(many: int, url: str, bus: str, database: str) -> Taken:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Event(), context.Event()
    ours, theirs = context.Pipe()
    speaker = context.Process(
        target=speak, args=(url, bus, many), kwargs={"ready": ready, "go": go, "told": theirs}, daemon=True
    )
    speaker.start()
    rated: dict[str, float] = {}
    live, warmed, everything = LiveRatings(), asyncio.Event(), asyncio.Event()

    def note(facts: Sequence[Fact]) -> None:
        now = time.monotonic()
        rated.update((fact.id, now) for fact in facts)
        if len(rated) >= WARMING:
            warmed.set()
        if len(rated) >= WARMING + many:
            everything.set()

    live.on_facts = note
    house = House("evaluation", ground.settings(database, bus), SystemClock(), hears=live)
    await house.start()
    try:
        await asyncio.to_thread(ready.wait, _START_SECONDS)
        async with asyncio.timeout(_START_SECONDS):
            await warmed.wait()
        go.set()
        warm, begun = await asyncio.to_thread(ours.recv)
        async with asyncio.timeout(_START_SECONDS):
            await everything.wait()
        ours.send(None)
    finally:
        await house.stop()
        await asyncio.to_thread(speaker.join, _START_SECONDS)
    if begun.keys() != rated.keys():
        raise AssertionError("an event was lost, or came from nowhere")
    timed = {event: at for event, at in begun.items() if event not in warm}
    taken = sorted(1_000 * (rated[event] - at) for event, at in timed.items())
    pace = len(timed) / (max(timed.values()) - min(timed.values()))
    return Taken(statistics.median(taken), taken[len(taken) * 99 // 100], pace)


def main(arguments: Sequence[str]) -> None:
    """`python -m benchmarks.latency [EVENTS]`."""
    import uvloop  # noqa: PLC0415

    many = int(arguments[0]) if arguments else 10_000
    with ground.valkey() as bus, ground.postgres() as server:
        for footing, where in (("SQLite", None), ("PostgreSQL", server)):
            taken = uvloop.run(latencies(many, bus, where))
            print(f"{footing}: p50 {taken.p50:.1f} ms, p99 {taken.p99:.1f} ms at {taken.pace:,.0f} events/s")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
