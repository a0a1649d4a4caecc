"""The log: what a service said, in the transaction in which it became true. Rule 1 and rule 2 of the design."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import wire
from chassis.tables import log
from chassis.tokens import Caller

_NUMBERING_LOCK = 0x50C1E7A5
_AT_ONCE = 5_000
# Built once: making a statement and finding its compiled form costs more than running it.
_APPEND = log.insert()
# In the driver's own words, the fields of `Said` in their order: half as much work for each row.
_APPEND_ON_SQLITE = """
    INSERT INTO log (id, partition, position, type, subject, recorded, document, account, role, imported)
    VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM log WHERE partition = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9)
"""
_END = (
    select(log.c.position, log.c.id)
    .where(log.c.partition == bindparam("of_partition"), log.c.position.is_not(None))
    .order_by(log.c.position.desc())
    .limit(1)
)
_ALONE = text("SELECT pg_advisory_xact_lock(:key)")
# Materialized: the server would ask for the end of a partition anew for every row.
_NUMBER = text("""
    WITH waiting AS (SELECT ordinal, partition FROM log WHERE position IS NULL ORDER BY ordinal LIMIT :at_most),
    ends AS MATERIALIZED (
        SELECT partition, (SELECT coalesce(max(position), 0) FROM log WHERE log.partition = one.partition) AS last
        FROM (SELECT DISTINCT partition FROM waiting) AS one
    ),
    places AS (
        SELECT ordinal, last + row_number() OVER (PARTITION BY partition ORDER BY ordinal) AS position
        FROM waiting JOIN ends USING (partition)
    ),
    given AS (
        UPDATE log SET position = places.position FROM places WHERE log.ordinal = places.ordinal
        RETURNING log.partition, log.position
    )
    SELECT partition, max(position), count(*) FROM given GROUP BY partition
""")
_UNNUMBERED = select(func.count()).select_from(log).where(log.c.position.is_(None))
_PAGE = (
    select(log.c.position, log.c.id, log.c.document)
    .where(log.c.partition == bindparam("of_partition"), log.c.position >= bindparam("after_position"))
    .order_by(log.c.position)
    .limit(bindparam("at_most", type_=Integer))
)
_THERE = (log.c.partition == bindparam("of_partition"), log.c.position == bindparam("at_position"))
_AT = select(log.c.id).where(*_THERE)
_RECORDED = select(log.c.recorded).where(*_THERE)


@dataclass(frozen=True, slots=True)
class Head:
    """Where one partition of a log ends: the last position (0 when empty) and the id of the event there."""

    partition: int
    position: int
    event: str


def partition_of(subject: str, partitions: int) -> int:
    """The partition of everything about one society: a hash that is the same on every machine and in every release."""
    return zlib.crc32(subject.encode()) % partitions


class Said(NamedTuple):
    """One event as its log keeps it: without a position until the relay has numbered it.

    `account` and `role` are who caused it, None where it followed from another event or from the calendar.
    """

    id: str
    partition: int
    type: str
    subject: str
    recorded: str
    document: str
    account: str | None = None
    role: str | None = None
    imported: bool = False


async def append(conn: AsyncConnection, said: Sequence[Said]) -> None:
    """Writes what was said into the log, in the transaction of whatever it describes.

    SQLite has one writer at a time: rows are committed in the order in which they are written, and get their position
    at once. On PostgreSQL that order is known only afterwards, and the relay numbers them.
    """
    if said and conn.dialect.name == "sqlite":
        # A number for the truth value: the driver is slow to adapt any other.
        await conn.exec_driver_sql(_APPEND_ON_SQLITE, [(*one[:-1], int(one.imported)) for one in said])
    elif said:
        await conn.execute(_APPEND, [one._asdict() for one in said])


async def number(conn: AsyncConnection) -> tuple[dict[int, int], bool]:
    """Gives committed rows their position, contiguous from 1 in each partition; on SQLite each has one already.

    Returns where the partitions end that have grown, and whether more rows wait. Only one transaction numbers at a
    time, and what the one before it has numbered is seen: the lock is taken by a statement of its own.
    """
    if conn.dialect.name == "sqlite":
        return {}, False
    await conn.execute(_ALONE, {"key": _NUMBERING_LOCK})
    grown = (await conn.execute(_NUMBER, {"at_most": _AT_ONCE})).all()
    return {partition: end for partition, end, _ in grown}, sum(many for *_, many in grown) == _AT_ONCE


async def heads(conn: AsyncConnection, partitions: int) -> list[Head]:
    """Where each partition ends, numbered events only."""
    return [await head(conn, partition) for partition in range(partitions)]


async def head(conn: AsyncConnection, partition: int) -> Head:
    """Where one partition ends."""
    position, event = (await conn.execute(_END, {"of_partition": partition})).one_or_none() or (0, "")
    return Head(partition, position, event)


async def page(conn: AsyncConnection, partition: int, after: int, limit: int) -> list[tuple[int, str]]:
    """Up to `limit` (position, document with its position and chain) of one partition after a position, in order."""
    asked = {"of_partition": partition, "after_position": after, "at_most": limit + 1}
    found = (await conn.execute(_PAGE, asked)).all()
    previous = ""
    placed = []
    for position, id_, document in found:
        if position > after:
            placed.append((position, wire.place(document, position, previous)))
        previous = id_
    return placed[:limit]


async def event_at(conn: AsyncConnection, partition: int, position: int) -> str:
    """The id of the event at a position, or the empty string."""
    return await conn.scalar(_AT, {"of_partition": partition, "at_position": position}) or ""


async def last_before(conn: AsyncConnection, partition: int, instant: str, *, first: int, last: int) -> int:
    """The last position of a stretch of the log that was recorded before an instant; `first - 1` if none was.

    By halving: twenty look-ups in a million, and no index that every append would pay for. Where times are out of
    order, since a log was imported or the clock was set back, it is one of the places where old turns young.
    """
    old, young = first - 1, last + 1
    while young - old > 1:
        middle = (old + young) // 2
        recorded = await conn.scalar(_RECORDED, {"of_partition": partition, "at_position": middle})
        if recorded is not None and recorded < instant:
            old = middle
        else:
            young = middle
    return old


async def take_in(
    conn: AsyncConnection, heard: Sequence[wire.Heard], partitions: int, caller: Caller | None
) -> tuple[int, list[int]]:
    """Appends events from elsewhere that this log does not know yet, marked as imported.

    Returns how many were new, and the places, from 0, of those whose id another event has, here or among them.
    """
    account, role = (caller.account, caller.role) if caller else (None, None)
    ids = [one.id for one in heard]
    rows = await conn.execute(select(log.c.id, log.c.document).where(log.c.id.in_(ids)))
    known: dict[str, str] = dict(rows.all())
    said, unlike = [], []
    for place, one in enumerate(heard):
        document = wire.unplaced(one)
        if one.id in known:
            unlike += [] if wire.alike(known[one.id], document) else [place]
            continue
        known[one.id] = document
        partition = partition_of(one.subject, partitions)
        row = Said(one.id, partition, one.type, one.subject, one.recordedtime, document, account, role, imported=True)
        said.append(row)
    await append(conn, said)
    return len(said), unlike


async def of_types(conn: AsyncConnection, types: Iterable[str]) -> list[wire.Heard]:
    """Every event of some types, in the order in which they were appended."""
    rows = await conn.scalars(select(log.c.document).where(log.c.type.in_(types)).order_by(log.c.ordinal))
    return [wire.decode(document) for document in rows]


async def imported(conn: AsyncConnection, types: Iterable[str] | None = None) -> frozenset[str]:
    """The ids of the events, of all types or of some, that came by an import and were not said here."""
    query = select(log.c.id).where(log.c.imported)
    return frozenset(await conn.scalars(query if types is None else query.where(log.c.type.in_(types))))


async def unnumbered(conn: AsyncConnection) -> int:
    """How many events wait for their position."""
    return int(await conn.scalar(_UNNUMBERED) or 0)
