"""Plain records over HTTP: told without their titles, refused when impossible, withdrawn once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from chassis.ids import new_id
from services.membership.api.records import KINDS

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
HONOUR = FORMS["honours"] | {"title": "先进学会"}


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["type"].removeprefix("urn:societas:problem:"), problem.get("field")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)
async def test_each_kind_is_told_as_it_was_asked_for_and_its_title_stays_here(
    zoology: Client, said: Said, kind: Any
) -> None:
    form = FORMS.get(kind.path)
    if form is None:  # of a branch, which must be there
        branch = (await zoology.post("branches", json=A_BRANCH)).json()["branch"]
        form = {"branch": branch, kind.day: "2025-06-01"}
        form |= {"conclusion": "passed"} if kind.path == "branch-reviews" else {}

    answer = await zoology.post(kind.path, json=form | {"title": "第一次"})

    assert answer.status_code == 201, answer.text
    event = (await said())[-1]
    assert (event["id"], event["type"], event["subject"]) == (answer.json()["event"], kind.event.type, "A-18")
    assert event["data"] == form | {"record": answer.json()["record"]}


async def test_a_record_is_withdrawn_once_and_may_then_be_made_again(zoology: Client, said: Said) -> None:
    made = (await zoology.post("honours", json=HONOUR)).json()
    path = f"honours/{made['record']}/withdrawal"

    assert refusal(await zoology.post("honours", json=HONOUR)) == (409, "recorded-already", "title")
    withdrawn = await zoology.post(path, json={"reason": "重复登记"})
    assert withdrawn.status_code == 200, withdrawn.text
    assert refusal(await zoology.post(path, json={"reason": "重复登记"})) == (409, "withdrawn-already", "record")
    event = (await said())[-1]
    assert (event["type"], event["id"]) == ("membership.record-withdrawn.v1", withdrawn.json()["event"])
    assert event["data"] == {"withdraws": made["event"], "record": made["record"]}
    assert (await zoology.post("honours", json=HONOUR)).status_code == 201


async def test_a_record_belongs_to_its_kind(zoology: Client) -> None:
    made = (await zoology.post("honours", json=HONOUR)).json()["record"]

    answer = await zoology.post(f"penalties/{made}/withdrawal", json={"reason": "错"})

    assert refusal(answer) == (404, "unknown-record", "record")


@pytest.mark.parametrize(
    ("path", "changes", "expected"),
    [
        ("honours", {"received_on": "2025-07-01"}, (422, "in-the-future", "received_on")),
        ("honours", {"received_on": "1991-06-29"}, (422, "before-registration", "received_on")),
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


@pytest.mark.parametrize("form", [{}, HONOUR | {"level": "world"}, HONOUR | {"more": 1}, HONOUR | {"title": " "}])
async def test_a_form_asks_for_what_the_event_tells_and_for_nothing_else(zoology: Client, form: Form) -> None:
    assert refusal(await zoology.post("honours", json=form))[:2] == (422, "invalid-request")


async def test_a_review_is_of_a_branch_the_society_has_filed(zoology: Client) -> None:
    form = {"branch": new_id(), "conclusion": "passed", "reviewed_on": "2025-06-01", "title": "年度考核"}

    assert refusal(await zoology.post("branch-reviews", json=form)) == (404, "unknown-branch", "branch")


async def test_one_key_records_once(zoology: Client, said: Said) -> None:
    first, second = [await zoology.post("honours", json=HONOUR, headers={"Idempotency-Key": "k"}) for _ in range(2)]

    assert first.json() == second.json()
    assert [event["type"] for event in await said()].count("membership.honour-received.v1") == 1


async def test_records_are_listed_page_by_page_with_their_withdrawal(zoology: Client) -> None:
    made = [(await zoology.post("honours", json=HONOUR | {"title": str(n)})).json()["record"] for n in range(3)]
    await zoology.post(f"honours/{made[0]}/withdrawal", json={"reason": "错"})

    page = (await zoology.get("honours", params={"limit": 2})).json()
    rest = (await zoology.get("honours", params={"limit": 2, "after": page["next"]})).json()

    shown = page["items"] + rest["items"]
    assert [(one["record"], one["withdrawn_on"]) for one in shown] == [
        (made[0], "2025-06-30"),
        (made[1], None),
        (made[2], None),
    ]
    assert shown[1]["details"] == FORMS["honours"] | {"record": made[1]}
