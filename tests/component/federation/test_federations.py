import asyncio
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
    "founders": ["A-18", "A-19"],
}
MEMBERS = "/federations/life-sciences/members"
LEFT = {"released_on": "2025-06-01", "reason": "resigned"}


@pytest.fixture
async def founded(association: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """The association, after it has founded the federation."""
    answer = await association.post("/federations", json=FOUNDING)
    assert answer.status_code == 201, answer.text
    return association


def kind_of(answer: httpx2.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("urn:societas:problem:")


def membership(society: str, admitted_on: str, released_on: str | None = None, *, founder: bool = False) -> Any:
    return {"society": society, "founder": founder, "admitted_on": admitted_on, "released_on": released_on}


async def test_a_founding_is_told_of_the_federation_and_each_founder(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    answer = await association.post("/federations", json=FOUNDING)
    assert answer.status_code == 201
    events = await said()
    assert answer.json() == {"federation": "life-sciences", "events": [event["id"] for event in events]}
    assert [(event["type"], event["subject"]) for event in events] == [
        ("federation.federation-founded.v1", "life-sciences"),
        ("federation.society-admitted.v1", "A-18"),
        ("federation.society-admitted.v1", "A-19"),
    ]
    assert events[1]["data"] == {"federation": "life-sciences", "founder": True, "admitted_on": "2015-10-15"}
    shown = (await anybody.get("/federations/life-sciences")).json()
    del shown["memberships"]
    assert shown | {"founders": FOUNDING["founders"]} == FOUNDING


@pytest.mark.parametrize(
    ("changes", "refusal", "value"),
    [
        ({"founders": ["A-18"]}, (422, "too-few-founders"), ["A-18"]),
        ({"founders": []}, (422, "too-few-founders"), []),
        ({"founders": ["A-18", "A-18"]}, (422, "society-named-twice"), ["A-18"]),
        ({"founders": ["B-01", "A-18", "B-02"]}, (404, "unknown-society"), ["B-01", "B-02"]),
        ({"founded_on": "2025-07-01"}, (422, "in-the-future"), "2025-07-01"),
        ({"id": "calendar"}, (422, "federation-id-reserved"), "calendar"),
    ],
)
async def test_a_federation_that_cannot_be_is_refused(
    association: httpx2.AsyncClient, said: Said, changes: dict[str, Any], refusal: tuple[int, str], value: object
) -> None:
    answer = await association.post("/federations", json=FOUNDING | changes)
    assert (answer.status_code, kind_of(answer), answer.json()["value"]) == (*refusal, value)
    assert await said() == []


@pytest.mark.parametrize("id_", ["", "x", "Life", "1st", "life sciences", "生命", "a" * 41])
async def test_an_id_is_a_short_name_in_latin_letters(association: httpx2.AsyncClient, id_: str) -> None:
    answer = await association.post("/federations", json=FOUNDING | {"id": id_})
    assert (answer.status_code, kind_of(answer)) == (422, "invalid-request")


async def test_an_id_is_given_once_also_at_the_same_time(association: httpx2.AsyncClient, said: Said) -> None:
    answers = await asyncio.gather(*(association.post("/federations", json=FOUNDING) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {kind_of(answer) for answer in answers if answer.status_code == 409} == {"federation-id-taken"}
    assert len(await said()) == 3


async def test_a_society_joins_leaves_and_comes_back(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    steps = (
        (MEMBERS, {"society": "D-08", "admitted_on": "2020-01-01"}),
        (f"{MEMBERS}/D-08/release", LEFT),
        (MEMBERS, {"society": "D-08", "admitted_on": "2025-06-30"}),
    )
    for path, body in steps:
        answer = await founded.post(path, json=body)
        assert answer.is_success, answer.text
        assert (await said())[-1]["id"] == answer.json()["event"]
    told = [(event["type"], event["subject"], event["data"]) for event in (await said())[3:]]
    assert told == [
        (
            "federation.society-admitted.v1",
            "D-08",
            {"federation": "life-sciences", "founder": False, "admitted_on": "2020-01-01"},
        ),
        ("federation.society-released.v1", "D-08", LEFT | {"federation": "life-sciences"}),
        (
            "federation.society-admitted.v1",
            "D-08",
            {"federation": "life-sciences", "founder": False, "admitted_on": "2025-06-30"},
        ),
    ]
    assert (await anybody.get("/federations/life-sciences")).json()["memberships"] == [
        membership("A-18", "2015-10-15", founder=True),
        membership("A-19", "2015-10-15", founder=True),
        membership("D-08", "2020-01-01", "2025-06-01"),
        membership("D-08", "2025-06-30"),
    ]


@pytest.mark.parametrize(
    ("society", "admitted_on", "refusal"),
    [
        ("A-18", "2025-06-30", (409, "already-a-member")),
        ("B-01", "2025-06-30", (404, "unknown-society")),
        ("D-08", "2025-07-01", (422, "in-the-future")),
        ("D-08", "2015-10-14", (422, "before-founding")),
        ("A-19", "2025-05-31", (409, "admitted-before-release")),
    ],
)
async def test_who_cannot_join_is_refused(
    founded: httpx2.AsyncClient, society: str, admitted_on: str, refusal: tuple[int, str]
) -> None:
    assert (await founded.post(f"{MEMBERS}/A-19/release", json=LEFT)).status_code == 200
    answer = await founded.post(MEMBERS, json={"society": society, "admitted_on": admitted_on})
    assert (answer.status_code, kind_of(answer)) == refusal


async def test_a_society_joins_once_also_at_the_same_time(founded: httpx2.AsyncClient, said: Said) -> None:
    body = {"society": "D-08", "admitted_on": "2025-06-30"}
    answers = await asyncio.gather(*(founded.post(MEMBERS, json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(await said()) == 4


@pytest.mark.parametrize(
    ("society", "changes", "refusal"),
    [
        ("D-08", {}, (404, "not-a-member")),
        ("A-18", {"released_on": "2025-07-01"}, (422, "in-the-future")),
        ("A-18", {"released_on": "2015-10-14"}, (422, "released-before-admission")),
        ("A-18", {"reason": "whim"}, (422, "invalid-request")),
    ],
)
async def test_who_cannot_leave_is_refused(
    founded: httpx2.AsyncClient, society: str, changes: dict[str, str], refusal: tuple[int, str]
) -> None:
    answer = await founded.post(f"{MEMBERS}/{society}/release", json=LEFT | changes)
    assert (answer.status_code, kind_of(answer)) == refusal


async def test_a_society_leaves_once(founded: httpx2.AsyncClient) -> None:
    assert (await founded.post(f"{MEMBERS}/A-18/release", json=LEFT)).status_code == 200
    assert (await founded.post(f"{MEMBERS}/A-18/release", json=LEFT)).status_code == 404


async def test_a_society_may_be_in_several_federations(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    other = FOUNDING | {"id": "ecology", "field": "ecology", "founders": ["A-18", "A-20"]}
    assert (await founded.post("/federations", json=other)).status_code == 201
    first = (await anybody.get("/federations", params={"limit": 1})).json()
    second = (await anybody.get("/federations", params={"limit": 1, "after": first["next"]})).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ["ecology", "life-sciences"]
    assert second["next"] is None
    assert [one["society"] for one in first["items"][0]["memberships"]] == ["A-18", "A-20"]


async def test_an_unknown_federation_is_not_found(association: httpx2.AsyncClient, anybody: httpx2.AsyncClient) -> None:
    for answer in (
        await anybody.get("/federations/ecology"),
        await association.post("/federations/ecology/members", json={"society": "A-18", "admitted_on": "2025-06-30"}),
        await association.post("/federations/ecology/members/A-18/release", json=LEFT),
    ):
        assert (answer.status_code, kind_of(answer)) == (404, "unknown-federation")


@pytest.mark.parametrize("role", ["federation:life-sciences", "society:A-18", "auditor"])
async def test_only_the_association_founds_admits_and_releases(
    founded: httpx2.AsyncClient, anybody: httpx2.AsyncClient, as_role: AsRole, role: str
) -> None:
    writes = (
        ("/federations", FOUNDING | {"id": "ecology"}),
        (MEMBERS, {"society": "D-08", "admitted_on": "2025-06-30"}),
        (f"{MEMBERS}/A-18/release", LEFT),
    )
    for path, body in writes:
        assert (await anybody.post(path, json=body)).status_code == 401
        assert (await as_role(role).post(path, json=body)).status_code == 403
