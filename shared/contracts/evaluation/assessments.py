"""What only a person can judge, as assessors recorded it."""

from contracts.event import AssessmentId, AssessorId, EventId, SocietyEvent, Withdrawal
from contracts.values import Day, ItemId, JudgedWord, Points, YesNo
from contracts.vocabulary import AssessmentKind


class AssessmentRecorded(SocietyEvent, type="evaluation.assessment-recorded.v1"):
    """An assessor judged one item of a society (评审打分、评估认定). Told once per judgement.

    ``item`` is an identifier that the policy's author chose, so that any index system can have its items judged; the
    ``assessor`` is an opaque id. What was found is a ``number`` (a percentage, a mark; may be negative), a ``word``, or
    whether it ``holds``: exactly one of them. A mark of false evidence (虚假) says none: it names by ``answer`` which
    of the item's answers is false and may name the event it ``concerns``. A later judgement of the same item by the
    same assessor takes the place of the earlier one.
    """

    assessment: AssessmentId
    item: ItemId
    kind: AssessmentKind
    assessor: AssessorId
    number: Points | None
    word: JudgedWord | None
    holds: YesNo | None
    answer: ItemId | None
    concerns: EventId | None
    assessed_on: Day


class AssessmentWithdrawn(Withdrawal, type="evaluation.assessment-withdrawn.v1", of=AssessmentRecorded):
    """The record of a judgement was withdrawn (撤销评审记录). Told once; that judgement was never made."""

    assessment: AssessmentId
