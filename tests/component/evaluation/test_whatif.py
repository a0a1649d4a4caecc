"""Another policy over the facts, by request: filed ones for everybody, sent ones for who works on policies."""

from collections.abc import Callable
from datetime import date

import httpx2
import pytest
from fastapi import FastAPI

from services.evaluation.shipped import DEFAULT, SHIPPED, text_of
from tests.component.evaluation.test_past import KNOWN_THEN, hear, history, late

ClientFor = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def asker(app: FastAPI, evaluator: httpx2.AsyncClient) -> httpx2.AsyncClient:
    app.state.board.day = date(2018, 9, 1)
    await hear(app, history())
    return evaluator


def stricter() -> bytes:
    """The policy, asking for five hundred members where it asks for three hundred."""
    old = "{at_least: 300, points: 5}, {at_least: 200, points: 3}"
    new = "{at_least: 500, points: 5}, {at_least: 200, points: 3}"
    text = text_of(DEFAULT)
    assert old in text
    return text.replace(old, new).replace('version: "', 'version: "9', 1).encode()


async def test_a_policy_that_is_sent_is_compared_and_not_kept(asker: httpx2.AsyncClient) -> None:
    filed = (await asker.get("/policies")).content

    answer = await asker.post("/whatif", content=stricter(), params={"as_of": "2018-06-30"})

    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["summary"]["totals_changed"] == 1
    (move,) = document["societies"]
    assert (move["society"], move["change"]) == ("A-18", "-2")
    assert [(one["after"], one["points"]) for one in move["contributions"]] == [(["individual-members"], "-2")]
    assert (await asker.get("/policies")).content == filed
    ratings = (await asker.get("/ratings", params={"as_of": "2018-06-30"})).json()
    assert document["before"]["ratings_hash"] == ratings["hash"]


async def test_filed_policies_are_compared_for_everybody(
    app: FastAPI, asker: httpx2.AsyncClient, client_for: ClientFor
) -> None:
    filed = (await client_for(app, "association").post("/policies", content=stricter())).json()["policy"]
    name = f"{filed['id']}@{filed['version']}"

    told = await client_for(app).get("/whatif", params={"policy": name, **KNOWN_THEN})
    await hear(app, late(history()))

    assert told.json()["summary"]["totals_changed"] == 1
    assert (await client_for(app).get("/whatif", params={"policy": name, **KNOWN_THEN})).content == told.content


async def test_the_shipped_policies_are_listed_shown_and_compared_with_each_other(asker: httpx2.AsyncClient) -> None:
    listed = (await asker.get("/policies")).json()["policies"]
    assert [one["id"] for one in listed] == list(SHIPPED)

    for one in SHIPPED:
        assert (await asker.get(f"/policies/{one}")).json()["policy"] == one
        for other in SHIPPED:
            told = await asker.get("/whatif", params={"policy": one, "against": other, "as_of": "2018-06-30"})
            moved = told.json()["summary"]["totals_changed"]
            same_points = one == other or {one, other} == {"assessment-2011", "assessment-2026"}
            assert (one, other, moved) == (one, other, 0 if same_points else 1)


async def test_what_is_no_policy_is_refused_by_line(asker: httpx2.AsyncClient) -> None:
    answer = await asker.post("/whatif", content=stricter().replace(b"council-elected.v1", b"council-chosen.v1"))

    assert answer.status_code == 422
    assert all(error["message"] for error in answer.json()["errors"])
    unknown = await asker.get("/whatif", params={"policy": "nowhere"})
    assert (unknown.status_code, unknown.json()["field"]) == (404, "policy")
