"""The demo's first month told to a deployment, and then faults: whatever fails, the ratings are what the logs say."""

import json
import time
from collections.abc import Callable

import httpx
import pytest
from compose.deployment import Deployment, wait_until
from compose.story import SOCIETIES, ratings, something_happens, verified

A_FEW_SECONDS = 10.0


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
