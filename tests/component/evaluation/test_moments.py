"""Everything that is read can be read as it stood at the end of a day, by what was recorded up to an instant."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from contracts.calendar import CST
from services.evaluation.reviewing import desk
from services.evaluation.shipped import text_of
from tests.component.evaluation.test_reviews import PANEL, R, ok

ASSESSOR = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
OPENED = datetime(2025, 6, 30, 12, 0, tzinfo=CST)


def at(day: int) -> datetime:
    """Noon of a day of July."""
    return datetime(2025, 7, day, 12, 0, tzinfo=CST)


@pytest.fixture
def association(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association", "evaluator", "auditor")


@pytest.fixture
def as_(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> Callable[[str], httpx2.AsyncClient]:
    return lambda role: client_for(app, role)


@pytest.fixture
async def objection(
    app: FastAPI, association: httpx2.AsyncClient, client_for: Callable[..., httpx2.AsyncClient], clock: SteppedClock
) -> str:
    """A review opened on 30 June, published on the 1st, objected to on the 3rd, decided on the 5th, confirmed since."""
    async with app.state.service.work() as work:
        await work.conn.exec_driver_sql('UPDATE facts SET data = \'{"name": "动物学会", "discipline": "science"}\'')
    await ok(association.post("/reviews", json={"review": "review-2025", "publish_by": "2025-07-01"}))
    await ok(association.post(f"{R}/snapshot"))
    clock.set(at(2))
    await ok(association.post(f"{R}/publication"))
    await ok(association.post(f"{R}/panel", json=PANEL))
    clock.set(at(3))
    raised = await ok(association.post(f"{R}/objections", json={"objector": "A-18", "about": "A-18", "text": "不实"}))
    door = f"{R}/objections/{raised['objection']}"
    clock.set(at(5))
    for number in range(1, 6):
        seat = client_for(app, f"panel:review-2025:p-{number}", subject=f"p-{number}")
        await ok(seat.post(f"{door}/votes", json={"vote": "dismiss"}))
    await ok(association.post(f"{door}/decision"))
    await ok(association.post(f"{door}/dispatch"))
    clock.set(at(20))
    await ok(association.post(f"{R}/confirmation"))
    return str(raised["objection"])


async def test_a_review_is_told_as_it_stood_on_a_day(objection: str, association: httpx2.AsyncClient) -> None:
    told = {}
    for day in ("2025-06-30", "2025-07-02", "2025-07-03", "2025-07-05", "2025-07-20"):
        review = await ok(association.get(R, params={"as_of": day}))
        told[day] = (review["phase"], [one["outcome"] for one in review["objections"]], review["published_on"])

    assert told == {
        "2025-06-30": ("frozen", [], None),
        "2025-07-02": ("published", [], "2025-07-02"),
        "2025-07-03": ("published", [None], "2025-07-02"),
        "2025-07-05": ("published", ["dismissed"], "2025-07-02"),
        "2025-07-20": ("confirmed", ["dismissed"], "2025-07-02"),
    }
    assert (await association.get(R, params={"as_of": "2025-06-29"})).status_code == 404


async def test_what_was_known_of_a_review_is_told_the_same_for_ever(
    objection: str, association: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    known_at = {"known_at": at(3).isoformat()}
    before = [(await association.get(path, params=known_at)).content for path in (R, "/reviews", f"{R}/results")]
    for step in ("classes", "seal"):
        await ok(association.post(f"{R}/{step}"))
    clock.set(at(30))
    after = [(await association.get(path, params=known_at)).content for path in (R, "/reviews", f"{R}/results")]

    assert before == after
    assert b'"late":true' in before[0]


async def test_a_finding_is_known_from_the_instant_of_its_record_and_not_of_its_day(
    app: FastAPI, association: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    await ok(association.post("/reviews", json={"review": "review-2025", "publish_by": "2025-07-01"}))
    clock.set(at(2))
    async with app.state.service.work() as work:
        await desk.find_late(work, date(2025, 7, 2))

    morning = await ok(association.get(R, params={"known_at": (at(2) - timedelta(hours=1)).isoformat()}))
    noon = await ok(association.get(R, params={"known_at": at(2).isoformat()}))

    assert (morning["steps"], noon["steps"]) == (1, 2)


async def test_papers_file_and_objection_are_those_of_the_moment(
    objection: str, association: httpx2.AsyncClient
) -> None:
    then = {"as_of": "2025-07-03"}
    file = await ok(association.get(f"{R}/file", params=then))
    one = await ok(association.get(f"{R}/objections/{objection}", params=then))
    verdict = await ok(association.get(f"{R}/verification", params=then))
    notice = await ok(association.get(f"{R}/notices/A-18", params=then))
    early = await association.get(f"{R}/objections/{objection}", params={"as_of": "2025-07-02"})
    unpublished = await association.get(f"{R}/results/pdf", params={"as_of": "2025-06-30"})

    assert {step["happened_at"][:10] for step in file["steps"]} <= {"2025-06-30", "2025-07-02", "2025-07-03"}
    assert (file["phase"], one["votes"], one["outcome"], verdict["equal"]) == ("published", {}, None, True)
    assert [each["outcome"] for each in notice["objections"]] == [None]
    assert (early.status_code, unpublished.json()["type"]) == (404, "urn:societas:problem:results-not-published")


@pytest.mark.parametrize("path", ["/reviews", R, f"{R}/results", f"{R}/file", "/societies/A-18/assessments"])
async def test_nobody_knows_what_will_be(path: str, objection: str, association: httpx2.AsyncClient) -> None:
    for query, slug in (({"as_of": "2025-07-21"}, "future-day"), ({"known_at": at(21).isoformat()}, "future-instant")):
        answer = await association.get(path, params=query)
        assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{slug}")


async def test_judgements_are_listed_up_to_a_day_and_as_known(
    association: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    door = "/societies/A-18/assessments"
    form = {"item": "charm", "kind": "finding", "assessor": ASSESSOR, "holds": True}
    first = await ok(association.post(door, json=form | {"assessed_on": "2025-06-28"}))
    clock.set(at(2))
    await ok(association.post(door, json=form | {"assessed_on": "2025-06-29"}))
    clock.set(at(4))
    await ok(association.post(f"{door}/{first['assessment']}/withdrawal", json={"reason": "登记有误"}))

    async def days(**query: str) -> list[tuple[str, str | None]]:
        listed = await ok(association.get(door, params=query))
        return [(one["assessed_on"], one["withdrawn_on"]) for one in listed["items"]]

    assert await days() == [("2025-06-28", "2025-07-04"), ("2025-06-29", None)]
    assert await days(as_of="2025-06-28") == [("2025-06-28", "2025-07-04")]
    assert await days(known_at=OPENED.isoformat()) == [("2025-06-28", None)]
    assert await days(known_at=at(3).isoformat()) == [("2025-06-28", None), ("2025-06-29", None)]
    assert await days(known_at=at(4).isoformat(), as_of="2025-06-28") == [("2025-06-28", "2025-07-04")]


async def test_a_policy_filed_later_was_not_on_file(association: httpx2.AsyncClient, clock: SteppedClock) -> None:
    mine = text_of("journal-2009").replace("policy: journal-2009", "policy: mine")
    second = mine.replace('version: "1.1"', 'version: "2.0"')
    headers = {"Content-Type": "application/yaml"}
    for day, text in ((2, mine), (4, second)):
        clock.set(at(day))
        await ok(association.post("/policies", content=text.encode(), headers=headers))
    clock.set(at(6))

    async def filed(**query: str) -> list[str]:
        listed = await ok(association.get("/policies", params=query))
        return [one["version"] for one in listed["policies"] if one["id"] == "mine"]

    async def status(path: str, **query: str) -> Any:
        answer = await association.get(path, params=query)
        return answer.json()["version"] if answer.status_code == 200 else answer.json()["type"].rpartition(":")[2]

    assert await filed() == ["1.1", "2.0"]
    assert (await filed(known_at=at(3).isoformat()), await filed(known_at=at(1).isoformat())) == (["1.1"], [])
    assert await status("/policies/mine", known_at=at(3).isoformat()) == "1.1"
    assert await status("/policies/mine@2.0", known_at=at(3).isoformat()) == "unknown-policy"
    assert await status("/policies/mine@2.0") == "2.0"
    rated = await ok(association.get("/ratings", params={"policy": "mine", "known_at": at(3).isoformat()}))
    tried = await ok(association.get("/ratings", params={"policy": "mine@2.0", "known_at": at(3).isoformat()}))
    assert (rated["policy"]["version"], tried["policy"]["version"]) == ("1.1", "2.0")


async def test_a_policy_that_was_filed_later_is_named_with_the_day_and_how_to_ask_for_it(
    association: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    clock.set(at(4))
    mine = text_of("journal-2009").replace("policy: journal-2009", "policy: mine")
    await ok(association.post("/policies", content=mine.encode(), headers={"Content-Type": "application/yaml"}))
    clock.set(at(6))

    answer = await association.get("/ratings", params={"policy": "mine", "known_at": at(3).isoformat()})

    assert answer.status_code == 404
    assert "2025-07-04" in answer.json()["detail"]
    assert "mine@1.1" in answer.json()["detail"]
    asked = await association.get("/ratings", params={"policy": "mine@1.1", "known_at": at(3).isoformat()})
    assert asked.status_code == 200


async def test_a_policy_is_filed_as_its_differences_and_shown_as_the_whole(association: httpx2.AsyncClient) -> None:
    text = """policy: mine
version: "1"
extends: journal-2009@1.1
source: 修订
in_force: {from: 2025-01-01}
indicators: [{id: impact, clause: 新1.1}]
"""
    headers = {"Content-Type": "application/yaml"}

    unknown = await ok(
        association.post("/policies/check", content=text.replace("@1.1", "@9").encode(), headers=headers)
    )
    filed = await association.post("/policies", content=text.encode(), headers=headers)
    shown = await ok(association.get("/policies/mine"))

    assert [(one["line"], one["path"]) for one in unknown["errors"]] == [(3, "extends")]
    assert filed.status_code == 201
    assert "extends:" not in shown["text"]
    assert [one["clause"] for one in shown["indicators"]][:2] == ["新1.1", "1.2"]
    assert shown["source"] == {"zh": "修订", "en": "修订"}
