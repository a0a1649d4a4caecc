"""Events that could not be applied: kept with the reason, shown, and given another chance. Rule 7 of the design."""

import json
import traceback
from collections.abc import Sequence
from typing import Any

import pydantic
from sqlalchemy import Row, delete, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from chassis import wire
from chassis.faults import message_of
from chassis.paging import Key
from chassis.tables import dead_letters
from chassis.telemetry import named
from chassis.work import Work
from contracts.calendar import instant

DEAD, REDRIVE, CLOSED = "dead", "redrive", "closed"


async def bury(work: Work, listener: str, partition: int, heard: wire.Heard, error: BaseException) -> None:
    """Keeps an event that a handler could not apply, in the transaction that moves past it."""
    insert = postgresql.insert if work.conn.dialect.name == "postgresql" else sqlite.insert
    trace = "".join(traceback.format_exception(error))
    statement = insert(dead_letters).values(
        id=heard.id,
        listener=listener,
        speaker=heard.speaker,
        partition=partition,
        position=heard.position,
        type=heard.type,
        subject=heard.subject,
        document=wire.unplaced(heard),
        error=_storable(named(error).partition(" For further information")[0]),
        faults=_faults(error),
        traceback=_storable(trace),
        failed=instant(work.now()),
        attempts=1,
        state=DEAD,
    )
    await work.conn.execute(
        statement.on_conflict_do_update(
            index_elements=["id", "listener"],
            set_={
                "error": statement.excluded.error,
                "faults": statement.excluded.faults,
                "traceback": statement.excluded.traceback,
                "failed": statement.excluded.failed,
                "attempts": dead_letters.c.attempts + 1,
                "state": DEAD,
                "closed": None,
                "closed_by": None,
                "reason": None,
            },
        )
    )


def _storable(text: str) -> str:
    """What an error says, without what a database would refuse as text."""
    return text.replace("\x00", "\\x00").encode(errors="backslashreplace").decode()


def _faults(error: BaseException) -> str | None:
    """Of an event that its own class refuses: each field and what would be right there, in both languages, as JSON."""
    if not isinstance(error, pydantic.ValidationError):
        return None
    found = [
        {"field": ".".join(map(str, one["loc"])), "zh": message_of(one, "zh"), "en": message_of(one, "en")}
        for one in error.errors()
    ]
    return _storable(json.dumps(found, ensure_ascii=False))


async def ask_redrive(conn: AsyncConnection, ids: Sequence[str] | None) -> int:
    """Marks dead letters, all or the named ones, to be tried again by whoever holds the partition; returns how many."""
    asked = dead_letters.c.state == DEAD
    if ids is not None:
        asked = dead_letters.c.state.in_((DEAD, CLOSED)) & dead_letters.c.id.in_(ids)
    again = update(dead_letters).where(asked).values(state=REDRIVE, closed=None, closed_by=None, reason=None)
    return (await conn.execute(again)).rowcount


async def close(conn: AsyncConnection, event: str, *, at: str, by: str, reason: str) -> int:
    """Says of a dead letter that it stays as it is, and why; returns in how many listeners it was open.

    A closed one is tried again if somebody asks for it by its id.
    """
    open_ = (dead_letters.c.id == event) & (dead_letters.c.state != CLOSED)
    closed = update(dead_letters).where(open_).values(state=CLOSED, closed=at, closed_by=by, reason=reason)
    return (await conn.execute(closed)).rowcount


async def to_redrive(conn: AsyncConnection, listener: str, partition: int) -> list[wire.Heard]:
    """The events of one partition that somebody asked to try again, in the order of their positions."""
    found = await conn.execute(
        select(dead_letters.c.document, dead_letters.c.position)
        .where(
            dead_letters.c.listener == listener,
            dead_letters.c.partition == partition,
            dead_letters.c.state == REDRIVE,
        )
        .order_by(dead_letters.c.speaker, dead_letters.c.position)
    )
    return [wire.decode(wire.place(document, position, "")) for document, position in found.all()]


async def forget(conn: AsyncConnection, listener: str, event: str) -> None:
    """Removes a dead letter that has been applied after all."""
    await conn.execute(delete(dead_letters).where(dead_letters.c.id == event, dead_letters.c.listener == listener))


async def dead(conn: AsyncConnection, listener: str, speaker: str, partition: int) -> dict[str, int]:
    """The dead letters of one speaker in one partition: position by event id."""
    mine = _of(listener, speaker, partition)
    found = await conn.execute(select(dead_letters.c.id, dead_letters.c.position).where(mine))
    return dict(found.all())


async def forget_beyond(conn: AsyncConnection, listener: str, speaker: str, partition: int, position: int) -> None:
    """Removes the dead letters beyond a position: these events are not told any more, or applied again."""
    await conn.execute(
        delete(dead_letters).where(_of(listener, speaker, partition), dead_letters.c.position > position)
    )


def _of(listener: str, speaker: str, partition: int) -> ColumnElement[bool]:
    return (
        (dead_letters.c.listener == listener)
        & (dead_letters.c.speaker == speaker)
        & (dead_letters.c.partition == partition)
    )


async def count(conn: AsyncConnection) -> int:
    """How many events are dead or waiting to be tried again; those that were closed are not counted."""
    return int(await conn.scalar(select(func.count()).where(dead_letters.c.state != CLOSED)) or 0)


async def listing(conn: AsyncConnection, *, after: Key | None, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` dead letters after instant, id and listener, without document and traceback, oldest first."""
    place = dead_letters.c.failed, dead_letters.c.id, dead_letters.c.listener
    columns = [c for c in dead_letters.c if c.name not in {"document", "traceback"}]
    query = select(*columns).order_by(*place).limit(limit)
    return (await conn.execute(query if after is None else query.where(tuple_(*place) > after))).all()


async def one(conn: AsyncConnection, event: str) -> Row[Any] | None:
    """One dead letter, whole."""
    return (await conn.execute(select(dead_letters).where(dead_letters.c.id == event))).first()
