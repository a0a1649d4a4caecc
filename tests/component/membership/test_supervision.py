"""Records for the supervisors and about leaders: told with their day, once, and withdrawn by their event."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from contracts.calendar import midnight
from contracts.evaluation import DayTurned
from services.membership.handlers import look_at_ages

Client = httpx2.AsyncClient
Form = dict[str, Any]

REPORT: Form = {"year": 2024, "addressee": "supervisor", "filed_on": "2025-04-02"}
CHECK: Form = {"year": 2024, "conclusion": "barely-passed", "concluded_on": "2025-06-20"}
CHANGE: Form = {"item": "domicile", "consented_on": "2025-05-02"}
ELECTION: Form = {
    "organ": "council",
    "seats": 77,
    "front_line": 60,
    "young": 30,
    "elected_on": "2021-05-28",
    "term_ends_on": "2025-05-28",
}
PLAN: Form = {"term_ends_on": "2025-05-28", "planned_on": "2024-11-20"}
REQUEST: Form = {"term_ends_on": "2025-05-28", "assembly_on": "2025-05-20", "requested_on": "2025-03-20"}
DEFERRAL: Form = {"term_ends_on": "2025-05-28", "deferred_until": "2026-05-28", "approved_on": "2025-05-20"}
LEADER: Form = {"post": "head", "term_number": 2, "elected_on": "2021-05-28", "born_on": "1955-09-17"}


@pytest.fixture
async def elected(zoology: Client) -> Client:
    """A society whose council was elected."""
    assert (await zoology.post("elections", json=ELECTION)).status_code == 201
    return zoology


@pytest.mark.parametrize(
    ("path", "form", "type_"),
    [
        ("work-reports", REPORT, "work-report-filed"),
        ("annual-checks", CHECK, "annual-check-concluded"),
        ("renewal-plans", PLAN, "renewal-planned"),
        ("renewal-requests", REQUEST, "renewal-requested"),
    ],
)
async def test_a_record_is_told_once_until_it_is_withdrawn(
    elected: Client, said: Any, path: str, form: Form, type_: str
) -> None:
    first = await elected.post(path, json=form)
    told = (await said())[-1]
    again = await elected.post(path, json=form)
    event = first.json()["event"]
    withdrawal = await elected.post(f"records/{event}/withdrawal", json={"reason": "登记有误"})
    anew = await elected.post(path, json=form)
    twice = await elected.post(f"records/{event}/withdrawal", json={"reason": "登记有误"})

    assert (told["type"], told["id"], told["data"]) == (f"membership.{type_}.v1", event, form)
    assert [first.status_code, again.status_code, withdrawal.status_code] == [201, 409, 200]
    assert [anew.status_code, twice.status_code] == [201, 409]
    assert (await said())[-2]["data"] == {"withdraws": event}


@pytest.mark.parametrize(
    ("path", "form", "problem"),
    [
        ("work-reports", REPORT | {"year": 2025}, "year-not-over"),
        ("work-reports", REPORT | {"filed_on": "2025-07-01"}, "in-the-future"),
        ("annual-checks", CHECK | {"year": 2025}, "year-not-over"),
        ("changes", CHANGE | {"consented_on": "1990-01-01"}, "before-registration"),
        ("renewal-plans", PLAN | {"term_ends_on": "2025-05-29"}, "unknown-election"),
        ("renewal-requests", REQUEST | {"assembly_on": "2025-03-20"}, "assembly-before-request"),
        ("elections/2021-05-29/filing", {"filed_on": "2021-06-20"}, "unknown-election"),
        ("elections/2021-05-28/filing", {"filed_on": "2021-05-27"}, "filed-too-early"),
        ("leaders", LEADER | {"born_on": "2003-05-29"}, "not-of-age"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_told(
    elected: Client, said: Any, path: str, form: Form, problem: str
) -> None:
    before = len(await said())

    answer = await elected.post(path, json=form)

    assert answer.json()["type"] == f"urn:societas:problem:{problem}"
    assert len(await said()) == before


@pytest.mark.parametrize(("until", "status"), [("2026-05-28", 201), ("2026-05-29", 422), ("2025-05-28", 422)])
async def test_only_the_association_defers_a_term_and_by_a_year_at_most(
    elected: Client, association: Client, until: str, status: int
) -> None:
    form = DEFERRAL | {"deferred_until": until}

    own = await elected.post("deferrals", json=form)
    answer = await association.post("/societies/A-18/deferrals", json=form)

    assert (own.status_code, answer.status_code) == (403, status)


async def test_a_change_is_filed_once_and_not_before_it_was_made(elected: Client) -> None:
    change = (await elected.post("changes", json=CHANGE)).json()["change"]

    early = await elected.post(f"changes/{change}/filing", json={"filed_on": "2025-05-01"})
    first = await elected.post(f"changes/{change}/filing", json={"filed_on": "2025-05-02"})
    again = await elected.post(f"changes/{change}/filing", json={"filed_on": "2025-05-03"})

    assert [answer.status_code for answer in (early, first, again)] == [422, 201, 409]


async def turn(app: FastAPI, day: str) -> None:
    """The calendar turns, as membership hears it."""
    on = date.fromisoformat(day)
    event = DayTurned(happened_at=midnight(on), day=on)
    async with app.state.service.work() as work:
        await look_at_ages(event, work)


async def test_the_age_limit_is_told_ahead_and_when_it_counts_by_the_month_and_once(
    elected: Client, said: Any, app: FastAPI
) -> None:
    leader = (await elected.post("leaders", json=LEADER)).json()["leader"]
    before = [event["type"] for event in await said()]
    for day in ("2025-07-01", "2025-07-02", "2025-09-30", "2025-10-01", "2025-10-02"):
        await turn(app, day)
    told = (await said())[-2:]

    assert before[-2:] == ["membership.leader-elected.v1", "membership.leader-limit-approaching.v1"]
    assert [event["type"] for event in told] == [
        "membership.leader-limit-approaching.v1",
        "membership.leader-limit-reached.v1",
    ]
    assert [event["data"] for event in told] == [{"leader": leader, "counts_from": "2025-10-01"}] * 2


async def test_who_left_in_time_is_not_told_of(elected: Client, said: Any, app: FastAPI) -> None:
    leader = (await elected.post("leaders", json=LEADER)).json()["leader"]
    left = await elected.post(f"leaders/{leader}/leaving", json={"left_on": "2025-06-30"})
    await turn(app, "2025-12-01")

    assert left.status_code == 201
    assert "membership.leader-limit-reached.v1" not in [event["type"] for event in await said()]


async def test_a_day_of_birth_is_in_no_answer_and_no_event(
    elected: Client, association: Client, said: Any, app: FastAPI
) -> None:
    made = await elected.post("leaders", json=LEADER)
    leader = made.json()["leader"]
    await association.post(
        f"/societies/A-18/leaders/{leader}/exemptions", json={"exceeds": "age", "approved_on": "2025-06-01"}
    )
    await turn(app, "2026-01-01")
    young = await elected.post("leaders", json=LEADER | {"born_on": "2010-01-01"})
    listed = await elected.get("leaders")

    everything = made.text + young.text + listed.text + str(await said())
    assert "1955-09" not in everything
    assert "2010-01-01" not in everything
    assert [one["leader"] for one in listed.json()["items"]] == [leader]


async def test_leaders_are_listed_for_their_society_alone(
    elected: Client, anybody: Client, app: FastAPI, client_for: Callable[..., Client]
) -> None:
    assert (await anybody.get("/societies/A-18/leaders")).status_code == 401
    assert (await client_for(app, "society:A-19").get("/societies/A-18/leaders")).status_code == 403
