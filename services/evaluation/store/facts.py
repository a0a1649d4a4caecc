"""Every event that evaluation heard."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.wire import Heard
from contracts.evaluation import DayTurned
from services.evaluation.domain import Fact
from services.evaluation.store.tables import facts

# Given to the driver as they are: for thousands of rows SQLAlchemy's own parameters cost more than the writing.
_KEEP = {
    "sqlite": "INSERT INTO facts (id, subject, type, time, recorded, data) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING",
    "postgresql": "INSERT INTO facts (id, subject, type, time, recorded, data) SELECT * FROM unnest("
    "$1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING",
}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_IDS_AT_ONCE = 500


async def keep(conn: AsyncConnection, heard: Sequence[Heard]) -> None:
    """Stores events as they were heard; one that is stored already stays as it is."""
    if not heard:
        return
    rows = [(one.id, one.subject, one.type, one.time, one.recordedtime, _encode(one.data).decode()) for one in heard]
    dialect = conn.dialect.name
    columns = tuple(map(list, zip(*rows, strict=True)))
    await conn.exec_driver_sql(_KEEP[dialect], columns if dialect == "postgresql" else rows)


async def facts_of(conn: AsyncConnection, subjects: Iterable[str] | None = None) -> list[Fact]:
    """The complete facts of some subjects, or of all, in no particular order."""
    columns = select(facts.c.id, facts.c.type, facts.c.subject, facts.c.time, facts.c.recorded, facts.c.data)
    if subjects is None:
        return [_fact(row) for row in (await conn.execute(columns)).all()]
    wanted = list(subjects)
    found: list[Fact] = []
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        chunk = wanted[start : start + _IDS_AT_ONCE]
        found += [_fact(row) for row in (await conn.execute(columns.where(facts.c.subject.in_(chunk)))).all()]
    return found


async def facts_of_type(conn: AsyncConnection, type_: str) -> list[Fact]:
    """The facts of one type, of every subject."""
    columns = select(facts.c.id, facts.c.type, facts.c.subject, facts.c.time, facts.c.recorded, facts.c.data)
    return [_fact(row) for row in (await conn.execute(columns.where(facts.c.type == type_))).all()]


async def subjects(conn: AsyncConnection) -> list[str]:
    """Everybody of whom anything was heard."""
    return list((await conn.scalars(select(facts.c.subject).distinct())).all())


def _fact(row: Any) -> Fact:
    id_, type_, subject, time, recorded, data = row
    return Fact.make(id=id_, type=type_, subject=subject, time=time, recorded=recorded, data=_decode(data))


async def told_by(conn: AsyncConnection, speaker: str) -> dict[str, str]:
    """What is kept of one speaker: subject by event id."""
    found = await conn.execute(select(facts.c.id, facts.c.subject).where(facts.c.type.startswith(f"{speaker}.")))
    return dict(found.tuples().all())


async def drop(conn: AsyncConnection, ids: Iterable[str]) -> None:
    """Lets go of events."""
    gone = list(ids)
    for start in range(0, len(gone), _IDS_AT_ONCE):
        await conn.execute(delete(facts).where(facts.c.id.in_(gone[start : start + _IDS_AT_ONCE])))


async def count_facts(conn: AsyncConnection) -> int:
    """How many events are kept."""
    return int(await conn.scalar(select(func.count()).select_from(facts)) or 0)


async def current_day(conn: AsyncConnection) -> date | None:
    """The last day that was turned, or None before the first."""
    rows = await conn.scalars(select(facts.c.data).where(facts.c.type == DayTurned.type))
    days = [date.fromisoformat(_decode(data)["day"]) for data in rows]
    return max(days, default=None)
