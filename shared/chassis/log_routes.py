"""What every service answers about its log, and about what it could not apply."""

import asyncio
from typing import Annotated, Any

import msgspec
import pydantic
from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis import dead_letters, log, positions, wire
from chassis.access import may
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.serving import service_of
from chassis.web import Reading, Writing, router
from contracts.calendar import parse_instant
from contracts.catalogue import CATALOGUE
from contracts.event import EventId

routes = router("log")
NDJSON = "application/x-ndjson"
_EVENT_ID: pydantic.TypeAdapter[str] = pydantic.TypeAdapter(EventId)
Partition = Annotated[int, Query(ge=0, description="partition of the log")]


class HeadView(BaseModel):
    """Where one partition of the log ends."""

    partition: int
    position: int
    event: str


class Standing(BaseModel):
    """Where a service's own log ends, and how far it has applied the others'."""

    heads: list[HeadView]
    waiting: int
    heard: dict[str, int]


class Imported(BaseModel):
    """What an import did."""

    imported: int
    skipped: int


class UnreadableLines(Refusal):
    """Lines of an import that are no events of this log; nothing was imported."""

    slug = "unreadable-lines"
    title = N_("The file cannot be imported")
    detail = N_("{count} lines are not events of {service}; nothing was imported. First: line {line}: {reason}")


class UnknownDeadLetter(Refusal):
    """No dead letter has this id."""

    slug = "unknown-dead-letter"
    status = 404
    title = N_("Unknown dead letter")
    detail = N_("There is no dead letter {value}.")


@routes.get("/log", dependencies=[may("service:*", "auditor", "association")], response_class=Response)
async def read_log(
    look: Reading,
    partition: Partition = 0,
    after: Annotated[int, Query(ge=0, description="position after which to begin")] = 0,
    limit: Annotated[int, Query(ge=1, le=5_000)] = 1_000,
) -> Response:
    """One partition of the log after a position: a CloudEvent a line, in order."""
    page = await log.page(look, partition, after, limit)
    return Response("".join(f"{document}\n" for _, document in page), media_type=NDJSON)


@routes.get("/log/head", dependencies=[may("service:*", "auditor", "association")])
async def read_heads(look: Reading, request: Request) -> Standing:
    """Where the log ends, how many events still wait for a position, and how far the others' logs are applied."""
    heads = await log.heads(look, service_of(request).settings.partitions)
    return Standing(
        heads=[HeadView(partition=h.partition, position=h.position, event=h.event) for h in heads],
        waiting=await log.unnumbered(look),
        heard=await positions.everything(look),
    )


@routes.post("/log", dependencies=[may("association")])
async def import_log(request: Request, work: Writing) -> Imported:
    """Takes events from elsewhere into the log, whole or not at all; those it knows are skipped and counted."""
    service = service_of(request)
    heard, errors = await asyncio.to_thread(_read, await request.body(), service.name)
    if errors:
        number, reason = errors[0]
        raise UnreadableLines(
            field="line",
            value=[f"{number}: {reason}" for number, reason in errors],
            count=len(errors),
            service=service.name,
            line=number,
            reason=reason,
        )
    imported = await log.import_documents(work.conn, heard, service.settings.partitions)
    work.after_commit(service.relay.wake)
    return Imported(imported=imported, skipped=len(heard) - imported)


def _read(body: bytes, speaker: str) -> tuple[list[wire.Heard], list[tuple[int, str]]]:
    """The events of an NDJSON document, and every line that is none, with its number from 1."""
    heard, errors = [], []
    for number, line in enumerate(body.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = wire.decode(line)
            if one.speaker != speaker or one.type not in CATALOGUE:
                errors.append((number, f"{one.source} {one.type}"))
                continue
            one.event()
            _EVENT_ID.validate_python(one.id)
            parse_instant(one.recordedtime)
            heard.append(one)
        except (msgspec.DecodeError, pydantic.ValidationError, ValueError) as error:
            errors.append((number, str(error).splitlines()[0]))
    return heard, errors


@routes.get("/dead-letters", dependencies=[may("association", "auditor")])
async def list_dead_letters(look: Reading) -> list[dict[str, Any]]:
    """The events that could not be applied here, oldest first."""
    return [dict(row._mapping) for row in await dead_letters.listing(look)]  # noqa: SLF001 - SQLAlchemy's public name for it


@routes.get("/dead-letters/{event}", dependencies=[may("association", "auditor")])
async def show_dead_letter(event: Annotated[str, Path(max_length=36)], look: Reading) -> dict[str, Any]:
    """One dead letter: the event, the error, the traceback."""
    row = await dead_letters.one(look, event)
    if row is None:
        raise UnknownDeadLetter(field="event", value=event)
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


@routes.post("/dead-letters/redrive", status_code=202, dependencies=[may("association")])
async def redrive_all(work: Writing) -> dict[str, int]:
    """Asks the listener to try all dead letters again."""
    return {"asked": await dead_letters.ask_redrive(work.conn, None)}


@routes.post("/dead-letters/{event}/redrive", status_code=202, dependencies=[may("association")])
async def redrive(event: Annotated[str, Path(max_length=36)], work: Writing) -> dict[str, int]:
    """Asks the listener to try one dead letter again."""
    asked = await dead_letters.ask_redrive(work.conn, [event])
    if not asked:
        raise UnknownDeadLetter(field="event", value=event)
    return {"asked": asked}
