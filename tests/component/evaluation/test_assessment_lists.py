"""Many judgements are recorded at once, all or none; everything that is wrong is named at its place."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from services.evaluation.api.assessment_lists import MOST
from tests.component.evaluation.test_assessments import ASSESSOR, DOOR, judgement

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
BATCH = "/assessments/batch"


def of_society(society: str = "A-18", **more: Any) -> dict[str, Any]:
    return {"society": society} | judgement(**more)


def body(*many: Any) -> dict[str, Any]:
    return {"assessments": list(many)}


async def test_many_judgements_are_recorded_at_once(evaluator: httpx2.AsyncClient, said: Said) -> None:
    many = [of_society(item=f"item-{number}", number=str(number)) for number in range(3)]
    answer = await evaluator.post(BATCH, json=body(*many, of_society(kind="finding", word="good")))

    assert answer.status_code == 201, answer.text
    events = await said()
    assert [event["id"] for event in events] == [one["event"] for one in answer.json()["recorded"]]
    assert [event["data"]["number"] for event in events] == ["0", "1", "2", None]
    assert events[-1]["data"]["word"] == "good"
    listed = (await evaluator.get(DOOR)).json()["items"]
    assert [one["id"] for one in listed] == [one["assessment"] for one in answer.json()["recorded"]]


async def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_recorded(
    evaluator: httpx2.AsyncClient, said: Said
) -> None:
    many = [
        of_society(number="80"),
        of_society("B-99", number="101"),
        of_society(item="plan"),
        of_society(item="accounts", assessed_on="2025-07-01"),
        of_society(number="eighty") | {"remark": "?"},
        17,
    ]
    answer = await evaluator.post(BATCH, json=body(*many), headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:societas:problem:judgements-not-recorded")
    assert (
        answer.json()["detail"] == "Nothing was recorded: 8 entries of the list are wrong; each is named under errors."
    )
    assert [fault["field"] for fault in answer.json()["errors"]] == [
        "assessments.1.society",
        "assessments.1.number",
        "assessments.2.kind",
        "assessments.3.assessed_on",
        "assessments.3.kind",
        "assessments.4.number",
        "assessments.4.remark",
        "assessments.5",
    ]
    assert await said() == []


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "Judgement 2, Number judged: 101 is no percentage: it must be from 0 to 100."),
        ("zh", "第 2 条，所评数值：101 不是百分数，应在 0 到 100 之间。"),
    ],
)
async def test_a_fault_says_place_and_field_in_the_callers_language(
    language: str, message: str, evaluator: httpx2.AsyncClient
) -> None:
    many = body(of_society(number="80"), of_society(item="other", number="101"))
    answer = await evaluator.post(BATCH, json=many, headers={"Accept-Language": language})

    assert [fault["message"] for fault in answer.json()["errors"]] == [message]


async def test_one_judgement_of_a_society_item_assessor_and_year_stands_in_a_list(
    evaluator: httpx2.AsyncClient, said: Said
) -> None:
    first = of_society(number="80")
    others = [
        first | {"assessor": ASSESSOR.replace("f2e", "f2f")},
        first | {"item": "other"},
        first | {"assessed_on": "2024-06-28"},
        first | {"answer": "a1"},
        {**first, "kind": "false-evidence", "number": None},
    ]
    twice = first | {"assessed_on": "2025-06-27", "number": "90"}
    refused = await evaluator.post(BATCH, json=body(first, *others, twice), headers={"Accept-Language": "en"})
    (fault,) = refused.json()["errors"]
    before = await said()

    assert fault["field"] == "assessments.6.item"
    assert fault["message"].startswith("Judgement 7, Item: Judgement 1 of the list is of the same society, item")
    assert before == []
    assert (await evaluator.post(BATCH, json=body(first, *others))).status_code == 201


async def test_the_same_list_sent_again_is_recorded_once(evaluator: httpx2.AsyncClient, said: Said) -> None:
    sent = {"json": body(of_society(number="80")), "headers": {"Idempotency-Key": "batch-of-june"}}
    first, again = await evaluator.post(BATCH, **sent), await evaluator.post(BATCH, **sent)

    assert first.json() == again.json()
    assert len(await said()) == 1


async def test_who_may_not_judge_records_no_list(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], said: Said
) -> None:
    answers = [
        await client_for(app, role).post(BATCH, json=body(of_society(number="80")))
        for role in ("society:A-18", "auditor", "panel:review-2025:p-1")
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert await said() == []


async def test_the_longest_list_is_taken_and_a_longer_one_refused(evaluator: httpx2.AsyncClient, said: Said) -> None:
    many = [of_society(item=f"item-{number}".ljust(80, "-"), number="80") for number in range(MOST)]
    taken = await evaluator.post(BATCH, json=body(*many))
    refused = await evaluator.post(BATCH, json=body(*many, of_society(number="1")))

    assert (taken.status_code, len(await said())) == (201, MOST)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "assessments")
