"""SQLite for an event loop: small statements where they stand, what may take long on another thread.

Under aiosqlite every call of the driver crosses to a thread and back, some forty times for one small write; here only
long results do. It speaks what SQLAlchemy's aiosqlite dialect expects of a connection.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, Self

_ROWS_AT_HAND = 500
_ROWS_IN_ONE = 1_000
_ROW = re.compile(r"(?<=VALUES )\(\?(?:, \?)*\)")
_LOCKED_SECONDS = 10.0
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=0", "temp_store=MEMORY")


async def connect(path: str) -> "Connection":
    """Opens a database file: write-ahead log, durable commits, transactions begun and ended by statements alone."""
    conn = Connection(sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256))
    for pragma in _PRAGMAS:
        await conn.cursor().execute(f"PRAGMA {pragma}")
    return conn


class Connection:
    """One connection, used by one task at a time."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._connection = conn
        self._much = False

    def cursor(self) -> "Cursor":
        """A new cursor."""
        return Cursor(self._connection.cursor(), self._note_much)

    def _note_much(self) -> None:
        self._much = True

    async def commit(self) -> None:
        """Makes the transaction durable."""
        # On another thread only where much was written: else the disk takes a fraction of a millisecond, getting the
        # interpreter back takes five.
        much, self._much = self._much, False
        if much:
            await _elsewhere(self._connection.commit)
        else:
            self._connection.commit()

    async def rollback(self) -> None:
        """Undoes the transaction."""
        self._much = False
        self._connection.rollback()

    async def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def stop(self) -> None:
        """Closes the file at once."""
        self._connection.close()

    async def create_function(self, name: str, arguments: int, function: Callable[..., Any], **options: Any) -> None:
        """Makes a Python function callable in SQL."""
        self._connection.create_function(name, arguments, function, **options)


class Cursor:
    """Runs statements and holds their results."""

    def __init__(self, cursor: sqlite3.Cursor, note_much: Callable[[], None]) -> None:
        """`note_much` is told when so much is written that it goes to another thread."""
        self._cursor = cursor
        self._note_much = note_much

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the result."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows a change touched."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The key of the row inserted last."""
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Runs a statement; where another process holds the lock, waits for it without holding up the loop."""
        deadline = asyncio.get_running_loop().time() + _LOCKED_SECONDS
        while True:
            try:
                self._cursor.execute(statement, parameters)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.005)
            else:
                return self

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> Self:
        """Runs a statement for many rows."""
        if len(rows) > _ROWS_AT_HAND:
            self._note_much()
            await _elsewhere(self._many, statement, rows)
        else:
            self._cursor.executemany(statement, rows)
        return self

    def _many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Inserts many rows with each statement: between two of them the thread has to get the interpreter back."""
        row, whole = _ROW.search(statement), len(rows) - len(rows) % _ROWS_IN_ONE
        if row is None:
            self._cursor.executemany(statement, rows)
            return
        together = statement.replace(row[0], ", ".join([row[0]] * _ROWS_IN_ONE))
        for start in range(0, whole, _ROWS_IN_ONE):
            self._cursor.execute(together, tuple(chain.from_iterable(rows[start : start + _ROWS_IN_ONE])))
        self._cursor.executemany(statement, rows[whole:])

    async def fetchone(self) -> Any:
        """The next row."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int) -> list[Any]:
        """The next rows."""
        return self._cursor.fetchmany(size)

    async def fetchall(self) -> list[Any]:
        """All remaining rows."""
        rows = self._cursor.fetchmany(_ROWS_AT_HAND)
        if len(rows) == _ROWS_AT_HAND:
            rows += await _elsewhere(self._cursor.fetchall)
        return rows

    async def close(self) -> None:
        """Gives the result up."""
        self._cursor.close()


async def _elsewhere(function: Callable[..., Any], *arguments: Any) -> Any:
    """Runs what may take long on another thread; a cancelled caller leaves only when that thread is done.

    Otherwise the transaction would be rolled back under the thread, and its remaining rows be kept outside of any.
    """
    running = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    cancelled: asyncio.CancelledError | None = None
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return running.result()
