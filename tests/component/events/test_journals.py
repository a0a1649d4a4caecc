import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

Said = Callable[[], Awaitable[list[dict[str, Any]]]]
AsSociety = Callable[[str], httpx2.AsyncClient]

JOURNAL = {
    "society": "A-18",
    "title": "动物学报",
    "issn": "2434561x",
    "cn": "cn42-1234/q",
    "registered_on": "2025-06-28",
}
ISSUE = {"year": 2025, "number": 3, "published_on": "2025-06-15"}


async def registered(client: httpx2.AsyncClient, **changes: Any) -> str:
    answer = await client.post("/journals", json=JOURNAL | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["journal"])


def kind_of(answer: httpx2.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("urn:societas:problem:")


async def test_a_journal_is_told_and_shown_with_its_numbers_in_the_one_spelling(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    answer = await association.post("/journals", json=JOURNAL)
    assert answer.status_code == 201
    (event,) = await said()
    assert event["id"] == answer.json()["event"]
    assert event["data"] == {
        "journal": answer.json()["journal"],
        "title": "动物学报",
        "issn": "2434-561X",
        "cn": "CN 42-1234/Q",
        "registered_on": "2025-06-28",
    }
    assert (event["subject"], event["time"]) == ("A-18", "2025-06-27T16:00:00.000000Z")
    shown = (await anybody.get(f"/journals/{answer.json()['journal']}")).json()
    assert shown == event["data"] | {"society": "A-18"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"issn": "2434-5610"}, (422, "issn-check-wrong", "issn")),
        ({"issn": "2434"}, (422, "issn-misspelt", "issn")),
        ({"cn": "42"}, (422, "cn-misspelt", "cn")),
        ({"cn": "CN 42-0999"}, (422, "cn-not-of-a-journal", "cn")),
        ({"cn": "CN 99-1234"}, (422, "cn-division-unknown", "cn")),
        ({"registered_on": "2025-07-01"}, (422, "in-the-future", "registered_on")),
        ({"society": "C-01"}, (404, "unknown-society", "society")),
    ],
)
async def test_a_journal_that_cannot_be_is_refused(
    association: httpx2.AsyncClient, said: Said, changes: dict[str, Any], refusal: tuple[int, str, str]
) -> None:
    answer = await association.post("/journals", json=JOURNAL | changes)
    assert (answer.status_code, kind_of(answer), answer.json()["field"]) == refusal
    assert await said() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"cn": "CN 42-1235"}, "issn-taken"),
        ({"issn": "0378-5955"}, "cn-taken"),
        ({"issn": "0378-5955", "cn": "CN 42-1234/N"}, "cn-taken"),
    ],
)
async def test_numbers_belong_to_one_journal(
    association: httpx2.AsyncClient, changes: dict[str, Any], problem: str
) -> None:
    first = await registered(association)
    answer = await association.post("/journals", json=JOURNAL | {"society": "A-19"} | changes)
    assert (answer.status_code, kind_of(answer), answer.json()["clashes_with"]) == (409, problem, first)


async def test_of_two_journals_at_once_with_one_number_one_is_taken(
    association: httpx2.AsyncClient, said: Said
) -> None:
    answers = await asyncio.gather(*(association.post("/journals", json=JOURNAL) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(await said()) == 1


async def test_an_issue_is_told_once_and_shown(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, said: Said
) -> None:
    journal = await registered(association)
    answer = await association.post(f"/journals/{journal}/issues", json=ISSUE)
    assert answer.status_code == 201
    event = (await said())[-1]
    assert (event["id"], event["type"]) == (answer.json()["event"], "events.issue-published.v1")
    assert event["data"] == ISSUE | {"journal": journal}
    again = await association.post(f"/journals/{journal}/issues", json=ISSUE | {"published_on": "2025-06-16"})
    assert (again.status_code, kind_of(again)) == (409, "issue-on-record")
    assert len(await said()) == 2
    assert (await anybody.get(f"/journals/{journal}/issues")).json() == {"items": [ISSUE], "next": None}


async def test_one_issue_recorded_several_times_at_once_is_one(association: httpx2.AsyncClient) -> None:
    journal = await registered(association)
    answers = await asyncio.gather(*(association.post(f"/journals/{journal}/issues", json=ISSUE) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"published_on": "2025-07-01"}, "in-the-future"),
        ({"year": 2027}, "issue-year-ahead"),
        ({"number": 0}, "invalid-request"),
        ({"year": 25}, "invalid-request"),
        ({"year": "2025"}, "invalid-request"),
    ],
)
async def test_an_issue_that_cannot_be_is_refused(
    association: httpx2.AsyncClient, changes: dict[str, Any], problem: str
) -> None:
    journal = await registered(association)
    answer = await association.post(f"/journals/{journal}/issues", json=ISSUE | changes)
    assert (answer.status_code, kind_of(answer)) == (422, problem)


async def test_only_the_publishing_society_and_the_association_keep_a_journal(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient, as_society: AsSociety
) -> None:
    assert (await anybody.post("/journals", json=JOURNAL)).status_code == 401
    assert (await as_society("A-19").post("/journals", json=JOURNAL)).status_code == 403
    journal = await registered(as_society("A-18"))
    assert (await as_society("A-19").post(f"/journals/{journal}/issues", json=ISSUE)).status_code == 403
    assert (await as_society("A-18").post(f"/journals/{journal}/issues", json=ISSUE)).status_code == 201


async def test_journals_and_issues_are_listed_page_by_page(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    first = await registered(association)
    second = await registered(association, society="A-19", issn="0378-5955", cn="CN 11-6000")
    page = (await anybody.get("/journals", params={"limit": 1})).json()
    rest = (await anybody.get("/journals", params={"limit": 1, "after": page["next"]})).json()
    assert [item["journal"] for item in page["items"] + rest["items"]] == [first, second]
    assert rest["next"] is None
    of_one = (await anybody.get("/journals", params={"society": "A-19"})).json()
    assert [item["journal"] for item in of_one["items"]] == [second]
    for year, number in ((2025, 2), (2024, 12), (2025, 10)):
        issue = {"year": year, "number": number, "published_on": "2025-06-15"}
        assert (await association.post(f"/journals/{first}/issues", json=issue)).status_code == 201
    head = (await anybody.get(f"/journals/{first}/issues", params={"limit": 2})).json()
    tail = (await anybody.get(f"/journals/{first}/issues", params={"after": head["next"]})).json()
    found = [(item["year"], item["number"]) for item in head["items"] + tail["items"]]
    assert found == [(2024, 12), (2025, 2), (2025, 10)]


async def test_the_issues_of_an_unknown_journal_are_not_found(
    association: httpx2.AsyncClient, anybody: httpx2.AsyncClient
) -> None:
    nobody = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
    for answer in (
        await anybody.get(f"/journals/{nobody}"),
        await anybody.get(f"/journals/{nobody}/issues"),
        await association.post(f"/journals/{nobody}/issues", json=ISSUE),
    ):
        assert (answer.status_code, kind_of(answer)) == (404, "unknown-journal")


async def test_an_issn_issued_with_a_wrong_check_is_taken_from_the_association_with_its_reason(
    association: httpx2.AsyncClient, as_society: AsSociety, anybody: httpx2.AsyncClient, said: Said
) -> None:
    form = JOURNAL | {"issn": "0030-211X"}
    certified = form | {"certified_reason": "ISSN中心的证书上即为此号"}

    refused = [
        await as_society("A-18").post("/journals", json=certified),
        await association.post("/journals", json=form),
    ]
    taken = await association.post("/journals", json=certified)

    assert [(one.status_code, kind_of(one)) for one in refused] == [(403, "forbidden"), (422, "issn-check-wrong")]
    assert taken.status_code == 201, taken.text
    (event,) = await said()
    assert event["data"]["issn"] == "0030-211X"
    assert "certified_reason" not in event["data"]
    assert (await anybody.get("/journals")).json()["items"][0]["issn"] == "0030-211X"


async def test_the_stand_in_for_an_issn_that_there_is_not_is_refused(association: httpx2.AsyncClient) -> None:
    answer = await association.post("/journals", json=JOURNAL | {"issn": "0000-0000"})

    assert (answer.status_code, kind_of(answer)) == (422, "issn-not-given")


async def test_an_issue_entered_twice_is_named(association: httpx2.AsyncClient) -> None:
    journal = await registered(association)
    first = (await association.post(f"/journals/{journal}/issues", json=ISSUE)).json()["event"]

    again = await association.post(f"/journals/{journal}/issues", json=ISSUE)

    assert (again.status_code, again.json()["clashes_with"]) == (409, first)
