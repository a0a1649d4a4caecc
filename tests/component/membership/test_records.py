"""Plain records over HTTP: told without their titles, refused when impossible, withdrawn once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.ids import new_id
from records import types_in
from services.membership import records

KINDS = types_in(records)
Client = httpx2.AsyncClient
Form = dict[str, Any]
Said = Callable[[], Awaitable[list[Form]]]

FORMS: dict[str, Form] = {
    "delegates": {"delegates": 120, "front_line": 90, "elected_on": "2025-06-28"},
    "major-matters": {"matter": "large-sum", "decided_on": "2025-06-28"},
    "work-stages": {"year": 2025, "stage": "plan", "reported_on": "2025-01-20"},
    "charter-approvals": {"model_text": True, "party_clauses": True, "approved_on": "2025-06-28"},
    "fee-votes": {"entitled": 120, "present": 90, "in_favour": 60, "secret_ballot": True, "voted_on": "2025-06-28"},
    "finance-audits": {"year": 2024, "opinion": "unqualified", "audited_on": "2025-03-20"},
    "disclosures": {"content": "annual-report", "published_on": "2025-04-01"},
    "staff-trainings": {"trained": 3, "trained_on": "2025-04-01"},
    "part-timer-reviews": {
        "reviewed": 12,
        "replaced": 1,
        "retired_officials": 2,
        "approved": 2,
        "reviewed_on": "2025-04-01",
    },
    "member-services": {"kind": "rights", "served": 40, "provided_on": "2025-04-01"},
    "party-contacts": {"kind": "instructor", "appointed_on": "2025-04-01"},
    "party-works": {"kind": "party-day", "done_on": "2025-04-01"},
    "support-declarations": {"independent": True, "declared_on": "2025-04-01"},
    "honours": {"level": "provincial", "received_on": "2025-04-01"},
    "penalties": {"kind": "warning", "imposed_on": "2025-04-01"},
}
A_BRANCH = {"kind": "branch", "name": "鸟类学分会", "filed_on": "2025-01-05"}
DISCLOSURE = FORMS["disclosures"] | {"title": "年度报告"}


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["type"].removeprefix("urn:societas:problem:"), problem.get("field")


async def test_a_record_belongs_to_its_kind(zoology: Client) -> None:
    made = (await zoology.post("disclosures", json=DISCLOSURE)).json()["record"]

    answer = await zoology.post(f"fee-votes/{made}/withdrawal", json={"reason": "错"})

    assert refusal(answer) == (404, "unknown-record", "record")


@pytest.mark.parametrize(
    ("path", "changes", "expected"),
    [
        ("disclosures", {"published_on": "2025-07-01"}, (422, "in-the-future", "published_on")),
        ("disclosures", {"published_on": "1991-06-29"}, (422, "before-registration", "published_on")),
        ("fee-votes", {"present": 121}, (422, "part-exceeds-whole", "present")),
        ("fee-votes", {"in_favour": 91}, (422, "part-exceeds-whole", "in_favour")),
        ("delegates", {"front_line": 121}, (422, "part-exceeds-whole", "front_line")),
        ("work-stages", {"year": 2027}, (422, "year-ahead", "year")),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    zoology: Client, said: Said, path: str, changes: Form, expected: tuple[int, str, str]
) -> None:
    before = await said()

    answer = await zoology.post(path, json=FORMS[path] | {"title": "第一次"} | changes)

    assert refusal(answer) == expected
    assert await said() == before
    assert (await zoology.get(path)).json()["items"] == []


@pytest.mark.parametrize(
    "form", [{}, DISCLOSURE | {"content": "rumours"}, DISCLOSURE | {"more": 1}, DISCLOSURE | {"title": " "}]
)
async def test_a_form_asks_for_what_the_event_tells_and_for_nothing_else(zoology: Client, form: Form) -> None:
    assert refusal(await zoology.post("disclosures", json=form))[:2] == (422, "invalid-request")


async def test_a_review_is_of_a_branch_the_society_has_filed(zoology: Client) -> None:
    form = {"branch": new_id(), "conclusion": "passed", "reviewed_on": "2025-06-01", "title": "年度考核"}

    assert refusal(await zoology.post("branch-reviews", json=form)) == (404, "unknown-branch", "branch")


async def test_records_are_listed_page_by_page_with_their_withdrawal(zoology: Client) -> None:
    made = [(await zoology.post("disclosures", json=DISCLOSURE | {"title": str(n)})).json()["record"] for n in range(3)]
    await zoology.post(f"disclosures/{made[0]}/withdrawal", json={"reason": "错"})

    page = (await zoology.get("disclosures", params={"limit": 2})).json()
    rest = (await zoology.get("disclosures", params={"limit": 2, "after": page["next"]})).json()

    shown = page["items"] + rest["items"]
    assert [(one["record"], one["withdrawn_on"]) for one in shown] == [
        (made[0], "2025-06-30"),
        (made[1], None),
        (made[2], None),
    ]
    assert shown[1]["details"] == FORMS["disclosures"] | {"record": made[1]}


@pytest.mark.parametrize("title", ["年度报告", " 年度报告 ", "年 度报告", "年度　报告"])
async def test_the_same_title_however_it_is_spelt_is_the_same_record_and_the_refusal_names_it(
    zoology: Client, title: str
) -> None:
    made = (await zoology.post("disclosures", json=DISCLOSURE)).json()["record"]

    again = await zoology.post("disclosures", json=DISCLOSURE | {"title": title})

    assert refusal(again) == (409, "recorded-already", "title")
    assert again.json()["clashes_with"] == made
    assert made in again.json()["detail"]
    withdrawn = await zoology.post(f"disclosures/{again.json()['clashes_with']}/withdrawal", json={"reason": "错"})
    assert withdrawn.status_code == 200


@pytest.mark.parametrize("path", ["penalties", "charter-approvals", "honours", "finance-audits"])
async def test_what_others_decided_about_a_society_it_neither_records_nor_withdraws(
    zoology: Client, about_zoology: Client, said: Said, path: str
) -> None:
    form = FORMS[path] | {"title": "第一次"}

    own = await zoology.post(path, json=form)
    made = await about_zoology.post(path, json=form)
    before = await said()
    taken_back = await zoology.post(f"{path}/{made.json()['record']}/withdrawal", json={"reason": "错"})

    assert (own.status_code, made.status_code, taken_back.status_code) == (403, 201, 403)
    assert await said() == before
    assert (await zoology.get(path)).json()["items"][0]["withdrawn_on"] is None


async def test_a_record_is_withdrawn_by_who_made_it_and_by_the_association(
    zoology: Client, about_zoology: Client
) -> None:
    own, other = DISCLOSURE | {"title": "自报"}, DISCLOSURE | {"title": "科协登记"}
    mine = (await zoology.post("disclosures", json=own)).json()["record"]
    also_mine = (await zoology.post("disclosures", json=own | {"title": "自报二"})).json()["record"]
    theirs = (await about_zoology.post("disclosures", json=other)).json()["record"]

    def withdrawn(client: Client, record: str) -> Any:
        return client.post(f"disclosures/{record}/withdrawal", json={"reason": "错"})

    assert refusal(await withdrawn(zoology, theirs)) == (403, "not-the-recorder", "record")
    assert [(await withdrawn(*one)).status_code for one in ((zoology, mine), (about_zoology, also_mine))] == [200, 200]
    assert (await withdrawn(about_zoology, theirs)).status_code == 200


async def test_figures_that_do_not_fit_are_named_in_the_readers_language(
    zoology: Client, app: FastAPI, client_for: Callable[..., Client]
) -> None:
    form = FORMS["fee-votes"] | {"title": "第一次", "in_favour": 91}

    chinese = client_for(app, "society:A-18", language="zh")
    answer = await chinese.post("/societies/A-18/fee-votes", json=form)

    assert answer.json()["detail"] == "赞成人数为 91，大于实到人数（90）。"
