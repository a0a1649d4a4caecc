"""Plain records over HTTP: told without their titles, refused when impossible, withdrawn once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.ids import new_id
from records import types_in
from records.record import example_of
from services.membership import records
from services.membership.records.fee_votes import FeeVote
from services.rights import DECIDED_ABOUT_A_SOCIETY

Client = httpx2.AsyncClient
Form = dict[str, Any]
Said = Callable[[], Awaitable[list[Form]]]

DISCLOSURE: Form = {"title": "年度报告", "content": "annual-report", "published_on": "2025-04-01"}
FEE_VOTE: Form = example_of(FeeVote)
OF_OTHERS = [one for one in types_in(records) if one.rights == DECIDED_ABOUT_A_SOCIETY]


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["type"].removeprefix("urn:societas:problem:"), problem.get("field")


async def test_a_record_belongs_to_its_kind(zoology: Client) -> None:
    made = (await zoology.post("disclosures", json=DISCLOSURE)).json()["record"]

    answer = await zoology.post(f"fee-votes/{made}/withdrawal", json={"reason": "错"})

    assert refusal(answer) == (404, "unknown-record", "record")


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
    assert shown[1]["details"] == {name: value for name, value in DISCLOSURE.items() if name != "title"} | {
        "record": made[1]
    }


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


async def test_what_others_decided_about_a_society_it_neither_records_nor_withdraws_nor_corrects(
    zoology: Client, about_zoology: Client, said: Said
) -> None:
    for type_ in OF_OTHERS:
        path, form = type_.path, example_of(type_.record)
        own = await zoology.post(path, json=form)
        made = await about_zoology.post(path, json=form)
        one, before = f"{path}/{made.json()['record']}", await said()
        taken_back = await zoology.post(f"{one}/withdrawal", json={"reason": "错"})
        corrected = await zoology.post(f"{one}/correction", json=form | {"title": "第二次"})

        assert [answer.status_code for answer in (own, made, taken_back, corrected)] == [403, 201, 403, 403]
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
    form = FEE_VOTE | {"title": "第一次", "in_favour": 91}

    chinese = client_for(app, "society:A-18", language="zh")
    answer = await chinese.post("/societies/A-18/fee-votes", json=form)

    assert answer.json()["detail"] == "赞成人数为 91，大于实到人数（90）。"
