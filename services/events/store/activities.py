"""Activities, in and out of the store."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.vocabulary import ActivityKind, ActivityLevel, OrganiserRole
from services.events.domain.activities import Activity, ActivityState, Organiser, Record
from services.events.domain.refusals import UnknownActivity
from services.events.store.tables import activities, organisers

_ONE = select(activities).where(activities.c.id == bindparam("of_id"))
_HELD = _ONE.with_for_update()


async def add(conn: AsyncConnection, activity: Activity) -> None:
    """Keeps a new activity."""
    await conn.execute(activities.insert(), {"id": activity.id, **_columns(activity)})
    rows = [
        {"activity": activity.id, "society": organiser.society, "place": place, "role": organiser.role.value}
        for place, organiser in enumerate(activity.organisers)
    ]
    await conn.execute(organisers.insert(), rows)


async def save(conn: AsyncConnection, activity: Activity) -> None:
    """Keeps what became of an activity."""
    await conn.execute(activities.update().where(activities.c.id == activity.id).values(**_columns(activity)))


async def save_held_events(conn: AsyncConnection, activity: Activity) -> None:
    """Keeps by which event each organiser was told that the activity was held."""
    for organiser in activity.organisers:
        one = (organisers.c.activity == activity.id) & (organisers.c.society == organiser.society)
        await conn.execute(organisers.update().where(one).values(held_event=organiser.held_event))


async def load(conn: AsyncConnection, id_: str) -> Activity:
    """One activity, to read. Raises UnknownActivity."""
    return await _one(conn, id_, locked=False)


async def hold(conn: AsyncConnection, id_: str) -> Activity:
    """One activity, held until the transaction ends, so that nobody else changes it. Raises UnknownActivity."""
    return await _one(conn, id_, locked=True)


async def by_event(conn: AsyncConnection, id_: str) -> str:
    """The activity that an event told was held; the id itself where it is no such event's."""
    found: str | None = await conn.scalar(select(organisers.c.activity).where(organisers.c.held_event == id_))
    return found or id_


async def on_the_days(conn: AsyncConnection, host: str, days: Collection[date]) -> Sequence[Activity]:
    """The activities of a host that were to start, or were held, on one of the days."""
    theirs = select(organisers.c.activity).where(organisers.c.society == host, organisers.c.role == OrganiserRole.HOST)
    then = or_(activities.c.starts_on.in_(days), activities.c.held_on.in_(days))
    return await _whole(conn, (await conn.execute(select(activities).where(then, activities.c.id.in_(theirs)))).all())


async def page(conn: AsyncConnection, *, society: str | None, after: str | None, limit: int) -> Sequence[Activity]:
    """Up to `limit` activities after an id, of one society or of all, in the order in which they were announced."""
    query = select(activities).order_by(activities.c.id).limit(limit)
    if society is not None:
        query = query.where(activities.c.id.in_(select(organisers.c.activity).where(organisers.c.society == society)))
    if after is not None:
        query = query.where(activities.c.id > after)
    return await _whole(conn, (await conn.execute(query)).all())


async def _one(conn: AsyncConnection, id_: str, *, locked: bool) -> Activity:
    rows = (await conn.execute(_HELD if locked else _ONE, {"of_id": id_})).all()
    if not rows:
        raise UnknownActivity(field="activity", value=id_)
    return (await _whole(conn, rows))[0]


async def _whole(conn: AsyncConnection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Activity]:
    theirs = organisers.c.activity.in_([row.id for row in rows])
    found: dict[str, list[Organiser]] = defaultdict(list)
    for row in await conn.execute(select(organisers).where(theirs).order_by(organisers.c.place)):
        found[row.activity].append(Organiser(row.society, OrganiserRole(row.role), row.held_event))
    return [_activity(row, tuple(found[row.id])) for row in rows]


def _activity(row: Row[*tuple[Any, ...]], whose: tuple[Organiser, ...]) -> Activity:
    kind, level = ActivityKind(row.kind), ActivityLevel(row.level)
    held = Record(kind, level, row.held_on, row.attendance, row.papers) if row.held_on is not None else None
    return Activity(
        id=row.id,
        title=row.title,
        kind=kind,
        level=level,
        starts_on=row.starts_on,
        organisers=whose,
        state=ActivityState(row.state),
        held=held,
        closed_on=row.closed_on,
        reason=row.reason,
        recorded_by=row.recorded_by,
    )


def _columns(activity: Activity) -> dict[str, Any]:
    held = activity.held
    return {
        "title": activity.title,
        "kind": activity.kind.value,
        "level": activity.level.value,
        "starts_on": activity.starts_on,
        "state": activity.state.value,
        "held_on": held and held.held_on,
        "attendance": held and held.attendance,
        "papers": held and held.papers,
        "closed_on": activity.closed_on,
        "reason": activity.reason,
        "recorded_by": activity.recorded_by,
    }
