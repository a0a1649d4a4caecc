import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
AsSociety = Callable[[str], httpx2.AsyncClient]

THREE = [
    {"society": "A-18", "role": "host"},
    {"society": "A-19", "role": "co-host"},
    {"society": "B-01", "role": "supporter"},
]
PLAN = {
    "title": "第二十五届全国动物学大会",
    "kind": "academic-meeting",
    "level": "national",
    "starts_on": "2025-08-20",
    "organisers": THREE,
}
HELD = {"held_on": "2025-06-28", "attendance": 251, "papers": 84}
CANCELLED = {"cancelled_on": "2025-06-30", "reason": "force-majeure"}
STEPS: dict[str, dict[str, Any]] = {
    "held": HELD,
    "cancellation": CANCELLED,
    "correction": {"papers": 1},
    "withdrawal": {"reason": "重复登记"},
}
NOBODY = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"


async def announced(client: httpx2.AsyncClient, **changes: Any) -> str:
    answer = await client.post("/activities", json=PLAN | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["activity"])


async def held(client: httpx2.AsyncClient) -> str:
    activity = await announced(client)
    answer = await client.post(f"/activities/{activity}/held", json=HELD)
    assert answer.status_code == 200, answer.text
    return activity


def kind_of(answer: httpx2.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("urn:societas:problem:")


async def test_an_announcement_is_told_to_every_organiser_and_can_be_read(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    answer = await association.post("/activities", json=PLAN)
    assert answer.status_code == 201
    events = await said()
    assert [event["id"] for event in events] == answer.json()["events"]
    assert [(event["subject"], event["data"]["role"]) for event in events] == [
        ("A-18", "host"),
        ("A-19", "co-host"),
        ("B-01", "supporter"),
    ]
    assert {event["data"]["activity"] for event in events} == {answer.json()["activity"]}
    assert {event["type"] for event in events} == {"events.activity-announced.v1"}
    shown = (await anybody.get(f"/activities/{answer.json()['activity']}")).json()
    assert shown == {
        **PLAN,
        "activity": answer.json()["activity"],
        "state": "announced",
        "held_on": None,
        "attendance": None,
        "papers": None,
        "closed_on": None,
    }


async def test_a_whole_life_is_told_with_references_to_each_societys_own_event(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    activity = await held(association)
    for changes in ({"attendance": 200}, {"held_on": "2025-06-27", "level": "provincial", "papers": 0}):
        assert (await association.post(f"/activities/{activity}/correction", json=changes)).status_code == 200
    withdrawn = await association.post(f"/activities/{activity}/withdrawal", json={"reason": "重复登记"})
    assert withdrawn.status_code == 200
    events = await said()
    told = {event["subject"]: event["id"] for event in events if event["type"] == "events.activity-held.v1"}
    assert len(set(told.values())) == 3
    corrections = [event for event in events if event["type"] == "events.activity-corrected.v1"]
    assert [event["data"]["corrects"] for event in corrections] == [told[event["subject"]] for event in corrections]
    assert [event["data"]["attendance"] for event in corrections] == [200] * 6
    assert {(event["data"]["held_on"], event["data"]["papers"], event["time"]) for event in corrections[3:]} == {
        ("2025-06-27", 0, "2025-06-26T16:00:00.000000Z")
    }
    withdrawals = [event for event in events if event["type"] == "events.activity-withdrawn.v1"]
    assert [event["data"]["withdraws"] for event in withdrawals] == [told[event["subject"]] for event in withdrawals]
    assert "重复登记" not in str(events)
    shown = (await anybody.get(f"/activities/{activity}")).json()
    assert (shown["state"], shown["level"], shown["attendance"]) == ("withdrawn", "provincial", 200)
    assert shown["closed_on"] == "2025-06-30"


@pytest.mark.parametrize(
    ("before", "step", "problem"),
    [
        ("held", "held", "activity-not-pending"),
        ("held", "cancellation", "activity-not-pending"),
        ("cancellation", "held", "activity-not-pending"),
        ("cancellation", "withdrawal", "activity-not-held"),
        (None, "correction", "activity-not-held"),
        (None, "withdrawal", "activity-not-held"),
    ],
)
async def test_a_step_out_of_turn_is_refused_and_says_nothing(
    association: httpx2.AsyncClient, said: Said, before: str | None, step: str, problem: str
) -> None:
    activity = await announced(association)
    if before:
        assert (await association.post(f"/activities/{activity}/{before}", json=STEPS[before])).status_code == 200
    already = len(await said())
    answer = await association.post(f"/activities/{activity}/{step}", json=STEPS[step])
    assert (answer.status_code, kind_of(answer)) == (409, problem)
    assert len(await said()) == already


async def test_two_records_of_one_activity_at_once_are_one(association: httpx2.AsyncClient, said: Said) -> None:
    activity = await announced(association)
    answers = await asyncio.gather(*(association.post(f"/activities/{activity}/held", json=HELD) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(await said()) == 6


@pytest.mark.parametrize(
    ("changes", "status", "problem", "value"),
    [
        ({"organisers": [*THREE, {"society": "C-01", "role": "supporter"}]}, 404, "unknown-society", ["C-01"]),
        ({"organisers": THREE[1:]}, 422, "not-exactly-one-host", []),
        ({"organisers": [*THREE, THREE[2]]}, 422, "organiser-named-twice", ["B-01"]),
    ],
)
async def test_wrong_organisers_are_named(
    association: httpx2.AsyncClient, changes: dict[str, Any], status: int, problem: str, value: list[str]
) -> None:
    answer = await association.post("/activities", json=PLAN | changes)
    assert (answer.status_code, kind_of(answer)) == (status, problem)
    assert (answer.json()["field"], answer.json()["value"]) == ("organisers", value)


@pytest.mark.parametrize(
    "changes",
    [
        {"attendance": -1},
        {"papers": -1},
        {"attendance": 2.0},
        {"attendance": "3"},
        {"attendance": 10**19},
        {"held_on": 20250628},
        {"held_on": "2025-02-30"},
        {"more": 1},
    ],
)
async def test_figures_that_are_none_are_refused(association: httpx2.AsyncClient, changes: dict[str, Any]) -> None:
    activity = await announced(association)
    answer = await association.post(f"/activities/{activity}/held", json=HELD | changes)
    assert (answer.status_code, kind_of(answer)) == (422, "invalid-request")


async def test_an_activity_with_nobody_in_it_is_recorded(association: httpx2.AsyncClient) -> None:
    activity = await announced(association)
    nothing = HELD | {"attendance": 0, "papers": 0, "held_on": "2025-06-30"}
    assert (await association.post(f"/activities/{activity}/held", json=nothing)).status_code == 200


async def test_the_day_is_the_one_at_our_longitude(association: httpx2.AsyncClient, clock: Any) -> None:
    activity = await announced(association)
    tomorrow = HELD | {"held_on": "2025-07-01"}
    clock.set(datetime(2025, 6, 30, 15, 59, 59, tzinfo=UTC))
    answer = await association.post(f"/activities/{activity}/held", json=tomorrow)
    assert (answer.status_code, kind_of(answer)) == (422, "in-the-future")
    clock.set(datetime(2025, 6, 30, 16, 0, tzinfo=UTC))
    assert (await association.post(f"/activities/{activity}/held", json=tomorrow)).status_code == 200


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\x00b", "两\n行"])
async def test_a_title_is_one_line_of_text(association: httpx2.AsyncClient, title: str) -> None:
    answer = await association.post("/activities", json=PLAN | {"title": title})
    assert (answer.status_code, kind_of(answer)) == (422, "invalid-request")


async def test_an_unknown_activity_is_not_found(association: httpx2.AsyncClient, anybody: httpx2.AsyncClient) -> None:
    answer = await association.post(f"/activities/{NOBODY}/held", json=HELD)
    assert (answer.status_code, kind_of(answer)) == (404, "unknown-activity")
    assert (await anybody.get(f"/activities/{NOBODY}")).status_code == 404


async def test_only_the_host_and_the_association_keep_an_activity(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, as_society: AsSociety
) -> None:
    assert (await anybody.post("/activities", json=PLAN)).status_code == 401
    answer = await as_society("A-19").post("/activities", json=PLAN)
    assert (answer.status_code, kind_of(answer)) == (403, "forbidden")
    activity = await announced(as_society("A-18"))
    for step, body in STEPS.items():
        assert (await anybody.post(f"/activities/{activity}/{step}", json=body)).status_code == 401
        assert (await as_society("A-19").post(f"/activities/{activity}/{step}", json=body)).status_code == 403
    assert (await as_society("A-18").post(f"/activities/{activity}/held", json=HELD)).status_code == 200


async def test_activities_are_listed_page_by_page_and_by_society(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    by_one = [{"society": "A-19", "role": "host"}]
    alone = [await announced(association, title=f"讲座{n}", organisers=by_one) for n in range(2)]
    together = [await announced(association, title=f"年会{n}") for n in range(3)]
    found: list[str] = []
    after = None
    while True:
        page = (await anybody.get("/activities", params={"limit": 2} | ({"after": after} if after else {}))).json()
        found += [item["activity"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert found == alone + together
    of_one = (await anybody.get("/activities", params={"society": "A-18"})).json()
    assert [item["activity"] for item in of_one["items"]] == together
    assert [one["society"] for one in of_one["items"][0]["organisers"]] == ["A-18", "A-19", "B-01"]
    assert (await anybody.get("/activities", params={"society": "C-01"})).json() == {"items": [], "next": None}


async def test_repeating_an_announcement_under_its_key_does_it_once(
    association: httpx2.AsyncClient, said: Said
) -> None:
    key = {"Idempotency-Key": "announcement-1"}
    first = await association.post("/activities", json=PLAN, headers=key)
    again = await association.post("/activities", json=PLAN, headers=key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert len(await said()) == 3


async def test_refusals_speak_chinese_to_who_reads_it(association: httpx2.AsyncClient) -> None:
    answer = await association.get(f"/activities/{NOBODY}", headers={"Accept-Language": "zh-CN"})
    assert answer.headers["content-language"] == "zh-CN"


@pytest.mark.parametrize(
    "title", [PLAN["title"], f" {PLAN['title']} ", "第二十五届 全国动物学大会", "第二十五届全国动物学大\u3000会"]
)
async def test_an_activity_entered_twice_is_refused_and_named_until_the_first_is_withdrawn(
    association: httpx2.AsyncClient, said: Said, title: str
) -> None:
    first = await held(association)
    before = await said()

    again = await association.post("/activities", json=PLAN | {"title": title})
    assert (again.status_code, kind_of(again)) == (409, "activity-twice")
    assert again.json()["clashes_with"] == first
    assert first in again.json()["detail"]
    assert await said() == before

    await association.post(f"/activities/{again.json()['clashes_with']}/withdrawal", json={"reason": "重复登记"})
    assert (await association.post("/activities", json=PLAN | {"title": title})).status_code == 201


@pytest.mark.parametrize(
    "other",
    [
        {"title": "第二十六届全国动物学大会"},
        {"kind": "forum"},
        {"starts_on": "2025-08-21"},
        {"organisers": [{"society": "A-19", "role": "host"}, {"society": "A-18", "role": "co-host"}]},
    ],
)
async def test_another_title_kind_day_or_host_is_another_activity(
    association: httpx2.AsyncClient, other: dict[str, Any]
) -> None:
    await announced(association)

    assert (await association.post("/activities", json=PLAN | other)).status_code == 201


async def test_two_activities_that_turn_out_to_have_been_held_as_one_are_one(association: httpx2.AsyncClient) -> None:
    first = await held(association)
    second = await announced(association, starts_on="2025-08-21")

    answer = await association.post(f"/activities/{second}/held", json=HELD)

    assert (kind_of(answer), answer.json()["field"], answer.json()["clashes_with"]) == (
        "activity-twice",
        "held_on",
        first,
    )
    on_another_day = await association.post(f"/activities/{second}/held", json=HELD | {"held_on": "2025-06-29"})
    assert on_another_day.status_code == 200
    moved = await association.post(f"/activities/{second}/correction", json={"held_on": "2025-06-28"})
    assert moved.json()["clashes_with"] == first
    counted = await association.post(f"/activities/{second}/correction", json={"attendance": 9})
    assert counted.status_code == 200


async def test_of_two_announcements_of_one_activity_at_once_one_is_taken(association: httpx2.AsyncClient) -> None:
    answers = await asyncio.gather(*(association.post("/activities", json=PLAN) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.parametrize("step", ["correction", "withdrawal"])
async def test_what_the_association_recorded_or_corrected_the_host_does_not_change(
    association: httpx2.AsyncClient, as_society: AsSociety, said: Said, step: str
) -> None:
    host, body = as_society("A-18"), STEPS[step]
    recorded = await held(association)
    corrected = await announced(host, title="年会")
    await host.post(f"/activities/{corrected}/held", json=HELD)
    await association.post(f"/activities/{corrected}/correction", json={"attendance": 9})
    before = await said()

    answers = [await host.post(f"/activities/{one}/{step}", json=body) for one in (recorded, corrected)]

    assert [(one.status_code, kind_of(one)) for one in answers] == [(403, "not-the-recorder")] * 2
    assert await said() == before
    assert (await association.post(f"/activities/{corrected}/{step}", json=body)).status_code == 200


@pytest.mark.usefixtures("societies")
async def test_a_host_changes_what_it_recorded_and_names_it_by_the_event_too(as_society: AsSociety, said: Said) -> None:
    host = as_society("A-18")
    activity = await announced(host)
    events = (await host.post(f"/activities/{activity}/held", json=HELD)).json()["events"]

    corrected = await host.post(f"/activities/{events[0]}/correction", json={"papers": 1})
    withdrawn = await host.post(f"/activities/{events[1]}/withdrawal", json={"reason": "错"})

    assert [(one.status_code, one.json()["activity"]) for one in (corrected, withdrawn)] == [(200, activity)] * 2
    assert [event["data"]["withdraws"] for event in (await said())[-3:]] == events
