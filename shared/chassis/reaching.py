"""A connection to the database while it is used, reached within seconds or not at all."""

import asyncio
import logging
from types import TracebackType
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.holding import holding, waits_for
from chassis.names import resolved
from chassis.outage import Outage
from chassis.telemetry import named

# A caller is told within two seconds that the database is away; the rest is for the answer itself.
LONGEST_REACH_SECONDS = 1.8
_closing: set[asyncio.Task[None]] = set()


class _NotOfBroken(logging.Filter):
    """Keeps out what the pool says of closing a connection that broke, each with a traceback: its user says why."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is about anything else."""
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, OSError | DBAPIError | asyncpg.PostgresError | asyncpg.InterfaceError)


logging.getLogger("sqlalchemy.pool.impl.AsyncAdaptedQueuePool").addFilter(_NotOfBroken())


class Reached:
    """A connection while it is used. A name that is not resolved, a socket that is not there: the server is away."""

    def __init__(self, engine: AsyncEngine, outage: Outage) -> None:
        """`outage` is told whether the server was reached, and how long the connection is used."""
        self._outage = outage
        self._conn = engine.connect()
        self._file = engine.dialect.name == "sqlite"
        self._holding = holding()

    async def __aenter__(self) -> AsyncConnection:
        waits_for("another connection")
        try:
            conn = await (self._conn.__aenter__() if self._file else _started(self._conn))
        except Exception as error:
            self._outage.unreached()
            # SQLAlchemy leaves the driver's own errors as they are while it makes a connection ready.
            if isinstance(error, OSError | asyncpg.PostgresError | asyncpg.InterfaceError):
                raise ConnectionError(f"the database cannot be reached: {named(error)}") from error
            raise
        self._outage.reached(self)
        self._holding.__enter__()
        return conn

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._conn.__aexit__(kind, error, trace)
        finally:
            self._outage.ended(self)
            self._holding.__exit__(None, None, None)
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            self._outage.unreached()
        if isinstance(error, TimeoutError):
            raise ConnectionError("the database did not answer in time") from error


async def dial(*, host: Any = None, **rest: Any) -> Any:
    """Connects as asyncpg does; a name is looked up before."""
    if isinstance(host, str) and not host.startswith("/"):
        await resolved(host)
    return await asyncpg.connect(host=host, **rest)


async def _started(conn: AsyncConnection) -> AsyncConnection:
    """Begins a connection beside the caller: one that cannot even be given up in time keeps nobody waiting."""
    starting = asyncio.create_task(_start(conn))
    done: set[asyncio.Task[None]] = set()
    try:
        done, _ = await asyncio.wait([starting], timeout=LONGEST_REACH_SECONDS)
    finally:
        if not done:
            starting.cancel()
            starting.add_done_callback(lambda task: _give_back(task, conn))
    if not done:
        raise TimeoutError(f"no connection within {LONGEST_REACH_SECONDS} seconds")
    starting.result()
    return conn


async def _start(conn: AsyncConnection) -> None:
    await conn.start()


def _give_back(starting: asyncio.Task[None], conn: AsyncConnection) -> None:
    if starting.cancelled() or starting.exception() is not None:
        return
    closing = asyncio.ensure_future(conn.close())
    _closing.add(closing)
    closing.add_done_callback(_closing.discard)
