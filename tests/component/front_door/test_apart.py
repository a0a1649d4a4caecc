"""The driver of the demo as a process of its own, before a server that stands where the platform stands."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn

from societas.demo.apart import Apart, Order
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.societies import societies
from societas.platform import Refused
from tests.unit.demo.listener import Listener

PLAN = Plan(societies()[:5], seed=7)
PROBLEM = {"type": "urn:societas:problem:invalid", "title": "?", "status": 422, "detail": "?"}


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def url(listener: Listener) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(listener.app, port=0, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done()
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


async def test_days_are_told_the_clock_is_set_for_each_and_answers_are_counted(
    url: str, listener: Listener, tmp_path: Path
) -> None:
    instants: list[datetime] = []
    counts: list[int] = []
    told_before: list[int] = []

    def set_clock(now: datetime) -> None:
        instants.append(now)
        told_before.append(len(listener.told))

    file = tmp_path / "demo.db"
    async with Apart(PLAN, file, url, "token", set_clock) as driver:
        await driver.tell(0, on_answers=counts.append)
        await driver.tell(1, on_answers=counts.append)

    of_day_0 = len(PLAN.day(0))
    assert instants == [datetime(2024, 12, 31, 4, tzinfo=UTC), datetime(2025, 1, 1, 4, tzinfo=UTC)]
    assert told_before == [0, of_day_0 + 1]
    assert sum(counts) == of_day_0 + len(PLAN.day(1)) == len(listener.told) - 2
    with Memory(file, PLAN.seed) as memory:
        assert memory.next_day == 2


async def test_what_is_refused_is_refused_here_and_the_day_is_not_over(
    url: str, listener: Listener, tmp_path: Path
) -> None:
    listener.refusals[PLAN.day(0)[0].path] = [PROBLEM]
    file = tmp_path / "demo.db"

    async with Apart(PLAN, file, url, "token", lambda _: None) as driver:
        with pytest.raises(Refused) as refused:
            await driver.tell(0)

    assert refused.value.problem == PROBLEM
    with Memory(file, PLAN.seed) as memory:
        assert memory.next_day == 0


async def test_it_ends_with_whoever_started_it_however_that_ends(url: str, tmp_path: Path) -> None:
    order = Order(str(tmp_path / "demo.db"), [profile.code for profile in PLAN.cast], PLAN.seed, url, "token")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "societas.demo.apart", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(f"{json.dumps(order._asdict())}\n{json.dumps({'day': 0, 'seconds': 0.0})}\n".encode())
    assert b"clock" in await child.stdout.readline()

    # As the system closes the pipe of a process that was killed.
    child.stdin.close()
    assert await asyncio.wait_for(child.wait(), timeout=20) == 1
