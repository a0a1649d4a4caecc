"""The turn of the day puts a dated successor in the place of the policy in use; out of force nobody is rated."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from contracts.calendar import CST, instant, midnight
from services.evaluation.handlers import LiveRatings
from services.evaluation.shipped import text_of
from tests.component.evaluation.test_past import hear
from tests.unit.evaluation.histories import registered, told
from tests.unit.evaluation.shipped import check

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
OLD, NEW = "assessment-2011", "assessment-2026"
EVE, DAY = date(2026, 2, 28), date(2026, 3, 1)


@pytest.fixture
def visitor(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app)


@pytest.fixture
def association(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association")


async def turn(app: FastAPI, day: date) -> None:
    recorded = instant(midnight(day) + timedelta(minutes=1))
    await hear(app, [told("evaluation.day-turned", day, society="calendar", recorded=recorded, day=day.isoformat())])


async def activated(app: FastAPI, association: httpx2.AsyncClient, said: Said, policy: str) -> None:
    answer = await association.post("/policies/activate", content=text_of(policy).encode())
    assert answer.status_code == 200, answer.text
    event = (await said())[-1]
    fact = told("evaluation.policy-activated", event["time"][:10], society="policy", **event["data"])
    await hear(app, [fact._replace(recorded=event["recordedtime"], time=event["time"])])


def barred() -> list[Any]:
    """A society that passed its last two checks barely: the decree bars it, the revision does not."""
    recorded = "2025-07-01T00:00:00.000000Z"
    facts = [registered("1990-01-01"), check(2023, "barely-passed"), check(2024, "barely-passed")]
    return [fact._replace(recorded=recorded) for fact in facts]


async def test_the_live_board_goes_on_under_the_successor_from_its_day_on(
    app: FastAPI, visitor: httpx2.AsyncClient, association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    clock.set(datetime(2026, 2, 27, 12, tzinfo=CST))
    await hear(app, barred())
    await turn(app, date(2026, 2, 27))
    await activated(app, association, said, OLD)
    await turn(app, EVE)

    async def rated(**query: Any) -> tuple[str, list[str]]:
        found = (await visitor.get("/ratings", params=query)).json()
        return found["policy"]["id"], found["ratings"][0]["ineligible"]

    assert await rated() == (OLD, ["not-barely-passed-twice"])
    clock.set(datetime(2026, 3, 1, 12, tzinfo=CST))
    await turn(app, DAY)

    assert await rated() == (NEW, [])
    assert await rated(as_of="2026-02-28") == (OLD, ["not-barely-passed-twice"])
    assert await rated(as_of="2026-03-01") == (NEW, [])
    assert await rated(as_of="2026-03-01", known_at="2026-02-27T12:00:00Z") == (NEW, [])  # its text was there
    assert (await visitor.get("/policies")).json()["active"]["id"] == NEW
    assert (await visitor.get("/policies", params={"as_of": "2026-02-28"})).json()["active"]["id"] == OLD


async def test_an_instance_that_comes_later_finds_the_same_policy(
    app: FastAPI, association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    clock.set(datetime(2026, 2, 28, 12, tzinfo=CST))
    await hear(app, barred())
    await turn(app, EVE)
    await activated(app, association, said, OLD)
    await turn(app, DAY)

    another = LiveRatings()
    async with app.state.service.db.reading() as conn:
        await another.take_up(conn, 0)
    assert (another.board.policy.id, another.board.day) == (NEW, DAY)


async def test_a_policy_out_of_force_is_not_activated(
    association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    before = await said()
    clock.set(datetime(2026, 3, 1, 0, 0, 1, tzinfo=CST))
    late = await association.post("/policies/activate", content=text_of(OLD).encode())
    clock.set(datetime(2026, 2, 28, 23, 59, 59, tzinfo=CST))
    early = await association.post("/policies/activate", content=text_of(NEW).encode())

    problem = late.json()
    assert (late.status_code, problem["field"], problem["value"]) == (409, "in_force", "2026-03-01")
    assert problem["type"] == "urn:societas:problem:policy-not-in-force"
    assert "assessment-2026" in problem["detail"]
    assert (early.status_code, early.json()["value"]) == (409, "2026-02-28")
    assert await said() == before
    assert (await association.post("/policies/activate", content=text_of(OLD).encode())).status_code == 200


async def test_what_succeeds_the_policy_in_use_says_when_it_takes_over(
    association: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    clock.set(datetime(2026, 2, 1, 12, tzinfo=CST))
    text = text_of("hubei-2017").replace("policy: hubei-2017", "policy: hubei-2026\nsucceeds: hubei-2017", 1)
    later = text.replace("in_force: {from: 2017-10-10}", "in_force: {from: 2026-07-01}", 1)

    assert (await association.post("/policies", content=later.encode())).json()["takes_over_on"] == "2026-07-01"
    other = text.replace("succeeds: hubei-2017", "succeeds: nobody", 1).replace("hubei-2026", "hubei-2027", 1)
    assert (await association.post("/policies", content=other.encode())).json()["takes_over_on"] is None


async def test_a_review_is_opened_under_a_policy_in_force_on_its_day(
    app: FastAPI, association: httpx2.AsyncClient, clock: SteppedClock, said: Said
) -> None:
    clock.set(datetime(2026, 2, 28, 12, tzinfo=CST))
    await turn(app, EVE)
    await activated(app, association, said, OLD)
    clock.set(datetime(2026, 3, 20, 12, tzinfo=CST))
    await turn(app, date(2026, 3, 20))

    refused = await association.post(
        "/reviews", json={"review": "review-a", "policy": OLD, "as_of": "2026-03-01"}, headers={"Accept-Language": "en"}
    )
    assert (refused.status_code, refused.json()["field"], refused.json()["value"]) == (409, "as_of", "2026-03-01")
    assert refused.json()["detail"].startswith("assessment-2011 1.2 is not in force on 2026-03-01: assessment-2026")
    for review, day, policy in (("review-b", "2026-02-28", OLD), ("review-c", "2026-03-01", NEW)):
        opened = await association.post("/reviews", json={"review": review, "as_of": day})
        assert opened.status_code == 201, opened.text
        assert (await association.get(f"/reviews/{review}")).json()["policy"]["id"] == policy
