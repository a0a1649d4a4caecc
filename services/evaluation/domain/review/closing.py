"""From the decisions to the classes: revising ratings, sanctions, confirming, assigning, sealing."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from contracts.calendar import day_of
from contracts.evaluation import ClassAssigned, RatingRevised, ResultsConfirmed, ReviewSealed, SanctionImposed
from contracts.vocabulary import ReviewSanction
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, ratings_hash
from services.evaluation.domain.review.classes import classed, reproduced
from services.evaluation.domain.review.file import write
from services.evaluation.domain.review.phases import expect, objection_of
from services.evaluation.domain.review.refusals import (
    AlreadyRevised,
    AlreadySanctioned,
    NotARecordToAdmit,
    NotDecided,
    NothingToAdmit,
    NotPutRight,
    NotUpheld,
    ObjectionsPending,
    WindowOpen,
    WrongTerm,
)
from services.evaluation.domain.review.state import Objection, Phase, Review
from services.evaluation.domain.review.ties import none_open


def admissible(
    review: Review, objection: str, facts: Collection[Fact], wanted: Sequence[str], put_right_by: str | None = None
) -> list[str]:
    """The records that put right what was upheld: of the society objected to, told after the snapshot; each once.

    Two objections may be to one fault, so a record that a revision took in may be named by a further one; those of the
    revision after the objection `put_right_by` are, without being listed.

    Raises:
        WrongPhase, UnknownObjection, NotDecided, NotUpheld, AlreadyRevised: there is nothing to revise.
        NotARecordToAdmit, NotPutRight: one of them is something else; that objection put nothing right here.
        NothingToAdmit: neither names a record.
    """
    one = _upheld(review, objection)
    if objection in review.revised:
        raise AlreadyRevised(field="objection", value=objection)
    known_at = review.snapshot.known_at if review.snapshot else ""
    late = {fact.id for fact in facts if fact.subject == one.about and fact.recorded > known_at}
    for event in wanted:
        if event not in late:
            raise NotARecordToAdmit(field="admitted", value=event, society=one.about, known_at=known_at)
    named = {*wanted, *(() if put_right_by is None else _taken_in(review, put_right_by, one.about))}
    if not named:
        raise NothingToAdmit(field="admitted", value=[])
    return sorted(named)


def revise(
    review: Review,
    objection: str,
    admitted: Sequence[str],
    *,
    before: Sequence[Standing],
    after: Sequence[Standing],
    at: datetime,
) -> RatingRevised:
    """Takes the admitted records in; `before` and `after` are all ratings without and with them.

    They are the same where earlier revisions took in all of them.

    Raises:
        RatingsMoved: `before` is not what is under review.
    """
    one = objection_of(review, objection)
    reproduced(review, before)
    old, new = _standing(before, one.about), _standing(after, one.about)
    return write(
        review,
        RatingRevised,
        at,
        subject=one.about,
        objection=objection,
        admitted=tuple(admitted),
        total_before=decimal_text(old.rating.total),
        max_before=decimal_text(old.rating.max),
        total_after=decimal_text(new.rating.total),
        max_after=decimal_text(new.rating.max),
        hash=ratings_hash(after),
    )


def sanction(
    review: Review, objection: str, kind: ReviewSanction, until: date | None, *, at: datetime
) -> SanctionImposed:
    """Sanctions the society whose figures an upheld objection was about.

    Raises:
        WrongPhase, UnknownObjection, NotDecided, NotUpheld: there is no ground for it.
        AlreadySanctioned: it was done.
        WrongTerm: a rectification (限期整改) without a day to come, or another sanction with a day.
    """
    expect(review, Phase.PUBLISHED, Phase.CONFIRMED, Phase.ASSIGNED)
    one = _upheld_objection(objection_of(review, objection))
    if one.sanction is not None:
        raise AlreadySanctioned(field="objection", value=objection)
    to_come = until is not None and until > day_of(at)
    if not (to_come if kind is ReviewSanction.RECTIFICATION else until is None):
        raise WrongTerm(field="until", value=until, sanction=kind.value, today=day_of(at))
    return write(review, SanctionImposed, at, subject=one.about, objection=objection, sanction=kind, until=until)


def confirm(review: Review, *, at: datetime) -> ResultsConfirmed:
    """Confirms the results once the time for objections is over and every objection is dealt with to the end.

    Raises:
        WrongPhase: they are not published, or were confirmed before.
        WindowOpen, ObjectionsPending: it is too early.
    """
    expect(review, Phase.PUBLISHED)
    if review.objections_until is not None and day_of(at) <= review.objections_until:
        raise WindowOpen(field="review", value=day_of(at), until=review.objections_until)
    all_ = review.objections.values()
    undecided = [one.id for one in all_ if one.decision is None]
    unsent = [one.id for one in all_ if one.decision is not None and one.sent_on is None]
    unrevised = [one.id for one in all_ if one.upheld and one.id not in review.revised]
    if undecided or unsent or unrevised:
        shown = {"undecided": undecided or "–", "unsent": unsent or "–", "unrevised": unrevised or "–"}
        raise ObjectionsPending(field="review", value=review.id, **shown)
    return write(review, ResultsConfirmed, at, hash=review.hash)


def assign(review: Review, standings: Sequence[Standing], policy: Policy, *, at: datetime) -> list[ClassAssigned]:
    """Puts every society into its class: the quotas from the top, the class by rule, the rest (分类管理).

    Grades are announced (公告) with the confirmation: their validity counts from that day.

    Raises:
        WrongPhase: the results are not confirmed, or classes were assigned before.
        TiesOpen: societies are equal where a class ends, and the committee has not chosen among them.
        RatingsMoved: the ratings are not the confirmed ones.
    """
    expect(review, Phase.CONFIRMED)
    none_open(standings)
    announced = review.confirmed_on or day_of(at)

    def graded(one: Standing) -> dict[str, object]:
        return _graded(one.rating.grade, policy, announced)

    return classed(review, ClassAssigned, standings, policy, at=at, more=graded)


def _graded(grade: str | None, policy: Policy, announced: date) -> dict[str, object]:
    """What is told of a grade: itself, and how long it is valid from its announcement."""
    if grade is None:
        return {}
    validity = policy.spec.validity
    if validity is None:
        return {"grade": grade}
    first, last = validity.period(announced)
    return {"grade": grade, "valid_from": first, "valid_until": last}


def seal(review: Review, *, at: datetime) -> ReviewSealed:
    """Closes the file: no step can follow.

    Raises:
        WrongPhase: classes are not assigned, or it was sealed before.
    """
    expect(review, Phase.ASSIGNED)
    return write(review, ReviewSealed, at)


def _upheld(review: Review, objection: str) -> Objection:
    expect(review, Phase.PUBLISHED)
    return _upheld_objection(objection_of(review, objection))


def _upheld_objection(one: Objection) -> Objection:
    if one.decision is None:
        raise NotDecided(field="objection", value=one.id)
    if not one.upheld:
        raise NotUpheld(field="objection", value=one.id)
    return one


def _taken_in(review: Review, objection: str, society: str) -> tuple[str, ...]:
    found = (one.admitted for one in review.revisions if (one.objection, one.society) == (objection, society))
    admitted = next(found, None)
    if admitted is None:
        raise NotPutRight(field="put_right_by", value=objection, society=society)
    return admitted


def _standing(standings: Sequence[Standing], society: str) -> Standing:
    return next(one for one in standings if one.rating.society == society)
