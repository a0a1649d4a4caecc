"""Readers are told apart: each by the address that the gateway saw, and each page by what it shows."""

from pathlib import Path

import httpx2
import pytest

from chassis.clock import SteppedClock
from tests.component.portal.conftest import portal
from tests.component.portal.fake_evaluation import FakeEvaluation


def too_often(_: httpx2.Request) -> httpx2.Response:
    problem = {"type": "urn:societas:problem:too-often"}
    headers = {"Retry-After": "7", "Content-Type": "application/problem+json"}
    return httpx2.Response(429, json=problem, headers=headers)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("请求过于频繁", "请 7 秒后再试")), ("en", ("Asked too often", "Try again in 7 seconds"))],
)
async def test_who_asks_of_other_days_too_often_reads_when_to_come_back(
    clock: SteppedClock, tmp_path: Path, lang: str, words: tuple[str, str]
) -> None:
    behind = httpx2.AsyncClient(transport=httpx2.MockTransport(too_often), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://portal.test") as reader:
        page = await reader.get("/", params={"as_of": "2025-06-01", "lang": lang})
    assert (page.status_code, page.headers["Retry-After"]) == (429, "7")
    assert all(word in page.text for word in words)


@pytest.mark.parametrize(
    ("peer", "forwarded", "told"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
    ],
)
async def test_evaluation_is_told_for_whom_a_page_is_asked(
    clock: SteppedClock, tmp_path: Path, peer: str, forwarded: str, told: str
) -> None:
    heard = []

    def note(request: httpx2.Request) -> httpx2.Response:
        heard.append(request.headers.get("X-Forwarded-For"))
        return too_often(request)

    behind = httpx2.AsyncClient(transport=httpx2.MockTransport(note), base_url="http://evaluation.test")
    transport = httpx2.ASGITransport(portal(clock, tmp_path / "jwks.json", behind), client=(peer, 1))
    async with behind, httpx2.AsyncClient(transport=transport, base_url="http://portal.test") as reader:
        await reader.get("/", params={"as_of": "2025-06-01"}, headers={"X-Forwarded-For": forwarded})
    assert heard == [told]


async def test_what_others_hang_onto_an_address_makes_no_page_of_its_own(
    evaluation: FakeEvaluation, clock: SteppedClock, tmp_path: Path
) -> None:
    behind = httpx2.AsyncClient(transport=httpx2.ASGITransport(evaluation.app), base_url="http://evaluation.test")
    app = portal(clock, tmp_path / "jwks.json", behind)
    async with behind, httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://portal.test") as reader:
        first = await reader.get("/")
        kept = app.state.printed.bytes
        for n in range(20):
            page = await reader.get("/", params={"utm_source": str(n), "_": str(n)})
            assert page.content == first.content
        refused = await reader.get("/", params={"colour": "red"})
    assert kept > 0
    assert app.state.printed.bytes == kept
    assert refused.status_code == 422
