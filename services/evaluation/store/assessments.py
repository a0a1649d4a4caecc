"""The judgements of assessors, in and out of the store."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from decimal import Decimal

from sqlalchemy import Row, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import AssessmentId, EventId, SocietyId
from contracts.vocabulary import AssessmentKind
from services.evaluation.domain.assessments import Assessment, UnknownAssessment
from services.evaluation.moment import Moment
from services.evaluation.store.tables import assessments, facts


async def is_known(conn: AsyncConnection, society: SocietyId) -> bool:
    """Whether evaluation has heard of the society."""
    return bool(await conn.scalar(select(exists().where(facts.c.subject == society))))


async def known_of(conn: AsyncConnection, societies: Iterable[SocietyId]) -> set[SocietyId]:
    """Those of some societies that evaluation has heard of."""
    query = select(facts.c.subject).where(facts.c.subject.in_(sorted(societies))).distinct()
    return set((await conn.scalars(query)).all())


async def add_assessment(
    conn: AsyncConnection, society: SocietyId, assessment: Assessment, event: EventId, recorded: str
) -> None:
    """Keeps a judgement, which event told of it, and the wire instant at which it was recorded."""
    await add_assessments(conn, [(society, assessment, event)], recorded)


async def add_assessments(
    conn: AsyncConnection, told: Sequence[tuple[SocietyId, Assessment, EventId]], recorded: str
) -> None:
    """Keeps judgements of societies, each with the event that told of it, recorded at one wire instant."""
    await conn.execute(assessments.insert(), [_row(*one) | {"recorded": recorded} for one in told])


def _row(society: SocietyId, assessment: Assessment, event: EventId) -> dict[str, object]:
    number = None if assessment.number is None else format(assessment.number, "f")
    row = asdict(assessment) | {"kind": assessment.kind.value, "number": number}
    return {"society": society, "event": event, **row}


async def assessment(
    conn: AsyncConnection, society: SocietyId, id_: AssessmentId | EventId
) -> tuple[Assessment, EventId]:
    """A judgement of the society by its id or its event's, and the event that told of it. Raises UnknownAssessment."""
    named = or_(assessments.c.id == id_, assessments.c.event == id_)
    query = select(assessments).where(assessments.c.society == society, named)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        raise UnknownAssessment(field="assessment", value=id_)
    return _assessment(row), row.event


async def assessments_of(
    conn: AsyncConnection, society: SocietyId, moment: Moment, *, after: str | None, limit: int
) -> list[Assessment]:
    """The judgements of a society up to a day in the order in which they were recorded, withdrawn ones included.

    By what was known at an instant, one that was withdrawn later was not withdrawn yet.
    """
    query = select(assessments).where(assessments.c.society == society).order_by(assessments.c.id).limit(limit)
    if after is not None:
        query = query.where(assessments.c.id > after)
    if moment.as_of is not None:
        query = query.where(assessments.c.assessed_on <= moment.as_of)
    if moment.known_at is not None:
        query = query.where(assessments.c.recorded <= moment.known_at)
    return [_as_known(row, moment.known_at) for row in await conn.execute(query)]


async def withdraw_assessment(conn: AsyncConnection, withdrawn: Assessment, recorded: str) -> None:
    """Marks a judgement as withdrawn, by a record of that wire instant."""
    marked = update(assessments).where(assessments.c.id == withdrawn.id)
    values = {"withdrawn_on": withdrawn.withdrawn_on, "reason": withdrawn.reason, "withdrawal_recorded": recorded}
    await conn.execute(marked.values(values))


def _as_known(row: Row[tuple[object, ...]], known_at: str | None) -> Assessment:
    found = _assessment(row)
    if known_at is None or row.withdrawal_recorded is None or row.withdrawal_recorded <= known_at:
        return found
    return replace(found, withdrawn_on=None, reason=None)


def _assessment(row: Row[tuple[object, ...]]) -> Assessment:
    return Assessment(
        id=row.id,
        item=row.item,
        kind=AssessmentKind(row.kind),
        assessor=row.assessor,
        assessed_on=row.assessed_on,
        number=None if row.number is None else Decimal(row.number),
        word=row.word,
        holds=row.holds,
        answer=row.answer,
        concerns=row.concerns,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
        recorded_by=row.recorded_by,
    )
