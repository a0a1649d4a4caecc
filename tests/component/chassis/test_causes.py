"""Every row of a log says who caused it; this stays in the service."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from chassis import log_routes, wire
from chassis.access import CallerDep, may, require
from chassis.clock import SteppedClock
from chassis.correlation import correlation_id, traceparent
from chassis.house import House
from chassis.ids import new_id
from chassis.tables import log
from chassis.web import Writing, assemble, router
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind

WHEN = datetime(2025, 3, 1, tzinfo=UTC)
routes = router("members")


@routes.post("/societies/{society}/members", status_code=201, dependencies=[may("association", "society:{society}")])
async def admit(society: str, work: Writing) -> str:
    return work.say(admission(society))


@routes.post("/members", status_code=201, dependencies=[may("society:*", "association")])
async def admit_where_the_body_says(society: str, caller: CallerDep, work: Writing) -> str:
    require(caller, "association", f"society:{society}")
    return work.say(admission(society))


def admission(society: str) -> MemberAdmitted:
    return MemberAdmitted(
        subject=society, happened_at=WHEN, member=new_id(), kind=MemberKind.INDIVIDUAL, admitted_on=WHEN.date()
    )


@pytest.fixture
async def house(make_database: Any, settings_for: Any, clock: SteppedClock) -> Any:
    url = await make_database("membership")
    made = House("membership", settings_for("membership", url), clock)
    yield made
    await made.redis.aclose()
    await made.db.close()


@pytest.fixture
def app(house: House) -> FastAPI:
    return assemble(house, routes, log_routes.routes)


async def causes(house: House) -> list[tuple[str | None, str | None, bool]]:
    async with house.db.reading() as conn:
        rows = (await conn.execute(select(log.c.account, log.c.role, log.c.imported).order_by(log.c.ordinal))).all()
    return [tuple(row) for row in rows]  # type: ignore[misc]


async def test_the_row_of_an_event_has_the_account_and_the_role_by_which_it_was_let_in(
    app: FastAPI, house: House, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    await client_for(app, "society:A-18").post("/societies/A-18/members")
    await client_for(app, "society:A-18", "association").post("/societies/A-18/members")
    await client_for(app, "society:A-18", "society:B-01").post("/members?society=B-01")

    found = await causes(house)

    assert [(role, imported) for _, role, imported in found] == [
        ("society:A-18", False),
        ("association", False),
        ("society:B-01", False),
    ]
    (account,) = {account for account, *_ in found}
    assert account is not None
    assert len(account) == 64
    assert "tester" not in account


async def test_what_follows_from_an_event_or_from_the_calendar_has_no_account(house: House) -> None:
    async with house.work() as work:
        work.say(admission("A-18"))

    assert await causes(house) == [(None, None, False)]


async def test_an_imported_event_is_marked_with_who_imported_it(
    app: FastAPI, house: House, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    line = wire.encode(
        admission("A-18"), id_=new_id(), recorded_at=WHEN, correlation=correlation_id(), traceparent=traceparent()
    )

    answer = await client_for(app, "importer").post("/log", content=line)

    assert answer.json() == {"imported": 1, "skipped": 0}
    ((account, role, imported),) = await causes(house)
    assert (account is not None, role, imported) == (True, "importer", True)


async def test_who_caused_an_event_is_in_no_answer_of_the_log(
    app: FastAPI, house: House, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    await client_for(app, "society:A-18").post("/societies/A-18/members")
    async with house.db.writing() as conn:
        await log_routes.log.number(conn)
    ((account, *_),) = await causes(house)

    answer = await client_for(app, "auditor").get("/log")

    assert '"type":"membership.member-admitted.v1"' in answer.text
    assert account not in answer.text
    assert "society:A-18" not in answer.text
