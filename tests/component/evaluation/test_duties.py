"""Breaches are told once each as the day turns, taken back when records show otherwise, and listed for everybody."""

from collections.abc import Callable
from datetime import date
from typing import Any, Self

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis import wire
from chassis.hearing import Partition
from chassis.ids import new_id
from chassis.tables import log
from contracts.calendar import midnight
from contracts.evaluation import DayTurned
from contracts.event import Event
from contracts.federation import FederationFounded
from contracts.membership import (
    LeaderElected,
    LeaderLimitApproaching,
    SocietyRegistered,
    WorkReportFiled,
    WorkReportWithdrawn,
)
from services.evaluation.handlers import LiveRatings

BOOKS = SocietyRegistered(
    subject="A-18",
    happened_at=midnight(date(1991, 6, 30)),
    credit_code="51420000500000023Y",
    name="中国动物学会",
    discipline="science",
    registered_on=date(1991, 6, 30),
)
FOUNDED = FederationFounded(
    subject="life",
    happened_at=midnight(date(2018, 1, 1)),
    federation="life",
    name="生命科学学会联合体",
    field="life-sciences",
    founded_on=date(2018, 1, 1),
)
REPORT_CLOCK = "work-report-supervisor"


def turned(day: str) -> DayTurned:
    on = date.fromisoformat(day)
    return DayTurned(happened_at=midnight(on), day=on)


def report(on: str) -> WorkReportFiled:
    day = date.fromisoformat(on)
    return WorkReportFiled(subject="A-18", happened_at=midnight(day), year=2024, addressee="supervisor", filed_on=day)


class Ear:
    """Evaluation's ear on a database, as its listener would use it."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.position = 0

    async def __aenter__(self) -> Self:
        self.live = LiveRatings()
        async with self.app.state.service.db.reading() as conn:
            await self.live.begin(conn, Partition())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing outlives it but the database."""

    async def hear(self, event: Event) -> str:
        self.position += 1
        id_ = new_id()
        now = self.app.state.service.clock.now()
        document = wire.encode(event, id_=id_, recorded_at=now, correlation=id_, traceparent="", causation="")
        async with self.app.state.service.work() as work:
            await self.live.apply([wire.decode(document)], work)
        return id_


@pytest.fixture
def reports_told(app: FastAPI) -> Callable[[], Any]:
    """What was said of the report's duty: the type's words, in order."""

    async def told() -> list[str]:
        async with app.state.service.db.reading() as conn:
            found = (await conn.execute(select(log.c.document).order_by(log.c.ordinal))).scalars().all()
        heard = [wire.decode(one.encode() if isinstance(one, str) else one) for one in found]
        ours = {one.id for one in heard if one.data.get("clock") == REPORT_CLOCK}
        return [
            one.type.removeprefix("evaluation.duty-").removesuffix(".v1")
            for one in heard
            if one.id in ours or one.data.get("withdraws") in ours
        ]

    return told


async def test_a_breach_is_told_once_when_its_day_is_over_also_after_a_restart(
    app: FastAPI, reports_told: Callable[[], Any]
) -> None:
    async with Ear(app) as ear:
        for event in (BOOKS, turned("2025-03-30"), turned("2025-03-31")):
            await ear.hear(event)
        assert await reports_told() == []
        await ear.hear(turned("2025-04-01"))
        assert await reports_told() == ["breached"]
    async with Ear(app) as ear:
        await ear.hear(turned("2025-04-02"))
        await ear.hear(turned("2025-04-02"))
        assert await reports_told() == ["breached"]


async def test_a_late_report_cures_and_its_withdrawal_opens_the_breach_again(
    app: FastAPI, reports_told: Callable[[], Any]
) -> None:
    async with Ear(app) as ear:
        await ear.hear(BOOKS)
        await ear.hear(turned("2025-04-01"))
        filed = await ear.hear(report("2025-04-10"))
        await ear.hear(turned("2025-04-11"))
        await ear.hear(WorkReportWithdrawn(subject="A-18", happened_at=midnight(date(2025, 4, 12)), withdraws=filed))
        await ear.hear(turned("2025-04-13"))

        assert await reports_told() == ["breached", "fulfilled-late", "fulfilment-withdrawn"]


async def test_a_report_in_time_that_was_recorded_late_takes_the_breach_back(
    app: FastAPI, reports_told: Callable[[], Any]
) -> None:
    async with Ear(app) as ear:
        await ear.hear(BOOKS)
        await ear.hear(turned("2025-04-01"))
        await ear.hear(report("2025-03-31"))
        await ear.hear(turned("2025-04-02"))
        await ear.hear(turned("2025-04-03"))

        assert await reports_told() == ["breached", "breach-withdrawn"]


async def test_duties_are_listed_by_day_for_any_past_day(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    async with Ear(app) as ear:
        for event in (BOOKS, FOUNDED, turned("2025-06-30")):
            await ear.hear(event)
    app.state.board.day = date(2025, 6, 30)
    anybody = client_for(app)
    ask = {"as_of": "2025-04-10", "policy": "hubei-2017"}

    first = (await anybody.get("/duties", params=ask | {"limit": "1"})).json()
    rest = (await anybody.get("/duties", params=ask | {"limit": "50", "after": first["next"]})).json()
    breached = (await anybody.get("/duties", params=ask | {"state": "breached"})).json()["items"]
    near = (await anybody.get("/duties", params=ask | {"state": "due", "within": "51"})).json()["items"]
    nearer = (await anybody.get("/duties", params=ask | {"state": "due", "within": "50"})).json()["items"]
    elsewhere = await anybody.get("/duties", params=ask | {"federation": "life"})
    wrong = await anybody.get("/duties", params=ask | {"state": "forgotten"})

    assert first["items"][0]["clock"] == REPORT_CLOCK
    assert [one["due_on"] for one in rest["items"]] == sorted(one["due_on"] for one in rest["items"])
    assert REPORT_CLOCK + "2024" not in [one["clock"] + one["key"] for one in rest["items"]]
    assert [(one["clock"], one["breached_since"], one["days_late"]) for one in breached] == [
        (REPORT_CLOCK, "2025-04-01", 10)
    ]
    assert [(one["clock"], one["days_left"], one["warned"]) for one in near] == [("work-report-registry", 51, True)]
    assert nearer == []
    assert elsewhere.json()["items"] == []
    assert wrong.status_code == 422


async def test_a_society_that_nobody_registered_has_no_duties_to_show(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    answer = await client_for(app).get("/societies/E-99/duties")

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:societas:problem:unknown-society")


DAYS = ("due_on", "days_left", "breached_since", "days_late", "fulfilled_on")


async def a_leader_near_the_limit(app: FastAPI) -> str:
    """The head of A-18 is seventy in March 2025; told half a year ahead, as the calendar turned."""
    elected_on, leader = date(2024, 6, 1), new_id()
    elected = LeaderElected(
        subject="A-18",
        happened_at=midnight(elected_on),
        leader=leader,
        post="head",
        term_number=1,
        elected_on=elected_on,
    )
    near = LeaderLimitApproaching(
        subject="A-18", happened_at=midnight(date(2024, 10, 3)), leader=leader, counts_from=date(2025, 4, 1)
    )
    async with Ear(app) as ear:
        for event in (BOOKS, elected, near, turned("2025-06-30")):
            await ear.hear(event)
    app.state.board.day = date(2025, 6, 30)
    return leader


@pytest.mark.parametrize("roles", [(), ("society:B-01",), ("evaluator",), ("service:events",)])
async def test_the_public_is_told_of_a_leaders_limit_without_the_day(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], roles: tuple[str, ...]
) -> None:
    leader = await a_leader_near_the_limit(app)
    anybody, ask = client_for(app, *roles), {"policy": "hubei-2017"}

    found = (await anybody.get("/duties", params=ask)).json()["items"]
    (told,) = [one for one in found if one["clock"] == "leader-age"]

    assert (told["key"], told["state"]) == (leader, "breached")
    assert {name: told[name] for name in DAYS} == dict.fromkeys(DAYS)
    assert (told["warned"], told["evidence"]) == (False, [])
    assert found[-1] == told
    other_days = [one["due_on"] for one in found if one["clock"] != "leader-age"]
    assert None not in other_days


async def test_no_day_of_a_person_comes_out_by_asking_for_one_day_after_the_other(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    await a_leader_near_the_limit(app)
    anybody = client_for(app)

    for day in ("2024-10-02", "2024-10-04", "2025-03-31", "2025-04-01", "2025-06-30"):
        for more in ({}, {"state": "due"}, {"state": "breached"}, {"within": "30"}):
            ask = {"policy": "hubei-2017", "as_of": day} | more
            found = (await anybody.get("/duties", params=ask)).json()["items"]
            assert [one for one in found if one["clock"] == "leader-age"] == [], day


@pytest.mark.parametrize("role", ["association", "auditor", "society:A-18"])
async def test_who_has_to_act_on_a_leaders_limit_is_told_the_day(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient], role: str
) -> None:
    await a_leader_near_the_limit(app)
    client, ask = client_for(app, role), {"policy": "hubei-2017", "limit": "100"}

    found = (await client.get("/duties", params=ask)).json()["items"]
    then = (await client.get("/duties", params=ask | {"as_of": "2025-03-31"})).json()["items"]

    told = [(one["state"], one["due_on"], one["days_late"]) for one in (*found, *then) if one["clock"] == "leader-age"]
    assert told == [("breached", "2025-03-31", 91), ("due", "2025-03-31", None)]


async def test_a_page_that_ends_between_duties_without_a_day_goes_on_with_the_next(
    app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    await a_leader_near_the_limit(app)
    anybody, ask = client_for(app), {"policy": "hubei-2017", "limit": "1"}
    clocks, after = [], None
    while True:
        page = (await anybody.get("/duties", params=ask | ({"after": after} if after else {}))).json()
        clocks += [one["clock"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break

    assert clocks.count("leader-age") == 1
    assert clocks[-1] == "leader-age"
