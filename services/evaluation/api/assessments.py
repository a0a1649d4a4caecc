"""HTTP of the assessments: what only a person can judge is recorded here, and withdrawn."""

from typing import Annotated, cast

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.days import Day
from chassis.forms import PRINTABLE
from chassis.paging import Page, Paging
from chassis.refusals import refuse
from chassis.rights import check_recorder, recorder
from chassis.web import Reading, Writing, router
from contracts.calendar import instant
from contracts.event import AssessmentId, AssessorId, EventId, SocietyId
from contracts.values import ItemId, JudgedWord, Points, YesNo
from contracts.vocabulary import AssessmentKind
from services.evaluation import store
from services.evaluation.api.asked import AskedMoment
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.board import Board
from services.evaluation.domain import assessments as domain
from services.evaluation.domain.judged_titles import Titles, by_ids
from services.rights import EVALUATION

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)]

assessments = router("assessments")


class Judgement(BaseModel):
    """One assessor's judgement of one item; the item's id is the one that the policy reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: ItemId = Field(description="The item (指标项), as the policy names it", examples=["informatisation"])
    kind: AssessmentKind
    assessor: AssessorId = Field(description="An opaque id; never a name", examples=[EXAMPLE_ID])
    assessed_on: Day = Field(examples=["2025-06-28"])
    number: Points | None = Field(default=None, description="A percentage or a mark", examples=["82.5"])
    word: JudgedWord | None = Field(default=None, description="A word that the policy knows", examples=[None])
    holds: YesNo | None = Field(default=None, description="Whether the item is met", examples=[None])
    answer: ItemId | None = Field(default=None, description="Which of the item's answers is false", examples=[None])
    concerns: EventId | None = Field(default=None, description="The event it is about", examples=[None])


Entered = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)]


class JudgementForm(Judgement):
    """A judgement as it is entered: item, word and answer by their ids, or by the titles of the policy in use."""

    item: Entered = Field(
        description="The item (指标项): its id or its title in the policy", examples=["informatisation"]
    )
    word: Entered | None = Field(default=None, description="A word of the policy, or its title", examples=[None])
    answer: Entered | None = Field(default=None, description="Which of the item's answers is false", examples=[None])


class Title(BaseModel):
    """What the policy in use calls a word or an item, in both languages."""

    model_config = ConfigDict(from_attributes=True)

    zh: str = Field(examples=["较好"])
    en: str = Field(examples=["Fairly good"])


class WithdrawalForm(BaseModel):
    """Why a record should never have been made; this stays in the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason = Field(examples=["登记有误"])


class AssessmentTold(BaseModel):
    """The judgement, or its withdrawal, is recorded; the event tells of it."""

    assessment: AssessmentId = Field(examples=[EXAMPLE_ID])
    event: EventId = Field(examples=[EXAMPLE_ID])


class AssessmentView(Judgement):
    """A judgement as recorded, with the titles that the policy in use gives its item and word."""

    model_config = ConfigDict(from_attributes=True)

    id: AssessmentId = Field(examples=[EXAMPLE_ID])
    withdrawn_on: Day | None
    item_title: Title | None = None
    word_title: Title | None = None


@assessments.post(
    "/societies/{society}/assessments", status_code=201, dependencies=[EVALUATION["assessments"].may_record]
)
async def record_assessment(society: SocietyId, form: JudgementForm, request: Request, work: Writing) -> AssessmentTold:
    """Record an assessor's judgement (评审打分、评估认定、虚假标记); the latest of an assessor counts."""
    if not await store.is_known(work.conn, society):
        raise UnknownSociety(field="society", value=society)
    said, faults = by_ids(dict(form), titles_of(request))
    refuse(faults)
    made = domain.Assessment(work.new_id(), **said, recorded_by=recorder(work))
    event = work.say(domain.record(society, made, today=work.today()))
    await store.add_assessment(work.conn, society, made, event, instant(work.now()))
    return AssessmentTold(assessment=made.id, event=event)


@assessments.post(
    "/societies/{society}/assessments/{assessment}/withdrawal", dependencies=[EVALUATION["assessments"].may_withdraw]
)
async def withdraw_assessment(
    society: SocietyId, assessment: AssessmentId, form: WithdrawalForm, work: Writing
) -> AssessmentTold:
    """Withdraw the record of a judgement (撤销评审记录), by its id or its event's: it was never made. Once."""
    found, told = await store.assessment(work.conn, society, assessment)
    check_recorder(work, found.recorded_by, field="assessment", value=assessment)
    withdrawn, news = domain.withdraw(society, found, told=told, reason=form.reason, today=work.today())
    await store.withdraw_assessment(work.conn, withdrawn, instant(work.now()))
    return AssessmentTold(assessment=found.id, event=work.say(news))


@assessments.get(
    "/societies/{society}/assessments",
    dependencies=[EVALUATION["assessments"].may_read],
)
async def list_assessments(
    society: SocietyId, request: Request, look: Reading, paging: Paging, moment: AskedMoment
) -> Page[AssessmentView]:
    """The judgements of a society, of days up to `as_of`, in the order of their records, withdrawn ones included."""
    found = await store.assessments_of(look, society, moment, after=paging.text, limit=paging.limit + 1)
    titles = titles_of(request)
    return paging.page([_view(one, titles) for one in found], key=lambda one: (one.id,))


def titles_of(request: Request) -> Titles:
    """The titles that the policy in use gives to words and items."""
    return cast("Board", request.app.state.board).policy.spec.words


def _view(found: domain.Assessment, titles: Titles) -> AssessmentView:
    titled = {"item_title": _title(found.item, titles), "word_title": _title(found.word or "", titles)}
    return AssessmentView.model_validate(found).model_copy(update=titled)


def _title(word: str, titles: Titles) -> Title | None:
    return Title.model_validate(titles[word]) if word in titles else None
