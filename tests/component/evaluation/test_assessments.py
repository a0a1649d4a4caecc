"""What assessors record, and what they may not."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
ASSESSOR = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
DOOR = "/societies/A-18/assessments"


def judgement(**more: Any) -> dict[str, Any]:
    form = {"item": "informatisation", "kind": "expert-percentage", "assessor": ASSESSOR, "assessed_on": "2025-06-28"}
    return form | more


async def test_a_judgement_is_told_with_its_exact_number(evaluator: httpx2.AsyncClient, said: Said) -> None:
    answer = await evaluator.post(DOOR, json=judgement(number="82.50"))

    assert answer.status_code == 201, answer.text
    (event,) = await said()
    assert (event["type"], event["subject"]) == ("evaluation.assessment-recorded.v1", "A-18")
    assert event["id"] == answer.json()["event"]
    assert event["data"] == judgement(number="82.50") | {
        "assessment": answer.json()["assessment"],
        **dict.fromkeys(("word", "holds", "answer", "concerns")),
    }


@pytest.mark.parametrize(
    ("form", "slug", "field"),
    [
        (judgement(number="100.1"), "not-a-percentage", "number"),
        (judgement(number="-0.1", kind="satisfaction"), "not-a-percentage", "number"),
        (judgement(), "not-one-judgement", "kind"),
        (judgement(number="80", word="lead"), "not-one-judgement", "kind"),
        (judgement(kind="participation", number="80"), "not-one-judgement", "kind"),
        (judgement(kind="finding"), "not-one-judgement", "kind"),
        (judgement(kind="false-evidence", holds=True), "not-one-judgement", "kind"),
        (judgement(number="80", assessed_on="2025-07-01"), "assessed-in-the-future", "assessed_on"),
    ],
)
async def test_what_is_no_judgement_is_refused_and_told_to_nobody(
    form: dict[str, Any], slug: str, field: str, evaluator: httpx2.AsyncClient, said: Said
) -> None:
    answer = await evaluator.post(DOOR, json=form)

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{slug}"), answer.text
    assert answer.json()["field"] == field
    assert await said() == []


@pytest.mark.parametrize(
    "form",
    [
        judgement(number="0"),
        judgement(number="100"),
        judgement(number="-10", kind="finding"),
        judgement(word="lead", kind="participation"),
        judgement(holds=False, kind="finding"),
        judgement(kind="false-evidence", answer="a1"),
    ],
)
async def test_every_kind_takes_what_it_is_for(form: dict[str, Any], evaluator: httpx2.AsyncClient) -> None:
    assert (await evaluator.post(DOOR, json=form)).status_code == 201


async def test_a_judgement_is_withdrawn_once_and_the_list_shows_it(evaluator: httpx2.AsyncClient, said: Said) -> None:
    told = (await evaluator.post(DOOR, json=judgement(number="80"))).json()
    door = f"{DOOR}/{told['assessment']}/withdrawal"

    assert (await evaluator.post(door, json={"reason": "登记有误"})).status_code == 200
    again = await evaluator.post(door, json={"reason": "登记有误"})

    assert (again.status_code, again.json()["type"]) == (409, "urn:societas:problem:assessment-already-withdrawn")
    assert [event["data"].get("withdraws") for event in await said()] == [None, told["event"]]
    assert "登记有误" not in str(await said())
    (item,) = (await evaluator.get(DOOR)).json()["items"]
    assert (item["id"], item["number"], item["withdrawn_on"]) == (told["assessment"], "80", "2025-06-30")


async def test_the_list_goes_on_page_by_page(evaluator: httpx2.AsyncClient) -> None:
    told = [(await evaluator.post(DOOR, json=judgement(number=str(n)))).json()["assessment"] for n in range(3)]

    first = (await evaluator.get(DOOR, params={"limit": 2})).json()
    second = (await evaluator.get(DOOR, params={"limit": 2, "after": first["next"]})).json()

    assert [one["id"] for one in first["items"] + second["items"]] == told
    assert second["next"] is None


async def test_an_unknown_society_or_assessment_is_named(evaluator: httpx2.AsyncClient) -> None:
    society = await evaluator.post("/societies/B-99/assessments", json=judgement(number="80"))
    assessment = await evaluator.post(f"{DOOR}/{ASSESSOR}/withdrawal", json={"reason": "登记有误"})

    assert (society.status_code, society.json()["type"]) == (404, "urn:societas:problem:unknown-society")
    assert (assessment.status_code, assessment.json()["value"]) == (404, ASSESSOR)


async def test_a_judgement_that_the_association_recorded_an_evaluator_does_not_withdraw(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], evaluator: httpx2.AsyncClient
) -> None:
    association = client_for(app, "association")
    theirs = (await association.post(DOOR, json=judgement(number="80"))).json()["assessment"]
    own = (await evaluator.post(DOOR, json=judgement(number="81"))).json()["event"]

    refused = await evaluator.post(f"{DOOR}/{theirs}/withdrawal", json={"reason": "登记有误"})
    withdrawn = await evaluator.post(f"{DOOR}/{own}/withdrawal", json={"reason": "登记有误"})

    assert (refused.status_code, refused.json()["type"]) == (403, "urn:societas:problem:not-the-recorder")
    assert withdrawn.status_code == 200
