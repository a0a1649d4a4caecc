"""Databases of the tests: made once with their tables, then copied."""

import secrets
import shutil
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from chassis.migrations import migrate


async def administer(server: str, *statements: str) -> None:
    """Runs each statement outside any transaction."""
    conn = await asyncpg.connect(server)
    try:
        for statement in statements:
            await conn.execute(statement)
    finally:
        await conn.close()


def url_of(server: str, database: str) -> str:
    """The SQLAlchemy URL of one database of the server."""
    url = make_url(server).set(drivername="postgresql+asyncpg", database=database)
    return url.render_as_string(hide_password=False)


class Files:
    """SQLite files with a service's tables."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def copy(self, service: str, to: Path) -> str:
        """The URL of a new one."""
        made = self._directory / f"{service}.db"
        if not made.exists():
            await migrate(f"sqlite+aiosqlite:///{made}", service)
        shutil.copyfile(made, to)
        return f"sqlite+aiosqlite:///{to}"


class Copies:
    """Databases of one PostgreSQL with a service's tables."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._made: dict[str, str] = {}
        self._copied: list[str] = []

    async def copy(self, service: str, tablespace: str = "pg_default") -> str:
        """The URL of a new one."""
        if service not in self._made:
            self._made[service] = await self._make(service)
        name = f"{service}_{secrets.token_hex(4)}"
        copy = f'CREATE DATABASE "{name}" TEMPLATE "{self._made[service]}" TABLESPACE {tablespace}'
        await administer(self._server, copy)
        self._copied.append(name)
        return url_of(self._server, name)

    async def drop(self) -> None:
        """Drops all copies."""
        await administer(self._server, *(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self._copied))
        self._copied.clear()

    async def _make(self, service: str) -> str:
        name = f"made_{service}_{secrets.token_hex(4)}"
        await administer(self._server, f'CREATE DATABASE "{name}"')
        await migrate(url_of(self._server, name), service)
        return name
