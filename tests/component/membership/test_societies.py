import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx2
import pytest

from services.membership.identifiers import completed

Client = httpx2.AsyncClient
Form = dict[str, Any]


async def test_a_registered_society_can_be_read_by_anybody_and_is_told_once(
    association: Client, anybody: Client, registration: Form, said: Any
) -> None:
    answer = await association.post("/societies", json=registration)

    assert answer.status_code == 201
    (event,) = await said()
    assert answer.json() == {"society": "A-18", "event": event["id"]}
    assert (event["type"], event["subject"]) == ("membership.society-registered.v1", "A-18")
    assert (await anybody.get("/societies/A-18")).json() == registration


async def test_blanks_and_small_letters_of_a_copied_form_do_no_harm(
    association: Client, anybody: Client, registration: Form
) -> None:
    copied = registration | {"name": "中国动物学会 \u3000", "credit_code": " 51420000500000023y"}
    assert (await association.post("/societies", json=copied)).status_code == 201

    assert (await anybody.get("/societies/A-18")).json() == registration


async def test_two_societies_may_bear_one_name_but_not_one_code_or_credit_code(
    association: Client, registration: Form, said: Any
) -> None:
    await association.post("/societies", json=registration)
    namesake = registration | {"code": "A-46G", "credit_code": "514200005000000154"}
    assert (await association.post("/societies", json=namesake)).status_code == 201

    code_again = await association.post("/societies", json=registration | {"credit_code": "51420000A00000011G"})
    credit_again = await association.post("/societies", json=registration | {"code": "A-19"})

    assert (code_again.status_code, code_again.json()["type"]) == (409, "urn:societas:problem:code-taken")
    assert (credit_again.status_code, credit_again.json()["type"]) == (409, "urn:societas:problem:credit-code-taken")
    assert len(await said()) == 2


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"code": "F-01"}, "invalid-request"),
        ({"code": "A-１８"}, "invalid-request"),
        ({"name": " \u3000 "}, "invalid-request"),
        ({"name": "学会\u0000"}, "invalid-request"),
        ({"credit_code": "5142000050000002\u00003Y"}, "invalid-request"),
        ({"registered_on": "1899-12-31"}, "invalid-request"),
        ({"registered_on": "0001-01-01"}, "invalid-request"),
        ({"president": "somebody"}, "invalid-request"),
        ({"registered_on": "2025-07-01"}, "in-the-future"),
        ({"credit_code": "91110000600037341L"}, "not-a-societys-credit-code"),
        ({"credit_code": "51420000500000023X"}, "credit-code-check-wrong"),
        ({"credit_code": ""}, "credit-code-misspelt"),
        ({"discipline": "medicine"}, "discipline-mismatch"),
        ({"discipline": "medicine", "credit_code": ""}, "several-faults"),
    ],
)
async def test_a_wrong_registration_says_what_is_wrong_and_changes_nothing(  # noqa: PLR0917 - a case has its parts
    association: Client, anybody: Client, registration: Form, said: Any, changed: Form, problem: str
) -> None:
    answer = await association.post("/societies", json=registration | changed)

    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:societas:problem:{problem}")
    assert (await anybody.get("/societies")).json()["items"] == []
    assert await said() == []


async def test_today_in_china_is_a_day_on_which_a_society_can_be_registered(
    association: Client, registration: Form, clock: Any
) -> None:
    clock.set(datetime.fromisoformat("2025-06-30T16:00:00+00:00"))

    answer = await association.post("/societies", json=registration | {"registered_on": "2025-07-01"})

    assert answer.status_code == 201


async def test_of_ten_registrations_at_once_under_one_code_one_is_done(
    association: Client, registration: Form, said: Any
) -> None:
    forms = [registration | {"credit_code": completed(f"51420000{serial:08d}")} for serial in range(10)]

    answers = await asyncio.gather(*(association.post("/societies", json=form) for form in forms))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert len(await said()) == 1


async def test_only_the_association_registers_societies(
    anybody: Client, app: Any, client_for: Callable[..., Client], registration: Form
) -> None:
    society = client_for(app, "society:A-18", "auditor", "federation:life")

    assert (await anybody.post("/societies", json=registration)).status_code == 401
    assert (await society.post("/societies", json=registration)).status_code == 403


async def test_the_register_is_paged_in_the_order_of_the_codes(
    association: Client, anybody: Client, registration: Form
) -> None:
    codes = [f"{letter}-{number:02d}" for letter in "BA" for number in (3, 1, 2)]
    for serial, code in enumerate(codes):
        discipline = "science" if code[0] == "A" else "engineering"
        changed = {"code": code, "discipline": discipline, "credit_code": completed(f"51420000{serial:08d}")}
        assert (await association.post("/societies", json=registration | changed)).status_code == 201

    seen, after = [], None
    while True:
        page = (await anybody.get("/societies", params={"limit": 4} | ({"after": after} if after else {}))).json()
        seen.append([society["code"] for society in page["items"]])
        if (after := page["next"]) is None:
            break

    assert seen == [sorted(codes)[:4], sorted(codes)[4:]]


async def test_an_unknown_society_is_named_in_the_callers_language(
    app: Any, anybody: Client, client_for: Callable[..., Client]
) -> None:
    answer = await anybody.get("/societies/A-99")

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:societas:problem:unknown-society")
    assert answer.json()["detail"] == "No society is registered under A-99."
    chinese = await client_for(app, language="zh").get("/societies/A-99")
    assert chinese.headers["content-language"] == "zh-CN"


async def test_every_path_under_an_unknown_society_is_unknown(association: Client) -> None:
    day, id_ = "2025-06-01", "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
    forms: dict[str, Form] = {
        "members": {"kind": "unit", "admitted_on": day},
        "members/bulk": {"kind": "unit", "admitted_on": day, "members": [{}]},
        "members/end-bulk": {"members": [id_], "ended_on": day, "reason": "lapsed"},
        f"members/{id_}/end": {"ended_on": day, "reason": "lapsed"},
        "elections": {
            "organ": "council",
            "seats": 3,
            "front_line": 2,
            "young": 1,
            "elected_on": day,
            "term_ends_on": "2029-06-01",
        },
        "party-organisation": {"form": "own", "established_on": day},
        "meetings": {"organ": "council", "entitled": 3, "present": 2, "held_on": day},
        f"meetings/{id_}/withdrawal": {"reason": "重复登记"},
        "regulations": {"regulation": "reform-plan", "adopted_on": day},
        "branches": {"kind": "branch", "name": "武汉分会", "filed_on": day},
    }
    secretariat = {"full_time_staff": 2, "hired_secretary_general": True, "own_office": True, "recorded_on": day}

    answers = [await association.post(f"/societies/A-99/{path}", json=form) for path, form in forms.items()]
    answers += [await association.put("/societies/A-99/secretariat", json=secretariat)]
    answers += [await association.get("/societies/A-99/members")]

    assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {
        (404, "urn:societas:problem:unknown-society")
    }


async def test_a_credit_code_issued_against_its_own_rules_is_taken_with_a_stated_reason(
    association: httpx2.AsyncClient, registration: dict[str, Any], said: Any
) -> None:
    form = registration | {"credit_code": "91350203M0001QKT19"}

    refused = await association.post("/societies", json=form)
    taken = await association.post("/societies", json=form | {"certified_reason": "登记证书上即为此代码"})

    assert (refused.status_code, refused.json()["field"]) == (422, "credit_code")
    assert "certified_reason" in refused.json()["detail"]
    assert taken.status_code == 201, taken.text
    (event,) = await said()
    assert event["data"]["credit_code"] == "91350203M0001QKT19"
    assert "certified_reason" not in event["data"]
