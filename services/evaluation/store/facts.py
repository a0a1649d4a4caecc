"""Every event that evaluation heard."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import data_check
from chassis.collector import resting
from chassis.wire import Heard
from contracts.evaluation import DayTurned
from contracts.event import Event
from services.evaluation.domain import Fact
from services.evaluation.store.tables import facts

# Given to the driver as they are: for thousands of rows SQLAlchemy's own parameters cost more than the writing.
_COLUMNS = "INSERT INTO facts (partition, ordinal, id, subject, type, time, recorded, data) "
_ONCE = " ON CONFLICT (id) DO NOTHING"
_KEEP = f"{_COLUMNS}VALUES (?, ?, ?, ?, ?, ?, ?, ?){_ONCE}"
_ARRAYS = "$1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]"
_KEEP_ARRAYS = f"{_COLUMNS}SELECT * FROM unnest({_ARRAYS}){_ONCE}"  # noqa: S608 - of constants
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_IDS_AT_ONCE = 500
_FACT = facts.c.id, facts.c.type, facts.c.subject, facts.c.time, facts.c.recorded, facts.c.data


class Mark(NamedTuple):
    """How much of a partition there is: the ordinal and the id of its last fact, and how many facts.

    With the id no two states of a partition have the same: a rebuild may have let others into the place of some.
    """

    last: int = 0
    facts: int = 0
    id: str = ""

    def then(self, heard: Sequence[Heard]) -> "Mark":
        """After these, of which there is one at least."""
        return Mark(self.last + len(heard), self.facts + len(heard), heard[-1].id)


async def keep(conn: AsyncConnection, partition: int, after: int, heard: Sequence[Heard]) -> None:
    """Stores events of one partition as they were heard, beyond an ordinal; one that is stored already stays."""
    rows = [
        (partition, ordinal, one.id, one.subject, one.type, one.time, one.recordedtime, _encode(one.data).decode())
        for ordinal, one in enumerate(heard, after + 1)
    ]
    if not rows:
        return
    if conn.dialect.name == "postgresql":
        await conn.exec_driver_sql(_KEEP_ARRAYS, tuple(map(list, zip(*rows, strict=True))))
    else:
        await conn.exec_driver_sql(_KEEP, rows)


async def mark(conn: AsyncConnection, partition: int, up_to: int | None = None) -> Mark:
    """How much is kept of a partition, or of its facts up to an ordinal."""
    here = facts.c.partition == partition
    if up_to is not None:
        here &= facts.c.ordinal <= up_to
    many = select(func.count()).select_from(facts).where(here).scalar_subquery()
    found = select(facts.c.ordinal, many, facts.c.id).where(here).order_by(facts.c.ordinal.desc()).limit(1)
    last = (await conn.execute(found)).one_or_none()
    return Mark(*last) if last else Mark()


async def facts_beyond(conn: AsyncConnection, partition: int, seen: Mark) -> tuple[list[Fact], Mark]:
    """What was kept of a partition since, and how much there is of it by then."""
    since = (facts.c.partition == partition) & (facts.c.ordinal > seen.last)
    rows = (await conn.execute(select(*_FACT, facts.c.ordinal).where(since).order_by(facts.c.ordinal))).all()
    found = [_fact(row[:-1]) for row in rows]
    return found, Mark(rows[-1].ordinal, seen.facts + len(rows), rows[-1].id) if rows else seen


async def facts_of(conn: AsyncConnection, subjects: Iterable[str] | None = None) -> list[Fact]:
    """The complete facts of some subjects, or of all, in no particular order."""
    if subjects is None:
        return await _found(conn, select(*_FACT))
    wanted = list(subjects)
    found: list[Fact] = []
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        found += await _found(conn, select(*_FACT).where(facts.c.subject.in_(wanted[start : start + _IDS_AT_ONCE])))
    return found


async def facts_about(conn: AsyncConnection, subject: str, event: type[Event]) -> list[Fact]:
    """The facts of one type about one subject."""
    return await _found(conn, select(*_FACT).where(facts.c.subject == subject, facts.c.type == event.type))


async def _found(conn: AsyncConnection, query: Any) -> list[Fact]:
    rows = (await conn.execute(query)).all()
    with resting():
        return list(map(_fact, rows))


def _fact(row: Sequence[Any]) -> Fact:
    id_, type_, subject, time, recorded, data = row
    return Fact.make(id=id_, type=type_, subject=subject, time=time, recorded=recorded, data=_decode(data))


async def subjects(conn: AsyncConnection) -> list[str]:
    """Everybody of whom anything was heard."""
    return list((await conn.scalars(select(facts.c.subject).distinct())).all())


async def told_by(conn: AsyncConnection, speaker: str) -> dict[str, str]:
    """What is kept of one speaker: subject by event id."""
    found = await conn.execute(select(facts.c.id, facts.c.subject).where(facts.c.type.startswith(f"{speaker}.")))
    return dict(found.all())


async def refused_by(conn: AsyncConnection, speaker: str) -> set[str]:
    """Those of one speaker that their own class refuses: kept by a version that did not ask it."""
    rows = await conn.stream(select(*_FACT).where(facts.c.type.startswith(f"{speaker}.")))
    return {row.id async for row in rows if data_check.refused([_fact(row)])}


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
    turned = await facts_about(conn, "calendar", DayTurned)
    return max((date.fromisoformat(fact.data["day"]) for fact in turned), default=None)
