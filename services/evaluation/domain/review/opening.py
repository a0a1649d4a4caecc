"""Opening a review, freezing what it is of, publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from contracts.calendar import day_of
from contracts.evaluation import ClassProposed, ResultsPublished, ReviewOpened, SnapshotFrozen
from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, ratings_hash
from services.evaluation.domain.review.classes import classed
from services.evaluation.domain.review.file import BEGINNING, apply, write
from services.evaluation.domain.review.phases import expect
from services.evaluation.domain.review.refusals import NothingToReview, PublicationBeforeOpening, RatedInTheFuture
from services.evaluation.domain.review.state import Phase, Review
from services.evaluation.domain.succession import Filed, require_in_force

OBJECTION_DAYS = 7
"""Days of publicity where nothing else is fixed; the length seen in a real evaluation (2018)."""

ANSWER_DAYS = 30
"""Days to decide objections where nothing else is fixed; our own number, the sources have none."""


def open_review(
    id_: str,
    policy: Policy,
    as_of: date,
    *,
    shelf: Sequence[Filed] = (),
    publish_by: date,
    objection_days: int,
    answer_days: int,
    at: datetime,
) -> ReviewOpened:
    """Opens a review of all societies as of the end of a day; `shelf` are the policies on file.

    Raises:
        PolicyNotInForce: the policy is not in force on that day, or one on the shelf has succeeded it.
        RatedInTheFuture: the day has not come.
        PublicationBeforeOpening: results would be due before today.
    """
    today = day_of(at)
    if as_of > today:
        raise RatedInTheFuture(field="as_of", value=as_of, today=today)
    require_in_force(policy, as_of, shelf, field="as_of")
    if publish_by < today:
        raise PublicationBeforeOpening(field="publish_by", value=publish_by, today=today)
    return ReviewOpened(
        subject=id_,
        happened_at=at,
        review=id_,
        step=1,
        chain=BEGINNING,
        policy=policy.id,
        version=policy.version,
        policy_hash=policy.hash,
        as_of=as_of,
        publish_by=publish_by,
        objection_days=objection_days,
        answer_days=answer_days,
    )


def freeze(
    review: Review, standings: Sequence[Standing], *, known_at: str, positions: Mapping[str, int], at: datetime
) -> SnapshotFrozen:
    """Freezes the ratings; what is recorded after `known_at`, a wire instant, does not move them.

    Raises:
        WrongPhase: it was done before.
        NothingToReview: no society was on the books.
    """
    expect(review, Phase.OPENED)
    if not standings:
        raise NothingToReview(field="as_of", value=review.terms.as_of)
    return write(
        review,
        SnapshotFrozen,
        at,
        known_at=known_at,
        positions=dict(positions),
        societies=len(standings),
        hash=ratings_hash(standings),
    )


def publish(review: Review, standings: Sequence[Standing], policy: Policy, *, at: datetime) -> list[ReviewStep]:
    """Publishes the results (公示), and with them the class that each society would get.

    The day of publication is not counted among the days for objections.

    Raises:
        WrongPhase: they are not frozen, or were published before.
        RatingsMoved: the ratings are not the frozen ones.
    """
    expect(review, Phase.FROZEN)
    until = day_of(at) + timedelta(days=review.terms.objection_days)
    published = write(review, ResultsPublished, at, objections_until=until)
    return [published, *classed(apply(review, published), ClassProposed, standings, policy, at=at)]
