"""Whatever folds the past may be asked only so often, by each token and from each address; the live board always."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from services.evaluation.app import build
from tests.component.evaluation.test_past import hear, history

ClientFor = Callable[..., httpx2.AsyncClient]
THEN = {"as_of": "2018-06-30"}
TRIED = {"policy": "assessment-2026", "against": "assessment-2011"} | THEN
LIMITED = [
    ("GET", "/ratings", THEN),
    ("GET", "/ratings/A-18", THEN),
    ("GET", "/duties", THEN),
    ("GET", "/societies/A-18/duties", THEN),
    ("GET", "/whatif", TRIED),
]


@pytest.fixture
async def app(make_database: Any, settings_for: Any, clock: SteppedClock) -> AsyncIterator[FastAPI]:
    """Evaluation, of which each may ask two such questions a minute; its portal and gateway are on 10.0.0.0/8."""
    url = await make_database("evaluation")
    settings = settings_for(
        "evaluation", url, past_per_minute=2, trials_per_minute=2, trusted_proxies=["10.0.0.0/8", "127.0.0.0/8"]
    )
    app = build(settings, clock)
    app.state.board.day = date(2018, 9, 1)
    await hear(app, history())
    yield app
    await app.state.service.stop()


def from_address(app: FastAPI, peer: str, forwarded: str = "") -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False, client=(peer, 1))
    headers = {"Accept-Language": "en"} | ({"X-Forwarded-For": forwarded} if forwarded else {})
    return httpx2.AsyncClient(transport=transport, base_url="http://societas.test", headers=headers)


@pytest.mark.parametrize(("method", "path", "query"), LIMITED)
async def test_who_asks_of_the_past_too_often_is_told_when_to_come_back_and_others_are_answered(
    app: FastAPI, client_for: ClientFor, method: str, path: str, query: dict[str, str]
) -> None:
    async with from_address(app, "198.51.100.7") as one, from_address(app, "198.51.100.8") as other:
        codes = [(await one.request(method, path, params=query)).status_code for _ in range(2)]
        refused = await one.request(method, path, params=query)
        assert codes == [200, 200]
        assert (refused.status_code, refused.json()["title"]) == (429, "Asked too often")
        assert 0 < int(refused.headers["Retry-After"]) <= 30
        assert (await other.request(method, path, params=query)).status_code == 200
        assert (await one.get("/ratings")).status_code == 200
        token = client_for(app, "auditor")
        token.headers["X-Forwarded-For"] = "198.51.100.7"
        assert (await token.request(method, path, params=query)).status_code == 200
    told = (await client_for(app).get("/metrics")).text
    assert 'societas_requests_limited_total{by="address"' in told


async def test_a_token_is_counted_wherever_it_asks_from(app: FastAPI, client_for: ClientFor) -> None:
    token = client_for(app, "auditor")
    answers = []
    for address in ("198.51.100.1", "198.51.100.2", "198.51.100.3"):
        token.headers["X-Forwarded-For"] = address
        answers.append((await token.get("/ratings", params=THEN)).status_code)
    assert answers == [200, 200, 429]


async def test_a_forged_token_or_address_brings_no_bucket_of_its_own(app: FastAPI) -> None:
    codes = []
    for n in range(3):
        async with from_address(app, "198.51.100.7", f"203.0.113.{n}") as client:
            client.headers["Authorization"] = f"Bearer forged-{n}"
            codes.append((await client.get("/ratings", params=THEN)).status_code)
    assert codes == [200, 200, 429]


async def test_readers_behind_the_portal_are_counted_each_by_their_own_address(app: FastAPI) -> None:
    codes = []
    for n in range(4):
        # As the gateway has it: whom the portal asks for, and the portal.
        async with from_address(app, "10.0.0.2", f"203.0.113.{n}, 10.0.0.3") as portal:
            codes += [(await portal.get("/ratings", params=THEN)).status_code for _ in range(2)]
    assert codes == [200] * 8


async def test_verifications_and_checks_of_policies_are_limited_too(app: FastAPI, client_for: ClientFor) -> None:
    auditor = client_for(app, "auditor")
    codes = [(await auditor.post("/policies/check", content=b"id: x")).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
