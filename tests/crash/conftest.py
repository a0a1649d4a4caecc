"""Platforms that may be killed, on SQLite and on PostgreSQL."""

import asyncio
import os
import random
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from bus_cluster import BusCluster
from bus_server import REDIS, BusServer
from crash_platform import Platform
from databases import administer, url_of
from fastapi import FastAPI
from hall import Hall
from patience import patient
from servers import OwnPostgres
from serving import served

from chassis.clock import SteppedClock
from services.membership.app import build

# Bus, database, partitions: of the short form. A test that is not told how many partitions there are has one.
SHORT = {("valkey", "postgresql", 1), ("redis" if REDIS.exists() else "valkey", "sqlite", 1), ("cluster", "sqlite", 4)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the short form each bus meets one database; in the long one all meet all."""
    for item in items:
        params = getattr(item, "callspec", None) and item.callspec.params  # type: ignore[attr-defined]
        if not params or not {"bus_server", "make_database"} <= params.keys():
            continue
        if (params["bus_server"], params["make_database"], params.get("partitions", 1)) not in SHORT:
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


@pytest.fixture
def own_postgres() -> Iterator[OwnPostgres]:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the PostgreSQL that DATABASE_URL names is not ours to restart")
    directory = tempfile.TemporaryDirectory(prefix="societas-pg-", ignore_cleanup_errors=True)
    with directory as name:
        server = OwnPostgres(Path(name))
        with server:
            yield server


Bus = BusServer | BusCluster


@pytest.fixture(scope="session")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[BusCluster]]:
    """The cluster at hand, if any: one takes seconds to come to order."""
    at_hand: list[BusCluster] = []
    yield at_hand
    for cluster in at_hand:
        cluster.kill()


def _formed(cluster: BusCluster) -> BusCluster:
    try:
        cluster.start()
    except BaseException:
        cluster.kill()
        raise
    return cluster


@pytest.fixture(params=["valkey", "redis", "cluster"])
def bus_server(
    request: pytest.FixtureRequest, clusters: list[BusCluster], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bus]:
    """A bus of the test's own, of every kind; a cluster to which the test before did nothing is used again, emptied."""
    if request.param != "cluster":
        server = BusServer(request.param, tmp_path_factory.mktemp("bus"))
        server.start()
        yield server
        server.kill()
        return
    if not clusters:
        clusters.append(_formed(BusCluster(tmp_path_factory.mktemp("cluster"))))
    for node in clusters[0].nodes:
        node.client.flushall()
    yield clusters[0]
    if clusters[0].harmed:
        clusters.pop().kill()


@pytest.fixture
def redis_url(bus_server: Bus) -> str:
    """Where this test's services find their bus."""
    return bus_server.url


@pytest.fixture
def partitions() -> int:
    """How many streams each service has, where the test does not say."""
    return 1


@pytest.fixture
async def hall(
    make_database: Any, settings_for: Any, clock: SteppedClock, redis_url: str, partitions: int
) -> AsyncIterator[Hall]:
    """Where houses are opened; all of them are closed after the test."""
    async with AsyncExitStack() as stack:
        bus = patient(redis_url)
        stack.push_async_callback(bus.aclose)
        yield Hall(make_database, settings_for, clock, bus, stack, partitions)


@pytest.fixture
async def membership(hall: Hall) -> AsyncIterator[FastAPI]:
    """The register itself, served where its listeners look for its log."""
    app = build(await hall.settings("membership"), hall.clock)
    async with served(app, hall.speaker_port):
        yield app


@pytest.fixture
async def clerk(membership: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(membership, "association")


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What varies from run to run, by `SOCIETAS_CRASH_SEED` and the test's name."""
    return random.Random(os.environ.get("SOCIETAS_CRASH_SEED", "7") + request.node.name)
