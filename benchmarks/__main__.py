"""Runs all contests, three times each in turn, and writes results.json and the table of README.md."""

import argparse
import asyncio
import importlib.util
import json
import os
import platform
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from benchmarks import ground, rivals, viewers, whatif
from benchmarks.latency import latencies
from benchmarks.pipeline import listening, throughput
from benchmarks.replay import replay
from chassis.collector import settle_down

HERE = Path(__file__).parent
_TABLE = ("<!-- table -->\n", "<!-- end of table -->\n")
_FIGURES = ("<!-- figures -->\n", "<!-- end of figures -->\n")
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
        figures = _figures(bus, server, given.scale, given.rounds)
    told = {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
        "results": results,
        "figures": figures,
    }
    shown = table(results)
    print(shown)
    if given.write:
        (HERE / "results.json").write_text(json.dumps(told, indent=2) + "\n")
        _put(_TABLE, f"Taken {told['taken']} on {told['machine']}.\n\n{shown}")
        _put(_FIGURES, figures_table(figures))


def _contests(bus: str, server: str, scale: float) -> dict[str, tuple[int, Contest]]:
    contests: dict[str, tuple[int, Contest]] = {
        "ours, SQLite": (100_000, lambda many: throughput(many, bus)),
        "ours, the listener alone, SQLite": (100_000, lambda many: listening(many, bus)),
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


def _figures(bus: str, server: str, scale: float, rounds: int) -> dict[str, list[float]]:
    """What is no rate of events: milliseconds, seconds, parts of a core, requests a second."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for footing, where in (("SQLite", None), ("PostgreSQL", server)):
            late = uvloop.run(latencies(max(200, round(10_000 * scale)), bus, where))
            taken[f"append to rating at 1,000 events/s, {footing}: p50, ms"].append(late.p50)
            taken[f"append to rating at 1,000 events/s, {footing}: p99, ms"].append(late.p99)
            taken[f"append to rating at 1,000 events/s, {footing}: events/s that one speaker came to"].append(late.pace)
        seen, rates = uvloop.run(viewers.measure(max(20, round(viewers.VIEWERS * scale))))
        taken["2,000 live viewers, 10 changes/s: p50, ms"].append(seen.p50)
        taken["2,000 live viewers, 10 changes/s: p99, ms"].append(seen.p99)
        taken["2,000 live viewers, 10 changes/s: the platform's part of a core"].append(seen.core)
        for name, rate in rates.items():
            taken[f"{name}: requests/s"].append(rate)
        with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
            asked = asyncio.run(whatif.measure(max(1_000, round(1_000_000 * scale)), Path(directory)))
        taken["what-if over 1,000,000 events: s"].append(asked["whatif_seconds"])
        taken["what-if over 1,000,000 events: how late others are answered, p99, ms"].append(asked["late_p99_ms"])
    return dict(taken)


def figures_table(figures: dict[str, list[float]]) -> str:
    """Medians, each with the least and the most."""
    lines = ["| figure | median | of all rounds |", "| --- | --: | --: |"]
    for name, taken in figures.items():
        median, least, most = (
            f"{one:,.2f}".rstrip("0").rstrip(".") for one in (statistics.median(taken), min(taken), max(taken))
        )
        lines.append(f"| {name} | {median} | {least} – {most} |")
    return "\n".join(lines) + "\n"


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


def _put(between: tuple[str, str], text: str) -> None:
    readme = HERE / "README.md"
    first, last = between
    before, _, rest = readme.read_text().partition(first)
    _, _, after = rest.partition(last)
    readme.write_text(f"{before}{first}{text}{last}{after}")


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, load {os.getloadavg()[0]:.1f} at the end"


if __name__ == "__main__":
    main()
