"""Members, in and out of the store, ten thousand at a time."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Row, Select, String, column, func, insert, literal, select, update
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


async def taken(conn: AsyncConnection, society: SocietyId, numbers: Collection[str | None]) -> frozenset[str]:
    """Which of these register numbers the society has given before."""
    given = [number for number in numbers if number is not None]
    if not given:
        return frozenset()
    query = select(members.c.number).where(members.c.society == society, members.c.number.in_(_among(conn, given)))
    return frozenset((await conn.scalars(query)).all())


async def add(conn: AsyncConnection, society: SocietyId, member: Member) -> None:
    """Keeps one new member."""
    await conn.execute(insert(members).values(society=society, **asdict(member)))


async def add_many(conn: AsyncConnection, society: SocietyId, intake: Intake) -> None:
    """Keeps a batch of new members: as one statement with one parameter, a third of what a row each costs."""
    pairs = _unfolded(conn, list(zip(intake.ids, intake.numbers, strict=True)), JSON())
    row = select(
        literal(society),
        pairs[0].as_string(),
        literal(intake.kind.value),
        pairs[1].as_string(),
        literal(intake.admitted_on, Date),
    )
    await conn.execute(insert(members).from_select(["society", "id", "kind", "number", "admitted_on"], row))


async def known(conn: AsyncConnection, society: SocietyId, ids: Sequence[MemberId]) -> dict[MemberId, Member]:
    """Those members of the society that have these ids, ended ones too."""
    query = _ALL.where(members.c.society == society, members.c.id.in_(_among(conn, ids)))
    return {row.id: _member(row) for row in await conn.execute(query)}


async def end(conn: AsyncConnection, society: SocietyId, departure: Departure) -> None:
    """Marks memberships as ended."""
    await conn.execute(
        update(members)
        .where(members.c.society == society, members.c.id.in_(_among(conn, departure.ids)))
        .values(ended_on=departure.ended_on, reason=departure.reason.value)
    )


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


def _among(conn: AsyncConnection, values: Sequence[str]) -> Select[*tuple[Any, ...]]:
    # One bound parameter, however many values: drivers take 32,767 at most, and an IN list is compiled anew each time.
    return select(_unfolded(conn, list(values), String()))


def _unfolded(conn: AsyncConnection, values: Sequence[Any], type_: TypeEngine[Any]) -> KeyedColumnElement[Any]:
    as_text = isinstance(type_, String)
    on_postgres = func.json_array_elements_text if as_text else func.json_array_elements
    unfold = on_postgres if conn.dialect.name == "postgresql" else func.json_each
    rows = unfold(literal(values, JSON)).table_valued(column("value", type_))
    return rows.c.value


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    reason = EndReason(row.reason) if row.reason else None
    return Member(row.id, MemberKind(row.kind), row.admitted_on, row.number, row.ended_on, reason)
