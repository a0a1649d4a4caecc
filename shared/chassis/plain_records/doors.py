"""The endpoints of plain records: three for each kind, their forms made from the events."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import days
from chassis.forms import PRINTABLE
from chassis.paging import Page, Paging
from chassis.plain_records.kinds import Kind, Record, compose
from chassis.plain_records.store import Records
from chassis.rights import Rights, check_recorder, recorder
from chassis.web import Looking, Writing
from contracts import values
from contracts.calendar import midnight
from contracts.event import EventId, RecordId, SocietyId, Withdrawal

_EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
_EXAMPLES: Mapping[Any, Any] = {int: 2, bool: True, dt.date: "2025-06-28", str: _EXAMPLE_ID}
_MOST = 1_000_000_000

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)]

Hold = Callable[[AsyncConnection, SocietyId, Mapping[str, Any]], Awaitable[dt.date | None]]
"""Holds a society until the transaction ends and checks what the facts refer to; returns its day of registration."""


class RecordForm(BaseModel):
    """A plain record. Kind, day and title name it; the title stays in the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Title = Field(examples=["2025年第一次"])


class RecordWithdrawalForm(BaseModel):
    """Why a record should never have been made; it stays in the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason = Field(examples=["重复登记"])


class Recorded(BaseModel):
    """The record, and the event that tells of it or of its withdrawal."""

    record: RecordId = Field(examples=[_EXAMPLE_ID])
    event: EventId = Field(examples=[_EXAMPLE_ID])


class RecordView(BaseModel):
    """A plain record as it was told; `withdrawn_on` if it was withdrawn."""

    record: RecordId
    title: str
    day: dt.date
    details: dict[str, Any]
    withdrawn_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Room:
    """Where a service keeps its plain records, how it holds a society, what tells of withdrawals, who may do what."""

    table: Table
    hold: Hold
    withdrawal: type[Withdrawal]
    rights: Mapping[str, Rights]


def open_doors(routes: APIRouter, room: Room, kinds: Sequence[Kind]) -> None:
    """Adds to the routes what records, withdraws and lists each of the kinds."""
    for kind in kinds:
        path = f"/societies/{{society}}/{kind.path}"
        rights = room.rights[kind.path]
        told = (kind.event.__doc__ or "").splitlines()[0]
        routes.post(
            path,
            status_code=201,
            summary=f"Record: {kind.path}",
            description=told,
            dependencies=[rights.may_record],
        )(_recorder(room, kind))
        routes.post(
            f"{path}/{{record}}/withdrawal",
            summary=f"Withdraw: {kind.path}",
            description="Withdraw a record that should never have been made, named by its id or that of its event.",
            dependencies=[rights.may_withdraw],
        )(_withdrawer(room, kind))
        routes.get(path, summary=f"List: {kind.path}", description=told, dependencies=[rights.may_read])(
            _lister(room, kind)
        )


def form_of(kind: Kind) -> type[RecordForm]:
    """What is asked for: the data of the event but the record's id, and a title."""
    hints = get_type_hints(kind.event, include_extras=True)
    fields: dict[str, Any] = {name: (_narrowed(hints[name]), _asked(kind, name)) for name in kind.asked}
    form: type[RecordForm] = create_model(f"{kind.event.__name__}Form", __base__=RecordForm, **fields)
    form.__doc__ = (kind.event.__doc__ or "").splitlines()[0]
    return form


def _asked(kind: Kind, name: str) -> Any:
    if name == "year":
        return Field(examples=[2025])
    plain = kind.event.model_fields[name].annotation
    return (
        Field(examples=[_EXAMPLES[plain]])
        if plain in _EXAMPLES
        else Field(examples=["0.5"])
        if _decimal(plain)
        else ...
    )


def _decimal(plain: Any) -> bool:
    return getattr(plain, "__name__", "") == "Decimal"


def _narrowed(hint: Any) -> Any:
    """What a request may say where an event may say more: what fits a column and the calendar."""
    if hint == values.Day:
        return days.Day
    plain = getattr(hint, "__origin__", hint)
    return Annotated[hint, Field(le=_MOST)] if plain is int else hint


def _recorder(room: Room, kind: Kind) -> Callable[..., Awaitable[Recorded]]:
    records = Records(room.table)

    async def record(society: SocietyId, form: RecordForm, work: Writing) -> Recorded:
        facts = {name: getattr(form, name) for name in kind.asked}
        registered_on = await room.hold(work.conn, society, facts)
        id_ = work.new_id()
        news = compose(kind, society, id_, facts, registered_on=registered_on, today=work.today())
        event = work.say(news)
        details, by = news.data(), recorder(work)
        await records.add(work.conn, Record(id_, society, kind.path, form.title, facts[kind.day], details, event, by))
        return Recorded(record=id_, event=event)

    record.__annotations__["form"] = form_of(kind)
    record.__name__ = f"record_{kind.path.replace('-', '_')}"
    return record


def _withdrawer(room: Room, kind: Kind) -> Callable[..., Awaitable[Recorded]]:
    records = Records(room.table)

    async def withdraw(society: SocietyId, record: RecordId, form: RecordWithdrawalForm, work: Writing) -> Recorded:
        await room.hold(work.conn, society, {})
        today = work.today()
        found = await records.load(work.conn, society, kind.path, record)
        check_recorder(work, found.recorded_by, field="record", value=record)
        gone = await records.withdraw(work.conn, found, reason=form.reason, today=today)
        made: dict[str, Any] = {"subject": society, "happened_at": midnight(today), "withdraws": gone.told}
        return Recorded(record=gone.id, event=work.say(room.withdrawal(**made, record=gone.id)))

    withdraw.__name__ = f"withdraw_{kind.path.replace('-', '_')}"
    return withdraw


def _lister(room: Room, kind: Kind) -> Callable[..., Awaitable[Page[RecordView]]]:
    records = Records(room.table)

    async def list_(society: SocietyId, look: Looking, paging: Paging) -> Page[RecordView]:
        found = await records.page(look, society, kind.path, after=paging.text, limit=paging.limit + 1)
        return paging.page([_view(record) for record in found], key=lambda one: (one.record,))

    list_.__name__ = f"list_{kind.path.replace('-', '_')}"
    return list_


def _view(record: Record) -> RecordView:
    return RecordView(
        record=record.id,
        title=record.title,
        day=record.day,
        details=dict(record.details),
        withdrawn_on=record.withdrawn_on,
    )
