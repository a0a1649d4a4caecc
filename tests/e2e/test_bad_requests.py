"""A bad request gets a problem that names field and value, in the caller's language, and changes nothing."""

import json
from typing import Any

import httpx2
import pytest
from crash_platform import SPEAKERS, Platform

from services.membership.identifiers import completed
from tests.e2e.openapi_walk import places

SOCIETY = {
    "code": "B-02",
    "name": "中国汽车工程学会",
    "credit_code": completed("5142000000000042"),
    "discipline": "engineering",
    "registered_on": "2001-05-01",
}
ELECTION = {
    "organ": "council",
    "seats": 60,
    "front_line": 50,
    "young": 25,
    "elected_on": "2024-05-01",
    "term_ends_on": "2028-05-01",
}
ACTIVITY = {
    "title": "Annual meeting",
    "kind": "academic-meeting",
    "level": "provincial",
    "starts_on": "2024-05-01",
    "organisers": [{"society": "A-01", "role": "host"}],
}
A = "/api/membership/societies/A-01"
BAD: dict[str, tuple[str, dict[str, Any], int, str | None]] = {
    "a wrong check digit": (
        "/api/membership/societies",
        SOCIETY | {"credit_code": "514200005000000155"},
        422,
        "credit_code",
    ),
    "more front-line members than seats": (f"{A}/elections", ELECTION | {"front_line": 61}, 422, "front_line"),
    "a date in the future": (
        f"{A}/meetings",
        {"organ": "council", "entitled": 60, "present": 50, "held_on": "2999-01-01"},
        422,
        "held_on",
    ),
    "more present than entitled": (
        f"{A}/meetings",
        {"organ": "council", "entitled": 60, "present": 61, "held_on": "2024-01-01"},
        422,
        "present",
    ),
    "an unknown society": (
        "/api/membership/societies/E-99/meetings",
        {"organ": "council", "entitled": 60, "present": 50, "held_on": "2024-01-01"},
        404,
        "society",
    ),
    "an unknown society among organisers": (
        "/api/events/activities",
        ACTIVITY | {"organisers": [{"society": "E-99", "role": "host"}]},
        404,
        None,
    ),
    "an unknown kind": ("/api/events/activities", ACTIVITY | {"kind": "party"}, 422, None),
    "a wrong ISSN": (
        "/api/events/journals",
        {"society": "A-01", "title": "学报", "issn": "0317-8472", "cn": "42-1234", "registered_on": "2020-01-01"},
        422,
        "issn",
    ),
    "a federation of one": (
        "/api/federation/federations",
        {"id": "lonely", "name": "联合体", "field": "ecology", "founded_on": "2020-01-01", "founders": ["A-01"]},
        422,
        "founders",
    ),
    "a field nobody asked for": (
        f"{A}/party-organisation",
        {"form": "own", "established_on": "2020-01-01", "x": 1},
        422,
        "x",
    ),
}


def send(platform: Platform, path: str, language: str = "zh", **content: Any) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {platform.token}", "Accept-Language": language, **content.pop("headers", {})}
    return httpx2.post(f"http://127.0.0.1:{platform.port}{path}", headers=headers, timeout=30, **content)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_request_names_what_is_wrong_and_changes_nothing(settled: Platform, what: str) -> None:
    path, body, status, field = BAD[what]
    before = settled.heads()
    answers = {language: send(settled, path, language, json=body) for language in ("zh", "en")}
    for language, answer in answers.items():
        problem = answer.json()
        assert answer.status_code == status, problem
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"].startswith(language)
        assert problem["type"].startswith("urn:societas:problem:")
        assert problem["title"]
        assert problem["detail"]
        if field is not None:
            named = [problem.get("field"), *(error["field"] for error in problem.get("errors", []))]
            assert any(field in str(name) for name in named), problem
    assert answers["zh"].json()["title"] != answers["en"].json()["title"]
    assert settled.heads() == before


def test_malformed_json_is_said_to_be_malformed(settled: Platform) -> None:
    answer = send(
        settled, f"{A}/meetings", content=b'{"organ": "council",', headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:societas:problem:malformed-json")


@pytest.mark.parametrize("path", ["/api/membership/societies%0a", "/a%0ab", "/api/nowhere", "/api/evaluation%0d%0a"])
def test_what_is_nowhere_is_said_so_whatever_its_spelling(settled: Platform, path: str) -> None:
    answer = send(settled, path)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (404, "application/problem+json")


def test_a_body_of_ten_megabytes_is_refused(settled: Platform) -> None:
    answer = send(settled, f"{A}/meetings", content=b" " * 10_000_000)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:societas:problem:body-too-large")


def test_an_import_with_bad_lines_names_each_and_imports_nothing(settled: Platform) -> None:
    good = settled.ask("GET", "/api/membership/log", params={"limit": 1}).content.strip()
    before = settled.heads()
    answer = settled.ask("POST", "/api/membership/log", content=b"\n".join([good, b"{}", good, b"not json"]))
    problem = answer.json()
    assert answer.status_code == 422
    assert problem["type"] == "urn:societas:problem:unreadable-lines"
    assert {2, 4} == {error["line"] for error in problem["errors"]}
    assert settled.heads() == before


EXTREME = {
    "date": ["0001-01-01", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "9999-12-31"],
    "date-time": ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
                  "1900-01-01T00:00:00+14:00", "2199-12-31T23:59:59-12:00"],
}  # fmt: skip
NEVER = ("0001", "9999")


def test_no_day_however_far_away_brings_a_service_down(settled: Platform) -> None:
    known = _a_little_of_everything(settled)
    asked = 0
    for service in SPEAKERS:
        document = settled.ask("GET", f"/api/{service}/openapi.json").json()
        for place in places(document, known):
            for day in EXTREME[place.kind]:
                asked += 1
                ask = place.with_day(day)
                text = json.dumps(ask.body).replace("A-18", "A-01").replace("A-19", "A-02").replace("D-08", "D-01")
                answer = settled.http.request(
                    ask.method, f"/api/{service}{ask.path}", params=dict(ask.query),
                    content=text if ask.body is not None else None,
                    headers={"Authorization": f"Bearer {settled.token}", "Content-Type": "application/json"},
                )  # fmt: skip
                told = f"{ask.method} {ask.path} {place.place}={day}: {answer.status_code} {answer.text[:300]}"
                assert answer.status_code < 500, told
                if day.startswith(NEVER) and place.path != "/whatif":
                    assert answer.status_code == 422, told
                    assert place.place in [error["field"].rpartition(".")[2] for error in answer.json()["errors"]], told
    assert asked > 300
    settled.settle()
    dead = [settled.ask("GET", f"/api/{service}/dead-letters").json()["items"] for service in SPEAKERS]
    assert dead == [[], [], [], []]
    assert settled.ask("POST", "/api/evaluation/verification").json()["equal"] is True


def _a_little_of_everything(settled: Platform) -> dict[str, str]:
    """What the paths speak of, so that a day comes as far as the rules of the domain."""
    activity = settled.ask("POST", "/api/events/activities", ACTIVITY).json()["activity"]
    leader = {"post": "head", "term_number": 1, "elected_on": "2024-05-01", "born_on": "1970-01-01"}
    change = {"item": "name", "consented_on": "2024-05-01"}
    journal = {
        "society": "A-01",
        "title": "学报",
        "issn": "0317-8471",
        "cn": "CN 42-1234",
        "registered_on": "2020-01-01",
    }
    federation = {"id": "ecology", "name": "联合体", "field": "ecology", "founded_on": "2020-01-01",
                  "founders": ["A-01", "A-02"]}  # fmt: skip
    settled.ask("POST", "/api/federation/federations", federation)
    return {
        "society": "A-01",
        "activity": activity,
        "federation": "ecology",
        "policy": "active",
        "leader": settled.ask("POST", f"{A}/leaders", leader).json()["leader"],
        "change": settled.ask("POST", f"{A}/changes", change).json()["change"],
        "journal": settled.ask("POST", "/api/events/journals", journal).json()["journal"],
    }
