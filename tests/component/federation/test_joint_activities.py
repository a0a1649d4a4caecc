from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
AsRole = Callable[[str], httpx2.AsyncClient]

FOUNDING = {
    "id": "life-sciences",
    "name": "生命科学学会联合体",
    "field": "life-sciences",
    "founded_on": "2015-10-15",
    "founders": ["A-18", "A-19", "A-20"],
}
PATH = "/federations/life-sciences/joint-activities"
ACTIVITY = {
    "title": "中国生命科学十大进展交流会",
    "kind": "forum",
    "level": "national",
    "lead": "A-18",
    "partners": ["A-20", "A-19"],
    "attendance": 300,
    "held_on": "2025-06-28",
}


@pytest.fixture
async def founded(association: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """The association, after it has founded the federation."""
    answer = await association.post("/federations", json=FOUNDING)
    assert answer.status_code == 201, answer.text
    return association


def kind_of(answer: httpx2.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("urn:societas:problem:")


async def test_a_joint_activity_is_told_once_to_each_society_and_shown(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    answer = await founded.post(PATH, json=ACTIVITY)
    assert answer.status_code == 201
    events = (await said())[4:]
    assert answer.json()["events"] == [event["id"] for event in events]
    assert [(event["subject"], event["data"]["role"]) for event in events] == [
        ("A-18", "lead"),
        ("A-20", "partner"),
        ("A-19", "partner"),
    ]
    assert {event["data"]["activity"] for event in events} == {answer.json()["activity"]}
    assert {(event["data"]["partners"], event["time"]) for event in events} == {(2, "2025-06-27T16:00:00.000000Z")}
    shown = (await anybody.get(PATH)).json()
    assert shown == {"items": [ACTIVITY | {"activity": answer.json()["activity"]}], "next": None}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"partners": []}, (422, "no-partner", "partners", [])),
        ({"partners": ["A-19", "A-19"]}, (422, "society-named-twice", "partners", ["A-19"])),
        ({"partners": ["A-19", "A-18"]}, (422, "lead-among-partners", "partners", "A-18")),
        ({"partners": ["A-19", "B-01", "B-02"]}, (404, "unknown-society", "partners", ["B-01", "B-02"])),
        ({"partners": ["A-19", "D-08"]}, (422, "not-members-then", "partners", ["D-08"])),
        ({"lead": "D-08"}, (422, "not-members-then", "lead", ["D-08"])),
        ({"held_on": "2015-10-14"}, (422, "not-members-then", "lead", ["A-18", "A-20", "A-19"])),
        ({"held_on": "2025-07-01"}, (422, "in-the-future", "held_on", "2025-07-01")),
    ],
)
async def test_a_joint_activity_that_cannot_be_is_refused(
    founded: httpx2.AsyncClient, said: Said, changes: dict[str, Any], refusal: tuple[object, ...]
) -> None:
    answer = await founded.post(PATH, json=ACTIVITY | changes)
    problem = answer.json()
    assert (answer.status_code, kind_of(answer), problem["field"], problem["value"]) == refusal
    assert len(await said()) == 4


@pytest.mark.parametrize("attendance", [-1, 1.5, "3", 10**19, None])
async def test_an_attendance_that_is_none_is_refused(founded: httpx2.AsyncClient, attendance: object) -> None:
    answer = await founded.post(PATH, json=ACTIVITY | {"attendance": attendance})
    assert (answer.status_code, kind_of(answer)) == (422, "invalid-request")


async def test_membership_counts_on_the_day_of_the_activity(founded: httpx2.AsyncClient) -> None:
    left = {"released_on": "2025-06-28", "reason": "removed"}
    assert (await founded.post("/federations/life-sciences/members/A-19/release", json=left)).status_code == 200
    assert (await founded.post(PATH, json=ACTIVITY | {"held_on": "2025-06-27"})).status_code == 201
    answer = await founded.post(PATH, json=ACTIVITY)
    assert (answer.status_code, answer.json()["value"]) == (422, ["A-19"])


async def test_the_association_and_the_federation_itself_record_joint_activities(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient, as_role: AsRole
) -> None:
    assert (await anybody.post(PATH, json=ACTIVITY)).status_code == 401
    for role in ("federation:ecology", "federation:*", "society:A-18"):
        assert (await as_role(role).post(PATH, json=ACTIVITY)).status_code == 403
    assert (await as_role("federation:life-sciences").post(PATH, json=ACTIVITY)).status_code == 201


async def test_joint_activities_are_listed_page_by_page(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    titles = [ACTIVITY | {"title": f"交流会{number}"} for number in range(3)]
    made = [(await founded.post(PATH, json=one)).json()["activity"] for one in titles]
    head = (await anybody.get(PATH, params={"limit": 2})).json()
    tail = (await anybody.get(PATH, params={"limit": 2, "after": head["next"]})).json()
    assert [item["activity"] for item in head["items"] + tail["items"]] == made
    assert tail["next"] is None
    assert tail["items"][0]["partners"] == ["A-20", "A-19"]


async def test_the_joint_activities_of_an_unknown_federation_are_not_found(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    path = "/federations/ecology/joint-activities"
    for answer in (await anybody.get(path), await association.post(path, json=ACTIVITY)):
        assert (answer.status_code, kind_of(answer)) == (404, "unknown-federation")


@pytest.mark.parametrize(
    "again", [{}, {"title": f" {ACTIVITY['title']}\u3000"}, {"lead": "A-19", "partners": ["A-20"]}]
)
async def test_a_joint_activity_entered_twice_is_refused_and_named(
    founded: httpx2.AsyncClient, said: Said, again: dict[str, Any]
) -> None:
    first = (await founded.post(PATH, json=ACTIVITY)).json()["activity"]
    before = await said()

    answer = await founded.post(PATH, json=ACTIVITY | again)

    assert (answer.status_code, kind_of(answer)) == (409, "joint-activity-twice")
    assert answer.json()["clashes_with"] == first
    assert first in answer.json()["detail"]
    assert await said() == before


@pytest.mark.parametrize("other", [{"title": "论坛"}, {"kind": "salon"}, {"held_on": "2025-06-27"}])
async def test_another_title_kind_or_day_is_another_joint_activity(
    founded: httpx2.AsyncClient, other: dict[str, Any]
) -> None:
    await founded.post(PATH, json=ACTIVITY)

    assert (await founded.post(PATH, json=ACTIVITY | other)).status_code == 201
