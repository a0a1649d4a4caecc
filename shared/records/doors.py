"""The addresses of records: six for each type, and one that describes all types."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter

from chassis.paging import Page, Paging
from chassis.rights import EVERYBODY, Rights
from chassis.web import Looking, Writing
from contracts.event import RecordId, SocietyId
from records import recording
from records.definition import RecordType
from records.description import RecordDescription, describe
from records.forms import (
    Batch,
    BatchRecorded,
    Recorded,
    RecordHistory,
    RecordView,
    RecordWithdrawalForm,
    batch_of,
    history,
    view,
)
from records.record import Record
from records.recording import Register
from records.stored import Stored

Door = Callable[..., Awaitable[Any]]

_NAMED = "named by its id or that of an event that says it"


def open_doors(routes: APIRouter, register: Register, types: Sequence[RecordType]) -> None:
    """Adds to the routes what records, corrects, withdraws, lists, reads and describes each of the types."""
    for type_ in types:
        _open(routes, register, type_)
    described = [describe(type_) for type_ in types]

    @routes.get("/records", summary="The types of records", dependencies=[Rights(read=EVERYBODY).may_read])
    async def list_types() -> list[RecordDescription]:
        """Each type of record: its labels and fields, who may record, correct, withdraw and read it, its event."""
        return described


def _open(routes: APIRouter, register: Register, type_: RecordType) -> None:
    rights, all_ = type_.rights, f"/societies/{{society}}/{type_.path}"
    one, add = f"{all_}/{{record}}", partial(_add, routes, type_.path)
    made = {"dependencies": [rights.may_record], "status_code": 201}
    add("Record", _recorder(register, type_), type_.prose, path=all_, **made)
    add("Record several", _batch(register, type_), "All are recorded, or none.", path=f"{all_}/batch", **made)

    changed = {"dependencies": [rights.may_withdraw]}
    prose = f"Put a record right, {_NAMED}: all that it should say, not only what was wrong."
    add("Correct", _corrector(register, type_), prose, path=f"{one}/correction", **changed)
    prose = f"Withdraw a record that should never have been made, {_NAMED}."
    add("Withdraw", _withdrawer(register, type_), prose, path=f"{one}/withdrawal", **changed)

    shown = {"dependencies": [rights.may_read], "methods": ["GET"]}
    add("List", _lister(register, type_), type_.prose, path=all_, **shown)
    add("Read", _reader(register, type_), f"A record, {_NAMED}, and everything it has said.", path=one, **shown)


def _add(routes: APIRouter, kind: str, verb: str, door: Door, prose: str, **more: Any) -> None:
    door.__name__ = f"{verb.lower().replace(' ', '_')}_{kind.replace('-', '_')}"
    routes.add_api_route(endpoint=door, summary=f"{verb}: {kind}", description=prose, **{"methods": ["POST"], **more})


def _recorder(register: Register, type_: RecordType) -> Door:
    async def record(society: SocietyId, form: Record, work: Writing) -> Recorded:
        return _recorded(await recording.record(work, register, type_, society, form))

    record.__annotations__["form"] = type_.record
    return record


def _batch(register: Register, type_: RecordType) -> Door:
    async def record_all(society: SocietyId, form: Batch, work: Writing) -> BatchRecorded:
        stored = await recording.record_all(work, register, type_, society, form.records)
        return BatchRecorded(recorded=[_recorded(one) for one in stored])

    record_all.__annotations__["form"] = batch_of(type_.record)
    return record_all


def _corrector(register: Register, type_: RecordType) -> Door:
    async def correct(society: SocietyId, record: RecordId, form: Record, work: Writing) -> Recorded:
        return _recorded(await recording.correct(work, register, type_, society, record, form=form))

    correct.__annotations__["form"] = type_.record
    return correct


def _withdrawer(register: Register, type_: RecordType) -> Door:
    async def withdraw(society: SocietyId, record: RecordId, form: RecordWithdrawalForm, work: Writing) -> Recorded:
        id_, event = await recording.withdraw(work, register, type_, society, record, reason=form.reason)
        return Recorded(record=id_, event=event)

    return withdraw


def _lister(register: Register, type_: RecordType) -> Door:
    async def list_(society: SocietyId, look: Looking, paging: Paging) -> Page[RecordView]:
        found = await register.store.page(look, society, type_.path, after=paging.text, limit=paging.limit + 1)
        return paging.page([view(record) for record in found], key=lambda one: (one.record,))

    return list_


def _reader(register: Register, type_: RecordType) -> Door:
    async def read(society: SocietyId, record: RecordId, look: Looking) -> RecordHistory:
        found = await register.store.load(look, society, type_.path, record)
        return history(found, await register.store.versions(look, found))

    return read


def _recorded(stored: Stored) -> Recorded:
    return Recorded(record=stored.id, event=stored.version.told)
