"""The judgements of assessors, in and out of the store."""

from dataclasses import asdict
from decimal import Decimal

from sqlalchemy import Row, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.event import AssessmentId, EventId, SocietyId
from contracts.vocabulary import AssessmentKind
from services.evaluation.domain.assessments import Assessment, UnknownAssessment
from services.evaluation.store.tables import assessments, facts


async def is_known(conn: AsyncConnection, society: SocietyId) -> bool:
    """Whether evaluation has heard of the society."""
    return bool(await conn.scalar(select(exists().where(facts.c.subject == society))))


async def add_assessment(conn: AsyncConnection, society: SocietyId, assessment: Assessment, event: EventId) -> None:
    """Keeps a judgement, and which event told of it."""
    number = None if assessment.number is None else format(assessment.number, "f")
    row = asdict(assessment) | {"kind": assessment.kind.value, "number": number}
    await conn.execute(assessments.insert().values(society=society, event=event, **row))


async def assessment(conn: AsyncConnection, society: SocietyId, id_: AssessmentId) -> tuple[Assessment, EventId]:
    """A judgement of the society, and the event that told of it. Raises UnknownAssessment."""
    query = select(assessments).where(assessments.c.society == society, assessments.c.id == id_)
    row = (await conn.execute(query)).one_or_none()
    if row is None:
        raise UnknownAssessment(field="assessment", value=id_)
    return _assessment(row), row.event


async def assessments_of(
    conn: AsyncConnection, society: SocietyId, *, after: str | None, limit: int
) -> list[Assessment]:
    """The judgements of a society in the order in which they were recorded, withdrawn ones included."""
    query = select(assessments).where(assessments.c.society == society).order_by(assessments.c.id).limit(limit)
    rows = await conn.execute(query if after is None else query.where(assessments.c.id > after))
    return [_assessment(row) for row in rows]


async def withdraw_assessment(conn: AsyncConnection, withdrawn: Assessment) -> None:
    """Marks a judgement as withdrawn."""
    marked = update(assessments).where(assessments.c.id == withdrawn.id)
    await conn.execute(marked.values(withdrawn_on=withdrawn.withdrawn_on, reason=withdrawn.reason))


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
    )
