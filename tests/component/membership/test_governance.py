import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from chassis.ids import new_id

Client = httpx2.AsyncClient
Form = dict[str, Any]

ELECTION: Form = {
    "organ": "council",
    "seats": 77,
    "front_line": 60,
    "young": 30,
    "elected_on": "2025-06-28",
    "term_ends_on": "2029-06-28",
}
PARTY: Form = {"form": "joint", "established_on": "2025-06-01"}
SECRETARIAT: Form = {
    "full_time_staff": 2,
    "hired_secretary_general": True,
    "own_office": False,
    "recorded_on": "2025-06-30",
}
MEETING: Form = {"organ": "council", "entitled": 77, "present": 20, "held_on": "2025-06-28"}
REGULATION: Form = {"regulation": "reform-plan", "adopted_on": "2025-06-28"}
BRANCH: Form = {"kind": "professional-committee", "name": "动物行为学专业委员会", "filed_on": "2025-06-30"}


async def last(said: Any) -> Form:
    return dict((await said())[-1])


@pytest.mark.parametrize(
    ("path", "form", "type_"),
    [
        ("elections", ELECTION, "council-elected"),
        ("party-organisation", PARTY, "party-organisation-established"),
        ("meetings", MEETING, "meeting-held"),
        ("regulations", REGULATION, "regulation-adopted"),
        ("branches", BRANCH, "branch-filed"),
    ],
)
async def test_what_is_recorded_is_told_with_its_day_and_without_names(
    zoology: Client, said: Any, path: str, form: Form, type_: str
) -> None:
    answer = await zoology.post(path, json=form)

    event = await last(said)
    ids = {key: value for key, value in answer.json().items() if key != "event"}
    told = {key: value for key, value in form.items() if key != "name"}
    assert (answer.status_code, answer.json()["event"]) == (201, event["id"])
    assert (event["type"], event["subject"]) == (f"membership.{type_}.v1", "A-18")
    assert event["data"] == told | ids


@pytest.mark.parametrize(
    ("path", "form", "other", "problem"),
    [
        ("elections", ELECTION, {"organ": "standing-council"}, "election-recorded"),
        ("party-organisation", PARTY, {"form": "own"}, "party-organisation-recorded"),
        ("party-organisation", PARTY, {"established_on": "2025-06-02"}, "party-organisation-recorded"),
        ("regulations", REGULATION, {"adopted_on": "2025-06-29"}, "regulation-recorded"),
        ("regulations", REGULATION, {"regulation": "member-rules"}, "regulation-recorded"),
        ("branches", BRANCH, {"name": "武汉分会"}, "branch-recorded"),
    ],
)
async def test_the_same_record_is_refused_and_another_is_not(  # noqa: PLR0917 - a case has its parts
    zoology: Client, said: Any, path: str, form: Form, other: Form, problem: str
) -> None:
    first = await zoology.post(path, json=form)

    same = await zoology.post(path, json=form)
    another = await zoology.post(path, json=form | other)

    assert (same.status_code, same.json()["type"]) == (409, f"urn:societas:problem:{problem}")
    assert same.json()["clashes_with"] == first.json().get("branch", first.json()["event"])
    assert same.json()["clashes_with"] in same.json()["detail"]
    assert another.status_code == 201
    assert len(await said()) == 3


async def test_every_wrong_field_of_an_election_is_named_in_the_callers_language(
    zoology: Client, app: Any, client_for: Callable[..., Client]
) -> None:
    wrong = ELECTION | {"seats": 5, "term_ends_on": "2031-01-01"}

    english = (await zoology.post("elections", json=wrong)).json()
    chinese = (await client_for(app, "association", language="zh").post("/societies/A-18/elections", json=wrong)).json()

    assert [error["field"] for error in english["errors"]] == ["front_line", "young", "term_ends_on"]
    assert english["errors"][0]["message"] == "Front-line members (60) cannot outnumber the seats (5)."
    assert [error["field"] for error in chinese["errors"]] == ["front_line", "young", "term_ends_on"]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("elections", ELECTION | {"seats": 0}),
        ("elections", ELECTION | {"front_line": -1}),
        ("elections", ELECTION | {"seats": 1_000_001}),
        ("elections", ELECTION | {"organ": "assembly"}),
        ("meetings", MEETING | {"entitled": 0, "present": 0}),
        ("meetings", MEETING | {"present": 20.5}),
        ("meetings", MEETING | {"present": "20"}),
        ("branches", BRANCH | {"name": ""}),
        ("regulations", REGULATION | {"regulation": "dress-code"}),
    ],
)
async def test_a_form_that_cannot_be_is_refused_before_any_rule_is_asked(
    zoology: Client, said: Any, path: str, wrong: Form
) -> None:
    answer = await zoology.post(path, json=wrong)

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:societas:problem:invalid-request")
    assert len(await said()) == 1


async def test_the_secretariat_is_told_at_each_recording(zoology: Client, said: Any) -> None:
    for day in ("2025-06-29", "2025-06-30", "2025-06-28"):
        answer = await zoology.put("secretariat", json=SECRETARIAT | {"recorded_on": day})
        event = await last(said)
        assert (answer.status_code, answer.json()) == (200, {"event": event["id"]})
        assert event["data"] == SECRETARIAT | {"recorded_on": day}


async def test_a_withdrawal_names_the_event_that_told_of_the_meeting(zoology: Client, said: Any) -> None:
    held = (await zoology.post("meetings", json=MEETING)).json()

    answer = await zoology.post(f"meetings/{held['meeting']}/withdrawal", json={"reason": "重复登记"})

    event = await last(said)
    assert (answer.status_code, answer.json()) == (200, {"meeting": held["meeting"], "event": event["id"]})
    assert event["type"] == "membership.meeting-withdrawn.v1"
    assert event["data"] == {"withdraws": held["event"], "meeting": held["meeting"]}


async def test_a_meeting_is_withdrawn_once_and_only_by_its_society(
    zoology: Client, association: Client, registration: Form, said: Any
) -> None:
    meeting = (await zoology.post("meetings", json=MEETING)).json()["meeting"]
    await association.post("/societies", json=registration | {"code": "A-19", "credit_code": "514200005000000154"})
    path, reason = f"meetings/{meeting}/withdrawal", {"reason": "重复登记"}

    elsewhere = await association.post(f"/societies/A-19/{path}", json=reason)
    first = await zoology.post(path, json=reason)
    second = await zoology.post(path, json=reason)
    unknown = await zoology.post(f"meetings/{new_id()}/withdrawal", json=reason)

    assert [answer.status_code for answer in (elsewhere, first, second, unknown)] == [404, 200, 409, 404]
    assert second.json()["type"] == "urn:societas:problem:meeting-already-withdrawn"
    assert [event["type"] for event in await said()].count("membership.meeting-withdrawn.v1") == 1


async def test_of_ten_withdrawals_at_once_one_is_done(zoology: Client, said: Any) -> None:
    meeting = (await zoology.post("meetings", json=MEETING)).json()["meeting"]

    answers = await asyncio.gather(
        *(zoology.post(f"meetings/{meeting}/withdrawal", json={"reason": "重复登记"}) for _ in range(10))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert (await last(said))["type"] == "membership.meeting-withdrawn.v1"
    assert len(await said()) == 3


@pytest.mark.parametrize("named", ["meeting", "event"])
async def test_a_meeting_recorded_twice_is_named_and_withdrawn_by_its_id_or_its_events(
    zoology: Client, said: Any, named: str
) -> None:
    held = (await zoology.post("meetings", json=MEETING)).json()
    again = await zoology.post("meetings", json=MEETING)

    withdrawn = await zoology.post(f"meetings/{held[named]}/withdrawal", json={"reason": "数字有误"})

    assert (again.status_code, again.json()["clashes_with"]) == (409, held["meeting"])
    assert held["meeting"] in again.json()["detail"]
    assert withdrawn.json()["meeting"] == held["meeting"]
    assert (await last(said))["data"] == {"withdraws": held["event"], "meeting": held["meeting"]}
    assert (await zoology.post("meetings", json=MEETING)).status_code == 201


async def test_a_meeting_that_the_association_recorded_its_society_does_not_withdraw(
    zoology: Client, about_zoology: Client, said: Any
) -> None:
    held = (await about_zoology.post("meetings", json=MEETING)).json()

    own = await zoology.post(f"meetings/{held['meeting']}/withdrawal", json={"reason": "错"})

    assert (own.status_code, own.json()["type"]) == (403, "urn:societas:problem:not-the-recorder")
    assert (await last(said))["id"] == held["event"]


async def test_one_branch_is_one_however_its_name_is_spelt(zoology: Client) -> None:
    await zoology.post("branches", json=BRANCH)

    again = await zoology.post("branches", json=BRANCH | {"name": f" {BRANCH['name']}\u3000"})

    assert again.json()["type"] == "urn:societas:problem:branch-recorded"
