"""Platforms that may be killed, on SQLite and on PostgreSQL."""

import asyncio
import os
import random
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio
from bus_server import REDIS, BusServer
from crash_platform import Platform
from databases import administer, url_of
from hall import Hall
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from chassis.clock import SteppedClock


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the short form each bus meets one database; all four pairs meet in the long one."""
    for item in items:
        params = getattr(item, "callspec", None) and item.callspec.params  # type: ignore[attr-defined]
        if not REDIS.exists() or not params or not {"bus_server", "make_database"} <= params.keys():
            continue
        if (params["bus_server"] == "redis") != (params["make_database"] == "sqlite"):
            item.add_marker(pytest.mark.long)


@pytest.fixture(params=["sqlite", "postgresql"])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Platform]:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_databases")
    data = tmp_path / "data"
    data.mkdir()
    made = Platform(data, url)
    yield made
    made.stop()


@pytest.fixture
def postgres_databases(postgres_server: str) -> Iterator[str]:
    """Databases of the four services; yields their URL with `{service}` in it."""
    mark = secrets.token_hex(4)
    names = [f"{service}_{mark}" for service in ("membership", "events", "federation", "evaluation")]
    for name in names:
        asyncio.run(administer(postgres_server, f'CREATE DATABASE "{name}"'))
    yield url_of(postgres_server, f"{{service}}_{mark}").replace("%7B", "{").replace("%7D", "}")
    for name in names:
        asyncio.run(administer(postgres_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture(params=["valkey", "redis"])
def bus_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BusServer]:
    """A bus of the test's own, of both kinds."""
    server = BusServer(request.param, tmp_path / "bus")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def redis_url(bus_server: BusServer) -> str:
    """Where this test's services find their bus."""
    return bus_server.url


@pytest.fixture
async def hall(make_database: Any, settings_for: Any, clock: SteppedClock, redis_url: str) -> AsyncIterator[Hall]:
    """Where houses are opened; all of them are closed after the test."""
    async with AsyncExitStack() as stack:
        bus = redis.asyncio.Redis.from_url(redis_url, retry=Retry(ConstantBackoff(0.05), 100))
        stack.push_async_callback(bus.aclose)
        yield Hall(make_database, settings_for, clock, bus, stack)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What varies from run to run, by `SOCIETAS_CRASH_SEED` and the test's name."""
    return random.Random(os.environ.get("SOCIETAS_CRASH_SEED", "7") + request.node.name)
