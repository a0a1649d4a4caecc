"""Lists are read from a streaming replica while it answers; what is decided by never is."""

import asyncio
import re
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from databases import administer, url_of
from fastapi import FastAPI
from pydantic import SecretStr, ValidationError
from servers import OwnPostgres
from sqlalchemy import text
from structlog.testing import capture_logs
from waiting import wait_until

from chassis.access import PUBLIC
from chassis.clock import SteppedClock
from chassis.database import Database
from chassis.migrations import migrate
from chassis.web import Looking, assemble, router
from services.membership.app import build
from societas.demo.identifiers import credit_code


@dataclass
class Servers:
    """A primary, and a streaming replica of it."""

    primary: OwnPostgres
    replica: OwnPostgres

    async def caught_up(self) -> None:
        """Waits until the replica has all that the primary has."""
        end = await _asked(self.primary.url, "SELECT pg_current_wal_lsn()::text")

        async def there() -> bool:
            return bool(await _asked(self.replica.url, f"SELECT pg_last_wal_replay_lsn() >= '{end}'::pg_lsn"))

        await wait_until(there)

    @asynccontextmanager
    async def standing_still(self) -> AsyncIterator[None]:
        """Meanwhile the replica takes over nothing."""
        await administer(self.replica.url, "SELECT pg_wal_replay_pause()")

        async def paused() -> bool:
            return bool(await _asked(self.replica.url, "SELECT pg_get_wal_replay_pause_state() = 'paused'"))

        await wait_until(paused)
        try:
            yield
        finally:
            await administer(self.replica.url, "SELECT pg_wal_replay_resume()")

    @asynccontextmanager
    async def set(self, server: OwnPostgres, parameter: str, value: str) -> AsyncIterator[None]:
        """Meanwhile a parameter of one of the two is another."""
        await self._alter(server, f"SET {parameter} = '{value}'")
        try:
            yield
        finally:
            await self._alter(server, f"RESET {parameter}")

    async def _alter(self, server: OwnPostgres, change: str) -> None:
        await administer(server.url, f"ALTER SYSTEM {change}")
        await administer(server.url, "SELECT pg_reload_conf()")


async def _asked(server: str, question: str) -> Any:
    conn = await asyncpg.connect(server)
    try:
        return await conn.fetchval(question)
    finally:
        await conn.close()


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with tempfile.TemporaryDirectory(prefix="societas-pg-", ignore_cleanup_errors=True) as name:
        primary, replica = OwnPostgres(Path(name) / "primary"), OwnPostgres(Path(name) / "replica")
        with primary:
            primary.copy(Path(name) / "replica")
            with replica:
                yield Servers(primary, replica)


@pytest.fixture
async def database(servers: Servers) -> str:
    """A database of membership, on both."""
    name = f"membership_{secrets.token_hex(4)}"
    await administer(servers.primary.url, f'CREATE DATABASE "{name}"')
    await migrate(url_of(servers.primary.url, name), "membership")
    await servers.caught_up()
    return name


@pytest.fixture
async def app(servers: Servers, database: str, settings_for: Any, clock: SteppedClock) -> AsyncIterator[FastAPI]:
    """Membership, relaying."""
    replica = SecretStr(url_of(servers.replica.url, database))
    app = build(settings_for("membership", url_of(servers.primary.url, database), replica_url=replica), clock)
    await app.state.service.start()
    yield app
    await app.state.service.stop()


@pytest.fixture
def association(app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return client_for(app, "association")


async def _register(client: httpx2.AsyncClient, number: int) -> None:
    made = await client.post("/societies", json=_society(number))
    assert made.status_code == 201, made.text


def _society(number: int) -> dict[str, str]:
    return {
        "code": f"A-{number}",
        "name": f"第{number}学会",
        "credit_code": credit_code(number),
        "discipline": "science",
        "registered_on": "1991-06-30",
    }


async def _listed(client: httpx2.AsyncClient) -> list[str]:
    answer = await client.get("/societies")
    assert answer.status_code == 200, answer.text
    return [one["code"] for one in answer.json()["items"]]


async def _told(client: httpx2.AsyncClient) -> list[str]:
    return re.findall(r'"subject":"(A-\d+)"', (await client.get("/log")).text)


async def _replicated(db: Database) -> bool:
    """Whether the replica is looked at."""
    async with db.looking() as conn:
        return bool(await conn.scalar(text("SELECT pg_is_in_recovery()")))


async def test_lists_are_read_from_the_replica_and_the_log_from_the_primary(
    servers: Servers, association: httpx2.AsyncClient
) -> None:
    await _register(association, 11)
    await servers.caught_up()
    async with servers.standing_still():
        await _register(association, 12)

        async def told() -> bool:
            return await _told(association) == ["A-11", "A-12"]

        await wait_until(told)
        assert await _listed(association) == ["A-11"]
        assert (await association.get("/societies/A-12")).status_code == 404
        assert (await association.post("/societies", json=_society(12))).status_code == 409

    async def shown() -> bool:
        return await _listed(association) == ["A-11", "A-12"]

    await wait_until(shown)


async def test_a_write_that_waits_for_the_replica_is_shown_by_the_next_read(
    servers: Servers,
    database: str,
    settings_for: Any,
    clock: SteppedClock,
    client_for: Callable[..., httpx2.AsyncClient],
) -> None:
    primary, replica = (url_of(server.url, database) for server in (servers.primary, servers.replica))
    await administer(
        servers.primary.url, f"ALTER ROLE postgres IN DATABASE {database} SET synchronous_commit = remote_apply"
    )
    async with (
        servers.set(servers.replica, "recovery_min_apply_delay", "100ms"),
        servers.set(servers.primary, "synchronous_standby_names", "*"),
    ):
        app = build(settings_for("membership", primary, replica_url=SecretStr(replica)), clock)
        client = client_for(app, "association")
        for number in range(11, 16):
            await _register(client, number)
            assert await _listed(client) == [f"A-{one}" for one in range(11, number + 1)]
        assert await _replicated(app.state.service.db)
        await app.state.service.stop()


async def test_while_the_replica_is_away_lists_are_read_from_the_primary(
    servers: Servers, app: FastAPI, association: httpx2.AsyncClient
) -> None:
    db = app.state.service.db
    assert await _replicated(db)
    with capture_logs() as logs:
        servers.replica.stop("fast")
        await _register(association, 11)
        assert await _listed(association) == ["A-11"]
        assert await _listed(association) == ["A-11"]
        await asyncio.to_thread(servers.replica.start)
        await wait_until(lambda: _replicated(db))
    said = [line["event"] for line in logs if "replica" in line["event"]]
    assert said == ["replica is away, the primary is read", "replica is back and read again"]


async def test_while_the_primary_is_away_lists_are_shown(
    servers: Servers, app: FastAPI, association: httpx2.AsyncClient
) -> None:
    await _register(association, 11)
    await servers.caught_up()
    servers.primary.stop("fast")
    assert await _listed(association) == ["A-11"]
    assert (await association.post("/societies", json=_society(12))).status_code == 503
    await asyncio.to_thread(servers.primary.start)


async def test_nobody_waits_for_a_replica_that_is_known_to_be_silent(servers: Servers, database: str) -> None:
    silence = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1")
    port = silence.sockets[0].getsockname()[1]
    db = Database(url_of(servers.primary.url, database), f"postgresql+asyncpg://nobody@127.0.0.1:{port}/{database}")
    assert not await _replicated(db)
    async with asyncio.timeout(10):
        for _ in range(20):
            assert not await _replicated(db)
    await db.close()
    silence.close()


async def test_a_list_whose_query_the_replica_ends_is_read_from_the_primary(
    servers: Servers, database: str, app: FastAPI, client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    routes = router("long")

    @routes.get("/long-list", dependencies=[PUBLIC])
    async def long_list(look: Looking) -> bool:
        await look.execute(text("SELECT count(*) FROM societies"))
        replicated = bool(await look.scalar(text("SELECT pg_is_in_recovery()")))
        if replicated:
            await _asked(url_of(servers.primary.url, database).replace("+asyncpg", ""), "TRUNCATE societies CASCADE")
            await look.execute(text("SELECT pg_sleep(30)"))
        return replicated

    async with servers.set(servers.replica, "max_standby_streaming_delay", "0"):
        answer = await client_for(assemble(app.state.service, routes)).get("/long-list")
    assert (answer.status_code, answer.json()) == (200, False)
    await wait_until(lambda: _replicated(app.state.service.db))


async def test_a_replica_beside_sqlite_is_refused_in_words(settings_for: Any, tmp_path: Path) -> None:
    with pytest.raises(
        ValidationError, match=r"只用于 PostgreSQL[^$]*SOCIETAS_REPLICA_URL is for PostgreSQL"
    ) as refused:
        settings_for("membership", "sqlite+aiosqlite:///m.db", replica_url="postgresql+asyncpg://m:hidden@there/m")
    assert "hidden" not in str(refused.value)
