"""While the database is away what is in memory is read as it was, and says so; what is written is refused, in time."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from bus_server import BusServer
from clerking import admit, register
from databases import Copies
from fastapi import FastAPI
from hall import Hall
from ports import free_port
from servers import OwnPostgres
from serving import served
from waiting import wait_until

from chassis.dated import AS_OF
from services.evaluation.app import build
from services.portal.app import build as build_portal
from societas.serving import Seats

pytestmark = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)

MARKS = {"en": "not being updated at the moment", "zh": "暂未更新"}
PAGES = ("/", "/societies/A-18", "/duties", "/policy", "/policies", "/reviews")
# Two, of which the service takes 1.8; one more where tests share the machine.
TOLD_SECONDS = 3.0
MOST_ERRORS = 5


@pytest.fixture
def make_database(own_postgres: OwnPostgres) -> Any:
    return Copies(own_postgres.url).copy


@pytest.fixture
def partitions() -> int:
    return 4


@dataclass
class Scene:
    """The register, two instances of evaluation with the one society that it has, and the pages of the first."""

    apps: list[FastAPI]
    first: httpx2.AsyncClient
    second: httpx2.AsyncClient
    portal: httpx2.AsyncClient
    clerk: httpx2.AsyncClient

    def up_to_date(self) -> bool:
        return all(app.state.following.whole() for app in self.apps)

    def marked(self) -> bool:
        return all(app.state.following.as_of() for app in self.apps)


@pytest.fixture
def evaluation_port(hall: Hall) -> int:
    """Where those who hear evaluation look for its log; nothing is said by anybody else."""
    port = free_port()
    hall.peers |= {"evaluation": f"http://127.0.0.1:{port}"}
    hall.peers |= dict.fromkeys(("events", "federation"), f"http://127.0.0.1:{free_port()}")
    return port


@pytest.fixture
async def scene(
    hall: Hall, evaluation_port: int, clerk: httpx2.AsyncClient, client_for: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[Scene]:
    settings = await hall.settings("evaluation", lease_seconds=2.0)
    apps = [build(settings, hall.clock) for _ in range(2)]
    clients = [client_for(app, "association") for app in apps]
    portal = build_portal(hall.settings_for("portal", ""), hall.clock, client_for(apps[0]))
    async with served(apps[0], evaluation_port), served(apps[1], free_port()):
        await register(clerk)
        await wait_until(lambda: all("A-18" in app.state.board.societies for app in apps))
        yield Scene(apps, *clients, client_for(portal), clerk)


async def pages_are(portal: httpx2.AsyncClient, *, marked: bool) -> bool:
    """Whether every page is shown, in both languages, and says that it is not being updated, or none does."""
    found = [(await portal.get(page, params={"lang": one}), mark) for page in PAGES for one, mark in MARKS.items()]
    assert {answer.status_code for answer, _ in found} == {200}
    return {mark in answer.text for answer, mark in found} == {marked}


async def past_is_answered(client: httpx2.AsyncClient) -> bool:
    return (await client.get("/ratings", params={"as_of": "2025-06-29"})).status_code == 200


async def read(client: httpx2.AsyncClient, address: str) -> Any:
    """What is answered, marked with its time."""
    answer = await client.get(address)
    assert (answer.status_code, AS_OF in answer.headers) == (200, True), address
    return answer.json()


async def is_refused_in_time(asking: Awaitable[httpx2.Response]) -> None:
    begun = time.monotonic()
    answer = await asking
    assert time.monotonic() - begun < TOLD_SECONDS
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0


async def seats(app: FastAPI) -> tuple[int, str]:
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=Seats(app)), base_url="http://here")
    answer = await client.get("/seats")
    return answer.status_code, answer.text


async def applied(client: httpx2.AsyncClient) -> int:
    """How many events the board rests on: it is ranked when somebody asks."""
    return int((await client.get("/ratings")).json()["applied"])


async def both_beyond(scene: Scene, events: int) -> bool:
    return await applied(scene.first) > events < await applied(scene.second)


def few_errors(caplog: pytest.LogCaptureFixture) -> None:
    """At most five of all services together; none is carried over to what is looked at next."""
    errors = [record.getMessage()[:300] for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) <= MOST_ERRORS, errors
    caplog.clear()


@pytest.mark.parametrize("seconds", [6.0, pytest.param(30.0, marks=pytest.mark.long)])
async def test_what_is_in_memory_is_read_and_marked_while_the_database_is_away(
    scene: Scene, own_postgres: OwnPostgres, caplog: pytest.LogCaptureFixture, seconds: float
) -> None:
    # The second instance is asked for nothing before; of the first, a question of the past has all facts read.
    await wait_until(lambda: past_is_answered(scene.first))
    before = (await scene.first.get("/ratings/A-18")).json()
    await wait_until(lambda: pages_are(scene.portal, marked=False))

    await asyncio.to_thread(own_postgres.stop, "immediate")
    away = time.monotonic()
    await wait_until(scene.marked)
    while time.monotonic() < away + seconds:
        for address in ("/ratings", "/duties", "/days/current", "/policies/active"):
            assert await read(scene.first, address)
            assert await read(scene.second, address)
        assert await read(scene.first, "/ratings/A-18") == before
        assert await pages_are(scene.portal, marked=True)
        await is_refused_in_time(scene.second.get("/ratings/A-18"))
        await is_refused_in_time(scene.first.post("/days", json={"day": "2025-06-30"}))
        await is_refused_in_time(admit(scene.clerk, 1))
    assert [await seats(app) for app in scene.apps] == [(200, ""), (200, "")]
    board = await read(scene.second, "/ratings")
    assert ([one["society"] for one in board["ratings"]], board["positions"]) == (["A-18"], None)

    await asyncio.to_thread(own_postgres.start)
    await wait_until(scene.up_to_date, 30)
    await wait_until(lambda: pages_are(scene.portal, marked=False))
    after = (await scene.second.get("/ratings")).json()
    assert (after["hash"], bool(after["positions"])) == (board["hash"], True)
    assert (await admit(scene.clerk, 2)).status_code == 201
    await wait_until(lambda: both_beyond(scene, after["applied"]))
    few_errors(caplog)


async def test_little_is_said_of_a_bus_that_is_away(
    scene: Scene, bus_server: BusServer, caplog: pytest.LogCaptureFixture
) -> None:
    before = await applied(scene.first)
    bus_server.kill()
    gone = time.monotonic()
    while time.monotonic() < gone + 4.0:
        assert (await scene.first.get("/ratings")).status_code == 200
        assert (await admit(scene.clerk, 3)).status_code == 201
    bus_server.start()
    await wait_until(lambda: both_beyond(scene, before))
    few_errors(caplog)
