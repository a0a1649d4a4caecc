"""Organs, offices, meetings, rule books and branches, in and out of the store."""

from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.titles import same_title
from contracts.event import BranchId, EventId, MeetingId, SocietyId
from contracts.vocabulary import MeetingOrgan, Organ, PartyForm, Regulation
from services.membership.domain.elections import Election
from services.membership.domain.filings import Branch, UnknownBranch
from services.membership.domain.meetings import Meeting, UnknownMeeting
from services.membership.domain.offices import Secretariat
from services.membership.store.tables import (
    branches,
    elections,
    meetings,
    party_organisations,
    regulations,
    secretariats,
)


async def election(conn: AsyncConnection, society: SocietyId, organ: Organ, elected_on: date) -> EventId | None:
    """The event that told of that election, if it is recorded."""
    return await _recorded(conn, elections, society=society, organ=organ.value, elected_on=elected_on)


async def add_election(conn: AsyncConnection, society: SocietyId, election: Election, event: EventId) -> None:
    """Keeps an election."""
    await conn.execute(elections.insert(), {"society": society, **asdict(election), "event": event})


async def party_organisation(conn: AsyncConnection, society: SocietyId, form: PartyForm, since: date) -> EventId | None:
    """The event that told of that establishment, if it is recorded."""
    return await _recorded(conn, party_organisations, society=society, form=form.value, established_on=since)


async def add_party_organisation(
    conn: AsyncConnection, society: SocietyId, form: PartyForm, established_on: date, event: EventId
) -> None:
    """Keeps the establishment of a party organisation."""
    row = {"society": society, "form": form.value, "established_on": established_on, "event": event}
    await conn.execute(party_organisations.insert(), row)


async def secretariat(conn: AsyncConnection, society: SocietyId) -> Secretariat | None:
    """The state of the secretariat that holds, if one was ever recorded."""
    found = (await conn.execute(select(secretariats).where(secretariats.c.society == society))).one_or_none()
    if found is None:
        return None
    return Secretariat(
        found.full_time_staff,
        found.hired_secretary_general,
        found.own_office,
        found.recorded_on,
        found.recorded_by,
    )


async def put_secretariat(conn: AsyncConnection, society: SocietyId, state: Secretariat) -> None:
    """Keeps the state of the secretariat in the place of an earlier one."""
    put = update(secretariats).where(secretariats.c.society == society).values(**asdict(state))
    if (await conn.execute(put)).rowcount == 0:
        await conn.execute(secretariats.insert(), {"society": society, **asdict(state)})


async def meeting_on(conn: AsyncConnection, society: SocietyId, organ: MeetingOrgan, held_on: date) -> MeetingId | None:
    """The meeting of the organ on that day, if one is recorded and not withdrawn."""
    same = {"society": society, "organ": organ.value, "held_on": held_on, "withdrawn_on": None}
    return await _recorded(conn, meetings, "id", **same)


async def add_meeting(conn: AsyncConnection, society: SocietyId, meeting: Meeting, event: EventId) -> None:
    """Keeps a meeting, and which event told of it."""
    await conn.execute(meetings.insert(), {"society": society, **asdict(meeting), "event": event})


async def meeting(conn: AsyncConnection, society: SocietyId, id_: MeetingId | EventId) -> tuple[Meeting, EventId]:
    """A meeting of the society by its id or its event's, and the event that told of it. Raises UnknownMeeting."""
    named = or_(meetings.c.id == id_, meetings.c.event == id_)
    query = select(meetings).where(meetings.c.society == society, named)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        raise UnknownMeeting(field="meeting", value=id_)
    found = Meeting(
        row.id,
        MeetingOrgan(row.organ),
        row.entitled,
        row.present,
        row.held_on,
        row.recorded_by,
        row.withdrawn_on,
        row.reason,
    )
    return found, row.event


async def withdraw_meeting(conn: AsyncConnection, meeting: Meeting) -> None:
    """Marks a meeting as withdrawn."""
    marked = update(meetings).where(meetings.c.id == meeting.id)
    await conn.execute(marked.values(withdrawn_on=meeting.withdrawn_on, reason=meeting.reason))


async def regulation(conn: AsyncConnection, society: SocietyId, which: Regulation, adopted_on: date) -> EventId | None:
    """The event that told of that adoption, if it is recorded."""
    return await _recorded(conn, regulations, society=society, regulation=which.value, adopted_on=adopted_on)


async def add_regulation(
    conn: AsyncConnection, society: SocietyId, regulation: Regulation, adopted_on: date, event: EventId
) -> None:
    """Keeps the adoption of a rule book."""
    row = {"society": society, "regulation": regulation.value, "adopted_on": adopted_on, "event": event}
    await conn.execute(regulations.insert(), row)


async def branch_named(conn: AsyncConnection, society: SocietyId, name: str) -> BranchId | None:
    """The branch of this name that the society has filed, if there is one."""
    theirs = await conn.execute(select(branches.c.id, branches.c.name).where(branches.c.society == society))
    return next((row.id for row in theirs if same_title(row.name, name)), None)


async def add_branch(conn: AsyncConnection, society: SocietyId, branch: Branch, event: EventId) -> None:
    """Keeps a branch."""
    await conn.execute(branches.insert(), {"society": society, **asdict(branch), "event": event})


async def require_branch(conn: AsyncConnection, society: SocietyId, branch: BranchId) -> None:
    """Raises UnknownBranch unless the society has filed it."""
    if await _recorded(conn, branches, society=society, id=branch) is None:
        raise UnknownBranch(field="branch", value=branch)


async def _recorded(conn: AsyncConnection, table: Table, wanted: str = "event", **key: Any) -> str | None:
    said = {name: value for name, value in key.items() if value is not None}
    query = _found(table, wanted, tuple(said), tuple(key.keys() - said.keys()))
    found: str | None = await conn.scalar(query, {f"of_{name}": value for name, value in said.items()})
    return found


@cache
def _found(table: Table, wanted: str, said: tuple[str, ...], empty: tuple[str, ...]) -> Select[tuple[str]]:
    same = [table.c[name] == bindparam(f"of_{name}") for name in said]
    return select(table.c[wanted]).where(*same, *[table.c[name].is_(None) for name in empty]).limit(1)
