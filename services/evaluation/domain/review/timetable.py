"""The days by which the association owes a step, and the steps it is late with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.calendar import day_of
from contracts.evaluation import ProcedureBreached
from contracts.vocabulary import ReviewDuty
from services.evaluation.domain.review.file import apply, write
from services.evaluation.domain.review.state import Review

DISPATCH_DAYS = 15
"""A decision is sent within 15 days of being made (社会组织评估管理办法, order 39 of 2011, art. 23)."""


@dataclass(frozen=True, slots=True)
class Due:
    """A step owed by the end of a day, and the day on which it was done; the first day of a period does not count."""

    duty: ReviewDuty
    objection: str | None
    due_on: date
    done_on: date | None

    def late(self, day: date) -> bool:
        """Whether it was done after its day, or is still undone on a later one."""
        return (self.done_on or day) > self.due_on


def timetable(review: Review) -> list[Due]:
    """Everything that is owed so far, in the order of the procedure."""
    terms = review.terms
    owed = [Due(ReviewDuty.PUBLICATION, None, terms.publish_by, review.published_on)]
    for one in review.objections.values():
        decided_on = one.decision.decided_on if one.decision else None
        if review.objections_until is not None:
            answer_by = review.objections_until + timedelta(days=terms.answer_days)
            owed.append(Due(ReviewDuty.DECISION, one.id, answer_by, decided_on))
        if decided_on is not None:
            send_by = decided_on + timedelta(days=DISPATCH_DAYS)
            owed.append(Due(ReviewDuty.DISPATCH, one.id, send_by, one.sent_on))
    return sorted(owed, key=lambda due: (due.due_on, due.duty, due.objection or ""))


def note_late(review: Review, *, at: datetime) -> list[ProcedureBreached]:
    """The findings against the association itself for every step whose day passed before it was done.

    Each is told once, and none after the seal.
    """
    told: list[ProcedureBreached] = []
    for due in () if review.sealed_on else timetable(review):
        if due.late(day_of(at)) and (due.duty, due.objection) not in review.breaches:
            breach = write(review, ProcedureBreached, at, duty=due.duty, objection=due.objection, due_on=due.due_on)
            told.append(breach)
            review = apply(review, breach)
    return told
