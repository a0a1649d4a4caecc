from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from societas.demo.driver import Driver
from societas.demo.memory import AnotherStory, Memory
from societas.demo.plan import Plan
from societas.demo.societies import societies
from societas.platform import Refused
from tests.unit.demo.listener import Listener

UNKNOWN_SOCIETY = {"type": "urn:societas:problem:unknown-society", "title": "?", "status": 404, "detail": "?"}


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def http(listener: Listener) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(listener.app)
    async with httpx2.AsyncClient(base_url="http://platform", transport=transport) as client:
        yield client


@pytest.fixture
def plan() -> Plan:
    return Plan(societies()[:20], seed=7)


@pytest.fixture
def instants() -> list[datetime]:
    return []


async def test_a_month_is_told_with_every_reference_resolved(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        driver = Driver(plan, memory, http, instants.append)
        told = [await driver.tell(day) for day in range(91)]

    assert sum(told) == sum(len(plan.day(day)) for day in range(91))
    assert len(listener.told) == sum(told) + 91
    assert not [path for _, path, _ in listener.told if "<" in path]
    assert all(len(body["members"]) > 0 for _, path, body in listener.told if path.endswith("end-bulk"))


async def test_the_clock_is_set_and_the_day_turned_before_anything_is_told(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        await Driver(plan, memory, http, instants.append).tell(0)

    assert instants == [datetime(2024, 12, 31, 4, tzinfo=UTC)]
    assert listener.told[0] == ("POST", "/api/evaluation/days", {"day": "2024-12-31"})


async def test_requests_of_one_society_are_sent_in_order(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        await Driver(plan, memory, http, instants.append).tell(0)
    planned = [request.path for request in plan.day(0) if request.society == "A-05"]
    heard = [
        path
        for _, path, body in listener.told
        if "A-05" in {path.split("/")[-2], body.get("code"), body.get("society")}
    ]

    assert [path for path in heard if path in planned] == [path for path in planned if path in heard]
    assert heard[0] == "/api/membership/societies"
    assert 1 < listener.most_at_once <= 8


async def test_a_day_that_was_interrupted_is_told_again_and_changes_nothing(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    listener.refusals["/api/membership/societies"] = [{**UNKNOWN_SOCIETY, "type": "x", "status": 500}]
    with Memory(tmp_path / "demo.db", seed=7) as memory, pytest.raises(Refused):
        await Driver(plan, memory, http, instants.append).tell(0)

    with Memory(tmp_path / "demo.db", seed=7) as memory:
        assert memory.next_day == 0
        await Driver(plan, memory, http, instants.append).tell(0)
        assert memory.next_day == 1

    assert len(listener.told) == len(plan.day(0)) + 1


async def test_what_was_told_is_known_after_a_restart(
    plan: Plan, http: httpx2.AsyncClient, tmp_path: Path, instants: list[datetime]
) -> None:
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        await Driver(plan, memory, http, instants.append).tell(0)
        stock = memory["members:A-01:stock"]

    with Memory(tmp_path / "demo.db", seed=7) as memory:
        assert memory["members:A-01:stock"] == stock
        for day in range(1, 40):
            await Driver(plan, memory, http, instants.append).tell(day)


async def test_a_service_that_has_not_heard_of_a_society_yet_is_asked_again(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    listener.refusals["/api/events/journals"] = [UNKNOWN_SOCIETY, UNKNOWN_SOCIETY]
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        await Driver(plan, memory, http, instants.append).tell(0)

    assert len(listener.told) == len(plan.day(0)) + 1


async def test_a_review_is_frozen_alone_once_everything_told_was_heard(
    http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    snapshot = "/api/evaluation/reviews/review-2025/snapshot"
    not_caught_up = {**UNKNOWN_SOCIETY, "type": "urn:societas:problem:not-caught-up", "status": 409}
    listener.refusals[snapshot] = [not_caught_up, not_caught_up]
    plan, first_of_december = Plan(societies()[:3], seed=7), 335
    with Memory(tmp_path / "demo.db", seed=7) as memory:
        for day in range(first_of_december + 1):
            await Driver(plan, memory, http, instants.append).tell(day)

    told = [path for _, path, _ in listener.told[-len(plan.day(first_of_december)) - 1 :]]
    assert told[:3] == ["/api/evaluation/days", "/api/evaluation/reviews", snapshot]
    assert len(told) > 3


async def test_a_refusal_ends_the_story_with_what_the_service_said(
    plan: Plan, http: httpx2.AsyncClient, listener: Listener, tmp_path: Path, instants: list[datetime]
) -> None:
    listener.refusals["/api/membership/societies"] = [
        {"title": "Taken", "status": 409, "detail": "A-01 is registered."}
    ]
    with Memory(tmp_path / "demo.db", seed=7) as memory, pytest.raises(Refused, match="A-01 is registered"):
        await Driver(plan, memory, http, instants.append).tell(0)


def test_a_data_directory_holds_one_story(tmp_path: Path) -> None:
    with Memory(tmp_path / "demo.db", seed=7):
        pass

    with pytest.raises(AnotherStory, match="--seed 7"):
        Memory(tmp_path / "demo.db", seed=8)
