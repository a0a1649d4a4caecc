"""A service's own database: SQLite embedded, PostgreSQL deployed, the same code on both."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chassis import sqlite

# SQLSTATE: connection, a password being replaced, conflict of transactions, resources, object in use, operator, system;
# a server that only reads.
_PASSING = ("08", "28", "40", "53", "55", "57", "58", "25006")
_DISK_FULL = "53100"
# A process that is stopped in the middle of a transaction must not keep its locks, a lease among them, for ever.
_LONGEST_PAUSE_SECONDS = 30


class Database:
    """Reads in snapshots, writes in transactions; one writer at a time on SQLite, where the file has only one."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.dialect = self.engine.dialect.name
        self._writer = asyncio.Lock() if self.dialect == "sqlite" else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot of the data."""
        async with self._connected() as conn:
            yield conn

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed on a clean exit, rolled back on an error."""
        async with self._writer or nullcontext(), self._connected() as conn:
            writer = await conn.execution_options(writes=True)
            async with writer.begin():
                yield writer

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            conn = self.engine.connect()
            try:
                await conn.start()
            except OSError as error:
                # A name that is not resolved, a socket that is not there: from a driver, any of them says it is away.
                raise ConnectionError(f"the database cannot be reached: {error}") from error
            stack.push_async_exit(conn)
            yield conn

    async def close(self) -> None:
        """Gives all connections back."""
        await self.engine.dispose()


def unavailable(error: BaseException) -> bool:
    """Whether an error says that the database is away, full or busy: nothing is wrong with what was asked of it."""
    if isinstance(error, OSError | InterfaceError | PoolTimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    invalidated = isinstance(error, DBAPIError) and error.connection_invalidated
    return invalidated or str(getattr(cause, "sqlstate", None)).startswith(_PASSING)


def full(error: BaseException) -> bool:
    """Whether an error says that there is no room left where the database keeps its files."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(cause, "sqlstate", None) == _DISK_FULL


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        settings = {"idle_in_transaction_session_timeout": str(_LONGEST_PAUSE_SECONDS * 1000)}
        return create_async_engine(
            url, pool_size=8, max_overflow=8, pool_pre_ping=True, connect_args={"server_settings": settings}
        )
    path = make_url(url).database or ""
    engine = create_async_engine(url, pool_size=4, max_overflow=8, async_creator=lambda: sqlite.connect(path))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: a transaction that starts by reading and then writes would fail, not wait.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
