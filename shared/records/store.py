"""Records, in and out of the store."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.titles import normalised
from contracts.event import EventId, RecordId, SocietyId
from records.record import Key
from records.refusals import UnknownRecord
from records.stored import Stored, Version, Withdrawn
from records.tables import Tables


class Store:
    """The records of one service."""

    def __init__(self, tables: Tables) -> None:
        """`tables` are the service's own."""
        self._records, self._versions = tables
        c = self._records.c
        self._of_kind = select(self._records).where(
            c.society == bindparam("in_society"), c.kind == bindparam("of_kind")
        )
        days: BindParameter[Any] = bindparam("on_days", expanding=True)
        self._same = self._of_kind.with_only_columns(c.id, c.day, c.title).where(
            c.withdrawn_on.is_(None), c.day.in_(days)
        )
        said_before = select(self._versions.c.record).where(self._versions.c.told == bindparam("named"))
        self._named = self._of_kind.where(
            or_(c.id == bindparam("named"), c.told == bindparam("named"), c.id.in_(said_before))
        )

    async def keys(
        self, conn: AsyncConnection, society: SocietyId, kind: str, days: Collection[date]
    ) -> dict[Key, RecordId]:
        """What names the records of these days, withdrawn ones aside; each with its id."""
        found = await conn.execute(self._same, {"in_society": society, "of_kind": kind, "on_days": list(days)})
        return {(row.day, normalised(row.title)): row.id for row in found}

    async def add(self, conn: AsyncConnection, records: Sequence[Stored]) -> None:
        """Stores new records; whoever adds has locked the society."""
        rows = [{"id": one.id, "society": one.society, "kind": one.kind, **_columns(one.version)} for one in records]
        await conn.execute(self._records.insert(), rows)

    async def load(self, conn: AsyncConnection, society: SocietyId, kind: str, named: RecordId | EventId) -> Stored:
        """A record by its id, or by that of an event that says it or said it before. Raises UnknownRecord."""
        row = (await conn.execute(self._named, {"in_society": society, "of_kind": kind, "named": named})).one_or_none()
        if row is None:
            raise UnknownRecord(field="record", value=named)
        return _stored(row)

    async def replace(self, conn: AsyncConnection, before: Stored, now: Version) -> None:
        """Stores what a record says now, and what it said before beside it."""
        await conn.execute(self._versions.insert(), {"record": before.id, **_columns(before.version)})
        marked = update(self._records).where(self._records.c.id == before.id)
        await conn.execute(marked.values(**_columns(now)))

    async def withdraw(self, conn: AsyncConnection, record: Stored, withdrawn: Withdrawn) -> None:
        """Marks a record as withdrawn."""
        marked = update(self._records).where(self._records.c.id == record.id)
        said = {"withdrawn_on": withdrawn.on, "reason": withdrawn.reason}
        await conn.execute(marked.values(**said, withdrawn_by=withdrawn.by, withdrawal=withdrawn.event))

    async def page(
        self, conn: AsyncConnection, society: SocietyId, kind: str, *, after: str | None, limit: int
    ) -> list[Stored]:
        """Up to `limit` records of one kind after an id, in the order in which they were recorded."""
        query = self._of_kind.order_by(self._records.c.id).limit(limit)
        query = query if after is None else query.where(self._records.c.id > after)
        return [_stored(row) for row in await conn.execute(query, {"in_society": society, "of_kind": kind})]

    async def versions(self, conn: AsyncConnection, record: Stored) -> list[Version]:
        """Everything a record has said, from first to last."""
        c = self._versions.c
        before = await conn.execute(select(self._versions).where(c.record == record.id).order_by(c.number))
        return [*map(_version, before), record.version]


def _columns(version: Version) -> Mapping[str, Any]:
    return {
        "number": version.number,
        "title": version.title,
        "day": version.day,
        "details": json.dumps(version.details, ensure_ascii=False),
        "told": version.told,
        "recorded_by": version.recorded_by,
        "account": version.account,
        "recorded": version.recorded,
    }


def _version(row: Row[Any]) -> Version:
    details, said_by = json.loads(row.details), (row.recorded_by, row.account, row.recorded)
    return Version(row.number, row.title, row.day, details, row.told, *said_by)


def _stored(row: Row[Any]) -> Stored:
    withdrawn = None
    if row.withdrawn_on is not None:
        withdrawn = Withdrawn(row.withdrawn_on, row.reason, row.withdrawn_by, row.withdrawal)
    return Stored(row.id, row.society, row.kind, _version(row), withdrawn)
