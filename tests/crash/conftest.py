"""Platforms that may be killed, on SQLite and on PostgreSQL."""

import asyncio
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_platform import Platform
from databases import administer, url_of


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
