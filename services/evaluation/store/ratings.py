"""The live rating of each society."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Executable, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.evaluation.domain import Rating, decimal_text
from services.evaluation.store.tables import ratings


def _rating(insert: Callable[[Table], Any]) -> Executable:
    statement = insert(ratings)
    rated: Executable = statement.on_conflict_do_update(
        index_elements=["society"], set_={"document": statement.excluded.document}
    )
    return rated


_RATE = {"sqlite": _rating(sqlite.insert), "postgresql": _rating(postgresql.insert)}
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Kept:
    """What the live table says of one society."""

    document: dict[str, Any]
    announced: dict[str, Any] | None
    rank_at_turn: int | None


async def kept_ratings(conn: AsyncConnection) -> dict[str, Kept]:
    """The live table, by society."""
    rows = (await conn.execute(select(ratings))).all()
    return {
        row.society: Kept(
            json.loads(row.document), json.loads(row.announced) if row.announced else None, row.rank_at_turn
        )
        for row in rows
    }


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


async def announce(conn: AsyncConnection, told: dict[str, dict[str, Any]], ranks: dict[str, int]) -> None:
    """Notes, at the turn of a day, what was announced of whom, and where everybody stood."""
    if told:
        await conn.execute(
            update(ratings)
            .where(ratings.c.society == bindparam("b_society"))
            .values(announced=bindparam("b_announced")),
            [{"b_society": society, "b_announced": json.dumps(what)} for society, what in told.items()],
        )
    if ranks:
        await conn.execute(
            update(ratings).where(ratings.c.society == bindparam("b_society")).values(rank_at_turn=bindparam("b_rank")),
            [{"b_society": society, "b_rank": rank} for society, rank in ranks.items()],
        )


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
