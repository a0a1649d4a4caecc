from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from chassis.ids import new_id

Client = httpx2.AsyncClient
Form = dict[str, Any]

DAY = "2025-06-01"
LAPSED = {"ended_on": "2025-06-30", "reason": "lapsed"}


async def admitted(society: Client, *numbers: str | None, kind: str = "individual") -> list[str]:
    """Admits a batch and returns the ids of its members."""
    form = {"kind": kind, "admitted_on": DAY, "members": [{"number": number} for number in numbers]}
    answer = await society.post("members/bulk", json=form)
    assert answer.status_code == 201, answer.text
    return list(answer.json()["members"])


async def listed(society: Client, **wanted: str) -> list[Form]:
    return list((await society.get("members", params=wanted)).json()["items"])


async def test_an_admitted_member_is_listed_and_told(zoology: Client, said: Any) -> None:
    answer = await zoology.post("members", json={"kind": "foreign", "admitted_on": DAY, "number": "A1820100001F"})

    assert answer.status_code == 201
    event = (await said())[-1]
    assert answer.json() == {"member": event["data"]["member"], "event": event["id"]}
    assert event["data"] == {"member": answer.json()["member"], "kind": "foreign", "admitted_on": DAY}
    assert await listed(zoology) == [
        {
            "id": answer.json()["member"],
            "kind": "foreign",
            "number": "A1820100001F",
            "admitted_on": DAY,
            "ended_on": None,
            "reason": None,
        }
    ]


async def test_a_batch_of_ten_thousand_is_one_event_and_one_more_is_refused(zoology: Client, said: Any) -> None:
    form = {"kind": "student", "admitted_on": DAY, "members": [{"number": f"S{n:06d}"} for n in range(10_000)]}

    answer = await zoology.post("members/bulk", json=form)
    too_many = await zoology.post("members/bulk", json=form | {"members": [{}] * 10_001})
    nobody = await zoology.post("members/bulk", json=form | {"members": []})

    assert answer.status_code == 201
    events = await said()
    assert [event["type"] for event in events[1:]] == ["membership.members-admitted.v1"]
    assert events[1]["data"] == {
        "batch": answer.json()["batch"],
        "kind": "student",
        "count": 10_000,
        "admitted_on": DAY,
    }
    assert answer.json()["event"] == events[1]["id"]
    assert len(set(answer.json()["members"])) == answer.json()["count"] == 10_000
    assert (too_many.status_code, nobody.status_code) == (422, 422)


async def test_ids_stand_in_the_order_of_the_request(zoology: Client) -> None:
    ids = await admitted(zoology, "3", None, "1")

    numbers = {member["id"]: member["number"] for member in await listed(zoology)}
    assert [numbers[id_] for id_ in ids] == ["3", None, "1"]


async def test_a_register_number_is_given_once_in_a_society_for_ever(
    zoology: Client, association: Client, registration: Form
) -> None:
    (gone,) = await admitted(zoology, "1")
    assert (await zoology.post(f"members/{gone}/end", json=LAPSED)).status_code == 200
    botany = registration | {"code": "A-19", "credit_code": "514200005000000154"}
    await association.post("/societies", json=botany)
    elsewhere = await association.post(
        "/societies/A-19/members", json={"kind": "unit", "admitted_on": DAY, "number": "1"}
    )

    single = await zoology.post("members", json={"kind": "unit", "admitted_on": DAY, "number": "1"})
    bulk = {"kind": "unit", "admitted_on": DAY, "members": [{"number": "2"}, {"number": "1"}, {"number": "2"}]}
    batch = await zoology.post("members/bulk", json=bulk)

    assert elsewhere.status_code == 201
    assert (single.status_code, single.json()["type"]) == (409, "urn:societas:problem:number-taken")
    assert (batch.status_code, batch.json()["type"]) == (422, "urn:societas:problem:several-faults")
    assert [(error["field"], error["value"]) for error in batch.json()["errors"]] == [
        ("members.1.number", "1"),
        ("members.2.number", "2"),
    ]
    assert len(await listed(zoology)) == 1


async def test_an_ended_membership_is_told_and_does_not_end_again(zoology: Client, said: Any) -> None:
    (member,) = await admitted(zoology, None, kind="unit")

    answer = await zoology.post(f"members/{member}/end", json=LAPSED)
    again = await zoology.post(f"members/{member}/end", json=LAPSED)
    unknown = await zoology.post(f"members/{new_id()}/end", json=LAPSED)

    event = (await said())[-1]
    assert (answer.status_code, answer.json()) == (200, {"member": member, "event": event["id"]})
    assert event["data"] == {"member": member, "kind": "unit"} | LAPSED
    assert (again.status_code, again.json()["type"]) == (409, "urn:societas:problem:already-ended")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:societas:problem:unknown-member")


async def test_a_batch_of_ten_thousand_ends_with_one_event_for_each_kind(zoology: Client, said: Any) -> None:
    ids = [*await admitted(zoology, *[None] * 6_000), *await admitted(zoology, *[None] * 4_000, kind="unit")]

    answer = await zoology.post("members/end-bulk", json={"members": ids} | LAPSED)

    assert answer.status_code == 200
    ended = [event for event in await said() if event["type"] == "membership.members-ended.v1"]
    assert answer.json() == {"count": 10_000, "events": [event["id"] for event in ended]}
    assert [(event["data"]["kind"], event["data"]["count"]) for event in ended] == [
        ("individual", 6_000),
        ("unit", 4_000),
    ]
    assert await listed(zoology, standing="current") == []


async def test_every_id_that_cannot_be_ended_is_named_and_nothing_changes(zoology: Client, said: Any) -> None:
    here, gone, last = await admitted(zoology, None, None, None)
    await zoology.post(f"members/{gone}/end", json=LAPSED)
    stranger = new_id()
    before = await said()

    answer = await zoology.post("members/end-bulk", json={"members": [here, gone, stranger, last, here]} | LAPSED)

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:societas:problem:members-not-ended")
    assert problem["value"] == [gone, stranger, here]
    assert [error["field"] for error in problem["errors"]] == ["members.1", "members.2", "members.4"]
    assert {member["id"] for member in await listed(zoology, standing="current")} == {here, last}
    assert await said() == before


async def test_the_members_of_another_society_are_unknown(
    zoology: Client, association: Client, registration: Form
) -> None:
    (member,) = await admitted(zoology, None)
    await association.post("/societies", json=registration | {"code": "A-19", "credit_code": "514200005000000154"})

    answer = await association.post(f"/societies/A-19/members/{member}/end", json=LAPSED)

    assert answer.json()["type"] == "urn:societas:problem:unknown-member"


@pytest.mark.parametrize(
    ("day", "problem"),
    [("1991-06-29", "before-registration"), ("2025-07-01", "in-the-future"), ("20250601", "invalid-request")],
)
async def test_a_member_is_not_admitted_on_an_impossible_day(zoology: Client, day: str, problem: str) -> None:
    answer = await zoology.post("members", json={"kind": "unit", "admitted_on": day})

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{problem}")


async def test_an_admission_of_long_ago_is_told_with_its_own_day(zoology: Client, said: Any) -> None:
    await zoology.post("members", json={"kind": "unit", "admitted_on": "1991-06-30"})

    event = (await said())[-1]
    assert (event["time"], event["recordedtime"]) == ("1991-06-29T16:00:00.000000Z", "2025-06-30T04:00:00.000000Z")


async def test_the_list_of_members_is_paged_and_filtered(zoology: Client) -> None:
    people = await admitted(zoology, None, None, None)
    units = await admitted(zoology, None, kind="unit")
    await zoology.post(f"members/{people[1]}/end", json=LAPSED)

    first = (await zoology.get("members", params={"limit": 2})).json()
    second = (await zoology.get("members", params={"limit": 2, "after": first["next"]})).json()

    assert [member["id"] for member in first["items"] + second["items"]] == people + units
    assert second["next"] is None
    assert [member["id"] for member in await listed(zoology, kind="unit")] == units
    assert [member["id"] for member in await listed(zoology, standing="ended")] == [people[1]]
    assert [member["id"] for member in await listed(zoology, kind="individual", standing="current")] == [
        people[0],
        people[2],
    ]


async def test_a_society_keeps_its_own_members_and_nobody_elses(
    zoology: Client, anybody: Client, app: Any, client_for: Callable[..., Client]
) -> None:
    stranger = client_for(app, "society:A-19", "auditor", "evaluator")
    form = {"kind": "unit", "admitted_on": DAY}

    assert (await anybody.get("/societies/A-18/members")).status_code == 401
    assert (await stranger.get("/societies/A-18/members")).status_code == 403
    assert (await stranger.post("/societies/A-18/members", json=form)).status_code == 403
    assert (await zoology.get("members")).status_code == 200


async def test_the_same_batch_sent_twice_with_its_key_is_admitted_once(zoology: Client, said: Any) -> None:
    form = {"kind": "unit", "admitted_on": DAY, "members": [{}, {}]}
    key = {"Idempotency-Key": new_id()}

    first = await zoology.post("members/bulk", json=form, headers=key)
    second = await zoology.post("members/bulk", json=form, headers=key)

    assert first.json() == second.json()
    assert len(await listed(zoology)) == 2
    assert len(await said()) == 2
