"""What only a person can judge: recorded by assessors, withdrawn when the record was wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chassis.language import N_, Phrase
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.evaluation import AssessmentRecorded, AssessmentWithdrawn
from contracts.event import AssessmentId, AssessorId, EventId, SocietyId
from contracts.values import ItemId, JudgedWord
from contracts.vocabulary import AssessmentKind

_PERCENTAGES = frozenset({AssessmentKind.EXPERT_PERCENTAGE, AssessmentKind.SATISFACTION})
_HUNDRED = 100
_TAKES: Mapping[AssessmentKind, frozenset[str]] = {
    AssessmentKind.EXPERT_PERCENTAGE: frozenset({"number"}),
    AssessmentKind.SATISFACTION: frozenset({"number"}),
    AssessmentKind.FINDING: frozenset({"number", "word", "holds"}),
    AssessmentKind.PARTICIPATION: frozenset({"word"}),
    AssessmentKind.FALSE_EVIDENCE: frozenset(),
}
NOTHING = "–"
_KINDS: Mapping[AssessmentKind, Phrase] = {
    AssessmentKind.EXPERT_PERCENTAGE: N_("expert-percentage"),
    AssessmentKind.SATISFACTION: N_("satisfaction"),
    AssessmentKind.FINDING: N_("finding"),
    AssessmentKind.PARTICIPATION: N_("participation"),
    AssessmentKind.FALSE_EVIDENCE: N_("false-evidence"),
}
_LABELS: Mapping[str, Phrase] = {
    "number": N_("a number (`number`)"),
    "word": N_("a word (`word`)"),
    "holds": N_("whether it holds (`holds`)"),
}


class AssessedInTheFuture(Refusal):
    """Only a judgement that was made is recorded."""

    slug = "assessed-in-the-future"
    title = N_("A judgement of a day in the future")
    detail = N_("{value} has not come yet; the latest possible day is {today}.")


class NotOneJudgement(Refusal):
    """A judgement says one thing: a number, a word, or whether the item holds; a mark of false evidence says none."""

    slug = "not-one-judgement"
    title = N_("Not one judgement")
    detail = N_("A record of kind {kind} takes one of: {wanted}. Given: {given}.")


class NotAPercentage(Refusal):
    """A percentage lies between none and all."""

    slug = "not-a-percentage"
    title = N_("Not a percentage")
    detail = N_("{value} is no percentage: it must be from 0 to 100.")


class UnknownAssessment(Refusal):
    """No such judgement of the society is recorded."""

    slug = "unknown-assessment"
    status = 404
    title = N_("Unknown assessment")
    detail = N_("The society has no record of an assessment {value}.")


class AssessmentAlreadyWithdrawn(Refusal):
    """A record is withdrawn once."""

    slug = "assessment-already-withdrawn"
    status = 409
    title = N_("The assessment has already been withdrawn")
    detail = N_("The record of assessment {value} was withdrawn on {withdrawn_on}.")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessor's judgement of one item of a society, as a role recorded it."""

    id: AssessmentId
    item: ItemId
    kind: AssessmentKind
    assessor: AssessorId
    assessed_on: date
    recorded_by: str
    number: Decimal | None = None
    word: JudgedWord | None = None
    holds: bool | None = None
    answer: ItemId | None = None
    concerns: EventId | None = None
    withdrawn_on: date | None = None
    reason: str | None = None

    @property
    def given(self) -> list[str]:
        """What of number, word and holds it says."""
        return [name for name in ("number", "word", "holds") if getattr(self, name) is not None]


def record(society: SocietyId, assessment: Assessment, *, today: date) -> AssessmentRecorded:
    """Records a judgement; of several of one item by one assessor the policies count the latest.

    Raises:
        AssessedInTheFuture: not on that day.
        NotOneJudgement: it says nothing, or too much, for its kind.
        NotAPercentage: it is of a kind that is, and is none.
    """
    for fault in faults_of(assessment, today=today):
        raise fault
    return told(society, assessment)


def told(society: SocietyId, assessment: Assessment) -> AssessmentRecorded:
    """The event that tells of a judgement."""
    return AssessmentRecorded(
        subject=society,
        happened_at=midnight(assessment.assessed_on),
        assessment=assessment.id,
        item=assessment.item,
        kind=assessment.kind,
        assessor=assessment.assessor,
        number=assessment.number,
        word=assessment.word,
        holds=assessment.holds,
        answer=assessment.answer,
        concerns=assessment.concerns,
        assessed_on=assessment.assessed_on,
    )


def faults_of(assessment: Assessment, *, today: date) -> list[Refusal]:
    """Everything that is wrong with a judgement."""
    return list(_faults(assessment, today))


def _faults(assessment: Assessment, today: date) -> Iterator[Refusal]:
    if assessment.assessed_on > today:
        yield AssessedInTheFuture(field="assessed_on", value=assessment.assessed_on, today=today)
    kind, given, wanted = assessment.kind.value, assessment.given, _TAKES[assessment.kind]
    if len(given) != min(len(wanted), 1) or not wanted.issuperset(given):
        said = {"wanted": _named(sorted(wanted)), "given": _named(given)}
        yield NotOneJudgement(field="kind", value=kind, kind=_KINDS[assessment.kind], **said)
    number = assessment.number
    if assessment.kind in _PERCENTAGES and number is not None and not 0 <= number <= _HUNDRED:
        yield NotAPercentage(field="number", value=str(number))


def _named(fields: Sequence[str]) -> list[Phrase | str]:
    return [_LABELS[name] for name in fields] or [NOTHING]


def withdraw(
    society: SocietyId, assessment: Assessment, *, told: EventId, reason: str, today: date
) -> tuple[Assessment, AssessmentWithdrawn]:
    """Withdraws the judgement that `told` had told of; why stays here and is not on the bus.

    Raises:
        AssessmentAlreadyWithdrawn: it was withdrawn before.
    """
    if assessment.withdrawn_on is not None:
        raise AssessmentAlreadyWithdrawn(field="assessment", value=assessment.id, withdrawn_on=assessment.withdrawn_on)
    news = AssessmentWithdrawn(subject=society, happened_at=midnight(today), withdraws=told, assessment=assessment.id)
    return replace(assessment, withdrawn_on=today, reason=reason), news
