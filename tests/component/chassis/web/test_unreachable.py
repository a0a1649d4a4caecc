"""Whoever needs a connection to the database that is not to be had is told so within two seconds."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx2
import pytest
from databases import administer, url_of
from fastapi import FastAPI
from pools import used_up
from ports import free_port

from chassis.clock import SteppedClock
from services.membership.app import build

# Two, of which the service takes 1.8; one more where tests share the machine.
TOLD_SECONDS = 3.0
SOCIETY = {
    "code": "A-18",
    "name": "中国动物学会",
    "credit_code": "51420000500000023Y",
    "discipline": "science",
    "registered_on": "1991-06-30",
}
Build = Callable[[str], FastAPI]


@pytest.fixture
async def membership(settings_for: Callable[..., Any], clock: SteppedClock) -> AsyncIterator[Build]:
    """Makes a register on a database."""
    made: list[FastAPI] = []

    def on(url: str) -> FastAPI:
        made.append(build(settings_for("membership", url), clock))
        return made[-1]

    yield on
    for app in made:
        await app.state.service.db.close()


@asynccontextmanager
async def with_nobody_there(membership: Build, _: str) -> AsyncIterator[FastAPI]:
    yield membership(f"postgresql+asyncpg://societas@127.0.0.1:{free_port()}/membership")


@asynccontextmanager
async def with_a_server_that_says_nothing(membership: Build, _: str) -> AsyncIterator[FastAPI]:
    callers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: callers.append(writer), "127.0.0.1", 0)
    yield membership(f"postgresql+asyncpg://societas@127.0.0.1:{server.sockets[0].getsockname()[1]}/membership")
    server.close()
    for writer in callers:
        writer.transport.abort()


@asynccontextmanager
async def with_every_connection_in_use(membership: Build, postgres: str) -> AsyncIterator[FastAPI]:
    name = f"membership_{free_port()}"
    await administer(postgres, f'CREATE DATABASE "{name}"')
    app = membership(url_of(postgres, name))
    async with used_up(app.state.service.db):
        yield app
    await app.state.service.db.close()
    await administer(postgres, f'DROP DATABASE "{name}"')


@pytest.mark.parametrize(
    "unreachable", [with_nobody_there, with_a_server_that_says_nothing, with_every_connection_in_use]
)
async def test_who_needs_a_connection_that_is_not_to_be_had_is_told_within_two_seconds(
    unreachable: Callable[[Build, str], AbstractAsyncContextManager[FastAPI]],
    membership: Build,
    postgres_server: str,
    client_for: Callable[..., httpx2.AsyncClient],
) -> None:
    async with unreachable(membership, postgres_server) as app:
        clerk = client_for(app, "association")
        asked: list[Awaitable[httpx2.Response]] = [
            clerk.post("/societies", json=SOCIETY, headers={"Idempotency-Key": "once"}),
            clerk.post("/societies", json=SOCIETY),
            clerk.get("/societies"),
        ]
        begun = time.monotonic()
        answers = await asyncio.gather(*asked)
        assert time.monotonic() - begun < TOLD_SECONDS
        for answer in answers:
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) > 0
