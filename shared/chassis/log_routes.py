"""What every service answers about its log, and about what it could not apply."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, StringConstraints
from sqlalchemy import Row

from chassis import dead_letters, log, positions, wire
from chassis.access import CallerDep, may, require
from chassis.language import N_
from chassis.lines import ANOTHER, BadLine, Reader
from chassis.paging import Page, Paging
from chassis.parcel import Parcel, lines
from chassis.refusals import MOST_FAULTS, Refusal
from chassis.serving import service_of
from chassis.web import Reading, Writing, router
from contracts.calendar import day_of, instant
from contracts.reading import readers_of

routes = router("log")
NDJSON = "application/x-ndjson"
_LINES = {"required": True, "content": {NDJSON: {"schema": {"type": "string", "description": "a CloudEvent a line"}}}}
_PAGE = 500
Partition = Annotated[int, Query(ge=0, lt=2**31, description="partition of the log")]


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
    """Lines of an import that are no events of this log; nothing was imported. `errors` names what is wrong."""

    slug = "unreadable-lines"
    title = N_("The file cannot be imported")
    detail = N_("{lines} lines are no events that {service} could have said; nothing was imported.")


class UnknownDeadLetter(Refusal):
    """No dead letter has this id."""

    slug = "unknown-dead-letter"
    status = 404
    title = N_("Unknown dead letter")
    detail = N_("There is no dead letter {value}.")


async def _readers(request: Request, caller: CallerDep) -> None:
    """Of the services, those that hear this one."""
    services = [f"service:{one}" for one in readers_of(service_of(request).name)]
    require(caller, "auditor", "association", *services)


Readers = Depends(_readers)


@routes.get("/log", dependencies=[may("service:*", "auditor", "association"), Readers], response_class=Response)
async def read_log(
    look: Reading,
    partition: Partition = 0,
    after: Annotated[int, Query(ge=0, lt=2**63, description="position after which to begin")] = 0,
    limit: Annotated[int, Query(ge=1, le=5_000)] = 1_000,
) -> Response:
    """One partition of the log after a position: a CloudEvent a line, in order."""
    page = await log.page(look, partition, after, limit)
    return Response("".join(f"{document}\n" for _, document in page), media_type=NDJSON)


@routes.get("/log/head", dependencies=[may("service:*", "auditor", "association"), Readers])
async def read_heads(look: Reading, request: Request) -> Standing:
    """Where the log ends, how many events still wait for a position, and how far the others' logs are applied."""
    heads = await log.heads(look, service_of(request).settings.partitions)
    return Standing(
        heads=[HeadView(partition=h.partition, position=h.position, event=h.event) for h in heads],
        waiting=await log.unnumbered(look),
        heard=await positions.everything(look),
    )


class _Faults:
    """What is wrong with the lines of a file: the first faults, and how many there are besides."""

    def __init__(self) -> None:
        self.lines = set[int]()
        self.named = list[BadLine]()
        self.more = 0

    def add(self, found: Iterable[BadLine]) -> None:
        for one in found:
            self.lines.add(one.line or 0)
            if len(self.named) < MOST_FAULTS:
                self.named.append(one)
            else:
                self.more += 1

    def refuse(self, service: str) -> None:
        """Raises UnreadableLines with every fault, where there is one."""
        if self.named:
            first = self.named[0].line
            refusal = UnreadableLines(field="line", value=first, lines=len(self.lines), service=service)
            refusal.errors, refusal.more = tuple(self.named), self.more
            raise refusal


async def _sound_lines(request: Request) -> Parcel:
    """The lines of the body, checked while they come; raises UnreadableLines."""
    service = service_of(request)
    reader = Reader((service.name,), today=day_of(service.clock.now()))
    parcel, faults = Parcel(), _Faults()
    async for number, line in lines(request):
        found = reader.read(number, line)
        if isinstance(found, wire.Heard):
            parcel.put(number, wire.unplaced(found).encode())
            continue
        faults.add(found)
        if found[0].field == "file":
            break
    faults.refuse(service.name)
    return parcel


SoundLines = Annotated[Parcel, Depends(_sound_lines)]


@routes.post("/log", dependencies=[may("importer")], openapi_extra={"requestBody": _LINES})
async def import_log(
    request: Request,
    parcel: SoundLines,
    work: Writing,
    *,
    dry_run: Annotated[bool, Query(description="only check, and tell what would be imported")] = False,
) -> Imported:
    """Takes events from elsewhere into the log, whole or not at all; those it knows are skipped and counted."""
    service, imported, seen, faults = service_of(request), 0, 0, _Faults()
    rule, together = service.import_rule, list[tuple[int, wire.Heard]]()
    async with work.conn.begin_nested() as taken_in:
        for page in _pages(parcel):
            heard = [wire.decode(line) for _, line in page]
            new, unlike = await log.take_in(work.conn, heard, service.settings.partitions, work.caller)
            faults.add(BadLine(page[place][0], "id", heard[place].id, ANOTHER) for place in unlike)
            seen, imported = seen + len(page), imported + new
            if rule:
                together += [(line, one) for (line, _), one in zip(page, heard, strict=True) if one.type in rule.types]
        faults.refuse(service.name)
        if rule and together:
            faults.add(await rule.faults(work.conn, together))
            faults.refuse(service.name)
        if dry_run:
            await taken_in.rollback()
    work.after_commit(service.relay.wake)
    return Imported(imported=imported, skipped=seen - imported)


def _pages(found: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    rest = iter(found)
    while page := list(islice(rest, _PAGE)):
        yield page


class AlreadyClosed(Refusal):
    """The dead letter was closed before."""

    slug = "dead-letter-closed"
    status = 409
    title = N_("The dead letter is closed")
    detail = N_("The dead letter {value} is closed already.")


class Closing(BaseModel):
    """Why a dead letter stays as it is."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]


@routes.get("/dead-letters", dependencies=[may("association", "auditor")])
async def list_dead_letters(look: Reading, paging: Paging) -> Page[dict[str, Any]]:
    """The events that could not be applied here, oldest first."""
    rows = await dead_letters.listing(look, after=paging.key(str, str, str), limit=paging.limit + 1)
    found = [_letter(row) for row in rows]
    return paging.page(found, key=lambda one: (one["failed"], one["id"], one["listener"]))


@routes.get("/dead-letters/{event}", dependencies=[may("association", "auditor")])
async def show_dead_letter(event: Annotated[str, Path(max_length=36)], look: Reading) -> dict[str, Any]:
    """One dead letter: the event, the error, the traceback."""
    row = await dead_letters.one(look, event)
    if row is None:
        raise UnknownDeadLetter(field="event", value=event)
    return _letter(row)


def _letter(row: Row[Any]) -> dict[str, Any]:
    letter = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return {**letter, "faults": json.loads(letter["faults"] or "[]")}


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


@routes.post("/dead-letters/{event}/close", dependencies=[may("association")])
async def close_dead_letter(
    event: Annotated[str, Path(max_length=36)], closing: Closing, request: Request, work: Writing
) -> dict[str, int]:
    """Closes a dead letter that will never be applied. It is kept, with who closed it and why, and counts no more."""
    by: str = request.state.caller.account
    closed = await dead_letters.close(work.conn, event, at=instant(work.now()), by=by, reason=closing.reason)
    if not closed:
        known = await dead_letters.one(work.conn, event)
        raise (UnknownDeadLetter if known is None else AlreadyClosed)(field="event", value=event)
    return {"closed": closed}
