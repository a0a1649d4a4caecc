"""Recording, correcting and withdrawing: each in one transaction, checked, stored and said."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.refusals import Refusal, SeveralFaults, refuse
from chassis.rights import check_recorder, recorder
from chassis.work import Work
from contracts.calendar import instant, midnight
from contracts.event import EventId, RecordId, SocietyId, Withdrawal
from records import checking
from records.checking import Sent
from records.definition import RecordType
from records.record import Record
from records.refusals import NothingToCorrect, WithdrawnAlready
from records.rules import Context
from records.store import Store
from records.stored import Stored, Version, Withdrawn

Lock = Callable[[AsyncConnection, SocietyId], Awaitable[date | None]]
"""Locks a society until the transaction ends; returns its day of registration, None where nobody has told."""


@dataclass(frozen=True, slots=True)
class Register:
    """Where a service stores its records, how it locks a society, which event withdraws a record."""

    store: Store
    lock: Lock
    withdrawal: type[Withdrawal]


async def record(work: Work, register: Register, type_: RecordType, society: SocietyId, form: Record) -> Stored:
    """Records one. Raises what is wrong with it, several faults as SeveralFaults."""
    context = await _context(work, register, society)
    (found,) = await checking.faults(work, register.store, type_, society, [form], context=context)
    refuse(found)
    (stored,) = await _add(work, register, society, [form])
    return stored


async def record_all(
    work: Work, register: Register, type_: RecordType, society: SocietyId, rows: Sequence[Sent]
) -> list[Stored]:
    """Records all, or none: then raises every fault of every row as SeveralFaults, its field led by the row's place."""
    context = await _context(work, register, society)
    found = await checking.faults(work, register.store, type_, society, rows, context=context)
    faults = [_in_row(place, fault) for place, each in enumerate(found) for fault in each]
    if faults:
        raise SeveralFaults(faults)
    return await _add(work, register, society, [row for row in rows if isinstance(row, Record)])


async def correct(
    work: Work, register: Register, type_: RecordType, society: SocietyId, named: RecordId | EventId, *, form: Record
) -> Stored:
    """Puts a record right: what it said is withdrawn and what the form says is said, under the record's id.

    A correction of the title alone says no event, as the title stays in the service.

    Raises:
        UnknownRecord, NotTheRecorder, WithdrawnAlready, NothingToCorrect: or what is wrong with the form.
    """
    context = await _context(work, register, society)
    before = await _changeable(work, register, type_, society, named)
    if before.as_asked(type_.record) == form:
        raise NothingToCorrect(field="record", value=named)
    (found,) = await checking.faults(work, register.store, type_, society, [form], context=context, but=before.id)
    refuse(found)
    news = form.news(society, before.id)
    told = before.version.told
    if news.data() != before.version.details:
        _say_withdrawn(work, register, before)
        told = work.say(news)
    version = _version(work, form, news.data(), told, number=before.version.number + 1)
    await register.store.replace(work.conn, before, version)
    return replace(before, version=version)


async def withdraw(
    work: Work, register: Register, type_: RecordType, society: SocietyId, named: RecordId | EventId, *, reason: str
) -> tuple[RecordId, EventId]:
    """Withdraws a record that should never have been made; returns its id and that of the event that says so.

    Raises:
        UnknownRecord, NotTheRecorder, WithdrawnAlready.
    """
    await register.lock(work.conn, society)
    found = await _changeable(work, register, type_, society, named)
    event = _say_withdrawn(work, register, found)
    await register.store.withdraw(work.conn, found, Withdrawn(work.today(), reason, recorder(work), event))
    return found.id, event


async def _context(work: Work, register: Register, society: SocietyId) -> Context:
    return Context(await register.lock(work.conn, society), work.today())


async def _changeable(
    work: Work, register: Register, type_: RecordType, society: SocietyId, named: RecordId | EventId
) -> Stored:
    """The record, if it stands and this caller may change it."""
    found = await register.store.load(work.conn, society, type_.path, named)
    check_recorder(work, found.version.recorded_by, field="record", value=named)
    if found.withdrawn is not None:
        raise WithdrawnAlready(field="record", value=found.id, withdrawn_on=found.withdrawn.on)
    return found


async def _add(work: Work, register: Register, society: SocietyId, forms: Sequence[Record]) -> list[Stored]:
    stored = []
    for form in forms:
        id_ = work.new_id()
        news = form.news(society, id_)
        stored.append(Stored(id_, society, form.path, _version(work, form, news.data(), work.say(news), number=1)))
    await register.store.add(work.conn, stored)
    return stored


def _version(work: Work, form: Record, details: dict[str, Any], told: EventId, *, number: int) -> Version:
    account = work.caller.account if work.caller else None
    said_by = (recorder(work), account, instant(work.now()))
    return Version(number, form.title, form.happened_on, details, told, *said_by)


def _say_withdrawn(work: Work, register: Register, record: Stored) -> EventId:
    said: dict[str, Any] = {"subject": record.society, "happened_at": midnight(work.today())}
    return work.say(register.withdrawal(**said, withdraws=record.version.told, record=record.id))


def _in_row(place: int, fault: Refusal) -> Refusal:
    fault.field = f"records.{place}.{fault.field}" if fault.field else f"records.{place}"
    return fault
