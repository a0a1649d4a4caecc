"""The live rating of each society."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Executable, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.evaluation.domain import Rating, decimal_text
from services.evaluation.store.tables import announcements, ratings


def _rating(insert: Callable[[Table], Any]) -> Executable:
    statement = insert(ratings)
    rated: Executable = statement.on_conflict_do_update(
        index_elements=["society"], set_={"document": statement.excluded.document}
    )
    return rated


_RATE = {"sqlite": _rating(sqlite.insert), "postgresql": _rating(postgresql.insert)}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Announcement(NamedTuple):
    """What was last announced of a society at the close of a day, and where it stood at the last close."""

    document: dict[str, Any]
    rank: int


async def kept_ratings(conn: AsyncConnection) -> dict[str, dict[str, Any]]:
    """The live table, by society."""
    rows = await conn.execute(select(ratings.c.society, ratings.c.document))
    return {society: _decode(document) for society, document in rows}


async def keep_ratings(conn: AsyncConnection, changed: Iterable[Rating]) -> None:
    """Writes the ratings that changed into the live table."""
    rows = [{"society": one.society, "document": _encode(document(one)).decode()} for one in changed]
    if rows:
        await conn.execute(_RATE[conn.dialect.name], rows)


async def strike(conn: AsyncConnection, societies: Iterable[str]) -> None:
    """Takes societies off the live table: nothing says any more that they are on the books."""
    rows = [{"b_society": society} for society in societies]
    if rows:
        await conn.execute(delete(ratings).where(ratings.c.society == bindparam("b_society")), rows)


async def announced(conn: AsyncConnection) -> dict[str, Announcement]:
    """What was announced at the close of the last day, by society."""
    rows = await conn.execute(select(announcements.c.society, announcements.c.document, announcements.c.rank))
    return {society: Announcement(_decode(document), rank) for society, document, rank in rows}


async def announce(conn: AsyncConnection, told: Mapping[str, Announcement]) -> None:
    """Notes what was announced at the close of a day, in place of what was before."""
    rows = [
        {"society": society, "document": _encode(one.document).decode(), "rank": one.rank}
        for society, one in told.items()
    ]
    await conn.execute(delete(announcements))
    if rows:
        await conn.execute(announcements.insert(), rows)


def document(rating: Rating) -> dict[str, Any]:
    """A rating as the live table and the announcements have it: all that does not depend on the others."""
    return {
        "total": decimal_text(rating.total),
        "max": decimal_text(rating.max),
        "completeness": rating.completeness,
        "grade": rating.grade,
        "vetoes": list(rating.vetoes),
        "indicators": {
            one.indicator: [one.outcome, decimal_text(one.points), decimal_text(one.max)] for one in rating.findings
        },
    }
