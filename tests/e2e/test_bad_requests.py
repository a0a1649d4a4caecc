"""A bad request gets a problem that names field and value, in the caller's language, and changes nothing."""

from typing import Any

import httpx
import pytest
from crash_platform import Platform

from services.membership.identifiers import completed

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


def send(platform: Platform, path: str, language: str = "zh", **content: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {platform.token}", "Accept-Language": language, **content.pop("headers", {})}
    return httpx.post(f"http://127.0.0.1:{platform.port}{path}", headers=headers, timeout=30, **content)


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
    assert "2:" in str(problem)
    assert "4:" in str(problem)
    assert settled.heads() == before
