"""Any day, by what was known at any instant: asked twice, answered the same, whatever was told in between."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.hearing import Ear
from chassis.wire import Heard
from contracts.calendar import instant
from services.evaluation import store
from services.evaluation.domain import Fact, Policy
from services.evaluation.filed import PolicyNotFiled
from tests.unit.evaluation.histories import activity as organised
from tests.unit.evaluation.histories import admitted, corrected, elected, meeting, registered, told, withdrawn

EARLY, LATE = "2018-07-01T00:00:00.000000Z", "2018-08-01T00:00:00.000000Z"
KNOWN_THEN = {"as_of": "2018-06-30", "known_at": "2018-07-15T00:00:00Z"}


@pytest.fixture
def visitor(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    app.state.board.day = date(2018, 9, 1)
    return client_for(app)


def as_heard(facts: Sequence[Fact]) -> list[Heard]:
    return [
        Heard(
            id=fact.id,
            source=f"/{fact.type.partition('.')[0]}",
            type=fact.type,
            subject=fact.subject,
            time=fact.time,
            recordedtime=fact.recorded,
            data=dict(fact.data),
            correlationid="",
            traceparent="",
            specversion="1.0",
        )
        for fact in facts
    ]


async def hear(app: FastAPI, facts: Sequence[Fact]) -> None:
    ear: Ear = app.state.service.listener.ear
    async with app.state.service.work() as work:
        await ear.apply(as_heard(facts), work)


async def put_in_use(app: FastAPI, policy: Policy, on: str = "2018-01-01") -> None:
    """Files a policy and activates it, as far as evaluation heard."""
    async with app.state.service.work() as work:
        await store.file_policy(work.conn, policy, EARLY)
    named = {"policy": policy.id, "version": policy.version, "hash": policy.hash}
    await hear(app, [told("evaluation.policy-activated", on, society="policy", recorded=EARLY, **named)])


def history() -> list[Fact]:
    return [registered(), elected(), admitted(number=310), meeting(), organised(kind="lecture")]


def late(facts: Sequence[Fact]) -> list[Fact]:
    """Told after the instant asked about: a withdrawal, a correction, what is backdated, another society, a policy."""
    return [
        withdrawn(facts[3], recorded=LATE),
        corrected(facts[4], recorded=LATE, kind="salon"),
        told("membership.members-ended", "2018-06-01", recorded=LATE, kind="individual", count=200, batch="c"),
        told("membership.regulation-adopted", "2018-05-01", recorded=LATE, regulation="reform-plan"),
        registered(society="B-02", name="另一学会")._replace(recorded=LATE),
    ]


@pytest.mark.parametrize("held", [True, False], ids=["from memory", "from the database"])
async def test_what_was_known_then_is_answered_the_same_for_ever(
    app: FastAPI, visitor: httpx2.AsyncClient, held: bool
) -> None:
    app.state.past.archive.limit = 1_000 if held else 0
    facts = history()
    await hear(app, facts)
    paths = ("/ratings", "/ratings/A-18", "/policies", "/policies/active")
    before = {path: (await visitor.get(path, params=KNOWN_THEN)).content for path in paths}
    now = (await visitor.get("/ratings", params={"as_of": "2018-06-30"})).json()

    await hear(app, late(facts))

    assert {path: (await visitor.get(path, params=KNOWN_THEN)).content for path in paths} == before
    later = (await visitor.get("/ratings", params={"as_of": "2018-06-30"})).json()
    assert later["hash"] != now["hash"]
    assert {row["society"] for row in later["ratings"]} == {"A-18", "B-02"}


async def test_a_federation_has_the_members_that_were_known_then(app: FastAPI, visitor: httpx2.AsyncClient) -> None:
    founded = told("federation.federation-founded", "2018-01-15", recorded=EARLY, society="life")
    joined = told("federation.society-admitted", "2018-02-01", recorded=LATE, federation="life")
    await hear(app, [*history(), founded, joined])
    members = {"as_of": "2018-06-30", "federation": "life"}

    assert [row["society"] for row in (await visitor.get("/ratings", params=members)).json()["ratings"]] == ["A-18"]
    assert (await visitor.get("/ratings", params=members | KNOWN_THEN)).json()["ratings"] == []


@pytest.mark.parametrize("path", ["/ratings", "/duties"])
@pytest.mark.parametrize(
    ("federation", "query", "status"),
    [
        ("nowhere", {}, 404),
        ("life", {}, 200),
        ("life", {"as_of": "2018-01-15"}, 200),
        ("life", {"as_of": "2018-01-14"}, 404),
        ("life", {"as_of": "2018-06-30", "known_at": "2018-06-30T00:00:00Z"}, 404),
    ],
)
async def test_a_federation_that_was_not_founded_by_then_is_named(
    *, path: str, federation: str, query: dict[str, str], status: int, app: FastAPI, visitor: httpx2.AsyncClient
) -> None:
    await hear(app, [*history(), told("federation.federation-founded", "2018-01-15", recorded=EARLY, society="life")])
    answer = await visitor.get(path, params=query | {"federation": federation})

    assert answer.status_code == status, answer.text
    if status == 404:
        assert (answer.json()["type"], answer.json()["value"]) == (
            "urn:societas:problem:unknown-federation",
            federation,
        )


async def test_a_day_is_rated_by_the_policy_that_was_in_use_then(
    app: FastAPI, visitor: httpx2.AsyncClient, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    await hear(app, history())
    text = (await visitor.get("/policies/active")).json()["text"].replace('version: "', 'version: "9', 1)
    association = client_for(app, "association")
    filed = await association.post("/policies", content=text.encode())
    assert filed.status_code == 201, filed.text
    data = filed.json()["policy"]
    activation = told(
        "evaluation.policy-activated",
        "2018-08-01",
        society="policy",
        recorded=LATE,
        policy=data["id"],
        version=data["version"],
        hash=filed.json()["hash"],
    )
    await hear(app, [activation])

    async def version(**query: Any) -> str:
        return str((await visitor.get("/ratings", params=query)).json()["policy"]["version"])

    assert await version() == data["version"]
    assert await version(as_of="2018-08-01") == data["version"]
    assert await version(as_of="2018-07-31") != data["version"]
    assert await version(as_of="2018-08-01", known_at="2018-07-31T00:00:00Z") != data["version"]
    assert await version(as_of="2018-07-31", policy=f"{data['id']}@{data['version']}") == data["version"]


async def test_a_policy_whose_text_is_not_here_is_never_replaced_by_another(
    app: FastAPI, visitor: httpx2.AsyncClient
) -> None:
    await hear(app, history())
    elsewhere = told(
        "evaluation.policy-activated", society="policy", policy="nowhere", version="1", hash=f"sha256:{'0' * 64}"
    )
    before = (await visitor.get("/ratings")).content

    with pytest.raises(PolicyNotFiled, match=r"policy file"):
        await hear(app, [elsewhere])

    assert (await visitor.get("/ratings")).content == before


async def test_what_is_still_to_come_cannot_be_known(app: FastAPI, visitor: httpx2.AsyncClient) -> None:
    tomorrow = instant(app.state.service.clock.now().replace(year=2026))

    answer = await visitor.get("/ratings", params={"known_at": tomorrow})

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:societas:problem:future-instant")
    assert answer.json()["field"] == "known_at"
