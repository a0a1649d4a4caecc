"""The demo's first month told to a deployment, and then faults: whatever fails, the ratings are what the logs say."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from compose.deployment import INSTANCES, KEEPERS, PARTITIONS, Deployment, wait_until
from compose.story import SOCIETIES, newcomer, ratings, something_happens, verified

A_FEW_SECONDS = 10.0
A_WHILE, SOON = 30.0, 30.0
OK, UNAVAILABLE = 200, 503


def test_the_first_month_is_on_the_board_and_folds_to_the_same_ratings_again(
    deployment: Deployment, operator: httpx2.Client, told: int
) -> None:
    board = verified(deployment, operator)

    assert told > 300
    assert len(board["ratings"]) == SOCIETIES
    assert any(float(one["total"]) > 0 for one in board["ratings"])
    assert board["ratings"][0]["name"] in operator.get("/").text


def test_viewers_behind_the_gateway_see_a_change_at_once(
    deployment: Deployment, operator: httpx2.Client, told: int
) -> None:
    with operator.stream("GET", "/api/evaluation/ratings/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines) == "event: snapshot"
        society = something_happens(operator)
        changed = next(line for line in lines if line.startswith("data: ") and '"changed"' in line)

    assert society in [row["society"] for row in json.loads(changed.removeprefix("data: "))["changed"]]


@pytest.mark.parametrize("service", ["membership", "events", "federation"])
def test_a_service_that_dies_comes_back_by_itself_and_nothing_is_lost(
    deployment: Deployment, operator: httpx2.Client, told: int, service: str
) -> None:
    before = verified(deployment, operator)
    restarts = deployment.container(service)["RestartCount"]
    deployment.crash(service)
    wait_until(lambda: deployment.container(service)["RestartCount"] > restarts)
    wait_until(lambda: deployment.healthy(service))

    assert (verified(deployment, operator))["hash"] == before["hash"]
    something_happens(operator)
    assert (verified(deployment, operator))["hash"] != before["hash"]


def test_a_wiped_bus_is_filled_again_from_the_logs(deployment: Deployment, operator: httpx2.Client, told: int) -> None:
    before = verified(deployment, operator)
    assert deployment.redis("FLUSHALL") == "OK"
    something_happens(operator)
    after = verified(deployment, operator)
    for service, standing in deployment.standings().items():
        ends = [head["position"] for head in standing["heads"]]
        wait_until(lambda service=service, ends=ends: deployment.ends_of_streams(service) == ends)

    assert said_by("membership", after) == said_by("membership", before) + 1


def said_by(service: str, board: dict[str, Any]) -> int:
    """How many events of a service a board rests on."""
    return sum(end for place, end in board["positions"].items() if place.startswith(f"{service}/"))


def test_while_the_bus_is_away_records_are_taken_and_health_says_why(
    deployment: Deployment, operator: httpx2.Client, told: int
) -> None:
    deployment.kill("redis")
    something_happens(operator)
    wait_until(lambda: "bus: " in deployment.complaint("membership"))
    assert operator.get("/api/membership/readyz").status_code == 503
    deployment.start("redis")
    wait_until(lambda: deployment.healthy("redis", "membership", "evaluation"))

    verified(deployment, operator)


@pytest.mark.parametrize("dying", INSTANCES)
def test_when_an_instance_that_rates_dies_the_other_one_takes_over_within_seconds(
    deployment: Deployment,
    operator: httpx2.Client,
    told: int,
    record_property: Callable[[str, object], None],
    dying: str,
) -> None:
    (survivor,) = set(INSTANCES) - {dying}
    wait_until(deployment.shared_out)
    before = verified(deployment, operator)
    deployment.kill(dying)
    begun = time.monotonic()
    after = ratings(operator)
    answered = time.monotonic() - begun
    wait_until(lambda: deployment.held(survivor) == list(range(PARTITIONS)))
    taken_over = time.monotonic() - begun

    record_property(f"seconds until answered without {dying}", round(answered, 2))
    record_property(f"seconds until taken over from {dying}", round(taken_over, 2))
    assert taken_over < A_FEW_SECONDS
    assert after == before
    something_happens(operator)
    verified(deployment, operator)
    deployment.start(dying)
    wait_until(lambda: deployment.healthy(dying))
    wait_until(deployment.shared_out)
    verified(deployment, operator)


def test_an_instance_that_only_stalled_is_fenced_off_and_takes_its_share_again(
    deployment: Deployment, operator: httpx2.Client, told: int
) -> None:
    wait_until(deployment.shared_out)
    stalled = INSTANCES[0]
    with deployment.paused(stalled):
        societies = {something_happens(operator) for _ in range(2 * PARTITIONS)}
        wait_until(lambda: societies <= {one["society"] for one in ratings(operator)["ratings"]})
        assert deployment.held(INSTANCES[1]) == list(range(PARTITIONS))

    wait_until(deployment.shared_out)
    verified(deployment, operator)


def test_a_database_that_dies_and_comes_back_needs_nobodys_help(
    deployment: Deployment, operator: httpx2.Client, told: int, record_property: Callable[[str, object], None]
) -> None:
    before = verified(deployment, operator)
    restarts = deployment.container("postgres")["RestartCount"]
    deployment.crash("postgres")
    wait_until(lambda: board_is_read(operator) and deployment.container("postgres")["RestartCount"] > restarts)
    wait_until(lambda: board_is_read(operator) and deployment.healthy("postgres"))
    record_property("seconds until every instance was ready after a crash", seconds_until_ready(deployment, operator))

    assert (verified(deployment, operator))["hash"] == before["hash"]
    something_happens(operator)
    verified(deployment, operator)


def test_while_the_database_is_stopped_the_board_is_read_and_nothing_is_taken(
    deployment: Deployment, operator: httpx2.Client, told: int, record_property: Callable[[str, object], None]
) -> None:
    before = verified(deployment, operator)
    with deployment.stopped("postgres"):
        until = time.monotonic() + A_WHILE
        wait_until(lambda: "Societas-As-Of" in operator.get("/api/evaluation/ratings").headers)
        begun = time.monotonic()
        refused = operator.post("/api/membership/societies", json=newcomer())
        record_property("seconds until a record was refused", round(time.monotonic() - begun, 2))
        assert refused.status_code == UNAVAILABLE
        assert "Retry-After" in refused.headers
        wait_until(lambda: board_is_read(operator) and time.monotonic() > until)
    wait_until(lambda: board_is_read(operator) and deployment.healthy("postgres"))
    record_property("seconds until every instance was ready after a stop", seconds_until_ready(deployment, operator))

    after = verified(deployment, operator)
    assert after["hash"] == before["hash"]
    assert "Societas-As-Of" not in operator.get("/api/evaluation/ratings").headers
    something_happens(operator)
    verified(deployment, operator)


def test_after_a_rebuild_both_instances_are_ready_again(
    deployment: Deployment, operator: httpx2.Client, told: int, record_property: Callable[[str, object], None]
) -> None:
    before = verified(deployment, operator)
    deployment.compose("run", "--rm", "-T", "tools", "societas", "rebuild", "evaluation")
    record_property("seconds until every instance was ready after a rebuild", seconds_until_ready(deployment, operator))
    wait_until(deployment.shared_out)

    assert (verified(deployment, operator))["hash"] == before["hash"]


def board_is_read(operator: httpx2.Client) -> bool:
    """Asks for the board, as a number and as a page; it is never refused."""
    assert len(ratings(operator)["ratings"]) >= SOCIETIES
    assert operator.get("/").status_code == OK
    return True


def seconds_until_ready(deployment: Deployment, operator: httpx2.Client) -> float:
    """How long it takes until every instance says of itself that it is; the board is read all the while."""
    begun = time.monotonic()
    wait_until(lambda: board_is_read(operator) and deployment.ready(*KEEPERS), SOON)
    return round(time.monotonic() - begun, 1)
