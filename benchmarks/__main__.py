"""Runs all contests, three times each in turn, and writes results.json and the table of README.md."""

import argparse
import asyncio
import importlib.util
import json
import os
import platform
import statistics
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from benchmarks import ground, rivals
from benchmarks.pipeline import throughput
from benchmarks.replay import replay
from chassis.collector import settle_down

HERE = Path(__file__).parent
_TABLE = ("<!-- table -->\n", "<!-- end of table -->\n")
_RIVALS = ("bytewax", "taskiq_redis")
Contest = Callable[[int], Awaitable[float]]
RivalRun = Callable[[int, str], Awaitable[float]]


def main() -> None:
    """`python -m benchmarks [--scale 1.0] [--rounds 3] [--write]`."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full sizes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write results.json and the table of README.md")
    given = parser.parse_args()
    with ground.valkey() as bus, ground.postgres() as server:
        contests = _contests(bus, server, given.scale)
        results = _run(contests, given.rounds)
        results |= _replays(given.rounds, max(1_000, round(1_000_000 * given.scale)))
    told = {"taken": datetime.now(UTC).isoformat(timespec="seconds"), "machine": _machine(), "results": results}
    shown = table(results)
    print(shown)
    if given.write:
        (HERE / "results.json").write_text(json.dumps(told, indent=2) + "\n")
        _put(f"Taken {told['taken']} on {told['machine']}.\n\n{shown}")


def _contests(bus: str, server: str, scale: float) -> dict[str, tuple[int, Contest]]:
    contests: dict[str, tuple[int, Contest]] = {
        "ours, SQLite": (100_000, lambda many: throughput(many, bus)),
        "ours, PostgreSQL": (100_000, lambda many: throughput(many, bus, server)),
        "FastStream and one ORM transaction an event": (1_000, lambda many: rivals.naive(many, bus)),
        "read and decode only": (100_000, lambda many: rivals.reading(many, bus)),
    }
    if all(importlib.util.find_spec(name) for name in _RIVALS):
        contests["TaskIQ on Redis, nothing stored"] = 5_000, lambda many: rivals.tasks(many, bus)
        contests["Bytewax, one number an event"] = 100_000, lambda many: rivals.dataflow(many, bus)
    return {name: (max(250, round(size * scale)), contest) for name, (size, contest) in contests.items()}


def _run(contests: dict[str, tuple[int, Contest]], rounds: int) -> dict[str, list[float]]:
    """Events a second, in rounds: a disturbance of the machine meets all alike."""
    taken: dict[str, list[float]] = {name: [] for name in contests}
    for _ in range(rounds):
        for name, (many, contest) in contests.items():
            settle_down()
            taken[name].append(uvloop.run(contest(many)))
            print(f"{name}: {taken[name][-1]:,.0f} events/s", flush=True)
    return taken


def _replays(rounds: int, many: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"replay": [], "dict fold": []}
    for _ in range(rounds):
        settle_down()
        ours, simple = asyncio.run(replay(many))
        taken["replay"].append(many / ours)
        taken["dict fold"].append(many / simple)
        print(f"replay of {many:,}: {ours:.2f} s, dict fold {simple:.2f} s", flush=True)
    return taken


def table(results: dict[str, list[float]]) -> str:
    """Medians, and how many times as fast ours is; a replay is compared with the dict fold."""
    medians = {name: statistics.median(taken) for name, taken in results.items()}
    ours = medians["ours, SQLite"]
    lines = ["| contestant | events/s, median | ours on SQLite is |", "| --- | --: | --: |"]
    for name, median in medians.items():
        ratio = medians["replay"] / median if name == "dict fold" else ours / median
        times = "" if name.startswith("ours") or name == "replay" else f"{ratio:.2f} ×"
        lines.append(f"| {name} | {median:,.0f} | {times} |")
    return "\n".join(lines) + "\n"


def _put(text: str) -> None:
    readme = HERE / "README.md"
    before, _, rest = readme.read_text().partition(_TABLE[0])
    _, _, after = rest.partition(_TABLE[1])
    readme.write_text(f"{before}{_TABLE[0]}{text}{_TABLE[1]}{after}")


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, load {os.getloadavg()[0]:.1f} at the end"


if __name__ == "__main__":
    main()
