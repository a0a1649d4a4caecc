"""Live viewers: two thousand streams of one board that changes ten times a second; and pages, asked for by a few.

`python -m benchmarks.viewers [VIEWERS]` prints the 50th and 99th percentile, in milliseconds, from the answer to the
request that records something to the arrival of the changed rating at each viewer, what part of a core the whole
platform took meanwhile, and how many requests a second it answers of each kind. All viewers are one process, on uvloop
like the platform: the time they take to read is in the milliseconds, and not in the part of a core.
"""

import asyncio
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import httpx2
import uvloop

from benchmarks.ground import free_port
from chassis.clock import SystemClock
from chassis.telemetry import configure_logging
from societas.demo.identifiers import credit_code
from societas.demo.societies import societies
from societas.embedded import Embedded
from societas.premises import Premises

VIEWERS, CHANGES, A_SECOND, AT_ONCE = 2_000, 100, 10, 8
STREAM, RATINGS = "/api/evaluation/ratings/stream", "/api/evaluation/ratings"
PAGES = {"ratings from memory": RATINGS, "the board's page": "/", "a society's page": "/societies/A-18"}
_SECONDS = 3.0
_PATIENCE = 120.0


class Seen(NamedTuple):
    """What viewers saw: percentiles in milliseconds, and the part of a core that the platform took."""

    p50: float
    p99: float
    core: float


def serve(directory: str, port: int, control: Connection) -> None:
    """The platform in a process of its own; between two words on `control` it measures its CPU."""

    async def run() -> None:
        configure_logging("json", "WARNING")
        platform = Embedded(Premises(Path(directory), port), SystemClock())
        await platform.start()
        control.send(platform.admin_token)
        while await asyncio.to_thread(control.recv) == "measure":
            began, cpu = time.monotonic(), time.process_time()
            control.send("measuring")
            await asyncio.to_thread(control.recv)
            control.send((time.process_time() - cpu) / (time.monotonic() - began))
        await platform.stop()

    uvloop.run(run())


async def measure(viewers: int = VIEWERS, changes: int = CHANGES) -> tuple[Seen, dict[str, float]]:
    """What the viewers saw, and requests a second of each kind.

    Raises:
        AssertionError: a viewer was not told of a change.
    """
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
        ours, theirs = context.Pipe()
        port = free_port()
        platform = context.Process(target=serve, args=(directory, port, theirs), daemon=True)
        platform.start()
        token = await asyncio.to_thread(ours.recv)
        try:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as http:
                codes = await _founded(http)
                seen = await _watch(http, port, ours, viewers=viewers, codes=codes, changes=changes)
                return seen, {name: await _rate(port, path) for name, path in PAGES.items()}
        finally:
            ours.send("end")
            await asyncio.to_thread(platform.join, _PATIENCE)


async def _founded(http: httpx2.AsyncClient) -> list[str]:
    """Registers all societies, and waits for them on the board."""
    known = list(societies())
    for number, one in enumerate(known):
        form = {"code": one.code, "name": one.name, "credit_code": credit_code(number), "discipline": one.discipline}
        (await http.post("/api/membership/societies", json=form | {"registered_on": "2020-01-01"})).raise_for_status()
    async with asyncio.timeout(_PATIENCE):
        while len((await http.get(RATINGS)).json()["ratings"]) < len(known):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.05)
    return [one.code for one in known]


async def _watch(
    http: httpx2.AsyncClient, port: int, control: Connection, *, viewers: int, codes: Sequence[str], changes: int
) -> Seen:
    chosen = random.Random(7).sample(codes, changes)  # noqa: S311 - a seeded choice is meant
    arrived: list[dict[str, float]] = [{} for _ in range(viewers)]
    open_ = asyncio.Semaphore(100)
    ready = [asyncio.Event() for _ in range(viewers)]
    watching = [asyncio.create_task(_view(port, one, at, open_)) for one, at in zip(arrived, ready, strict=True)]
    await asyncio.gather(*(at.wait() for at in ready))
    control.send("measure")
    await asyncio.to_thread(control.recv)
    recorded: dict[str, float] = {}
    first = time.monotonic()
    for number, code in enumerate(chosen):
        await asyncio.sleep(max(0.0, first + number / A_SECOND - time.monotonic()))
        form = {"organ": "council", "entitled": 30, "present": 25, "held_on": "2026-11-02"}
        (await http.post(f"/api/membership/societies/{code}/meetings", json=form)).raise_for_status()
        recorded[code] = time.monotonic()
    async with asyncio.timeout(_PATIENCE):
        while any(len(one) < len(chosen) for one in arrived):  # noqa: ASYNC110 - viewers note it each for themselves
            await asyncio.sleep(0.05)
    control.send("measured")
    core = await asyncio.to_thread(control.recv)
    for task in watching:
        task.cancel()
    taken = sorted(1_000 * (one[code] - at) for one in arrived for code, at in recorded.items())
    return Seen(statistics.median(taken), taken[len(taken) * 99 // 100], core)


async def _view(port: int, arrived: dict[str, float], ready: asyncio.Event, open_: asyncio.Semaphore) -> None:
    """One viewer: when it was first told other points of each society than the board had at the beginning."""
    async with open_:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4 * 1024 * 1024)
        writer.write(f"GET {STREAM} HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n".encode())
        while not (line := await reader.readline()).startswith(b"data: "):
            pass
        before = _totals(line, "ratings")
        ready.set()
    while line := await reader.readline():
        if line.startswith(b"data: "):
            now = time.monotonic()
            for society, total in _totals(line, "changed").items():
                if total != before[society]:
                    arrived.setdefault(society, now)


_read: dict[bytes, dict[str, str]] = {}


def _totals(line: bytes, of: str) -> dict[str, str]:
    """The points that a message tells of; all viewers get the same one, and it is read once."""
    if line not in _read:
        _read[line] = {row["society"]: row["total"] for row in json.loads(line.removeprefix(b"data: "))[of]}
    return _read[line]


async def _rate(port: int, path: str) -> float:
    """Requests a second that a few connections get answered."""
    answered = 0
    until = time.monotonic() + _SECONDS

    async def ask() -> None:
        nonlocal answered
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
            head: dict[str, str] = {}
            status = await reader.readline()
            if not status.startswith(b"HTTP/1.1 200"):
                raise AssertionError(f"{path}: {status!r}")
            while line := (await reader.readline()).decode().strip():
                name, _, value = line.partition(": ")
                head[name.lower()] = value
            await reader.readexactly(int(head["content-length"]))
            answered += 1
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return answered / (time.monotonic() - began)


def main(arguments: Sequence[str]) -> None:
    """`python -m benchmarks.viewers [VIEWERS]`."""
    seen, rates = uvloop.run(measure(int(arguments[0]) if arguments else VIEWERS))
    print(f"p50 {seen.p50:.0f} ms, p99 {seen.p99:.0f} ms, {seen.core:.0%} of a core")
    for name, rate in rates.items():
        print(f"{name}: {rate:,.0f} requests/s")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
