"""Journals and their issues, in and out of the store."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.paging import Key
from services.events.domain.journals import Issue, Journal
from services.events.domain.refusals import UnknownJournal
from services.events.store.tables import issues, journals

_REGISTERING_LOCK = 0x50C1E702


async def alike(conn: AsyncConnection, journal: Journal) -> list[Journal]:
    """Journals with this one's ISSN or CN number; nobody else registers any until the transaction ends."""
    if conn.dialect.name == "postgresql":
        await conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _REGISTERING_LOCK})
    same = or_(journals.c.issn == journal.issn, journals.c.cn_number == journal.cn_number)
    return [_journal(row) for row in await conn.execute(select(journals).where(same))]


async def add(conn: AsyncConnection, journal: Journal) -> None:
    """Keeps a new journal."""
    await conn.execute(journals.insert(), asdict(journal) | {"cn_number": journal.cn_number})


async def load(conn: AsyncConnection, id_: str) -> Journal:
    """One journal, to read. Raises UnknownJournal."""
    return await _one(conn, id_, locked=False)


async def require_journal(conn: AsyncConnection, society: str, id_: str) -> None:
    """Raises UnknownJournal unless the society publishes it."""
    if (await load(conn, id_)).society != society:
        raise UnknownJournal(field="journal", value=id_)


async def hold(conn: AsyncConnection, id_: str) -> Journal:
    """One journal, held until the transaction ends, so that nobody else adds an issue. Raises UnknownJournal."""
    return await _one(conn, id_, locked=True)


async def page(conn: AsyncConnection, *, society: str | None, after: str | None, limit: int) -> list[Journal]:
    """Up to `limit` journals after an id, of one society or of all, in the order in which they were registered."""
    query = select(journals).order_by(journals.c.id).limit(limit)
    if society is not None:
        query = query.where(journals.c.society == society)
    if after is not None:
        query = query.where(journals.c.id > after)
    return [_journal(row) for row in await conn.execute(query)]


async def on_record(conn: AsyncConnection, issue: Issue) -> Issue | None:
    """The journal's issue of this year and number, if it is known."""
    row = (await conn.execute(select(issues).where(*_same(issue)))).one_or_none()
    return None if row is None else _issue(row)


async def add_issue(conn: AsyncConnection, issue: Issue, event: str) -> None:
    """Keeps a new issue, and which event told of it."""
    await conn.execute(issues.insert(), asdict(issue) | {"event": event})


async def issues_of(conn: AsyncConnection, journal: str, *, after: Key | None, limit: int) -> Sequence[Issue]:
    """Up to `limit` issues of a journal after a year and number, in the order of years and numbers."""
    query = select(issues).where(issues.c.journal == journal).order_by(issues.c.year, issues.c.number).limit(limit)
    if after is not None:
        query = query.where(tuple_(issues.c.year, issues.c.number) > after)
    return [_issue(row) for row in await conn.execute(query)]


def _same(issue: Issue) -> tuple[Any, ...]:
    return issues.c.journal == issue.journal, issues.c.year == issue.year, issues.c.number == issue.number


async def _one(conn: AsyncConnection, id_: str, *, locked: bool) -> Journal:
    query = select(journals).where(journals.c.id == id_)
    row = (await conn.execute(query.with_for_update() if locked else query)).one_or_none()
    if row is None:
        raise UnknownJournal(field="journal", value=id_)
    return _journal(row)


def _journal(row: Row[*tuple[Any, ...]]) -> Journal:
    return Journal(row.id, row.society, row.title, row.issn, row.cn, row.registered_on, row.certified_reason)


def _issue(row: Row[*tuple[Any, ...]]) -> Issue:
    return Issue(row.journal, row.year, row.number, row.published_on, row.event)
