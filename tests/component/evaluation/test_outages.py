"""However many ask about the past, and however long it takes: board, listener and lease go on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import date
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request
from pools import used_up
from ports import free_port
from serving import served
from waiting import wait_until

from chassis import log_routes
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.turns import Turns
from chassis.web import Reading, assemble, router
from services.evaluation.app import build
from tests.component.evaluation.test_instances import meeting, registered
from tests.component.evaluation.test_past import hear, history

ClientFor = Callable[..., httpx2.AsyncClient]
TRIED = {"policy": "assessment-2026", "against": "assessment-2011"}


@pytest.fixture
async def live(make_database: Any, settings_for: Any, clock: SteppedClock) -> AsyncIterator[tuple[FastAPI, House]]:
    """Evaluation at work, and membership, to which it listens."""
    ports = {"membership": free_port(), "evaluation": free_port()}
    peers = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    # The two that say nothing are answered for by membership: their logs are empty here.
    peers |= {"events": peers["membership"], "federation": peers["membership"]}
    membership = House("membership", settings_for("membership", await make_database("membership"), peers=peers), clock)
    app = build(settings_for("evaluation", await make_database("evaluation"), peers=peers), clock)
    async with (
        served(assemble(membership, log_routes.routes), ports["membership"]),
        served(app, ports["evaluation"]),
    ):
        await wait_until(lambda: bool(app.state.service.listener.readings))
        yield app, membership


def epoch(app: FastAPI) -> int:
    return int(app.state.service.listener.readings[0].seat.epoch)


async def rated(client: httpx2.AsyncClient) -> list[str]:
    return [one["society"] for one in (await client.get("/ratings")).json()["ratings"]]


async def test_with_every_connection_of_requests_in_use_the_listener_applies_and_the_board_answers(
    live: tuple[FastAPI, House], client_for: ClientFor
) -> None:
    app, membership = live
    visitor, service = client_for(app), app.state.service
    before = epoch(app)

    async with used_up(service.db):
        async with membership.work() as work:
            work.say(registered("A-01"))
            work.say(meeting("A-01"))
        await wait_until(lambda: _shows(visitor, "A-01"), 20)
        assert (await visitor.get("/readyz")).status_code == 200

    assert epoch(app) == before


async def _shows(visitor: httpx2.AsyncClient, society: str) -> bool:
    return society in await rated(visitor)


async def test_more_questions_about_the_past_than_connections_stop_neither_listener_nor_lease_nor_board(
    live: tuple[FastAPI, House], client_for: ClientFor
) -> None:
    app, membership = live
    visitor, before = client_for(app), epoch(app)
    app.state.past.turns = Turns("an answer about the past", 100)
    async with app.state.past.turns.turn():
        asked = [
            asyncio.create_task(visitor.get("/whatif", params={**TRIED, "known_at": f"2025-06-01T00:00:00.{n:06}Z"}))
            for n in range(20)
        ]
        asked += [
            asyncio.create_task(visitor.get("/duties", params={"known_at": f"2025-06-01T00:00:00.{n:06}Z"}))
            for n in range(16)
        ]
        await wait_until(lambda: app.state.past.turns.waiting == len(asked))
        async with membership.work() as work:
            work.say(registered("A-01"))
        await wait_until(lambda: _shows(visitor, "A-01"), 20)
        assert (await visitor.get("/readyz")).status_code == 200
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}
    assert epoch(app) == before


@pytest.mark.parametrize("path", ["/ratings", "/duties", "/whatif", "/ratings/A-18", "/societies/A-18/duties"])
@pytest.mark.parametrize(("language", "title"), [("en", "Too many are waiting for this"), ("zh", "排队等候的请求过多")])
async def test_who_comes_when_enough_wait_is_told_when_to_come_back(
    app: FastAPI, client_for: ClientFor, path: str, language: str, title: str
) -> None:
    visitor = client_for(app, language=language)
    app.state.board.day = date(2018, 9, 1)
    await hear(app, history())
    app.state.past.turns = Turns("an answer about the past", 0)

    async with app.state.past.turns.turn():
        query = {"known_at": "2018-07-15T00:00:00Z"} | (TRIED if path == "/whatif" else {})
        answer = await visitor.get(path, params=query)

    assert answer.status_code == 503, answer.text
    assert answer.json()["title"] == title
    assert int(answer.headers["Retry-After"]) >= 1
    assert (await visitor.get(path, params=query)).status_code == 200


async def test_a_request_that_would_wait_while_it_holds_a_connection_is_a_fault_of_the_program(
    app: FastAPI, client_for: ClientFor
) -> None:
    careless = router("careless")
    turns = Turns("its turn", 8)

    @careless.get("/careless")
    async def wait(look: Reading) -> None:
        async with turns.turn():
            pass

    @careless.get("/greedy")
    async def take_two(look: Reading, request: Request) -> None:
        async with request.app.state.service.db.reading():
            pass

    app.include_router(careless)
    visitor = client_for(app)
    assert {(await visitor.get(path)).status_code for path in ("/careless", "/greedy")} == {500}


async def test_a_verification_that_comes_while_one_runs_is_told_how_far_that_is(
    live: tuple[FastAPI, House], client_for: ClientFor
) -> None:
    app, _ = live
    auditor = client_for(app, "auditor")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.state.service.listener.turn)
        first = asyncio.create_task(auditor.post("/verification"))
        await wait_until(lambda: getattr(app.state, "reread", None) is not None)
        second = await auditor.post("/verification")
    assert (second.status_code, second.json()["title"]) == (409, "A verification is under way")
    assert second.headers["Retry-After"] == "10"
    assert (await first).json()["equal"]
    assert (await auditor.post("/verification")).status_code == 200
