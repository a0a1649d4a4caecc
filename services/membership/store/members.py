"""Members, in and out of the store, ten thousand at a time."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Date, Insert, Row, Select, String, Update, bindparam, column, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.types import TypeEngine

from contracts.event import MemberId, SocietyId
from contracts.vocabulary import EndReason, MemberKind
from services.membership.domain.members import Departure, Intake, Member
from services.membership.store.tables import members

_ALL = select(
    members.c.id, members.c.kind, members.c.admitted_on, members.c.number, members.c.ended_on, members.c.reason
)


class Standing(StrEnum):
    """Whether a membership goes on (在会) or has ended (已退会)."""

    CURRENT = "current"
    ENDED = "ended"


async def taken(conn: AsyncConnection, society: SocietyId, numbers: Collection[str | None]) -> dict[str, MemberId]:
    """Which of these register numbers the society has given before, with whom they belong to."""
    given = [number for number in numbers if number is not None]
    if not given:
        return {}
    query = _among(conn.dialect.name).taken
    return {row.number: row.id for row in await conn.execute(query, {"of_society": society, "among": given})}


async def add(conn: AsyncConnection, society: SocietyId, member: Member) -> None:
    """Keeps one new member."""
    await conn.execute(insert(members), {"society": society, **asdict(member)})


async def add_many(conn: AsyncConnection, society: SocietyId, intake: Intake) -> None:
    """Keeps a batch of new members: as one statement with one parameter, a third of what a row each costs."""
    said = {"of_society": society, "of_kind": intake.kind.value, "since": intake.admitted_on}
    pairs = list(zip(intake.ids, intake.numbers, strict=True))
    await conn.execute(_among(conn.dialect.name).admit, said | {"among": pairs})


async def known(conn: AsyncConnection, society: SocietyId, ids: Sequence[MemberId]) -> dict[MemberId, Member]:
    """Those members of the society that have these ids, ended ones too."""
    rows = await conn.execute(_among(conn.dialect.name).known, {"of_society": society, "among": list(ids)})
    return {row.id: _member(row) for row in rows}


async def end(conn: AsyncConnection, society: SocietyId, departure: Departure) -> None:
    """Marks memberships as ended."""
    said = {"of_society": society, "since": departure.ended_on, "because": departure.reason.value}
    await conn.execute(_among(conn.dialect.name).end, said | {"among": list(departure.ids)})


async def page(
    conn: AsyncConnection,
    society: SocietyId,
    *,
    after: MemberId | None,
    limit: int,
    kind: MemberKind | None,
    standing: Standing | None,
) -> list[Member]:
    """Up to `limit` members after an id, in the order in which they were recorded."""
    query = _filtered(_ALL.where(members.c.society == society), kind, standing)
    if after is not None:
        query = query.where(members.c.id > after)
    return [_member(row) for row in await conn.execute(query.order_by(members.c.id).limit(limit))]


def _filtered(
    query: Select[*tuple[Any, ...]], kind: MemberKind | None, standing: Standing | None
) -> Select[*tuple[Any, ...]]:
    if kind is not None:
        query = query.where(members.c.kind == kind.value)
    if standing is not None:
        ended = members.c.ended_on.is_not(None)
        query = query.where(ended if standing is Standing.ENDED else ~ended)
    return query


class _Among(NamedTuple):
    """Statements about many members of a society, who are one parameter, `among`.

    One bound parameter, however many values: drivers take 32,767 at most, and an IN list is compiled anew each time.
    """

    taken: Select[*tuple[Any, ...]]
    known: Select[*tuple[Any, ...]]
    admit: Insert
    end: Update


@cache
def _among(dialect: str) -> _Among:
    theirs = members.c.society == bindparam("of_society")
    given = select(_unfolded(dialect, String()))
    pair = _unfolded(dialect, JSON())
    row = select(
        bindparam("of_society", type_=String),
        pair[0].as_string(),
        bindparam("of_kind", type_=String),
        pair[1].as_string(),
        bindparam("since", type_=Date),
    )
    ended = {"ended_on": bindparam("since", type_=Date), "reason": bindparam("because", type_=String)}
    return _Among(
        taken=select(members.c.number, members.c.id).where(theirs, members.c.number.in_(given)),
        known=_ALL.where(theirs, members.c.id.in_(given)),
        admit=insert(members).from_select(["society", "id", "kind", "number", "admitted_on"], row),
        end=update(members).where(theirs, members.c.id.in_(given)).values(ended),
    )


def _unfolded(dialect: str, type_: TypeEngine[Any]) -> KeyedColumnElement[Any]:
    as_text = isinstance(type_, String)
    on_postgres = func.json_array_elements_text if as_text else func.json_array_elements
    unfold = on_postgres if dialect == "postgresql" else func.json_each
    rows = unfold(bindparam("among", type_=JSON)).table_valued(column("value", type_))
    return rows.c.value


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    reason = EndReason(row.reason) if row.reason else None
    return Member(row.id, MemberKind(row.kind), row.admitted_on, row.number, row.ended_on, reason)
