"""HTTP of judgements in bulk: a list of them is recorded whole or not at all."""

from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.refusals import Refusal
from chassis.rights import recorder
from chassis.rows import BY_ITSELF, malformed
from chassis.web import Writing, router
from chassis.work import Work
from contracts.calendar import instant
from contracts.event import SocietyId
from services.evaluation import store
from services.evaluation.api.assessments import AssessmentTold, JudgementForm, titles_of
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.domain import assessments as domain
from services.evaluation.domain.assessment_lists import Entry, JudgementsNotRecorded, WrongInList, faults_of_list
from services.evaluation.domain.judged_titles import Titles, by_ids
from services.rights import EVALUATION

PATH = "/assessments/batch"
MOST = 2_000
"""How many judgements are recorded at once: a table of 14 items for 140 societies."""

assessment_lists = router("assessments")


class JudgementOf(JudgementForm):
    """A judgement of a society, one of many."""

    society: SocietyId = Field(examples=["A-18"])


class Judgements(BaseModel):
    """Judgements to be recorded together, of any societies: all of them, or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assessments: list[Annotated[JudgementOf, BY_ITSELF]] = Field(min_length=1, max_length=MOST)


class AllTold(BaseModel):
    """The judgements recorded, in the order in which they were sent."""

    recorded: list[AssessmentTold]


@assessment_lists.post(PATH, status_code=201, dependencies=[EVALUATION["assessments"].may_record])
async def record_assessments(form: Judgements, request: Request, work: Writing) -> AllTold:
    """Record up to 2,000 judgements at once (批量登记), all or none; every fault is named by its place in the list."""
    read = [_read_entry(one, work, titles_of(request)) for one in form.assessments]
    entries = {place: one for place, (one, _) in enumerate(read) if one is not None}
    known = await store.known_of(work.conn, {society for society, _ in entries.values()})
    found = [(place, fault) for place, (_, faults) in enumerate(read) for fault in faults]
    found += faults_of_list(entries, known=known, unknown=UnknownSociety, today=work.today())
    if found:
        raise JudgementsNotRecorded([WrongInList(*one) for one in sorted(found, key=lambda one: one[0])])
    told = [(society, made, work.say(domain.told(society, made))) for society, made in entries.values()]
    await store.add_assessments(work.conn, told, instant(work.now()))
    return AllTold(recorded=[AssessmentTold(assessment=made.id, event=event) for _, made, event in told])


def _read_entry(form: JudgementOf | ValidationError, work: Work, titles: Titles) -> tuple[Entry | None, list[Refusal]]:
    """The judgement of an entry, if it is one by its form, and what is wrong with its form and its titles."""
    if isinstance(form, ValidationError):
        return None, malformed(form)
    said, faults = by_ids({name: value for name, value in form if name != "society"}, titles)
    return (form.society, domain.Assessment(work.new_id(), **said, recorded_by=recorder(work))), faults
