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
from services.rights import MEMBERSHIP

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
async def test_a_record_is_told_once_until_it_is_withdrawn(  # noqa: PLR0917 - a case has its parts
    elected: Client, about_zoology: Client, said: Any, path: str, form: Form, type_: str
) -> None:
    recorder = about_zoology if MEMBERSHIP[path].record == ("association",) else elected
    first = await recorder.post(path, json=form)
    told = (await said())[-1]
    again = await recorder.post(path, json=form)
    event = first.json()["event"]
    withdrawal = await recorder.post(f"records/{again.json()['clashes_with']}/withdrawal", json={"reason": "登记有误"})
    anew = await recorder.post(path, json=form)
    twice = await recorder.post(f"records/{event}/withdrawal", json={"reason": "登记有误"})

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
async def test_what_cannot_be_is_refused_and_nothing_is_told(  # noqa: PLR0917 - a case has its parts
    elected: Client, about_zoology: Client, said: Any, path: str, form: Form, problem: str
) -> None:
    before = len(await said())

    answer = await about_zoology.post(path, json=form)

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


async def test_a_change_is_filed_once_and_not_before_it_was_made(elected: Client, about_zoology: Client) -> None:
    change = (await about_zoology.post("changes", json=CHANGE)).json()["change"]

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


async def test_what_the_association_recorded_the_society_does_not_withdraw(
    elected: Client, about_zoology: Client, said: Any
) -> None:
    check = (await about_zoology.post("annual-checks", json=CHECK | {"conclusion": "failed"})).json()["event"]
    report = (await about_zoology.post("work-reports", json=REPORT)).json()["event"]
    own = (await elected.post("renewal-plans", json=PLAN)).json()["event"]
    before = await said()

    recorded = await elected.post("annual-checks", json=CHECK | {"conclusion": "passed"})
    withdrawn = [await elected.post(f"records/{one}/withdrawal", json={"reason": "错"}) for one in (check, report)]

    assert recorded.status_code == 403
    assert [answer.json()["type"] for answer in withdrawn] == ["urn:societas:problem:not-the-recorder"] * 2
    assert await said() == before
    assert (await elected.post(f"records/{own}/withdrawal", json={"reason": "错"})).status_code == 200


async def test_a_society_does_not_put_its_state_of_a_day_in_the_place_of_the_associations(
    zoology: Client, about_zoology: Client
) -> None:
    state = {"full_time_staff": 2, "hired_secretary_general": False, "own_office": True, "recorded_on": "2025-06-28"}

    assert (await about_zoology.put("secretariat", json=state)).status_code == 200
    assert (await zoology.put("secretariat", json=state | {"full_time_staff": 20})).status_code == 403
    assert (await zoology.put("secretariat", json=state | {"recorded_on": "2025-06-29"})).status_code == 200


async def test_one_change_entered_twice_is_one_change(elected: Client, about_zoology: Client) -> None:
    first = (await about_zoology.post("changes", json=CHANGE)).json()

    again = await about_zoology.post("changes", json=CHANGE)
    other = await about_zoology.post("changes", json=CHANGE | {"item": "funds"})
    await about_zoology.post(f"records/{first['event']}/withdrawal", json={"reason": "错"})
    anew = await about_zoology.post("changes", json=CHANGE)
    filed = await about_zoology.post(f"changes/{first['change']}/filing", json={"filed_on": "2025-05-02"})

    assert (again.status_code, again.json()["clashes_with"]) == (409, first["event"])
    assert [other.status_code, anew.status_code, filed.status_code] == [201, 201, 404]


async def test_who_was_not_elected_after_all_is_not_in_office_cannot_leave_and_needs_no_leave_to_stay(
    elected: Client, about_zoology: Client, said: Any, app: FastAPI
) -> None:
    made = (await elected.post("leaders", json=LEADER)).json()
    leader = made["leader"]
    withdrawn = await elected.post(f"records/{made['event']}/withdrawal", json={"reason": "登记有误"})
    before = len(await said())
    left = await elected.post(f"leaders/{leader}/leaving", json={"left_on": "2025-06-28"})
    form = {"exceeds": "age", "approved_on": "2025-06-28"}
    exempted = await about_zoology.post(f"leaders/{leader}/exemptions", json=form)
    await turn(app, "2026-01-01")

    assert withdrawn.status_code == 200
    assert [one.json()["type"] for one in (left, exempted)] == ["urn:societas:problem:not-elected"] * 2
    assert len(await said()) == before
    (listed,) = (await elected.get("leaders")).json()["items"]
    assert (listed["leader"], listed["left_on"], listed["withdrawn_on"]) == (leader, None, "2025-06-30")


async def test_who_did_not_leave_after_all_is_in_office_and_told_of(elected: Client, said: Any, app: FastAPI) -> None:
    leader = (await elected.post("leaders", json=LEADER)).json()["leader"]
    left = (await elected.post(f"leaders/{leader}/leaving", json={"left_on": "2025-06-01"})).json()["event"]
    await elected.post(f"records/{left}/withdrawal", json={"reason": "登记有误"})
    await turn(app, "2025-10-01")

    assert (await elected.get("leaders")).json()["items"][0]["left_on"] is None
    assert (await said())[-1]["type"] == "membership.leader-limit-reached.v1"


async def test_one_election_of_one_person_is_recorded_once(elected: Client) -> None:
    first = (await elected.post("leaders", json=LEADER)).json()

    again = await elected.post("leaders", json=LEADER)
    another = await elected.post("leaders", json=LEADER | {"born_on": "1960-01-02"})
    await elected.post(f"records/{again.json()['clashes_with']}/withdrawal", json={"reason": "错"})
    anew = await elected.post("leaders", json=LEADER)

    assert (again.status_code, again.json()["clashes_with"]) == (409, first["event"])
    assert [another.status_code, anew.status_code] == [201, 201]
