"""A service's own database: SQLite embedded, PostgreSQL deployed, the same code on both."""

import asyncio
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import structlog
from sqlalchemy import Connection, Dialect, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from chassis import sqlite
from chassis.holding import waits_for
from chassis.outage import Outage
from chassis.reaching import LONGEST_REACH_SECONDS, Reached, dial
from chassis.trying import Trying

# SQLSTATE: connection, a password being replaced, conflict of transactions, resources, object in use, operator, system;
# a server that only reads.
_PASSING = ("08", "28", "40", "53", "55", "57", "58", "25006")
_DISK_FULL = "53100"
# A process that is stopped in the middle of a transaction must not keep its locks, a lease among them, for ever.
_LONGEST_PAUSE_SECONDS = 30
_RESTED_SECONDS = 1.0
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# Seconds without a word until the network is asked, between two questions; how many go unanswered; milliseconds
# until what was sent must have arrived.
_LINE = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 2, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 15_000}
_FOR_REQUESTS = {"pool_size": 8, "max_overflow": 8}
_RESERVED = {"pool_size": 4, "max_overflow": 4}
_ONE = {"pool_size": 1, "max_overflow": 0}


class Database:
    """Reads in snapshots, writes in transactions; one writer at a time on SQLite, where the file has only one."""

    def __init__(
        self,
        url: str,
        replica: str | None = None,
        *,
        statement_seconds: float = 120.0,
        reserved_from: "Database | None" = None,
    ) -> None:
        """`replica` is the URL of a streaming replica, where there is one; `reserved_from` as `reserve` has it.

        No statement may take longer than `statement_seconds`.
        """
        self.url = url
        self.outage = Outage()
        self._statement_seconds = statement_seconds
        self.engine = _engine(url, _RESERVED if reserved_from else _FOR_REQUESTS, statement_seconds)
        self.dialect = self.engine.dialect.name
        shared = reserved_from.writers if reserved_from and reserved_from.writers.turn else None
        self.writers: _Writers = shared or _Writers.of(url, self.engine)
        self._queue = None if reserved_from else self.writers.queue
        self._snapshots = self.engine if self.dialect == "sqlite" else self.engine.execution_options(**_SNAPSHOT)
        self._replica = (
            _Replica(_engine(replica, _FOR_REQUESTS, statement_seconds).execution_options(**_SNAPSHOT))
            if replica
            else None
        )
        self._reserved: list[Database] = []

    def reserve(self) -> "Database":
        """The same database over a few connections of its own, closed with this one.

        They are for what must go on whatever requests do: the lease, the listener, the relay. On SQLite at most one
        request is before them where they write.
        """
        self._reserved.append(Database(self.url, statement_seconds=self._statement_seconds, reserved_from=self))
        return self._reserved[-1]

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot of the data."""
        async with Reached(self._snapshots, self.outage) as conn:
            yield conn

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot that may be a moment old: the replica's while it answers, else the primary's."""
        async with AsyncExitStack() as stack:
            conn = await self._replica.reach(stack) if self._replica else None
            yield await stack.enter_async_context(self.reading()) if conn is None else conn

    def forsakes(self, conn: AsyncConnection, error: Exception) -> bool:
        """Whether it was the replica that failed; it is not looked at again until it answers."""
        if self._replica is None or conn.engine is not self._replica.engine:
            return False
        self._replica.lost(error)
        return True

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed on a clean exit, rolled back on an error."""
        waits_for("a transaction")
        async with (
            self._queue or nullcontext(),
            self.writers.turn or nullcontext(),
            Reached(self.writers.engine, self.outage) as conn,
        ):
            writer = await conn.execution_options(writes=True)
            async with writer.begin():
                yield writer
            self.outage.committed()

    async def close(self) -> None:
        """Gives all connections back."""
        for one in self._reserved:
            await one.close()
        if self._replica is not None:
            await self._replica.close()
        await self.engine.dispose()
        await self.writers.engine.dispose()


@dataclass(frozen=True)
class _Writers:
    """Whose connections write. A SQLite file has one writer at a time: it has one connection, and they take turns.

    Requests queue for that turn, so that what is reserved waits for one of them at most.
    """

    engine: AsyncEngine
    turn: asyncio.Lock | None = None
    queue: asyncio.Lock | None = None

    @classmethod
    def of(cls, url: str, engine: AsyncEngine) -> Self:
        """The writers of a database of which `engine` reads."""
        if engine.dialect.name != "sqlite":
            return cls(engine)
        return cls(_engine(url, _ONE, 0), asyncio.Lock(), asyncio.Lock())


class _Replica:
    """A streaming replica. Once it has failed no request waits for it: whether it is back is found out beside them."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._outage = Outage()
        self._trying = Trying("replica is away, the primary is read")
        self._awaited: asyncio.Task[None] | None = None

    async def reach(self, stack: AsyncExitStack) -> AsyncConnection | None:
        """A connection for as long as the stack is open; None while there is none to be had."""
        if self._awaited is None:
            try:
                return await self._connected(stack)
            except Exception as error:  # noqa: BLE001 — whatever it is, the primary may answer
                self.lost(error)
        return None

    def lost(self, error: Exception) -> None:
        """It failed; it is away until it lets somebody in."""
        if self._awaited is None:
            self._awaited = asyncio.create_task(self._await(error), name="awaits the replica")

    async def close(self) -> None:
        """Waits for it no longer, and gives its connections back."""
        if self._awaited is not None:
            self._awaited.cancel()
            # Not for ever: a driver may swallow the cancellation.
            await asyncio.wait([self._awaited], timeout=LONGEST_REACH_SECONDS)
        await self.engine.dispose()

    async def _connected(self, stack: AsyncExitStack) -> AsyncConnection:
        async with asyncio.timeout(LONGEST_REACH_SECONDS):
            return await stack.enter_async_context(Reached(self.engine, self._outage))

    async def _await(self, error: Exception | None) -> None:
        while error is not None:
            await asyncio.sleep(self._trying.failed(error))
            error = await self._asked()
        self._trying.well()
        self._awaited = None
        structlog.get_logger().info("replica is back and read again")

    async def _asked(self) -> Exception | None:
        try:
            async with AsyncExitStack() as stack:
                await self._connected(stack)
        except Exception as error:  # noqa: BLE001 — whatever it is, it is not back
            return error
        return None


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


def _engine(url: str, pool: Mapping[str, int], statement_seconds: float) -> AsyncEngine:
    if not url.startswith("sqlite"):
        engine = create_async_engine(
            url, **pool, pool_timeout=LONGEST_REACH_SECONDS, connect_args=_limits(statement_seconds)
        )
        event.listen(engine.sync_engine, "connect", _keep_asking)
        event.listen(engine.sync_engine, "checkin", _note_use)
        event.listen(engine.sync_engine, "checkout", partial(_still_there, engine.dialect))
        return engine
    path = make_url(url).database or ""
    engine = create_async_engine(url, **pool, async_creator=lambda: sqlite.connect(path))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _limits(statement_seconds: float) -> dict[str, Any]:
    """What the server is told to end, and the driver not to wait for any longer: a commit, too, and a goodbye."""
    settings = {
        "idle_in_transaction_session_timeout": str(_LONGEST_PAUSE_SECONDS * 1000),
        "statement_timeout": str(round(statement_seconds * 1000)),
    }
    return {
        "server_settings": settings,
        "async_creator_fn": dial,
        "timeout": 2 * LONGEST_REACH_SECONDS,
        "command_timeout": statement_seconds,
    }


def _keep_asking(connection: Any, _: object) -> None:
    """A server whose machine is gone hangs up on nobody: who waits for its answer asks the network whether it is there.

    Without, a query that was under way when a container was killed waits for ever.
    """
    transport = connection.driver_connection._transport  # noqa: SLF001 - asyncpg has no other way to its socket
    line = transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _LINE.items():
        if line.family != socket.AF_UNIX and hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _note_use(_: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _still_there(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _: object) -> None:
    """A connection that has rested is asked whether it still leads anywhere; one just used only if it was hung up.

    To ask every time, as the pool would by itself, costs three questions for a transaction that has four.
    """
    try:
        if connection.driver_connection.is_closed() or time.monotonic() - record.info.get("used", 0) > _RESTED_SECONDS:
            dialect.do_ping(connection)
    except Exception as error:
        raise InvalidatePoolError from error


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: a transaction that starts by reading and then writes would fail, not wait.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
