"""Organs, offices, meetings, rule books and branches, in and out of the store."""

from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

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


async def has_election(conn: AsyncConnection, society: SocietyId, organ: Organ, elected_on: date) -> bool:
    """Whether that election is recorded."""
    return await _recorded(conn, elections, society=society, organ=organ.value, elected_on=elected_on)


async def add_election(conn: AsyncConnection, society: SocietyId, election: Election, event: EventId) -> None:
    """Keeps an election."""
    await conn.execute(elections.insert(), {"society": society, **asdict(election), "event": event})


async def has_party_organisation(conn: AsyncConnection, society: SocietyId, form: PartyForm, since: date) -> bool:
    """Whether that establishment is recorded."""
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
    return Secretariat(found.full_time_staff, found.hired_secretary_general, found.own_office, found.recorded_on)


async def put_secretariat(conn: AsyncConnection, society: SocietyId, state: Secretariat) -> None:
    """Keeps the state of the secretariat in the place of an earlier one."""
    put = update(secretariats).where(secretariats.c.society == society).values(**asdict(state))
    if (await conn.execute(put)).rowcount == 0:
        await conn.execute(secretariats.insert(), {"society": society, **asdict(state)})


async def has_meeting(conn: AsyncConnection, society: SocietyId, organ: MeetingOrgan, held_on: date) -> bool:
    """Whether a meeting of the organ on that day is recorded, and not withdrawn."""
    return await _recorded(conn, meetings, society=society, organ=organ.value, held_on=held_on, withdrawn_on=None)


async def add_meeting(conn: AsyncConnection, society: SocietyId, meeting: Meeting, event: EventId) -> None:
    """Keeps a meeting, and which event told of it."""
    await conn.execute(meetings.insert(), {"society": society, **asdict(meeting), "event": event})


async def meeting(conn: AsyncConnection, society: SocietyId, id_: MeetingId) -> tuple[Meeting, EventId]:
    """A meeting of the society, and the event that told of it. Raises UnknownMeeting."""
    query = select(meetings).where(meetings.c.society == society, meetings.c.id == id_)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        raise UnknownMeeting(field="meeting", value=id_)
    organ = MeetingOrgan(row.organ)
    found = Meeting(row.id, organ, row.entitled, row.present, row.held_on, row.withdrawn_on, row.reason)
    return found, row.event


async def withdraw_meeting(conn: AsyncConnection, meeting: Meeting) -> None:
    """Marks a meeting as withdrawn."""
    marked = update(meetings).where(meetings.c.id == meeting.id)
    await conn.execute(marked.values(withdrawn_on=meeting.withdrawn_on, reason=meeting.reason))


async def has_regulation(conn: AsyncConnection, society: SocietyId, regulation: Regulation, adopted_on: date) -> bool:
    """Whether that adoption is recorded."""
    return await _recorded(conn, regulations, society=society, regulation=regulation.value, adopted_on=adopted_on)


async def add_regulation(
    conn: AsyncConnection, society: SocietyId, regulation: Regulation, adopted_on: date, event: EventId
) -> None:
    """Keeps the adoption of a rule book."""
    row = {"society": society, "regulation": regulation.value, "adopted_on": adopted_on, "event": event}
    await conn.execute(regulations.insert(), row)


async def has_branch(conn: AsyncConnection, society: SocietyId, name: str) -> bool:
    """Whether the society has filed a branch of this name."""
    return await _recorded(conn, branches, society=society, name=name)


async def add_branch(conn: AsyncConnection, society: SocietyId, branch: Branch, event: EventId) -> None:
    """Keeps a branch."""
    await conn.execute(branches.insert(), {"society": society, **asdict(branch), "event": event})


async def require_branch(conn: AsyncConnection, society: SocietyId, branch: BranchId) -> None:
    """Raises UnknownBranch unless the society has filed it."""
    if not await _recorded(conn, branches, society=society, id=branch):
        raise UnknownBranch(field="branch", value=branch)


async def _recorded(conn: AsyncConnection, table: Table, **key: Any) -> bool:
    said = {name: value for name, value in key.items() if value is not None}
    query = _exists(table, tuple(said), tuple(key.keys() - said.keys()))
    return bool(await conn.scalar(query, {f"of_{name}": value for name, value in said.items()}))


@cache
def _exists(table: Table, said: tuple[str, ...], empty: tuple[str, ...]) -> Select[tuple[bool]]:
    same = [table.c[name] == bindparam(f"of_{name}") for name in said]
    return select(exists().where(*same, *[table.c[name].is_(None) for name in empty]))
