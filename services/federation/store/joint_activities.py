"""Joint activities, in and out of the store."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.vocabulary import ActivityKind, ActivityLevel
from services.federation.domain.joint_activities import JointActivity
from services.federation.store.tables import joint_activities, partners


async def add(conn: AsyncConnection, activity: JointActivity) -> None:
    """Keeps a new joint activity."""
    columns = asdict(activity)
    societies = columns.pop("partners")
    await conn.execute(joint_activities.insert(), columns)
    rows = [{"activity": activity.id, "society": one, "place": place} for place, one in enumerate(societies)]
    await conn.execute(partners.insert(), rows)


async def page(conn: AsyncConnection, federation: str, *, after: str | None, limit: int) -> list[JointActivity]:
    """Up to `limit` joint activities of a federation after an id, in the order in which they were recorded."""
    query = select(joint_activities).where(joint_activities.c.federation == federation)
    if after is not None:
        query = query.where(joint_activities.c.id > after)
    return await _whole(conn, query.order_by(joint_activities.c.id).limit(limit))


async def of_the_day(conn: AsyncConnection, federation: str, day: date) -> list[JointActivity]:
    """The joint activities of a federation that were held on a day."""
    same = (joint_activities.c.federation == federation, joint_activities.c.held_on == day)
    return await _whole(conn, select(joint_activities).where(*same))


async def _whole(conn: AsyncConnection, query: Select[tuple[Any, ...]]) -> list[JointActivity]:
    rows = (await conn.execute(query)).all()
    theirs = partners.c.activity.in_([row.id for row in rows])
    beside: dict[str, list[str]] = defaultdict(list)
    for row in await conn.execute(select(partners).where(theirs).order_by(partners.c.place)):
        beside[row.activity].append(row.society)
    return [
        JointActivity(
            id=row.id,
            federation=row.federation,
            title=row.title,
            kind=ActivityKind(row.kind),
            level=ActivityLevel(row.level),
            lead=row.lead,
            partners=tuple(beside[row.id]),
            attendance=row.attendance,
            held_on=row.held_on,
        )
        for row in rows
    ]
