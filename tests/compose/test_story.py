"""The demo's first month told to a deployment, and then faults: whatever fails, the ratings are what the logs say."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from compose.deployment import Deployment, wait_until

from services.membership.identifiers import completed
from societas.demo.driver import Driver
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.societies import societies

SOCIETIES, DAYS = 30, 31
A_FEW_SECONDS = 10.0
newcomers = (f"E-{number}" for number in range(60, 100))


@pytest.fixture(scope="module")
def told(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The month, told through the gateway; how many requests it took."""
    return asyncio.run(tell(deployment, tmp_path_factory.mktemp("story")))


async def tell(deployment: Deployment, directory: Path) -> int:
    plan = Plan(societies()[:SOCIETIES], seed=7)
    headers = {"Authorization": f"Bearer {deployment.secret('admin_token')}"}
    with Memory(directory / "demo.db", plan.seed) as memory:
        async with httpx.AsyncClient(base_url=deployment.gateway, headers=headers, timeout=60) as http:
            # The deployment's clock is the real one: to it, the story is a year of late records.
            driver = Driver(plan, memory, http, lambda _: None)
            return sum([await driver.tell(day) for day in range(DAYS + 1)])


def ratings(operator: httpx.Client) -> dict[str, Any]:
    answer = operator.get("/api/evaluation/ratings")
    return dict(answer.raise_for_status().json())


def something_happens(operator: httpx.Client) -> str:
    """A society is registered: whatever else is on the board, it changes."""
    code = next(newcomers)
    society = {
        "code": code,
        "name": f"新学会{code}",
        "credit_code": completed(f"5142000000009{code[2:]}0"),
        "discipline": "interdisciplinary",
        "registered_on": "2024-05-01",
    }
    answer = operator.post("/api/membership/societies", json=society)
    assert answer.status_code == 201, answer.text
    return code


def verified(deployment: Deployment, operator: httpx.Client) -> dict[str, Any]:
    """The board, once everything has been applied and the logs, folded anew, give the same ratings."""
    wait_until(deployment.settled)
    verdict = operator.post("/api/evaluation/verification").json()
    assert verdict["equal"], verdict
    assert verdict["missing"] == 0
    board = ratings(operator)
    assert board["hash"] == verdict["hash_replayed"]
    return board


def test_the_first_month_is_on_the_board_and_folds_to_the_same_ratings_again(
    deployment: Deployment, operator: httpx.Client, told: int
) -> None:
    board = verified(deployment, operator)

    assert told > 300
    assert len(board["ratings"]) == SOCIETIES
    assert any(float(one["total"]) > 0 for one in board["ratings"])
    assert board["ratings"][0]["name"] in operator.get("/").text


def test_viewers_behind_the_gateway_see_a_change_at_once(
    deployment: Deployment, operator: httpx.Client, told: int
) -> None:
    with operator.stream("GET", "/api/evaluation/ratings/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: snapshot"
        society = something_happens(operator)
        changed = next(line for line in lines if line.startswith("data: ") and '"changed"' in line)

    assert society in [row["society"] for row in json.loads(changed.removeprefix("data: "))["changed"]]


@pytest.mark.parametrize("service", ["membership", "events", "federation"])
def test_a_service_that_dies_comes_back_by_itself_and_nothing_is_lost(
    deployment: Deployment, operator: httpx.Client, told: int, service: str
) -> None:
    before = verified(deployment, operator)
    restarts = deployment.container(service)["RestartCount"]
    deployment.crash(service)
    wait_until(lambda: deployment.container(service)["RestartCount"] > restarts)
    wait_until(lambda: deployment.healthy(service))

    assert (verified(deployment, operator))["hash"] == before["hash"]
    something_happens(operator)
    assert (verified(deployment, operator))["hash"] != before["hash"]


def test_a_wiped_bus_is_filled_again_from_the_logs(deployment: Deployment, operator: httpx.Client, told: int) -> None:
    before = verified(deployment, operator)
    assert deployment.redis("FLUSHALL") == "OK"
    something_happens(operator)
    after = verified(deployment, operator)
    for service, standing in deployment.standings().items():
        end = standing["heads"][0]["position"]
        wait_until(lambda service=service, end=end: deployment.end_of_stream(service) == end)

    assert after["positions"]["membership/0"] == before["positions"]["membership/0"] + 1


def test_while_the_bus_is_away_records_are_taken_and_health_says_why(
    deployment: Deployment, operator: httpx.Client, told: int
) -> None:
    deployment.kill("redis")
    something_happens(operator)
    wait_until(lambda: "bus: " in deployment.complaint("membership"))
    assert operator.get("/api/membership/readyz").status_code == 503
    deployment.start("redis")
    wait_until(lambda: deployment.healthy("redis", "membership", "evaluation"))

    verified(deployment, operator)


def test_when_the_instance_that_rates_dies_the_other_one_takes_over_within_seconds(
    deployment: Deployment, operator: httpx.Client, told: int, record_property: Callable[[str, object], None]
) -> None:
    before = verified(deployment, operator)
    holder = deployment.holder()
    deployment.kill(holder)
    begun = time.monotonic()
    after = ratings(operator)
    seconds = time.monotonic() - begun

    record_property("seconds until taken over", round(seconds, 2))
    assert seconds < A_FEW_SECONDS
    assert after == before
    survivor = deployment.holder()
    assert survivor != holder
    something_happens(operator)
    verified(deployment, operator)
    deployment.start(holder)
    wait_until(lambda: deployment.healthy(holder))
    assert deployment.holder() == survivor


def test_an_instance_that_only_stalled_is_fenced_off_and_stands_by(
    deployment: Deployment, operator: httpx.Client, told: int
) -> None:
    stalled = deployment.holder()
    with deployment.paused(stalled):
        society = something_happens(operator)
        wait_until(lambda: society in {one["society"] for one in ratings(operator)["ratings"]})
    survivor = deployment.holder()

    assert survivor != stalled
    verified(deployment, operator)
    assert deployment.holder() == survivor


def test_a_database_that_dies_and_comes_back_needs_nobodys_help(
    deployment: Deployment, operator: httpx.Client, told: int
) -> None:
    before = verified(deployment, operator)
    deployment.crash("postgres")
    wait_until(lambda: deployment.healthy("postgres", "membership", "events", "federation"))

    assert (verified(deployment, operator))["hash"] == before["hash"]
    something_happens(operator)
    verified(deployment, operator)
