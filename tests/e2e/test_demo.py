"""A small story told to a whole platform: what the demo promises, on twelve societies."""

from pathlib import Path

import httpx2
import pytest
from ports import free_port

from chassis.clock import SteppedClock
from contracts.calendar import midnight
from societas.demo.driver import Driver
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.report import Report, report
from societas.demo.societies import societies
from societas.premises import Premises
from societas.running import running

DAYS = 60


@pytest.fixture
def port() -> int:
    return free_port()


async def told(data: Path, port: int, *, until: int) -> Report:
    """The story up to a day, on a platform that is started for it and stopped afterwards."""
    plan = Plan(societies()[:12], seed=7)
    with Memory(data / "demo.db", plan.seed) as memory:
        clock = SteppedClock(midnight(plan.date_of(max(0, memory.next_day - 1))))
        async with running(Premises(data, port), clock) as platform:
            headers = {"Authorization": f"Bearer {platform.admin_token}"}
            async with httpx2.AsyncClient(base_url=platform.url, headers=headers, timeout=60) as http:
                driver = Driver(plan, memory, http, clock.set)
                for day in range(memory.next_day, until + 1):
                    await driver.tell(day)
                return await report(http, platform.bus.url, 1.0, 0)


async def test_every_event_of_the_story_is_applied_and_folds_to_the_same_ratings_again(
    tmp_path: Path, port: int
) -> None:
    result = await told(tmp_path, port, until=DAYS)

    assert result.good
    assert result.societies == 12
    assert result.appended == result.relayed == result.applied > 300


async def test_a_story_that_was_stopped_ends_like_one_that_was_not(tmp_path: Path, port: int) -> None:
    await told(tmp_path / "stopped", port, until=20)
    stopped = await told(tmp_path / "stopped", port, until=30)
    in_one_go = await told(tmp_path / "whole", port, until=30)

    assert stopped.hash_live == in_one_go.hash_live
