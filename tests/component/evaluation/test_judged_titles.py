"""Who writes Chinese alone enters and reads the titles of words and items; their ids stay in the log."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from tests.component.evaluation.test_assessment_lists import BATCH, body, of_society
from tests.component.evaluation.test_assessments import DOOR, judgement
from tests.unit.evaluation.little import indicator, policy

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
SERVICE = {
    "fold": "latest",
    "events": ["evaluation.assessment-recorded.v1"],
    "where": {"item": "service"},
    "field": "word",
}
TITLES = {
    "good": {"zh": "好", "en": "Good"},
    "fair": {"zh": "较好", "en": "Fairly good"},
    "service": {"zh": "服务会员", "en": "Service to members"},
    "middling": {"zh": "一般", "en": "Middling"},
    "so-so": {"zh": "一般", "en": "So so"},
}
OF_THE_POLICY = policy(
    {"service": SERVICE},
    indicator({"kind": "best", "measure": "service", "table": {"good": 100, "fair": 40}}),
    words=TITLES,
)


@pytest.fixture
def judge(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    app.state.board.adopt(OF_THE_POLICY, ())
    return client_for(app, "evaluator")


@pytest.mark.parametrize("word", ["较好", " 较 好 ", "fairly good", "fair"])
@pytest.mark.parametrize("item", ["服务会员", "service"])
async def test_a_title_is_recorded_as_the_id_that_has_it(
    item: str, word: str, judge: httpx2.AsyncClient, said: Said
) -> None:
    answer = await judge.post(DOOR, json=judgement(kind="finding", item=item, word=word))

    assert answer.status_code == 201, answer.text
    (event,) = await said()
    assert (event["data"]["item"], event["data"]["word"]) == ("service", "fair")


async def test_a_list_takes_titles_too(judge: httpx2.AsyncClient, said: Said) -> None:
    await judge.post(BATCH, json=body(of_society(kind="finding", item="服务会员", word="好")))

    assert [(event["data"]["item"], event["data"]["word"]) for event in await said()] == [("service", "good")]


@pytest.mark.parametrize(
    ("word", "slug", "detail"),
    [
        (
            "很好",
            "no-such-title",
            "现行评价办法中没有名为“很好”的用语或指标项，已定名的有：好、较好、服务会员、一般、一般。",
        ),
        ("一般", "title-of-several", "现行评价办法中有几个用语同名“一般”，请填写其中一个：middling、so-so。"),
    ],
)
async def test_what_is_no_title_is_refused_with_those_there_are(
    word: str, slug: str, detail: str, judge: httpx2.AsyncClient, said: Said
) -> None:
    judge.headers["Accept-Language"] = "zh"
    answer = await judge.post(DOOR, json=judgement(kind="finding", item="service", word=word))
    listed = await judge.post(BATCH, json=body(of_society(kind="finding", word=word, assessed_on="2099-01-01")))

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{slug}")
    assert (answer.json()["field"], answer.json()["detail"]) == ("word", detail)
    assert [fault["field"] for fault in listed.json()["errors"]] == ["assessments.0.word", "assessments.0.assessed_on"]
    assert listed.json()["errors"][0]["message"] == f"第 1 条，评语：{detail}"
    assert await said() == []


async def test_where_a_policy_gives_no_titles_the_form_of_an_id_is_told(
    evaluator: httpx2.AsyncClient, said: Said
) -> None:
    english = {"Accept-Language": "en"}
    answer = await evaluator.post(DOOR, json=judgement(kind="finding", item="服务", word="good"), headers=english)

    assert answer.json()["detail"].startswith("This must be the id of an item in the policy")
    assert await said() == []


async def test_the_list_says_the_titles_of_the_policy_in_use(judge: httpx2.AsyncClient) -> None:
    await judge.post(DOOR, json=judgement(kind="finding", item="service", word="fair"))
    await judge.post(DOOR, json=judgement(kind="finding", item="plan", holds=True))
    first, second = (await judge.get(DOOR)).json()["items"]

    assert (first["item"], first["item_title"]["zh"]) == ("service", "服务会员")
    assert (first["word"], first["word_title"]["zh"]) == ("fair", "较好")
    assert (second["item_title"], second["word_title"]) == (None, None)
