"""A vote is bound to a seat on the panel of a review: one person casts one, and nobody casts another's."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from chassis.ids import new_id
from contracts.calendar import CST, instant, midnight
from services.evaluation import store
from services.evaluation.store.tables import facts

Seat = Callable[..., httpx2.AsyncClient]
R = "/reviews/review-2025"
PANEL = {"members": [{"member": f"p-{number}"} for number in range(1, 8)]}


@pytest.fixture
def seat(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> Seat:
    def client(member: str, *more: str, subject: str | None = None) -> httpx2.AsyncClient:
        return client_for(app, f"panel:review-2025:{member}", *more, subject=subject or member)

    return client


@pytest.fixture
def association(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association")


@pytest.fixture
async def door(app: FastAPI, association: httpx2.AsyncClient) -> str:
    """The address of an objection that is open for votes."""
    told, recorded = midnight(date(2020, 1, 1)), instant(datetime(2025, 1, 1, tzinfo=CST))
    row = {"type": "membership.society-registered.v1", "time": instant(told), "recorded": recorded}
    async with app.state.service.work() as work:
        ordinal = (await store.mark(work.conn, 0)).last + 1
        data = json.dumps({"name": "学会", "discipline": "science"})
        new = {"partition": 0, "ordinal": ordinal, "id": new_id(), "subject": "A-01", "data": data}
        await work.conn.execute(facts.insert().values(new | row))
    await association.post("/reviews", json={"review": "review-2025", "as_of": "2025-06-30"})
    await association.post(f"{R}/snapshot")
    await association.post(f"{R}/publication")
    seated = await association.post(f"{R}/panel", json=PANEL)
    assert seated.json()["roles"][2] == "panel:review-2025:p-3"
    form = {"objector": "A-01", "about": "A-01", "text": "二月的理事会会议未计入。"}
    raised = await association.post(f"{R}/objections", json=form)
    return f"{R}/objections/{raised.json()['objection']}"


def slug(answer: httpx2.Response) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]


async def votes(association: httpx2.AsyncClient, door: str) -> dict[str, str]:
    return dict((await association.get(door)).json()["votes"])


async def test_an_evaluator_votes_for_nobody(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], association: httpx2.AsyncClient, door: str
) -> None:
    for roles in (("evaluator",), ("association", "evaluator", "auditor"), ("panel:review-2024:p-1",)):
        for form in ({"vote": "uphold"}, {"member": "p-1", "vote": "uphold"}):
            answer = await client_for(app, *roles).post(f"{door}/votes", json=form)
            assert answer.status_code in {403, 422}

    assert await votes(association, door) == {}


async def test_the_vote_is_the_seats_whatever_the_request_names(
    association: httpx2.AsyncClient, seat: Seat, door: str
) -> None:
    named = await seat("p-3").post(f"{door}/votes", json={"member": "p-4", "vote": "uphold"})
    own = await seat("p-3").post(f"{door}/votes", json={"vote": "dismiss"})

    assert (named.status_code, own.status_code) == (422, 201)
    assert await votes(association, door) == {"p-3": "dismiss"}


async def test_one_person_casts_one_vote(association: httpx2.AsyncClient, seat: Seat, door: str) -> None:
    first = await seat("p-1", subject="a").post(f"{door}/votes", json={"vote": "uphold"})
    second = await seat("p-2", subject="a").post(f"{door}/votes", json={"vote": "uphold"})
    several = await seat("p-2", "panel:review-2025:p-3", subject="b").post(f"{door}/votes", json={"vote": "uphold"})
    again = await seat("p-1", subject="a").post(f"{door}/votes", json={"vote": "dismiss"})

    assert [one.status_code for one in (first, second, several, again)] == [201, 409, 403, 409]
    assert [slug(one) for one in (second, several, again)] == ["second-seat", "several-seats", "already-voted"]
    assert await votes(association, door) == {"p-1": "uphold"}


async def test_a_seat_is_one_persons_throughout_a_review(
    association: httpx2.AsyncClient, seat: Seat, door: str
) -> None:
    form = {"objector": "A-01", "about": "A-18", "text": "数据不实"}
    other = (await association.post(f"{R}/objections", json=form)).json()["objection"]
    await seat("p-1", subject="a").post(f"{door}/votes", json={"vote": "uphold"})

    stranger = await seat("p-1", subject="b").post(f"{R}/objections/{other}/votes", json={"vote": "uphold"})

    assert (stranger.status_code, slug(stranger)) == (409, "seat-taken")


async def test_who_is_not_seated_any_more_has_no_vote(association: httpx2.AsyncClient, seat: Seat, door: str) -> None:
    members = {"members": [{"member": f"p-{number}"} for number in range(2, 9)]}
    await association.post(f"{R}/panel", json=members)

    answer = await seat("p-1").post(f"{door}/votes", json={"vote": "uphold"})

    assert slug(answer) == "not-on-the-panel"
    assert len((await association.get(f"{R}/panel")).json()["roles"]) == 7


async def test_a_member_is_recused_by_oneself_and_nobody_elses_member_by_a_member(
    association: httpx2.AsyncClient, seat: Seat, door: str
) -> None:
    other = await seat("p-1").post(f"{door}/recusals", json={"member": "p-2", "reason": "interest"})
    own = await seat("p-1").post(f"{door}/recusals", json={"reason": "interest"})
    by_the_association = await association.post(f"{door}/recusals", json={"member": "p-3", "reason": "other"})

    assert [one.status_code for one in (other, own, by_the_association)] == [403, 201, 201]
    assert (await association.get(door)).json()["recused"] == {"p-1": "interest", "p-3": "other"}


async def test_a_seat_reads_what_it_decides_and_ends_with_the_review(
    association: httpx2.AsyncClient, seat: Seat, door: str, clock: SteppedClock
) -> None:
    before = await seat("p-1").get(door)
    for number in range(1, 6):
        await seat(f"p-{number}").post(f"{door}/votes", json={"vote": "dismiss"})
    for step in ("decision", "dispatch"):
        await association.post(f"{door}/{step}")
    clock.set(clock.now() + timedelta(days=9))
    confirmed = await association.post(f"{R}/confirmation")
    after = await seat("p-1").get(door)
    late = await seat("p-6").post(f"{door}/votes", json={"vote": "uphold"})

    assert (before.status_code, before.json()["text"]) == (200, "二月的理事会会议未计入。")
    assert confirmed.status_code == 201
    assert [slug(one) for one in (after, late)] == ["seat-ended", "seat-ended"]
    assert (await association.get(f"{R}/panel")).json()["roles"] == []
