"""Plain records, in and out of the store."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Column, Date, Index, MetaData, Row, String, Table, Text, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.language import N_
from chassis.plain_records.kinds import Record
from chassis.refusals import Refusal
from chassis.rights import ASSOCIATION
from chassis.titles import same_title
from contracts.event import EventId, RecordId, SocietyId

_KEY = ("society", "kind", "day")


class RecordedAlready(Refusal):
    """Kind, day and title name a record of a society, unless it was withdrawn."""

    slug = "recorded-already"
    status = 409
    title = N_("This is already recorded")
    detail = N_(
        "“{value}” of {day} is already recorded as {clashes_with}: withdraw that if it is wrong, or give another title "
        "if this is something else."
    )


class UnknownRecord(Refusal):
    """The society has no such record of this kind."""

    slug = "unknown-record"
    status = 404
    title = N_("Unknown record")
    detail = N_("The society has no record {value} of this kind.")


class WithdrawnAlready(Refusal):
    """A record is withdrawn once."""

    slug = "withdrawn-already"
    status = 409
    title = N_("The record has already been withdrawn")
    detail = N_("Record {value} was withdrawn on {withdrawn_on}.")


def records_table(metadata: MetaData) -> Table:
    """The table of plain records of one service."""
    return Table(
        "plain_records",
        metadata,
        Column("id", String(36), primary_key=True),
        Column("society", String(5), nullable=False),
        Column("kind", String(40), nullable=False),
        Column("title", String(200), nullable=False),
        Column("day", Date, nullable=False),
        Column("details", Text, nullable=False),
        Column("told", String(36), nullable=False),
        Column("recorded_by", String(60), nullable=False, server_default=ASSOCIATION),
        Column("withdrawn_on", Date),
        Column("reason", String(500)),
        Index("ix_plain_records_society_kind", "society", "kind", "id"),
    )


class Records:
    """The plain records of one service."""

    def __init__(self, table: Table) -> None:
        """`table` is the service's own."""
        self._table = table
        same = [table.c[name] == bindparam(f"of_{name}") for name in _KEY]
        self._of_that_day = select(table.c.id, table.c.title).where(*same, table.c.withdrawn_on.is_(None))

    async def add(self, conn: AsyncConnection, record: Record) -> None:
        """Keeps a new record; whoever adds holds the society. Raises RecordedAlready."""
        key = {f"of_{name}": getattr(record, name) for name in _KEY}
        for id_, title in await conn.execute(self._of_that_day, key):
            if same_title(title, record.title):
                raise RecordedAlready(field="title", value=record.title, day=record.day, clashes_with=id_)
        await conn.execute(
            self._table.insert(),
            {
                "id": record.id,
                "society": record.society,
                "kind": record.kind,
                "title": record.title,
                "day": record.day,
                "details": json.dumps(record.details, ensure_ascii=False),
                "told": record.told,
                "recorded_by": record.recorded_by,
            },
        )

    async def load(self, conn: AsyncConnection, society: SocietyId, kind: str, id_: RecordId | EventId) -> Record:
        """A record by its id, or by that of the event that told of it. Raises UnknownRecord."""
        c = self._table.c
        named = select(self._table).where(or_(c.id == id_, c.told == id_), c.society == society, c.kind == kind)
        row = (await conn.execute(named)).one_or_none()
        if row is None:
            raise UnknownRecord(field="record", value=id_)
        return _record(row)

    async def withdraw(self, conn: AsyncConnection, record: Record, *, reason: str, today: date) -> Record:
        """Marks a record as withdrawn; why stays here. Raises WithdrawnAlready."""
        if record.withdrawn_on is not None:
            raise WithdrawnAlready(field="record", value=record.id, withdrawn_on=record.withdrawn_on)
        marked = update(self._table).where(self._table.c.id == record.id)
        await conn.execute(marked.values(withdrawn_on=today, reason=reason))
        return replace(record, withdrawn_on=today, reason=reason)

    async def page(
        self, conn: AsyncConnection, society: SocietyId, kind: str, *, after: str | None, limit: int
    ) -> Sequence[Record]:
        """Up to `limit` records of one kind after an id, in the order in which they were recorded."""
        c = self._table.c
        query = select(self._table).where(c.society == society, c.kind == kind).order_by(c.id).limit(limit)
        rows = await conn.execute(query if after is None else query.where(c.id > after))
        return [_record(row) for row in rows]


def _record(row: Row[tuple[object, ...]]) -> Record:
    return Record(
        id=row.id,
        society=row.society,
        kind=row.kind,
        title=row.title,
        day=row.day,
        details=json.loads(row.details),
        told=row.told,
        recorded_by=row.recorded_by,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
    )
