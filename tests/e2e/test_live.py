"""Ratings follow events: to the board, to whoever watches, to the explanation, and back in time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from crash_platform import Platform

A = "/api/membership/societies/A-01"
COUNCIL = {
    "organ": "council",
    "seats": 60,
    "front_line": 45,
    "young": 20,
    "elected_on": "2024-05-01",
    "term_ends_on": "2028-05-01",
}


class Watcher:
    """Reads a stream of server-sent events, one at a time."""

    def __init__(self, response: httpx2.Response) -> None:
        self._lines = response.iter_lines()

    def next(self) -> tuple[str, int, dict[str, Any]]:
        """Kind, id and data of the next event."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if line.startswith(":"):
                continue
            if not line and fields:
                return fields["event"], int(fields["id"]), json.loads(fields["data"])
            name, _, value = line.partition(": ")
            fields[name] = value
        raise AssertionError("the stream ended")

    def until_changed(self, society: str) -> tuple[int, dict[str, Any]]:
        """Id and row of the next change of one society."""
        while True:
            _, id_, data = self.next()
            for row in data.get("changed", []):
                if row["society"] == society:
                    return id_, row


@contextmanager
def watching(platform: Platform, last: int | None = None) -> Iterator[Watcher]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    url = f"http://127.0.0.1:{platform.port}/api/evaluation/ratings/stream"
    with httpx2.stream("GET", url, headers=headers, timeout=30) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Watcher(response)


def total(platform: Platform, society: str, **query: str) -> float:
    document = platform.ask("GET", "/api/evaluation/ratings", params=query).json()
    return next(float(row["total"]) for row in document["ratings"] if row["society"] == society)


def assert_replay_agrees(platform: Platform) -> None:
    verdict = platform.ask("POST", "/api/evaluation/verification").json()
    assert verdict["equal"] is True, verdict


def test_a_viewer_sees_a_rating_move_and_resumes_where_the_stream_broke(settled: Platform) -> None:
    with watching(settled) as viewer:
        kind, first, snapshot = viewer.next()
        assert kind == "snapshot"
        assert {row["society"] for row in snapshot["ratings"]} >= {"A-01", "B-01"}
        assert settled.ask("POST", f"{A}/elections", COUNCIL).status_code == 201
        seen, row = viewer.until_changed("A-01")
        assert seen > first
        assert float(row["total"]) > 0
    own = {"form": "own", "established_on": "2020-07-01"}
    assert settled.ask("POST", f"{A}/party-organisation", own).status_code == 201
    settled.settle()
    with watching(settled, last=seen) as viewer:
        kind, later, _ = viewer.next()
        assert (kind, later > seen) == ("ratings", True)


def test_every_point_is_explained_by_its_clause_and_its_events(settled: Platform) -> None:
    told = settled.ask(
        "POST", f"{A}/members/bulk", {"kind": "individual", "admitted_on": "2024-03-01", "members": [{}] * 300}
    )
    settled.settle()
    explanation = settled.ask("GET", "/api/evaluation/ratings/A-01").json()
    points = sum(float(one["points"]) for one in explanation["indicators"])
    assert points == float(explanation["total"])
    evidence = {one["event"] for indicator in explanation["indicators"] for one in indicator["evidence"]}
    assert told.json()["event"] in evidence
    for indicator in explanation["indicators"]:
        assert indicator["clause"]
        assert indicator["arithmetic"]["zh"]
        assert indicator["arithmetic"]["en"]
        if indicator["outcome"] in {"partly", "unmet"}:
            assert indicator["missing"]["zh"]


def test_what_is_live_is_told_again_only_when_something_was_applied(settled: Platform) -> None:
    settled.settle()
    addresses = ("/api/evaluation/ratings", "/api/evaluation/ratings/A-01")
    tags = {address: settled.ask("GET", address).headers["ETag"] for address in addresses}
    for address, tag in tags.items():
        assert settled.http.get(address, headers={"If-None-Match": tag}).status_code == 304
        day = settled.http.get(address, headers={"If-None-Match": tag}, params={"as_of": "2024-06-01"})
        assert (day.status_code, "ETag" in day.headers) == (200, False)

    members = {"kind": "individual", "admitted_on": "2024-03-01", "members": [{}]}
    assert settled.ask("POST", f"{A}/members/bulk", members).status_code == 201
    settled.settle()
    for address, tag in tags.items():
        answer = settled.http.get(address, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.headers["ETag"] != tag) == (200, True)


def test_a_past_day_and_a_past_knowledge_can_be_asked_and_do_not_change(settled: Platform) -> None:
    society = "/api/membership/societies/B-01"
    before_bulk = total(settled, "B-01", as_of="2024-06-01")
    known = settled.ask("GET", "/api/membership/log", params={"limit": 5000}).content.splitlines()
    instant = max(json.loads(line)["recordedtime"] for line in known)
    backdated = {"kind": "individual", "admitted_on": "2024-05-01", "members": [{}] * 320}
    assert settled.ask("POST", f"{society}/members/bulk", backdated).status_code == 201
    settled.settle()
    assert total(settled, "B-01", as_of="2024-06-01") > before_bulk
    assert total(settled, "B-01", as_of="2024-04-30") == before_bulk
    assert total(settled, "B-01", as_of="2024-06-01", known_at=instant) == before_bulk


def test_a_withdrawn_meeting_counts_no_longer(settled: Platform) -> None:
    society = "/api/membership/societies/C-01"
    settled.settle()
    before = settled.ask("GET", "/api/evaluation/ratings/C-01").json()["total"]
    day = settled.ask("GET", "/api/evaluation/days/current").json()["day"]
    meeting = {"organ": "council", "entitled": 60, "present": 50, "held_on": day}
    held = settled.ask("POST", f"{society}/meetings", meeting).json()["meeting"]
    settled.settle()
    assert settled.ask("GET", "/api/evaluation/ratings/C-01").json()["total"] != before
    assert settled.ask("POST", f"{society}/meetings/{held}/withdrawal", {"reason": "duplicate"}).status_code == 200
    settled.settle()
    assert settled.ask("GET", "/api/evaluation/ratings/C-01").json()["total"] == before


def test_another_policy_can_be_checked_activated_and_the_replay_still_agrees(settled: Platform) -> None:
    text: str = settled.ask("GET", "/api/evaluation/policies/active").json()["text"]
    broken = text.replace("membership.council-elected.v1", "membership.council-chosen.v1").encode()
    verdict = settled.ask("POST", "/api/evaluation/policies/check", content=broken).json()
    assert verdict["valid"] is False
    assert all(error["line"] > 0 and error["message"] for error in verdict["errors"])
    assert settled.ask("POST", "/api/evaluation/policies/activate", content=broken).status_code == 422

    version = next(line for line in text.splitlines() if line.startswith("version:"))
    newer = text.replace(version, 'version: "99"', 1).encode()
    assert settled.ask("POST", "/api/evaluation/policies/activate", content=newer).status_code == 200
    settled.settle()
    assert settled.ask("GET", "/api/evaluation/ratings").json()["policy"]["version"] == "99"
    assert_replay_agrees(settled)
    settled.kill()
    settled.revive()
    settled.settle()
    assert settled.ask("GET", "/api/evaluation/ratings").json()["policy"]["version"] == "99"
    assert_replay_agrees(settled)
