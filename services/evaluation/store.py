"""What evaluation keeps: every event it heard, the policies it was given, and the live rating of each society."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Executable,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.tables import NAMING
from chassis.wire import Heard
from contracts.evaluation import DayTurned
from services.evaluation.domain import Fact, Policy, Rating, decimal_text

metadata = MetaData(naming_convention=NAMING)

facts = Table(
    "facts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("subject", String(80), nullable=False),
    Column("type", String(80), nullable=False),
    Column("time", String(27), nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_facts_subject_type", "subject", "type"),
)

policies = Table(
    "policies",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("hash", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("filed", String(27), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    Column("society", String(80), primary_key=True),
    Column("document", Text, nullable=False),
    Column("announced", Text),
    Column("rank_at_turn", Integer),
)


def _rating(insert: Callable[[Table], Any]) -> Executable:
    statement = insert(ratings)
    rated: Executable = statement.on_conflict_do_update(
        index_elements=["society"], set_={"document": statement.excluded.document}
    )
    return rated


# Built once: making a statement and finding its compiled form costs more than running it.
_KEEP = {
    "sqlite": sqlite.insert(facts).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(facts).on_conflict_do_nothing(),
}
_RATE = {"sqlite": _rating(sqlite.insert), "postgresql": _rating(postgresql.insert)}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_IDS_AT_ONCE = 500


async def keep(conn: AsyncConnection, heard: Sequence[Heard]) -> None:
    """Stores events as they were heard; one that is stored already stays as it is."""
    rows = [
        {
            "id": one.id,
            "subject": one.subject,
            "type": one.type,
            "time": one.time,
            "recorded": one.recordedtime,
            "data": _encode(one.data).decode(),
        }
        for one in heard
    ]
    if rows:
        await conn.execute(_KEEP[conn.dialect.name], rows)


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


def _fact(row: Any) -> Fact:
    id_, type_, subject, time, recorded, data = row
    return Fact.make(id=id_, type=type_, subject=subject, time=time, recorded=recorded, data=_decode(data))


async def count_facts(conn: AsyncConnection) -> int:
    """How many events are kept."""
    return int(await conn.scalar(select(func.count()).select_from(facts)) or 0)


async def current_day(conn: AsyncConnection) -> date | None:
    """The last day that was turned, or None before the first."""
    rows = await conn.scalars(select(facts.c.data).where(facts.c.type == DayTurned.type))
    days = [date.fromisoformat(_decode(data)["day"]) for data in rows]
    return max(days, default=None)


async def active_policy(conn: AsyncConnection, activation: str) -> str | None:
    """The text of the policy that was activated last, or None if none ever was; `activation` is the event's type."""
    rows = (
        await conn.execute(
            select(facts.c.data)
            .where(facts.c.type == activation)
            .order_by(facts.c.recorded.desc(), facts.c.id.desc())
            .limit(1)
        )
    ).first()
    if rows is None:
        return None
    told = _decode(rows[0])
    return await conn.scalar(
        select(policies.c.text).where(policies.c.id == told["policy"], policies.c.version == told["version"])
    )


async def file_policy(conn: AsyncConnection, policy: Policy, filed: str) -> str | None:
    """Files a policy's text; returns the hash already filed under its id and version if that is another text."""
    known = await conn.scalar(
        select(policies.c.hash).where(policies.c.id == policy.id, policies.c.version == policy.version)
    )
    if known is None:
        await conn.execute(
            policies.insert().values(
                id=policy.id, version=policy.version, hash=policy.hash, text=policy.text, filed=filed
            )
        )
    return known if known != policy.hash else None


async def policy_texts(conn: AsyncConnection) -> list[str]:
    """The texts of all filed policies."""
    return list((await conn.scalars(select(policies.c.text).order_by(policies.c.id, policies.c.version))).all())


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
